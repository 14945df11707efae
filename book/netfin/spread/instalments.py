"""The true price of instalment credit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from netfin.annuity import MONTHS_A_YEAR, annual_rates, internal_rate_of_return
from netfin.arrays import filling
from netfin.checks import (
    Numbers,
    below_one,
    bounded_above_zero,
    count,
    fraction,
    matching,
    one,
    whole_number,
)

_LONGEST = 1200  # months that a schedule lists: a century


@dataclass(frozen=True)
class TruePrice:
    """What instalment credit costs, as it is advertised and as it is."""

    advertised_annual: Numbers
    """Monthly fee times twelve, as the flat rate is usually quoted."""
    monthly_rate: Numbers
    """Internal rate of return a month."""
    nominal_annual: Numbers
    """Twelve times the monthly rate: the APR of the actuarial method."""
    effective_annual: Numbers
    """The monthly rate compounded over a year."""
    average_balance: Numbers
    """Principal still owed, on average over the months, as a share of the amount."""


@dataclass(frozen=True)
class Schedule:
    """Equal instalments of principal with a flat fee: one entry a month."""

    payout: float
    month: NDArray[np.int64]
    opening_balance: NDArray[np.float64]
    principal: NDArray[np.float64]
    fee: NDArray[np.float64]
    payment: NDArray[np.float64]
    closing_balance: NDArray[np.float64]


def instalment_schedule(
    amount: float, months: int, monthly_fee: float, upfront_fee: float = 0.0
) -> Schedule:
    """Write out instalment credit whose fee is charged on the original amount to the end.

    Parameters
    ----------
    amount : float
        The amount the contract names, above 0.
    months : int
        Number of monthly instalments, from 1 to 1,200; each repays `amount / months`.
    monthly_fee : float
        Fee a month as a fraction of the *original* amount, from 0 to 1.
    upfront_fee : float
        Fraction of the amount kept back from the payout, from 0 to below 1.

    Returns
    -------
    Schedule
        Amounts in the unit of `amount`, one entry for each month.

    Raises
    ------
    ValueError
        Naming `amount`, `months`, `monthly_fee` or `upfront_fee`, where it is out of its range.

    Source
    ------
    Definition: the terms of the contract.
    """
    owed = one(bounded_above_zero)("amount", amount)
    payments = count("months", months)
    if payments > _LONGEST:
        raise ValueError(f"months must be a whole number from 1 to {_LONGEST}, not {months}")
    fee_rate = one(fraction)("monthly_fee", monthly_fee)
    kept_back = one(below_one)("upfront_fee", upfront_fee)
    month = np.arange(1, payments + 1, dtype=np.int64)
    opening = owed * ((payments - month + 1) / payments)
    principal = np.full(payments, owed / payments)
    fee = np.full(payments, owed * fee_rate)
    payment = principal + fee
    closing = owed * ((payments - month) / payments)
    return Schedule(owed * (1 - kept_back), month, opening, principal, fee, payment, closing)


def true_price(months: Numbers, monthly_fee: Numbers, upfront_fee: Numbers = 0.0) -> TruePrice:
    """Compute what instalments with a flat monthly fee truly cost; the amount plays no part.

    Parameters
    ----------
    months, monthly_fee, upfront_fee : float or ndarray
        As in `instalment_schedule`.

    Returns
    -------
    TruePrice
        Rates as fractions; every entry has the shape of all parameters together.

    Raises
    ------
    ValueError
        Naming `months`, `monthly_fee` or `upfront_fee`, where it is out of its range, or shapes do
        not match.

    Notes
    -----
    The balance falls to nothing while the fee does not, so the borrower owes only (n + 1)/(2n) of
    the amount on average and the true rate is nearly twice the advertised one.

    Source
    ------
    Definition: the annual percentage rate of Regulation Z, Appendix J (12 CFR 1026).
    """
    payments = whole_number("months", months)
    fee = fraction("monthly_fee", monthly_fee)
    kept_back = below_one("upfront_fee", upfront_fee)
    shape = matching(months=payments, monthly_fee=fee, upfront_fee=kept_back)
    monthly = internal_rate_of_return(1.0 - kept_back, 1.0 / payments + fee, payments)
    rates = annual_rates(monthly, MONTHS_A_YEAR)
    balance = filling(shape, (payments + 1.0) / (2.0 * payments))
    advertised = filling(shape, MONTHS_A_YEAR * fee)
    return TruePrice(advertised, monthly, rates.nominal, rates.effective, balance)
