"""Pictures of the chapter on credit scoring."""

from __future__ import annotations

from figures.scoring.ranking import ranks_and_levels, thin_file, where_to_cut
from figures.scoring.winners_curse import (
    lenders_price,
    one_cut_off_or_several,
    your_model_didnt_change,
)

__all__ = [
    "lenders_price",
    "one_cut_off_or_several",
    "ranks_and_levels",
    "thin_file",
    "where_to_cut",
    "your_model_didnt_change",
]
