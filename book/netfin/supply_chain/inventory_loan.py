"""The newsvendor with a bank loan: who orders how much, and who bears the unsold goods.

A shop with little cash orders goods for one season, borrows what it lacks, and owes no more than
the season brings in. Rates are fractions for the season, money in yuan, quantities in pieces.
Cash, orders and rates are floats or numpy arrays that broadcast; demand is one distribution.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray

from netfin.checks import Numbers, finite, non_negative, positive
from netfin.lending import BANK, break_even_rate
from netfin.newsvendor import (
    Demand,
    GammaDemand,
    critical_fractile,
    expected_profit,
    expected_revenue,
    order_quantity,
)
from netfin.terms import About, Terms

_HALVINGS = 50
_SURE = 1.0 - 1e-12
"""No order is searched beyond the demand that is exceeded once in 10¹² seasons."""


@dataclass(frozen=True)
class SeasonTerms(Terms):
    """The goods of one season, and what money costs until it is over.

    `money_cost` is what a lender must earn on a loan before any loss, and what the shop's own
    cash would earn elsewhere. The default is the bank of the chapter on the spread: its savers,
    its handling and its capital, 5.05 %. Amounts are yuan a piece.
    """

    price: Annotated[float, About("P", "yuan a piece", "our assumption: a scarf")] = 100.0
    cost: Annotated[float, About("C", "yuan a piece", "our assumption")] = 60.0
    salvage: Annotated[float, About("v", "yuan a piece", "our assumption: a clearance sale")] = 20.0
    money_cost: Annotated[
        float,
        About("f_s", "a season", "f + κ(k_e − f) + o of the bank in the chapter on the spread"),
    ] = float(BANK.cost - BANK.expected_loss)

    def __post_init__(self) -> None:
        """Check that the goods pay for the money they bind."""
        for name in ("price", "cost"):
            object.__setattr__(self, name, positive(name, getattr(self, name)))
        for name in ("salvage", "money_cost"):
            object.__setattr__(self, name, non_negative(name, getattr(self, name)))
        critical_fractile(self.price, self.cost * (1.0 + self.money_cost), self.salvage)

    def hurdle(self, rate: Numbers) -> Numbers:
        """a(r) = (C(1 + r) − v)/(P − v), the share of a season's pieces that pays for them all.

        One less the critical fractile of a shop that pays C(1 + r) for a piece.
        """
        return (self.cost * (1.0 + rate) - self.salvage) / (self.price - self.salvage)


SEASON = SeasonTerms()
"""A season of Ms Lin's scarves."""

SCARVES = GammaDemand(1000.0, 800.0)
"""Demand for a new design: hard to foresee."""

POSTED_RATE = float(break_even_rate(BANK))
"""The rate that the bank of the chapter on the spread posts for all its small shops."""


class SeasonLoan(NamedTuple):
    """One shop's order, its loan, and what the parties expect from them; yuan and pieces."""

    order: Numbers
    loan: Numbers
    rate: Numbers
    default_probability: Numbers
    lender_profit: Numbers
    shop_gain: Numbers

    @property
    def total(self) -> Numbers:
        """What shop and lender gain together, expected, after the cost of all money."""
        return self.lender_profit + self.shop_gain


def efficient_order(season: SeasonTerms = SEASON, demand: Demand = SCARVES) -> Numbers:
    """Find the order that earns shop and lender together the most, pieces.

    The newsvendor's order at a cost of C(1 + f_s): who holds the money does not matter
    (Modigliani & Miller 1958).
    """
    cost = season.cost * (1.0 + season.money_cost)
    return order_quantity(season.price, cost, season.salvage, demand)


def break_even_sales(
    order: Numbers, cash: Numbers, rate: Numbers, season: SeasonTerms = SEASON
) -> Numbers:
    """Find the demand below which the shop cannot repay: ((CQ − B)(1 + r) − vQ)/(P − v), or 0.

    Parameters
    ----------
    order, cash, rate : float or ndarray
        Q, B and r; a shop with B ≥ CQ borrows nothing.
    """
    loan = np.maximum(season.cost * order - cash, 0.0)
    short = loan * (1.0 + rate) - season.salvage * order
    return np.maximum(short, 0.0) / (season.price - season.salvage)


