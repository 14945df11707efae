"""Pre-order financing: money of customers before the goods are made."""

from __future__ import annotations

from netfin.pre_orders.all_or_nothing import campaign
from netfin.pre_orders.batch import BATCH, Way
from netfin.pre_orders.batch_funding import bridge, prospect
from netfin.pre_orders.early_orders import uncertainty_left
from netfin.pre_orders.prepayment import prepaid_window, reputation_value

__all__ = [
    "BATCH",
    "Way",
    "bridge",
    "campaign",
    "prepaid_window",
    "prospect",
    "reputation_value",
    "uncertainty_left",
]
