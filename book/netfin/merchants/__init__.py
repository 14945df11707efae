"""Two ways to run a shop: bought visitors, a pool of one's own, and what either leaves."""

from __future__ import annotations

from netfin.merchants.bidding import contest, sellers_behind, sellers_that_come
from netfin.merchants.fake_orders import BrushTerms, brushing, fine_that_ends_it
from netfin.merchants.fans import FansTerms, lost_in_a_month, refuse_or_accept
from netfin.merchants.kinds import Kinds, fit_two_kinds
from netfin.merchants.leader import LeaderTerms, gain_per_parcel, must_come_back
from netfin.merchants.market import enter
from netfin.merchants.pool import (
    CustomerTerms,
    in_year,
    lifetime_multiple,
    worth_by_the_average,
    years_to_pay_back,
)
from netfin.merchants.sale import ShopTerms, returns_that_ruin, what_is_left
from netfin.merchants.tail import sellers_to_count, tail_behind, top_share

__all__ = [
    "BrushTerms",
    "CustomerTerms",
    "FansTerms",
    "Kinds",
    "LeaderTerms",
    "ShopTerms",
    "brushing",
    "contest",
    "enter",
    "fine_that_ends_it",
    "fit_two_kinds",
    "gain_per_parcel",
    "in_year",
    "lifetime_multiple",
    "lost_in_a_month",
    "must_come_back",
    "refuse_or_accept",
    "returns_that_ruin",
    "sellers_behind",
    "sellers_that_come",
    "sellers_to_count",
    "tail_behind",
    "top_share",
    "what_is_left",
    "worth_by_the_average",
    "years_to_pay_back",
]
