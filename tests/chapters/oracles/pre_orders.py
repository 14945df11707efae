"""The prepaid share, ahead or on the spot, early orders, three ways: by the models alone."""

from __future__ import annotations

import numpy as np
from oracle import Cell, Expected, Oracle

from netfin import data, newsvendor
from netfin.pre_orders.advance_selling import advance_or_spot
from netfin.pre_orders.batch import Way
from netfin.pre_orders.batch_funding import price_of_money, split
from netfin.pre_orders.prepayment import prepaid_window


def too_little_to_fund(reputation: float, own_money: float, held: float) -> Expected:
    released = 160 * (1 - held)
    missing = max(100 - own_money, 0)
    fund = 0.0 if missing == 0 else missing / released if released else np.inf
    trust = (60 + reputation) / released if released else np.inf
    window = prepaid_window(160, 100, reputation, own_money, held)
    return Expected(
        {
            "price (yuan)": [160],
            "cost (yuan)": [100],
            "shop's name (yuan a scarf)": [reputation],
            "own money (yuan a scarf)": [own_money],
            "held until delivery (%)": [100 * held],
            "enough to fund from (% of the price)": [100 * fund if np.isfinite(fund) else "never"],
            "trusted up to (% of the price)": [100 * trust if np.isfinite(trust) else "always"],
            "both": ["yes" if window.works else "no"],
        },
        said=[100 * (fund - trust)] if np.isfinite(fund) else [],
    )


def ahead_or_on_the_spot(high_share: float, low_value: float, looks_ahead: bool) -> Expected:
    sale = advance_or_spot(220, low_value, high_share, 100, looks_ahead)
    return Expected(
        {
            "worth if it suits (yuan)": [220],
            "worth if not (yuan)": [low_value],
            "buyers it suits (%)": [100 * high_share],
            "price on the spot (yuan)": [sale.spot_price],
            "price ahead (yuan)": [sale.advance_price],
            "sold on the spot (yuan a buyer)": [sale.spot_profit],
            "sold ahead (yuan a buyer)": [sale.advance_profit],
            "paid too much if it does not suit (yuan)": [sale.advance_price - low_value],
        }
    )


def by_weeks(category: str, begins: str) -> np.ndarray:
    """Units a day, a row a week, the weeks from Christmas on left out."""
    first, last = ("01-02", "12-25") if begins == "Monday" else ("01-01", "12-24")
    days = data.load("completejourney_daily_demand_5cat_2017")
    days = days[days["product_category"] == category]
    days = days[(days["date"] >= f"2017-{first}") & (days["date"] < f"2017-{last}")]
    return days["units"].to_numpy().reshape(-1, 7).astype(float)


def backtest(category: str, seen: int, begins: str) -> tuple[float, float, float]:
    """Error, order and profit, each in %, week by week."""
    table, salvage = by_weeks(category, begins), 40
    demand, early = table.sum(axis=1), table[:, :seen].sum(axis=1)
    errors = np.empty(len(demand))
    for week in range(len(demand)):
        others = np.arange(len(demand)) != week
        if seen == 0:
            forecast = demand[others].mean()
        else:
            slope, start = np.polyfit(early[others], demand[others], 1)
            forecast = start + slope * early[week]
        errors[week] = demand[week] - forecast
    orders, profits = [], []
    for week, wanted in enumerate(demand):
        spread = np.sqrt(np.mean(np.delete(errors, week) ** 2))
        known = newsvendor.NormalDemand(wanted - errors[week], spread)
        order = newsvendor.order_quantity(160, 100, salvage, known)
        orders.append(order)
        profits.append(160 * min(wanted, order) + salvage * max(order - wanted, 0) - 100 * order)
    return (
        100 * np.sqrt(np.mean(errors**2)) / demand.mean(),
        100 * np.mean(orders) / demand.mean(),
        100 * sum(profits) / (60 * demand.sum()),
    )


def early_orders(seen: int, begins: str, category: str) -> Expected:
    table = by_weeks(category, begins)
    early = table[:, :seen].sum(axis=1)
    chi = np.corrcoef(early, table.sum(axis=1))[0, 1] if seen else 0.0
    told, blind = backtest(category, seen, begins), backtest(category, 0, begins)
    columns: dict[str, list[Cell]] = {
        "week begins on": [begins],
        "days seen (number)": [seen],
        "weeks (number)": [51],
        "correlation of early and all orders (number)": [chi],
        "forecast misses by (%)": [told[0]],
        "without orders (%)": [blind[0]],
        "average order (% of average demand)": [told[1]],
        "without orders, average order (%)": [blind[1]],
        "profit kept (%)": [told[2]],
        "profit kept without orders (%)": [blind[2]],
    }
    return Expected(columns, said=[7])


def three_ways(demand: float, usable: float) -> Expected:
    price = price_of_money()
    parts = [split(way, demand, usable, price=price) for way in Way]
    columns: dict[str, list[Cell]] = {
        "who pays": ["A bank lends", "Customers pay ahead", "An investor takes a share"],
        "made": ["yes" if part.made else "no" for part in parts],
        "shop (yuan)": [part.shop for part in parts],
        "bank (yuan)": [part.bank for part in parts],
        "customers (yuan)": [part.customers for part in parts],
        "investor (yuan)": [part.investor for part in parts],
        "together (yuan)": [p.shop + p.bank + p.customers + p.investor for p in parts],
    }
    losses = [abs(float(part)) for each in parts for part in each[1:]]
    return Expected(columns, said=losses)  # a loss is said without its sign


ORACLES: dict[str, Oracle] = {
    "too-little-to-fund": too_little_to_fund,
    "ahead-or-on-the-spot": ahead_or_on_the_spot,
    "early-orders": early_orders,
    "three-ways": three_ways,
}
