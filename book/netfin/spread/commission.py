"""Dearest money, cheapest loan: a lender that also earns commission on sales."""

from __future__ import annotations

import numpy as np

from netfin.arrays import ratio
from netfin.checks import Numbers, fraction, instance, non_negative
from netfin.lending import BANK, SHOP_PLATFORM, LendingTerms, break_even_rate
from netfin.terms import matching_terms

_LEAST = 1e-15  # of sales, a commission that is one; by less nothing can be divided


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

    Returns
    -------
    float or ndarray
        The rate a year.

    Raises
    ------
    ValueError
        Naming `take_rate` or `extra_sales`, where it is out of its range, or shapes do not match.
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Ours: `netfin.lending.break_even_rate` less a commission.
    """
    taken, sales = fraction("take_rate", take_rate), non_negative("extra_sales", extra_sales)
    terms = instance("terms", terms, LendingTerms)
    matching_terms(take_rate=taken, extra_sales=sales, terms=terms)
    return (terms.cost - taken * sales) / (1.0 - terms.default_probability)


def extra_sales_to_undercut(
    bank: LendingTerms = BANK,
    platform: LendingTerms = SHOP_PLATFORM,
    take_rate: Numbers = 0.05,
) -> Numbers:
    """Find the extra sales for each yuan lent at which the platform is as cheap as the bank.

        g* = (cost of the platform − r_bank(1 − PD)) / τ

    Parameters
    ----------
    bank, platform : LendingTerms
        The two lenders; PD is that of the platform's borrowers.
    take_rate : float or ndarray
        τ, commission as a fraction of sales, 0 or from 10⁻¹⁵ to 1.

    Returns
    -------
    float or ndarray
        Yuan of sales; zero where the platform is no dearer without any commission; infinite where
        it is dearer and takes no commission.

    Raises
    ------
    ValueError
        Naming `take_rate`, where it is out of its range.
    TypeError
        Naming `bank` or `platform`, where it is of another type.

    Source
    ------
    Arithmetic: `platform_break_even` solved for g.
    """
    instance("bank", bank, LendingTerms)
    instance("platform", platform, LendingTerms)
    taken = fraction("take_rate", take_rate)
    matching_terms(bank=bank, platform=platform, take_rate=taken)
    if np.any((np.asarray(taken) > 0.0) & (np.asarray(taken) < _LEAST)):
        raise ValueError(f"take_rate must be 0, or a number from {_LEAST:g} to 1, not {taken}")
    bank_income = break_even_rate(bank) * (1.0 - platform.default_probability)
    gap = np.maximum(platform.cost - bank_income, 0.0)
    return ratio(gap, taken, np.where(gap > 0.0, np.inf, 0.0))
