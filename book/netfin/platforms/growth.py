"""Two sides that wait for each other: how a market starts, and what carries it over the cliff."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import Annotated, NamedTuple

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, logit

from netfin.arrays import bisect, plain
from netfin.checks import (
    Array,
    Numbers,
    count,
    fraction,
    inner,
    instance,
    matching,
    one,
)
from netfin.terms import About, Terms, matching_terms, single

_LONG = 200  # months, after which a market has settled
_MOST_MONTHS = 10_000.0
_LIVES = 0.5  # of either side: a market that has started
_pull = partial(fraction, upto=1000.0)
_months = partial(fraction, upto=_MOST_MONTHS)


@dataclass(frozen=True)
class GrowthTerms(Terms):
    """Who joins a market, by how many of the other side are there.

    A share w₀ joins where nobody of the other side is, so that a, in log-odds, is ln(w₀/(1 − w₀));
    each hundredth of the other side adds a hundredth of the pull. `pace` is the share of a side
    who think again in a month.
    """

    alone: Annotated[Numbers, About("w_0", "of a side", "our assumption: a = −4.03", inner)] = (
        0.01746
    )
    buyers_pull: Annotated[Numbers, About("θ_B", "in the exponent", "our assumption", _pull)] = 10.0
    sellers_pull: Annotated[Numbers, About("θ_S", "in the exponent", "our assumption", _pull)] = (
        10.0
    )
    pace: Annotated[Numbers, About("β_g", "of a side, a month", "our assumption")] = 0.25


GROWTH = GrowthTerms()
"""The market of the text."""


class Market(NamedTuple):
    """Shares of the buyers and of the sellers who are there."""

    buyers: Numbers
    sellers: Numbers


def willing(others: Numbers, pull: Numbers, terms: GrowthTerms = GROWTH) -> Numbers:
    """Compute the share of a side who want to be there.

        G(a + θx), with G the logistic function and a the log-odds of w₀

    Parameters
    ----------
    others : float or ndarray
        x, share of the other side who are there.
    pull : float or ndarray
        θ, log-odds that all of the other side add.
    terms : GrowthTerms
        How many join without the other side.

    Returns
    -------
    float or ndarray
        Share of the side.

    Raises
    ------
    ValueError
        If a share is none, the pull is below 0 or above 1,000, or shapes do not match.
    TypeError
        If the terms are no `GrowthTerms`.

    Source
    ------
    Evans & Schmalensee (2010): participation on one side as a function of the other; the
    logistic function is ours.
    """
    there, weight = fraction("others", others), _pull("pull", pull)
    terms = instance("terms", terms, GrowthTerms)
    matching_terms(others=there, pull=weight, terms=terms)
    return plain(expit(_log_odds(terms) + weight * np.asarray(there)))


def market_after(
    months: int, buyers: Numbers, sellers: Numbers, terms: GrowthTerms = GROWTH
) -> Market:
    """Let a market run for some months.

    Each month a share β of either side thinks again, and then is there if it wants to be:
    x ← x + β(G(a + θy) − x), and the same for y, both at once.

    Parameters
    ----------
    months : int
        Number of months, from 0 to 10,000.
    buyers, sellers : float or ndarray
        Shares who are there at the start.
    terms : GrowthTerms
        How many want to join, and how quickly people think again.

    Returns
    -------
    Market
        Shares who are there then.

    Raises
    ------
    ValueError
        If months are no whole number from 0 to 10,000, a share is none, or shapes do not match.
    TypeError
        If the terms are no `GrowthTerms`.

    Source
    ------
    Evans & Schmalensee (2010): adjustment towards the share that wants to be there; that a share
    adjusts each month is ours.
    """
    for_months = count("months", one(_months)("months", months), least=0)
    there = Market(fraction("buyers", buyers), fraction("sellers", sellers))
    terms = instance("terms", terms, GrowthTerms)
    shape = matching_terms(buyers=there.buyers, sellers=there.sellers, terms=terms)
    there = Market(*(np.broadcast_to(each, shape) for each in there))
    odds = _log_odds(terms)
    for _ in range(for_months):
        there = _next(there, terms, odds, odds)
    return Market(plain(np.array(there.buyers)), plain(np.array(there.sellers)))


def sellers_needed(buyers: Numbers, terms: GrowthTerms = GROWTH) -> Numbers:
    """Find the fewest sellers who start a market, with some buyers there.

    A market has started when half of either side is there in the end. For the fewest buyers
    exchange the two pulls.

    Parameters
    ----------
    buyers : float or ndarray
        Share of the buyers who are there at the start.
    terms : GrowthTerms
        The market.

    Returns
    -------
    float or ndarray
        Share of the sellers; 0 where the buyers alone start it, infinite where all sellers do not.

    Raises
    ------
    ValueError
        If the share is none, or shapes do not match.
    TypeError
        If the terms are no `GrowthTerms`.

    Source
    ------
    Arithmetic: bisection, by `market_after`, for more sellers never start a market less.
    """
    there, terms = fraction("buyers", buyers), instance("terms", terms, GrowthTerms)
    shape = matching_terms(buyers=there, terms=terms)

    def lives(sellers: Array) -> Array:
        end = market_after(_LONG, there, sellers, terms)
        both = np.minimum(end.buyers, end.sellers) >= _LIVES
        return np.where(both, 1.0, -1.0)

    none, all_there = np.zeros(shape), np.ones(shape)
    most = np.where(lives(none) > 0.0, none, all_there)  # no search where nobody is needed
    return plain(np.where(lives(all_there) > 0.0, bisect(lives, none, most), np.inf))


def even_cliff(alone: Numbers, pull: Numbers) -> Numbers:
    """Find the share of either side that just fails to start a market with two equal pulls.

    Parameters
    ----------
    alone : float or ndarray
        w₀, share of a side who join without the other, above 0 and below 1.
    pull : float or ndarray
        θ, log-odds, from 0 to 1,000.

    Returns
    -------
    float or ndarray
        Share x with x = G(a + θx) between the two ends; infinite where there are no two ends.

    Raises
    ------
    ValueError
        If the share is none, the pull is out of range, or shapes do not match.

    Source
    ------
    Evans & Schmalensee (2010): critical mass, where both sides are alike.
    """
    share, weight = inner("alone", alone), _pull("pull", pull)
    shape = matching(alone=share, pull=weight)
    odds, weight = np.broadcast_to(logit(share), shape), np.broadcast_to(weight, shape)
    bend = np.sqrt(np.maximum(0.25 - 1.0 / np.maximum(weight, 4.0), 0.0))

    def above(level: Array) -> Array:  # rises between the bends, where the logistic is steep
        return np.asarray(odds + weight * level - logit(level))

    low, high = 0.5 - bend, 0.5 + bend
    two_ends = (weight > 4.0) & (above(low) < 0.0) & (above(high) > 0.0)
    return plain(np.where(two_ends, bisect(above, low, high), np.inf))


def rests(terms: GrowthTerms = GROWTH) -> Array:
    """Find where a market stays as it is: its ends, and the cliff between them.

    Parameters
    ----------
    terms : GrowthTerms
        One market.

    Returns
    -------
    ndarray, shape (n, 2)
        Shares of buyers and of sellers at each rest, from the emptiest to the fullest.

    Raises
    ------
    ValueError
        If the terms hold arrays.
    TypeError
        If the terms are no `GrowthTerms`.

    Source
    ------
    Evans & Schmalensee (2010): equilibria are where both sides are as large as they want to be.
    """
    terms = instance("terms", terms, GrowthTerms)
    single("terms", terms)
    odds = float(_log_odds(terms))

    def sellers(buyers: float) -> float:
        return float(expit(odds + terms.sellers_pull * buyers))

    def gap(buyers: float) -> float:
        return float(expit(odds + terms.buyers_pull * sellers(buyers))) - buyers

    grid = np.linspace(0.0, 1.0, 4001)
    above = np.array([gap(float(each)) >= 0.0 for each in grid])
    found = [brentq(gap, grid[k], grid[k + 1]) for k in np.flatnonzero(above[1:] != above[:-1])]
    if above[-1]:  # a full end that rounds to all of them: no crossing is left before it
        found.append(1.0)
    return np.array([[each, sellers(each)] for each in found])


class Push(NamedTuple):
    """What carried a market over the cliff.

    `months`: for how long was paid. `buyers`, `sellers`: shares of either side there at the end of
    it. `paid`: log-odds times the share paid, summed over the months.
    """

    months: float
    buyers: float
    sellers: float
    paid: float


def push_needed(for_buyers: float, for_sellers: float, terms: GrowthTerms = GROWTH) -> Push:
    """Find for how long an empty market must be paid until it goes on by itself.

    Parameters
    ----------
    for_buyers, for_sellers : float
        What is paid to each who is there, in log-odds: 6 is worth as much as 60 of 100 of the
        other side where the pull is 10. From 0 to 1,000.
    terms : GrowthTerms
        One market.

    Returns
    -------
    Push
        Months (infinite where 200 do not do), shares who are there then, and what was paid.

    Raises
    ------
    ValueError
        If an amount is below 0 or above 1,000, or the terms hold arrays.
    TypeError
        If the terms are no `GrowthTerms`.

    Source
    ------
    Ours, by `market_after`.
    """
    lifts = Market(one(_pull)("for_buyers", for_buyers), one(_pull)("for_sellers", for_sellers))
    terms = instance("terms", terms, GrowthTerms)
    single("terms", terms)
    lifted = [_log_odds(terms) + lift for lift in lifts]
    path, paid = [(0.0, 0.0)], [0.0]
    for _ in range(_LONG + 1):
        there = _next(Market(*path[-1]), terms, *lifted)
        path.append((float(there.buyers), float(there.sellers)))
        paid.append(paid[-1] + float(lifts.buyers * path[-1][0] + lifts.sellers * path[-1][1]))
    buyers, sellers = np.transpose(np.array(path[:-1]))
    end = market_after(_LONG, buyers, sellers, terms)  # left alone after each of the months
    going = np.flatnonzero(np.minimum(end.buyers, end.sellers) >= _LIVES)
    last = int(going[0]) if going.size else len(paid) - 1
    return Push(float(last) if going.size else math.inf, *path[last], paid[last])


def _log_odds(terms: GrowthTerms) -> Array:
    return np.asarray(logit(terms.alone))


def _next(there: Market, terms: GrowthTerms, buyers_odds: Array, sellers_odds: Array) -> Market:
    """Let a month pass; the odds are those of joining where nobody of the other side is."""
    want = (
        expit(buyers_odds + terms.buyers_pull * np.asarray(there.sellers)),
        expit(sellers_odds + terms.sellers_pull * np.asarray(there.buyers)),
    )
    return Market(*(now + terms.pace * (aim - now) for now, aim in zip(there, want, strict=True)))
