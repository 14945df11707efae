"""Pictures of the chapter on who holds the risk."""

from __future__ import annotations

from figures.risk_transfer.pool import (
    graded_pools,
    three_slices,
    year_in_a_thousand,
)
from figures.risk_transfer.retention import (
    care_and_cliff,
    lend_again,
    two_shapes,
)

__all__ = [
    "care_and_cliff",
    "graded_pools",
    "lend_again",
    "three_slices",
    "two_shapes",
    "year_in_a_thousand",
]
