"""Credit scoring: ranking, levels and profit, fairness, and a rival who scores better."""

from __future__ import annotations

from netfin.scoring import fairness, ranking, samples, winners_curse
from netfin.scoring.fairness import (
    Rule,
)
from netfin.scoring.ranking import (
    auc,
    best_profit,
    cut_off,
    gamed_auc,
    recalibrate,
    strategy,
)
from netfin.scoring.scorecard import (
    assign_folds,
    fit,
    information_value,
    scaling,
)
from netfin.scoring.winners_curse import (
    MARKET,
)

__all__ = [
    "MARKET",
    "Rule",
    "assign_folds",
    "auc",
    "best_profit",
    "cut_off",
    "fairness",
    "fit",
    "gamed_auc",
    "information_value",
    "ranking",
    "recalibrate",
    "samples",
    "scaling",
    "strategy",
    "winners_curse",
]
