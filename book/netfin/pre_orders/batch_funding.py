"""One batch, three ways to pay for it: a loan, customers' prepayments, an investor's share.

The batch is made once, by a workshop that takes no smaller order. Two things may go wrong: too few
buyers want it, or the workshop spoils a part of it. Who loses then depends on who paid.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from netfin.annuity import MONTHS_A_YEAR
from netfin.arrays import plain
from netfin.checks import (
    Numbers,
    choice,
    finite,
    fraction,
    instance,
    matching,
    non_negative,
    one,
)
from netfin.lending import BANK, LendingTerms
from netfin.newsvendor import GammaDemand
from netfin.pre_orders.batch import BATCH, BatchTerms, Way

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
    """
    way, terms = choice("way", way, Way), instance("terms", terms, BatchTerms)
    cost = None if price is None else _settled(price)
    pieces, part = non_negative("demand", demand), fraction("usable", usable)
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
        float(one(non_negative)("price.loan_rate", price.loan_rate)),
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


class _Ahead:
    """What a batch may come to: a gamma variable of demand, and a good or a bad workshop."""

    def __init__(self, terms: BatchTerms) -> None:
        self.terms = terms
        self.demand = GammaDemand(terms.mean_demand, terms.demand_spread)
        flop = terms.flop_probability
        self.workshops = ((1.0 - flop, 1.0), (flop, terms.usable_after_flop))  # odds, usable part

    def over_workshops(self, of: Callable[[float], float]) -> float:
        """Average what is known for each usable part."""
        return sum(odds * of(usable) for odds, usable in self.workshops if odds > 0.0)

    def sold_for(self, amount: float, usable: float) -> float:
        """Pieces that must sell at the full price to bring in an amount; at most all, at least 0.

        The batch brings in v·uQ₀ + (P − v)·min(D, uQ₀).
        """
        good, margin = usable * self.terms.batch, self.terms.price - self.terms.salvage
        return min(max((amount - self.terms.salvage * good) / margin, 0.0), good)

    def repaid(self, owed: float) -> float:
        """E[min(R_b, owed)], what is paid of a debt on average."""

        def with_part(usable: float) -> float:
            sold_off = self.terms.salvage * usable * self.terms.batch
            margin = self.terms.price - self.terms.salvage
            sold = float(self.demand.expected_sales(self.sold_for(owed, usable)))
            return min(owed, sold_off) + margin * sold

        return self.over_workshops(with_part)

    def brings_at_most(self, amount: float) -> float:
        """The chance that the batch brings in no more than an amount."""

        def with_part(usable: float) -> float:
            good = usable * self.terms.batch
            if amount >= self.terms.price * good:
                return 1.0
            if amount < self.terms.salvage * good:
                return 0.0
            return float(self.demand.below(self.sold_for(amount, usable)))

        return self.over_workshops(with_part)

    def orders_between(self, low: float, high: float) -> tuple[float, float]:
        """P(low ≤ N < high) and E[N; low ≤ N < high] of orders N = φD; `high` may be infinite."""
        share = self.terms.ahead_share
        if share == 0.0:
            return float(low <= 0.0), 0.0
        chance, wanted = self.wanted_between(low / share, max(low, high) / share)
        return chance, share * wanted

    def wanted_between(self, low: float, high: float) -> tuple[float, float]:
        """P(low ≤ D < high) and E[D; low ≤ D < high]."""
        (below, less), (upto, more) = self._below(low), self._below(high)
        return max(upto - below, 0.0), max(more - less, 0.0)  # no less than none by rounding

    def _below(self, level: float) -> tuple[float, float]:
        """P(D < level) and E[D; D < level]."""
        if level == np.inf:
            return 1.0, self.terms.mean_demand
        below = float(self.demand.below(level))
        return below, float(self.demand.expected_sales(level)) - level * (1.0 - below)

    def on_the_spot(self, usable: float) -> float:
        """Pieces sold in the end to those who did not order, on average: while there are any left.

        With the batch made and N ≤ uQ₀ orders, min(uQ₀ − N, (1 − φ)D).
        """
        share, good = self.terms.ahead_share, usable * self.terms.batch
        if share == 0.0 or self.terms.goal >= good:
            return 0.0
        first, last = self.terms.goal / share, good / share
        _, wanted = self.wanted_between(first, min(max(first, good), last))
        chance, sold_out = self.wanted_between(max(first, good), last)
        return (1.0 - share) * wanted + good * chance - share * sold_out


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
    """
    terms = instance("terms", terms, BatchTerms)
    lender = instance("lender", lender, LendingTerms)
    ahead, years = _Ahead(terms), terms.months / MONTHS_A_YEAR
    own_costs = float(one(finite)("lender", lender.cost - lender.expected_loss))
    needed = terms.outlay * (1.0 + own_costs * years)
    asked = terms.outlay * (1.0 + terms.investor_return * years)
    most = terms.price * terms.batch
    mean = ahead.repaid(most)
    if mean <= max(needed, asked):
        raise ValueError(
            f"terms must be of a batch that brings in more than {max(needed, asked):,.0f} yuan on "
            f"average, not {mean:,.0f}: nobody funds it"
        )
    # From a little below: without risk nothing is short at `needed`, up to rounding of either sign.
    least = needed * (1.0 - 1e-9)
    owed = brentq(lambda each: ahead.repaid(each) - needed, least, most, xtol=1e-9, rtol=1e-14)
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
    """
    way, terms = choice("way", way, Way), instance("terms", terms, BatchTerms)
    ahead = _Ahead(terms)
    if way is Way.PREPAID:
        return _prepaid_prospect(ahead)
    price = price_of_money(terms)
    mean = ahead.repaid(terms.price * terms.batch)
    if way is Way.LOAN:
        owed = terms.outlay * (1.0 + price.loan_rate * terms.months / MONTHS_A_YEAR)
        profit, enough = mean - ahead.repaid(owed), terms.outlay
    else:
        profit, enough = (1.0 - price.investor_share) * mean, terms.outlay / price.investor_share
        owed = 0.0
    nothing = ahead.brings_at_most(owed + _NOTHING)
    return Prospect(profit, 1.0, nothing, ahead.brings_at_most(enough - _NOTHING))


