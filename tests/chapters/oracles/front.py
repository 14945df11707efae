"""The landing page's explorer, computed by the models alone."""

from __future__ import annotations

from oracle import Expected, Oracle

from netfin import lending
from netfin.spread import commission

TAKE_RATE = 0.05


def shop_or_bank(extra_sales: float) -> Expected:
    platform = commission.platform_break_even(TAKE_RATE, extra_sales)
    return Expected(
        {
            "lender": ["Bank", "Platform"],
            "cost of money (%)": [2, 6],
            "loan rate (%)": [100 * lending.break_even_rate(lending.BANK), 100 * platform],
        }
    )


ORACLES: dict[str, Oracle] = {"shop-or-bank": shop_or_bank}
