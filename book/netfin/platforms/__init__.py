"""Two-sided platforms: how they start, who pays, how they spread, and who depends on whom."""

from __future__ import annotations

from netfin.platforms.diffusion import BetTerms, bass_peak, bass_reach, fit_bass, visits
from netfin.platforms.generations import still_there, years_together
from netfin.platforms.growth import (
    GrowthTerms,
    market_after,
    push_needed,
    rests,
    sellers_needed,
    willing,
)
from netfin.platforms.hold_up import (
    GuideTerms,
    best_kept,
    open_to_outsiders,
    shut_out,
    under_names,
)
from netfin.platforms.homing import OneMarketTerms, one_market_prices, seller_on_both

__all__ = [
    "BetTerms",
    "GrowthTerms",
    "GuideTerms",
    "OneMarketTerms",
    "bass_peak",
    "bass_reach",
    "best_kept",
    "fit_bass",
    "market_after",
    "one_market_prices",
    "open_to_outsiders",
    "push_needed",
    "rests",
    "seller_on_both",
    "sellers_needed",
    "shut_out",
    "still_there",
    "under_names",
    "visits",
    "willing",
    "years_together",
]
