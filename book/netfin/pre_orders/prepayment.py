"""Orders paid before the goods exist: too little to fund, too much to trust.

Prices, costs and values are in yuan a piece; shares are fractions. Every function takes floats or
numpy arrays that broadcast against each other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from netfin.arrays import plain, ratio
from netfin.checks import Numbers, below_one, bounded, bounded_above_zero, fraction, matching
from netfin.pre_orders.bounds import no_more

_ROUNDING = 1e-12


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

    Raises
    ------
    ValueError
        If an amount or share is out of its range, or shapes do not match.

    Notes
    -----
    Both conditions bound the money released, (1 − h)z, so what is held moves both limits alike;
    apart from h = 1, where nothing is released, a share that does both exists if a + V ≥ 2C − P and
    the money released can reach C − a.

    Source
    ------
    Ours: a simple form of the trade-off between funds and moral hazard in Strausz (2017).
    """
    name, own = bounded("reputation", reputation), bounded("own_money", own_money)
    kept_back = fraction("held", held)
    price, cost = _price_above_cost(price, cost, reputation=name, own_money=own, held=kept_back)
    released = price * (1.0 - kept_back)
    missing = np.maximum(cost - own, 0.0)
    with np.errstate(over="ignore"):  # next to nothing released: as good as infinite
        fund = ratio(missing, released, np.where(missing > 0.0, np.inf, 0.0))
        trust = ratio(price - cost + name, released, np.inf)
    works = np.asarray(fund <= np.minimum(trust, 1.0) + _ROUNDING)
    return PrepaidWindow(fund, trust, works if works.ndim else bool(works))


def reputation_value(margin: Numbers, weight_of_future: Numbers) -> Numbers:
    """Value a good name: the profit on all later batches, V = m·β/(1 − β), yuan a piece.

    Parameters
    ----------
    margin : float or ndarray
        m, profit a piece on each later batch, 0 or more.
    weight_of_future : float or ndarray
        β, what a yuan at the next batch is worth today, from 0 to below 1: patience, times the
        chance that there will be a next batch.

    Returns
    -------
    float or ndarray
        V, yuan a piece.

    Raises
    ------
    ValueError
        If a number is out of its range, or shapes do not match.

    Source
    ------
    Klein & Leffler (1981): the value that a seller forgoes when it cheats once and is never bought
    from again.
    """
    profit, weight = bounded("margin", margin), below_one("weight_of_future", weight_of_future)
    matching(margin=profit, weight_of_future=weight)
    return profit * weight / (1.0 - weight)


def patience_needed(price: Numbers, cost: Numbers, prepaid: Numbers) -> Numbers:
    """Find the least weight of the future at which a shop delivers what was paid ahead.

        β* = 1 − (P − C) / (z·P),        0 where the margin is no less than the prepaid money.

    Parameters
    ----------
    price, cost : float or ndarray
        As in `prepaid_window`.
    prepaid : float or ndarray
        z, share of the price paid ahead, from 0 to 1.

    Returns
    -------
    float or ndarray
        β*, from 0 to 1.

    Raises
    ------
    ValueError
        If a price, cost or share is out of its range, or shapes do not match.

    Source
    ------
    Arithmetic: P − zP + V = C with V as from `reputation_value`. At z = 1 it is C/P.
    """
    share = fraction("prepaid", prepaid)
    price, cost = _price_above_cost(price, cost, prepaid=share)
    paid = price * share
    return plain(1.0 - ratio(np.minimum(price - cost, paid), paid, 1.0))


def _price_above_cost(price: Numbers, cost: Numbers, **others: Numbers) -> tuple[Numbers, Numbers]:
    """Check that a piece sells at its cost or above, and that shapes match."""
    price, cost = bounded_above_zero("price", price), bounded("cost", cost)
    matching(price=price, cost=cost, **others)
    no_more("cost", cost, "price", price)
    return price, cost
