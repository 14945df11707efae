"""An invoice to a large buyer, sold early at the buyer's rate; and many invoices of few buyers.

Rates are fractions a year, amounts yuan and times days, both up to 10¹⁵. Every function takes
floats or numpy arrays that broadcast against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

import numpy as np
from scipy.stats import binom

from netfin.annuity import DAYS_A_YEAR
from netfin.arrays import filling, plain, ratio
from netfin.checks import (
    Numbers,
    above_zero,
    bounded,
    bounded_above_zero,
    count,
    fraction,
    instance,
    matching,
    non_negative,
    one,
)
from netfin.lending import LendingTerms, break_even_rate
from netfin.terms import About, Terms

_MOST_INVOICES = 1_000_000

LARGE_BUYER = LendingTerms(default_probability=0.005, operating_cost=0.01)
"""A large buyer as a borrower: rarely in default, and handled once for many invoices.

Our assumptions; the savers, the capital and the loss of principal are those of the bank.
"""


@dataclass(frozen=True)
class InvoiceTerms(Terms):
    """One invoice to a large buyer, and what each party's money costs."""

    amount: Annotated[
        float, About("A", "yuan", "our assumption: one invoice", check=one(bounded_above_zero))
    ] = 100_000.0
    days: Annotated[
        float,
        About(
            "T",
            "days",
            "our assumption: what the buyer took before the programme",
            check=one(bounded_above_zero),
        ),
    ] = 60.0
    approval_days: Annotated[
        float,
        About(
            "T_a",
            "days",
            "our assumption: until the buyer has approved the invoice",
            check=one(non_negative),
        ),
    ] = 10.0
    supplier_rate: Annotated[
        Numbers, About("r_s", "a year", "our assumption: a small shop's dear credit")
    ] = 0.12
    programme_rate: Annotated[
        Numbers,
        About(
            "r_b",
            "a year",
            "break-even rate of a bank on a large buyer with a PD of 0.5 %",
            check=above_zero,
        ),
    ] = float(break_even_rate(LARGE_BUYER))
    buyer_rate: Annotated[
        float,
        About(
            "r_k",
            "a year",
            "our assumption: what the buyer's own money costs it",
            check=one(fraction),
        ),
    ] = 0.05
    fee: Annotated[
        float,
        About(
            "φ", "share of the invoice", "our assumption: the platform's fee", check=one(fraction)
        ),
    ] = 0.001

    def consistent(self) -> None:
        """Refuse an approval that comes after the buyer has paid."""
        if self.approval_days > self.days:
            raise ValueError(
                f"approval_days must be at most the {self.days} days, not {self.approval_days}"
            )


INVOICE = InvoiceTerms()
"""Ms Lin's invoice to a department store."""


class Gains(NamedTuple):
    """What a programme brings each party on one invoice, yuan; a loss is negative."""

    supplier: Numbers
    buyer: Numbers
    platform: Numbers

    @property
    def total(self) -> Numbers:
        """The three together; the bank earns no more than its cost."""
        return self.supplier + self.buyer + self.platform


def waiting_cost(days: Numbers, invoice: InvoiceTerms = INVOICE) -> Numbers:
    """Compute what it costs the supplier to wait for its money: A·r_s·days/365, yuan.

    Parameters
    ----------
    days : float or ndarray
        0 or more.
    invoice : InvoiceTerms
        Its amount, yuan; its days; the rates of supplier, programme and buyer, a year.

    Returns
    -------
    float or ndarray
        Yuan.

    Raises
    ------
    ValueError
        Naming `days`, where it is out of its range.
    TypeError
        Naming `invoice`, where it is of another type.

    Source
    ------
    Arithmetic: simple interest.
    """
    waited, invoice = bounded("days", days), instance("invoice", invoice, InvoiceTerms)
    matching(days=waited, supplier_rate=invoice.supplier_rate)
    return invoice.amount * invoice.supplier_rate * waited / DAYS_A_YEAR


def selling_cost(days: Numbers, invoice: InvoiceTerms = INVOICE) -> Numbers:
    """Compute what it costs the supplier to wait for approval and then sell the invoice, yuan.

        A·(r_s·T_a + r_b·(days − T_a))/365 + φA

    Parameters
    ----------
    days : float or ndarray
        The buyer's term of payment, at least the days until approval.
    invoice : InvoiceTerms
        Its amount, yuan; its days; the rates of supplier, programme and buyer, a year.

    Returns
    -------
    float or ndarray
        Yuan.

    Raises
    ------
    ValueError
        Naming `days`, where it is out of its range.
    TypeError
        Naming `invoice`, where it is of another type.

    Source
    ------
    Arithmetic: simple interest.
    """
    term, invoice = bounded("days", days), instance("invoice", invoice, InvoiceTerms)
    matching(
        days=term,
        supplier_rate=invoice.supplier_rate,
        programme_rate=invoice.programme_rate,
    )
    if np.any(np.asarray(term) < invoice.approval_days):
        raise ValueError(f"days must be at least {invoice.approval_days} days, not {days}")
    sold = invoice.programme_rate * (term - invoice.approval_days) / DAYS_A_YEAR
    waited = waiting_cost(invoice.approval_days, invoice)
    return waited + invoice.amount * (sold + invoice.fee)


