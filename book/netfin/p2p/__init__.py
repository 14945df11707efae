"""Lending from person to person: what is left of money of which a part is in use."""

from __future__ import annotations

from netfin.p2p.in_use import TERMS, P2pTerms, what_is_left

__all__ = ["TERMS", "P2pTerms", "what_is_left"]
