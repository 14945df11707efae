"""Payments and idle balances: what is left of money of which a part is in use."""

from __future__ import annotations

from netfin.payments.in_use import TERMS, PaymentsTerms, what_is_left

__all__ = ["TERMS", "PaymentsTerms", "what_is_left"]
