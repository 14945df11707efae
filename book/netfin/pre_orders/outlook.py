"""What a batch may come to before anything is known: averages in closed form.

Demand is a gamma variable; the workshop is good or bad. Nothing here is checked: terms come whole.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from netfin.checks import LARGEST
from netfin.newsvendor import GammaDemand
from netfin.pre_orders.batch import BatchTerms
from netfin.pre_orders.stopped import earned_below


class Outlook:
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

    def earned_where_fewer(self, orders: float) -> float:
        """What the smallest batch earns for all, E[…; N < orders]."""
        terms, share = self.terms, self.terms.ahead_share
        level = min(orders / share, LARGEST) if share > 0.0 else LARGEST

        def with_part(usable: float) -> float:
            return float(earned_below(level, terms.batch, terms.price, terms.cost, terms.salvage,
                                      self.demand, usable))  # fmt: skip

        return self.over_workshops(with_part)
