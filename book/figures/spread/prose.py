"""The numbers that the chapter on the intermediation spread speaks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from figures.numbers import Numbers, Quantity, number, of_100, percent
from figures.spread.evidence import left_by_grade
from netfin import data, facts
from netfin.annuity import MONTHS_A_YEAR, annual_rates, internal_rate_of_return
from netfin.arrays import bisect
from netfin.checks import Array
from netfin.lending import (
    BANK,
    SHOP_PLATFORM,
    LendingTerms,
    break_even_rate,
    decompose,
    margin_at,
)
from netfin.spread.arrangements import (
    PLATFORM,
    Intermediary,
    Party,
    bank_loses_beyond,
    customer_rate,
    referral_shares,
    relender_cheaper_above,
    relender_handles_for,
    who_is_paid,
)
from netfin.spread.commission import extra_sales_to_undercut, platform_break_even
from netfin.spread.competition import TOWN, cournot_loans
from netfin.spread.instalments import true_price
from netfin.spread.rationing import (
    CROWD,
    Selection,
    bank_return,
    credit_market,
    safe_leave_above,
)

_YUAN = "yuan of 100"
_TAKE_RATE, _EXTRA_SALES = 0.05, 0.50  # of the loan that the chapter follows
_MORE_SALES = 1.0
_BAD_YEAR = 0.10
_BAD_YEARS = 0.1  # one in ten
_RESPONSE = 7  # yuan of deposits for each point of return, on 100 asked
_MADE = 39_717  # loans, those still running included: note of the data set
_FEE_A_MONTH, _BORROWED = 0.006, 12_000


def numbers() -> Numbers:
    """Compute every number of the chapter's text, by the name that the text uses."""
    return {
        **_bank(),
        **_bank_shares_out(),
        **_platform(),
        **_referral(),
        **_shop_platform(),
        **_bad_year(),
        **_average_year(),
        **_lending_club(),
        **_ant(),
        **_term_spreads(),
        **_instalments(),
        **_town(),
        **_crowd(),
        **_exercises(),
    }


def _bank() -> Numbers:
    """What a loan costs the bank, and what it must ask."""
    parts = decompose(BANK)
    return {
        "f": percent(BANK.funding_rate),
        "o": percent(BANK.operating_cost),
        "capital": of_100(BANK.capital_ratio, 1, _YUAN),
        "asked": percent(BANK.required_return),
        "charge": of_100(parts.capital_charge, 2, _YUAN),
        "defaults": of_100(BANK.default_probability, 0, "shops of 100"),
        "payers": of_100(1 - BANK.default_probability, 0, "shops of 100"),
        "back": of_100(1 - BANK.loss_given_default, 0, _YUAN),
        "loss": of_100(parts.expected_loss, 2, _YUAN),
        "savers": of_100(parts.funding, 2, _YUAN),
        "handled": of_100(parts.operating, 2, _YUAN),
        "cost": of_100(BANK.cost, 2, _YUAN),
        "rate": percent(parts.rate, 2),
        "unpaid": of_100(parts.unpaid_interest, 2, _YUAN),
    }


def _bank_shares_out() -> Numbers:
    """Who gets what of the bank's spread."""
    parts, deposits = decompose(BANK), 1 - BANK.capital_ratio
    return {
        "kept": of_100(parts.capital_charge, 2, "points"),
        "spread_points": of_100(parts.rate - BANK.funding_rate, 2, "points"),
        "both_get": of_100(BANK.funding_rate + parts.capital_charge, 2, _YUAN),
        "savers_get": of_100(deposits * BANK.funding_rate, 2, _YUAN),
        "owners_get": of_100(BANK.capital_ratio * BANK.required_return, 2, _YUAN),
        "industry": of_100(parts.operating + _paid_to_owners(), 2, _YUAN),
        "nim": of_100(parts.rate - parts.unpaid_interest - deposits * BANK.funding_rate, 2, _YUAN),
    }


def _paid_to_owners() -> float:
    """What the bank's owners ask on the capital in one yuan of loans."""
    return float(BANK.capital_ratio * BANK.required_return)