def reverse_factoring(days: Numbers, invoice: InvoiceTerms = INVOICE) -> Gains:
    """Share out what a reverse-factoring programme brings when the buyer then pays later.

    The supplier sells each approved invoice to a bank at a rate made for the buyer. The buyer
    pays after `days` instead of `invoice.days` and keeps its own money that much longer.

    Parameters
    ----------
    days : float or ndarray
        The buyer's term under the programme, at least the days until approval.
    invoice : InvoiceTerms
        Its amount, yuan; its days; the rates of supplier, programme and buyer, a year.

    Returns
    -------
    Gains
        Of supplier, buyer and platform, and their total, yuan an invoice; below 0 for who loses.

    Raises
    ------
    ValueError
        Naming `days`, where it is out of its range.
    TypeError
        Naming `invoice`, where it is of another type.

    Notes
    -----
    The total is A((r_s − r_b)(T − T_a) + (r_k − r_b)(days − T))/365: where the buyer's money costs
    it about what the programme costs, a longer term creates nothing and moves the gain from
    supplier to buyer.

    Source
    ------
    Ours: Klapper (2006) describes the programme; van der Vliet, Reindorp & Fransoo (2015) show that
    with uncertain demand an extension costs the supplier even more than this.
    """
    sold = selling_cost(days, invoice)
    supplier = waiting_cost(invoice.days, invoice) - sold
    later = (np.asarray(days) - invoice.days) / DAYS_A_YEAR
    buyer = plain(invoice.amount * invoice.buyer_rate * later)
    return Gains(supplier, buyer, filling(np.shape(buyer), invoice.amount * invoice.fee))


def longest_term(invoice: InvoiceTerms = INVOICE) -> Numbers:
    """Find the term at which a reverse-factoring programme has nothing left for the supplier.

        T_a + (r_s·(T − T_a) − 365·φ)/r_b

    Below the days until approval, and even negative, where the fee alone eats the gain.

    Parameters
    ----------
    invoice : InvoiceTerms
        Its amount, yuan; its days; the rates of supplier, programme and buyer, a year.

    Returns
    -------
    float or ndarray
        Days.

    Raises
    ------
    TypeError
        Naming `invoice`, where it is of another type.

    Source
    ------
    Arithmetic: `selling_cost` made equal to `waiting_cost`.
    """
    invoice = instance("invoice", invoice, InvoiceTerms)
    matching(supplier_rate=invoice.supplier_rate, programme_rate=invoice.programme_rate)
    saved = invoice.supplier_rate * (invoice.days - invoice.approval_days)
    return invoice.approval_days + (saved - DAYS_A_YEAR * invoice.fee) / invoice.programme_rate


def chance_to_lose(
    limit: Numbers,
    largest_share: Numbers,
    invoices: int = 100,
    buyer: LendingTerms = LARGE_BUYER,
) -> Numbers:
    """Find the chance that a pool of invoices loses at least a share of its money in a year.

    One obligor owes `largest_share` of the pool; the rest is spread equally over `invoices`
    others, which default independently of it and of each other.

    Parameters
    ----------
    limit : float or ndarray
        Share of the pool's money, above 0 and at most 1.
    largest_share : float or ndarray
        Share of the pool that one obligor owes, 0 to 1.
    invoices : int
        Number of the other obligors, 1 to 1,000,000.
    buyer : LendingTerms
        Their default probability and loss given default, all alike.

    Returns
    -------
    float or ndarray
        A probability a year.

    Raises
    ------
    ValueError
        Naming `limit`, `largest_share` or `invoices`, where it is out of its range, or shapes do
        not match.
    TypeError
        Naming `buyer`, where it is of another type.

    Source
    ------
    Arithmetic: binomial defaults, and one by itself.
    """
    level, largest = above_zero("limit", limit), fraction("largest_share", largest_share)
    number, buyer = count("invoices", invoices), instance("buyer", buyer, LendingTerms)
    if number > _MOST_INVOICES:
        raise ValueError(f"invoices must be at most {_MOST_INVOICES}, not {number}")
    matching(limit=level, largest_share=largest, **vars(buyer))
    each = buyer.loss_given_default * (1.0 - largest) / number

    def others_lose(at_least: Numbers) -> Numbers:
        needed = np.ceil(ratio(at_least, each, number + 1.0) - 1e-9)
        needed = np.where(np.asarray(at_least) <= 1e-12, 0.0, np.minimum(needed, number + 1.0))
        return plain(binom.sf(needed - 1.0, number, buyer.default_probability))

    if_it_fails = others_lose(level - buyer.loss_given_default * largest)
    failing = buyer.default_probability
    return plain(failing * if_it_fails + (1.0 - failing) * others_lose(level))
