"""The numbers that the chapter on pre-order financing speaks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.optimize import brentq

from figures.numbers import Numbers, Quantity, number, of_100, percent
from figures.pre_orders.evidence import CUTS, weeks
from netfin import facts
from netfin.annuity import MONTHS_A_YEAR, internal_rate_of_return
from netfin.checks import Array
from netfin.lending import BANK, break_even_rate
from netfin.pre_orders.advance_selling import advance_or_spot
from netfin.pre_orders.all_or_nothing import campaign
from netfin.pre_orders.batch import BATCH, BatchTerms, Way
from netfin.pre_orders.batch_funding import bridge, price_of_money, prospect, split
from netfin.pre_orders.early_orders import (
    forecast_from_early,
    seen_in_first_days,
    uncertainty_left,
)
from netfin.pre_orders.outlook import Outlook
from netfin.pre_orders.prepayment import patience_needed, prepaid_window, reputation_value
from netfin.pre_orders.stopped import pays_from

_BREAD, _MILK = "BAKED BREAD/BUNS/ROLLS", "FLUID MILK PRODUCTS"
_WIDE = 600.0  # scarves: a spread at which the customers are the better bank, if all pay ahead
_LEARNT = 12  # weeks that a shop without hindsight has seen before its first forecast
_HIGH, _LOW = 220, 120  # yuan: what the scarf is worth to those whom it suits, and to the others


def numbers() -> Numbers:
    """Give all numbers of the page, by the names that its text uses."""
    return {
        **_batch(),
        **_dear_money(),
        **_three_ways(),
        **_steps(),
        **_where_they_are_level(),
        **_who_pays_ahead(),
        **_flops(),
        **_window(),
        **_others(),
        **_early_orders(),
        **_ahead(),
        **_goal(),
        **_solutions_on_trust(),
        **_solutions_on_batches(),
    }


def _yuan(amount: float, decimals: int = 0) -> Quantity:
    return number(amount, decimals, "yuan")


def _scarves(pieces: float) -> Quantity:
    return number(pieces, unit="scarves")


def _batch() -> Numbers:
    money = price_of_money()
    return {
        "price": _yuan(BATCH.price),
        "cost": _yuan(BATCH.cost),
        "salvage": _yuan(BATCH.salvage),
        "batch": _scarves(BATCH.batch),
        "outlay": _yuan(BATCH.outlay),
        "mean": _scarves(BATCH.mean_demand),
        "spread": _scarves(BATCH.demand_spread),
        "flops": of_100(BATCH.flop_probability, unit="batches of 100"),
        "usable": percent(BATCH.usable_after_flop),
        "months": number(BATCH.months, unit="months"),
        "loan_rate": percent(money.loan_rate, 1),
        "chapter_rate": percent(float(break_even_rate(BANK)), 1),
        "share": percent(money.investor_share),
        "asked": percent(BATCH.investor_return),
        "goal": number(BATCH.goal, unit="orders"),
    }


def _dear_money() -> Numbers:
    """The discount as a rate a year, counted simply: on what is prepaid, on what is needed."""
    periods = MONTHS_A_YEAR / BATCH.months
    for_the_time = float(internal_rate_of_return(BATCH.prepayment, BATCH.price, 1))
    saved = BATCH.price - BATCH.prepayment
    return {
        "discount": percent(BATCH.discount),
        "prepayment": _yuan(BATCH.prepayment),
        "saved": _yuan(saved),
        "a_year": percent(periods * for_the_time, 1),
        "on_cost": percent(periods * saved / BATCH.cost),
    }


def _three_ways() -> Numbers:
    loan, ahead, share = (prospect(way) for way in (Way.LOAN, Way.PREPAID, Way.EQUITY))
    return {
        "called_off": of_100(1.0 - ahead.made, unit="cases of 100"),
        "loan_profit": _yuan(loan.expected_profit),
        "ahead_profit": _yuan(ahead.expected_profit),
        "loan_nothing": of_100(loan.nothing, unit="cases of 100"),
        "ahead_nothing": of_100(ahead.nothing, unit="cases of 100"),
        "loan_losers": of_100(loan.others_lose, unit="batches of 100"),
        "ahead_losers": of_100(ahead.others_lose, unit="batches of 100"),
        "share_losers": of_100(share.others_lose, unit="batches of 100"),
    }


def _steps() -> Numbers:
    """What carries prepayments, and what calling off does."""
    step, stopped = bridge(), 1.0 - prospect(Way.PREPAID).made
    covers = float(pays_from(BATCH.batch, BATCH.price, BATCH.cost, BATCH.salvage))
    flops = -Outlook(BATCH).earned_where_fewer(covers)
    return {
        "bank_costs": _yuan(step.bank_costs),
        "growth": _yuan(step.growth),
        "own_growth": _yuan(step.prepaid - step.without_growth),
        "customers_take": _yuan(-step.customers),
        "stopped": _yuan(-step.stopped),
        "stopped_each": _yuan(-step.stopped / stopped),
        "pays_from": _scarves(covers),
        "flops_saved": _yuan(flops),
        "missed": _yuan(flops - step.stopped),
        "no_growth": _yuan(step.without_growth),
        "wide_stopped": _yuan(bridge(replace(BATCH, demand_spread=_WIDE)).stopped),
    }


def _customers_gain(terms: BatchTerms) -> float:
    """What the shop expects with prepayments beyond what a loan would leave it."""
    step = bridge(terms)
    return step.prepaid - step.loan


def _level_without_growth(spread: float) -> float:
    step = bridge(replace(BATCH, demand_spread=spread))
    return step.without_growth - step.loan


def _where_they_are_level() -> Numbers:
    discount = brentq(lambda each: _customers_gain(replace(BATCH, discount=each)), 0.0, 0.1)
    spread = brentq(lambda each: _customers_gain(replace(BATCH, demand_spread=each)), 300, 900)
    pieces = range(int(BATCH.batch), 0, -1)
    smaller = (n for n in pieces if _customers_gain(replace(BATCH, batch=float(n))) >= 0.0)
    return {
        "level": percent(discount, 1),
        "level_spread": _scarves(spread),
        "level_batch": _scarves(next(smaller)),
        "no_growth_spread": _scarves(brentq(_level_without_growth, 400, 900)),
    }


def _who_pays_ahead() -> Numbers:
    def expects(share: float) -> Quantity:
        part = replace(BATCH, ahead_share=share)
        return _yuan(prospect(Way.PREPAID, part).expected_profit)

    wide = replace(BATCH, demand_spread=_WIDE)
    level = brentq(lambda each: _customers_gain(replace(wide, ahead_share=each)), 0.5, 1.0)
    return {
        "nine_in_ten": expects(0.9),
        "seven_in_ten": expects(0.7),
        "half_ahead": expects(0.5),
        "wide_spread": _scarves(_WIDE),
        "wide_share": percent(level),
    }


def _flops() -> Numbers:
    flop, middling = split(Way.LOAN, 300), split(Way.LOAN, 600)
    spoiled, spoiled_loan = split(Way.PREPAID, 1000, 0.4), split(Way.LOAN, 1000, 0.4)
    served = 0.4 * 1000 * (BATCH.price - BATCH.prepayment)
    lost = -float(spoiled.customers)
    return {
        "flop_bank": _yuan(-float(flop.bank)),
        "spoiled_bank": _yuan(-float(spoiled_loan.bank)),
        "spoiled_customers": _yuan(lost),
        "served": _yuan(served),
        "unserved": _yuan(served + lost),
        "middling": _yuan(float(middling.shop) + float(middling.bank)),
    }


def _window() -> Numbers:
    paid, half = (prepaid_window(BATCH.price, BATCH.cost, held=held) for held in (0.0, 0.5))
    patience = patience_needed(BATCH.price, BATCH.cost, paid.fund_from)
    ahead = patience_needed(BATCH.prepayment, BATCH.cost, 1.0)
    return {
        "fund": percent(float(paid.fund_from), 1),
        "trust": percent(float(paid.trust_upto), 1),
        "half_fund": percent(float(half.fund_from)),
        "half_trust": percent(float(half.trust_upto)),
        "step": _yuan(BATCH.cost / 2),
        "margin": _yuan(BATCH.price - BATCH.cost),
        "margin_ahead": _yuan(BATCH.prepayment - BATCH.cost),
        "short": _yuan(2 * BATCH.cost - BATCH.price),
        "patience": number(float(patience), 2, "yuan today"),
        "patience_ahead": number(float(ahead), 2, "yuan today"),
    }


def _others() -> Numbers:
    """What follows from numbers of others."""
    group, brand = (100 - facts.load()[name].number for name in ("PRE-15b", "PRE-15a"))
    return {
        "rest": f"{group:.0f} to {brand:.0f} %",
        "answered": percent(facts.load()["PRE-04b"].number / facts.load()["PRE-04c"].number),
    }


def _misses_by(days: Array, seen: int) -> float:
    """The forecast's root mean square error, as a part of an average week."""
    early, whole = seen_in_first_days(days, seen)
    return float(np.sqrt(np.mean(forecast_from_early(early, whole).error ** 2)) / whole.mean())


