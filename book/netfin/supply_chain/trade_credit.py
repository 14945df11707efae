"""Supply-chain finance: waiting for one's money, invoices sold early, and goods pledged twice.

Rates are fractions a year, amounts yuan, times days. Every function takes floats or numpy arrays
that broadcast against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

import numpy as np
from scipy.stats import binom

from netfin.annuity import DAYS_A_YEAR
from netfin.checks import Numbers, fraction, non_negative, positive, whole_number
from netfin.lending import LendingTerms, break_even_rate
from netfin.terms import About, Terms

# ---------------------------------------------------------------------------------------------
# Waiting for one's money


def cash_conversion_cycle(
    days_inventory: Numbers, days_receivable: Numbers, days_payable: Numbers
) -> Numbers:
    """Count the days between paying for goods and being paid for them.

    Days the goods lie in stock, plus days until the customer pays, less days until the supplier
    is paid (Richards & Laughlin 1980). Negative where customers pay before the supplier is paid.
    """
    stock = non_negative("days_inventory", days_inventory)
    waiting = non_negative("days_receivable", days_receivable)
    return stock + waiting - non_negative("days_payable", days_payable)


def cash_tied_up(cycle: Numbers, daily_cost: Numbers) -> Numbers:
    """Compute the money that a shop must keep in its cycle: days times the goods' cost a day."""
    return cycle * non_negative("daily_cost", daily_cost)


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

    Notes
    -----
    “2/10 net 30” costs 37.2 %, or 44.6 % with interest on interest: the worked number of most
    textbooks, and of Petersen & Rajan (1997).
    """
    share = fraction("discount", discount, open_right=True)
    early, late = non_negative("discount_days", discount_days), positive("net_days", net_days)
    if np.any(np.asarray(late) <= early):
        raise ValueError(f"net_days must be above discount_days {early}, not {late}")
    periods = DAYS_A_YEAR / (late - early)
    return PriceOfWaiting(share / (1.0 - share) * periods, (1.0 - share) ** -periods - 1.0)


# ---------------------------------------------------------------------------------------------
# An invoice, sold early

LARGE_BUYER = LendingTerms(default_probability=0.005, operating_cost=0.01)
"""A large buyer as a borrower: rarely in default, and handled once for many invoices.

Our assumptions; the savers, the capital and the loss of principal are those of the bank.
"""


@dataclass(frozen=True)
class InvoiceTerms(Terms):
    """One invoice to a large buyer, and what each party's money costs."""

    amount: Annotated[float, About("A", "yuan", "our assumption: one invoice")] = 100_000.0
    days: Annotated[
        float, About("T", "days", "our assumption: what the buyer took before the programme")
    ] = 60.0
    approval_days: Annotated[
        float, About("T_a", "days", "our assumption: until the buyer has approved the invoice")
    ] = 10.0
    supplier_rate: Annotated[
        Numbers, About("r_s", "a year", "our assumption: a small shop's dear credit")
    ] = 0.12
    programme_rate: Annotated[
        float,
        About("r_b", "a year", "break-even rate of a bank on a large buyer with a PD of 0.5 %"),
    ] = float(break_even_rate(LARGE_BUYER))
    buyer_rate: Annotated[
        float, About("r_k", "a year", "our assumption: what the buyer's own money costs it")
    ] = 0.05
    fee: Annotated[
        float, About("φ", "share of the invoice", "our assumption: the platform's fee")
    ] = 0.001

    def __post_init__(self) -> None:
        """Check the money and the days; rates and fee are fractions."""
        for name in ("supplier_rate", "programme_rate", "buyer_rate", "fee"):
            object.__setattr__(self, name, fraction(name, getattr(self, name)))
        for name in ("amount", "days", "programme_rate"):
            object.__setattr__(self, name, positive(name, getattr(self, name)))
        approval = non_negative("approval_days", self.approval_days)
        if approval > self.days:
            raise ValueError(f"approval_days must be at most {self.days} days, not {approval}")


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
    """Compute what it costs the supplier to wait for its money: A·r_s·days/365, yuan."""
    waited = non_negative("days", days)
    return invoice.amount * invoice.supplier_rate * waited / DAYS_A_YEAR


