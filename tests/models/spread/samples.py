"""Samples of the models of the spread."""

from contract import Kind, Sample

from netfin.lending import BANK, SHOP_PLATFORM
from netfin.spread import arrangements, commission, competition, instalments, rationing
from netfin.spread.arrangements import PLATFORM, Intermediary
from netfin.spread.competition import TOWN
from netfin.spread.rationing import CROWD, Selection

_PLATFORM = {
    "running_cost": 0.01,
    "bank_running_cost": 0.005,
    "own_capital": 0.02,
    "required_return": 0.15,
    "bank_margin": 0.01,
    "interest_share": 0.34,
}
_CROWD = {
    "safe_share": 0.8,
    "safe_success": 0.98,
    "project_return": 0.25,
    "outside_income": 0.05,
    "loss_given_default": 0.6,
    "operating_cost": 0.02,
}
_PAIR = {"bank": BANK, "platform": PLATFORM}
_LENDERS = {"bank": Kind.OBJECT, "platform": Kind.OBJECT}
_SELECTED = {"terms": CROWD, "selection": Selection.EQUAL_MEANS}
_SELECTING = {"terms": Kind.OBJECT, "selection": Kind.CHOICE}
_INSTALMENTS = {"months": 12, "monthly_fee": 0.006, "upfront_fee": 0.03}

SAMPLES = [
    Sample(arrangements.PlatformTerms, _PLATFORM, dict.fromkeys(_PLATFORM, Kind.NUMBERS)),
    Sample(arrangements.wholesale_rate, _PAIR, _LENDERS),
    Sample(
        arrangements.customer_rate,
        {"intermediary": Intermediary.RELENDER, **_PAIR},
        {"intermediary": Kind.CHOICE, **_LENDERS},
    ),
    Sample(arrangements.relender_cheaper_above, _PAIR, _LENDERS),
    Sample(arrangements.relender_handles_for, {"platform": PLATFORM}, {"platform": Kind.OBJECT}),
    Sample(arrangements.referral_shares, _PAIR, _LENDERS),
    *(
        Sample(
            arrangements.who_is_paid,
            {"intermediary": each, **_PAIR, "realised_default": 0.1, "rate": 0.08},
            {
                "intermediary": Kind.CHOICE,
                **_LENDERS,
                "realised_default": Kind.NUMBERS,
                "rate": Kind.NUMBERS,
            },
            optional=("realised_default", "rate"),
        )
        for each in Intermediary
    ),
    Sample(
        arrangements.bank_loses_beyond,
        {**_PAIR, "rate": 0.08},
        {**_LENDERS, "rate": Kind.NUMBERS},
        optional=("rate",),
        infinite=True,
    ),
    Sample(
        commission.platform_break_even,
        {"take_rate": 0.05, "extra_sales": 0.75, "terms": SHOP_PLATFORM},
        {"take_rate": Kind.NUMBERS, "extra_sales": Kind.NUMBERS, "terms": Kind.OBJECT},
    ),
    Sample(
        commission.extra_sales_to_undercut,
        {"bank": BANK, "platform": SHOP_PLATFORM, "take_rate": 0.05},
        {**_LENDERS, "take_rate": Kind.NUMBERS},
        infinite=True,
    ),
    Sample(competition.TownTerms, {"choke_rate": 0.2}, {"choke_rate": Kind.NUMBERS}),
    Sample(
        competition.cournot_loans,
        {"banks": 2, "lending": BANK, "town": TOWN},
        {"banks": Kind.NUMBERS, "lending": Kind.OBJECT, "town": Kind.OBJECT},
    ),
    Sample(
        instalments.instalment_schedule,
        {"amount": 12_000.0, **_INSTALMENTS},
        {
            "amount": Kind.ONE,
            "months": Kind.COUNT,
            "monthly_fee": Kind.ONE,
            "upfront_fee": Kind.ONE,
        },
    ),
    Sample(instalments.true_price, _INSTALMENTS, dict.fromkeys(_INSTALMENTS, Kind.NUMBERS)),
    Sample(rationing.CrowdTerms, _CROWD, dict.fromkeys(_CROWD, Kind.NUMBERS)),
    Sample(rationing.safe_leave_above, {"terms": CROWD}, {"terms": Kind.OBJECT}),
    Sample(
        rationing.applicants,
        {"rate": 0.1, **_SELECTED},
        {"rate": Kind.NUMBERS, **_SELECTING},
    ),
    Sample(
        rationing.bank_return,
        {"rate": 0.1, **_SELECTED},
        {"rate": Kind.NUMBERS, **_SELECTING},
    ),
    Sample(
        rationing.deposits,
        {"return_to_savers": 0.1, "response": 7.0},
        {"return_to_savers": Kind.NUMBERS, "response": Kind.NUMBERS},
    ),
    *(
        Sample(
            rationing.credit_market,
            {"response": 7.0, "terms": CROWD, "selection": each},
            {"response": Kind.NUMBERS, **_SELECTING},
        )
        for each in Selection
    ),
]
