"""Pictures of the chapter Two ways to run a shop."""

from __future__ import annotations

from figures.merchants.in_use import merchants_in_use

__all__ = ["merchants_in_use"]
