"""One batch, three ways to pay for it: a loan, customers' prepayments, an investor's share.

The batch is made once, by a workshop that takes no smaller order. Two things may go wrong: too few
buyers want it, or the workshop spoils a part of it. Who loses then depends on who paid.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from netfin.annuity import MONTHS_A_YEAR
from netfin.arrays import plain
from netfin.checks import (
    Numbers,
    bounded,
    choice,
    finite,
    fraction,
    instance,
    matching,
    one,
)
from netfin.lending import BANK, LendingTerms
from netfin.pre_orders.batch import BATCH, BatchTerms, Way
from netfin.pre_orders.outlook import Outlook

_NOTHING = 0.005  # yuan: less than a fen is nothing


class Split(NamedTuple):
    """What each party gains or loses on the batch, yuan; the parts sum to what the batch earns.

    A scarf counts at its full price, whoever has it: a customer who paid less gains the discount.
    """

    made: NDArray[np.bool_] | bool
    shop: Numbers
    bank: Numbers
    customers: Numbers
    investor: Numbers


class Price(NamedTuple):
    """What the shop pays for money, each financier just content with what he expects."""

    loan_rate: float
    """A year; simple interest over the months of the batch."""
    investor_share: float
    """Of everything that the batch brings in."""


class Bridge(NamedTuple):
    """From the shop's profit with a loan to that with prepayments, in yuan on average."""

    loan: float
    bank_costs: float
    """Saved: what a bank earns on average, to cover its money and work."""
    stopped: float
    """What the batches that the goal stops would have lost; below zero where they would earn."""
    growth: float
    """What all orders beyond the smallest batch earn."""
    customers: float
    """Given up: the customers' discounts, less what they lose with a bad workshop."""
    prepaid: float
    without_growth: float
    """What prepayments leave if no more than the smallest batch can be made."""


class Prospect(NamedTuple):
    """What a way of funding holds for the shop, before anything is known."""

    expected_profit: float
    made: float
    """Chance that the batch is made."""
    nothing: float
    """Chance that the shop ends with nothing: the batch is not made, or leaves it nothing."""
    others_lose: float
    """Chance that bank, customers or investor lose money."""


def _revenue(demand: Numbers, usable: Numbers, terms: BatchTerms) -> NDArray[np.float64]:
    """What the batch brings in if it is made first and sold then."""
    good = usable * terms.batch
    sold = np.minimum(demand, good)
    return np.asarray(terms.price * sold + terms.salvage * (good - sold))


def split(
    way: Way,
    demand: Numbers,
    usable: Numbers = 1.0,
    terms: BatchTerms = BATCH,
    price: Price | None = None,
) -> Split:
    """Settle one batch: who gains and who loses once demand and workshop are known.

    A loan and an investor's share pay for the smallest batch before demand is known. With
    prepayments the orders come first: too few, and everybody gets the money back; enough, and the
    smallest batch is made or, if more is ordered, all that is ordered, since each order pays for
    its own piece. Those who paid ahead are served first; of the others each buys in the end, at the
    full price, while a piece is left. Those who paid and are not served have a claim on what cash
    is left. The shop has no money of its own, and nobody can take from it
    what it does not have.

    Parameters
    ----------
    way : Way
        Who pays.
    demand : float or ndarray
        Pieces that buyers want at the price, 0 or more; the part `ahead_share` is ordered ahead.
    usable : float or ndarray
        Share of the batch that the workshop delivers fit for sale, from 0 to 1.
    terms : BatchTerms
        The batch.
    price : Price, optional
        Loan rate and investor's share; by default those of `price_of_money`.

    Returns
    -------
    Split
        Yuan. The bank's part is before what its own money and work cost it.

    Raises
    ------
    ValueError
        If `way` is none, a number is out of its range, shapes do not match, or nobody funds the
        batch.
    TypeError
        If `terms` or `price` is of another type.

    Source
    ------
    Ours: who is paid in which order.
    """
    way, terms = choice("way", way, Way), instance("terms", terms, BatchTerms)
    cost = None if price is None else _settled(price)
    pieces, part = bounded("demand", demand), fraction("usable", usable)
    matching(demand=pieces, usable=part)
    wanted, good = np.broadcast_arrays(pieces, part)
    nobody = np.zeros(wanted.shape)
    if way is Way.PREPAID:
        return _prepaid(wanted, good, terms)
    cost = price_of_money(terms) if cost is None else cost
    brought_in = _revenue(wanted, good, terms)
    made = np.ones(wanted.shape, dtype=bool)
    if way is Way.LOAN:
        owed = terms.outlay * (1.0 + cost.loan_rate * terms.months / MONTHS_A_YEAR)
        repaid = np.minimum(brought_in, owed)
        return _split(made, brought_in - repaid, repaid - terms.outlay, nobody, nobody)
    share = cost.investor_share * brought_in
    return _split(made, brought_in - share, nobody, nobody, share - terms.outlay)


