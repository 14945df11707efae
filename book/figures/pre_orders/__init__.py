"""Pictures of the chapter on pre-order financing."""

from __future__ import annotations

from figures.pre_orders.batch_funding import three_ways
from figures.pre_orders.prepayment import ahead_or_on_the_spot, early_orders, too_little_to_fund

__all__ = ["ahead_or_on_the_spot", "early_orders", "three_ways", "too_little_to_fund"]
