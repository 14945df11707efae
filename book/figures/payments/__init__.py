"""Pictures of the chapter on payments and idle balances, and the numbers of its text."""

from __future__ import annotations

from figures.payments.card import customers_lend
from figures.payments.code import who_pays_for_the_code
from figures.payments.door import the_door
from figures.payments.evidence import american_doors, icelandic_cards
from figures.payments.run import stay_or_go

__all__ = [
    "american_doors",
    "customers_lend",
    "icelandic_cards",
    "stay_or_go",
    "the_door",
    "who_pays_for_the_code",
]
