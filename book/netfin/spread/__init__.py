"""The intermediation spread: what a loan must cost, who is paid from it, and its true price."""

from __future__ import annotations

from netfin.realised import realised_spread
from netfin.spread.arrangements import (
    Intermediary,
    Party,
    PlatformTerms,
    bank_loses_beyond,
    who_is_paid,
)
from netfin.spread.commission import platform_break_even
from netfin.spread.instalments import true_price

__all__ = [
    "Intermediary",
    "Party",
    "PlatformTerms",
    "bank_loses_beyond",
    "platform_break_even",
    "realised_spread",
    "true_price",
    "who_is_paid",
]
