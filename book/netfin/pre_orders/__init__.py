"""Pre-order financing: money of customers before the goods are made."""

from __future__ import annotations

from netfin.pre_orders.batch_funding import (
    BATCH,
    Way,
    price_of_money,
    prospect,
    split,
)
from netfin.pre_orders.prepayment import (
    advance_or_spot,
    campaign,
    forecast_from_early,
    patience_needed,
    prepaid_window,
    reputation,
    seen_in_first_days,
    uncertainty_left,
)

__all__ = [
    "BATCH",
    "Way",
    "advance_or_spot",
    "campaign",
    "forecast_from_early",
    "patience_needed",
    "prepaid_window",
    "price_of_money",
    "prospect",
    "reputation",
    "seen_in_first_days",
    "split",
    "uncertainty_left",
]