def order_at_rate(
    cash: Numbers, rate: Numbers, season: SeasonTerms = SEASON, demand: Demand = SCARVES
) -> Numbers:
    """Find what a shop orders if it may borrow any amount at a rate that does not change.

    It owes at most what the season brings, so it counts only the seasons in which it can repay:

        1 − F(Q) = a(r)·(1 − F(k(Q))),

    with k the break-even sales. Without a loan k = 0 and this is the newsvendor's order. With
    one, pieces that would sell only in good seasons are paid for, in bad ones, by the lender.

    Parameters
    ----------
    cash : float or ndarray
        B, the shop's own money, yuan, 0 or more.
    rate : float or ndarray
        r, 0 or more, and at least the season's `money_cost`.
    demand : Demand
        Its hazard rate must not fall (normal; gamma with sd ≤ mean; uniform), so that there is
        one solution.

    Returns
    -------
    float or ndarray
        Pieces. A shop that could buy more than it wants at the cost of its own cash borrows
        nothing; one in between spends all its cash and borrows nothing.

    Notes
    -----
    Buzacott & Zhang (2004) and Kouvelis & Zhao (2012) have the condition.
    """
    own, asked = np.broadcast_arrays(non_negative("cash", cash), non_negative("rate", rate))
    if np.any(asked < season.money_cost):
        raise ValueError(f"rate must be at least the money_cost {season.money_cost}, not {rate}")
    hurdle = season.hurdle(asked)
    affordable = own / season.cost

    def wants_more(order: Numbers) -> NDArray[np.bool_]:
        sales = break_even_sales(order, own, asked, season)
        return np.greater(1.0 - demand.below(order), hurdle * (1.0 - demand.below(sales)))

    borrowed = _bisect(wants_more, affordable, demand.quantile(_SURE))
    borrows = np.less(hurdle, 1.0) & wants_more(affordable)
    order = np.where(borrows, borrowed, np.minimum(affordable, efficient_order(season, demand)))
    return float(order) if order.ndim == 0 else order


def _bisect(
    more: Callable[[Numbers], NDArray[np.bool_]], low: Numbers, high: Numbers
) -> NDArray[np.float64]:
    """Find where `more` turns from true to false, element by element."""
    low, high = np.broadcast_arrays(np.asarray(low, float), np.asarray(high, float))
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        up = more(middle)
        low, high = np.where(up, middle, low), np.where(up, high, middle)
    return low


def settle(
    cash: Numbers,
    order: Numbers,
    rate: Numbers,
    season: SeasonTerms = SEASON,
    demand: Demand = SCARVES,
) -> SeasonLoan:
    """Follow a loan to the end of the season, in expectation.

    The lender gets all it is owed, or what the season brought: the revenue of min(D, k) pieces
    sold. Cash that the shop keeps earns `money_cost`, as does the lender's money elsewhere, so
    that both gains are above what doing nothing would give.

    Parameters
    ----------
    cash, order, rate : float or ndarray
        B, Q and r, all 0 or more; the loan is CQ − B, or nothing.
    """
    own, pieces = non_negative("cash", cash), non_negative("order", order)
    asked = finite("rate", rate)
    loan = np.maximum(season.cost * pieces - own, 0.0)
    owed = loan * (1.0 + asked)
    sales = break_even_sales(pieces, own, asked, season)
    in_default = season.salvage * pieces
    in_default = in_default + (season.price - season.salvage) * demand.expected_sales(sales)
    repaid = np.where(sales > 0.0, in_default, owed)
    lender = repaid - loan * (1.0 + season.money_cost)
    money = 1.0 + season.money_cost
    revenue = expected_revenue(pieces, season.price, season.salvage, demand)
    shop = revenue - repaid - np.minimum(own, season.cost * pieces) * money
    defaults = np.where(sales > 0.0, demand.below(sales), 0.0)
    every = np.broadcast_arrays(pieces, loan, asked, defaults, lender, shop)
    return SeasonLoan(*(float(each) if each.ndim == 0 else each for each in every))


