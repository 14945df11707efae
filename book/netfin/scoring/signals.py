"""A second signal beside a score: how far it tells good from bad, and what it adds."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from netfin.checks import Array, fraction, instance, one, same_length, vector
from netfin.scoring.applicants import folded, outcome, scored, unit
from netfin.scoring.binormal import better_than_chance, binormal_auc, binormal_separation

_FEWEST = 4  # applicants; with fewer no noise has room beside two means and a score


def within(score: ArrayLike, bad: ArrayLike) -> Array:
    """Standardise a score inside the good and inside the bad, each to mean 0; joint spread 1.

    Parameters
    ----------
    score, bad : array_like, shape (applicants,)
        The score in any unit, which must differ among the good, or among the bad; and 1 or 0.

    Returns
    -------
    ndarray, shape (applicants,)
        The score, in standard deviations.

    Raises
    ------
    ValueError
        Naming `score` or `bad`, where it is out of its range.

    Source
    ------
    Definition: standard scores.
    """
    scores, outcomes = scored(score, bad)
    rest, spread = _rest(unit(scores)[0], outcomes)
    return rest / spread


def distance(score: ArrayLike, bad: ArrayLike) -> float:
    """Measure how far the good stand above the bad, in standard deviations within the groups.

    Parameters
    ----------
    score, bad : array_like, shape (applicants,)
        As in `within`.

    Returns
    -------
    float
        Standard deviations; below 0 where the bad stand above the good.

    Raises
    ------
    ValueError
        Naming `score` or `bad`, where it is out of its range.

    Source
    ------
    Definition: a difference of means in standard deviations.
    """
    scores, outcomes = scored(score, bad)
    scores, _ = unit(scores)
    good, lost = (scores[outcomes == kind].mean() for kind in (0.0, 1.0))
    return float((good - lost) / _rest(scores, outcomes)[1])


def _rest(scores: Array, outcomes: Array) -> tuple[Array, float]:
    """Take from each score the mean of the good or of the bad; and the spread of what is left."""
    means = [scores[outcomes == kind].mean() for kind in (0.0, 1.0)]
    rest = scores - np.where(outcomes == 1.0, means[1], means[0])
    spread = float(np.sqrt(np.mean(rest**2)))
    if spread <= 1e-12 * np.abs(scores).max():
        raise ValueError("score must differ among the good or among the bad, but is the same")
    return rest, spread


def synthetic_signal(
    score: ArrayLike, bad: ArrayLike, area: float, overlap: float, generator: np.random.Generator
) -> Array:
    """Make a signal of given strength that repeats a score to a given degree. Synthetic.

    The signal is δ_s for the good and 0 for the bad, plus noise of spread 1 whose correlation
    with the score, within the good and within the bad, is χ = overlap · δ_s/δ. At overlap 1 it
    tells nothing that the score does not (see `combined_separation`); at 0 its errors are its own.

    Parameters
    ----------
    score, bad : array_like, shape (applicants,)
        A score that exists, in any unit, and tells good from bad; and the outcomes, 1 or 0; four
        applicants or more.
    area : float
        AUC of the signal, from 0.5 to below 1; weaker than the score's.
    overlap : float
        From 0 to 1.
    generator : numpy.random.Generator
        For the noise, which is made uncorrelated with the score within both groups.

    Returns
    -------
    ndarray, shape (applicants,)
        Made up by us from the outcomes: it shows what such data could do, and proves nothing.

    Raises
    ------
    ValueError
        Naming `score`, `bad`, `area` or `overlap`, where it is out of its range.
    TypeError
        Naming `generator`, where it is of another type.

    Source
    ------
    Ours: made-up data.
    """
    inside, known = within(score, bad), distance(score, bad)
    chance = instance("generator", generator, np.random.Generator)
    strength = float(binormal_separation(one(better_than_chance)("area", area)))
    if len(inside) < _FEWEST:
        raise ValueError(f"score must be of {_FEWEST} applicants or more, not {len(inside)}")
    if known <= 0.0:
        raise ValueError(
            "score must set the good above the bad, by an area above 0.5, "
            f"but its area is {binormal_auc(known):.3f}"
        )
    if strength >= known:
        raise ValueError(f"area must be below the score's {binormal_auc(known):.3f}, not {area}")
    shared = one(fraction)("overlap", overlap) * strength / known
    noise = within(chance.standard_normal(len(inside)), bad)
    noise = within(noise - inside * np.mean(noise * inside), bad)
    own = np.sqrt(1.0 - shared**2) * noise
    return np.asarray(strength * (np.asarray(bad) == 0.0) + shared * inside + own)


def combine(first: ArrayLike, second: ArrayLike, bad: ArrayLike, dealt: ArrayLike) -> Array:
    """Add to a score so much of a second one as Fisher's weights say, learnt on other folds.

    Parameters
    ----------
    first, second : array_like, shape (applicants,)
        Scores of the same applicants, each in any unit, of which neither repeats the other.
    bad : array_like, shape (applicants,)
        1 or 0; both must occur.
    dealt : array_like, shape (applicants,)
        Each one's fold, as from `assign_folds`.

    Returns
    -------
    ndarray, shape (applicants,)
        The first score keeps its weight of 1, so that folds stay comparable.

    Raises
    ------
    ValueError
        Naming `first`, `second`, `bad` or `dealt`, where it is out of its range.

    Source
    ------
    Su & Liu (1993): Fisher's weights.
    """
    scores, outcomes = vector("first", first), outcome("bad", bad)
    other = vector("second", second)
    same_length(first=scores, second=other, bad=outcomes)
    units, powers = unit(np.array([scores, other]))
    both, total = np.ascontiguousarray(units.T), np.empty(len(outcomes))
    for here, others in folded(dealt, outcomes):
        weights = _fisher(both[others], outcomes[others])
        total[here] = both[here] @ (weights / weights[0])
    with np.errstate(over="ignore"):
        summed = np.asarray(np.ldexp(total, powers[0]))
    if not np.all(np.isfinite(summed)):
        raise ValueError(
            "first must be nearer to 0, so that what second adds leaves a number below 1.8e308, "
            f"not up to {np.abs(scores).max():g}"
        )
    return summed


def _fisher(scores: Array, outcomes: Array) -> Array:
    """Find the weights of two scores that set the good and the bad furthest apart."""
    means = [scores[outcomes == kind].mean(axis=0) for kind in (0.0, 1.0)]
    rest = scores - np.where(outcomes[:, None] == 1.0, means[1], means[0])
    scatter = rest.T @ rest / len(rest)
    spread = np.sqrt(np.diag(scatter))
    # Whether one repeats the other does not depend on the units in which each is told.
    alike = scatter / np.outer(spread, spread) if spread.all() else scatter
    if np.linalg.matrix_rank(alike, hermitian=True) < 2:
        raise ValueError(
            "second must not repeat first, nor may either be the same for all, among the good and "
            "the bad outside any fold of dealt"
        )
    weights: Array = np.linalg.solve(scatter, means[0] - means[1])
    if weights[0] <= 0.0:
        raise ValueError("first must tell good from bad beside second, but adds nothing to it")
    return weights
