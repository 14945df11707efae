"""Dearest money, cheapest loan: a lender that also earns commission on sales."""

from __future__ import annotations

import numpy as np

from netfin.arrays import plain
from netfin.checks import Numbers, fraction, non_negative
from netfin.lending import BANK, SHOP_PLATFORM, LendingTerms, break_even_rate


def platform_break_even(
    take_rate: Numbers, extra_sales: Numbers, terms: LendingTerms = SHOP_PLATFORM
) -> Numbers:
    """Find the break-even rate of a lender that also earns commission on the sales it finances.

        r = (f + κ(k_e − f) + o + PD·LGD + π − τ·g) / (1 − PD)

    Negative when the commission alone more than pays for the loan: the platform could pay the
    shop to borrow.

    Parameters
    ----------
    take_rate : float or ndarray
        τ, commission as a fraction of sales, from 0 to 1.
    extra_sales : float or ndarray
        g, yuan of **net new** sales on the platform for each yuan lent for a year, 0 or more.
        Sales that would have happened anyway, or that were drawn from another shop of the same
        platform, bring no new commission and do not count: this is the assumption to doubt.
    terms : LendingTerms
        The platform as a lender.
    """
    commission = fraction("take_rate", take_rate) * non_negative("extra_sales", extra_sales)
    return (terms.cost - commission) / (1.0 - terms.default_probability)


def extra_sales_to_undercut(
    bank: LendingTerms = BANK,
    platform: LendingTerms = SHOP_PLATFORM,
    take_rate: Numbers = 0.05,
) -> Numbers:
    """Find the extra sales for each yuan lent at which the platform is as cheap as the bank.

        g* = (cost of the platform − r_bank(1 − PD)) / τ

    Returns
    -------
    float or ndarray
        Zero where the platform is no dearer without any commission; infinite where it is dearer
        and takes no commission.
    """
    taken = fraction("take_rate", take_rate)
    bank_income = break_even_rate(bank) * (1.0 - platform.default_probability)
    gap = np.maximum(platform.cost - bank_income, 0.0)
    gap, taken = np.broadcast_arrays(gap, taken)
    never = np.where(gap > 0.0, np.inf, 0.0)
    return plain(np.divide(gap, taken, out=never, where=taken > 0.0))
