"""Pictures of the chapter on the intermediation spread, and the numbers of its text."""

from __future__ import annotations

from figures.spread.arrangements import who_is_paid
from figures.spread.bad_years import good_and_bad_years
from figures.spread.commission import cheapest_loan
from figures.spread.competition import more_banks
from figures.spread.evidence import lending_club_spread, term_spreads
from figures.spread.instalments import true_price
from figures.spread.rationing import turned_away

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
