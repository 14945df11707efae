"""The headline statements of the chapter on credit scoring: the second asked, and a shock."""

from __future__ import annotations

import numpy as np

from netfin.checks import Array
from netfin.lending import BANK, margin_at
from netfin.scoring.cut_offs import costs_but_defaults
from netfin.scoring.winners_curse import MARKET, RivalTerms, adverse_selection, pass_rates
from netfin.turning import Draw, Kind, Range, Rule, Statement, Truth, from_draw

_HALF_TO_TWICE = "half to twice our number"
_COSTS = float(costs_but_defaults(BANK))
_BEST = 0.99  # AUC; a card that never errs is no card

_DOOR = (
    Range("market.population_default", float(MARKET.population_default), 0.04, 0.16,
          "the bad among all who ask", _HALF_TO_TWICE),
    Range("market.own_auc", float(MARKET.own_auc), 0.5, _BEST, "your card's AUC",
          "from drawing lots to hardly ever erring", by_ratio=False, domain=(0.5, _BEST)),
    Range("market.own_approval", float(MARKET.own_approval), 0.3, 0.95, "whom you approve",
          "from half of our number to nearly all", by_ratio=False, domain=(0.05, 0.95)),
    Range("market.rate", float(MARKET.rate), 0.06, 0.24, "the loan rate", _HALF_TO_TWICE,
          domain=(_COSTS, 1.0)),
)  # fmt: skip


def _worth(rate: Array) -> Array:
    """Compute how many bad loans one good loan pays for."""
    return np.asarray(margin_at(rate, 0.0, BANK) / -np.asarray(margin_at(rate, 1.0, BANK)))


def _your_odds(terms: RivalTerms) -> Array:
    """Compute how many bad loans you make for a good one, without a rival."""
    mine = pass_rates(terms.own_auc, terms.own_approval, terms.population_default)
    door = terms.population_default / (1.0 - np.asarray(terms.population_default))
    return np.asarray(door * mine.bad / mine.good)


def _earned_before(draw: Draw) -> Truth:
    """Tell where your loans earn without a rival and before a shock: the rest lose anyway."""
    return np.asarray(_your_odds(from_draw(MARKET, "market", draw)) < _worth(draw["market.rate"]))


def _second_loses(draw: Draw) -> Truth:
    terms = from_draw(MARKET, "market", draw)
    pool = adverse_selection(draw["rival_auc"], draw["asked_first"], terms)
    return np.asarray(pool.profit) < 0.0


def _picked_over(draw: Draw) -> Array:
    """Compute your odds of bad times how much more often the rival leaves you a bad shop."""
    terms = from_draw(MARKET, "market", draw)
    theirs = pass_rates(draw["rival_auc"], terms.rival_approval, terms.population_default)
    first = draw["asked_first"]
    left = (1.0 - first * theirs.bad) / (1.0 - first * theirs.good)
    return np.asarray(_your_odds(terms) * left)


SECOND_ASKED = Statement(
    name="second-asked",
    claims=("C3-04",),
    kind=Kind.CONDITIONAL,
    words="A lender who earned alone, and keeps card and line, loses money once a rival is asked "
    "first.",
    holds=_second_loses,
    rule=Rule(
        "Your bad loans for a good one, times how much more often the rival leaves you a bad shop "
        "than a good one, are more than a good loan pays for.",
        left=_picked_over,
        right=lambda draw: _worth(draw["market.rate"]),
        unit="bad loans for a good one",
    ),
    ranges=(
        *_DOOR,
        Range("market.rival_approval", float(MARKET.rival_approval), 0.375, 0.95,
              "whom the rival approves", "from half of our number to nearly all", by_ratio=False,
              domain=(0.05, 0.95)),
        Range("rival_auc", float(MARKET.own_auc), 0.5, _BEST, "the rival's AUC",
              "from drawing lots to hardly ever erring; by default a card like yours",
              by_ratio=False, domain=(0.5, _BEST)),
        Range("asked_first", 1.0, 0.5, 1.0, "shops that ask the rival first", "half to all",
              by_ratio=False),
    ),
    inside=_earned_before,
    left_out="A line drawn anew, cards that err together, and rates that answer the rival's.",
)  # fmt: skip


def _shaken_odds(draw: Draw) -> Array:
    terms = from_draw(MARKET, "market", draw)
    before = np.asarray(terms.population_default)
    after = draw["times"] * before
    return np.asarray(_your_odds(terms) * draw["times"] * (1.0 - before) / (1.0 - after))


def _shock_loses(draw: Draw) -> Truth:
    odds = _shaken_odds(draw)
    return np.asarray(margin_at(draw["market.rate"], odds / (1.0 + odds), BANK)) < 0.0


SHOCK = Statement(
    name="shock",
    claims=("C3-04",),
    kind=Kind.CONDITIONAL,
    words="Loans that a card approved, and that earn in good times, lose money when the bad at the "
    "door multiply.",
    holds=_shock_loses,
    rule=Rule(
        "Your bad loans for a good one, times the rise of the odds of bad at the door, are more "
        "than a good loan pays for.",
        left=_shaken_odds,
        right=lambda draw: _worth(draw["market.rate"]),
        unit="bad loans for a good one",
    ),
    ranges=(
        *_DOOR,
        Range("times", 2.0, 1.0, 4.0, "times as many bad in the shock", _HALF_TO_TWICE,
              unit="times", domain=(1.0, 10.0)),
    ),
    left_out="A shock that changes who stands above whom, and a card that is recalibrated in time.",
    inside=lambda draw: (
        _earned_before(draw) & (draw["times"] * draw["market.population_default"] < 1.0)
    ),
)  # fmt: skip

STATEMENTS = (SECOND_ASKED, SHOCK)
