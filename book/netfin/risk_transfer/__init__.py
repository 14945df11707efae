"""Who holds the risk: the losses of a pool of loans, their slices, and what a seller keeps."""

from __future__ import annotations

from netfin.risk_transfer.pool import (
    POOL,
    PoolTerms,
    Structure,
    basel_retail_capital,
    basel_retail_correlation,
    default_share,
    expected_loss_up_to,
    expected_slices,
    loss_quantile,
    simulate_pool,
    slices_at,
    unexpected_loss,
    waterfall,
)
from netfin.risk_transfer.retention import (
    Retention,
    capital_wedge,
    default_probability_at_stake,
    first_loss_stake,
    lent_after,
    lent_in_the_end,
    marginal_stake,
    owners_return,
    screening,
)

__all__ = [
    "POOL",
    "PoolTerms",
    "Retention",
    "Structure",
    "basel_retail_capital",
    "basel_retail_correlation",
    "capital_wedge",
    "default_probability_at_stake",
    "default_share",
    "expected_loss_up_to",
    "expected_slices",
    "first_loss_stake",
    "lent_after",
    "lent_in_the_end",
    "loss_quantile",
    "marginal_stake",
    "owners_return",
    "screening",
    "simulate_pool",
    "slices_at",
    "unexpected_loss",
    "waterfall",
]