def _platform() -> Numbers:
    """The platform that re-lends, against the bank."""
    at_cost = replace(PLATFORM, bank_margin=0.0)
    margin = 100 * float(PLATFORM.bank_margin)
    chain = who_is_paid(Intermediary.RELENDER).paid
    not_savers = (Party.BANK_COST, Party.BANK_OWNERS, Party.PLATFORM_COST, Party.PLATFORM_OWNERS)
    return {
        "own": of_100(PLATFORM.own_capital, 0, _YUAN),
        "bank_cost": percent(PLATFORM.bank_running_cost, 1),
        "platform_asked": percent(PLATFORM.required_return),
        "margin": Quantity(margin, "point", with_unit=True),
        "platform_cost": percent(PLATFORM.running_cost),
        "relend": percent(customer_rate(Intermediary.RELENDER), 2),
        "no_margin": percent(customer_rate(Intermediary.RELENDER, BANK, at_cost), 2),
        "chain": percent(relender_cheaper_above(), 1),
        "chain_handling": percent(relender_handles_for(), 2),
        "chain_industry": number(sum(float(chain[each]) for each in not_savers), 2, _YUAN),
    }


def _fee(default_probability: float) -> float:
    """What the referring platform takes of 100 yuan, its running cost included."""
    bank = replace(BANK, default_probability=default_probability)
    paid = who_is_paid(Intermediary.REFERRER, bank).paid
    return float(paid[Party.PLATFORM_COST] + paid[Party.PLATFORM_OWNERS])


def _referral() -> Numbers:
    """The platform that refers, and the share at which it would just pay."""
    shares = referral_shares()
    bare = replace(PLATFORM, interest_share=shares.pays_the_platform)
    year = who_is_paid(Intermediary.REFERRER)
    return {
        "share": percent(PLATFORM.interest_share),
        "refer": percent(year.rate, 2),
        "refer_keeps": number(year.paid[Party.PLATFORM_OWNERS], 2, _YUAN),
        "bare_share": percent(shares.pays_the_platform, 1),
        "bare_rate": percent(customer_rate(Intermediary.REFERRER, BANK, bare), 2),
        "fair_share": percent(shares.costs_no_more, 1),
        "fee_good": number(_fee(0.03), 2, _YUAN),
        "fee_bad": number(_fee(0.10), 2, _YUAN),
    }


def _shop_platform() -> Numbers:
    """The lender that also earns a commission."""
    sales = {take: extra_sales_to_undercut(take_rate=take) for take in (0.03, _TAKE_RATE)}
    return {
        "dear": percent(SHOP_PLATFORM.funding_rate),
        "alone": percent(break_even_rate(SHOP_PLATFORM), 1),
        "shop_capital": of_100(SHOP_PLATFORM.capital_ratio, 0, _YUAN),
        "shop_asked": percent(SHOP_PLATFORM.required_return),
        "shop_money": of_100(SHOP_PLATFORM.funding_rate, 2, _YUAN),
        "shop_handling": of_100(SHOP_PLATFORM.operating_cost, 2, _YUAN),
        "shop_charge": of_100(SHOP_PLATFORM.capital_charge, 2, _YUAN),
        "shop_cost": of_100(SHOP_PLATFORM.cost, 2, _YUAN),
        "at_three": number(sales[0.03], 2, "yuan"),
        "at_five": number(sales[_TAKE_RATE], 2, "yuan"),
        "take": percent(_TAKE_RATE),
        "extra": number(_EXTRA_SALES, 2, "yuan"),
        "till": of_100(_TAKE_RATE * _EXTRA_SALES, 2, _YUAN),
        "hero_rate": percent(platform_break_even(_TAKE_RATE, _EXTRA_SALES), 2),
        "more_extra": number(_MORE_SALES, 2, "yuan"),
        "more_rate": percent(platform_break_even(_TAKE_RATE, _MORE_SALES), 2),
        "handed": percent(platform_break_even(_TAKE_RATE, _EXTRA_SALES, BANK), 2),
        "free_at_five": number(float(SHOP_PLATFORM.cost) / _TAKE_RATE, 2, "yuan"),
    }


