"""Pictures of the chapter Lending from person to person."""

from __future__ import annotations

from figures.p2p.in_use import p2p_in_use

__all__ = ["p2p_in_use"]
