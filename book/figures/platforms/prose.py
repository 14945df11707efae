"""The numbers that the text of the chapter says."""

from __future__ import annotations

import math
from dataclasses import replace

from figures.numbers import Numbers, Quantity, number, of_100, percent
from figures.platforms.known import computers, fitted
from netfin.platforms.diffusion import BET, bass_reach, visits
from netfin.platforms.generations import still_there, years_together
from netfin.platforms.growth import (
    GROWTH,
    GrowthTerms,
    even_cliff,
    market_after,
    push_needed,
    rests,
    sellers_needed,
    willing,
)
from netfin.platforms.hold_up import (
    GUIDE,
    best_kept,
    open_to_outsiders,
    shut_out,
    under_names,
)
from netfin.platforms.homing import ONE_MARKET, one_market_prices, seller_on_both
from netfin.two_sides import TwoSidesTerms, best_prices

_YUAN = "yuan"
_CHARGES = TwoSidesTerms(user_choke=0.03, shop_choke=0.10, payment_cost=0.01)
_RICHER = replace(_CHARGES, user_choke=0.06)
_UNLIKE = GrowthTerms(buyers_pull=12.0, sellers_pull=8.0)
_MIRROR = GrowthTerms(buyers_pull=8.0, sellers_pull=12.0)
_LIFT = 6.0  # log-odds: what 60 of 100 of the other side are worth
_DEAR_FROM, _WEAK = 2.0, (1.6, 1.9)  # pushes: one side is dearer, or cheaper or alone works
_OVERLAP = 0.30
_NAMES, _FOUND, _LINKED = 4, 0.30, 0.50
_TAKE, _COPIED = 0.30, 0.30
_PUSH, _MOUTH = 0.03, 0.38  # p and q, published averages
_LATER, _AT_ONCE, _SWITCHING = 13.0, 0.60, 0.04
_YOUNG, _OLD = 50.0, 20.0  # years that a customer still buys


def numbers() -> Numbers:
    """Compute all that the chapter says, by name."""
    return {
        **_start(),
        **_pushed(),
        **_prices(),
        **_both(),
        **_guide(),
        **_spread(),
        **_bet(),
        **_young(),
        **_outsiders(),
        **_exercises(),
    }


def _yuan(value: object, decimals: int = 0) -> Quantity:
    return number(float(value), decimals, _YUAN)  # type: ignore[arg-type]


def _start() -> Numbers:
    """A market that starts or empties."""
    low, cliff, high = rests()[:, 0]
    first = market_after(1, 0.0, 0.60)
    return {
        "alone": of_100(GROWTH.alone, 1),
        "pull": number(GROWTH.buyers_pull),
        "tenth_factor": number(math.exp(float(GROWTH.buyers_pull) / 10), 1),
        "pace": percent(GROWTH.pace),
        "few": of_100(low),
        "many": of_100(high, 1),
        "cliff": of_100(cliff, 1),
        "two_cliffs": of_100(2 * cliff, 1),
        "needed": of_100(float(sellers_needed(0.0)), 1),
        "want_first": of_100(float(willing(0.60, GROWTH.buyers_pull))),
        "come_first": of_100(first.buyers),
        "stay_first": of_100(first.sellers),
        "thirty_want": of_100(float(willing(0.30, GROWTH.buyers_pull))),
        "unlike_sellers": of_100(float(sellers_needed(0.0, _UNLIKE))),
        "unlike_buyers": of_100(float(sellers_needed(0.0, _MIRROR))),
    }


def _pushed() -> Numbers:
    """What carries it over the cliff; paid in what all of the other side are worth in a month."""
    one, both = push_needed(0.0, _LIFT), push_needed(_LIFT / 2, _LIFT / 2)
    whole = float(GROWTH.buyers_pull)
    return {
        "lift": number(100 * _LIFT / whole),
        "half_lift": number(50 * _LIFT / whole),
        "one_months": number(one.months),
        "one_there": of_100(one.sellers),
        "one_paid": number(100 * one.paid / whole),
        "both_months": number(both.months),
        "both_paid": number(100 * both.paid / whole),
        "dear_from": number(100 * _DEAR_FROM / whole),
        "weak_from": number(100 * _WEAK[0] / whole),
        "weak_to": number(100 * _WEAK[1] / whole),
    }


def _prices() -> Numbers:
    """Prices of a lone market, on 100 yuan of sales."""
    found = best_prices(_CHARGES)
    margin = float(found.users) + float(found.shops) - float(_CHARGES.payment_cost)
    return {
        "buyers_most": of_100(_CHARGES.user_choke, unit=_YUAN),
        "sellers_most": of_100(_CHARGES.shop_choke, unit=_YUAN),
        "sale_cost": of_100(_CHARGES.payment_cost, unit=_YUAN),
        "price_margin": of_100(margin, unit=_YUAN),
        "sellers_pay": of_100(float(found.shops), unit=_YUAN),
        "buyers_get": of_100(-float(found.users), unit=_YUAN),
    }


def _both() -> Numbers:
    """A seller on two markets."""
    worth = float(ONE_MARKET.buyers_worth)
    split = [worth * float(each) for each in seller_on_both(_OVERLAP, 0.5)]
    return {
        "worth": _yuan(worth),
        "overlap": of_100(_OVERLAP),
        "each_alone": of_100((1 - _OVERLAP) / 2),
        "each_takes": _yuan(split[0]),
        "she_keeps": _yuan(split[2]),
    }


