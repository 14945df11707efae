"""Lending from person to person: a saver's notes, the crowd, a fraud and a guarantee."""

from __future__ import annotations

from netfin.p2p.crowd import crowd_auc, effective_opinions, experts_who_empty, passive_return
from netfin.p2p.fraud import FRAUD, FraudTerms, cash, cash_peak, lifetime, owed
from netfin.p2p.grades import default_bounds, left_after_fee
from netfin.p2p.guarantee import GUARANTEED, POT, GuaranteeTerms, pot_fails, years_to_fill
from netfin.p2p.instalments import money_back, monthly_payment
from netfin.p2p.notes import (
    NOTE,
    NoteTerms,
    chance_of_loss,
    chance_of_loss_at_most,
    expected_return,
    spreading_turns_at,
    turning_default,
    worst_return,
)

__all__ = [
    "FRAUD", "GUARANTEED", "NOTE", "POT", "FraudTerms", "GuaranteeTerms", "NoteTerms", "cash",
    "cash_peak", "chance_of_loss", "chance_of_loss_at_most", "crowd_auc", "default_bounds",
    "effective_opinions", "expected_return", "experts_who_empty", "left_after_fee", "lifetime",
    "money_back", "monthly_payment", "owed", "passive_return", "pot_fails", "spreading_turns_at",
    "turning_default", "worst_return", "years_to_fill",
]  # fmt: skip
