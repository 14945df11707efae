"""Samples of what several chapters share."""

import numpy as np
from contract import Kind, Sample

from netfin import annuity, lending, newsvendor, pool, realised, runs
from netfin.pool import POOL
from netfin.turning import Kind as Wording
from netfin.turning import Range, Rule, Statement, designs, found, statement

_TERMS = {
    "default_probability": 0.03,
    "loss_given_default": 0.6,
    "funding_rate": 0.02,
    "operating_cost": 0.02,
    "capital_ratio": 0.105,
    "required_return": 0.12,
    "profit": 0.0,
}
_CONTRACT = {
    "early_promise": 1.0,
    "long_return": 1.1,
    "sale_price": 0.7,
    "cash_share": 0.1,
    "early_needs": 0.1,
}

_POOL = {"default_probability": 0.03, "loss_given_default": 0.6, "asset_correlation": 0.1}

_ABOVE = Statement(
    name="above",
    claims=("C1-01",),
    kind=Wording.CONDITIONAL,
    words="One number is above the other.",
    holds=lambda draw: draw["a"] > draw["b"],
    rule=Rule("The one is above the other.", lambda draw: draw["a"], lambda draw: draw["b"]),
    ranges=(
        Range("a", 0.04, 0.02, 0.08, "the one", "half to twice"),
        Range("b", 0.03, 0.015, 0.06, "the other", "half to twice"),
    ),
    left_out="All else.",
)

SAMPLES = [
    Sample(
        found.turning,
        {"statement": _ABOVE, "points": 64},
        {"statement": Kind.OBJECT, "points": Kind.COUNT},
    ),
    Sample(
        designs.tally,
        {"statement": _ABOVE, "design": designs.Design.TOGETHER, "two": ("a", "b"), "points": 64},
        {"statement": Kind.OBJECT, "design": Kind.CHOICE, "two": Kind.OTHER, "points": Kind.COUNT},
    ),
    Sample(
        designs.total_effects,
        {"statement": _ABOVE, "points": 64},
        {"statement": Kind.OBJECT, "points": Kind.COUNT},
    ),
    Sample(
        statement.from_draw,
        {"terms": lending.BANK, "owner": "bank", "draw": {"bank.profit": np.array([0.01])}},
        {"terms": Kind.OBJECT, "owner": Kind.TEXT, "draw": Kind.OTHER},
    ),
    Sample(lending.LendingTerms, _TERMS, dict.fromkeys(_TERMS, Kind.NUMBERS)),
    Sample(lending.ShopLenderTerms, _TERMS, dict.fromkeys(_TERMS, Kind.NUMBERS)),
    Sample(lending.break_even_rate, {"terms": lending.BANK}, {"terms": Kind.OBJECT}),
    Sample(lending.decompose, {"terms": lending.BANK}, {"terms": Kind.OBJECT}),
    Sample(
        lending.margin_at,
        {"rate": 0.08, "realised_default": 0.03, "terms": lending.BANK},
        {"rate": Kind.NUMBERS, "realised_default": Kind.NUMBERS, "terms": Kind.OBJECT},
    ),
    Sample(
        lending.earned,
        {"rate": 0.08, "realised_default": 0.03, "terms": lending.BANK},
        {"rate": Kind.NUMBERS, "realised_default": Kind.NUMBERS, "terms": Kind.OBJECT},
    ),
    Sample(
        annuity.internal_rate_of_return,
        {"payout": 1000.0, "payment": 100.0, "months": 12},
        {"payout": Kind.NUMBERS, "payment": Kind.NUMBERS, "months": Kind.NUMBERS},
    ),
    Sample(
        annuity.rate_of_payments,
        {"payout": 1000.0, "payments": [600.0, 0.0, 500.0]},
        {"payout": Kind.ONE, "payments": Kind.ROW},
    ),
    Sample(
        annuity.worth_of_payments,
        {"rate": 0.01, "months": 12},
        {"rate": Kind.NUMBERS, "months": Kind.NUMBERS},
    ),
    Sample(
        annuity.annual_rates,
        {"rate": 0.01, "periods": 12},
        {"rate": Kind.NUMBERS, "periods": Kind.NUMBERS},
    ),
    Sample(runs.DepositContract, _CONTRACT, dict.fromkeys(_CONTRACT, Kind.ONE)),
    *(
        Sample(
            function,
            {"share": 0.25, "contract": runs.PLATFORM},
            {"share": Kind.NUMBERS, "contract": Kind.OBJECT},
        )
        for function in (runs.leave_payoff, runs.wait_payoff)
    ),
    Sample(
        runs.tipping_point,
        {"contract": runs.PLATFORM},
        {"contract": Kind.OBJECT},
        infinite=True,
    ),
    Sample(
        runs.payoffs,
        {"share": 0.25, "rule": runs.Rule.INSURANCE, "contract": runs.PLATFORM},
        {"share": Kind.NUMBERS, "rule": Kind.CHOICE, "contract": Kind.OBJECT},
        infinite=True,
    ),
    Sample(
        runs.optimal_deposit_contract,
        {"long_return": 2.0, "early_needs": 0.25, "risk_aversion": 2.0},
        dict.fromkeys(("long_return", "early_needs", "risk_aversion"), Kind.ONE),
    ),
    Sample(
        runs.run_thresholds,
        {"contract": runs.PLATFORM, "utility": None},
        {"contract": Kind.OBJECT, "utility": Kind.OTHER},
        optional=("utility",),
    ),
]


