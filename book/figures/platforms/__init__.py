"""Pictures of the chapter Two-sided platforms."""

from __future__ import annotations

from figures.platforms.both import on_both_markets
from figures.platforms.guide import shut_out_the_guide
from figures.platforms.known import known_by_then
from figures.platforms.start import one_side_is_enough

__all__ = ["known_by_then", "on_both_markets", "one_side_is_enough", "shut_out_the_guide"]
