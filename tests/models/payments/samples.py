"""Samples of the models of the chapter Payments and idle balances."""

from contract import Kind, Sample

from netfin.payments import balances, ease, fund, idle, street

_SAVER = {"monthly_pay": 3000.0, "trouble": 1.0, "fund_yield": 0.036}
_STREET = {
    "fee": 0.006,
    "saving": 0.002,
    "convenience": 0.01,
    "wallet_share": 0.5,
    "margin": 0.2,
}
_CARD = {"bonus": 0.1, "never_used": 0.05, "months": 12.0}
_QUEUE = {"deposit": 99.0, "places": 1e6, "paid_a_day": 500.0, "rate": 0.04}
_TOKENS = {"sold": 100.0, "days": 90.0, "rate": 0.05, "never_used": 0.1, "backing": 0.2}
_PAYING = {"ticket": 15.0, "seconds": 14.0, "hour": 20.0, "fee": 0.003}
_TERMS = {"terms": Kind.OBJECT}


def _numbers(names: object) -> dict[str, Kind]:
    return dict.fromkeys(names, Kind.NUMBERS)  # type: ignore[call-overload]


SAMPLES = [
    Sample(idle.SaverTerms, _SAVER, _numbers(_SAVER)),
    Sample(
        idle.cash_in_hand,
        {"spending": 36000.0, "trouble": 2.0, "rate": 0.036},
        _numbers(("spending", "trouble", "rate")),
    ),
    *(
        Sample(function, {"terms": idle.SaverTerms(**_SAVER)}, _TERMS)
        for function in (
            idle.pay_at_the_door,
            idle.trouble_at_the_door,
            idle.yield_at_the_door,
            idle.move_pay,
        )
    ),
    Sample(
        idle.yearly_fee_of_leaving,
        {"spending": 36000.0, "exit_fee": 0.001},
        _numbers(("spending", "exit_fee")),
    ),
    Sample(street.StreetTerms, _STREET, _numbers(_STREET)),
    Sample(
        street.take_the_code,
        {"codes": street.Codes.FIRST, "terms": street.STREET},
        {"codes": Kind.CHOICE, **_TERMS},
    ),
    Sample(balances.CardTerms, _CARD, _numbers(_CARD)),
    Sample(balances.customers_loan_rate, {"terms": balances.CARD}, _TERMS),
    Sample(balances.average_balance, {"flow": 1000.0, "days": 30.0}, _numbers(("flow", "days"))),
    Sample(
        balances.float_income,
        {"balance": 460.0, "rate": 0.025, "handed_on": 0.1},
        _numbers(("balance", "rate", "handed_on")),
    ),
    Sample(balances.seigniorage, _TOKENS, _numbers(_TOKENS)),
    Sample(balances.refund_queue, _QUEUE, _numbers(_QUEUE)),
    Sample(
        fund.money_fund,
        {"loss": 0.0126, "sale_cost": 0.01, "cash_share": 0.1},
        dict.fromkeys(("loss", "sale_cost", "cash_share"), Kind.ONE),
    ),
    Sample(
        fund.bank_pays,
        {"moved": 0.3, "deposit_rate": 0.0035, "fund_rate": 0.04},
        _numbers(("moved", "deposit_rate", "fund_rate")),
    ),
    Sample(
        fund.bank_matches_above,
        {"deposit_rate": 0.0035, "fund_rate": 0.04, "fund_fee": 0.005},
        _numbers(("deposit_rate", "fund_rate", "fund_fee")),
    ),
    Sample(ease.cost_of_paying, _PAYING, _numbers(_PAYING)),
]
