"""The newsvendor with a bank loan: who orders how much, and who bears the unsold goods.

A shop with little cash orders goods for one season, borrows what it lacks, and owes no more than
the season brings in. Rates are fractions for the season, money in yuan, quantities in pieces.
Cash, orders and rates are floats or numpy arrays that broadcast, each number up to 10¹⁵; demand is
one distribution.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from netfin.arrays import bisect, plain, ratio
from netfin.checks import Array, Numbers, bounded, instance, matching
from netfin.newsvendor import (
    Demand,
    SampleDemand,
    expected_revenue,
    order_quantity,
)
from netfin.supply_chain.season import SCARVES, SEASON, SeasonTerms

_SURE = 1.0 - 1e-12
"""No order is searched beyond the demand that is exceeded once in 10¹² seasons."""
_TRIED = np.arange(1, 50) / 50.0  # quantiles of demand that an order is compared with


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

    The newsvendor's order at a cost of C(1 + f_s): who holds the money does not matter.

    Parameters
    ----------
    season : SeasonTerms
        The goods and the cost of money.
    demand : Demand
        `NormalDemand`, `GammaDemand` or `SampleDemand`.

    Returns
    -------
    float or ndarray
        Pieces, 0 or more.

    Raises
    ------
    TypeError
        Naming `season` or `demand`, where it is of another type.

    Source
    ------
    Modigliani & Miller (1958), for the newsvendor's order.
    """
    season = instance("season", season, SeasonTerms)
    cost = season.cost * (1.0 + season.money_cost)
    return order_quantity(season.price, cost, season.salvage, demand)


def break_even_sales(
    order: Numbers, cash: Numbers, rate: Numbers, season: SeasonTerms = SEASON
) -> Numbers:
    """Find the demand below which the shop cannot repay: ((CQ − B)(1 + r) − vQ)/(P − v), or 0.

    Parameters
    ----------
    order, cash, rate : float or ndarray
        Q, B and r, all 0 or more; a shop with B ≥ CQ borrows nothing.
    season : SeasonTerms
        The goods, yuan a piece, and the cost of money, a year.

    Returns
    -------
    float or ndarray
        Pieces.

    Raises
    ------
    ValueError
        Naming `order`, `cash` or `rate`, where it is out of its range, or shapes do not match.
    TypeError
        Naming `season`, where it is of another type.

    Source
    ------
    Arithmetic: revenue made equal to the debt.
    """
    pieces, own = bounded("order", order), bounded("cash", cash)
    asked, season = bounded("rate", rate), instance("season", season, SeasonTerms)
    matching(order=pieces, cash=own, rate=asked)
    return plain(_break_even_sales(pieces, own, asked, season))


def _break_even_sales(order: Numbers, cash: Numbers, rate: Numbers, season: SeasonTerms) -> Numbers:
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
        Its hazard rate must not fall (normal; gamma with sd ≤ mean), so that there is one
        solution; of a sample the best observation is taken, whatever it looks like.
    season : SeasonTerms
        The goods, yuan a piece, and the cost of money, a year.

    Returns
    -------
    float or ndarray
        Pieces. A shop that could buy more than it wants at the cost of its own cash borrows
        nothing; one in between spends all its cash and borrows nothing.

    Raises
    ------
    ValueError
        Where the solution is not the best order, as may happen with a hazard rate that falls.
    TypeError
        Naming `season` or `demand`, where it is of another type.

    Source
    ------
    Kouvelis & Zhao (2012).
    """
    own, asked, demand = bounded("cash", cash), bounded("rate", rate), one_demand(demand)
    season = instance("season", season, SeasonTerms)
    shape = matching(cash=own, rate=asked)
    if np.any(np.asarray(asked) < season.money_cost):
        raise ValueError(f"rate must be at least the money_cost {season.money_cost}, not {rate}")
    without = np.minimum(own / season.cost, efficient_order(season, demand))
    money, price = np.broadcast_to(own, shape), np.broadcast_to(asked, shape)
    if isinstance(demand, SampleDemand):
        return plain(_best_observation(money, price, season, demand, without))
    order = np.where(
        _wants_loan(money, price, season, demand),
        _with_loan(money, price, season, demand),
        without,
    )
    _refuse_a_better(order, money, price, season, demand)
    return plain(order)


def one_demand(demand: Demand) -> Demand:
    """Accept one distribution and no array of them, over which an order could not be searched.

    Parameters
    ----------
    demand : Demand
        Of a season, pieces.

    Returns
    -------
    Demand
        The same.

    Raises
    ------
    ValueError
        Naming `demand`, where its mean or sd is an array.

    Source
    ------
    Ours: a check.
    """
    given = np.broadcast_shapes(*(np.shape(getattr(demand, key, 0.0)) for key in ("mean", "sd")))
    if given:
        raise ValueError(f"demand must be one distribution, not an array of shape {given}")
    return demand


def _too_many(order: Array, own: Array, rate: Array, season: SeasonTerms, demand: Demand) -> Array:
    """What one more piece costs the shop less what it brings, over P − v; rises with the order."""
    sales = _break_even_sales(order, own, rate, season)
    risk = season.hurdle(rate) * (1.0 - np.asarray(demand.below(sales)))
    return np.asarray(risk - (1.0 - np.asarray(demand.below(order))))


def _wants_loan(own: Array, rate: Array, season: SeasonTerms, demand: Demand) -> Array:
    """Tell whether a shop that has spent all its cash would borrow for one more piece."""
    spent = own / season.cost
    pays = np.less(season.hurdle(rate), 1.0)
    return np.asarray(pays & (_too_many(spent, own, rate, season, demand) < 0.0))


def _with_loan(own: Array, rate: Array, season: SeasonTerms, demand: Demand) -> Array:
    """Solve the condition for the order of a shop that borrows."""
    most = np.maximum(demand.quantile(_SURE), own / season.cost)
    return bisect(
        lambda order: _too_many(order, own, rate, season, demand), own / season.cost, most
    )


def _best_observation(
    own: Array, rate: Array, season: SeasonTerms, demand: SampleDemand, without: Numbers
) -> Array:
    """Find the best of the orders for which the shop borrows, and of the one without a loan.

    Between two observations the shop's gain is convex in the order, so the best is at an end.
    """
    borrowed = np.maximum(np.unique(demand.observed), (own / season.cost)[..., None])
    orders = np.concatenate([np.broadcast_to(without, own.shape)[..., None], borrowed], axis=-1)
    gains = _settled(own[..., None], orders, rate[..., None], season, demand).shop_gain
    best = np.argmax(np.asarray(gains), axis=-1)
    return np.asarray(np.take_along_axis(orders, best[..., None], axis=-1)[..., 0])


def _refuse_a_better(
    order: Array, own: Array, rate: Array, season: SeasonTerms, demand: Demand
) -> None:
    """Refuse a demand whose quantiles hold an order that gives the shop more than the one found."""
    others = np.maximum(np.asarray(demand.quantile(_TRIED)), 0.0)
    tried = _settled(own[..., None], others, rate[..., None], season, demand).shop_gain
    found = np.asarray(_settled(own, order, rate, season, demand).shop_gain)
    better = np.asarray(tried).max(axis=-1) > found + 1e-6 * season.price * (1.0 + order)
    if np.any(better):
        raise ValueError(
            "demand must have a hazard rate that does not fall: the shop would gain more by "
            f"another order than by the {float(np.asarray(order)[better].flat[0]):.6g} pieces "
            "at which one more does not pay"
        )


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
    season : SeasonTerms
        The goods, yuan a piece, and the cost of money, a year.
    demand : Demand
        Of the season, pieces: `NormalDemand`, `GammaDemand` or `SampleDemand`.

    Returns
    -------
    SeasonLoan
        Each part a float, or an array of the shape of the three together.

    Raises
    ------
    ValueError
        Naming `cash`, `order` or `rate`, where it is out of its range, or shapes do not match.
    TypeError
        Naming `season` or `demand`, where it is of another type.

    Source
    ------
    Kouvelis & Zhao (2012): a loan with limited liability.
    """
    own, pieces = bounded("cash", cash), bounded("order", order)
    asked, season = bounded("rate", rate), instance("season", season, SeasonTerms)
    matching(cash=own, order=pieces, rate=asked)
    return _settled(own, pieces, asked, season, one_demand(demand))