def _settled(price: Price) -> Price:
    """Check what the shop pays for money: no financier takes more than all there is."""
    price = instance("price", price, Price)
    return Price(
        float(one(bounded)("price.loan_rate", price.loan_rate)),
        float(one(fraction)("price.investor_share", price.investor_share)),
    )


def _prepaid(wanted: NDArray[np.float64], good: NDArray[np.float64], terms: BatchTerms) -> Split:
    orders = terms.ahead_share * wanted
    made = orders >= terms.goal
    batch = np.maximum(orders, terms.batch)
    served = np.minimum(orders, good * batch)
    left = good * batch - served
    on_the_spot = np.minimum(left, wanted - orders)
    last_sales = terms.price * on_the_spot + terms.salvage * (left - on_the_spot)
    cash = orders * terms.prepayment - terms.cost * batch + last_sales
    claims = (orders - served) * terms.prepayment
    refunded = np.minimum(cash, claims)
    saved = served * (terms.price - terms.prepayment)
    shop, customers = np.where(made, (cash - refunded, saved + refunded - claims), 0.0)
    nobody = np.zeros(wanted.shape)
    return _split(made, shop, nobody, customers, nobody)


def _split(made: NDArray[np.bool_], *parts: Any) -> Split:
    return Split(made if made.ndim else bool(made), *map(plain, parts))


# ---------------------------------------------------------------------------------------------
# Before anything is known: all averages in closed form


def price_of_money(terms: BatchTerms = BATCH, lender: LendingTerms = BANK) -> Price:
    """Find the loan rate and the investor's share at which each breaks even on average.

    The bank is repaid what the batch brings in, up to what it is owed. Its costs are those of
    `lender` but for the expected loss, which follows from the batch: with only two outcomes, paid
    in full or short of the principal, the rate is `netfin.lending.break_even_rate`.

    Parameters
    ----------
    terms : BatchTerms
        The batch.
    lender : LendingTerms
        The bank; single numbers.

    Returns
    -------
    Price
        The rate a year, and the share of what the batch brings in.

    Raises
    ------
    ValueError
        If the batch brings in too little for any rate, or for any share.
    TypeError
        If an argument is of another type.

    Source
    ------
    Ours: the break-even condition of `netfin.lending`, on the outcomes of `split`.
    """
    terms = instance("terms", terms, BatchTerms)
    lender = instance("lender", lender, LendingTerms)
    outlook, years = Outlook(terms), terms.months / MONTHS_A_YEAR
    own_costs = float(one(finite)("lender", lender.cost - lender.expected_loss))
    needed = terms.outlay * (1.0 + own_costs * years)
    asked = terms.outlay * (1.0 + terms.investor_return * years)
    most = terms.price * terms.batch
    mean = outlook.repaid(most)
    if mean <= max(needed, asked):
        raise ValueError(
            f"terms must be of a batch that brings in more than {max(needed, asked):,.0f} yuan on "
            f"average, not {mean:,.0f}: nobody funds it"
        )
    # From a little below: without risk nothing is short at `needed`, up to rounding of either sign.
    least = needed * (1.0 - 1e-9)
    owed = brentq(lambda each: outlook.repaid(each) - needed, least, most, xtol=1e-9, rtol=1e-14)
    return Price((max(owed, needed) / terms.outlay - 1.0) / years, asked / mean)


