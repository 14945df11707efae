"""Applicants' scores and what became of them, checked before anything is learnt."""

from __future__ import annotations

from functools import partial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netfin.checks import Array, count, finite, instance, same_length, vector, whole_number

Rows: TypeAlias = NDArray[np.bool_]
Exponents: TypeAlias = NDArray[np.integer[Any]]


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

    Source
    ------
    Ours: a check.
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

    Source
    ------
    Ours: a check.
    """
    scores, outcomes = vector("score", score), outcome("bad", bad)
    same_length(score=scores, bad=outcomes)
    return scores, outcomes


def folded(dealt: ArrayLike, outcomes: Array, known: Rows | None = None) -> list[tuple[Rows, Rows]]:
    """Find for each fold who is in it, and who of the others has a known outcome to learn from.

    Parameters
    ----------
    dealt : array_like, shape (applicants,)
        Number of each applicant's fold, a whole number of 0 or more.
    outcomes : ndarray, shape (applicants,)
        As from `outcome`.
    known : ndarray of bool, shape (applicants,), optional
        Whose outcome may be learnt from; everybody's, if left out.

    Returns
    -------
    list of pairs of ndarray of bool, shape (applicants,)
        For each fold those in it, and those to learn from.

    Raises
    ------
    ValueError
        Where `dealt` does not number the folds, or a fold leaves no good or no bad to learn from.

    Source
    ------
    Ours: a check.
    """
    folds = vector("dealt", dealt, partial(whole_number, least=0))
    same_length(dealt=folds, bad=outcomes)
    parts = []
    for fold in np.unique(folds):
        here = folds == fold
        others = ~here if known is None else ~here & known
        bad, good = (int(np.sum(others & (outcomes == kind))) for kind in (1.0, 0.0))
        if not bad or not good:
            among = "dealt" if known is None else "dealt and learn_from"
            raise ValueError(
                f"{among} must leave good and bad applicants to learn from outside every fold, "
                f"but leave {good} good and {bad} bad outside fold {fold:g}"
            )
        parts.append((here, others))
    return parts


def unit(values: Array) -> tuple[Array, Exponents]:
    """Divide each row by a power of two, so that its largest is about 1; and give the powers.

    No digit is lost, and no square or sum of what is left is too large or too small for a float.

    Parameters
    ----------
    values : ndarray
        In any unit, rows along the last axis.

    Returns
    -------
    tuple of ndarray
        The rows, each with its largest from 0.5 to below 1, and the power of 2 of each.

    Source
    ------
    Arithmetic.
    """
    power = np.frexp(np.abs(values).max(axis=-1, keepdims=True, initial=0.0))[1]
    return np.ldexp(values, -power), power


def assign_folds(bad: ArrayLike, folds: int, generator: np.random.Generator) -> NDArray[np.int64]:
    """Deal applicants into folds of nearly equal size, good and bad alike.

    Parameters
    ----------
    bad : array_like, shape (applicants,)
        1 or 0; both must occur.
    folds : int
        From 2 to the number of applicants.
    generator : numpy.random.Generator
        Where chance comes from.

    Returns
    -------
    ndarray of int, shape (applicants,)
        From 0 to folds − 1.

    Raises
    ------
    ValueError
        Naming `bad` or `folds`, where it is out of its range.
    TypeError
        Naming `generator`, where it is of another type.

    Source
    ------
    Definition: stratified cross-validation.
    """
    outcomes, number = outcome("bad", bad), count("folds", folds, least=2)
    if number > len(outcomes):
        raise ValueError(f"folds must be at most the {len(outcomes)} applicants, not {number}")
    chance = instance("generator", generator, np.random.Generator)
    dealt = np.empty(len(outcomes), dtype=np.int64)
    for kind in (0.0, 1.0):
        rows = chance.permutation(np.flatnonzero(outcomes == kind))
        dealt[rows] = np.arange(len(rows)) % number
    return dealt
