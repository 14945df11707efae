"""Pictures of the chapter on the chain reaction."""

from __future__ import annotations

from figures.contagion.clearing import (
    one_unit_more,
    payment_chain,
)
from figures.contagion.runs import (
    run_on_a_platform,
    two_counts,
    two_halves_of_one_state,
)

__all__ = [
    "one_unit_more",
    "payment_chain",
    "run_on_a_platform",
    "two_counts",
    "two_halves_of_one_state",
]
