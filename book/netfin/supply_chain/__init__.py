"""Supply-chain finance: trade credit, invoices, pledges, loans on stock and from sales."""

from __future__ import annotations

from netfin.supply_chain.invoices import reverse_factoring
from netfin.supply_chain.trade_credit import cash_conversion_cycle, trade_credit_rate

__all__ = ["cash_conversion_cycle", "reverse_factoring", "trade_credit_rate"]
