"""Pictures of the chapter on the intermediation spread."""

from __future__ import annotations

from figures.spread.arrangements import (
    cheapest_loan,
    lending_club_spread,
    true_price,
    who_is_paid,
)
from figures.spread.bad_years import (
    good_and_bad_years,
)
from figures.spread.competition import (
    more_banks,
    turned_away,
)
from figures.spread.term_structure import (
    term_spreads,
)

__all__ = [
    "cheapest_loan",
    "good_and_bad_years",
    "lending_club_spread",
    "more_banks",
    "term_spreads",
    "true_price",
    "turned_away",
    "who_is_paid",
]
