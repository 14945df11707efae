"""Good and bad years, more banks, shops turned away: computed by the models alone."""

from __future__ import annotations

from dataclasses import replace

from oracle import Cell, Expected, Oracle

from netfin import lending
from netfin.spread import arrangements, competition, rationing
from netfin.spread.arrangements import Intermediary, Party
from netfin.spread.competition import TownTerms
from netfin.spread.rationing import CrowdTerms, Selection

BANKS = range(1, 9)


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
            "banks": list(BANKS),
            "where": ["this town" if n == number_of_banks else "elsewhere" for n in BANKS],
            "loan rate (%)": [100 * each.rate for each in markets],
            "margin (points)": [100 * each.margin for each in markets],
            "margin (% of the rate)": [100 * each.margin / each.rate for each in markets],
            "lent (% of what shops would borrow at cost)": [100 * n / (n + 1) for n in BANKS],
            "passed on of one yuan saved (yuan)": [n / (n + 1) for n in BANKS],
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
            "turned away (of 100)": [100 * (market.demand - market.loans)],
            "loans that waste money (of 100)": [100 * market.wasteful],
        },
        said=[100],  # shops
    )


ORACLES: dict[str, Oracle] = {
    "good-and-bad-years": good_and_bad_years,
    "more-banks": more_banks,
    "turned-away": turned_away,
}
