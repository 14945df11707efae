"""One batch, three ways to pay for it: a loan, customers' prepayments, an investor's share.

The batch is made once, by a workshop that takes no smaller order. Two things may go wrong: too few
buyers want it, or the workshop spoils a part of it. Who loses then depends on who paid.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from netfin.annuity import MONTHS_A_YEAR
from netfin.checks import Numbers, fraction, non_negative, positive, whole_number
from netfin.lending import BANK, LendingTerms
from netfin.newsvendor import GammaDemand, critical_fractile
from netfin.terms import About, Terms


class Way(StrEnum):
    """Who pays for the batch before it is sold."""

    LOAN = "bank loan"
    PREPAID = "customers' prepayments"
    EQUITY = "investor's share"


@dataclass(frozen=True)
class BatchTerms(Terms):
    """One batch of one shop; money in yuan, quantities in pieces."""

    price: Annotated[float, About("P", "yuan a piece", "our round number")] = 160.0
    cost: Annotated[float, About("C", "yuan a piece", "our round number")] = 100.0
    salvage: Annotated[float, About("v", "yuan a piece", "our assumption: sold off later")] = 40.0
    batch: Annotated[
        float, About("Q_0", "pieces", "our assumption: the workshop's smallest order")
    ] = 1000.0
    mean_demand: Annotated[
        float, About("μ_D", "pieces", "our assumption; demand is a gamma variable")
    ] = 1000.0
    demand_spread: Annotated[
        float,
        About("σ_D", "pieces", "our assumption: a new design, far less certain than groceries"),
    ] = 400.0
    discount: Annotated[
        float, About("δ_a", "share of the price", "our assumption: what paying ahead saves")
    ] = 0.10
    months: Annotated[
        float, About("T_b", "months", "our assumption: from payment to delivery or sale")
    ] = 6.0
    flop_probability: Annotated[
        float, About("p_w", "share of batches", "our assumption: the workshop spoils a part")
    ] = 0.05
    usable_after_flop: Annotated[
        float, About("u_w", "share of the batch", "our assumption: what a bad workshop leaves")
    ] = 0.40
    investor_return: Annotated[
        float, About("k_i", "a year", "our assumption: what a private investor asks for")
    ] = 0.20

    def __post_init__(self) -> None:
        critical_fractile(self.price, self.cost, self.salvage)  # price above cost above salvage
        whole_number("batch", self.batch)
        for name in ("mean_demand", "demand_spread", "months"):
            positive(name, getattr(self, name))
        for name in ("flop_probability", "usable_after_flop", "investor_return"):
            fraction(name, getattr(self, name))
        fraction("discount", self.discount, open_right=True)

    @property
    def outlay(self) -> float:
        """What the smallest batch costs, C·Q₀."""
        return self.cost * self.batch

    @property
    def prepayment(self) -> float:
        """What a customer pays ahead, (1 − δ)·P: all of the price, at a discount."""
        return (1.0 - self.discount) * self.price

    @property
    def goal(self) -> float:
        """Orders that pay for the batch; below, all money goes back and nothing is made."""
        return float(np.ceil(self.outlay / self.prepayment - 1e-9))


BATCH = BatchTerms()
"""Ms Lin's batch of a thousand scarves."""


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
    spread: float
    """Standard deviation of the profit."""
    made: float
    """Chance that the batch is made."""
    nothing: float
    """Chance that it is made and the shop ends with nothing."""
    others_lose: float
    """Chance that bank, customers or investor lose money."""
    others_loss: float
    """What they lose together, on average over all batches, yuan."""


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
    its own piece. Customers are served before anything is sold off; those who are not served have
    a claim on what cash is left. The shop has no money of its own, and nobody can take from it
    what it does not have.

    Parameters
    ----------
    way : Way
        Who pays.
    demand : float or ndarray
        Pieces that buyers want at the price, 0 or more; with prepayments all of them order ahead.
    usable : float or ndarray
        Share of the batch that the workshop delivers fit for sale, from 0 to 1.
    terms : BatchTerms
        The batch.
    price : Price, optional
        Loan rate and investor's share; by default those of `price_of_money`.

    Returns
    -------
    Split
        The bank's part is before what its own money and work cost it.
    """
    wanted, good = np.broadcast_arrays(non_negative("demand", demand), fraction("usable", usable))
    nobody = np.zeros(wanted.shape)
    if way is Way.PREPAID:
        return _prepaid(wanted, good, terms)
    cost = price_of_money(terms) if price is None else price
    brought_in = _revenue(wanted, good, terms)
    made = np.ones(wanted.shape, dtype=bool)
    if way is Way.LOAN:
        owed = terms.outlay * (1.0 + cost.loan_rate * terms.months / MONTHS_A_YEAR)
        repaid = np.minimum(brought_in, owed)
        return _split(made, brought_in - repaid, repaid - terms.outlay, nobody, nobody)
    share = cost.investor_share * brought_in
    return _split(made, brought_in - share, nobody, nobody, share - terms.outlay)


def _prepaid(wanted: NDArray[np.float64], good: NDArray[np.float64], terms: BatchTerms) -> Split:
    made = wanted >= terms.goal
    batch = np.maximum(wanted, terms.batch)
    served = np.minimum(wanted, good * batch)
    left_over = terms.salvage * (good * batch - served)
    cash = wanted * terms.prepayment - terms.cost * batch + left_over
    claims = (wanted - served) * terms.prepayment
    refunded = np.minimum(cash, claims)
    saved = served * (terms.price - terms.prepayment)
    shop, customers = np.where(made, (cash - refunded, saved + refunded - claims), 0.0)
    nobody = np.zeros(wanted.shape)
    return _split(made, shop, nobody, customers, nobody)


def _split(made: NDArray[np.bool_], *parts: Any) -> Split:
    plain = [float(part) if np.ndim(part) == 0 else part for part in parts]
    return Split(made if made.ndim else bool(made), *plain)


_GRID = 10_000


def scenarios(
    terms: BatchTerms = BATCH, count: int = _GRID
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """List what may happen: demand, usable share, and the probability of each pair.

    Demand is a gamma variable at the middles of `count` equally likely slices; the workshop is
    good or bad, whatever the demand.
    """
    slices = (np.arange(count) + 0.5) / int(whole_number("count", count))
    demand = np.asarray(GammaDemand(terms.mean_demand, terms.demand_spread).quantile(slices))
    usable = np.repeat([1.0, terms.usable_after_flop], count)
    odds = np.repeat([1.0 - terms.flop_probability, terms.flop_probability], count) / count
    return np.tile(demand, 2), usable, odds


def price_of_money(terms: BatchTerms = BATCH, lender: LendingTerms = BANK) -> Price:
    """Find the loan rate and the investor's share at which each breaks even on average.

    The bank is repaid what the batch brings in, up to what it is owed. Its costs are those of
    `lender` but for the expected loss, which follows from the batch: with only two outcomes, paid
    in full or short of the principal, the rate is `netfin.lending.break_even_rate`.

    Raises
    ------
    ValueError
        If the batch brings in too little for any rate, or for any share.
    """
    demand, usable, odds = scenarios(terms)
    brought_in = _revenue(demand, usable, terms)
    years = terms.months / MONTHS_A_YEAR
    needed = float(terms.outlay * (1.0 + (lender.cost - lender.expected_loss) * years))
    asked = terms.outlay * (1.0 + terms.investor_return * years)
    mean = float(odds @ brought_in)
    if mean <= max(needed, asked):
        raise ValueError(
            f"the batch must bring in more than {max(needed, asked):,.0f} yuan on average, "
            f"not {mean:,.0f}: nobody funds it"
        )

    def short(owed: float) -> float:
        return float(odds @ np.minimum(brought_in, owed)) - needed

    # From a little below: without risk `short` is 0 at `needed`, up to rounding of either sign.
    owed = brentq(short, needed * (1.0 - 1e-9), float(brought_in.max()), xtol=1e-6)
    return Price((owed / terms.outlay - 1.0) / years, asked / mean)


def prospect(way: Way, terms: BatchTerms = BATCH) -> Prospect:
    """Compute what a way of funding holds for the shop, and how often others lose.

    Parameters
    ----------
    way : Way
        Who pays for the batch.
    terms : BatchTerms
        The batch; money costs what `price_of_money` says.
    """
    demand, usable, odds = scenarios(terms)
    result = split(way, demand, usable, terms)
    shop, made = np.asarray(result.shop), np.asarray(result.made)
    others = np.asarray(result.bank) + result.customers + result.investor
    mean = float(odds @ shop)
    return Prospect(
        mean,
        float(np.sqrt(odds @ (shop - mean) ** 2)),
        float(odds @ made),
        float(odds @ (made & (shop <= _NOTHING))),
        float(odds @ (others < -_NOTHING)),
        float(odds @ np.maximum(-others, 0.0)),
    )


_NOTHING = 0.005  # yuan: less than a fen is nothing
