"""From a score to a decision: the level at the door, where to cut, and what each cut earns."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit

from netfin.arrays import plain, ratio
from netfin.checks import (
    Array,
    Numbers,
    bounded,
    finite,
    fraction,
    inner,
    instance,
    matching,
    one,
    vector,
)
from netfin.lending import BANK, LendingTerms
from netfin.scoring.applicants import scored
from netfin.scoring.ranking import weighed


def recalibrate(default_probability: Numbers, sample_rate: Numbers, true_rate: Numbers) -> Numbers:
    """Carry probabilities from a sample with one share of bad to a population with another.

    The odds are multiplied by (b′/(1 − b′)) / (b/(1 − b)): the ranking stays, the level moves.

    Parameters
    ----------
    default_probability : float or ndarray
        A probability, as estimated on the sample.
    sample_rate, true_rate : float or ndarray
        Shares of bad, b in the sample and b′ in the population; above 0 and below 1.

    Returns
    -------
    float or ndarray
        Default probabilities in the population, from 0 to 1.

    Raises
    ------
    ValueError
        Naming `default_probability`, `sample_rate` or `true_rate`, where it is out of its range, or
        shapes do not match.

    Source
    ------
    Elkan (2001), theorem 2; King & Zeng (2001), prior correction.
    """
    estimated = fraction("default_probability", default_probability)
    seen, due = inner("sample_rate", sample_rate), inner("true_rate", true_rate)
    matching(default_probability=estimated, sample_rate=seen, true_rate=due)
    return plain(expit(logit(estimated) + logit(due) - logit(seen)))  # logarithms of odds add up


def cut_off(rate: Numbers, terms: LendingTerms = BANK) -> Numbers:
    """Find the default probability up to which a loan at a given rate pays its costs.

        PD* = (r − f − κ(k_e − f) − o − π) / (r + LGD)

    The break-even rate of the spread, read the other way: at PD*, it is r.

    Parameters
    ----------
    rate : float or ndarray
        The loan rate r a year, at least the lender's costs without any default.
    terms : LendingTerms
        The lender; its default probability plays no part.

    Returns
    -------
    float or ndarray
        A probability; 1 where nothing is at stake, since a default costs no more than it earns.

    Raises
    ------
    ValueError
        If the rate does not even pay the costs of a loan that is repaid.
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Arithmetic: `netfin.lending.break_even_rate` solved for PD.
    """
    asked, costs = finite("rate", rate), costs_but_defaults(terms)
    matching(rate=asked, terms=costs)
    margin = np.asarray(asked - costs)
    if np.any(margin < 0.0):
        raise ValueError(f"rate must be at least the costs {costs}, not {rate}")
    return ratio(margin, asked + terms.loss_given_default, 1.0)


def costs_but_defaults(terms: LendingTerms) -> Numbers:
    """Add up all that a loan costs a lender but defaults, a share of the loan a year.

    Parameters
    ----------
    terms : LendingTerms
        Rates a year; its probability of default plays no part.

    Returns
    -------
    float or ndarray
        A year, as a share of the loan.

    Raises
    ------
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Arithmetic.
    """
    terms = instance("terms", terms, LendingTerms)
    return terms.cost - terms.expected_loss


class CutOffCurve(NamedTuple):
    """Lending to the safest first: what each share of the applicants approved brings.

    Along the last axis from nobody to everybody. `default_rate` is that of the loans made, 0
    where there are none; `profit` is for each yuan applied for by everybody.
    """

    approval_rate: Array
    default_rate: Array
    profit: Array


def cut_off_curve(
    score: ArrayLike,
    bad: ArrayLike,
    rate: float,
    terms: LendingTerms = BANK,
    true_rate: float | None = None,
    weights: ArrayLike | None = None,
) -> CutOffCurve:
    """Follow approval rate, default rate and profit as the cut-off falls from score to score.

    Parameters
    ----------
    score, bad : array_like, shape (applicants,)
        Scores in any unit, higher is safer, made without knowing these outcomes, or the profit is
        a dream; and 1 or 0.
    rate : float
        The same loan rate for all, a year, 0 or more.
    terms : LendingTerms
        The lender's costs.
    true_rate : float, optional
        Share of bad among the applicants at the door, to which the sample is weighted; above 0
        and below 1.
    weights : array_like, shape (..., applicants), optional
        How often each applicant is counted, such as draws of a bootstrap.

    Returns
    -------
    CutOffCurve
        Arrays of shape (..., different scores + 1): applicants with equal scores are approved
        or refused together.

    Raises
    ------
    ValueError
        Naming `score`, `bad`, `rate` or `true_rate`, where it is out of its range.
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Arithmetic: sums of the applicants up to each score.
    """
    scores, outcomes = scored(score, bad)
    asked = one(bounded)("rate", rate)
    costs, lost = one(finite)("terms", costs_but_defaults(terms)), terms.loss_given_default
    counted = weighed("weights", np.ones(len(scores)) if weights is None else weights, outcomes)
    if true_rate is not None:
        share = one(inner)("true_rate", true_rate)
        bad_in_all = (counted @ outcomes)[..., None]
        good_in_all = (counted @ (1.0 - outcomes))[..., None]
        due = np.where(outcomes == 1.0, share / bad_in_all, (1.0 - share) / good_in_all)
        counted = counted * due
    earned = np.where(outcomes == 1.0, -one(fraction)("terms", lost), asked) - costs
    order = np.argsort(-scores, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(scores[order]) != 0.0, True))
    approved, defaulted, profit = (
        _running((counted * each)[..., order], ends) for each in (1.0, outcomes, earned)
    )
    everyone = approved[..., -1:]
    return CutOffCurve(
        approved / everyone, np.asarray(ratio(defaulted, approved, 0.0)), profit / everyone
    )


def _running(amounts: Array, ends: NDArray[np.intp]) -> Array:
    """Sum along the last axis, beginning with nothing, up to and including each of the ends."""
    sums = np.cumsum(amounts, axis=-1)[..., ends]
    return np.concatenate([np.zeros((*amounts.shape[:-1], 1)), sums], axis=-1)


def at_approval_rate(approval_rate: ArrayLike, curve: CutOffCurve) -> CutOffCurve:
    """Read a curve at given shares approved, by lot among the last to be approved.

    Parameters
    ----------
    approval_rate : array_like, shape (rates,)
        Shares of all applicants, from 0 to 1.
    curve : CutOffCurve
        Of shape (..., different scores + 1), as from `cut_off_curve`.

    Returns
    -------
    CutOffCurve
        Of shape (..., rates).

    Raises
    ------
    ValueError
        Naming `approval_rate`, where it is out of its range.
    TypeError
        Naming `curve`, where it is of another type.

    Source
    ------
    Arithmetic: along the straight line between two points of the curve.
    """
    wanted = vector("approval_rate", approval_rate, fraction)
    curve = instance("curve", curve, CutOffCurve)
    *lead, points = curve.approval_rate.shape
    shares = curve.approval_rate.reshape(-1, points)
    lost, profit = (
        np.array(
            [np.interp(wanted, *row) for row in zip(shares, sums.reshape(-1, points), strict=True)]
        ).reshape(*lead, -1)
        for sums in (curve.approval_rate * curve.default_rate, curve.profit)
    )
    approved = np.broadcast_to(wanted, lost.shape)
    return CutOffCurve(approved, np.asarray(ratio(lost, approved, 0.0)), profit)
