"""Samples of the models of who holds the risk."""

from contract import Kind, Sample

from netfin.pool import POOL
from netfin.risk_transfer import capital, retention, tranches
from netfin.risk_transfer.capital import CAPITAL
from netfin.risk_transfer.retention import Retention
from netfin.risk_transfer.tranches import TRANCHING

_TRANCHING = {"junior": 0.07, "mezzanine": 0.04, "excess_spread": 0.02}
_RETENTION = {"vertical": 0.05, "first_loss": 0.05}
_CAPITAL = {
    "asset_return": 0.03,
    "funding_rate": 0.02,
    "tax_rate": 0.25,
    "deposit_premium": 0.01,
}


def _numbers(arguments: dict[str, float]) -> dict[str, Kind]:
    return dict.fromkeys(arguments, Kind.NUMBERS)


SAMPLES = [
    Sample(tranches.Tranching, _TRANCHING, _numbers(_TRANCHING)),
    Sample(retention.Retention, _RETENTION, _numbers(_RETENTION)),
    Sample(capital.CapitalTerms, _CAPITAL, _numbers(_CAPITAL)),
    Sample(
        capital.unexpected_loss,
        {"pool": POOL, "level": 0.999},
        {"pool": Kind.OBJECT, "level": Kind.NUMBERS},
    ),
    Sample(
        capital.basel_retail_correlation,
        {"default_probability": 0.03},
        {"default_probability": Kind.NUMBERS},
    ),
    Sample(
        capital.basel_retail_capital,
        {"default_probability": 0.03, "loss_given_default": 0.6, "correlation": 0.1},
        {
            "default_probability": Kind.NUMBERS,
            "loss_given_default": Kind.NUMBERS,
            "correlation": Kind.NUMBERS,
        },
        optional=("correlation",),
    ),
    Sample(
        tranches.waterfall,
        {"loss": 0.1, "tranching": TRANCHING},
        {"loss": Kind.NUMBERS, "tranching": Kind.OBJECT},
    ),
    Sample(
        tranches.expected_tranche_losses,
        {"pool": POOL, "tranching": TRANCHING},
        {"pool": Kind.OBJECT, "tranching": Kind.OBJECT},
    ),
    Sample(
        tranches.tranche_losses_at,
        {"level": 0.999, "pool": POOL, "tranching": TRANCHING},
        {"level": Kind.NUMBERS, "pool": Kind.OBJECT, "tranching": Kind.OBJECT},
    ),
    Sample(
        retention.first_loss_stake,
        {"first_loss": 0.05, "pool": POOL},
        {"first_loss": Kind.NUMBERS, "pool": Kind.OBJECT},
    ),
    Sample(
        retention.marginal_stake,
        {"retention": Retention(), "pool": POOL},
        {"retention": Kind.OBJECT, "pool": Kind.OBJECT},
    ),
    Sample(
        retention.default_probability_at_stake,
        {"stake": 0.3, "first_loss": 0.05, "pool": POOL},
        {"stake": Kind.NUMBERS, "first_loss": Kind.NUMBERS, "pool": Kind.OBJECT},
    ),
    Sample(
        retention.screening,
        {"retention": Retention(), "unscreened": 0.1, "reach": 0.06, "pool": POOL},
        {
            "retention": Kind.OBJECT,
            "unscreened": Kind.NUMBERS,
            "reach": Kind.ONE,
            "pool": Kind.OBJECT,
        },
    ),
    Sample(
        retention.credit_multiplier,
        {"rounds": 7, "retained": 0.07},
        {"rounds": Kind.NUMBERS, "retained": Kind.NUMBERS},
    ),
    Sample(
        retention.credit_multiplier_limit,
        {"retained": 0.07},
        {"retained": Kind.NUMBERS},
    ),
    Sample(
        capital.owners_return,
        {"capital_ratio": 0.105, "terms": CAPITAL},
        {"capital_ratio": Kind.NUMBERS, "terms": Kind.OBJECT},
    ),
    Sample(
        capital.capital_wedge,
        {"capital_saved": 0.085, "required_return": 0.12, "terms": CAPITAL},
        {"capital_saved": Kind.NUMBERS, "required_return": Kind.NUMBERS, "terms": Kind.OBJECT},
    ),
]
