"""Two ways to run a shop: bought visitors, a pool of one's own, and what either leaves."""

from __future__ import annotations

from netfin.merchants.bidding import contest, sellers_that_come
from netfin.merchants.leader import LeaderTerms, must_come_back
from netfin.merchants.pool import in_year, lifetime_multiple
from netfin.merchants.sale import ShopTerms, returns_that_ruin, what_is_left

__all__ = [
    "LeaderTerms",
    "ShopTerms",
    "contest",
    "in_year",
    "lifetime_multiple",
    "must_come_back",
    "returns_that_ruin",
    "sellers_that_come",
    "what_is_left",
]
