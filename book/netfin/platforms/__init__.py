"""Two-sided platforms: how they start, who pays, how they spread, and who depends on whom."""

from __future__ import annotations

from netfin.platforms.diffusion import fit_bass, visits
from netfin.platforms.growth import GrowthTerms, market_after, rests, sellers_needed, willing
from netfin.platforms.hold_up import under_names
from netfin.platforms.homing import one_market_prices, seller_on_both

__all__ = [
    "GrowthTerms",
    "fit_bass",
    "market_after",
    "one_market_prices",
    "rests",
    "seller_on_both",
    "sellers_needed",
    "under_names",
    "visits",
    "willing",
]
