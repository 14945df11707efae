"""The chain reaction: firms that owe each other money, and savers who run."""

from __future__ import annotations

from netfin.contagion import runs
from netfin.contagion.clearing import (
    TOWN,
    EqualFirms,
    Firms,
    Frictions,
    circle,
    clear,
    harmless_debt,
    hit_one,
    islands,
)
from netfin.contagion.runs import (
    PLATFORM,
    TEXTBOOK,
    Platform,
    best_contract,
    run_thresholds,
)
from netfin.contagion.town import (
    NAMES,
    market_town,
)

__all__ = [
    "NAMES",
    "PLATFORM",
    "TEXTBOOK",
    "TOWN",
    "EqualFirms",
    "Firms",
    "Frictions",
    "Platform",
    "best_contract",
    "circle",
    "clear",
    "harmless_debt",
    "hit_one",
    "islands",
    "market_town",
    "run_thresholds",
    "runs",
]
