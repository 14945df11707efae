"""A shock that hits every applicant: what it does to the level, and what to the ranking."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit

from netfin.arrays import bisect
from netfin.checks import Array, inner, one, positive, same_length, vector
from netfin.scoring.applicants import unit


def common_shock(default_probability: ArrayLike, weights: ArrayLike, default_rate: float) -> Array:
    """Multiply every applicant's odds of default by one factor, so that a given share defaults.

    Parameters
    ----------
    default_probability : array_like, shape (applicants,)
        Before the shock; above 0 and below 1.
    weights : array_like, shape (applicants,)
        How many stand at the door for each applicant of the sample, above 0.
    default_rate : float
        Share of all at the door who default in the shock, above 0 and below 1.

    Returns
    -------
    ndarray, shape (applicants,)
        Default probabilities in the shock. The ranking of the applicants is what it was.

    Raises
    ------
    ValueError
        Naming `default_probability`, `weights` or `default_rate`, where it is out of its range.

    Source
    ------
    Ours: the common year of `netfin.pool`, in odds.
    """
    before, counted = _weighed(default_probability, weights)
    wanted, odds = one(inner)("default_rate", default_rate), logit(before)

    def too_many(factor: Array) -> Array:
        return np.asarray(counted @ expit(odds + factor) - wanted)

    # With the lower factor nobody is worse than the share wanted, with the higher nobody better.
    factor = bisect(too_many, logit(wanted) - odds.max(), logit(wanted) - odds.min())
    return np.asarray(expit(odds + factor))


def expected_auc(score: ArrayLike, default_probability: ArrayLike, weights: ArrayLike) -> float:
    """Compute the AUC to expect of a score if applicants default with given probabilities.

    Parameters
    ----------
    score : array_like, shape (applicants,)
        In any unit; higher for the safer.
    default_probability, weights : array_like, shape (applicants,)
        As in `common_shock`.

    Returns
    -------
    float
        The chance that one who repays stands above one who defaults; a tie counts a half.

    Raises
    ------
    ValueError
        Naming `score`, `default_probability` or `weights`, where it is out of its range.

    Source
    ------
    Ours: pairs as in `netfin.scoring.ranking.auc`, each with its probability.
    """
    before, counted = _weighed(default_probability, weights)
    scores = vector("score", score)
    same_length(score=scores, default_probability=before)
    _, level = np.unique(scores, return_inverse=True)
    good, bad = (
        np.bincount(level, unit(counted * unit(each)[0])[0]) for each in (1.0 - before, before)
    )
    below = np.cumsum(bad) - bad / 2.0
    return float(good @ below / (good.sum() * bad.sum()))


def _weighed(default_probability: ArrayLike, weights: ArrayLike) -> tuple[Array, Array]:
    """Return default probabilities, and weights that add up to 1."""
    before = vector("default_probability", default_probability, inner)
    counted = vector("weights", weights, positive)
    same_length(default_probability=before, weights=counted)
    shares = counted / counted.max()
    return before, shares / shares.sum()
