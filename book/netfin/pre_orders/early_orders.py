"""Early orders as information: what the first days of a period tell about the whole of it.

Demand is in pieces.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netfin.arrays import plain
from netfin.checks import Array, Numbers, count, finite, non_negative, same_length, vector

_ROUNDING = 1e-12
_FEWEST = 4  # periods: a line through the others needs two, and leaves one to judge it by
_WEEK = 7


class Forecasts(NamedTuple):
    """What a shop expects of each period after it has seen the early orders."""

    forecast: Array
    """Expected demand of each period, from all the other periods."""
    error: Array
    """Demand less forecast."""
    spread: Array
    """Standard deviation of the errors of the other periods: what the shop may know."""


def uncertainty_left(correlation: Numbers) -> Numbers:
    """Scale a standard deviation by what a signal leaves of it, √(1 − χ²).

    Parameters
    ----------
    correlation : float or ndarray
        χ, between demand and signal, from −1 to 1.

    Returns
    -------
    float or ndarray
        The part of the standard deviation that is left, from 0 to 1.

    Raises
    ------
    ValueError
        If a correlation is out of its range.

    Notes
    -----
    For normal demand, and for the errors of a linear forecast.

    Source
    ------
    Fisher & Raman (1996) update demand for fashion goods this way, after the first orders.
    """
    allowed = "correlation must be a number from −1 to 1"
    try:
        size = np.abs(finite("correlation", correlation))
    except ValueError:
        raise ValueError(f"{allowed}, not {correlation!r}") from None
    if np.any(size > 1.0):
        raise ValueError(f"{allowed}, not {correlation}")
    return plain(np.sqrt(1.0 - np.square(size)))


def forecast_from_early(early: ArrayLike, demand: ArrayLike) -> Forecasts:
    """Forecast each period's demand by a line through the others' early orders.

    Each period is left out of the line that forecasts it (least squares; the mean, where the early
    orders do not differ), so nothing is known of it but its own early orders.

    Parameters
    ----------
    early, demand : array_like
        Early orders and whole demand of each period, pieces, 0 or more; equally long, 4 periods at
        least.

    Returns
    -------
    Forecasts
        Pieces, a number for each period.

    Raises
    ------
    ValueError
        If a number is out of its range, there are too few, the two are not equally long, or just
        one period has other early orders than the rest: no line can be drawn without it.

    Source
    ------
    Ours: least squares, as Fisher & Raman (1996) use early orders.
    """
    seen = vector("early", early, non_negative, least=_FEWEST)
    whole = vector("demand", demand, non_negative, least=_FEWEST)
    same_length(early=seen, demand=whole)
    size = float(whole.max()) or 1.0
    seen, whole = seen / (float(seen.max()) or 1.0), whole / size  # squares of any size fit
    periods = seen.size
    off = seen - seen.mean()
    squares = float(off @ off)
    slope = float(off @ whole) / squares if squares > 0.0 else 0.0
    leverage = 1.0 / periods + (off**2 / squares if squares > 0.0 else 0.0)
    residual = whole - whole.mean() - slope * off
    if np.any(leverage >= 1.0 - _ROUNDING):
        only = int(np.argmax(leverage))
        raise ValueError(f"early must differ in more than one period, not in number {only} alone")
    error = residual / (1.0 - leverage)
    others = (np.sum(error**2) - error**2) / (periods - 1)
    return Forecasts(size * (whole - error), size * error, size * np.sqrt(others))


def whole_weeks(dates: ArrayLike, units: ArrayLike) -> Array:
    """Lay daily demand out in weeks, and leave out every week that lacks a day.

    Parameters
    ----------
    dates : array_like
        Days, as dates or as text year-month-day, each once, in any order.
    units : array_like
        Demand of each, 0 or more.

    Returns
    -------
    ndarray
        A row for each whole week in the order of time, from the weekday of the earliest date on.

    Raises
    ------
    ValueError
        If a date is none or comes twice, a number is out of its range, or there are not as many.

    Source
    ------
    Ours: an arrangement of data.
    """
    days, amounts = _days(dates), vector("units", units, non_negative)
    if days.shape != amounts.shape or np.unique(days).size != days.size:
        raise ValueError("dates must be a list of different days, one for each of the units")
    place = (days - days.min()).astype(int)
    table = np.full((place.max() // _WEEK + 1, _WEEK), np.nan)
    table[place // _WEEK, place % _WEEK] = amounts
    return table[~np.isnan(table).any(axis=1)]


def seen_in_first_days(days: ArrayLike, seen: int) -> tuple[Array, Array]:
    """Split periods into what their first days sell and what they sell in all.

    Parameters
    ----------
    days : array_like
        Demand, 0 or more: a row for each period, a column for each of its days.
    seen : int
        Number of first days, from 0 to less than all.

    Returns
    -------
    early, demand : ndarray
        A number for each period.

    Raises
    ------
    ValueError
        If a number is out of its range, or `days` is no table.

    Source
    ------
    Arithmetic.
    """
    table = np.asarray(non_negative("days", days))
    if table.ndim != 2:
        raise ValueError(f"days must be a table, not {table.ndim}-dimensional")
    first = count("seen", seen, least=0)
    if first >= table.shape[1]:
        raise ValueError(f"seen must be less than {table.shape[1]} days, not {first}")
    return table[:, :first].sum(axis=1), table.sum(axis=1)


def _days(dates: ArrayLike) -> NDArray[np.datetime64]:
    """Read days; numbers are none, nor are texts that are no date."""
    given = np.asarray(dates)
    try:
        if given.dtype.kind not in "MOU" or any(isinstance(each, int) for each in given.ravel()):
            raise TypeError
        days = given.astype("datetime64[D]")
    except (TypeError, ValueError):
        days = np.array(["NaT"], dtype="datetime64[D]")
    if days.ndim != 1 or np.isnat(days).any():
        raise ValueError(f"dates must be a list of days, as year-month-day, not {dates!r}")
    return days