def _correlation(days: Array, seen: int) -> float:
    return float(np.corrcoef(*seen_in_first_days(days, seen))[0, 1])


def _left_by_the_past(category: str) -> Quantity:
    """What three days of orders leave of the uncertainty of a shop that knows past weeks alone."""
    early, whole = seen_in_first_days(weeks(category), 3)
    told, blind = [], []
    for now in range(_LEARNT, whole.size):
        slope, start = np.polyfit(early[:now], whole[:now], 1)
        told.append(whole[now] - start - slope * early[now])
        blind.append(whole[now] - whole[:now].mean())
    return percent(np.linalg.norm(told) / np.linalg.norm(blind))


def _left(category: str, begins: str = "Monday") -> Quantity:
    """What three days of orders leave of the uncertainty."""
    before, after = (_misses_by(weeks(category, begins), seen) for seen in (0, 3))
    return percent(after / before)


def _cuts() -> Numbers:
    """What three days of orders for bread leave, whichever day the week begins on."""
    left = {begins: _left(_BREAD, begins) for begins in CUTS}
    ordered = sorted(left.values(), key=lambda each: each.value)
    return {"bread_sunday": left["Sunday"], "bread_least": ordered[0], "bread_most": ordered[-1]}


def _milk() -> Numbers:
    """Weeks cut on two days, and what the price alone tells."""
    week, cut = weeks(_MILK), weeks(_MILK, "Sunday")
    paid, paid_cut = (weeks(_MILK, day, "sales_usd") for day in ("Monday", "Sunday"))
    whole, sunday, others = week.sum(axis=1), paid_cut[:, 0] / cut[:, 0], cut[:, 1:].sum(axis=1)
    rest = paid_cut[:, 1:].sum(axis=1) / others
    by_price = forecast_from_early(paid.sum(axis=1) / whole, whole).error
    return {
        "sunday": number(_correlation(cut, 1), 2),
        "monday": number(_correlation(week, 1), 2),
        "milk_before": percent(_misses_by(week, 0), 1),
        "milk_two": percent(_misses_by(week, 2), 1),
        "price_before": number(np.corrcoef(sunday[1:], rest[:-1])[0, 1], 2),
        "price_after": number(np.corrcoef(sunday, rest)[0, 1], 2),
        "milk_price": percent(np.sqrt(np.mean(by_price**2)) / whole.mean(), 1),
    }