def _settled(
    own: Numbers, order: Numbers, rate: Numbers, season: SeasonTerms, demand: Demand
) -> SeasonLoan:
    revenue = expected_revenue(order, season.price, season.salvage, demand)
    loan = np.maximum(season.cost * order - own, 0.0)
    owed = loan * (1.0 + rate)
    sales = _break_even_sales(order, own, rate, season)
    margin, money = season.price - season.salvage, 1.0 + season.money_cost
    in_default = season.salvage * order + margin * demand.expected_sales(plain(sales))
    repaid = np.where(sales > 0.0, in_default, owed)
    shop = revenue - repaid - np.minimum(own, season.cost * order) * money
    defaults = np.where(sales > 0.0, demand.below(plain(sales)), 0.0)
    every = np.broadcast_arrays(order, loan, rate, defaults, repaid - loan * money, shop)
    return SeasonLoan(*map(plain, every))


def fair_rate(
    cash: Numbers, order: Numbers, season: SeasonTerms = SEASON, demand: Demand = SCARVES
) -> Numbers:
    """Find the rate at which a lender that knows the order breaks even on it.

    Solves E[repaid] = (CQ − B)(1 + f_s). It is the break-even rate of `netfin.lending`, with the
    PD and LGD that this order brings about. Without a loan, f_s.

    Parameters
    ----------
    cash : float or ndarray
        B, yuan, 0 or more.
    order : float or ndarray
        Q, pieces, 0 or more.
    season : SeasonTerms
        The goods, yuan a piece, and the cost of money, a year.
    demand : Demand
        Of the season, pieces: `NormalDemand`, `GammaDemand` or `SampleDemand`.

    Returns
    -------
    float or ndarray
        A rate, a fraction for the season.

    Raises
    ------
    ValueError
        If even all that the season brings would not do: nobody lends for such an order.
    TypeError
        Naming `season` or `demand`, where it is of another type.

    Source
    ------
    Kouvelis & Zhao (2012): the bank that breaks even.
    """
    own, pieces, demand = bounded("cash", cash), bounded("order", order), one_demand(demand)
    season = instance("season", season, SeasonTerms)
    shape = matching(cash=own, order=pieces)
    loan = np.maximum(season.cost * pieces - own, 0.0)
    needed = loan * (1.0 + season.money_cost)
    least, margin = season.salvage * pieces, season.price - season.salvage
    most = expected_revenue(pieces, season.price, season.salvage, demand)
    if np.any(needed > most):
        raise ValueError(f"order must bring in what is lent on it, but {order} pieces do not")

    def enough(sales: Array) -> Array:
        return np.asarray(least + margin * demand.expected_sales(plain(sales)) - needed)

    sales = bisect(enough, np.zeros(shape), np.broadcast_to(pieces, shape))
    owed = np.where(least < needed, least + margin * sales, needed)
    return ratio(owed - loan, loan, season.money_cost)
