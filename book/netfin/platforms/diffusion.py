"""How a new thing spreads: the curve of Bass, fitted to what is known, and a site given up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated, NamedTuple

import numpy as np
from scipy.optimize import least_squares

from netfin.arrays import plain
from netfin.checks import (
    Array,
    Numbers,
    bounded,
    bounded_above_zero,
    count,
    flag,
    fraction,
    inner,
    instance,
    matching,
    one,
    same_length,
    vector,
)
from netfin.terms import About, Terms, single

_rate = partial(fraction, upto=100.0, open_left=True)
_STEPS = 48  # a year
_horizon = partial(fraction, upto=1000.0)
_LOWEST, _HIGHEST = np.log(1e-6), np.log(2.0)  # of p and q, a year, in a fit


def bass_reach(
    years: Numbers, innovation: Numbers, imitation: Numbers, reached: Numbers = 0.0
) -> Numbers:
    """Compute the share of a market that a new thing has reached.

    Of those who are without it a share p + qF takes it up each year, F being the share who have it:

        F(t) = (p + qF₀ − p(1 − F₀)E) / (p + qF₀ + q(1 − F₀)E),   E = e^(−(p + q)t).

    Parameters
    ----------
    years : float or ndarray
        t, from the start, 0 or more.
    innovation, imitation : float or ndarray
        p and q, a year, above 0 and at most 100.
    reached : float or ndarray
        F₀, share reached at the start.

    Returns
    -------
    float or ndarray
        Share of the market.

    Raises
    ------
    ValueError
        Naming the parameter that is out of its range, or shapes that do not match.

    Source
    ------
    Bass (1969), with F₀ = 0; another start by the same differential equation.
    """
    time = np.asarray(bounded("years", years))
    p = np.asarray(_rate("innovation", innovation))
    q = np.asarray(_rate("imitation", imitation))
    start = np.asarray(fraction("reached", reached))
    matching(years=time, innovation=p, imitation=q, reached=start)
    return plain(_curve(time, p, q, start))


class Peak(NamedTuple):
    """When most take a new thing up, and how far it has come by then."""

    years: Numbers
    reach: Numbers


def bass_peak(innovation: Numbers, imitation: Numbers) -> Peak:
    """Find the moment at which most take a new thing up.

        T = ln(q/p)/(p + q),   F(T) = 1/2 − p/(2q)

    Parameters
    ----------
    innovation, imitation : float or ndarray
        p and q, a year, above 0 and at most 100.

    Returns
    -------
    Peak
        Years from the start, and share reached; both 0 where q is below p.

    Raises
    ------
    ValueError
        If a rate is out of its range, or shapes do not match.

    Source
    ------
    Bass (1969).
    """
    p = np.asarray(_rate("innovation", innovation))
    q = np.asarray(_rate("imitation", imitation))
    matching(innovation=p, imitation=q)
    years = np.maximum((np.log(q) - np.log(p)) / (p + q), 0.0)
    return Peak(plain(years), plain(0.5 - 0.5 * p / np.maximum(p, q)))


class BassFit(NamedTuple):
    """A curve found from data: p, q, ceiling and share at the first observation."""

    innovation: float
    imitation: float
    ceiling: float
    reached: float

    def reach(self, years: Numbers) -> Numbers:
        """Compute the share reached, years after the first observation."""
        start = self.reached / self.ceiling
        return plain(
            self.ceiling * np.asarray(bass_reach(years, self.innovation, self.imitation, start))
        )


def fit_bass(years: Array, shares: Array, find_ceiling: bool = False) -> BassFit:
    """Fit the curve of Bass to shares observed, by least squares.

    Parameters
    ----------
    years : ndarray
        Years of observation, from 0 on; four or more, each later than the one before. Four points
        for as many unknowns are passed through, and tell nothing of how well the curve fits.
    shares : ndarray
        Shares reached, above 0 and below 1.
    find_ceiling : bool
        Whether the share that is reached in the end is found too; else it is 1.

    Returns
    -------
    BassFit
        p and q a year, from 0.000001 to 2; ceiling and first level as shares.

    Raises
    ------
    ValueError
        If rows are shorter than four, not equally long, years do not rise, or a share is not
        between 0 and 1.
    TypeError
        If `find_ceiling` is no truth value.

    Source
    ------
    Van den Bulte & Lilien (1997): nonlinear least squares, here on the level.
    """
    time, level = vector("years", years, bounded, least=4), vector("shares", shares, inner, least=4)
    same_length(years=time, shares=level)
    if np.any(np.diff(time) <= 0.0):
        raise ValueError(f"years must each be later than the one before, not {time.tolist()}")
    free = flag("find_ceiling", find_ceiling)

    def off(guess: Array) -> Array:
        p, q, start = np.exp(guess[:3])
        top = float(np.exp(guess[3])) if free else 1.0
        return np.asarray(top * _curve(time, p, q, np.minimum(start / top, 1.0)) - level)

    runs = [least_squares(off, *each) for each in _starts(level, free)]
    found = np.exp(min(runs, key=lambda run: float(run.cost)).x)
    return BassFit(*map(float, (found[0], found[1], found[3] if free else 1.0, found[2])))


def _starts(level: Array, free: bool) -> list[tuple[Array, str, tuple[Array, Array]]]:
    """Give points to start from, how slopes are found, and bounds, all in logarithms."""
    top = float(level.max())
    low = [_LOWEST, _LOWEST, np.log(1e-4), np.log(top)]
    high = [_HIGHEST, _HIGHEST, np.log(level[-1]), 0.0]
    points = [
        [np.log(p), np.log(q), np.log(level[0]), np.log(ceiling)]
        for p in (0.001, 0.01)
        for q in (0.1, 0.3)
        for ceiling in ((top + 1.0) / 2.0, 0.99 + 0.01 * top)
    ]
    size = 4 if free else 3
    bounds = (np.array(low[:size]), np.array(high[:size]))
    return [(np.clip(each[:size], *bounds), "2-point", bounds) for each in points]


@dataclass(frozen=True)
class BetTerms(Terms):
    """An old site and a new service; traffic is counted in what the new one has today."""

    old_traffic: Annotated[
        Numbers, About("v_0", "times the new traffic", "the article", bounded)
    ] = 4.0
    potential: Annotated[
        Numbers, About("K_n", "times the new traffic", "our assumption", bounded_above_zero)
    ] = 40.0
    decline: Annotated[Numbers, About("δ_o", "a year", "our assumption")] = 0.20
    innovation: Annotated[Numbers, About("p_n", "a year", "our assumption", _rate)] = 0.01
    imitation: Annotated[Numbers, About("q_n", "a year", "our assumption", _rate)] = 0.38
    held_back: Annotated[Numbers, About("κ_o", "of q, while both are run", "our assumption")] = 0.25

    def consistent(self) -> None:
        """Refuse a new service that has more than its potential today."""
        if np.any(np.asarray(self.potential) < 1.0):
            raise ValueError(f"potential must be a number of 1 or more, not {self.potential}")


BET = BetTerms()
"""The site of the text."""


def visits(dropped_after: float, horizon: int, terms: BetTerms = BET) -> float:
    """Count the visits to an old site and a new service, if the old one is dropped on a date.

    While both are run, word of mouth for the new one is held back, q(1 − κ); after, it is q.

    Parameters
    ----------
    dropped_after : float
        Years until the old site is dropped, 0 or more; beyond the horizon it never is.
    horizon : int
        Years that are counted, from 1 to 1,000.
    terms : BetTerms
        One case.

    Returns
    -------
    float
        Visits, in years of what the new service has today: 40 is forty such years.

    Raises
    ------
    ValueError
        If years are out of range, or the terms hold arrays.
    TypeError
        If the terms are no `BetTerms`.

    Source
    ------
    Ours, on the curve of Bass (1969).
    """
    date, years = (
        one(bounded)("dropped_after", dropped_after),
        count("horizon", one(_horizon)("horizon", horizon)),
    )
    terms = instance("terms", terms, BetTerms)
    single("terms", terms)
    time = (np.arange(years * _STEPS) + 0.5) / _STEPS
    both = time < date
    old = np.where(both, terms.old_traffic * (1.0 - np.asarray(terms.decline)) ** time, 0.0)
    slow = terms.imitation * (1.0 - np.asarray(terms.held_back)) + 1e-12
    first = 1.0 / np.asarray(terms.potential)
    level = _curve(np.minimum(time, date), terms.innovation, slow, first)
    after = _curve(np.maximum(time - date, 0.0), terms.innovation, terms.imitation, level)
    return float(np.sum(old + terms.potential * after) / _STEPS)


def _curve(time: Numbers, p: Numbers, q: Numbers, start: Numbers) -> Array:
    left = (1.0 - np.asarray(start)) * np.exp(-(np.asarray(p) + q) * np.asarray(time))
    push = np.asarray(p) + np.asarray(q) * start
    return np.asarray((push - p * left) / (push + q * left))