def _prepaid_prospect(ahead: _Ahead) -> Prospect:
    """As `prospect`, with orders paid ahead."""
    parts = [(odds, _prepaid_with(ahead, usable)) for odds, usable in ahead.workshops]
    profit, empty, others = (sum(odds * part[i] for odds, part in parts) for i in range(3))
    made, _ = ahead.orders_between(ahead.terms.goal, np.inf)
    return Prospect(profit, made, min(1.0 - made + empty, 1.0), others)


def _prepaid_with(ahead: _Ahead, usable: float) -> tuple[float, float, float]:
    """The shop's profit, and the chances that what is made leaves it nothing or customers a loss.

    From the goal to uQ₀ all are served and the rest is sold to others or sold off; beyond, each
    piece paid for leaves uw − C, w the prepayment, on the smallest batch and then on all orders.
    """
    terms, paid = ahead.terms, ahead.terms.prepayment
    good = max(terms.goal, usable * terms.batch)
    chance, orders = ahead.orders_between(terms.goal, good)
    left = terms.salvage * usable * terms.batch - terms.outlay
    served = (paid - terms.salvage) * orders + left * chance
    served += (terms.price - terms.salvage) * ahead.on_the_spot(usable)
    short, _ = ahead.orders_between(good, terms.batch)
    large, grown = ahead.orders_between(max(good, terms.batch), np.inf)
    a_piece = usable * paid - terms.cost
    profit = served + max(a_piece, 0.0) * (terms.batch * short + grown)
    customers = usable * (terms.price - paid) + min(a_piece, 0.0)
    flop = short + large
    return (
        profit,
        flop * (a_piece * terms.batch <= _NOTHING),
        flop * (customers * terms.batch < -_NOTHING),
    )