def fair_rate(
    cash: Numbers, order: Numbers, season: SeasonTerms = SEASON, demand: Demand = SCARVES
) -> Numbers:
    """Find the rate at which a lender that knows the order breaks even on it.

    Solves E[repaid] = (CQ − B)(1 + f_s). It is the break-even rate of `netfin.lending`, with the
    PD and LGD that this order brings about. Without a loan, h.

    Raises
    ------
    ValueError
        If even all that the season brings would not do: nobody lends for such an order.
    """
    own, pieces = np.broadcast_arrays(non_negative("cash", cash), positive("order", order))
    loan = np.maximum(season.cost * pieces - own, 0.0)
    needed = loan * (1.0 + season.money_cost)
    least, margin = season.salvage * pieces, season.price - season.salvage
    most = expected_revenue(pieces, season.price, season.salvage, demand)
    if np.any(needed > most):
        raise ValueError(f"order must bring in what is lent on it, but {order} pieces do not")

    def too_little(sales: Numbers) -> NDArray[np.bool_]:
        short: NDArray[np.bool_] = least + margin * demand.expected_sales(sales) < needed
        return short

    sales = _bisect(too_little, 0.0, pieces)
    owed = np.where(least < needed, least + margin * sales, needed)
    rate = np.where(loan > 0.0, owed / np.where(loan > 0.0, loan, 1.0) - 1.0, season.money_cost)
    return float(rate) if rate.ndim == 0 else rate


# ---------------------------------------------------------------------------------------------
# Three ways to set the rate


def posted_rate(
    cash: Numbers,
    rate: Numbers = POSTED_RATE,
    season: SeasonTerms = SEASON,
    demand: Demand = SCARVES,
) -> SeasonLoan:
    """Settle the loan of a bank that posts one rate for every order."""
    return settle(cash, order_at_rate(cash, rate, season, demand), rate, season, demand)


def priced_to_order(
    cash: Numbers, season: SeasonTerms = SEASON, demand: Demand = SCARVES
) -> SeasonLoan:
    """Settle the loan of competing banks that set the rate for each order so as to break even.

    What the banks do not gain, the shop does: it gains what the whole order gains, and so orders
    the efficient quantity, whatever its cash (Modigliani & Miller 1958; Kouvelis & Zhao 2012).
    """
    own = np.asarray(non_negative("cash", cash))
    order = np.full(own.shape, efficient_order(season, demand))
    return settle(cash, order, fair_rate(own, order, season, demand), season, demand)


def strategic_bank(
    cash: Numbers, season: SeasonTerms = SEASON, demand: Demand = SCARVES, steps: int = 100
) -> SeasonLoan:
    """Settle the loan of the only bank in town, which foresees how the shop answers its rate.

    It searches the rate, from `money_cost` to the one that leaves the shop no margin, P/C − 1,
    for its own highest profit: first on `steps` rates, then between the best one's neighbours.

    Notes
    -----
    Dada & Hu (2008): the shop then orders less than the efficient quantity and the rate falls
    with its cash. Without any cash the bank's rate leaves the shop nothing, and the order is the
    limit of what it would choose.
    """
    own = np.asarray(non_negative("cash", cash))
    low, high = season.money_cost, (season.price / season.cost - 1.0) * (1.0 - 1e-6)
    rates = np.linspace(low, high, steps)
    earned = posted_rate(own[..., None], rates, season, demand).lender_profit
    best = rates[np.argmax(earned, axis=-1)]
    step = rates[1] - rates[0]
    left, right = np.maximum(best - step, low), np.minimum(best + step, high)
    for _ in range(_HALVINGS):
        third = (right - left) / 3.0
        lower = posted_rate(own, left + third, season, demand).lender_profit
        upper = posted_rate(own, right - third, season, demand).lender_profit
        left = np.where(np.less(lower, upper), left + third, left)
        right = np.where(np.less(lower, upper), right, right - third)
    middle = 0.5 * (left + right)
    return posted_rate(own, float(middle) if middle.ndim == 0 else middle, season, demand)


def loss_of_total(
    loan: SeasonLoan, season: SeasonTerms = SEASON, demand: Demand = SCARVES
) -> Numbers:
    """Compute what an order costs shop and lender together, against the efficient order, yuan."""
    cost = season.cost * (1.0 + season.money_cost)
    best = efficient_order(season, demand)
    most = expected_profit(best, season.price, cost, season.salvage, demand)
    return most - expected_profit(loan.order, season.price, cost, season.salvage, demand)
