"""The headline statements of the chapter on pre-orders: what can be paid ahead, and what it does.

Amounts are shares of the price, or yuan.
"""

from __future__ import annotations

import numpy as np

from netfin.checks import Array
from netfin.newsvendor import GammaDemand
from netfin.pre_orders.advance_selling import advance_or_spot
from netfin.pre_orders.batch import BATCH
from netfin.pre_orders.prepayment import prepaid_window, reputation_value
from netfin.pre_orders.stopped import earned_below, pays_from
from netfin.turning import Draw, Kind, Range, Rule, Statement, Truth

_COST = BATCH.cost / BATCH.price


def _name(draw: Draw) -> Array:
    return np.asarray(reputation_value(1.0 - draw["cost"], draw["future"]))


def _both(draw: Draw) -> Truth:
    window = prepaid_window(1.0, draw["cost"], _name(draw), draw["own_money"])
    return np.asarray(window.fund_from) < np.asarray(window.trust_upto)


WINDOW = Statement(
    name="window",
    claims=("C6-10",),
    kind=Kind.CONDITIONAL,
    words="Some share of the price, paid ahead, is enough for the work and leaves the seller "
    "willing to deliver.",
    holds=_both,
    rule=Rule(
        "Own money and good name are worth more than what twice the cost exceeds the price by.",
        left=lambda draw: draw["own_money"] + _name(draw),
        right=lambda draw: 2.0 * draw["cost"] - 1.0,
    ),
    ranges=(
        Range("cost", _COST, _COST / 2.0, 0.99, "the cost, as a part of the price",
              "half our number, up to next to no margin", by_ratio=False, domain=(0.0, 0.99)),
        Range("future", 0.0, 0.0, 0.67, "what a yuan at the next batch is worth today",
              "from a newcomer to a shop that expects two more batches", by_ratio=False),
        Range("own_money", 0.0, 0.0, 0.5, "the shop's own money, as a part of the price",
              "from none to half of the price", by_ratio=False),
    ),
    left_out="The workshop's smallest batch, sellers whom conscience holds, profit on later sales "
    "that the orders announce, money released step by step, and guarantees.",
)  # fmt: skip


def _ahead_earns_more(draw: Draw) -> Truth:
    sale = advance_or_spot(draw["high"], draw["low"], draw["suited"], BATCH.cost)
    return np.asarray(sale.advance_profit) > np.asarray(sale.spot_profit) + 1e-9


def _smaller_gap(draw: Draw) -> Array:
    low = draw["low"] - BATCH.cost
    return np.asarray(np.minimum(low, draw["suited"] * (draw["high"] - BATCH.cost) - low))


AHEAD = Statement(
    name="ahead",
    claims=("C6-10",),
    kind=Kind.CONDITIONAL,
    words="A shop whose buyers think ahead earns more by selling ahead than on the spot.",
    holds=_ahead_earns_more,
    rule=Rule(
        "Two gaps are both above zero, and here is the smaller: what the piece is worth to those "
        "whom it does not suit, less its cost; and what the high price earns on the spot beyond "
        "the low.",
        left=_smaller_gap,
        right=lambda draw: np.zeros_like(draw["low"]),
        unit="yuan a buyer",
    ),
    ranges=(
        Range("suited", 0.5, 0.05, 1.0, "the share of buyers whom it suits",
              "from one in twenty, below the one in ten of the chapter's own example, to all",
              by_ratio=False),
        Range("high", 220.0, 110.0, 440.0, "what it is worth to them", "half to twice our number",
              unit="yuan", domain=(0.0, 1e6)),
        Range("low", 120.0, 60.0, 240.0, "what it is worth to the others",
              "half to twice our number", unit="yuan", domain=(0.0, 1e6)),
    ),
    inside=lambda draw: (draw["high"] > np.maximum(draw["low"], BATCH.cost))
    & (draw["suited"] < 1.0),
    left_out="Buyers who do not think ahead, risk-averse buyers, and rival shops.",
)  # fmt: skip


def _earned_upto(draw: Draw, level: Array) -> Array:
    """What good and bad batches earn on average where fewer pieces are wanted."""
    demand = GammaDemand(BATCH.mean_demand, draw["spread"])
    flop = BATCH.flop_probability
    return sum(
        (
            odds
            * np.asarray(
                earned_below(level, draw["batch"], BATCH.price, BATCH.cost, draw["salvage"],
                             demand, usable)
            )
            for odds, usable in ((1.0 - flop, 1.0), (flop, BATCH.usable_after_flop))
        ),
        start=np.zeros_like(level),
    )  # fmt: skip


def _covers(draw: Draw) -> Array:
    return np.asarray(pays_from(draw["batch"], BATCH.price, BATCH.cost, draw["salvage"]))


def _goal(draw: Draw) -> Array:
    """Orders that pay for the batch, as `BatchTerms.goal`."""
    needed = draw["batch"] * BATCH.cost / (BATCH.price * (1.0 - draw["discount"]))
    return np.asarray(np.ceil(needed - 1e-9))


def _goal_saves(draw: Draw) -> Truth:
    return np.asarray(_earned_upto(draw, _goal(draw)) < 0.0)


GOAL = Statement(
    name="goal",
    claims=("C6-10",),
    kind=Kind.CONDITIONAL,
    words="A goal that covers the cost saves money on average, what the stopped batches would have "
    "earned being counted.",
    holds=_goal_saves,
    rule=Rule(
        "What batches too small to cover their cost would have lost is more than what those "
        "between there and the goal would have earned.",
        left=lambda draw: -_earned_upto(draw, _covers(draw)),
        right=lambda draw: _earned_upto(draw, _goal(draw)) - _earned_upto(draw, _covers(draw)),
        unit="yuan a batch",
    ),
    ranges=(
        Range.half_to_twice("spread", BATCH.demand_spread, "the spread of demand", unit="scarves",
                            domain=(0.0, 1e6)),
        Range.half_to_twice("salvage", BATCH.salvage, "what a left-over scarf fetches",
                            unit="yuan", domain=(0.0, 99.0)),
        Range.half_to_twice("batch", BATCH.batch, "the workshop's smallest batch",
                            unit="scarves", domain=(1.0, 1e6)),
        Range.half_to_twice("discount", BATCH.discount, "the discount for paying ahead",
                            by_ratio=False, domain=(0.0, 0.37)),
    ),
    left_out="The bank's saved costs, the growth of the batches made, and buyers who wait.",
)  # fmt: skip

STATEMENTS = (WINDOW, GOAL, AHEAD)
"""What the chapter states of its models, in the order of the page."""
