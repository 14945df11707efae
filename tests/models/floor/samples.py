"""Samples of what several chapters share."""

from contract import Kind, Sample

from netfin import annuity, lending

_TERMS = {
    "default_probability": 0.03,
    "loss_given_default": 0.6,
    "funding_rate": 0.02,
    "operating_cost": 0.02,
    "capital_ratio": 0.105,
    "required_return": 0.12,
    "profit": 0.0,
}

SAMPLES = [
    Sample(lending.LendingTerms, _TERMS, dict.fromkeys(_TERMS, Kind.NUMBERS)),
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
        annuity.annual_rates,
        {"rate": 0.01, "periods": 12},
        {"rate": Kind.NUMBERS, "periods": Kind.NUMBERS},
    ),
]
