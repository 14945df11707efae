"""Who lends to the shop with little cash: a bank with one rate, rivals, the only bank in town.

Units and arrays as in `inventory_loan`.
"""

from __future__ import annotations

import numpy as np

from netfin.arrays import filling, plain
from netfin.checks import Array, Numbers, bounded, count, instance
from netfin.newsvendor import Demand, expected_profit
from netfin.supply_chain.inventory_loan import (
    SeasonLoan,
    efficient_order,
    fair_rate,
    one_demand,
    order_at_rate,
    settle,
)
from netfin.supply_chain.season import POSTED_RATE, SCARVES, SEASON, SeasonTerms

_THIRDS = 50  # of an interval are cut off: what is left of it is a billionth
_MOST_STEPS = 1000


def posted_rate(
    cash: Numbers,
    rate: Numbers = POSTED_RATE,
    season: SeasonTerms = SEASON,
    demand: Demand = SCARVES,
) -> SeasonLoan:
    """Settle the loan of a bank that posts one rate for every order.

    Parameters
    ----------
    cash, rate : float or ndarray
        As in `order_at_rate`: yuan, and a share of the loan.
    season, demand : SeasonTerms, Demand
        As in `order_at_rate`.

    Returns
    -------
    SeasonLoan
        Rate, order, loan, chance of default and average gains, yuan.

    Raises
    ------
    ValueError
        Naming `cash` or `rate`, where it is out of its range, or shapes do not match.
    TypeError
        Naming `season` or `demand`, where it is of another type.

    Source
    ------
    Ours: `order_at_rate`, then `settle`; a rate that does not see the order is that of Buzacott &
    Zhang (2004).
    """
    order = order_at_rate(cash, rate, season, demand)
    return settle(cash, order, rate, season, demand)


def priced_to_order(
    cash: Numbers, season: SeasonTerms = SEASON, demand: Demand = SCARVES
) -> SeasonLoan:
    """Settle the loan of competing banks that set the rate for each order so as to break even.

    What the banks do not gain, the shop does: it gains what the whole order gains, and so orders
    the efficient quantity, whatever its cash.

    Parameters
    ----------
    cash : float or ndarray
        B, yuan, 0 or more.
    season : SeasonTerms
        The goods, yuan a piece, and the cost of money, a year.
    demand : Demand
        Of the season, pieces: `NormalDemand`, `GammaDemand` or `SampleDemand`.

    Returns
    -------
    SeasonLoan
        As from `settle`, with the banks' gain at 0.

    Raises
    ------
    ValueError
        Naming `cash`, where it is out of its range.
    TypeError
        Naming `season` or `demand`, where it is of another type.

    Source
    ------
    Kouvelis & Zhao (2012), by Modigliani & Miller (1958).
    """
    own, demand = bounded("cash", cash), one_demand(demand)
    order = filling(np.shape(own), efficient_order(season, demand))
    return settle(own, order, fair_rate(own, order, season, demand), season, demand)


def strategic_bank(
    cash: Numbers, season: SeasonTerms = SEASON, demand: Demand = SCARVES, steps: int = 100
) -> SeasonLoan:
    """Settle the loan of the only bank in town, which foresees how the shop answers its rate.

    It searches the rate, from `money_cost` to the one that leaves the shop no margin, P/C − 1,
    for its own highest profit: first on `steps` rates, then between the best one's neighbours.
    Where it would lose at every rate it lends nothing, and the shop orders for its cash; `rate`
    is then the one at which it would have lost least.

    Parameters
    ----------
    cash : float or ndarray
        B, yuan, 0 or more.
    steps : int
        From 3 to 1,000; enough that profit has one top between three neighbours.
    season : SeasonTerms
        The goods, yuan a piece, and the cost of money, a year.
    demand : Demand
        Of the season, pieces: `NormalDemand`, `GammaDemand` or `SampleDemand`.

    Returns
    -------
    SeasonLoan
        As from `settle`, at the rate that earns the bank the most.

    Raises
    ------
    ValueError
        Naming `cash` or `steps`, where it is out of its range.
    TypeError
        Naming `season` or `demand`, where it is of another type.

    Notes
    -----
    The shop orders less than the efficient quantity and the rate falls with its cash. Without any
    cash the bank's rate leaves the shop nothing, and the order is the limit of what it would
    choose.

    Source
    ------
    Dada & Hu (2008).
    """
    own, number = np.asarray(bounded("cash", cash)), count("steps", steps, least=3)
    if number > _MOST_STEPS:
        raise ValueError(f"steps must be at most {_MOST_STEPS}, not {number}")
    season = instance("season", season, SeasonTerms)

    def earned(money: Array, rate: Array) -> Array:
        return np.asarray(posted_rate(money, rate, season, demand).lender_profit)

    low, high = season.money_cost, (season.price / season.cost - 1.0) * (1.0 - 1e-6)
    rates = np.linspace(low, max(low, high), number)
    best = rates[np.argmax(earned(own[..., None], rates), axis=-1)]
    step = rates[1] - rates[0]
    left, right = np.maximum(best - step, low), np.minimum(best + step, rates[-1])
    for _ in range(_THIRDS):
        third = (right - left) / 3.0
        tried = np.stack([left + third, right - third], axis=-1)
        nearer, further = np.moveaxis(earned(own[..., None], tried), -1, 0)
        rises = nearer < further
        left, right = np.where(rises, left + third, left), np.where(rises, right, right - third)
    rate = plain(0.5 * (left + right))
    asked = posted_rate(plain(own), rate, season, demand)
    alone = np.minimum(own / season.cost, efficient_order(season, demand))
    order = np.where(np.asarray(asked.lender_profit) < 0.0, alone, asked.order)
    return settle(plain(own), plain(order), rate, season, demand)


def loss_of_total(
    loan: SeasonLoan, season: SeasonTerms = SEASON, demand: Demand = SCARVES
) -> Numbers:
    """Compute what an order costs shop and lender together, against the efficient order, yuan.

    Parameters
    ----------
    loan : SeasonLoan
        As from `settle`.
    season : SeasonTerms
        The goods, yuan a piece, and the cost of money, a year.
    demand : Demand
        Of the season, pieces: `NormalDemand`, `GammaDemand` or `SampleDemand`.

    Returns
    -------
    float or ndarray
        Yuan, 0 at the efficient order.

    Raises
    ------
    TypeError
        Naming `loan`, `season` or `demand`, where it is of another type.

    Source
    ------
    Arithmetic.
    """
    loan, season = instance("loan", loan, SeasonLoan), instance("season", season, SeasonTerms)
    cost = season.cost * (1.0 + season.money_cost)
    best = efficient_order(season, demand)
    most = expected_profit(best, season.price, cost, season.salvage, demand)
    return most - expected_profit(loan.order, season.price, cost, season.salvage, demand)
