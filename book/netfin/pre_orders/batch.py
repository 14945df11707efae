"""One batch of one shop, and who may pay for it before it is sold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from netfin.checks import (
    Numbers,
    below_one,
    bounded,
    bounded_above_zero,
    fraction,
    one,
    whole_number,
)
from netfin.newsvendor import LEAST_SWING, MOST_SWING, critical_fractile
from netfin.terms import About, Terms

_ROUNDING = 1e-12


def _whole(name: str, value: ArrayLike) -> Numbers:
    """Return a whole number of pieces, 1 or more and no more than the largest amount."""
    return bounded(name, whole_number(name, value))


class Way(StrEnum):
    """Who pays for the batch before it is sold."""

    LOAN = "bank loan"
    PREPAID = "customers' prepayments"
    EQUITY = "investor's share"


@dataclass(frozen=True)
class BatchTerms(Terms):
    """One batch of one shop; money in yuan, quantities in pieces."""

    price: Annotated[
        float, About("P", "yuan a piece", "our round number", check=one(bounded_above_zero))
    ] = 160.0
    cost: Annotated[
        float, About("C", "yuan a piece", "our round number", check=one(bounded_above_zero))
    ] = 100.0
    salvage: Annotated[
        float,
        About("v", "yuan a piece", "our assumption: sold off later", check=one(bounded)),
    ] = 40.0
    batch: Annotated[
        float,
        About(
            "Q_0",
            "pieces",
            "our assumption: the workshop's smallest order",
            check=one(_whole),
        ),
    ] = 1000.0
    mean_demand: Annotated[
        float,
        About(
            "μ_D",
            "pieces",
            "our assumption; demand is a gamma variable",
            check=one(bounded_above_zero),
        ),
    ] = 1000.0
    demand_spread: Annotated[
        float,
        About(
            "σ_D",
            "pieces",
            "our assumption: a new design, far less certain than groceries",
            check=one(bounded_above_zero),
        ),
    ] = 400.0
    discount: Annotated[
        float,
        About(
            "δ_a",
            "share of the price",
            "our assumption: what paying ahead saves",
            check=one(below_one),
        ),
    ] = 0.10
    months: Annotated[
        float,
        About(
            "T_b",
            "months",
            "our assumption: from payment to delivery or sale",
            check=one(bounded_above_zero),
        ),
    ] = 6.0
    flop_probability: Annotated[
        float,
        About(
            "p_w",
            "share of batches",
            "our assumption: the workshop spoils a part",
            check=one(fraction),
        ),
    ] = 0.05
    usable_after_flop: Annotated[
        float,
        About(
            "u_w",
            "share of the batch",
            "our assumption: what a bad workshop leaves",
            check=one(fraction),
        ),
    ] = 0.40
    investor_return: Annotated[
        float,
        About(
            "k_i",
            "a year",
            "our assumption: what a private investor asks for",
            check=one(fraction),
        ),
    ] = 0.20
    ahead_share: Annotated[
        float,
        About(
            "φ_a",
            "share of buyers",
            "our assumption: all who want the piece pay ahead",
            check=one(fraction),
        ),
    ] = 1.0

    def consistent(self) -> None:
        """Refuse prices out of order, orders that do not pay their piece, and absurd spreads."""
        critical_fractile(self.price, self.cost, self.salvage)  # price above cost above salvage
        most = 1.0 - self.cost / self.price
        if self.discount > most + _ROUNDING:
            raise ValueError(
                f"discount must be at most {most:g}, so that a prepayment covers the cost of a "
                f"piece, not {self.discount:g}"
            )

        least, largest = self.mean_demand * LEAST_SWING, self.mean_demand * MOST_SWING
        if not least <= self.demand_spread <= largest:
            raise ValueError(
                f"demand_spread must be from {least:g} to {largest:g}, a part or a multiple of "
                f"mean_demand, not {self.demand_spread:g}"
            )

    @property
    def outlay(self) -> float:
        """What the smallest batch costs, C·Q₀."""
        return self.cost * self.batch

    @property
    def prepayment(self) -> float:
        """What a customer pays ahead, (1 − δ)·P: all of the price, at a discount."""
        return (1.0 - self.discount) * self.price

    @property
    def goal(self) -> float:
        """Orders that pay for the batch; below, all money goes back and nothing is made."""
        return float(np.ceil(self.outlay / self.prepayment - 1e-9))


BATCH = BatchTerms()
"""Ms Lin's batch of a thousand scarves."""
