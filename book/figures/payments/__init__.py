"""Pictures of the chapter Payments and idle balances."""

from __future__ import annotations

from figures.payments.in_use import payments_in_use

__all__ = ["payments_in_use"]
