"""Samples of the models of the chapter Two ways to run a shop."""

from contract import Kind, Sample

from netfin.merchants import bidding, fake_orders, fans, kinds, leader, market, pool, sale, tail

_SHOP = {
    "goods": 0.3,
    "staff": 0.12,
    "marketing": 0.2,
    "fake_orders": 0.05,
    "fee": 0.03,
    "parcels": 0.08,
    "returned": 0.2,
}
_BRUSH = {"margin": 0.58, "drawn": 0.3, "cost": 0.1, "caught": 0.25, "fine": 0.1}
_CUSTOMERS = {
    "loyal_share": 0.4,
    "loyal": 0.85,
    "fickle": 0.2,
    "margin": 40.0,
    "price": 60.0,
    "discount": 0.12,
}
_LEADER = {"loss": 3.0, "back": 0.2, "later_margin": 25.0}
_FANS = {
    "followers": 2.0,
    "commission": 20.0,
    "offer": 100.0,
    "burn": 0.004,
    "posts": 30.0,
    "growth": 0.005,
    "discount": 0.01,
}
_TERMS = {"terms": Kind.OBJECT}


def _numbers(names: object) -> dict[str, Kind]:
    return dict.fromkeys(names, Kind.NUMBERS)  # type: ignore[call-overload]


SAMPLES = [
    Sample(sale.ShopTerms, _SHOP, _numbers(_SHOP)),
    Sample(sale.what_is_left, {"terms": sale.SHOP}, _TERMS),
    Sample(sale.returns_that_ruin, {"terms": sale.SHOP}, _TERMS),
    Sample(bidding.contest, {"sellers": 5.0, "decisive": 0.5}, _numbers(("sellers", "decisive"))),
    Sample(
        bidding.sellers_that_come,
        {"entry_cost": 0.03, "decisive": 0.5},
        _numbers(("entry_cost", "decisive")),
    ),
    Sample(bidding.sellers_behind, {"share": 0.5}, _numbers(("share",))),
    Sample(fake_orders.BrushTerms, _BRUSH, _numbers(_BRUSH)),
    Sample(fake_orders.brushing, {"terms": fake_orders.BRUSH}, _TERMS),
    Sample(fake_orders.fine_that_ends_it, {"terms": fake_orders.BRUSH}, _TERMS),
    Sample(
        market.enter,
        {"incumbents": 3.0, "entrant": 1.0, "nothing": 2.0},
        _numbers(("incumbents", "entrant", "nothing")),
    ),
    Sample(pool.CustomerTerms, _CUSTOMERS, _numbers(_CUSTOMERS)),
    Sample(
        pool.lifetime_multiple,
        {"returns": 0.8, "discount": 0.1},
        _numbers(("returns", "discount")),
    ),
    Sample(
        pool.in_year,
        {"year": 3.0, "terms": pool.CUSTOMERS},
        {"year": Kind.NUMBERS, **_TERMS},
    ),
    Sample(
        pool.worth_by_the_average,
        {"terms": pool.CUSTOMERS, "year": 2.0},
        {**_TERMS, "year": Kind.NUMBERS},
    ),
    Sample(pool.years_to_pay_back, {"terms": pool.CUSTOMERS}, _TERMS, infinite=True),
    Sample(
        kinds.fit_two_kinds,
        {"purchases": [1.0, 1.0, 1.0, 2.0, 3.0, 7.0]},
        {"purchases": Kind.ROW},
    ),
    Sample(leader.LeaderTerms, _LEADER, _numbers(_LEADER)),
    Sample(leader.gain_per_parcel, {"terms": leader.LEADER}, _TERMS),
    Sample(leader.must_come_back, {"terms": leader.LEADER}, _TERMS),
    Sample(fans.FansTerms, _FANS, _numbers(_FANS)),
    Sample(fans.lost_in_a_month, {"terms": fans.FANS}, _TERMS),
    Sample(fans.refuse_or_accept, {"terms": fans.FANS}, _TERMS),
    Sample(fans.loss_that_turns, {"terms": fans.FANS}, _TERMS),
    Sample(
        fans.months_until_refusing_pays,
        {"terms": fans.FansTerms(growth=0.03)},
        _TERMS,
        infinite=True,
    ),
    Sample(tail.top_share, {"part": 0.2, "tail": 1.3}, _numbers(("part", "tail"))),
    Sample(tail.tail_behind, {"part": 0.02, "share": 0.4}, _numbers(("part", "share"))),
    Sample(tail.sellers_to_count, {"share": 0.02, "margin": 0.01}, _numbers(("share", "margin"))),
]
