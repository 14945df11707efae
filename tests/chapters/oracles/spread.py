"""The explorers of the chapter on the intermediation spread, computed by the models alone."""

from __future__ import annotations

import math
from dataclasses import replace

from oracle import Cell, Expected, Oracle

from netfin import data, lending, realised
from netfin.lending import LendingTerms
from netfin.spread import (
    arrangements,
    commission,
    competition,
    instalments,
    rationing,
)
from netfin.spread.arrangements import Intermediary, Party
from netfin.spread.competition import TownTerms
from netfin.spread.rationing import CrowdTerms, Selection

BANKS = range(1, 9)
COLUMNS = (
    Party.SAVERS,
    Party.BANK_COST,
    Party.BANK_OWNERS,
    Party.PLATFORM_COST,
    Party.PLATFORM_OWNERS,
    Party.LOST_PRINCIPAL,
)


def who_is_paid(default_probability: float, operating_cost: float) -> Expected:
    bank = LendingTerms(default_probability=default_probability, operating_cost=operating_cost)
    payments = [arrangements.who_is_paid(each, bank) for each in Intermediary]
    rates = [100 * payment.rate for payment in payments]
    return Expected(
        {
            "who lends": [
                "A bank lends",
                "A platform borrows from a bank and lends",
                "A platform refers the shop to a bank",
            ],
            "loan rate (%)": rates,
            **{f"{party} (yuan)": [each.paid[party] for each in payments] for party in COLUMNS},
            "interest never paid (yuan)": [default_probability * rate for rate in rates],
            "platform's fee or margin (yuan)": [
                each.paid[Party.PLATFORM_COST] + each.paid[Party.PLATFORM_OWNERS]
                for each in payments
            ],
        },
        said=[100],  # yuan lent
    )


def cheapest_loan(take_rate: float, extra_sales: float) -> Expected:
    bank, platform = lending.BANK, lending.SHOP_PLATFORM
    meeting = commission.extra_sales_to_undercut(take_rate=take_rate)
    return Expected(
        {
            "lender": ["bank", "platform"],
            "cost of money (%)": [100 * bank.funding_rate, 100 * platform.funding_rate],
            "commission earned (% of the loan)": [0, 100 * take_rate * extra_sales],
            "loan rate (%)": [
                100 * lending.break_even_rate(bank),
                100 * commission.platform_break_even(take_rate, extra_sales),
            ],
        },
        said=[meeting] if math.isfinite(meeting) else [],
    )


def true_price(monthly_fee: float, months: int) -> Expected:
    price = instalments.true_price(months, monthly_fee)
    advertised = 12 * monthly_fee
    rates = [advertised, price.nominal_annual, price.effective_annual]
    owed = 100 * price.average_balance
    return Expected(
        {
            "price": ["advertised", "true, without interest on interest", "true, with it"],
            "a year (%)": [100 * rate for rate in rates],
            "of the advertised (times)": [rate / advertised for rate in rates],
            "owed on average (% of the loan)": [100, owed, owed],
        }
    )


def lending_club_spread() -> Expected:
    grades = data.load("lending_club_grade_money_2007_2011")
    kept = realised.realised_spread(
        grades["average_rate"].to_numpy() / 100,
        grades["net_return"].to_numpy() / 100,
        (grades["principal_lost"] / grades["funded"]).to_numpy(),
    )
    rate, loss, left = (100 * part for part in kept)
    return Expected(
        {
            "grade": grades["grade"].to_list(),
            "loans (number)": grades["loans"].to_list(),
            "rate charged (% a year)": rate.tolist(),
            "lost (% a year)": loss.tolist(),
            "left (% a year)": left.tolist(),
        },
        said=[rate[-1] - rate[0], left[-1] - left[0]],
    )


