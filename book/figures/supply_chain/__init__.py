"""Pictures of the chapter on supply-chain finance."""

from __future__ import annotations

from figures.supply_chain.invoices import cash_cycle, later_payment, pledged_twice
from figures.supply_chain.poorest_shop import poorest_orders_most
from figures.supply_chain.sales_loan import real_sales, share_of_sales

__all__ = [
    "cash_cycle",
    "later_payment",
    "pledged_twice",
    "poorest_orders_most",
    "real_sales",
    "share_of_sales",
]