def selling_cost(days: Numbers, invoice: InvoiceTerms = INVOICE) -> Numbers:
    """Compute what it costs the supplier to wait for approval and then sell the invoice, yuan.

        A·(r_s·T_a + r_b·(days − T_a))/365 + φA

    Parameters
    ----------
    days : float or ndarray
        The buyer's term of payment, at least the days until approval.
    """
    term = non_negative("days", days)
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

    Notes
    -----
    The total is A((r_s − r_b)(T − T_a) + (r_k − r_b)(days − T))/365: where the buyer's money costs
    it about what the programme costs, a longer term creates nothing and moves the gain from
    supplier to buyer. Klapper (2006) describes the programme; Van der Vliet, Reindorp & Fransoo
    (2015) show that with uncertain demand an extension costs the supplier even more than this.
    """
    supplier = waiting_cost(invoice.days, invoice) - selling_cost(days, invoice)
    later = (days - invoice.days) / DAYS_A_YEAR
    buyer = invoice.amount * invoice.buyer_rate * later
    return Gains(supplier, buyer, invoice.amount * invoice.fee + 0.0 * buyer)


def longest_term(invoice: InvoiceTerms = INVOICE) -> Numbers:
    """Find the term at which a reverse-factoring programme has nothing left for the supplier.

        T_a + (r_s·(T − T_a) − 365·φ)/r_b

    Below the days until approval, and even negative, where the fee alone eats the gain.
    """
    saved = invoice.supplier_rate * (invoice.days - invoice.approval_days)
    return invoice.approval_days + (saved - DAYS_A_YEAR * invoice.fee) / invoice.programme_rate


# ---------------------------------------------------------------------------------------------
# Why goods are lent more readily than cash


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
        Yuan; infinite where running the business always pays better than diverting.

    Notes
    -----
    The constraint of Burkart & Ellingsen (2004), with constant returns to scale.
    """
    funds, kept = non_negative("own_funds", own_funds), fraction("diversion", diversion)
    earns, asked = non_negative("project_return", project_return), non_negative("rate", rate)
    gap = np.asarray(kept + asked - earns)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        limit = np.where(gap > 0.0, funds * (1.0 + earns - kept) / gap, np.inf)
    return float(limit) if limit.ndim == 0 else limit


# ---------------------------------------------------------------------------------------------
# One pile of goods, several pledges


class Pledged(NamedTuple):
    """What lenders on the same goods lend and lose, expected; money in units of the goods' value.

    The shares are of what a lender of the kind has lent; `nan` where there is none of it.
    """

    loans: Numbers
    lent: Numbers
    lost: Numbers
    loss_share_inside: Numbers
    loss_share_outside: Numbers

    @property
    def loss_share(self) -> Numbers:
        """The share of all lent money that is lost."""
        return self.lost / self.lent


def pledged_again(
    asked: int, coverage: float, advance: float = 0.7, priority: bool = True
) -> Pledged:
    """Let a cheat pledge the same goods to one lender after another, and not repay.

    Each lender uses a registry with chance `coverage`, independently. One that does registers
    its pledge, and refuses goods that are registered already; one that does not always lends.
    So all outside the registry lend, and the first inside.

    Parameters
    ----------
    asked : int
        Lenders asked, 1 or more.
    coverage : float
        Share of lenders that use the registry, 0 to 1.
    advance : float
        What each lends, as a share of the goods' value, above 0 and at most 1.
    priority : bool
        Whether the law pays the registered pledge first. If not, all share alike.
    """
    number = int(whole_number("asked", asked))
    share = positive("advance", fraction("advance", advance))
    inside = np.arange(number + 1)
    chance = binom.pmf(inside, number, fraction("coverage", coverage))
    first, outside = np.minimum(inside, 1), number - inside
    lent_inside, lent_outside = share * first, share * outside
    lent = lent_inside + lent_outside
    back_inside = lent_inside if priority else lent_inside * np.minimum(1.0, 1.0 / lent)
    back_outside = np.minimum(lent_outside, 1.0 - back_inside)
    lost = [lent_inside - back_inside, lent_outside - back_outside]
    expected_lost = [float(chance @ each) for each in lost]
    expected_lent = [float(chance @ each) for each in (lent_inside, lent_outside)]
    shares = [
        a / b if b > 0.0 else np.nan for a, b in zip(expected_lost, expected_lent, strict=True)
    ]
    loans = float(chance @ (first + outside))
    return Pledged(loans, float(chance @ lent), float(sum(expected_lost)), *shares)


# ---------------------------------------------------------------------------------------------
# One obligor behind many invoices


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
        Number of the other obligors.
    buyer : LendingTerms
        Their default probability and loss given default, all alike.
    """
    level = positive("limit", fraction("limit", limit))
    largest = fraction("largest_share", largest_share)
    count = whole_number("invoices", invoices)
    each = np.asarray(buyer.loss_given_default * (1.0 - largest) / count)

    def others_lose(at_least: Numbers) -> Numbers:
        with np.errstate(divide="ignore", invalid="ignore"):
            needed = np.where(each > 0.0, np.ceil(at_least / each - 1e-9), count + 1.0)
        needed = np.where(np.asarray(at_least) <= 1e-12, 0.0, needed)
        return np.asarray(binom.sf(needed - 1.0, count, buyer.default_probability))

    if_it_fails = others_lose(level - buyer.loss_given_default * largest)
    failing = buyer.default_probability
    return failing * if_it_fails + (1.0 - failing) * others_lose(level)
