"""Orders paid before the goods exist: what they fund, what they ask of trust, what they tell.

A shop makes one batch. Prices, costs and values are in yuan a piece; shares and probabilities are
fractions. Every function takes floats or numpy arrays that broadcast against each other, unless
it says otherwise.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import binom

from netfin.checks import Numbers, finite, fraction, non_negative, positive, whole_number

# ---------------------------------------------------------------------------------------------
# Too little to fund, too much to trust


class PrepaidWindow(NamedTuple):
    """Which shares of the price, paid ahead, let a batch be made, and let the buyer be safe."""

    fund_from: Numbers
    """Least prepaid share that pays for the batch; infinite where none does."""
    trust_upto: Numbers
    """Largest prepaid share at which the shop gains more by delivering; may be above 1."""
    works: NDArray[np.bool_] | bool
    """Whether some share from 0 to 1 does both."""


def prepaid_window(
    price: Numbers,
    cost: Numbers,
    reputation: Numbers = 0.0,
    own_money: Numbers = 0.0,
    held: Numbers = 0.0,
) -> PrepaidWindow:
    """Find the prepaid shares that fund a piece, and those at which the shop will deliver it.

    Of the prepaid share z the shop receives (1 − h)z at once. It can make the piece if

        (1 − h)·z·P + a ≥ C,

    and it gains more by delivering, for the rest of the price and its name, than by keeping
    the money and not spending the cost, if

        P − (1 − h)·z·P + V ≥ C.

    Parameters
    ----------
    price, cost : float or ndarray
        P above 0 and C from 0 to P, yuan a piece.
    reputation : float or ndarray
        V, what the shop would lose for each piece not delivered, 0 or more: later profit, a
        deposit with the platform, a court's judgment.
    own_money : float or ndarray
        a, what the shop puts in itself for each piece, 0 or more.
    held : float or ndarray
        h, share of the prepaid money that somebody keeps until delivery, from 0 (paid to the
        shop) to 1 (escrow).

    Returns
    -------
    PrepaidWindow
        `fund_from` is 0 where own money pays for all. `trust_upto` is infinite under full escrow.

    Notes
    -----
    Both conditions bound the money released, (1 − h)z, so what is held moves both limits alike;
    apart from h = 1, where nothing is released, a share that does both exists if a + V ≥ 2C − P
    and the money released can reach C − a. A simple form of the trade-off between funds and moral
    hazard in Strausz, "A Theory of Crowdfunding" (2017).
    """
    price, cost = _price_above_cost(price, cost)
    name, own = non_negative("reputation", reputation), non_negative("own_money", own_money)
    released = price * (1.0 - fraction("held", held))
    missing = np.maximum(cost - own, 0.0)
    fund = _ratio(missing, released, np.where(missing > 0.0, np.inf, 0.0))
    trust = _ratio(price - cost + name, released, np.inf)
    works = (fund <= np.minimum(trust, 1.0) + _ROUNDING).astype(bool)
    return PrepaidWindow(_plain(fund), _plain(trust), works if works.ndim else bool(works))


def reputation(margin: Numbers, weight_of_future: Numbers) -> Numbers:
    """Value a good name: the profit on all later batches, V = m·β/(1 − β), yuan a piece.

    Parameters
    ----------
    margin : float or ndarray
        m, profit a piece on each later batch, 0 or more.
    weight_of_future : float or ndarray
        β, what a yuan at the next batch is worth today, from 0 to below 1: patience, times the
        chance that there will be a next batch.

    Notes
    -----
    The value that a seller forgoes when it cheats once and is never bought from again: Klein &
    Leffler, "The Role of Market Forces in Assuring Contractual Performance" (1981).
    """
    weight = fraction("weight_of_future", weight_of_future, open_right=True)
    return non_negative("margin", margin) * weight / (1.0 - weight)


def patience_needed(price: Numbers, cost: Numbers, prepaid: Numbers) -> Numbers:
    """Find the least weight of the future at which a shop delivers what was paid ahead.

        β* = 1 − (P − C) / (z·P),        0 where the margin is no less than the prepaid money.

    Parameters
    ----------
    price, cost : float or ndarray
        As in `prepaid_window`.
    prepaid : float or ndarray
        z, share of the price paid ahead, from 0 to 1.

    Notes
    -----
    From P − zP + V = C with V as in `reputation`. At z = 1 it is C/P.
    """
    price, cost = _price_above_cost(price, cost)
    paid = price * fraction("prepaid", prepaid)
    margin = price - cost
    return _plain(np.maximum(1.0 - _ratio(margin, paid, np.inf), 0.0))


# ---------------------------------------------------------------------------------------------
# Selling in advance


class AdvanceSale(NamedTuple):
    """One good sold to one buyer, ahead of time or on the spot."""

    spot_price: Numbers
    spot_profit: Numbers
    """Expected, a buyer; 0 where the shop would rather not sell."""
    credible: NDArray[np.bool_] | bool
    """Whether the shop, once it is time, will ask the high price."""
    advance_price: Numbers
    advance_profit: Numbers
    regret: Numbers
    """What a buyer who paid ahead has paid too much if the good turns out to be worth little."""


def advance_or_spot(
    high_value: Numbers,
    low_value: Numbers,
    high_share: Numbers,
    cost: Numbers,
    looks_ahead: bool = True,
) -> AdvanceSale:
    """Compare selling before buyers know what a good is worth to them with selling after.

    Later a share q of the buyers values the good at H, the others at L; ahead of time nobody knows
    which he will be. On the spot the shop asks H if q(H − C) > L − C and L otherwise. Ahead of
    time a buyer pays what the good is worth to him on average, less what he expects to gain by
    waiting:

        qH + (1 − q)L        if the spot price will be H,
        L                    if it will be L and he looks ahead.

    Parameters
    ----------
    high_value, low_value : float or ndarray
        H and L, yuan; L from 0 to H, and H no less than the cost.
    high_share : float or ndarray
        q, from 0 to 1.
    cost : float or ndarray
        C, yuan a piece, 0 or more.
    looks_ahead : bool
        Whether buyers think of the spot price when the offer is made. If not, they pay what the
        good is worth to them on average.

    Notes
    -----
    Xie & Shugan (2001), without their capacity limit and late arrivals.
    """
    high, low = non_negative("high_value", high_value), non_negative("low_value", low_value)
    share, cost = fraction("high_share", high_share), non_negative("cost", cost)
    if np.any(np.asarray(low) > high):
        raise ValueError(f"low_value must be no more than high_value {high}, not {low}")
    if np.any(np.asarray(cost) > high):
        raise ValueError(f"cost must be no more than high_value {high}, not {cost}")
    few, all_of_them = share * (high - cost), low - cost
    credible = np.asarray(few > all_of_them)
    worth = share * high + (1.0 - share) * low
    by_waiting = np.where(credible, 0.0, share * (high - low)) if looks_ahead else 0.0
    advance = worth - by_waiting
    return AdvanceSale(
        _plain(np.where(credible, high, low)),
        _plain(np.maximum(np.maximum(few, all_of_them), 0.0)),
        credible if credible.ndim else bool(credible),
        _plain(advance),
        _plain(advance - cost),
        _plain(advance - low),
    )


# ---------------------------------------------------------------------------------------------
# Pre-orders as information


class Forecasts(NamedTuple):
    """What a shop expects of each period after it has seen the early orders."""

    forecast: NDArray[np.float64]
    """Expected demand of each period, from all the other periods."""
    error: NDArray[np.float64]
    """Demand less forecast."""
    spread: NDArray[np.float64]
    """Standard deviation of the errors of the other periods: what the shop may know."""


def uncertainty_left(correlation: Numbers) -> Numbers:
    """Scale a standard deviation by what a signal leaves of it, √(1 − χ²).

    Parameters
    ----------
    correlation : float or ndarray
        χ, between demand and signal, from −1 to 1.

    Notes
    -----
    For normal demand, and for the errors of a linear forecast; Fisher & Raman (1996) update
    demand for fashion goods this way, after the first orders.
    """
    size = fraction("the size of correlation", np.abs(finite("correlation", correlation)))
    return _plain(np.sqrt(1.0 - np.square(size)))


def forecast_from_early(early: ArrayLike, demand: ArrayLike) -> Forecasts:
    """Forecast each period's demand by a line through the others' early orders.

    Each period is left out of the line that forecasts it (least squares; the mean, where the early
    orders do not differ), so nothing is known of it but its own early orders.

    Parameters
    ----------
    early, demand : array_like
        Early orders and whole demand of each period, 0 or more; equally long, 4 periods at least.
    """
    seen, whole = np.atleast_1d(non_negative("early", early), non_negative("demand", demand))
    if seen.shape != whole.shape or seen.ndim != 1 or seen.size < _FEWEST:
        raise ValueError(
            f"early and demand must be two lists of the same length, {_FEWEST} or more, "
            f"not {seen.shape} and {whole.shape}"
        )
    count = seen.size
    off = seen - seen.mean()
    squares = float(off @ off)
    slope = float(off @ whole) / squares if squares > 0.0 else 0.0
    leverage = 1.0 / count + (off**2 / squares if squares > 0.0 else 0.0)
    residual = whole - whole.mean() - slope * off
    positive("what the other periods tell (1 less leverage)", 1.0 - leverage)
    error = residual / (1.0 - leverage)
    others = (np.sum(error**2) - error**2) / (count - 1)
    return Forecasts(whole - error, error, np.sqrt(others))


def whole_weeks(dates: ArrayLike, units: ArrayLike) -> NDArray[np.float64]:
    """Lay daily demand out in weeks, and leave out every week that lacks a day.

    Parameters
    ----------
    dates : array_like
        Days, as dates or as text year-month-day, each once, in any order.
    units : array_like
        Demand of each, 0 or more.

    Returns
    -------
    ndarray
        A row for each whole week in the order of time, from the weekday of the earliest date on.
    """
    days = np.asarray(dates, dtype="datetime64[D]")
    amounts = np.asarray(non_negative("units", units))
    if days.shape != amounts.shape or days.ndim != 1 or np.unique(days).size != days.size:
        raise ValueError("dates must be a list of different days, one for each of the units")
    place = (days - days.min()).astype(int)
    table = np.full((place.max() // _WEEK + 1, _WEEK), np.nan)
    table[place // _WEEK, place % _WEEK] = amounts
    return table[~np.isnan(table).any(axis=1)]


def seen_in_first_days(days: ArrayLike, seen: int) -> tuple[NDArray[np.float64], Numbers]:
    """Split periods into what their first days sell and what they sell in all.

    Parameters
    ----------
    days : array_like
        Demand, 0 or more: a row for each period, a column for each of its days.
    seen : int
        Number of first days, from 0 to less than all.

    Returns
    -------
    early, demand : ndarray
        A number for each period.
    """
    table = np.asarray(non_negative("days", days))
    if table.ndim != 2:
        raise ValueError(f"days must be a table, not {table.ndim}-dimensional")
    first = int(whole_number("seen", seen, least=0))
    if first >= table.shape[1]:
        raise ValueError(f"seen must be less than {table.shape[1]} days, not {first}")
    return table[:, :first].sum(axis=1), table.sum(axis=1)


# ---------------------------------------------------------------------------------------------
# All or nothing


class Campaign(NamedTuple):
    """A campaign that makes the batch only if enough visitors order."""

    success: float
    """Chance of reaching the goal."""
    profit: float
    """Expected, yuan, with the goal."""
    profit_without_goal: float
    """Expected, yuan, if the batch is made whatever is ordered."""


def campaign_success(visitors: Numbers, order_probability: Numbers, goal: Numbers) -> Numbers:
    """Find the chance that at least `goal` of N visitors order: P(Bin(N, q) ≥ k).

    Parameters
    ----------
    visitors, goal : float or ndarray
        N and k, whole numbers, 0 or more.
    order_probability : float or ndarray
        q, from 0 to 1, of each visitor, independent of the others.
    """
    count = whole_number("visitors", visitors, least=0)
    chance = fraction("order_probability", order_probability)
    least = np.asarray(whole_number("goal", goal, least=0))
    return _plain(binom.sf(least - 1.0, count, chance))


def campaign(
    visitors: int, order_probabilities: ArrayLike, goal: int, margin: float, fixed_cost: float
) -> Campaign:
    """Compute what a goal is worth when nobody knows how much a good will please.

    A batch costs a fixed sum to set up and earns a margin on each order. Below the goal
    everybody gets the money back and nothing is made.

    Parameters
    ----------
    visitors : int
        N, 1 or more.
    order_probabilities : array_like
        The chances that a visitor orders which the shop thinks equally likely, from 0 to 1.
    goal : int
        k, orders from which on the batch is made, 0 or more.
    margin, fixed_cost : float
        Yuan an order, and yuan, 0 or more.
    """
    count = int(whole_number("visitors", visitors))
    chances = np.atleast_1d(fraction("order_probabilities", order_probabilities))
    least = int(whole_number("goal", goal, least=0))
    each, sunk = non_negative("margin", margin), non_negative("fixed_cost", fixed_cost)
    orders = np.arange(count + 1)
    probability = binom.pmf(orders, count, chances[:, None]).mean(axis=0)
    profit = each * orders - sunk
    made = orders >= least
    return Campaign(
        float(probability[made].sum()),
        float(probability[made] @ profit[made]),
        float(probability @ profit),
    )


# ---------------------------------------------------------------------------------------------

_ROUNDING = 1e-12
_FEWEST = 4
_WEEK = 7


def _price_above_cost(price: Numbers, cost: Numbers) -> tuple[Numbers, Numbers]:
    """Check that a piece sells at its cost or above."""
    price, cost = positive("price", price), non_negative("cost", cost)
    if np.any(np.asarray(cost) > price):
        raise ValueError(f"cost must be no more than the price {price}, not {cost}")
    return price, cost


def _ratio(above: Numbers, below: Numbers, otherwise: Any) -> NDArray[np.float64]:
    """Divide; where the divisor is 0, take `otherwise`."""
    top, bottom, spare = np.broadcast_arrays(above, below, otherwise)
    out = np.array(spare, dtype=np.float64)
    return np.asarray(np.divide(top, bottom, out=out, where=bottom > 0.0))


def _plain(numbers: Any) -> Numbers:
    """Give a numpy scalar as a float and leave an array as it is."""
    return float(numbers) if np.ndim(numbers) == 0 else numbers
