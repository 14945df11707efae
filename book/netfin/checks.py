"""Validators that every model uses, so that a bad number is named and never computed with."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers: TypeAlias = float | NDArray[np.float64]
"""One number or an array of them: every model takes and gives either."""

_MOST_SHOWN = 3


def finite(name: str, value: ArrayLike) -> Numbers:
    """Return `value` as a float, or as an array of float64, if every number in it is finite.

    Parameters
    ----------
    name : str
        The parameter as the caller knows it, for the message.
    value : array_like
        A number or an array of numbers. Truth values and text are not numbers.

    Raises
    ------
    ValueError
        Naming the parameter, the offending values and what is allowed.
    """
    return _within(name, value, -np.inf, np.inf, "a finite number")


def non_negative(name: str, value: ArrayLike) -> Numbers:
    """As `finite`, and not below zero."""
    return _within(name, value, 0.0, np.inf, "a number of 0 or more")


def positive(name: str, value: ArrayLike) -> Numbers:
    """As `finite`, and above zero."""
    smallest = float(np.nextafter(0.0, 1.0))
    return _within(name, value, smallest, np.inf, "a number above 0")


def fraction(
    name: str, value: ArrayLike, *, upto: float = 1.0, open_right: bool = False
) -> Numbers:
    """As `finite`, and from zero to `upto`; with `open_right`, below `upto`."""
    if open_right:
        below = float(np.nextafter(upto, 0.0))
        return _within(name, value, 0.0, below, f"a number from 0 to below {upto:g}")
    return _within(name, value, 0.0, upto, f"a number from 0 to {upto:g}")


def whole_number(name: str, value: ArrayLike, *, least: int = 1) -> Numbers:
    """As `finite`, without a fractional part, and at least `least`."""
    allowed = f"a whole number of {least} or more"
    numbers = _within(name, value, float(least), np.inf, allowed)
    broken = np.asarray(numbers) % 1 != 0
    if np.any(broken):
        raise ValueError(_message(name, np.asarray(numbers)[broken], allowed))
    return numbers


def _within(name: str, value: ArrayLike, low: float, high: float, allowed: str) -> Numbers:
    """Return `value` as numbers if all lie within `low` and `high` and none is infinite."""
    raw = np.asarray(value)
    if raw.dtype.kind not in "iuf":
        raise ValueError(f"{name} must be {allowed}, not {value!r}")
    numbers = raw.astype(np.float64)
    with np.errstate(invalid="ignore"):
        bad = ~(np.isfinite(numbers) & (numbers >= low) & (numbers <= high))
    if np.any(bad):
        raise ValueError(_message(name, numbers[bad], allowed))
    return float(numbers) if numbers.ndim == 0 else numbers


def _message(name: str, offenders: NDArray[np.float64], allowed: str) -> str:
    """Say in one sentence what was given and what is allowed."""
    shown = ", ".join(f"{x:.12g}" for x in offenders.ravel()[:_MOST_SHOWN])
    more = offenders.size - _MOST_SHOWN
    return f"{name} must be {allowed}, not {shown}" + (f" and {more} more" if more > 0 else "")
