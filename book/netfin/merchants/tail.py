"""The long tail of sellers: what the best make of all sales, and how many one has to count."""

from __future__ import annotations

import numpy as np

from netfin.arrays import plain
from netfin.checks import Numbers, above_zero, bounded, divisor, inner
from netfin.terms import matching_terms

_STANDARD_ERRORS = 1.96  # on either side, for 95 of 100 samples


def _exponent(name: str, value: object) -> Numbers:
    """Take a number above 1."""
    numbers = bounded(name, value)  # type: ignore[arg-type]
    if np.any(np.asarray(numbers) <= 1.0):
        raise ValueError(f"{name} must be a number above 1, not {value!r}")
    return numbers


def top_share(part: Numbers, tail: Numbers) -> Numbers:
    """Compute what the best part of sellers makes of all sales, where sales have a Pareto tail.

        part^(1 − 1/a)

    Parameters
    ----------
    part : float or ndarray
        The best sellers, as a share of all, above 0 and at most 1.
    tail : float or ndarray
        a, the exponent of the tail, above 1: the smaller, the more the best make.

    Returns
    -------
    float or ndarray
        Share of all sales.

    Raises
    ------
    ValueError
        Naming what is out of its range, or shapes that do not match.

    Source
    ------
    Gastwirth (1971), his Lorenz curve, of a Pareto distribution.
    """
    best, exponent = above_zero("part", part), _exponent("tail", tail)
    matching_terms(part=best, tail=exponent)
    return plain(np.asarray(best) ** (1.0 - 1.0 / np.asarray(exponent)))


def tail_behind(part: Numbers, share: Numbers) -> Numbers:
    """Find the exponent of the tail with which the best part makes a share of all sales.

    Parameters
    ----------
    part : float or ndarray
        The best sellers, as a share of all, from above 0 to below 1.
    share : float or ndarray
        What they make of all sales, above `part` and below 1.

    Returns
    -------
    float or ndarray
        Above 1.

    Raises
    ------
    ValueError
        Naming what is out of its range, or shapes that do not match.

    Source
    ------
    Arithmetic: `top_share` solved for the exponent.
    """
    best, made = inner("part", part), inner("share", share)
    matching_terms(part=best, share=made)
    if np.any(np.asarray(made) <= best):
        raise ValueError(f"share must be a number above the part {part}, not {share}")
    return plain(1.0 / (1.0 - np.log(np.asarray(made)) / np.log(np.asarray(best))))


def sellers_to_count(share: Numbers, margin: Numbers) -> Numbers:
    """Compute how many sellers, drawn by lot, tell a share to within a margin in 95 of 100 samples.

        1.96² · p(1 − p) / margin²

    Parameters
    ----------
    share : float or ndarray
        p, the share that is to be told, from above 0 to below 1.
    margin : float or ndarray
        What it may be off on either side, from 1e-6 to 1.

    Returns
    -------
    float or ndarray
        A whole number, rounded up.

    Raises
    ------
    ValueError
        Naming what is out of its range, or shapes that do not match.

    Source
    ------
    Definition: the standard error of a share, with the normal curve.
    """
    told, off = np.asarray(inner("share", share)), divisor("margin", margin, least=1e-6)
    matching_terms(share=told, margin=off)
    needed = _STANDARD_ERRORS**2 * told * (1.0 - told) / np.asarray(off) ** 2
    return plain(np.ceil(needed - 1e-9))
