"""How well a score ranks, and whether its probabilities come true.

A score is a number for each applicant, higher for safer. `bad` is 1 for an applicant who did
default and 0 for one who did not. Applicants with equal scores are never told apart, so that no
result depends on the order of the rows.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import rankdata

from netfin.checks import (
    Array,
    Numbers,
    bounded_either_side,
    count,
    fraction,
    inner,
    instance,
    non_negative,
    one,
    same_length,
    vector,
)
from netfin.scoring.applicants import outcome, scored, unit

_MOST_COUNTS = 10**8  # numbers in one bootstrap: not quite a gigabyte


class Roc(NamedTuple):
    """What a rising cut-off refuses, from nobody to everybody.

    A bad applicant is what a score is to detect, so the bad refused are its true positives, and
    the good refused its false ones.
    """

    false_positive_rate: Array
    true_positive_rate: Array


class Calibration(NamedTuple):
    """Applicants in groups of rising predicted default: what was foretold, and what came."""

    predicted: Array
    observed: Array
    applicants: Array


def auc(score: ArrayLike, bad: ArrayLike) -> float:
    """Compute how often a good applicant is scored above a bad one, ties counting half.

    The area under the ROC curve is this share of pairs, the statistic of
    Mann and Whitney: with ranks of all scores, (sum of the good's ranks − n(n+1)/2) / (n·m).

    Parameters
    ----------
    score : array_like, shape (applicants,)
        In any unit; higher is safer.
    bad : array_like, shape (applicants,)
        1 or 0; both must occur.

    Returns
    -------
    float
        From 0 to 1; 0.5 for a score that tells nothing.

    Raises
    ------
    ValueError
        Naming what is no row of finite numbers, no outcome, or of another length.

    Source
    ------
    Hanley & McNeil (1982).
    """
    scores, outcomes = scored(score, bad)
    ranks = rankdata(scores)[outcomes == 0.0]
    good, lost = len(ranks), len(scores) - len(ranks)
    return float((ranks.sum() - good * (good + 1) / 2) / (good * lost))


def gini(area: Numbers) -> Numbers:
    """Turn an AUC, a number or an array, into the Gini coefficient (accuracy ratio), 2·AUC − 1.

    Parameters
    ----------
    area : float or ndarray
        AUC, from 0 to 1.

    Returns
    -------
    float or ndarray
        From −1 to 1; 0 for a coin.

    Raises
    ------
    ValueError
        Naming `area`, where it is out of its range.

    Source
    ------
    Definition.
    """
    return 2.0 * fraction("area", area) - 1.0


def roc(score: ArrayLike, bad: ArrayLike) -> Roc:
    """Trace what a rising cut-off refuses, of the good and of the bad; equal scores together.

    Parameters
    ----------
    score, bad : array_like, shape (applicants,)
        As in `auc`.

    Returns
    -------
    Roc
        Arrays of shape (different scores + 1,), from 0 to 1.

    Raises
    ------
    ValueError
        Naming `score` or `bad`, where it is out of its range.

    Source
    ------
    Fawcett (2006), with refused in the place of accepted.
    """
    scores, outcomes = scored(score, bad)
    values, place = np.unique(scores, return_inverse=True)
    good, lost = (
        np.bincount(place, weights=kind, minlength=len(values))
        for kind in (1.0 - outcomes, outcomes)
    )
    return Roc(*(np.append(0.0, np.cumsum(each) / each.sum()) for each in (good, lost)))


def kolmogorov_smirnov(score: ArrayLike, bad: ArrayLike) -> float:
    """Compute the widest gap between bad and good refused, over all cut-offs; from 0 to 1.

    Parameters
    ----------
    score, bad : array_like, shape (applicants,)
        As in `auc`.

    Returns
    -------
    float
        The gap, a share of applicants.

    Raises
    ------
    ValueError
        Naming `score` or `bad`, where it is out of its range.

    Source
    ------
    Definition: the statistic of Kolmogorov and Smirnov for two samples.
    """
    curve = roc(score, bad)
    return float(np.abs(curve.true_positive_rate - curve.false_positive_rate).max())


def calibration(default_probability: ArrayLike, bad: ArrayLike, groups: int = 10) -> Calibration:
    """Compare predicted and observed default in groups of equal size, safest group first.

    Parameters
    ----------
    default_probability : array_like, shape (applicants,)
        As predicted, from 0 to 1.
    bad : array_like, shape (applicants,)
        1 or 0; both must occur.
    groups : int
        A number, at most that of the applicants. Sizes differ by one at most.

    Returns
    -------
    Calibration
        Arrays of shape (groups,). Applicants with equal predictions on both sides of a limit
        between groups are shared out: each group gets the same mixture of them.

    Raises
    ------
    ValueError
        Naming `default_probability`, `bad` or `groups`, where it is out of its range.

    Source
    ------
    Definition.
    """
    predicted = vector("default_probability", default_probability, fraction)
    outcomes, number = outcome("bad", bad), count("groups", groups)
    same_length(default_probability=predicted, bad=outcomes)
    if number > len(predicted):
        raise ValueError(f"groups must be at most the {len(predicted)} applicants, not {number}")
    limits = np.cumsum([0, *map(len, np.array_split(predicted, number))])
    values, place = np.unique(predicted, return_inverse=True)
    sizes = np.bincount(place)
    upto = np.append(0, np.cumsum(sizes))
    foretold, came = (
        np.diff(np.interp(limits, upto, np.append(0.0, np.cumsum(amounts))))
        for amounts in (sizes * values, np.bincount(place, weights=outcomes))
    )
    applicants = np.diff(limits).astype(np.float64)
    return Calibration(foretold / applicants, came / applicants, applicants)


def resample(bad: ArrayLike, draws: int, generator: np.random.Generator) -> Array:
    """Draw how often each applicant is counted: a bootstrap of the good and of the bad.

    Parameters
    ----------
    bad : array_like, shape (applicants,)
        1 or 0; both must occur.
    draws : int
        Samples to draw, 1 or more; at most a hundred million counts in all.
    generator : numpy.random.Generator
        Where chance comes from.

    Returns
    -------
    ndarray, shape (draws, applicants)
        Each row counts as many good and as many bad as the sample has, drawn with replacement.

    Raises
    ------
    ValueError
        Naming `bad` or `draws`, where it is out of its range.
    TypeError
        Naming `generator`, where it is of another type.

    Source
    ------
    Efron & Tibshirani (1993), chapter 8.
    """
    outcomes, number = outcome("bad", bad), count("draws", draws)
    most = _MOST_COUNTS // len(outcomes)
    if number > most:
        raise ValueError(f"draws must be from 1 to {most} for this sample, not {number:g}")
    chance = instance("generator", generator, np.random.Generator)
    counts = np.zeros((number, len(outcomes)))
    for kind in (outcomes == 1.0, outcomes == 0.0):
        size = int(kind.sum())
        counts[:, kind] = chance.multinomial(size, np.full(size, 1.0 / size), number)
    return counts


def weighed(name: str, value: ArrayLike, outcomes: Array) -> Array:
    """Return how often each applicant is counted, in one row or in several.

    Each row is told in a unit of its own, since only the proportions in it count.

    Parameters
    ----------
    name : str
        The parameter as the caller knows it, for the message.
    value : array_like
        Counts, 0 or more, applicants along the last axis.
    outcomes : ndarray, shape (applicants,)
        As from `outcome`.

    Returns
    -------
    ndarray
        The counts in that unit, as float64, of the shape given.

    Raises
    ------
    ValueError
        Naming what is no number of 0 or more, of another length than the outcomes, or without a
        good or a bad applicant in some row.

    Source
    ------
    Ours: a check.
    """
    weights = np.asarray(non_negative(name, value))
    if weights.size == 0 or weights.shape[-1:] != outcomes.shape:
        raise ValueError(
            f"{name} must hold rows of {len(outcomes)} numbers, one for each applicant, "
            f"not be of shape {weights.shape}"
        )
    weights, _ = unit(weights)
    if not np.all(weights @ np.column_stack([outcomes, 1.0 - outcomes]) > 0.0):
        raise ValueError(f"{name} must count a good and a bad applicant or more in every row")
    return weights


def bootstrap_auc(score: ArrayLike, bad: ArrayLike, counts: ArrayLike) -> Array:
    """Compute the AUC of each draw of a bootstrap.

    Parameters
    ----------
    score, bad : array_like, shape (applicants,)
        As in `auc`.
    counts : array_like, shape (..., draws, applicants)
        From `resample`; two scores with the same counts are compared draw by draw.

    Returns
    -------
    ndarray, shape (..., draws)
        AUC in each draw; its quantiles are the interval.

    Raises
    ------
    ValueError
        Naming `score`, `bad` or `counts`, where it is out of its range.

    Source
    ------
    Efron & Tibshirani (1993), chapter 8.
    """
    scores, outcomes = scored(score, bad)
    weights = np.atleast_2d(weighed("counts", counts, outcomes))
    is_bad = outcomes == 1.0
    # +1 where the good applicant stands above the bad one, 0 where level, −1 where below.
    order = np.sign(scores[~is_bad][None, :] - scores[is_bad][:, None])
    good, lost = weights[..., ~is_bad], weights[..., is_bad]
    won = ((lost @ order) * good).sum(axis=-1) / (good.sum(axis=-1) * lost.sum(axis=-1))
    return np.asarray((1.0 + won) / 2.0)


def interval(draws: ArrayLike, level: float = 0.9) -> Array:
    """Give the ends of the interval that holds the middle of a bootstrap's draws.

    Parameters
    ----------
    draws : array_like, shape (draws, ...)
        What came out in each draw, in any unit.
    level : float
        Share of the draws inside, above 0 and below 1.

    Returns
    -------
    ndarray, shape (2, ...)
        The lower end, then the upper one, in that unit.

    Raises
    ------
    ValueError
        Naming `level`, where it is out of its range.

    Source
    ------
    Efron & Tibshirani (1993), chapter 13: the percentile interval.
    """
    values = np.asarray(bounded_either_side("draws", draws))
    if values.ndim == 0 or len(values) == 0:
        raise ValueError(f"draws must be one draw or more, not of shape {values.shape}")
    tail = (1.0 - one(inner)("level", level)) / 2.0
    return np.asarray(np.quantile(values, (tail, 1.0 - tail), axis=0))
