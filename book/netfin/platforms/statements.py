"""The headline statements of the chapter. To write: two to four, settled before any is counted."""

from __future__ import annotations

import numpy as np

from netfin.checks import Array
from netfin.platforms.in_use import IN_USE, TERMS, what_is_left
from netfin.turning import Draw, Kind, Range, Rule, Statement, from_draw


def _left(draw: Draw) -> Array:
    return np.asarray(what_is_left(draw["in_use"], from_draw(TERMS, "terms", draw)))


LEFT = Statement(
    name="something-left",
    claims=("C1-03",),
    kind=Kind.CONDITIONAL,
    words="Something is left where enough of the money is in use.",
    holds=lambda draw: _left(draw) > 0.0,
    rule=Rule(
        "What the money in use brings is more than what all of it costs.",
        left=lambda draw: draw["in_use"] * draw["terms.gain"],
        right=lambda draw: draw["terms.cost"],
    ),
    ranges=(
        Range.half_to_twice("in_use", IN_USE, "the share in use", by_ratio=False),
        Range.half_to_twice("terms.gain", TERMS.gain, "what money in use brings"),
        Range.half_to_twice("terms.cost", TERMS.cost, "what money costs"),
    ),
    left_out="Everything that the chapter is about. To write: what the draws do not cover.",
)

STATEMENTS = (LEFT,)