# ---------------------------------------------------------------------------------------------
# The newsvendor

_GOODS = {"price": 100.0, "cost": 60.0, "salvage": 20.0}
_DEMAND = newsvendor.NormalDemand(1000.0, 300.0)

NEWSVENDOR = [
    *(
        Sample(kind, {"mean": 1000.0, "sd": 300.0}, dict.fromkeys(("mean", "sd"), Kind.NUMBERS))
        for kind in (newsvendor.NormalDemand, newsvendor.GammaDemand)
    ),
    Sample(newsvendor.SampleDemand, {"observed": np.array([1.0, 2, 4])}, {"observed": Kind.ROW}),
    Sample(newsvendor.critical_fractile, _GOODS, dict.fromkeys(_GOODS, Kind.NUMBERS)),
    Sample(
        newsvendor.order_quantity,
        {**_GOODS, "demand": _DEMAND},
        {**dict.fromkeys(_GOODS, Kind.NUMBERS), "demand": Kind.OBJECT},
    ),
    Sample(
        newsvendor.expected_revenue,
        {"order": 900.0, "price": 100.0, "salvage": 20.0, "demand": _DEMAND},
        {
            **dict.fromkeys(("order", "price", "salvage"), Kind.NUMBERS),
            "demand": Kind.OBJECT,
        },
    ),
    Sample(
        newsvendor.expected_profit,
        {"order": 900.0, **_GOODS, "demand": _DEMAND},
        {**dict.fromkeys(("order", *_GOODS), Kind.NUMBERS), "demand": Kind.OBJECT},
    ),
    Sample(pool.PoolTerms, _POOL, dict.fromkeys(_POOL, Kind.NUMBERS)),
    Sample(
        pool.default_share,
        {"factor": -3.0, "pool": POOL},
        {"factor": Kind.NUMBERS, "pool": Kind.OBJECT},
    ),
    Sample(
        pool.loss_quantile,
        {"level": 0.999, "pool": POOL},
        {"level": Kind.NUMBERS, "pool": Kind.OBJECT},
    ),
    Sample(
        pool.expected_loss_up_to,
        {"limit": 0.05, "pool": POOL},
        {"limit": Kind.NUMBERS, "pool": Kind.OBJECT},
    ),
    Sample(
        pool.simulate_pool,
        {"rng": np.random.default_rng(1), "loans": 100, "years": 3, "pool": POOL},
        {"rng": Kind.RNG, "loans": Kind.COUNT, "years": Kind.COUNT, "pool": Kind.OBJECT},
    ),
    Sample(
        pool.chance_beyond,
        {"limit": 0.05, "pool": POOL},
        {"limit": Kind.NUMBERS, "pool": Kind.OBJECT},
    ),
    Sample(
        realised.realised_spread,
        {"rate": 0.12, "net_return": 0.1, "principal_lost": 0.05},
        {"rate": Kind.NUMBERS, "net_return": Kind.NUMBERS, "principal_lost": Kind.NUMBERS},
    ),
]
SAMPLES += NEWSVENDOR
