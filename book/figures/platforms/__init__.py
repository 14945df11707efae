"""Pictures of the chapter Two-sided platforms."""

from __future__ import annotations

from figures.platforms.in_use import platforms_in_use

__all__ = ["platforms_in_use"]
