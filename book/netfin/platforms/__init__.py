"""Two-sided platforms: what is left of money of which a part is in use."""

from __future__ import annotations

from netfin.platforms.in_use import TERMS, PlatformsTerms, what_is_left

__all__ = ["TERMS", "PlatformsTerms", "what_is_left"]
