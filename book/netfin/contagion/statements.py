"""The headline statements of the chapter on the chain reaction: walls, and one summer's change."""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np

from netfin.checks import Array
from netfin.contagion.equal_firms import TOWN
from netfin.contagion.failures import JULY_DAYS, JUNE_DAYS
from netfin.turning import Draw, Kind, Range, Rule, Statement, Truth

_ISLAND = 5  # lenders
_JUNE, _JULY = 80.0, 118.0  # facts P2P-19a and P2P-19b
_TWENTIETH = JUNE_DAYS + JULY_DAYS
_PERIODS = (range(JUNE_DAYS), range(JUNE_DAYS, _TWENTIETH), range(_TWENTIETH, JUNE_DAYS + 31))
_AGAINST_ROUNDING = 1e-7


class _Lost(NamedTuple):
    """Million yuan, in a group of lenders who all owe each other the same."""

    savers: Array
    owners: Array
    destroyed: Array


def _lost(group: int, draw: Draw) -> _Lost:
    """Clear a group of which one is hit: its payment, and that of each of the others."""
    saved, owed, kept = TOWN.savings, TOWN.mutual_debt, 1.0 - draw["cost"]
    own, others = saved + draw["surplus"], group - 1
    stands = draw["loss"] <= draw["surplus"]
    hit = np.where(stands, owed, np.clip(kept * (own - draw["loss"] + owed) - saved, 0.0, owed))
    gets = (hit + owed * (others - 1)) / others
    fine = own + gets >= saved + owed - _AGAINST_ROUNDING
    low, low_each = _all_fail(group, draw)
    hit, each = np.where(fine, hit, low), np.where(fine, owed, low_each)
    has, has_each = own - draw["loss"] + each, own + (hit + each * (others - 1)) / others
    left, left_each = np.where(stands, has, kept * has), np.where(fine, has_each, kept * has_each)
    savers = np.maximum(saved - left, 0.0) + others * np.maximum(saved - left_each, 0.0)
    destroyed = has - left + others * (has_each - left_each)
    return _Lost(savers, draw["loss"] + destroyed - savers, destroyed)


def _all_fail(group: int, draw: Draw) -> tuple[Array, Array]:
    """What the hit lender h and each of the others e pay the group once nobody pays in full.

    h = k(own − loss + e) − saved and e = k(own + (h + e(M − 2))/(M − 1)) − saved, neither below 0;
    h is the smaller. Where bankruptcies cost nothing the money goes round until h is 0.
    """
    saved, kept, others = TOWN.savings, 1.0 - draw["cost"], group - 1
    own = kept * (saved + draw["surplus"]) - saved
    stays, det = 1.0 - kept * (others - 1) / others, (1.0 - kept) * (1.0 + kept / others)
    top = stays * (own - kept * draw["loss"]) + kept * own
    hit = np.maximum(np.divide(top, det, out=np.zeros_like(top), where=det > 0.0), 0.0)
    return hit, np.maximum((own + kept * hit / others) / stays, 0.0)


def _walls_save(draw: Draw) -> Truth:
    whole, walled = _lost(TOWN.count, draw), _lost(_ISLAND, draw)
    return np.asarray(walled.savers < whole.savers - _AGAINST_ROUNDING)


WALLS = Statement(
    name="walls",
    claims=("C3-06", "C3-07"),
    kind=Kind.CONDITIONAL,
    words="Savers lose less where lenders owe each other only within groups of five than where "
    "each owes to all.",
    holds=_walls_save,
    rule=Rule(
        "The bankruptcies that walls prevent would destroy more than the owners beyond the wall "
        "would lose.",
        left=lambda d: _lost(TOWN.count, d).destroyed - _lost(_ISLAND, d).destroyed,
        right=lambda d: _lost(TOWN.count, d).owners - _lost(_ISLAND, d).owners
        + _AGAINST_ROUNDING,
        unit="million yuan",
    ),
    ranges=(
        Range("loss", 21.0, 10.5, 31.0, "the loss of the lender that is hit",
              "half our number, up to all its loans", unit="million yuan", domain=(0.0, 31.0)),
        Range("cost", 0.05, 0.0, 0.30, "what a bankruptcy destroys of what it touches",
              "from nothing to the most that the chapter's slider has", by_ratio=False),
        Range("surplus", float(TOWN.surplus), 0.5, 2.0, "the owners' own money at each lender",
              "half to twice our number", unit="million yuan", domain=(0.0, 100.0)),
    ),
    inside=lambda draw: draw["loss"] <= TOWN.savings + draw["surplus"],
    left_out="Fire sales, runs, lenders of unlike size, and debts of other patterns.",
)  # fmt: skip


class Summer(NamedTuple):
    """2018 in each case of a draw: June's count met, then no change, or July's count met too."""

    outside: Array  # failures a day from outside
    july: Array  # failures from 1 to 20 July without the change
    month: Array  # failures in all of July with the change, which goes on as it began

    @classmethod
    def of(cls, draw: Draw) -> Self:
        """Sum over the days what comes of fear at first, from outside and from the change."""
        of_fear = draw["fear"] * _JUNE / JUNE_DAYS
        felt = np.stack([of_fear, np.zeros_like(of_fear), np.zeros_like(of_fear)])
        sums = np.zeros((len(_PERIODS), *felt.shape))
        for period, day in ((k, day) for k, days in enumerate(_PERIODS) for day in days):
            pushed = np.array([0.0, 1.0, float(day >= JUNE_DAYS)])[:, None]
            failing = pushed + draw["feedback"] * felt
            sums[period] += failing
            felt = felt + (failing - felt) / draw["delay"]
        june, july, later = sums
        outside = (_JUNE - june[0]) / june[1]
        without = july[0] + outside * july[1]
        change = (_JULY - without) / july[2]
        return cls(outside, without, _JULY + later[0] + outside * later[1] + change * later[2])


def _july_without(draw: Draw) -> Array:
    return Summer.of(draw).july


CHANGE = Statement(
    name="change",
    claims=("C3-07",),
    kind=Kind.CONDITIONAL,
    words="By two counts, of June and of 1 to 20 July 2018, what changed on 1 July caused failures "
    "rather than prevented them.",
    holds=lambda draw: _july_without(draw) < _JULY,
    rule=Rule(
        "More platforms failed from 1 to 20 July than would have failed without the change.",
        left=lambda draw: np.full(draw["fear"].shape, _JULY),
        right=_july_without,
        unit="platforms",
    ),
    ranges=(
        Range("feedback", 0.8, 0.0, 1.6, "failures that one failure brings",
              "from none to twice our number", unit="failures", by_ratio=False,
              domain=(0.0, 10.0)),
        Range("delay", 10.0, 5.0, 20.0, "days that fear lasts", "half to twice our number",
              unit="days", domain=(1.0, 365.0)),
        Range("fear", 0.0, 0.0, 1.0, "fear on 1 June, as a part of what June's failures feed",
              "from none to June's own level", by_ratio=False),
    ),
    # fear alone must not bring more than June had: nothing outside takes failures away
    inside=lambda draw: Summer.of(draw).outside >= 0.0,
    left_out="The counts of 16 July, which no case has, and of July's end; fear and causes that "
    "differ from day to day, and platforms that run out.",
)  # fmt: skip

STATEMENTS = (WALLS, CHANGE)
"""What the chapter states of its models, in the order of the page."""
