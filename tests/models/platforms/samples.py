"""Samples of the models of the chapter Two-sided platforms."""

from contract import Kind, Sample

from netfin.platforms import diffusion, generations, growth, hold_up, homing

_GROWTH = {"alone": 0.0175, "buyers_pull": 10.0, "sellers_pull": 10.0, "pace": 0.25}
_ONE_MARKET = {
    "buyers_worth": 80.0,
    "sellers_worth": 20.0,
    "buyers_way": 100.0,
    "sellers_way": 100.0,
}
_GUIDE = {
    "commission": 0.03,
    "margin": 0.06,
    "would_come": 0.2,
    "own_customers": 0.1,
    "fixed_cost": 0.4,
}
_BET = {
    "old_traffic": 4.0,
    "potential": 40.0,
    "decline": 0.2,
    "innovation": 0.01,
    "imitation": 0.38,
    "held_back": 0.25,
}
_TERMS = {"terms": Kind.OBJECT}


def _numbers(names: object) -> dict[str, Kind]:
    return dict.fromkeys(names, Kind.NUMBERS)  # type: ignore[call-overload]


SAMPLES = [
    Sample(growth.GrowthTerms, _GROWTH, _numbers(_GROWTH)),
    Sample(
        growth.willing,
        {"others": 0.5, "pull": 10.0, "terms": growth.GROWTH},
        {**_numbers(("others", "pull")), **_TERMS},
    ),
    Sample(
        growth.market_after,
        {"months": 5, "buyers": 0.2, "sellers": 0.6, "terms": growth.GROWTH},
        {"months": Kind.COUNT, **_numbers(("buyers", "sellers")), **_TERMS},
    ),
    Sample(
        growth.sellers_needed,
        {"buyers": 0.1, "terms": growth.GROWTH},
        {"buyers": Kind.NUMBERS, **_TERMS},
        infinite=True,
    ),
    Sample(
        growth.even_cliff,
        {"alone": 0.0175, "pull": 10.0},
        _numbers(("alone", "pull")),
        infinite=True,
    ),
    Sample(growth.rests, {"terms": growth.GROWTH}, _TERMS),
    Sample(
        growth.push_needed,
        {"for_buyers": 0.0, "for_sellers": 6.0, "terms": growth.GROWTH},
        {"for_buyers": Kind.ONE, "for_sellers": Kind.ONE, **_TERMS},
        infinite=True,
    ),
    Sample(
        homing.seller_on_both,
        {"look_at_both": 0.4, "first_share": 0.5},
        _numbers(("look_at_both", "first_share")),
    ),
    Sample(homing.OneMarketTerms, _ONE_MARKET, _numbers(_ONE_MARKET)),
    Sample(homing.one_market_prices, {"terms": homing.ONE_MARKET}, _TERMS),
    Sample(hold_up.GuideTerms, _GUIDE, _numbers(_GUIDE)),
    Sample(hold_up.shut_out, {"terms": hold_up.GUIDE}, _TERMS),
    Sample(
        hold_up.under_names,
        {"names": 3, "found": 0.3, "together": 0.2},
        {"names": Kind.COUNT, **_numbers(("found", "together"))},
    ),
    Sample(
        hold_up.open_to_outsiders,
        {"take": 0.3, "copied": 0.2, "response": 1.0},
        _numbers(("take", "copied", "response")),
    ),
    Sample(hold_up.best_kept, {"response": 1.0}, _numbers(("response",))),
    Sample(
        diffusion.bass_reach,
        {"years": 5.0, "innovation": 0.03, "imitation": 0.38, "reached": 0.1},
        _numbers(("years", "innovation", "imitation", "reached")),
    ),
    Sample(
        diffusion.bass_peak,
        {"innovation": 0.03, "imitation": 0.38},
        _numbers(("innovation", "imitation")),
    ),
    Sample(
        diffusion.fit_bass,
        {
            "years": [0.0, 5.0, 9.0, 13.0],
            "shares": [0.082, 0.15, 0.229, 0.366],
            "find_ceiling": False,
        },
        {"years": Kind.ROW, "shares": Kind.ROW, "find_ceiling": Kind.FLAG},
    ),
    Sample(diffusion.BetTerms, _BET, _numbers(_BET)),
    Sample(
        diffusion.visits,
        {"dropped_after": 1.0, "horizon": 8, "terms": diffusion.BET},
        {"dropped_after": Kind.ONE, "horizon": Kind.COUNT, **_TERMS},
    ),
    Sample(
        generations.still_there,
        {"years": 13.0, "leave_at_once": 0.6, "switching": 0.05},
        _numbers(("years", "leave_at_once", "switching")),
    ),
    Sample(
        generations.years_together,
        {"switching": 0.2, "life": 40.0},
        _numbers(("switching", "life")),
    ),
]
