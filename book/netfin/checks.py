"""Validators that every model uses, so that a bad value is named and never computed with."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sized
from enum import StrEnum
from functools import partial
from typing import Any, TypeAlias, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.float64]
Numbers: TypeAlias = float | Array
"""One number or an array of them: every model takes and gives either."""
Check: TypeAlias = Callable[[str, Any], Any]
"""Takes a parameter's name and value; returns the value as the model uses it, or refuses it."""

Kind = TypeVar("Kind")
Choice = TypeVar("Choice", bound=StrEnum)

LARGEST = 1e15  # beyond any shop; products of a few such numbers are still numbers
_LEAST = float(np.finfo(np.float64).tiny)  # 1 divided by less is infinite
_MOST_SHOWN = 3
_LONGEST = 60  # characters of what was given, when it is no number at all


def finite(name: str, value: ArrayLike) -> Numbers:
    """Return `value` as a float, or as an array of float64, if every number in it is finite.

    Parameters
    ----------
    name : str
        The parameter as the caller knows it, for the message.
    value : array_like
        A number or an array of numbers. Truth values and text are not numbers.

    Returns
    -------
    float or ndarray
        The numbers, as float64.

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
    name: str,
    value: ArrayLike,
    *,
    upto: float = 1.0,
    open_left: bool = False,
    open_right: bool = False,
) -> Numbers:
    """As `finite`, and from zero to `upto`; above zero or below `upto` where that end is open.

    Parameters
    ----------
    upto : float
        The upper end, above 0.
    open_left, open_right : bool
        Whether 0, or the upper end, is refused too.
    """
    low = float(np.nextafter(0.0, 1.0)) if open_left else 0.0
    high = float(np.nextafter(upto, 0.0)) if open_right else upto
    if open_left:
        ends = f"above 0 and {'below' if open_right else 'at most'} {upto:g}"
    else:
        ends = f"from 0 to {'below ' if open_right else ''}{upto:g}"
    return _within(name, value, low, high, f"a number {ends}")


def below_one(name: str, value: ArrayLike) -> Numbers:
    """As `fraction`, and not 1."""
    return fraction(name, value, open_right=True)


def above_zero(name: str, value: ArrayLike) -> Numbers:
    """As `fraction`, and not 0."""
    return fraction(name, value, open_left=True)


def divisor(name: str, value: ArrayLike, *, least: float = _LEAST) -> Numbers:
    """As `above_zero`, and not so near to 0 that 1 divided by it is infinite."""
    return _within(name, value, least, 1.0, f"a number from {least:.2g} to 1")


def inner(name: str, value: ArrayLike) -> Numbers:
    """As `fraction`, and neither 0 nor 1."""
    return fraction(name, value, open_left=True, open_right=True)


def bounded(name: str, value: ArrayLike) -> Numbers:
    """As `finite`, and from zero to a million billion: an amount, an order, a term."""
    return fraction(name, value, upto=LARGEST)


def bounded_above_zero(name: str, value: ArrayLike) -> Numbers:
    """As `bounded`, and not 0."""
    return fraction(name, value, upto=LARGEST, open_left=True)


def bounded_either_side(name: str, value: ArrayLike) -> Numbers:
    """As `bounded`, and as far below zero."""
    return _within(name, value, -LARGEST, LARGEST, f"a number from -{LARGEST:g} to {LARGEST:g}")


def whole_number(name: str, value: ArrayLike, *, least: int = 1) -> Numbers:
    """As `finite`, without a fractional part, and at least `least`.

    Parameters
    ----------
    least : int
        The smallest that is allowed.
    """
    allowed = f"a whole number of {least} or more"
    numbers = _within(name, value, float(least), np.inf, allowed)
    broken = np.asarray(numbers) % 1 != 0
    if np.any(broken):
        raise ValueError(_message(name, np.asarray(numbers)[broken], allowed))
    return numbers


def count(name: str, value: ArrayLike, *, least: int = 1) -> int:
    """Return one whole number of at least `least` as an integer.

    Parameters
    ----------
    name : str
        The parameter as the caller knows it, for the message.
    value : array_like
        One number.
    least : int
        The smallest that is allowed.

    Returns
    -------
    int
        The number.

    Raises
    ------
    ValueError
        Naming the parameter, the offending values and what is allowed.
    """
    return int(one(partial(whole_number, least=least))(name, value))


def one(check: Check) -> Check:
    """Make of a check for numbers a check for one number, for models that take no arrays.

    Parameters
    ----------
    check : Check
        Takes a name and a value, which may be an array.

    Returns
    -------
    Check
        Refuses what `check` refuses, and arrays.
    """

    def checked(name: str, value: Any) -> Any:
        numbers = check(name, value)
        if np.ndim(numbers) != 0:
            raise ValueError(f"{name} must be one number, not {np.size(numbers)} of them")
        return numbers

    return checked


def vector(name: str, value: ArrayLike, check: Check = finite, *, least: int = 1) -> Array:
    """Return `value` as a row of `least` numbers or more, each of which passes `check`.

    Parameters
    ----------
    name : str
        The parameter as the caller knows it, for the message.
    value : array_like
        Numbers in a row, not one number nor a table.
    check : Check
        What each number has to pass.
    least : int
        How many there are at least.

    Returns
    -------
    ndarray, shape (n,)
        The numbers, as float64.

    Raises
    ------
    ValueError
        Naming the parameter, the offending values and what is allowed.
    """
    numbers = np.asarray(check(name, value))
    if numbers.ndim != 1 or numbers.size < least:
        raise ValueError(
            f"{name} must be a row of {least} or more numbers, not of shape {numbers.shape}"
        )
    return numbers


def same_length(**rows: Sized) -> None:
    """Refuse rows of different lengths, naming them with their lengths.

    Parameters
    ----------
    **rows : sized
        Rows by the names that the caller knows.

    Raises
    ------
    ValueError
        Naming the rows with their lengths.
    """
    if len({len(row) for row in rows.values()}) > 1:
        told = ", ".join(f"{name} has {len(row)}" for name, row in rows.items())
        raise ValueError(f"{' and '.join(rows)} must be equally long, but {told}")


def matching(**values: ArrayLike) -> tuple[int, ...]:
    """Return the shape that values have together; refuse, by name, those that do not broadcast.

    Parameters
    ----------
    **values : array_like
        Numbers and arrays by the names that the caller knows.

    Returns
    -------
    tuple of int
        The shape; () where all are single numbers.

    Raises
    ------
    ValueError
        Naming the values with their shapes.
    """
    shapes = {name: np.shape(value) for name, value in values.items()}
    try:
        return np.broadcast_shapes(*shapes.values())
    except ValueError:
        told = ", ".join(f"{name} {shape}" for name, shape in shapes.items() if shape)
        raise ValueError(f"shapes must match or be single numbers, but are: {told}") from None


def choice(name: str, value: object, kind: type[Choice]) -> Choice:
    """Return a member of an enumeration, given as itself or as its words.

    Parameters
    ----------
    name : str
        The parameter as the caller knows it, for the message.
    value : str
        A member, or its words.
    kind : type of StrEnum
        The enumeration.

    Returns
    -------
    StrEnum
        The member.

    Raises
    ------
    ValueError
        Naming the parameter, the value and every member's words.
    """
    if not isinstance(value, str) or value not in set(kind):
        allowed = ", ".join(f"“{each}”" for each in kind)
        raise ValueError(f"{name} must be one of {allowed}, not {value!r}")
    return kind(value)


def flag(name: str, value: object) -> bool:
    """Return a truth value; anything else, a text or a number too, is refused.

    Parameters
    ----------
    name : str
        The parameter as the caller knows it, for the message.
    value : bool
        True or False, numpy's too.

    Returns
    -------
    bool
        The truth value.

    Raises
    ------
    TypeError
        Naming the parameter and the value.
    """
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"{name} must be True or False, not {value!r}")
    return bool(value)


def instance(name: str, value: object, kind: type[Kind]) -> Kind:
    """Return an object if it is of a kind; a TypeError names the parameter and the kind.

    Parameters
    ----------
    name : str
        The parameter as the caller knows it, for the message.
    value : object
        What was given.
    kind : type
        The class that it has to be of.

    Returns
    -------
    object
        `value` itself.

    Raises
    ------
    TypeError
        Naming the parameter, the class and the value.
    """
    if not isinstance(value, kind):
        raise TypeError(f"{name} must be of type {kind.__name__}, not {value!r}")
    return value


def table(name: str, value: object, columns: Iterable[str] = ()) -> pd.DataFrame:
    """Return a data frame with one row or more and each of these columns, once.

    Parameters
    ----------
    name : str
        The parameter as the caller knows it, for the message.
    value : DataFrame
        What was given.
    columns : iterable of str
        Names of columns that must be there; others may be.

    Returns
    -------
    DataFrame
        `value` itself.

    Raises
    ------
    TypeError
        Naming the parameter, where it is no data frame.
    ValueError
        Naming the parameter, where it has no rows, or a column is missing or there twice.
    """
    frame = instance(name, value, pd.DataFrame)
    wrong = [column for column in columns if list(frame.columns).count(column) != 1]
    if frame.empty or wrong:
        fault = f"but not {', '.join(map(str, wrong))}" if wrong else "but has no rows"
        raise ValueError(f"{name} must have rows, and each of its columns once, {fault}")
    return frame


def _within(name: str, value: ArrayLike, low: float, high: float, allowed: str) -> Numbers:
    """Return `value` as numbers if all lie within `low` and `high` and none is infinite."""
    if type(value) is float and low <= value <= high and math.isfinite(value):
        return value  # what nearly every call gives, without the price of an array
    try:
        raw = np.asarray(float(value) if type(value) is int else value)  # past 64 bits, too
    except OverflowError:  # beyond all floats: told below
        raw = np.asarray(value)
    except ValueError:  # rows of different lengths
        raise ValueError(f"{name} must be {allowed}, or an array of them, not {value!r}") from None
    if raw.dtype.kind not in "iuf" or _has_truth_values(value):
        told = repr(value)
        told = told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…"
        raise ValueError(f"{name} must be {allowed}, not {told}")
    numbers = raw.astype(np.float64)
    with np.errstate(invalid="ignore"):
        bad = ~(np.isfinite(numbers) & (numbers >= low) & (numbers <= high))
    if np.any(bad):
        raise ValueError(_message(name, numbers[bad], allowed))
    return float(numbers) if numbers.ndim == 0 else numbers


def _has_truth_values(value: object) -> bool:
    """Tell whether a list holds True or False, which numpy takes for numbers among numbers."""
    if isinstance(value, list | tuple):
        return any(_has_truth_values(each) for each in value)
    return isinstance(value, bool | np.bool_)


def _message(name: str, offenders: Array, allowed: str) -> str:
    """Say in one sentence what was given and what is allowed."""
    shown = ", ".join(f"{x:.12g}" for x in offenders.ravel()[:_MOST_SHOWN])
    more = offenders.size - _MOST_SHOWN
    return f"{name} must be {allowed}, not {shown}" + (f" and {more} more" if more > 0 else "")
