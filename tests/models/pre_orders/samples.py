"""Samples of the models of pre-order financing."""

from contract import Kind, Sample

from netfin.lending import BANK
from netfin.newsvendor import GammaDemand
from netfin.pre_orders import (
    advance_selling,
    all_or_nothing,
    batch,
    batch_funding,
    bounds,
    early_orders,
    prepayment,
    stopped,
)

_BATCH = {
    "price": 160.0,
    "cost": 100.0,
    "salvage": 40.0,
    "batch": 1000.0,
    "mean_demand": 1000.0,
    "demand_spread": 400.0,
    "discount": 0.1,
    "months": 6.0,
    "flop_probability": 0.05,
    "usable_after_flop": 0.4,
    "investor_return": 0.2,
    "ahead_share": 0.9,
}
_WEEKS = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]

SAMPLES = [
    Sample(
        bounds.no_more,
        {"name": "value", "value": 1.0, "limit_name": "limit", "limit": 1e9},
        {
            "name": Kind.OTHER,
            "value": Kind.NUMBERS,
            "limit_name": Kind.OTHER,
            "limit": Kind.OTHER,
        },
    ),
    Sample(
        prepayment.prepaid_window,
        {"price": 160.0, "cost": 100.0, "reputation": 20.0, "own_money": 10.0, "held": 0.5},
        dict.fromkeys(("price", "cost", "reputation", "own_money", "held"), Kind.NUMBERS),
        infinite=True,
    ),
    Sample(
        prepayment.reputation_value,
        {"margin": 60.0, "weight_of_future": 0.4},
        dict.fromkeys(("margin", "weight_of_future"), Kind.NUMBERS),
    ),
    Sample(
        prepayment.patience_needed,
        {"price": 160.0, "cost": 100.0, "prepaid": 0.625},
        dict.fromkeys(("price", "cost", "prepaid"), Kind.NUMBERS),
    ),
    Sample(
        advance_selling.advance_or_spot,
        {
            "high_value": 220.0,
            "low_value": 120.0,
            "high_share": 0.5,
            "cost": 100.0,
            "looks_ahead": True,
        },
        {
            **dict.fromkeys(("high_value", "low_value", "high_share", "cost"), Kind.NUMBERS),
            "looks_ahead": Kind.FLAG,
        },
    ),
    Sample(early_orders.uncertainty_left, {"correlation": 0.6}, {"correlation": Kind.NUMBERS}),
    Sample(
        early_orders.forecast_from_early,
        {"early": [1.0, 2.0, 4.0, 3.0, 6.0], "demand": [10.0, 21.0, 38.0, 33.0, 61.0]},
        {"early": Kind.ROW, "demand": Kind.ROW},
    ),
    Sample(
        early_orders.whole_weeks,
        {"dates": [f"2017-01-0{day}" for day in range(1, 8)], "units": [1.0, 2, 3, 4, 5, 6, 7]},
        {"dates": Kind.OTHER, "units": Kind.ROW},
    ),
    Sample(
        early_orders.seen_in_first_days,
        {"days": _WEEKS, "seen": 1},
        {"days": Kind.OTHER, "seen": Kind.COUNT},
    ),
    Sample(
        all_or_nothing.campaign,
        {
            "visitors": 2000,
            "order_probabilities": [0.1, 0.3, 0.5],
            "goal": 700,
            "margin": 60.0,
            "fixed_cost": 40_000.0,
        },
        {
            "visitors": Kind.COUNT,
            "order_probabilities": Kind.ROW,
            "goal": Kind.COUNT,
            "margin": Kind.ONE,
            "fixed_cost": Kind.ONE,
        },
    ),
    Sample(batch.BatchTerms, _BATCH, dict.fromkeys(_BATCH, Kind.ONE)),
    Sample(
        batch_funding.split,
        {
            "way": batch.Way.LOAN,
            "demand": 300.0,
            "usable": 0.9,
            "terms": batch.BATCH,
            "price": batch_funding.Price(0.12, 0.8),
        },
        {
            "way": Kind.CHOICE,
            "demand": Kind.NUMBERS,
            "usable": Kind.NUMBERS,
            "terms": Kind.OBJECT,
            "price": Kind.OBJECT,
        },
        optional=("price",),
    ),
    Sample(
        batch_funding.price_of_money,
        {"terms": batch.BATCH, "lender": BANK},
        {"terms": Kind.OBJECT, "lender": Kind.OBJECT},
    ),
    Sample(
        stopped.earned_below,
        {
            "level": 695.0,
            "batch": 1000.0,
            "price": 160.0,
            "cost": 100.0,
            "salvage": 40.0,
            "demand": GammaDemand(1000.0, 400.0),
            "usable": 0.9,
        },
        {
            **dict.fromkeys(("level", "batch", "price", "cost", "salvage"), Kind.NUMBERS),
            "demand": Kind.OBJECT,
            "usable": Kind.NUMBERS,
        },
    ),
    Sample(
        stopped.pays_from,
        {"batch": 1000.0, "price": 160.0, "cost": 100.0, "salvage": 40.0},
        dict.fromkeys(("batch", "price", "cost", "salvage"), Kind.NUMBERS),
    ),
    Sample(batch_funding.bridge, {"terms": batch.BATCH}, {"terms": Kind.OBJECT}),
    Sample(
        batch_funding.prospect,
        {"way": batch.Way.PREPAID, "terms": batch.BATCH},
        {"way": Kind.CHOICE, "terms": Kind.OBJECT},
    ),
]
