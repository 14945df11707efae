"""Pictures of the chapter on who holds the risk, and the numbers of its text."""

from __future__ import annotations

from figures.risk_transfer.lending_again import lend_again
from figures.risk_transfer.pool import year_in_a_thousand
from figures.risk_transfer.retention import care_and_cliff, two_shapes
from figures.risk_transfer.tranches import graded_pools, three_slices

__all__ = [
    "care_and_cliff",
    "graded_pools",
    "lend_again",
    "three_slices",
    "two_shapes",
    "year_in_a_thousand",
]
