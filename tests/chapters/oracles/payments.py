"""The explorers of the chapter Payments and idle balances, computed by the models alone."""

from __future__ import annotations

import math

from oracle import Cell, Expected, Oracle

from netfin import data
from netfin.payments.balances import CardTerms, customers_loan_rate
from netfin.payments.fund import money_fund
from netfin.payments.idle import SaverTerms, move_pay, pay_at_the_door
from netfin.payments.street import Codes, StreetTerms, take_the_code
from netfin.runs import wait_payoff


def the_door(trouble: float, fund_yield: float) -> Expected:
    savers = [SaverTerms(pay, trouble, fund_yield) for pay in (3000.0, 9000.0)]
    moved = [move_pay(each) for each in savers]
    transfers: list[Cell] = [
        float(each.transfers) if math.isfinite(each.transfers) else "no limit" for each in moved
    ]
    return Expected(
        {
            "paid (yuan a month)": [3000, 9000],
            "trouble (yuan a transfer)": [trouble] * 2,
            "extra yield (%)": [100 * fund_yield] * 2,
            "transfers (a month)": transfers,
            "in the fund on average (yuan)": [float(each.in_fund) for each in moved],
            "gained (yuan a year)": [float(each.gain) for each in moved],
            "the door stands at (yuan a month)": [float(pay_at_the_door(savers[0]))] * 2,
        },
        said=[100 * 12 * 8 * trouble / 3000],  # the yield that the clerk needs, %
    )


def who_pays_for_the_code(codes: Codes, fee: float, saving: float) -> Expected:
    end = take_the_code(codes, StreetTerms(fee=fee, saving=saving))
    gains = [end.profit_first, end.profit_second, end.wallet, end.cash, end.fees]
    per_1000 = [1000 * float(each) for each in gains]
    return Expected(
        {
            "who": [
                "first shop",
                "second shop",
                "customers with wallet",
                "customers with cash",
                "the wallet's owner",
            ],
            "who takes the wallet": [str(codes)] * 5,
            "fee (%)": [100 * fee] * 5,
            "saving (%)": [100 * saving] * 5,
            "gains (yuan on 1,000 sold, for customers 1,000 they spend)": per_1000,
        },
        said=[1000],  # yuan of sales
    )


def customers_lend(bonus: float, never_used: float, months: int) -> Expected:
    rate = 100 * float(customers_loan_rate(CardTerms(bonus, never_used, float(months))))
    return Expected(
        {
            "bonus (%)": [100 * bonus],
            "never used (%)": [100 * never_used],
            "used up within (months)": [months],
            "goods handed out for 100 (yuan)": [100 * (1 + bonus) * (1 - never_used)],
            "the shop pays (% a year)": [round(rate, 6)],
        },
        said=[100],  # yuan paid
    )


def stay_or_go(loss: float, sale_cost: float, share: float) -> Expected:
    stay = 100 * float(wait_payoff(share, money_fund(loss, sale_cost)))
    return Expected(
        {
            "lost (%)": [100 * loss],
            "cost of selling (%)": [100 * sale_cost],
            "leave (% of savers)": [100 * share],
            "who leaves gets (yuan for 100)": [100],
            "who stays holds (yuan for 100)": [round(stay, 6)],
        },
        said=[100 - stay],
    )


def american_doors() -> Expected:
    treasury = data.load("us_treasury_cm_monthly_1953_1999")
    years = range(1953, 2000)
    doors = [
        96 / (treasury.loc[treasury["month"].str.startswith(str(year)), "tcm1y"].mean() / 100)
        for year in years
    ]
    return Expected(
        {
            "year": [*map(str, years)],
            "door (US dollars a month)": [round(each, 4) for each in doors],
        },
        said=[*years],
    )


def icelandic_cards() -> Expected:
    cards = data.load("iceland_debit_cards_monthly_2000_2013")
    years = [str(year) for year in range(2000, 2013)]
    means = [
        cards.loc[cards["month"].str.startswith(year), "debit_card_turnover"].mean()
        for year in years
    ]
    return Expected(
        {
            "year": years,
            "turnover (2000 = 100)": [round(100 * each / means[0], 4) for each in means],
        },
        said=[100, *map(int, years)],
    )


ORACLES: dict[str, Oracle] = {
    "the-door": the_door,
    "who-pays-for-the-code": who_pays_for_the_code,
    "customers-lend": customers_lend,
    "stay-or-go": stay_or_go,
    "american-doors": american_doors,
    "icelandic-cards": icelandic_cards,
}