def prospect(way: Way, terms: BatchTerms = BATCH) -> Prospect:
    """Compute what a way of funding holds for the shop, and how often others lose.

    Parameters
    ----------
    way : Way
        Who pays for the batch.
    terms : BatchTerms
        The batch; money costs what `price_of_money` says.

    Returns
    -------
    Prospect
        A profit in yuan, and chances.

    Raises
    ------
    ValueError
        If `way` is none, or nobody funds the batch.
    TypeError
        If `terms` are of another type.

    Notes
    -----
    Averages over demand are parts of the gamma variable's mean, in closed form.

    Source
    ------
    Ours: averages of `split`.
    """
    way, terms = choice("way", way, Way), instance("terms", terms, BatchTerms)
    outlook = Outlook(terms)
    if way is Way.PREPAID:
        return _prepaid_prospect(outlook)
    price = price_of_money(terms)
    mean = outlook.repaid(terms.price * terms.batch)
    if way is Way.LOAN:
        owed = terms.outlay * (1.0 + price.loan_rate * terms.months / MONTHS_A_YEAR)
        profit, enough = mean - outlook.repaid(owed), terms.outlay
    else:
        profit, enough = (1.0 - price.investor_share) * mean, terms.outlay / price.investor_share
        owed = 0.0
    nothing = outlook.brings_at_most(owed + _NOTHING)
    return Prospect(profit, 1.0, nothing, outlook.brings_at_most(enough - _NOTHING))


def bridge(terms: BatchTerms = BATCH) -> Bridge:
    """Go from what a loan leaves the shop to what prepayments leave it, step by step.

    Parameters
    ----------
    terms : BatchTerms
        The batch; money costs what `price_of_money` says.

    Returns
    -------
    Bridge
        Yuan, on average. The first five parts sum to the sixth.

    Raises
    ------
    ValueError
        If nobody funds the batch.
    TypeError
        If `terms` are of another type.

    Source
    ------
    Arithmetic: differences of `prospect`.
    """
    terms = instance("terms", terms, BatchTerms)
    outlook, loan = Outlook(terms), prospect(Way.LOAN, terms).expected_profit
    earned = outlook.repaid(terms.price * terms.batch) - terms.outlay
    parts = [(odds, _prepaid_with(outlook, usable)) for odds, usable in outlook.workshops]
    prepaid, growth, own_growth, customers = (
        sum(odds * getattr(part, name) for odds, part in parts)
        for name in ("shop", "growth", "own_growth", "customers")
    )
    stopped = outlook.earned_where_fewer(terms.goal)
    return Bridge(loan, earned - loan, -stopped, growth, -customers, prepaid, prepaid - own_growth)


class _Made(NamedTuple):
    """What comes of the batches that are made with a known usable part, on average, yuan."""

    shop: float
    customers: float
    growth: float
    """What all earn beyond the smallest batch; `own_growth` is the shop's part."""
    own_growth: float
    empty: float
    """Chance that a batch is made and leaves the shop nothing."""
    others_lose: float


def _prepaid_prospect(outlook: Outlook) -> Prospect:
    """As `prospect`, with orders paid ahead."""
    parts = [(odds, _prepaid_with(outlook, usable)) for odds, usable in outlook.workshops]
    profit, empty, others = (
        sum(odds * getattr(part, name) for odds, part in parts)
        for name in ("shop", "empty", "others_lose")
    )
    made, _ = outlook.orders_between(outlook.terms.goal, np.inf)
    return Prospect(profit, made, min(1.0 - made + empty, 1.0), others)


def _prepaid_with(outlook: Outlook, usable: float) -> _Made:
    """What comes of orders paid ahead where the workshop delivers a known part.

    From the goal to uQ₀ all are served and the rest is sold to others or sold off; beyond, each
    piece paid for leaves uw − C, w the prepayment, on the smallest batch and then on all orders.
    """
    terms, paid = outlook.terms, outlook.terms.prepayment
    good = max(terms.goal, usable * terms.batch)
    chance, orders = outlook.orders_between(terms.goal, good)
    left = terms.salvage * usable * terms.batch - terms.outlay
    served = (paid - terms.salvage) * orders + left * chance
    served += (terms.price - terms.salvage) * outlook.on_the_spot(usable)
    short, _ = outlook.orders_between(good, terms.batch)
    large, grown = outlook.orders_between(max(good, terms.batch), np.inf)
    pieces, more = terms.batch * short + grown, grown - terms.batch * large
    a_piece, saved = usable * paid - terms.cost, terms.price - paid
    customers = usable * saved + min(a_piece, 0.0)
    flop = short + large
    return _Made(
        shop=served + max(a_piece, 0.0) * pieces,
        customers=saved * orders + customers * pieces,
        growth=(usable * terms.price - terms.cost) * more,
        own_growth=max(a_piece, 0.0) * more,
        empty=flop * (a_piece * terms.batch <= _NOTHING),
        others_lose=flop * (customers * terms.batch < -_NOTHING),
    )