def _bad_year() -> Numbers:
    """Owners' gains and losses when more shops default than the rates were made for."""
    required = float(SHOP_PLATFORM.capital_ratio * SHOP_PLATFORM.required_return)
    rate = platform_break_even(_TAKE_RATE, _EXTRA_SALES)
    commission = _TAKE_RATE * _EXTRA_SALES
    from_loans = float(margin_at(rate, _BAD_YEAR, SHOP_PLATFORM)) + required
    worse = from_loans + commission / 2
    bank = who_is_paid(Intermediary.BANK, realised_default=_BAD_YEAR).paid[Party.BANK_OWNERS]
    return {
        "bad": of_100(_BAD_YEAR, 0, "shops of 100"),
        "limit": percent(bank_loses_beyond(), 1),
        "bank_loss": number(-bank, 2, _YUAN),
        "bank_share": percent(-bank / 100 / BANK.capital_ratio),
        "platform_share": percent(-worse / SHOP_PLATFORM.capital_ratio),
        "hero_good": of_100(required, 2, _YUAN),
        "hero_bad": of_100(-from_loans - commission, 2, _YUAN),
        "hero_worse": of_100(-worse, 2, _YUAN),
    }


def _average_year() -> Numbers:
    """What a re-lender and its bank get over nine good years and a bad one."""
    expected = float(BANK.default_probability)
    good = (expected - _BAD_YEARS * _BAD_YEAR) / (1.0 - _BAD_YEARS)
    paid = who_is_paid(Intermediary.RELENDER, realised_default=np.array([good, _BAD_YEAR])).paid
    chances = np.array([1.0 - _BAD_YEARS, _BAD_YEARS])
    owners = chances @ np.asarray(paid[Party.PLATFORM_OWNERS]) / 100.0
    owed, got = np.asarray(paid[Party.BANK_OWNERS])
    short = _BAD_YEARS * (owed - got)
    margin = 100.0 * float((1.0 - PLATFORM.own_capital) * PLATFORM.bank_margin)
    return {
        "good_year": of_100(good, 2, "shops of 100"),
        "owners_average": percent(owners / PLATFORM.own_capital),
        "short_average": number(short, 2, _YUAN),
        "margin_earned": number(margin, 2, _YUAN),
        "margin_left": number(margin - short, 2, _YUAN),
    }


def _ant() -> Numbers:
    """What Ant's credit earned, by the press on its prospectus and on a lender's accounts."""
    known = facts.load()
    half_year = known["INT-45"].number
    made = known["INT-33a"].number + known["INT-33b"].number
    jiebei = known["INT-42b"].number
    return {
        "least_return": percent(jiebei / known["INT-42a"].number),
        "made_2017": number(jiebei + known["INT-43"].number, 1, "billion yuan"),
        "ant_points": of_100(2 * half_year / (1000 * known["INT-34"].number), 0, _YUAN),
        "lenders_made": number(made, 2, "billion yuan"),
        "lenders_return": percent(made / known["RSK-27a"].number),
    }


def _lending_club() -> Numbers:
    """What the rates of real loans left, by grade."""
    grades = data.load("lending_club_grade_money_2007_2011")
    kept = left_by_grade(grades)
    rate, left = np.asarray(kept.rate), np.asarray(kept.remaining)
    eaten = 1 - (left[1:] - left[0]) / (rate[1:] - rate[0])
    counts = data.load("lending_club_grade_outcomes_2007_2015")
    early = counts[counts["vintage"] == "2007-2011"]
    return {
        "loans": number(grades["loans"].sum(), 0, "loans"),
        "running": number(_MADE - grades["loans"].sum(), 0, "loans"),
        "counted": number(early["loans"].sum(), 0, "loans"),
        "rise": of_100(rate[-1] - rate[0], 1, "points"),
        "left": of_100(left[-1] - left[0], 1, "points"),
        "eaten": percent(eaten[-1]),
        "eaten_f": percent(eaten[-2]),
        "eaten_e": percent(eaten[-3]),
    }


