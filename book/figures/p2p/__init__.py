"""Pictures of the chapter Lending from person to person."""

from __future__ import annotations

from figures.p2p.crowd import those_who_look
from figures.p2p.evidence import young_files
from figures.p2p.fraud import modest_promise
from figures.p2p.guarantee import promised_principal
from figures.p2p.notes import bad_bargain

__all__ = [
    "bad_bargain",
    "modest_promise",
    "promised_principal",
    "those_who_look",
    "young_files",
]
