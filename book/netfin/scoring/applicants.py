"""Applicants' scores and what became of them, checked before anything is learnt."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from netfin.checks import Array, finite, same_length, vector


def outcome(name: str, value: ArrayLike) -> Array:
    """Return a row of outcomes, 1 for an applicant who defaulted and 0 for one who did not.

    Parameters
    ----------
    name : str
        The parameter as the caller knows it, for the message.
    value : array_like, shape (applicants,)
        1 or 0 for each applicant.

    Returns
    -------
    ndarray, shape (applicants,)
        1 or 0 for each applicant, as float64.

    Raises
    ------
    ValueError
        Naming the first row that is neither, or where all came to the same: from one kind of
        outcome nothing can be learnt.
    """
    outcomes = vector(name, value, finite)
    wrong = np.flatnonzero(~np.isin(outcomes, (0.0, 1.0)))
    if wrong.size:
        raise ValueError(
            f"{name} must be 0 or 1 for every applicant, not {outcomes[wrong[0]]:g} "
            f"in row {wrong[0]}"
        )
    if np.ptp(outcomes) == 0.0:
        raise ValueError(f"{name} must hold both outcomes, 0 and 1, not {outcomes[0]:g} alone")
    return outcomes


def scored(score: ArrayLike, bad: ArrayLike) -> tuple[Array, Array]:
    """Return scores and outcomes of the same applicants, checked against each other.

    Parameters
    ----------
    score : array_like, shape (applicants,)
        In any unit; higher is safer.
    bad : array_like, shape (applicants,)
        1 for who defaulted, 0 for who did not.

    Returns
    -------
    tuple of two ndarray, shape (applicants,)
        Scores in their unit, and outcomes, 1 or 0, as float64.

    Raises
    ------
    ValueError
        Naming `score` or `bad`, where it is out of its range.
    """
    scores, outcomes = vector("score", score), outcome("bad", bad)
    same_length(score=scores, bad=outcomes)
    return scores, outcomes
