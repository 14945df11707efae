"""Payments a month apart, and the rate at which they are worth what was paid out.

Every function takes floats or numpy arrays that broadcast against each other, but for a row of
unequal payments, which is one contract.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from netfin.arrays import bisect, plain
from netfin.checks import (
    Array,
    Numbers,
    matching,
    non_negative,
    one,
    positive,
    vector,
    whole_number,
)

MONTHS_A_YEAR = 12
DAYS_A_YEAR = 365

_ROUNDING = 1e-12
_TOLERANCE = 1e-14
_MOST_STEPS = 60
_FEW = 1e-4  # months times rate: below, the slope is that at a rate of 0 to the digits needed
_MOST_GROWTH = 700.0  # logarithm of the largest float, with room to spare


class AnnualRates(NamedTuple):
    """One price as two yearly rates: without and with interest on interest."""

    nominal: Numbers
    effective: Numbers


def internal_rate_of_return(payout: Numbers, payment: Numbers, months: Numbers) -> Numbers:
    """Find the rate a month at which equal monthly payments are worth the payout.

        payout = payment · (1 − (1 + i)^−n) / i

    Parameters
    ----------
    payout : float or ndarray
        Money received at the start, above 0.
    payment : float or ndarray
        Each of the `months` equal payments, above 0; together they are no less than the payout,
        to rounding.
    months : float or ndarray
        Number of payments n, 1 or more.

    Returns
    -------
    float or ndarray
        The rate i a month, 0 or more; there is one.

    Raises
    ------
    ValueError
        Naming the parameter; also where the payments are less than the payout together, or no
        rate is found because the amounts are too far apart for a float.

    Source
    ------
    Definition: the internal rate of return.
    """
    received = positive("payout", payout)
    paid = positive("payment", payment)
    count = whole_number("months", months)
    matching(payout=received, payment=paid, months=count)
    total = np.asarray(paid * count)
    short = total < np.asarray(received) * (1.0 - _ROUNDING)
    if np.any(short):
        worst = float(np.min(np.broadcast_to(total, short.shape)[short]))
        raise ValueError(
            f"payment times months must be no less than payout, but is {worst:.12g} "
            f"where payout is at most {float(np.max(received)):.12g}"
        )
    return _annuity_rate(received, paid, count)


def rate_of_payments(payout: float, payments: ArrayLike) -> float:
    """Find the rate a month at which payments of any size, a month apart, are worth the payout.

        payout = p₁/(1 + i) + p₂/(1 + i)² + … + p_n/(1 + i)ⁿ

    For a contract whose instalments differ: a larger last one, months without payment (0). With
    equal payments it is `internal_rate_of_return`.

    Parameters
    ----------
    payout : float
        Money received at the start, above 0.
    payments : sequence of float
        What is paid at the end of the first month, of the second and so on, each 0 or more;
        together they are no less than the payout.

    Returns
    -------
    float
        The rate i a month, 0 or more. There is one, because all payments go the same way: each
        is worth less the higher the rate.

    Raises
    ------
    ValueError
        Naming the parameter; also where the payments are less than the payout together.

    Source
    ------
    Definition: the internal rate of return.
    """
    received = one(positive)("payout", payout)
    paid = vector("payments", payments, non_negative)
    total = float(paid.sum())
    if total < received * (1.0 - _ROUNDING):
        raise ValueError(
            f"payments must together be no less than payout = {received:.12g}, but are {total:.12g}"
        )
    months = np.arange(1, paid.size + 1)

    def above_worth(growth: Array) -> Array:
        return np.asarray(received - float(np.sum(paid * np.exp(-growth * months))))

    # the rate if all were paid in the first month; whatever is paid later lowers it
    highest = max(float(np.log(total) - np.log(received)), 0.0)
    if highest > _MOST_GROWTH:
        raise ValueError(f"payments are too large for a payout of {received:.12g}: {total:.12g}")
    return float(np.expm1(bisect(above_worth, 0.0, highest)))


def worth_of_payments(rate: Numbers, months: Numbers) -> Numbers:
    """Compute what one yuan at the end of each month is worth at the start.

        (1 − (1 + i)^−n) / i

    Parameters
    ----------
    rate : float or ndarray
        The rate i a month, 0 or more; at 0 a yuan is worth a yuan whenever it comes.
    months : float or ndarray
        Number of payments n, whole, 0 or more.

    Returns
    -------
    float or ndarray
        Yuan. Its inverse is the equal payment that repays one yuan.

    Raises
    ------
    ValueError
        Naming `rate` or `months`, where it is out of its range, or shapes do not match.

    Source
    ------
    Definition: the present value of an annuity.
    """
    each, count = non_negative("rate", rate), whole_number("months", months, least=0)
    matching(rate=each, months=count)
    with np.errstate(over="ignore"):  # a last payment so far away is worth nothing
        return plain(_worth(np.asarray(each), np.asarray(count)))


def annual_rates(rate: Numbers, periods: Numbers) -> AnnualRates:
    """Turn a rate a period into yearly rates.

    Parameters
    ----------
    rate : float or ndarray
        Interest a period, as a fraction of what is owed, 0 or more.
    periods : float or ndarray
        Periods n a year, 1 or more: 12 for a rate a month, 365 for a rate a day.

    Returns
    -------
    AnnualRates
        n·i and (1 + i)ⁿ − 1.

    Raises
    ------
    ValueError
        Naming the parameter; also where the compounded rate is too large for a float.

    Source
    ------
    Definition: the nominal and the effective yearly rate.
    """
    each, count = non_negative("rate", rate), whole_number("periods", periods)
    matching(rate=each, periods=count)
    with np.errstate(over="ignore"):
        growth = count * np.log1p(each)
    if np.any(growth > _MOST_GROWTH):
        raise ValueError(
            f"rate compounded over periods is too large a number: rate is up to "
            f"{float(np.max(each)):.12g} and periods up to {float(np.max(count)):.12g}"
        )
    return AnnualRates(count * each, plain(np.expm1(growth)))


def _annuity_rate(payout: Numbers, payment: Numbers, months: Numbers) -> Numbers:
    """Solve the annuity equation for its rate by Newton's method, which cannot overshoot.

    The value of an annuity falls and is convex in the rate. A mean of discount factors is at
    least the discount factor at their mean time, so the rate that discounts all payments from
    (n + 1)/2 is never above the root; nor is the rate at which a perpetuity would lose what the
    annuity is worth at it, which is nearer to the root where there are many payments. From there
    every Newton step moves up to the root.
    """
    with np.errstate(all="ignore"):  # amounts too far apart end as no number, and are refused
        worth, count = np.broadcast_arrays(np.asarray(payout / payment), np.asarray(months))
        start = np.expm1(np.log(np.maximum(count / worth, 1.0)) * 2.0 / (count + 1.0))
        rate = np.asarray(-np.expm1(-count * np.log1p(start)) / worth)
        for _ in range(_MOST_STEPS):
            value, slope = _annuity(rate, count)
            step = (worth - value) / slope
            rate = np.maximum(rate + step, 0.0)
            if np.all(np.isfinite(rate) & (np.abs(step) <= _TOLERANCE * (1.0 + rate))):
                return plain(rate)
    raise ValueError(
        f"no rate was found for payout {payout}, payment {payment} and months {months}: "
        "the amounts are too far apart"
    )


def _annuity(rate: Array, months: Array) -> tuple[Array, Array]:
    """Value of one yuan a month for n months, and its derivative with respect to the rate."""
    few = months * rate < _FEW  # there the closed form of the slope loses its digits
    safe = np.where(rate > 0.0, rate, 1.0)
    value = _worth(rate, months)
    slope = (months * np.exp(-(months + 1.0) * np.log1p(safe)) - value) / safe
    return value, np.where(few, -months * (months + 1.0) / 2.0, slope)


def _worth(rate: Array, months: Array) -> Array:
    """Value of one yuan a month for n months."""
    safe = np.where(rate > 0.0, rate, 1.0)
    return np.where(rate > 0.0, -np.expm1(-months * np.log1p(safe)) / safe, months)
