"""Trade credit: waiting for one's money, its price, and why goods are lent before cash.

Rates are fractions a year, amounts yuan, times days, all up to 10¹⁵. Every function takes floats
or numpy arrays that broadcast against each other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from netfin.annuity import DAYS_A_YEAR
from netfin.arrays import plain, ratio
from netfin.checks import (
    Numbers,
    below_one,
    bounded,
    bounded_above_zero,
    bounded_either_side,
    fraction,
    matching,
)


def cash_conversion_cycle(
    days_inventory: Numbers, days_receivable: Numbers, days_payable: Numbers
) -> Numbers:
    """Count the days between paying for goods and being paid for them.

    Days the goods lie in stock, plus days until the customer pays, less days until the supplier
    is paid. Negative where customers pay before the supplier is paid.

    Parameters
    ----------
    days_inventory, days_receivable, days_payable : float or ndarray
        Days, 0 or more.

    Returns
    -------
    float or ndarray
        Days.

    Raises
    ------
    ValueError
        Naming `days_inventory`, `days_receivable` or `days_payable`, where it is out of its range,
        or shapes do not match.

    Source
    ------
    Richards & Laughlin (1980).
    """
    stock = bounded("days_inventory", days_inventory)
    waiting = bounded("days_receivable", days_receivable)
    owing = bounded("days_payable", days_payable)
    matching(days_inventory=stock, days_receivable=waiting, days_payable=owing)
    return stock + waiting - owing


def cash_tied_up(cycle: Numbers, daily_cost: Numbers) -> Numbers:
    """Compute the money that a shop must keep in its cycle: days times the goods' cost a day.

    Parameters
    ----------
    cycle : float or ndarray
        Days, as from `cash_conversion_cycle`; below 0 where others' money is kept.
    daily_cost : float or ndarray
        Yuan a day, 0 or more.

    Returns
    -------
    float or ndarray
        Yuan; below 0 where others' money is kept.

    Raises
    ------
    ValueError
        Naming `cycle` or `daily_cost`, where it is out of its range, or shapes do not match.

    Source
    ------
    Arithmetic: the cycle of Richards & Laughlin (1980) in money.
    """
    days, cost = bounded_either_side("cycle", cycle), bounded("daily_cost", daily_cost)
    matching(cycle=days, daily_cost=cost)
    return days * cost


class PriceOfWaiting(NamedTuple):
    """What it costs a year not to take a discount for early payment."""

    simple: Numbers
    effective: Numbers


def trade_credit_rate(
    discount: Numbers, discount_days: Numbers, net_days: Numbers
) -> PriceOfWaiting:
    """Turn a discount for early payment into a loan rate.

    A buyer that does not take it borrows 1 − δ for the days between, and pays δ for it:

        simple  δ/(1 − δ)·365/days,    effective  (1 − δ)^(−365/days) − 1.

    Parameters
    ----------
    discount : float or ndarray
        Share of the invoice, from 0 to below 1; 0.02 in “2/10 net 30”.
    discount_days, net_days : float or ndarray
        The last day for the discount and the day when all is due, which must be later.

    Returns
    -------
    PriceOfWaiting
        Fractions a year.

    Raises
    ------
    ValueError
        Also where the days are so close that a year's interest on interest is beyond all numbers.

    Source
    ------
    Petersen & Rajan (1997): “2/10 net 30” costs 37.2 %, or 44.6 % with interest on interest.
    """
    share = below_one("discount", discount)
    early, late = bounded("discount_days", discount_days), bounded_above_zero("net_days", net_days)
    matching(discount=share, discount_days=early, net_days=late)
    if np.any(np.asarray(late) <= early):
        raise ValueError(f"net_days must be above discount_days {early}, not {late}")
    periods = DAYS_A_YEAR / (late - early)
    with np.errstate(over="ignore"):
        effective = np.expm1(-periods * np.log1p(-share))
    if np.any(np.isinf(effective)):
        raise ValueError(f"net_days must be further above discount_days {early} than {late}")
    return PriceOfWaiting(share / (1.0 - share) * periods, plain(effective))


def debt_capacity(
    own_funds: Numbers, project_return: Numbers, rate: Numbers, diversion: Numbers
) -> Numbers:
    """Find the most a shop can borrow if it might make off with what it is lent.

    It repays while what its business leaves is worth no less than what it could divert:

        (1 + R)(W + L) − (1 + r)L ≥ δ(W + L),  so  L ≤ W(1 + R − δ)/(δ + r − R).

    Parameters
    ----------
    own_funds : float or ndarray
        W, yuan, 0 or more.
    project_return, rate : float or ndarray
        R and r for the time of the loan, 0 or more.
    diversion : float or ndarray
        δ, the share of what it holds that a shop can make its own: high for cash, low for goods.

    Returns
    -------
    float or ndarray
        Yuan; infinite, whatever the shop's own funds, where running the business
        always pays better than diverting.

    Raises
    ------
    ValueError
        Naming `own_funds`, `project_return`, `rate` or `diversion`, where it is out of its range,
        or shapes do not match.

    Source
    ------
    Burkart & Ellingsen (2004), their constraint with constant returns to scale.
    """
    funds, kept = bounded("own_funds", own_funds), fraction("diversion", diversion)
    earns, asked = bounded("project_return", project_return), bounded("rate", rate)
    matching(own_funds=funds, diversion=kept, project_return=earns, rate=asked)
    gap = np.maximum(kept + asked - earns, 0.0)
    with np.errstate(over="ignore"):
        return ratio(funds * (1.0 + earns - kept), gap, np.inf)
