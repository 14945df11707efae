"""Lending from person to person: a saver's notes, the crowd, a fraud and a guarantee."""

from __future__ import annotations

from netfin.p2p.crowd import effective_opinions
from netfin.p2p.fraud import FRAUD, FraudTerms, lifetime
from netfin.p2p.guarantee import GuaranteeTerms
from netfin.p2p.notes import NoteTerms, chance_of_loss, spreading_turns_at, turning_default

__all__ = [
    "FRAUD",
    "FraudTerms",
    "GuaranteeTerms",
    "NoteTerms",
    "chance_of_loss",
    "effective_opinions",
    "lifetime",
    "spreading_turns_at",
    "turning_default",
]
