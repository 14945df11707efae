"""Pictures of the chapter Two ways to run a shop, and the numbers of its text."""

from __future__ import annotations

from figures.merchants.bidders import more_bidders
from figures.merchants.evidence import bought_again
from figures.merchants.hole import fill_the_hole
from figures.merchants.loyalty import who_comes_back
from figures.merchants.returned import returned_click

__all__ = [
    "bought_again",
    "fill_the_hole",
    "more_bidders",
    "returned_click",
    "who_comes_back",
]
