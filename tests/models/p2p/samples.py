"""Samples of the models of the chapter Lending from person to person."""

from contract import Kind, Sample

from netfin.p2p import crowd, fraud, grades, guarantee, instalments, notes

_NOTE = {"gain": 0.14, "loss": 0.65, "default_probability": 0.05, "asset_correlation": 0.1}
_FRAUD = {"promised_rate": 0.12, "withdrawal_rate": 0.3, "growth": 0.05, "earned_rate": 0.02}
_GUARANTEE = {"pot": 0.05, "fee": 0.04}
_TERMS = notes.NoteTerms(**_NOTE)
_PLAN = {"paid": 12, "rate": 0.14, "months": 36}
_COUNTS = {"charged_off": 10, "repaid": 70, "running": 20}
_MONEY = {"rate": 0.12, "net_return": 0.1, "principal_lost": 0.05, "fee_on_payments": 0.01}


def _numbers(arguments: dict[str, float]) -> dict[str, Kind]:
    return dict.fromkeys(arguments, Kind.NUMBERS)


def _of_terms(function: object, terms: object) -> Sample:
    return Sample(function, {"terms": terms}, {"terms": Kind.OBJECT})


SAMPLES = [
    Sample(notes.NoteTerms, _NOTE, _numbers(_NOTE)),
    Sample(fraud.FraudTerms, _FRAUD, _numbers(_FRAUD)),
    Sample(guarantee.GuaranteeTerms, _GUARANTEE, _numbers(_GUARANTEE)),
    *(
        _of_terms(each, _TERMS)
        for each in (
            notes.expected_return,
            notes.turning_default,
            notes.chance_of_loss_at_most,
            notes.spreading_turns_at,
            crowd.experts_who_empty,
        )
    ),
    Sample(
        notes.chance_of_loss,
        {"notes": 20, "terms": _TERMS},
        {"notes": Kind.NUMBERS, "terms": Kind.OBJECT},
    ),
    Sample(
        notes.worst_return,
        {"level": 0.99, "terms": _TERMS},
        {"level": Kind.NUMBERS, "terms": Kind.OBJECT},
    ),
    Sample(
        crowd.passive_return,
        {"experts": 0.3, "terms": _TERMS},
        {"experts": Kind.NUMBERS, "terms": Kind.OBJECT},
    ),
    Sample(
        crowd.effective_opinions,
        {"opinions": 100, "correlation": 0.1},
        {"opinions": Kind.NUMBERS, "correlation": Kind.NUMBERS},
    ),
    Sample(
        crowd.crowd_auc,
        {"auc": 0.6, "opinions": 100, "correlation": 0.1},
        {"auc": Kind.NUMBERS, "opinions": Kind.NUMBERS, "correlation": Kind.NUMBERS},
    ),
    *(
        Sample(
            each,
            {"years": 3.0, "terms": fraud.FraudTerms(**_FRAUD)},
            {"years": Kind.NUMBERS, "terms": Kind.OBJECT},
        )
        for each in (fraud.owed, fraud.cash)
    ),
    *(_of_terms(each, fraud.FRAUD) for each in (fraud.lifetime, fraud.cash_peak)),
    Sample(
        guarantee.pot_fails,
        {"terms": guarantee.POT, "loans": guarantee.GUARANTEED},
        {"terms": Kind.OBJECT, "loans": Kind.OBJECT},
    ),
    Sample(
        guarantee.years_to_fill,
        {"level": 0.999, "terms": guarantee.POT, "loans": guarantee.GUARANTEED},
        {"level": Kind.NUMBERS, "terms": Kind.OBJECT, "loans": Kind.OBJECT},
    ),
    Sample(
        instalments.monthly_payment,
        {"rate": 0.14, "months": 36},
        {"rate": Kind.NUMBERS, "months": Kind.NUMBERS},
    ),
    Sample(instalments.still_owed, _PLAN, _numbers(_PLAN)),
    Sample(instalments.money_back, _PLAN | {"recovery": 0.1}, _numbers(_PLAN | {"recovery": 0.1})),
    Sample(grades.default_bounds, _COUNTS, _numbers(_COUNTS)),
    Sample(grades.left_after_fee, _MONEY, _numbers(_MONEY)),
]
