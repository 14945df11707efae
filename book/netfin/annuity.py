"""Equal payments a month, and the rate at which they are worth what was paid out.

Every function takes floats or numpy arrays that broadcast against each other.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from netfin.arrays import plain
from netfin.checks import Numbers, matching, positive, whole_number

MONTHS_A_YEAR = 12


DAYS_A_YEAR = 365


_ROUNDING = 1e-12


_TOLERANCE = 1e-14


_MOST_STEPS = 60


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
    return annuity_rate(received, paid, count)


def annuity_rate(payout: Numbers, payment: Numbers, months: Numbers) -> Numbers:
    """Solve the annuity equation for its rate by Newton's method, which cannot overshoot.

    The value of an annuity falls and is convex in the rate. A mean of discount factors is at
    least the discount factor at their mean time, so the rate that discounts all payments from
    (n + 1)/2 is never above the root; from there every Newton step moves up to the root.
    """
    worth, count = np.broadcast_arrays(np.asarray(payout / payment), np.asarray(months))
    start = np.expm1(np.log(np.maximum(count / worth, 1.0)) * 2.0 / (count + 1.0))
    rate = np.asarray(start, dtype=np.float64)
    for _ in range(_MOST_STEPS):
        value, slope = _annuity(rate, count)
        step = (worth - value) / slope
        rate = np.maximum(rate + step, 0.0)
        if np.all(np.abs(step) <= _TOLERANCE * (1.0 + rate)):
            return plain(rate)
    raise ArithmeticError("the rate of an annuity was not found")  # pragma: no cover


def _annuity(
    rate: NDArray[np.float64], months: NDArray[Any]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Value of one yuan a month for n months, and its derivative with respect to the rate."""
    tiny = rate < 1e-7  # below, the closed form loses more digits than its expansion
    safe = np.where(tiny, 1.0, rate)
    growth = np.log1p(safe)
    value = -np.expm1(-months * growth) / safe
    slope = (months * np.exp(-(months + 1.0) * growth) - value) / safe
    second = months * (months + 1.0) / 2.0
    value = np.where(tiny, months - second * rate, value)
    return value, np.where(tiny, -second, slope)


def annual_rates(rate: Numbers, periods: int) -> AnnualRates:
    """Turn a rate a period into yearly rates."""
    return AnnualRates(periods * rate, plain(np.expm1(periods * np.log1p(rate))))
