"""The intermediation spread: what a loan must cost, who is paid from it, and its true price."""

from __future__ import annotations

from netfin.spread.arrangements import (
    PLATFORM,
    Intermediary,
    Party,
    PlatformTerms,
    bank_loses_beyond,
    customer_rate,
    who_is_paid,
)
from netfin.spread.commission import (
    extra_sales_to_undercut,
    platform_break_even,
)
from netfin.spread.competition import (
    TOWN,
    cournot_loans,
)
from netfin.spread.instalments import (
    true_price,
)
from netfin.spread.rationing import (
    CROWD,
    Selection,
    bank_return,
    credit_market,
    safe_leave_above,
)
from netfin.spread.realised import (
    realised_spread,
)

__all__ = [
    "CROWD",
    "PLATFORM",
    "TOWN",
    "Intermediary",
    "Party",
    "PlatformTerms",
    "Selection",
    "bank_loses_beyond",
    "bank_return",
    "cournot_loans",
    "credit_market",
    "customer_rate",
    "extra_sales_to_undercut",
    "platform_break_even",
    "realised_spread",
    "safe_leave_above",
    "true_price",
    "who_is_paid",
]
