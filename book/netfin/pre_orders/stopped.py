"""What a goal does: the batches that it stops, and what these would have earned.

Prices and costs are in yuan, quantities in pieces. Floats or numpy arrays that broadcast against
each other.
"""

from __future__ import annotations

import numpy as np

from netfin.arrays import plain
from netfin.checks import Numbers, bounded, bounded_above_zero, fraction, instance, matching
from netfin.newsvendor import GammaDemand
from netfin.pre_orders.bounds import no_more


def earned_below(
    level: Numbers,
    batch: Numbers,
    price: Numbers,
    cost: Numbers,
    salvage: Numbers,
    demand: GammaDemand,
    usable: Numbers = 1.0,
) -> Numbers:
    """Compute what a batch earns for all parties where fewer pieces are wanted than a level.

    With Q pieces, of which a part u is fit for sale,

        E[v·uQ + (P − v)·min(D, uQ) − CQ; D < L].

    Parameters
    ----------
    level : float or ndarray
        L, pieces; a goal stops the batches below it.
    batch : float or ndarray
        Q, pieces.
    price, cost, salvage : float or ndarray
        P, C and v, yuan a piece; v no more than P.
    demand : GammaDemand
        D.
    usable : float or ndarray
        u, from 0 to 1.

    Returns
    -------
    float or ndarray
        Yuan, on average over all that may be wanted; a piece counts at its full price.

    Raises
    ------
    ValueError
        If a number is out of its range, or shapes do not match.
    TypeError
        If `demand` is no gamma variable.

    Source
    ------
    Arithmetic: `netfin.newsvendor.expected_profit` over a part of the demand.
    """
    level, batch = bounded("level", level), bounded_above_zero("batch", batch)
    price, cost = bounded_above_zero("price", price), bounded_above_zero("cost", cost)
    salvage, part = bounded("salvage", salvage), fraction("usable", usable)
    demand = instance("demand", demand, GammaDemand)
    matching(level=level, batch=batch, price=price, cost=cost, salvage=salvage, usable=part,
             mean=demand.mean, sd=demand.sd)  # fmt: skip
    no_more("salvage", salvage, "price", price)
    good = part * batch
    sold_out_from = np.minimum(good, level)
    chance, short = np.asarray(demand.below(level)), np.asarray(demand.below(sold_out_from))
    # E[D; D < x] is what would be sold of x, less what is sold where x sells out
    sold = np.asarray(demand.expected_sales(sold_out_from)) - sold_out_from * (1.0 - short)
    sold = sold + good * np.maximum(chance - short, 0.0)
    return plain((price - salvage) * sold + (salvage * good - cost * batch) * chance)


def pays_from(batch: Numbers, price: Numbers, cost: Numbers, salvage: Numbers) -> Numbers:
    """Find the sales at the full price from which a good batch covers its cost.

    Parameters
    ----------
    batch : float or ndarray
        Q, pieces.
    price, cost, salvage : float or ndarray
        P, C and v, yuan a piece, with P ≥ C ≥ v and P above v.

    Returns
    -------
    float or ndarray
        Q(C − v)/(P − v), pieces.

    Raises
    ------
    ValueError
        If a number is out of its range, or shapes do not match.

    Source
    ------
    Arithmetic.
    """
    batch, price = bounded_above_zero("batch", batch), bounded_above_zero("price", price)
    cost, salvage = bounded("cost", cost), bounded("salvage", salvage)
    matching(batch=batch, price=price, cost=cost, salvage=salvage)
    no_more("cost", cost, "price", price)
    no_more("salvage", salvage, "cost", cost)
    if np.any(np.asarray(price) <= salvage):
        raise ValueError(f"salvage must be below the price {price}, not {salvage}")
    return plain(batch * ((cost - salvage) / (np.asarray(price) - salvage)))
