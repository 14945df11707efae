"""Samples of the models of supply-chain finance."""

import numpy as np
import pandas as pd
from contract import Kind, Sample

from netfin.supply_chain import (
    inventory_loan,
    invoices,
    lenders,
    pledges,
    sales_loan,
    season,
    trade_credit,
)
from netfin.supply_chain.invoices import INVOICE, LARGE_BUYER
from netfin.supply_chain.sales_loan import SHOP
from netfin.supply_chain.season import SCARVES, SEASON

LOAN = inventory_loan.settle(4000.0, 900.0, 0.07)
DAYS = pd.date_range("2026-01-05", periods=14).strftime("%Y-%m-%d")
BOOK = pd.DataFrame({"date": DAYS, "sales": np.arange(14.0)})
WEEKS = np.array([1.0, 0.8, 1.2])


def parts(function, **kinds):
    """A function whose parameters are each given with their kind."""
    return Sample(
        function,
        {name: value for name, (value, _) in kinds.items()},
        {name: kind for name, (_, kind) in kinds.items()},
    )


def numbers(function, **arguments):
    """A function all of whose parameters take numbers or arrays of them."""
    return Sample(function, arguments, dict.fromkeys(arguments, Kind.NUMBERS))


N, ONE, OBJECT = Kind.NUMBERS, Kind.ONE, Kind.OBJECT
SEASON_GIVEN = {"season": (SEASON, OBJECT)}
GIVEN = {**SEASON_GIVEN, "demand": (SCARVES, OBJECT)}

SAMPLES = [
    parts(
        season.SeasonTerms,
        price=(100.0, ONE),
        cost=(60.0, ONE),
        salvage=(20.0, ONE),
        money_cost=(0.05, ONE),
    ),
    parts(inventory_loan.efficient_order, **GIVEN),
    parts(
        inventory_loan.break_even_sales,
        order=(900.0, N),
        cash=(4000.0, N),
        rate=(0.07, N),
        **SEASON_GIVEN,
    ),
    parts(inventory_loan.order_at_rate, cash=(4000.0, N), rate=(0.07, N), **GIVEN),
    parts(inventory_loan.settle, cash=(4000.0, N), order=(900.0, N), rate=(0.07, N), **GIVEN),
    Sample(inventory_loan.one_demand, {"demand": SCARVES}, {"demand": Kind.OTHER}),
    parts(inventory_loan.fair_rate, cash=(4000.0, N), order=(900.0, N), **GIVEN),
    parts(lenders.posted_rate, cash=(4000.0, N), rate=(0.07, N), **GIVEN),
    parts(lenders.priced_to_order, cash=(4000.0, N), **GIVEN),
    parts(lenders.strategic_bank, cash=(4000.0, N), **GIVEN, steps=(10, Kind.COUNT)),
    parts(lenders.loss_of_total, loan=(LOAN, OBJECT), **GIVEN),
    parts(
        invoices.InvoiceTerms,
        amount=(100_000.0, ONE),
        days=(60.0, ONE),
        approval_days=(10.0, ONE),
        supplier_rate=(0.12, N),
        programme_rate=(0.04, N),
        buyer_rate=(0.05, ONE),
        fee=(0.001, ONE),
    ),
    parts(invoices.waiting_cost, days=(60.0, N), invoice=(INVOICE, OBJECT)),
    parts(invoices.selling_cost, days=(60.0, N), invoice=(INVOICE, OBJECT)),
    parts(invoices.reverse_factoring, days=(90.0, N), invoice=(INVOICE, OBJECT)),
    parts(invoices.longest_term, invoice=(INVOICE, OBJECT)),
    parts(
        invoices.chance_to_lose,
        limit=(0.05, N),
        largest_share=(0.2, N),
        invoices=(100, Kind.COUNT),
        buyer=(LARGE_BUYER, OBJECT),
    ),
    parts(
        pledges.pledged_again,
        asked=(3, Kind.COUNT),
        coverage=(0.5, ONE),
        advance=(0.7, ONE),
        priority=(True, Kind.FLAG),
    ),
    parts(
        sales_loan.SalesLoanTerms,
        gross_margin=(0.3, ONE),
        instalment=(0.08, ONE),
        surplus=(0.02, ONE),
    ),
    parts(sales_loan.weekly_sales, daily=(np.arange(14.0), Kind.OTHER)),
    parts(
        sales_loan.weekly_book,
        book=(BOOK, Kind.TABLE),
        day=("date", Kind.OTHER),
        sales=("sales", Kind.OTHER),
    ),
    parts(
        sales_loan.with_bad_season,
        sales=(WEEKS, Kind.OTHER),
        depth=(0.4, ONE),
        first=(1, Kind.COUNT),
        length=(2, Kind.COUNT),
    ),
    parts(
        sales_loan.run_year,
        sales=(WEEKS, Kind.OTHER),
        cash=(1.0, ONE),
        by_share=(True, Kind.FLAG),
        shop=(SHOP, OBJECT),
    ),
    numbers(
        trade_credit.cash_conversion_cycle,
        days_inventory=45.0,
        days_receivable=60.0,
        days_payable=15.0,
    ),
    numbers(trade_credit.cash_tied_up, cycle=90.0, daily_cost=2000.0),
    numbers(trade_credit.trade_credit_rate, discount=0.02, discount_days=10.0, net_days=30.0),
    Sample(
        trade_credit.debt_capacity,
        {"own_funds": 20_000.0, "project_return": 0.1, "rate": 0.07, "diversion": 0.4},
        dict.fromkeys(("own_funds", "project_return", "rate", "diversion"), Kind.NUMBERS),
        infinite=True,
    ),
]
