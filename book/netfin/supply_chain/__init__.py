"""Supply-chain finance: trade credit, loans on stock, and loans repaid from sales."""

from __future__ import annotations

from netfin.supply_chain.inventory_loan import (
    POSTED_RATE,
    SCARVES,
    SEASON,
    break_even_sales,
    efficient_order,
    loss_of_total,
    order_at_rate,
    posted_rate,
    priced_to_order,
    strategic_bank,
)
from netfin.supply_chain.sales_loan import (
    SHOP,
    SalesLoanTerms,
    run_year,
    with_bad_season,
)
from netfin.supply_chain.trade_credit import (
    INVOICE,
    LARGE_BUYER,
    cash_conversion_cycle,
    cash_tied_up,
    chance_to_lose,
    debt_capacity,
    longest_term,
    pledged_again,
    reverse_factoring,
    selling_cost,
    trade_credit_rate,
    waiting_cost,
)

__all__ = [
    "INVOICE",
    "LARGE_BUYER",
    "POSTED_RATE",
    "SCARVES",
    "SEASON",
    "SHOP",
    "SalesLoanTerms",
    "break_even_sales",
    "cash_conversion_cycle",
    "cash_tied_up",
    "chance_to_lose",
    "debt_capacity",
    "efficient_order",
    "longest_term",
    "loss_of_total",
    "order_at_rate",
    "pledged_again",
    "posted_rate",
    "priced_to_order",
    "reverse_factoring",
    "run_year",
    "selling_cost",
    "strategic_bank",
    "trade_credit_rate",
    "waiting_cost",
    "with_bad_season",
]
