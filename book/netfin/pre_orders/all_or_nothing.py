"""All or nothing: a batch that is made only if enough visitors order."""

from __future__ import annotations

from typing import NamedTuple

from numpy.typing import ArrayLike
from scipy.stats import binom

from netfin.checks import bounded, count, fraction, one, vector


class Campaign(NamedTuple):
    """A campaign that makes the batch only if enough visitors order."""

    success: float
    """Chance of reaching the goal."""
    profit: float
    """Expected, yuan, with the goal."""
    profit_without_goal: float
    """Expected, yuan, if the batch is made whatever is ordered."""


def campaign(
    visitors: int, order_probabilities: ArrayLike, goal: int, margin: float, fixed_cost: float
) -> Campaign:
    """Compute what a goal is worth when nobody knows how much a good will please.

    A batch costs a fixed sum to set up and earns a margin on each order. Below the goal
    everybody gets the money back and nothing is made. Orders are binomial, X ~ Bin(N, q), and

        E[X; X ≥ k] = N·q·P(Bin(N − 1, q) ≥ k − 1).

    Parameters
    ----------
    visitors : int
        N, 1 or more.
    order_probabilities : array_like
        A row of one or more chances that a visitor orders, from 0 to 1, which the shop thinks
        equally likely.
    goal : int
        k, orders from which on the batch is made, 0 or more.
    margin, fixed_cost : float
        Yuan an order, and yuan, 0 or more.

    Returns
    -------
    Campaign
        A chance and two expected profits in yuan.

    Raises
    ------
    ValueError
        If a number is out of its range, or there are no chances.

    Source
    ------
    Arithmetic: binomial orders against a goal; the campaign is that of Strausz (2017), without his
    moral hazard.
    """
    crowd = float(count("visitors", visitors))  # a float: scipy takes no integer past 64 bits
    bounded("visitors", crowd)
    least = min(float(count("goal", goal, least=0)), crowd + 1.0)  # beyond, as good as never
    chances = vector("order_probabilities", order_probabilities, fraction)
    each = float(one(bounded)("margin", margin))
    sunk = float(one(bounded)("fixed_cost", fixed_cost))
    success = float(binom.sf(least - 1, crowd, chances).mean())
    orders = float((crowd * chances * binom.sf(least - 2, crowd - 1, chances)).mean())
    return Campaign(
        success, each * orders - sunk * success, each * crowd * float(chances.mean()) - sunk
    )
