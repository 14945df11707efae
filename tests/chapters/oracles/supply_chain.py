"""Supply-chain finance: the days, the invoice, the order, the sales and the pledges, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from oracle import Cell, Expected, Oracle

from netfin import data
from netfin.newsvendor import GammaDemand, expected_profit
from netfin.supply_chain.invoices import INVOICE
from netfin.supply_chain.lenders import posted_rate, priced_to_order, strategic_bank
from netfin.supply_chain.pledges import pledged_again
from netfin.supply_chain.sales_loan import SalesLoanTerms, run_year, weekly_sales, with_bad_season
from netfin.supply_chain.season import SEASON

COUNTERS = {
    "bread": "BAKED BREAD/BUNS/ROLLS",
    "beef": "BEEF",
    "eggs": "EGGS",
    "milk": "FLUID MILK PRODUCTS",
    "tropical fruit": "TROPICAL FRUIT",
}


def cash_cycle() -> Expected:
    return Expected(
        {
            "seller": [
                "Ms Lin, to a department store",
                "Ms Lin, on a platform",
                "The department store itself",
            ],
            "in stock (days)": [45, 45, 30],
            "until paid (days)": [60, 7, 1],
            "until it pays (days)": [15, 15, 60],
            "cycle (days)": [90, 37, -29],
        },
        said=[29],
    )


def later_payment(extension: int, supplier_rate: float, closed: bool) -> Expected:
    """The gains from the money that each party has, and for how long."""
    invoice = replace(INVOICE, supplier_rate=supplier_rate)
    programme, term = invoice.programme_rate, 60 + extension
    saved = 1e5 * (supplier_rate * 50 - programme * (term - 10)) / 365 - 100
    if closed:
        saved = -1e5 * supplier_rate * extension / 365
    buyer, platform = 1e5 * 0.05 * extension / 365, 0.0 if closed else 100.0
    gains = [saved, buyer, platform, saved + buyer + platform]
    longest = 10 + (50 * supplier_rate - 0.365) / programme
    return Expected(
        {
            "party": ["supplier", "buyer", "platform", "together"],
            "gain (yuan an invoice)": gains,
            "buyer pays after (days)": [term] * 4,
            "supplier gains up to (days)": [longest] * 4,
            "programme": ["closed" if closed else "runs"] * 4,
        },
        said=[100_000, abs(saved)],
    )


def poorest_orders_most(cash: float, way: str, sd: int) -> Expected:
    demand = GammaDemand(1000.0, float(sd))
    lend = {
        "posted": posted_rate,
        "priced": priced_to_order,
        "strategic": strategic_bank,
    }[way]
    loan = lend(cash, demand=demand)
    cost = 60 * (1 + SEASON.money_cost)
    best = demand.quantile((100 - cost) / 80)
    together = expected_profit(loan.order, 100, cost, 20, demand)
    columns: dict[str, list[Cell]] = {
        "own cash (yuan)": [cash],
        "order (pieces)": [loan.order],
        "best order (pieces)": [best],
        "above the best (pieces)": [round(loan.order - best, 6)],
        "loan (yuan)": [round(loan.loan, 6)],
        "loan rate (%)": [100 * loan.rate],
        "chance of default (%)": [100 * loan.default_probability],
        "bank gains (yuan)": [round(loan.lender_profit, 4)],
        "shop gains (yuan)": [round(together - loan.lender_profit, 4)],
        "lost together (yuan)": [round(expected_profit(best, 100, cost, 20, demand) - together, 4)],
    }
    return Expected(columns, said=[100, abs(loan.lender_profit), abs(loan.order - best)])


def sales(counter: str) -> np.ndarray:
    table = data.load("completejourney_daily_demand_5cat_2017")
    days = table[table["product_category"] == COUNTERS[counter]].sort_values("date")
    return weekly_sales(days["sales_usd"].to_numpy())


def real_sales() -> Expected:
    flows = [sales(counter) for counter in COUNTERS]
    return Expected(
        {
            "counter": list(COUNTERS),
            "typical swing (% of a week)": [100 * flow.std() for flow in flows],
            "worst week (% of the average)": [100 * flow.min() for flow in flows],
            "best week (% of the average)": [100 * flow.max() for flow in flows],
        },
        said=[52],
    )


def share_of_sales(depth: float, instalment: float, cash: int) -> Expected:
    flow = with_bad_season(sales("beef"), depth, 9, 26)
    shop = SalesLoanTerms(instalment=instalment)
    years = [run_year(flow, cash, by_share, shop) for by_share in (False, True)]
    return Expected(
        {
            "repaid by": ["fixed instalments", "a share of sales"],
            "survived (weeks)": [int(year.survived) for year in years],
            "survived (months)": [int(year.survived) * 12 / 52 for year in years],
            "repaid at the end of the year (%)": [100 * year.repaid[-1] for year in years],
            "cash at the end (weeks' sales)": [round(year.cash[-1], 9) for year in years],
            "sales lost (%)": [100 * depth] * 2,
            "cash at first (weeks' sales)": [cash] * 2,
        },
        said=[52],
    )


def pledged_twice(asked: int, coverage: float, priority: bool) -> Expected:
    """Counted over the number of lenders inside."""
    pledged = pledged_again(asked, coverage, 0.7, priority)
    loans = asked * (1 - coverage) + 1 - (1 - coverage) ** asked
    shares: list[Cell] = [
        "" if share is None else 100 * share
        for share in (pledged.loss_share_inside, pledged.loss_share_outside)
    ]
    return Expected(
        {
            "lender": ["uses the registry", "does not", "all"],
            "loses, of its loan (%)": [*shares, 100 * pledged.lost / (0.7 * loans)],
            "loans on the same goods (number)": [loans] * 3,
            "lent (% of the goods' value)": [70 * loans] * 3,
        }
    )


ORACLES: dict[str, Oracle] = {
    "cash-cycle": cash_cycle,
    "later-payment": later_payment,
    "poorest-orders-most": poorest_orders_most,
    "real-sales": real_sales,
    "share-of-sales": share_of_sales,
    "pledged-twice": pledged_twice,
}
