"""The headline statements of the chapter: who starts a market, who is shut out, who stays."""

from __future__ import annotations

import numpy as np

from netfin.checks import Array
from netfin.platforms.generations import still_there
from netfin.platforms.growth import GROWTH, GrowthTerms, even_cliff, market_after, willing
from netfin.platforms.hold_up import GUIDE, shut_out
from netfin.turning import Draw, Kind, Range, Rule, Statement, from_draw

_ours = Range.half_to_twice
_SETTLED = 400  # months
_LATER = 13.0  # years, by which the leaders came after the pioneers


def _terms(draw: Draw) -> GrowthTerms:
    return GrowthTerms(draw["alone"], draw["pull"], draw["pull"])


def _one_side_lives(draw: Draw) -> Array:
    people = np.minimum(2.0 * np.asarray(even_cliff(draw["alone"], draw["pull"])), 1.0)
    end = market_after(_SETTLED, 0.0, people, _terms(draw))
    return np.minimum(end.buyers, end.sellers)


ONE_SIDE = Statement(
    name="one-side",
    claims=("C1-04",),
    kind=Kind.CONDITIONAL,
    words="As many people as just fail to start a market when half of them are buyers start it "
    "when all of them are sellers.",
    holds=lambda draw: np.asarray(_one_side_lives(draw)) >= 0.5,
    rule=Rule(
        "Where few think again at once: with half of the other side there, more than half of a "
        "side wants to be there.",
        left=lambda draw: np.asarray(willing(0.5, draw["pull"], _terms(draw))),
        right=lambda draw: 0.5 + 0.0 * draw["pull"],
    ),
    ranges=(
        _ours("alone", GROWTH.alone, "who joins without the other side"),
        _ours("pull", GROWTH.buyers_pull, "the pull of the other side", unit="in the exponent",
              domain=(0.0, 1000.0)),
    ),
    left_out="Sides that pull unequally, are not equally many, or think again at unequal pace; "
    "people who foresee that others will come.",
    inside=lambda draw: np.isfinite(even_cliff(draw["alone"], draw["pull"])),
)  # fmt: skip

SHUT_OUT = Statement(
    name="shut-out",
    claims=("C1-08",),
    kind=Kind.CONDITIONAL,
    words="A platform gains by shutting out a guide that sends it buyers.",
    holds=lambda draw: np.asarray(
        shut_out(from_draw(GUIDE, "guide", draw)).platform_gains
    ) > 0.0,
    rule=Rule(
        "The statement itself, rearranged: more of the guide's buyers would come anyway than the "
        "platform's margin leaves after the commission, as a share of that margin.",
        left=lambda draw: draw["guide.would_come"],
        right=lambda draw: 1.0 - draw["guide.commission"] / draw["guide.margin"],
    ),
    ranges=(
        _ours("guide.would_come", GUIDE.would_come, "buyers who would come anyway",
              by_ratio=False),
        _ours("guide.commission", GUIDE.commission, "the guide's commission"),
        Range("guide.margin", float(np.asarray(GUIDE.margin)), 0.0278, 0.12,
              "the platform's margin", "from what a platform took of its sales in 2018 to twice "
              "our number", facts=("PLT-13",)),
    ),
    left_out="A guide that turns its buyers to another platform, commissions that sellers pay, "
    "what buyers of the guide see as advertising, and rivals whom the platform frightens away.",
    inside=lambda draw: np.asarray(draw["guide.commission"] < draw["guide.margin"]),
)  # fmt: skip


STAYS = Statement(
    name="stays",
    claims=("C1-07",),
    kind=Kind.CONDITIONAL,
    words="Thirteen years after others came, most of a generation is still with whoever served it "
    "first.",
    holds=lambda draw: np.asarray(
        still_there(_LATER, draw["leave_at_once"], draw["switching"])
    ) > 0.5,
    rule=Rule(
        "The statement itself, rearranged: the share who stay at first is more than a half, "
        "divided by what thirteen years of switching leave.",
        left=lambda draw: 1.0 - draw["leave_at_once"],
        right=lambda draw: 0.5 / (1.0 - draw["switching"]) ** _LATER,
    ),
    ranges=(
        Range("leave_at_once", 0.3, 0.0, 0.6, "who leaves at once",
              "ours, from nobody on; 60 % is also, in a summary, the part of a gap in brands' "
              "shares that closed at once for people who moved between American regions, which "
              "is no count of people who leave", by_ratio=False),
        _ours("switching", 0.04, "who leaves in a year"),
    ),
    left_out="New buyers, who are nobody's yet, and a first firm that fails before a rival comes.",
)  # fmt: skip

STATEMENTS = (ONE_SIDE, SHUT_OUT, STAYS)
