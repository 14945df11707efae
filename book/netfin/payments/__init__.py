"""Payments and idle balances: who pays for a payment, and who earns on money that waits."""

from __future__ import annotations

from netfin.payments.balances import (
    CardTerms,
    customers_loan_rate,
    float_income,
    refund_queue,
    seigniorage,
)
from netfin.payments.ease import cost_of_paying
from netfin.payments.fund import bank_matches_above, bank_pays, money_fund
from netfin.payments.idle import (
    SaverTerms,
    cash_in_hand,
    move_pay,
    pay_at_the_door,
    trouble_at_the_door,
    yearly_fee_of_leaving,
)
from netfin.payments.street import Codes, StreetTerms, take_the_code
from netfin.payments.two_sides import TwoSidesTerms, best_prices, capped_prices

__all__ = [
    "CardTerms",
    "Codes",
    "SaverTerms",
    "StreetTerms",
    "TwoSidesTerms",
    "bank_matches_above",
    "bank_pays",
    "best_prices",
    "capped_prices",
    "cash_in_hand",
    "cost_of_paying",
    "customers_loan_rate",
    "float_income",
    "money_fund",
    "move_pay",
    "pay_at_the_door",
    "refund_queue",
    "seigniorage",
    "take_the_code",
    "trouble_at_the_door",
    "yearly_fee_of_leaving",
]