def _early_orders() -> Numbers:
    bread = weeks(_BREAD)
    before, after = (_misses_by(bread, seen) for seen in (0, 3))
    return {
        "weeks": number(len(bread), unit="weeks"),
        "bread_before": percent(before, 1),
        "bread_after": percent(after, 1),
        "bread_left": percent(after / before),
        "bread_theory": percent(float(uncertainty_left(_correlation(bread, 3)))),
        "independent": percent(np.sqrt(4 / 7)),
        "bread_past": _left_by_the_past(_BREAD),
        "beef_left": _left("BEEF"),
        "eggs_left": _left("EGGS"),
        "fruit_left": _left("TROPICAL FRUIT"),
        "milk_left": _left(_MILK),
        **_cuts(),
        **_milk(),
    }


def _ahead() -> Numbers:
    sale = advance_or_spot(_HIGH, _LOW, 0.5, BATCH.cost)
    return {
        "spot": _yuan(float(sale.spot_profit)),
        "spot_low": _yuan(_LOW - BATCH.cost),
        "spot_price": _yuan(float(sale.spot_price)),
        "ahead_price": _yuan(float(sale.advance_price)),
        "ahead": _yuan(float(sale.advance_profit)),
    }


def _goal() -> Numbers:
    unsure, sure = (campaign(2000, each, 700, 60, 40_000) for each in ([0.1, 0.3, 0.5], [0.3]))
    return {
        "goal_profit": _yuan(unsure.profit),
        "no_goal": _yuan(-unsure.profit_without_goal),
        "success": percent(unsure.success),
        "ex_sure": _yuan(-sure.profit_without_goal),
        "ex_sure_goal": _yuan(sure.profit),
    }


def _solutions_on_trust() -> Numbers:
    course, phone = prepaid_window(400, 100), prepaid_window(3000, 2700)
    sunk = prepaid_window(BATCH.price, BATCH.cost - 50)
    return {
        "ex_course_fund": percent(float(course.fund_from)),
        "ex_course_trust": percent(float(course.trust_upto)),
        "ex_phone_fund": percent(float(phone.fund_from)),
        "ex_phone_trust": percent(float(phone.trust_upto)),
        "ex_phone_short": _yuan(2 * 2700 - 3000),
        "ex_batches": _yuan(float(reputation_value(60, 0.4))),
        "ex_sunk_fund": of_100(float(sunk.fund_from), 2, "% of the price"),
        "ex_sunk_trust": percent(float(sunk.trust_upto), 2),
    }


def _solutions_on_batches() -> Numbers:
    step = bridge(replace(BATCH, demand_spread=800.0))
    two_months = float(internal_rate_of_return(95, 100, 1))
    limit = BATCH.cost + 0.3 * (_HIGH - BATCH.cost)
    below = advance_or_spot(_HIGH, limit - 1, 0.3, BATCH.cost)
    return {
        "ex_year": percent((1 + two_months) ** (MONTHS_A_YEAR / 2) - 1),
        "ex_wide": _yuan(step.prepaid),
        "ex_wide_loan": _yuan(step.loan),
        "ex_wide_stopped": _yuan(step.stopped),
        "ex_wide_growth": _yuan(step.growth),
        "ex_wide_no_growth": _yuan(step.without_growth),
        "ex_limit": _yuan(limit),
        "ex_gain": _yuan(float(below.advance_profit) - float(below.spot_profit), 1),
    }
