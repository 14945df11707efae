"""Selling before buyers know what a good is worth to them, or after.

Values, prices and costs are in yuan; shares are fractions. Floats or numpy arrays that broadcast
against each other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from netfin.arrays import plain
from netfin.checks import Numbers, bounded, flag, fraction, matching
from netfin.pre_orders.bounds import no_more


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

    Returns
    -------
    AdvanceSale
        Prices and profits in yuan a buyer.

    Raises
    ------
    ValueError
        If a value, share or cost is out of its range, or shapes do not match.
    TypeError
        If `looks_ahead` is no truth value.

    Source
    ------
    Xie & Shugan (2001), without their capacity limit and late arrivals.
    """
    high, low = bounded("high_value", high_value), bounded("low_value", low_value)
    share, cost = fraction("high_share", high_share), bounded("cost", cost)
    matching(high_value=high, low_value=low, high_share=share, cost=cost)
    no_more("low_value", low, "high_value", high)
    no_more("cost", cost, "high_value", high)
    few, all_of_them = share * (high - cost), low - cost
    credible = np.asarray(few > all_of_them)
    worth = share * high + (1.0 - share) * low
    by_waiting = (
        np.where(credible, 0.0, share * (high - low)) if flag("looks_ahead", looks_ahead) else 0.0
    )
    advance = worth - by_waiting
    return AdvanceSale(
        plain(np.where(credible, high, low)),
        plain(np.maximum(np.maximum(few, all_of_them), 0.0)),
        credible if credible.ndim else bool(credible),
        plain(advance),
        plain(advance - cost),
        plain(advance - low),
    )
