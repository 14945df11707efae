"""Helpers with which one function serves floats and arrays, and gives what it got."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netfin.checks import Numbers

_HALVINGS = 200  # from any interval of floats down to two neighbours, with room to spare


def plain(numbers: Any) -> Numbers:
    """Give a numpy scalar as a float and leave an array as it is.

    Parameters
    ----------
    numbers : array_like
        Numbers of any kind.

    Returns
    -------
    float or ndarray
        A float for one number, else the array itself.
    """
    return float(numbers) if np.ndim(numbers) == 0 else numbers


def filling(shape: tuple[int, ...], numbers: Numbers) -> Numbers:
    """Repeat numbers so that they fill a shape; a float stays a float.

    Parameters
    ----------
    shape : tuple of int
        The shape to fill; () for one number.
    numbers : float or ndarray
        Numbers that broadcast to it.

    Returns
    -------
    float or ndarray
        Of that shape; a read-only view where numbers repeat.

    Raises
    ------
    ValueError
        Where the numbers do not broadcast to the shape.
    """
    return plain(np.broadcast_to(numbers, shape))


def ratio(above: ArrayLike, below: ArrayLike, otherwise: ArrayLike) -> Numbers:
    """Divide, and give `otherwise` where the divisor is 0.

    Parameters
    ----------
    above, below, otherwise : float or ndarray
        They broadcast against each other.

    Returns
    -------
    float or ndarray
        The quotient; `otherwise` where the divisor is 0.

    Raises
    ------
    ValueError
        Where shapes do not broadcast.
    """
    top, bottom, instead = np.broadcast_arrays(above, below, otherwise)
    out = np.array(instead, dtype=np.float64)
    return plain(np.divide(top, bottom, out=out, where=bottom != 0.0))


def bisect(
    rises: Callable[[NDArray[np.float64]], NDArray[np.float64]], low: ArrayLike, high: ArrayLike
) -> NDArray[np.float64]:
    """Find where a function that rises changes its sign, for each entry by itself.

    Parameters
    ----------
    rises : callable
        Takes and gives an array of the shape of `low` and `high`; may be flat, never falls.
    low, high : float or ndarray
        The interval; they broadcast against each other.

    Returns
    -------
    ndarray
        The root to the last bit. `low` where the function is above 0 throughout, `high` where it
        is below 0 throughout: callers that need a change of sign test for it.

    Raises
    ------
    ValueError
        Where the ends do not broadcast.
    """
    below, above = (np.array(each, dtype=np.float64) for each in np.broadcast_arrays(low, high))
    for _ in range(_HALVINGS):
        middle = below + (above - below) / 2.0
        if np.all((middle == below) | (middle == above)):
            break
        over = rises(middle) >= 0.0
        above = np.where(over, middle, above)
        below = np.where(over, below, middle)
    return above