def term_spreads() -> Expected:
    """Means of each year; the Danish series covers some of the years only."""
    treasury = data.load("us_treasury_cm_monthly_1953_1999")
    danish = data.load("denmark_money_bond_deposit_rates_1974_1987")
    years = range(1953, 2000)
    american = [
        (rows["tcm10y"] - rows["tcm1y"]).mean()
        for rows in (treasury[treasury["month"].str.startswith(str(year))] for year in years)
    ]
    other: list[float | str] = []
    for year in years:
        rows = danish[danish["period"].str.startswith(str(year))]
        other.append(100 * (rows["ibo"] - rows["ide"]).mean() if len(rows) else "")
    columns = {
        "year": [*map(str, years)],
        "Treasury, 10 years less 1 year (points)": [round(mean, 4) for mean in american],
        "Danish bonds less deposits (points)": [
            mean if isinstance(mean, str) else round(mean, 4) for mean in other
        ],
    }
    return Expected(columns, said=[-min(american), *years])


def good_and_bad_years(realised_default: float, own_capital: float) -> Expected:
    platform = replace(arrangements.PLATFORM, own_capital=own_capital)
    years = [
        arrangements.who_is_paid(i, lending.BANK, platform, realised_default) for i in Intermediary
    ]
    best = arrangements.who_is_paid(Intermediary.RELENDER, lending.BANK, platform, 0.0)
    owners = [year.paid[Party.PLATFORM_OWNERS] for year in years]
    short = best.paid[Party.BANK_OWNERS] - years[1].paid[Party.BANK_OWNERS]
    columns: dict[str, list[Cell]] = {
        "who lends": [
            "A bank lends",
            "A platform borrows from a bank and lends",
            "A platform refers the shop to a bank",
        ],
        "defaults (%)": [100 * realised_default] * 3,
        "loan rate (%)": [100 * year.rate for year in years],
        "platform's capital (%)": ["", 100 * own_capital, ""],
        "bank's owners (yuan)": [year.paid[Party.BANK_OWNERS] for year in years],
        "platform's owners (yuan)": ["", *owners[1:]],
        "bank short of what it is owed (yuan)": ["", short, ""],
    }
    gains = [*columns["bank's owners (yuan)"], *owners]
    # what 100 yuan are lent at 3 defaults in 100; a loss is said without its sign
    return Expected(columns, said=[3, 100, *(abs(float(gain)) for gain in gains)])


def more_banks(number_of_banks: int, choke_rate: float) -> Expected:
    town = TownTerms(choke_rate=choke_rate)
    markets = [competition.cournot_loans(banks, town=town) for banks in BANKS]
    return Expected(
        {
            "banks (number)": list(BANKS),
            "where": ["this town" if n == number_of_banks else "elsewhere" for n in BANKS],
            "loan rate (%)": [100 * each.rate for each in markets],
            "margin (points)": [100 * each.margin for each in markets],
            "margin (% of the rate)": [100 * each.margin / each.rate for each in markets],
            "lent (% of what shops would borrow at cost)": [100 * n / (n + 1) for n in BANKS],
            "passed on of one yuan saved (yuan)": [
                n / (n + 1) if n == number_of_banks else "" for n in BANKS
            ],
        }
    )


def turned_away(safe_share: float, response: float, selection: Selection) -> Expected:
    market = rationing.credit_market(response, CrowdTerms(safe_share=safe_share), selection)
    return Expected(
        {
            "loan rate (%)": [100 * market.rate],
            "left for savers (%)": [100 * market.bank_return],
            "shops that ask (of 100)": [100 * market.demand],
            "loans (of 100)": [100 * market.loans],
            "ask and get nothing (of 100)": [100 * (market.demand - market.loans)],
            "of them would pay more (of 100)": [100 * market.would_pay_more],
            "loans that waste money (of 100)": [100 * market.wasteful],
        },
        said=[100, 1],  # shops; "fewer than 1"
    )


ORACLES: dict[str, Oracle] = {
    "who-is-paid": who_is_paid,
    "cheapest-loan": cheapest_loan,
    "true-price": true_price,
    "lending-club-spread": lending_club_spread,
    "term-spreads": term_spreads,
    "good-and-bad-years": good_and_bad_years,
    "more-banks": more_banks,
    "turned-away": turned_away,
}
