"""The numbers that the text of the chapter says."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, floor

import numpy as np

from figures.merchants.evidence import bought_once_more, two_kinds, under_two_kinds
from figures.numbers import Numbers, Quantity, number, of_100, percent
from netfin import facts
from netfin.merchants.bidding import contest, sellers_behind, sellers_that_come
from netfin.merchants.fake_orders import BRUSH, brushing, fine_that_ends_it
from netfin.merchants.fans import (
    FANS,
    loss_that_turns,
    lost_in_a_month,
    months_until_refusing_pays,
    refuse_or_accept,
)
from netfin.merchants.leader import LEADER, gain_per_parcel, must_come_back
from netfin.merchants.market import enter
from netfin.merchants.pool import (
    CUSTOMERS,
    in_year,
    lifetime_multiple,
    worth_by_the_average,
    years_to_pay_back,
)
from netfin.merchants.sale import SHOP, ShopTerms, returns_that_ruin, what_is_left
from netfin.merchants.tail import sellers_to_count, tail_behind, top_share

_YUAN = "yuan"
_HONEST = replace(SHOP, fake_orders=0.0)
_ARTICLE = (0.05, 0.10)  # what the article says is left
_RARELY = 0.02  # caught
_TOLD, _WITHIN = 0.02, 0.01


def numbers() -> Numbers:
    """Compute all that the chapter says, by name."""
    return {
        **_customers(),
        **_lines(),
        **_returns(),
        **_bidders(),
        **_side_by_side(),
        **_races(),
        **_platform(),
        **_cdnow(),
        **_fans(),
        **_tail(),
        **_exercises(),
    }


def _yuan(value: object, decimals: int = 0) -> Quantity:
    return number(float(value), decimals, _YUAN)  # type: ignore[arg-type]


def _customers() -> Numbers:
    """The pool of Ms Lin."""
    first, third = in_year(1.0), in_year(3.0)
    return {
        "margin": _yuan(CUSTOMERS.margin),
        "price": _yuan(CUSTOMERS.price),
        "discount": percent(CUSTOMERS.discount),
        "first_again": of_100(first.returns),
        "third_year": of_100(float(first.returns) ** 2),
        "multiple": number(lifetime_multiple(first.returns, CUSTOMERS.discount), 2, "margins"),
        "by_average": _yuan(worth_by_the_average()),
        "newcomer": _yuan(first.worth, 1),
        "payback": number(years_to_pay_back(), 0, "years"),
        "third_again": of_100(third.returns),
        "by_third": _yuan(worth_by_the_average(year=3.0)),
    }


def _lines() -> Numbers:
    """The lines of the article, and the hole."""
    faking, honest = (float(what_is_left(each).left) for each in (SHOP, _HONEST))
    low, high = _ARTICLE
    known = facts.load()
    return {
        "goods": of_100(SHOP.goods),
        "marketing": of_100(SHOP.marketing),
        "staff": of_100(SHOP.staff),
        "fake": of_100(SHOP.fake_orders),
        "spent": of_100(float(SHOP.marketing) + float(SHOP.fake_orders)),
        "honest_left": of_100(honest),
        "faking_left": of_100(faking),
        "hole_low": of_100(faking - high),
        "hole_high": of_100(faking - low),
        "parcel": _yuan(1000 * known["ECM-31b"].number / known["ECM-31a"].number),
    }


def _returns() -> Numbers:
    """Orders that come back."""
    margin = 1 - float(SHOP.goods)
    by_order = float(SHOP.staff)  # if staff were paid by the order
    half = replace(SHOP, returned=0.5)
    bought = 0.5 * float(what_is_left(half).left)
    own = 0.5 * float(what_is_left(replace(half, marketing=0.0, fake_orders=0.0)).left)
    spent = float(SHOP.marketing) + by_order
    fifth = {"returned": 0.2}
    return {
        "left_fifth": of_100(what_is_left(replace(SHOP, **fifth)).left, 1),
        "left_fifth_honest": of_100(what_is_left(replace(_HONEST, **fifth)).left, 1),
        "ruin_honest": of_100(returns_that_ruin(_HONEST)),
        "ruin_faking": of_100(returns_that_ruin(SHOP)),
        "ruin_staff": of_100(1 - spent / margin),
        "ruin_staff_faking": of_100(1 - (spent + float(SHOP.fake_orders)) / margin),
        "bought_loss": _yuan(-100 * bought),
        "own_gain": _yuan(100 * own),
        "own_needed": number(-bought / own, 2, "orders"),
        **_taken_by_returns(),
    }


def _taken_by_returns() -> Numbers:
    """What returns take of 100 kept, and which leave what the article says, in whole orders."""
    kept = float(what_is_left(SHOP).left)
    third, half = (kept - float(what_is_left(replace(SHOP, returned=r)).left) for r in (0.3, 0.5))
    low, high = _ARTICLE
    least, most = (100 * float(returns_that_ruin(replace(SHOP, fee=left))) for left in (high, low))
    return {
        "third_end": of_100(0.3),
        "third_takes": of_100(third),
        "half_takes": of_100(half),
        "fits_from": number(ceil(least)),
        "fits_to": number(floor(most)),
    }


def _side_by_side() -> Numbers:
    """Both shops after all that they pay for a customer."""
    margin = 1 - float(SHOP.goods) - float(SHOP.staff)
    newcomer = float(in_year(1.0).worth) / float(CUSTOMERS.margin)  # purchases of 100, discounted
    winning = float(CUSTOMERS.price) / newcomer
    keeps = (float(CUSTOMERS.margin) - winning) / 100
    honest, faking = float(SHOP.marketing), float(SHOP.marketing) + float(SHOP.fake_orders)
    return {
        "purchases": number(newcomer, 2, "purchases"),
        "winning": _yuan(winning),
        "lin_keeps": _yuan(100 * keeps, 1),
        "level_honest": of_100(1 - honest / (margin - keeps)),
        "level_faking": of_100(1 - faking / (margin - keeps)),
    }


def _bidders() -> Numbers:
    """Traffic as a contest."""
    margin = 1 - float(SHOP.goods) - float(SHOP.staff)
    gets, fewer = 100 * 30 / 55, 100 * 20 / 45
    two_fifths = 0.6 * margin  # of 100 ordered, with 40 returned
    honest = float(SHOP.marketing)
    return {
        "deviate_gets": number(gets, 1, ""),
        "deviate_keeps": number(gets - 30, 1, ""),
        "fewer_keeps": number(fewer - 20, 1, ""),
        "tenth_gets": number(100 * 10 / 91, 2, ""),
        "ten_pay": of_100(contest(10.0).together),
        "worth_of_visitor": of_100(margin),
        "rivals": number(sellers_behind(honest / margin), 1, "sellers"),
        "rivals_returned": number(sellers_behind(honest / two_fifths), 0, "sellers"),
        "decides": number(honest / margin / float(contest(20.0).together), 2, ""),
        "twenty_pay": of_100(margin * float(contest(20.0).together)),
        "new_share": of_100(enter(3.0, 1.0, 2.0).new_of_entrant),
    }


def _races() -> Numbers:
    """Fake orders and cheap parcels."""
    rarely = replace(BRUSH, caught=_RARELY)
    known = facts.load()
    least, later = (known[each].number / 100 for each in ("ECM-35c", "ECM-35g"))
    return {
        "drawn": percent(BRUSH.drawn),
        "draws_worth": of_100(float(BRUSH.margin) * float(BRUSH.drawn), 1),
        "alone": of_100(brushing().alone, 1),
        "dilemma_from": percent(float(BRUSH.cost) / float(BRUSH.margin), 1),
        "left_behind": of_100(brushing().left_behind, 1),
        "both_fake": of_100(brushing().both),
        "fine": of_100(fine_that_ends_it()),
        "rarely": f"{100 * _RARELY:.0f} in 100",
        "fine_rarely": of_100(fine_that_ends_it(rarely)),
        "leader_loss": _yuan(LEADER.loss),
        "later_margin": _yuan(LEADER.later_margin),
        "must_back": of_100(must_come_back()),
        "back": of_100(LEADER.back),
        "parcel_loses": _yuan(-float(gain_per_parcel())),
        "parcel_least": _yuan(-float(gain_per_parcel(replace(LEADER, back=least))), 1),
        "parcel_later": _yuan(gain_per_parcel(replace(LEADER, back=later)), 1),
    }


def _platform() -> Numbers:
    """What sellers pay the platform."""
    known = facts.load()
    ordered, earlier = 1000 * known["ECM-32c"].number, 1000 * known["ECM-32e"].number
    margin = 1 - float(SHOP.goods) - float(SHOP.staff)
    return {
        "ads_share": percent(known["ECM-32a"].number / ordered, 1),
        "ads_before": percent(known["ECM-32d"].number / earlier, 1),
        "commission_share": percent(known["ECM-32b"].number / ordered, 1),
        "ads_tenth": of_100(10 * known["ECM-32a"].number / ordered),
        "paid_of_worth": percent(known["ECM-32a"].number / ordered / margin),
        "rumere_selling": percent(known["ECM-38b"].number / known["ECM-38c"].number),
        "rumere_later": percent(known["ECM-38d"].number / known["ECM-38e"].number),
        "rumere_without": percent(known["ECM-38f"].number / known["ECM-38e"].number),
        "gmv_times": number(known["ECM-29a"].number / known["ECM-29b"].number, 1, "times"),
    }


def _cdnow() -> Numbers:
    """Customers of CDNOW."""
    seen, kinds = bought_once_more(), two_kinds()
    return {
        "cd_once": of_100(seen[0]),
        "cd_ten": of_100(seen[-1]),
        "cd_loyal_share": percent(kinds.loyal_share),
        "cd_loyal": of_100(kinds.loyal),
        "cd_fickle": of_100(kinds.fickle),
        "cd_off": number(100 * np.abs(seen - under_two_kinds()).max(), 0, "points"),
    }


def _fans() -> Numbers:
    """Fans against advertisements."""
    worth, turns = refuse_or_accept(), float(loss_that_turns())
    grows = {rate: months_until_refusing_pays(replace(FANS, growth=rate)) for rate in (0.02, 0.05)}
    turns_post = 1 - (1 - turns) ** (1 / float(FANS.posts))
    burnt = replace(FANS, burn=float(FANS.burn) * facts.load()["ECM-27"].number)
    return {
        "commission": number(FANS.commission, 0, "thousand yuan"),
        "offer": number(FANS.offer, 0, "thousand yuan"),
        "month_lost": percent(lost_in_a_month(), 1),
        "year_left": percent(1 - float(lost_in_a_month(replace(FANS, posts=365.0)))),
        "refused": number(float(worth.refused) / 1000, 2, "million yuan"),
        "accepted": number(float(worth.accepted) / 1000, 2, "million yuan"),
        "turns_month": percent(turns),
        "turns_post": percent(turns_post, 2),
        "turns_times": number(turns_post / float(FANS.burn), 1, "times"),
        "two_years_left": percent(1 - float(lost_in_a_month(replace(FANS, posts=730.0)))),
        "radio_post": percent(burnt.burn, 2),
        "radio_accepted": number(float(refuse_or_accept(burnt).accepted) / 1000, 2, "million yuan"),
        "radio_left": percent(1 - float(lost_in_a_month(replace(burnt, posts=365.0)))),
        "turns_growth": percent(_growth_that_turns(), 2),
        "months_two": number(grows[0.02], 0, "months"),
        "months_five": number(grows[0.05], 0, "months"),
    }


def _growth_that_turns() -> float:
    """Growth a month at which refusing and accepting are worth the same."""
    lost, offer = float(lost_in_a_month()), float(FANS.offer) / float(FANS.commission)
    return (offer * float(FANS.discount) - lost) / (offer + lost)


def _tail() -> Numbers:
    """Two in a hundred."""
    known = facts.load()
    part, made = known["ECM-34a"].number / 100, known["ECM-34b"].number / 100
    exponent = float(tail_behind(part, made))
    return {
        "opened_share": percent(known["ECM-34e"].number / known["ECM-34d"].number, 1),
        "told_share": f"{100 * _TOLD:.0f} in 100",
        "to_count": number(sellers_to_count(_TOLD, _WITHIN), 0, "sellers"),
        "tail": number(exponent, 2),
        "tail_fifth": percent(top_share(0.2, exponent)),
    }


def _exercises() -> Numbers:
    """The solutions."""
    margin = 1 - float(SHOP.goods) - float(SHOP.staff)
    before, after = (_fickle_worth(chance) for chance in (0.3, 0.4))
    years = float(lifetime_multiple(0.4, CUSTOMERS.discount))
    spoiled = (margin - float(SHOP.marketing)) / (margin + 0.1 * float(SHOP.goods))
    quarter = ShopTerms(returned=0.25)
    return {
        "ex_clicks": number(1 / 0.4, 1, "clicks"),
        "ex_marketing": _yuan(100 * 0.2 / 0.4),
        "ex_most_marketing": _yuan(100 * 0.3 * margin, 1),
        "ex_five_bid": of_100(contest(5.0, 0.5).together),
        "ex_five_left": of_100(contest(5.0, 0.5).left_each),
        "ex_come": number(sellers_that_come(0.04, 0.5), 0, "sellers"),
        "ex_fickle_before": _yuan(before, 1),
        "ex_fickle_after": _yuan(after, 1),
        "ex_club_gain": _yuan(after - before, 1),
        "ex_club_cost": _yuan(10 * years, 1),
        "ex_spoiled": of_100(spoiled),
        "ex_own": _yuan(100 * float(what_is_left(quarter).marketing)),
    }


def _fickle_worth(chance: float) -> float:
    """Yuan of margins of a customer who comes again with this chance."""
    return float(CUSTOMERS.margin) * float(lifetime_multiple(chance, CUSTOMERS.discount))
