"""Who holds the risk: the losses of a pool, its tranches, and what a seller keeps."""

from __future__ import annotations

from netfin.pool import POOL, PoolTerms, loss_quantile, simulate_pool
from netfin.risk_transfer.capital import unexpected_loss
from netfin.risk_transfer.retention import (
    Retention,
    credit_multiplier,
    credit_multiplier_limit,
    marginal_stake,
    screening,
)
from netfin.risk_transfer.tranches import (
    Tranching,
    expected_tranche_losses,
    tranche_losses_at,
    waterfall,
)

__all__ = [
    "POOL",
    "PoolTerms",
    "Retention",
    "Tranching",
    "credit_multiplier",
    "credit_multiplier_limit",
    "expected_tranche_losses",
    "loss_quantile",
    "marginal_stake",
    "screening",
    "simulate_pool",
    "tranche_losses_at",
    "unexpected_loss",
    "waterfall",
]
