"""The chain reaction: firms that owe each other money, and savers who run."""

from __future__ import annotations

from netfin.contagion.clearing import clear
from netfin.contagion.equal_firms import TOWN, EqualFirms, circle, islands, single_default_shock
from netfin.contagion.firms import Firms, Frictions
from netfin.contagion.town import NAMES, market_town
from netfin.runs import DepositContract, run_thresholds, tipping_point

__all__ = [
    "NAMES",
    "TOWN",
    "DepositContract",
    "EqualFirms",
    "Firms",
    "Frictions",
    "circle",
    "clear",
    "islands",
    "market_town",
    "run_thresholds",
    "single_default_shock",
    "tipping_point",
]