def _term_spreads() -> Numbers:
    """Long rates less short ones."""
    treasury = data.load("us_treasury_cm_monthly_1953_1999")
    term = treasury["tcm10y"] - treasury["tcm1y"]
    return {
        "term_mean": number(term.mean(), 1, "points"),
        "term_negative": number((term < 0).sum(), 0, "months"),
        "term_months": number(len(term), 0, "months"),
    }


def _instalments() -> Numbers:
    """Twelve instalments with a fee on the whole amount, and which plan misleads most."""
    months = np.arange(1.0, 61.0)
    plans, year = true_price(months, _FEE_A_MONTH), true_price(12, _FEE_A_MONTH)
    times = np.asarray(plans.effective_annual) / np.asarray(plans.advertised_annual)
    return {
        "fee_a_month": percent(_FEE_A_MONTH, 1),
        "advertised": percent(year.advertised_annual, 1),
        "borrowed": number(_BORROWED, 0, "yuan"),
        "principal": number(_BORROWED / 12, 0, "yuan"),
        "monthly_fee": number(_BORROWED * _FEE_A_MONTH, 0, "yuan"),
        "simple": percent(year.nominal_annual, 1),
        "compound": percent(year.effective_annual, 1),
        "worst_plan": number(months[times.argmax()], 0, "instalments"),
        "worst_ratio": number(times.max(), 2, "times"),
        "year_ratio": number(times[11], 2, "times"),
        "four_years": number(times[47], 2, "times"),
    }


def _town() -> Numbers:
    """One bank, two, and five."""
    alone, two, five = (cournot_loans(banks) for banks in (1, 2, 5))
    return {
        "choke": percent(TOWN.choke_rate),
        "lone": percent(alone.rate, 1),
        "two": percent(two.rate, 1),
        "five": percent(five.rate, 1),
        "lone_lends": percent(alone.share_of_competitive),
    }


def _crowd() -> Numbers:
    """Shops turned away, and loans wasted."""
    peak, rationed = safe_leave_above(), credit_market(_RESPONSE)
    lavish = credit_market(_RESPONSE, CROWD, Selection.EQUAL_PRIZES)
    return {
        "response": number(_RESPONSE, 0, "yuan"),
        "safe": of_100(CROWD.safe_share, 0, "shops of 100"),
        "crowd_return": percent(CROWD.project_return),
        "peak": percent(peak, 1),
        "at_peak": percent(bank_return(peak)),
        "away": of_100(rationed.unmet, 0, "shops of 100"),
        "away_more": of_100(rationed.would_pay_more, 0, "shops of 100"),
        "away_same": of_100(rationed.indifferent, 0, "shops of 100"),
        "wasteful": of_100(lavish.wasteful, 0, "shops of 100"),
        "wasteful_loans": of_100(lavish.loans, 0, "shops of 100"),
    }


def _enough_capital(default: float) -> float:
    """Own capital with which the re-lender's bank loses nothing in such a year."""

    def room(capital: Array) -> Array:
        return np.asarray(bank_loses_beyond(BANK, replace(PLATFORM, own_capital=capital))) - default

    return float(bisect(room, 0.0, 0.5))


def _exercises() -> Numbers:
    """The solutions."""
    bare = LendingTerms(0.05, loss_given_default=1, operating_cost=0, capital_ratio=0)
    twice = replace(BANK, default_probability=0.06)
    front = true_price(12, _FEE_A_MONTH, upfront_fee=0.03)
    phone = annual_rates(internal_rate_of_return(5000, 250, 24), MONTHS_A_YEAR)
    return {
        "ex_warm": of_100(break_even_rate(bare), 2, _YUAN),
        "ex_double": percent(break_even_rate(twice), 2),
        "ex_chain": percent(relender_cheaper_above(), 2),
        "ex_thick": percent(_enough_capital(0.10), 1),
        "ex_meet": number(float(extra_sales_to_undercut(take_rate=0.02)), 3, "yuan"),
        "ex_front": percent(front.nominal_annual, 1),
        "ex_front_compound": percent(front.effective_annual, 1),
        "ex_phone": percent(phone.effective, 1),
    }