def _guide() -> Numbers:
    """A guide, and a business under several names."""
    end = shut_out()
    apart, linked = under_names(_NAMES, _FOUND), under_names(_NAMES, _FOUND, _LINKED)
    missed = float(under_names(_NAMES, 1 - _FOUND).all_lost)  # chance that none is found
    any_lost = _LINKED * (1 - missed) + (1 - _LINKED) * float(apart.all_lost)
    any_left = _LINKED * missed + (1 - _LINKED) * float(apart.expected)
    return {
        "commission": of_100(GUIDE.commission, unit=_YUAN),
        "guide_margin": of_100(GUIDE.margin, unit=_YUAN),
        "would_come": of_100(GUIDE.would_come),
        "after_cut": of_100(float(GUIDE.margin) * float(GUIDE.would_come), 1, _YUAN),
        "before_cut": of_100(float(GUIDE.margin) - float(GUIDE.commission), unit=_YUAN),
        "gains_above": of_100(end.gains_above),
        "guide_fixed": of_100(GUIDE.fixed_cost),
        "names_left": of_100(apart.expected),
        "names_found": percent(_FOUND),
        "one_lost": percent(under_names(1, _FOUND).all_lost),
        "apart_lost": percent(apart.all_lost, 1),
        "linked_lost": percent(linked.all_lost),
        "any_lost": percent(any_lost),
        "any_left": of_100(any_left),
    }


def _spread() -> Numbers:
    """The curve on real data."""
    few, freer = fitted(4, False), fitted(10, True)
    return {
        "few_said": percent(few.reach(34.0)),
        "came": percent(float(computers()[1][-1]), 1),
        "freer_said": percent(freer.reach(34.0)),
        "freer_top": percent(freer.ceiling),
        "most_said": percent(max(fitted(points, False).reach(34.0) for points in range(5, 9))),
        "few_2015": percent(few.reach(31.0)),
        "freer_2015": percent(freer.reach(31.0)),
    }


def _bet() -> Numbers:
    """The site given up, and a head start of two years."""
    fast = bass_reach(2.0, _PUSH, _MOUTH)
    now, kept = visits(0.0, 8), visits(8.0, 8)
    back = next(years for years in range(1, 20) if visits(0.0, years) > visits(float(years), years))
    return {
        "old_traffic": number(BET.old_traffic),
        "decline": percent(BET.decline),
        "held_back": percent(BET.held_back),
        "five_dropped": number(visits(0.0, 5)),
        "five_kept": number(visits(5.0, 5)),
        "eight_dropped": number(now),
        "eight_kept": number(kept),
        "back": number(back, 0, "years"),
        "two_years": percent(fast, 1),
        "two_ahead": of_100((1 + float(fast)) / 2),  # and half of the rest
    }


def _young() -> Numbers:
    """A generation served first."""
    years = {
        (s, life): float(years_together(s, life)) for s in (0.2, 0.02) for life in (50.0, 20.0)
    }
    return {
        "switching": percent(_SWITCHING),
        "later": number(_LATER, 0, "years"),
        "stay_habit": of_100(float(still_there(_LATER, 0.0, _SWITCHING))),
        "at_once": of_100(_AT_ONCE),
        "stay_at_once": of_100(float(still_there(_LATER, _AT_ONCE, _SWITCHING))),
        "young_life": number(_YOUNG, 0, "years"),
        "old_life": number(_OLD, 0, "years"),
        "young_restless": number(years[0.2, _YOUNG], 1, "years"),
        "old_restless": number(years[0.2, _OLD], 1, "years"),
        "young_loyal": number(years[0.02, _YOUNG], 0, "years"),
        "old_loyal": number(years[0.02, _OLD], 0, "years"),
    }


def _outsiders() -> Numbers:
    """An open platform."""
    opened = open_to_outsiders(_TAKE, _COPIED, 1.0)
    return {
        "take": of_100(_TAKE),
        "copied": of_100(_COPIED),
        "outsiders_keep": of_100(opened.kept),
        "best_one": of_100(float(best_kept(1.0))),
        "best_three": of_100(float(best_kept(3.0))),
    }


def _exercises() -> Numbers:
    """Solutions of the exercises."""
    richer = best_prices(_RICHER)
    one = one_market_prices()
    near = one_market_prices(replace(ONE_MARKET, buyers_way=70.0))
    return {
        "ex_want": of_100(float(willing(0.45, GROWTH.buyers_pull))),
        "ex_after": of_100(float(GROWTH.pace) * float(willing(0.45, GROWTH.buyers_pull))),
        "ex_cliff": of_100(float(even_cliff(GROWTH.alone, 8.0)), 1),
        "ex_buyers_most": of_100(_RICHER.user_choke, unit=_YUAN),
        "ex_buyers": of_100(float(richer.users), unit=_YUAN),
        "ex_sellers": of_100(float(richer.shops), unit=_YUAN),
        "ex_one_buyers": _yuan(one.buyers),
        "ex_one_sellers": _yuan(one.sellers),
        "ex_near_buyers": _yuan(-float(near.buyers)),
        "ex_bid": of_100(_OVERLAP + (1 - _OVERLAP) / 2),
        "ex_on_both": of_100(float(seller_on_both(_OVERLAP, 0.5).kept)),
    }
