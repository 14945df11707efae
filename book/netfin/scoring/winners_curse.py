"""Two lenders for the same applicants: what is left for the one whom borrowers ask second."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from netfin.arrays import bisect, plain, ratio
from netfin.checks import Array, Numbers, fraction, inner, instance, matching, whole_number
from netfin.lending import BANK, LendingTerms, margin_at
from netfin.scoring.binormal import better_than_chance, binormal_separation
from netfin.terms import About, Terms


@dataclass(frozen=True)
class RivalTerms(Terms):
    """A market of two lenders who judge the same applicants, each by a score of its own."""

    population_default: Annotated[
        Numbers,
        About("PD_0", "share of applicants", "our assumption: all who ask, good and bad"),
    ] = 0.08
    own_auc: Annotated[
        Numbers,
        About(
            "A_y",
            "area, 0.5 to 1",
            "our assumption: near the card of this chapter",
            check=better_than_chance,
        ),
    ] = 0.78
    own_approval: Annotated[
        Numbers,
        About("a_y", "share of applicants", "our assumption: whom you would approve", check=inner),
    ] = 0.60
    rival_approval: Annotated[
        Numbers,
        About("a_r", "share of applicants", "our assumption: whom the rival approves", check=inner),
    ] = 0.75
    rate: Annotated[
        Numbers, About("r", "a year", "our assumption: the same rate for all whom you approve")
    ] = 0.12


MARKET = RivalTerms()
"""Two lenders with the default terms."""


class PassRates(NamedTuple):
    """Which shares of the good and of the bad pass a lender's score."""

    good: Numbers
    bad: Numbers


class Pool(NamedTuple):
    """The loans that end up with you: good, bad and all, as shares of all applicants.

    `default_rate` is that of the loans, 0 where there are none; `profit` is what they leave for
    each yuan applied for by everybody.
    """

    good: Numbers
    bad: Numbers
    lent: Numbers
    default_rate: Numbers
    profit: Numbers


def score_cut_off(area: Numbers, approval_rate: Numbers, default_probability: Numbers) -> Numbers:
    """Find the score above which a given share of all applicants stands.

    Scores are binormal, with D following from the AUC. Solves
    (1 − PD)·Φ(D − s) + PD·Φ(−s) = approval rate for s.

    Parameters
    ----------
    area : float or ndarray
        AUC, 0.5 to below 1.
    approval_rate : float or ndarray
        Above 0 and below 1.
    default_probability : float or ndarray
        Share of bad among all applicants.

    Returns
    -------
    float or ndarray
        s, in standard deviations above the mean of the bad.

    Raises
    ------
    ValueError
        Naming `area`, `approval_rate` or `default_probability`, where it is out of its range, or
        shapes do not match.

    Source
    ------
    Arithmetic, of binormal scores.
    """
    apart, wanted = binormal_separation(area), inner("approval_rate", approval_rate)
    share = fraction("default_probability", default_probability)
    matching(area=apart, approval_rate=wanted, default_probability=share)

    def too_few(score: Array) -> Array:
        return np.asarray(wanted - (1.0 - share) * ndtr(apart - score) - share * ndtr(-score))

    # The answer lies between what would do if all were bad, and if all were good.
    low, high, _ = np.broadcast_arrays(-ndtri(wanted), apart - ndtri(wanted), share)
    return plain(bisect(too_few, low, high))


def pass_rates(area: Numbers, approval_rate: Numbers, default_probability: Numbers) -> PassRates:
    """Compute which shares of the good and of the bad pass a lender's score.

    Parameters
    ----------
    area, approval_rate, default_probability : float or ndarray
        As in `score_cut_off`.

    Returns
    -------
    PassRates
        Shares of the good and of the bad, each from 0 to 1.

    Raises
    ------
    ValueError
        Naming `area`, `approval_rate` or `default_probability`, where it is out of its range, or
        shapes do not match.

    Source
    ------
    Arithmetic, of binormal scores.
    """
    limit = score_cut_off(area, approval_rate, default_probability)
    return PassRates(plain(ndtr(binormal_separation(area) - limit)), plain(ndtr(-limit)))


def adverse_selection(
    rival_auc: Numbers,
    asked_first: Numbers = 1.0,
    terms: RivalTerms = MARKET,
    lender: LendingTerms = BANK,
) -> Pool:
    """Compute what you lend when a rival judges the same applicants.

    Of those whom both approve, a share asks the rival first and is gone. The two scores err
    independently within the good and within the bad:

        your good = (1 − PD)·G_y·(1 − h_r·G_r),    your bad = PD·B_y·(1 − h_r·B_r),

    with G and B the shares of good and bad who pass each score and h_r the share asking the rival
    first.

    Parameters
    ----------
    rival_auc : float or ndarray
        From 0.5, a rival who draws lots, to below 1.
    asked_first : float or ndarray
        h, from 0 to 1.
    terms : RivalTerms
        Your score and approval stay as they are; the rival's approval, too.
    lender : LendingTerms
        Your costs.

    Returns
    -------
    Pool
        Good, bad and all of your loans as shares of all applicants; their default rate; and what
        they leave for each yuan applied for by everybody.

    Raises
    ------
    ValueError
        Naming `rival_auc` or `asked_first`, where it is out of its range, or shapes do not match.
    TypeError
        Naming `terms` or `lender`, where it is of another type.

    Source
    ------
    Ours: the winner's curse of lending of Broecker (1990); with lenders of unequal ability Hauswald
    & Marquez (2003); with data that borrowers carry over, He, Huang & Zhou (2023). Their rates
    follow from competition, here one is given.
    """
    area = better_than_chance("rival_auc", rival_auc)
    first = fraction("asked_first", asked_first)
    terms = instance("terms", terms, RivalTerms)
    lender = instance("lender", lender, LendingTerms)
    matching(rival_auc=area, asked_first=first, **vars(terms), **vars(lender))
    share = terms.population_default
    mine = pass_rates(terms.own_auc, terms.own_approval, share)
    theirs = pass_rates(area, terms.rival_approval, share)
    good = (1.0 - share) * mine.good * (1.0 - first * theirs.good)
    bad = share * mine.bad * (1.0 - first * theirs.bad)
    lent = good + bad
    default = ratio(bad, lent, 0.0)
    return Pool(good, bad, lent, default, lent * margin_at(terms.rate, default, lender))


def financed_by_any(passing: Numbers, lenders: Numbers) -> Numbers:
    """Compute how many of a kind find credit when they may ask several lenders in turn.

        1 − (1 − q)^n

    Parameters
    ----------
    passing : float or ndarray
        Share q of the kind that passes one lender's test; tests err independently.
    lenders : float or ndarray
        n, a whole number of 1 or more.

    Returns
    -------
    float or ndarray
        Share of the kind that at least one lender finances.

    Raises
    ------
    ValueError
        Naming `passing` or `lenders`, where it is out of its range, or shapes do not match.

    Source
    ------
    Broecker (1990): every further lender lets more of the bad through than of the good, in
    proportion, so that the average borrower financed gets worse.
    """
    share, number = fraction("passing", passing), whole_number("lenders", lenders)
    matching(passing=share, lenders=number)
    with np.errstate(divide="ignore", over="ignore"):  # where all pass, or there is no end of them
        return plain(-np.expm1(np.asarray(number) * np.log1p(-np.asarray(share))))
