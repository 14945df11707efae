"""Two ways to run a shop: what is left of money of which a part is in use."""

from __future__ import annotations

from netfin.merchants.in_use import TERMS, MerchantsTerms, what_is_left

__all__ = ["TERMS", "MerchantsTerms", "what_is_left"]
