"""The goods of one season, what money costs until it is over, and how many will be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from netfin.checks import Numbers, bounded_above_zero, non_negative, one, positive
from netfin.lending import BANK, break_even_rate
from netfin.newsvendor import GammaDemand
from netfin.terms import About, Terms


@dataclass(frozen=True)
class SeasonTerms(Terms):
    """The goods of one season, and what money costs until it is over.

    `money_cost` is what a lender must earn on a loan before any loss, and what the shop's own
    cash would earn elsewhere. The default is the bank of the chapter on the spread: its savers,
    its handling and its capital, 5.05 %. Amounts are yuan a piece.
    """

    price: Annotated[
        float, About("P", "yuan a piece", "our assumption: a scarf", check=one(bounded_above_zero))
    ] = 100.0
    cost: Annotated[float, About("C", "yuan a piece", "our assumption", check=one(positive))] = 60.0
    salvage: Annotated[
        float,
        About("v", "yuan a piece", "our assumption: a clearance sale", check=one(non_negative)),
    ] = 20.0
    money_cost: Annotated[
        float,
        About(
            "f_s",
            "a season",
            "f + κ(k_e − f) + o of the bank in the chapter on the spread",
            check=one(non_negative),
        ),
    ] = float(BANK.cost - BANK.expected_loss)

    def consistent(self) -> None:
        """Refuse goods that do not pay for the money they bind."""
        bound = self.cost * (1.0 + self.money_cost)
        if not self.salvage < bound < self.price:
            raise ValueError(
                f"cost·(1 + money_cost) must be above the salvage {self.salvage:g} and below "
                f"the price {self.price:g}, not {bound:g}"
            )

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
