"""Payments and idle balances: who pays for a payment, and who earns on money that waits."""

from __future__ import annotations

from netfin.payments.balances import CardTerms, customers_loan_rate
from netfin.payments.idle import (
    SaverTerms,
    cash_in_hand,
    move_pay,
    pay_at_the_door,
    yearly_fee_of_leaving,
)
from netfin.payments.street import Codes, StreetTerms, take_the_code

__all__ = [
    "CardTerms",
    "Codes",
    "SaverTerms",
    "StreetTerms",
    "cash_in_hand",
    "customers_loan_rate",
    "move_pay",
    "pay_at_the_door",
    "take_the_code",
    "yearly_fee_of_leaving",
]
