"""The numbers of the chapter on pre-order financing, worked out again by hand."""

from __future__ import annotations

import re

import numpy as np
import pytest
from chapter import ROOT
from scipy.stats import gamma, norm

from figures.numbers import Quantity
from figures.pre_orders.prose import numbers
from netfin import data

SAID = numbers()
DEMAND = gamma(6.25, scale=160)  # mean 1,000, standard deviation 400


def glue(name: str) -> Quantity:
    quantity = SAID[name]
    assert isinstance(quantity, Quantity)
    return quantity


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("outlay", 100_000, "yuan"),
        ("prepayment", 144, "yuan"),
        ("goal", 695, "orders"),
        ("a_year", 100 * 2 * 16 / 144, "%"),
        ("on_cost", 100 * 2 * 16 / 100, "%"),
        ("chapter_rate", (2 + 2 + 1.05 + 1.8) / 0.97, "%"),
        ("called_off", 100 * DEMAND.cdf(695), "cases of 100"),
        # the workshop's flop with the goal met: a bad batch of uw − C below 0 leaves nothing
        ("ahead_losers", 100 * 0.05 * DEMAND.sf(695), "batches of 100"),
        # the goal missed, the workshop's flop, or, with the loan, less brought in than is owed
        ("ahead_nothing", 100 * (DEMAND.cdf(695) + 0.05 * DEMAND.sf(695)), "cases of 100"),
        ("flop_bank", 100_000 - 300 * 160 - 700 * 40, "yuan"),
        ("spoiled_customers", 600 * 144 - (144_000 - 100_000) - 400 * 16, "yuan"),
        ("unserved", 600 * 144 - 44_000, "yuan"),
        ("middling", 600 * 160 + 400 * 40 - 100_000, "yuan"),
        ("fund", 62.5, "%"),
        ("trust", 37.5, "%"),
        ("half_fund", 125, "%"),
        ("patience", 0.4, "yuan today"),
        ("patience_ahead", 100 / 144, "yuan today"),
        ("independent", 100 * (4 / 7) ** 0.5, "%"),
        ("ahead", 170 - 100, "yuan"),
        ("no_goal", 40_000 - 60 * 600, "yuan"),
        # at one in ten never made, at three in ten never (700 of 600 expected), at half always
        ("goal_profit", (60 * 1000 - 40_000) / 3, "yuan"),
        ("ex_batches", 60 * 0.4 / 0.6, "yuan"),
        ("ex_sunk_fund", 31.25, "% of the price"),
        ("ex_year", 100 * ((100 / 95) ** 6 - 1), "%"),
        ("ex_gain", 0.5 * (159 - 100), "yuan"),
    ],
)
def test_a_number_of_the_text_worked_by_hand(name: str, value: float, unit: str) -> None:
    assert glue(name).value == pytest.approx(value, rel=1e-5)
    assert glue(name).unit == unit


def test_the_order_for_bread_from_the_data() -> None:
    """51 weeks; without early orders each week is forecast by the mean of the others."""
    days = data.load("completejourney_daily_demand_5cat_2017")
    bread = days[days["product_category"] == "BAKED BREAD/BUNS/ROLLS"]
    bread = bread[(bread["date"] > "2017-01-01") & (bread["date"] < "2017-12-25")]
    bread = bread["units"].to_numpy(dtype=float).reshape(-1, 7)
    whole = bread.sum(axis=1)
    errors = whole - (whole.sum() - whole) / (len(whole) - 1)
    missed = 100 * np.sqrt(np.mean(errors**2)) / whole.mean()

    assert glue("weeks").value == len(whole) == 51
    assert glue("bread_before").value == pytest.approx(missed)
    assert glue("cheap_before").value == pytest.approx(100 + missed * norm.ppf(60 / 160))
    assert glue("dear_before").value == pytest.approx(100 + missed * norm.ppf(60 / 80))


def test_the_milk_week_cut_on_two_days() -> None:
    """The last day of an offer goes with its own week and not with the next."""
    days = data.load("completejourney_daily_demand_5cat_2017")
    milk = days[days["product_category"] == "FLUID MILK PRODUCTS"]
    milk = milk[milk["date"] < "2017-12-25"]
    units = milk["units"].to_numpy(dtype=float)
    from_sunday, from_monday = units[:357].reshape(-1, 7), units[1:].reshape(-1, 7)
    price = (milk["sales_usd"].to_numpy() / units)[:357].reshape(-1, 7)

    for name, table in (("sunday", from_sunday), ("monday", from_monday)):
        first, week = table[:, 0], table.sum(axis=1)
        assert glue(name).value == pytest.approx(np.corrcoef(first, week)[0, 1])
    assert glue("sunday").value < 0 < glue("monday").value
    # days of one price week have one price, whatever is bought in each
    assert glue("price_before").value == pytest.approx(
        np.corrcoef(price[1:, 0], price[:-1, 3])[0, 1], abs=0.03
    )
    assert glue("milk_two").value < 0.4 * glue("milk_before").value
    assert glue("milk_price").value == pytest.approx(glue("milk_two").value, abs=0.5)


def test_only_beef_tells_more_than_its_days_whatever_the_cut() -> None:
    """Three days seen, against seven lotteries with the days' own variances; weeks cut anyhow."""
    days = data.load("completejourney_daily_demand_5cat_2017")
    days = days[days["date"] < "2017-12-25"]
    left: dict[str, list[float]] = {}
    tells: dict[str, list[bool]] = {}
    for category in ("BAKED BREAD/BUNS/ROLLS", "BEEF", "TROPICAL FRUIT", "FLUID MILK PRODUCTS"):
        units = days.loc[days["product_category"] == category, "units"].to_numpy(dtype=float)
        left[category], tells[category] = [], []
        for first in range(7):
            week = units[first : first + (len(units) - first) // 7 * 7].reshape(-1, 7)
            early, whole = week[:, :3].sum(axis=1), week.sum(axis=1)
            errors = {True: [], False: []}
            for out in range(len(week)):
                rest = np.arange(len(week)) != out
                slope, start = np.polyfit(early[rest], whole[rest], 1)
                errors[True].append(whole[out] - start - slope * early[out])
                errors[False].append(whole[out] - whole[rest].mean())
            each = np.linalg.norm(errors[True]) / np.linalg.norm(errors[False])
            spread = week.var(axis=0)
            left[category].append(100 * each)
            tells[category].append(each < np.sqrt(spread[3:].sum() / spread.sum()))

    assert [name for name, always in tells.items() if all(always)] == ["BEEF"]
    bread = left["BAKED BREAD/BUNS/ROLLS"]
    for name, value in (("sunday", bread[0]), ("least", min(bread)), ("most", max(bread))):
        assert glue(f"bread_{name}").value == pytest.approx(value)
    assert glue("bread_left").value == pytest.approx(bread[1])


def test_who_pays_ahead_by_a_simulation() -> None:
    """Orders are a part of those who want it; the others buy what is left of a thousand."""
    wanted = DEMAND.ppf((np.arange(200_000) + 0.5) / 200_000)
    for name, share in (("nine_in_ten", 0.9), ("seven_in_ten", 0.7), ("half_ahead", 0.5)):
        orders = share * wanted
        left = np.maximum(1000 - orders, 0)
        late = np.minimum(left, wanted - orders)
        good = 144 * orders + 160 * late + 40 * (left - late) - 100 * np.maximum(orders, 1000)
        profit = 0.95 * np.mean(np.where(orders >= 695, good, 0))  # a flop leaves nothing
        assert glue(name).value == pytest.approx(profit, rel=1e-3)
    assert glue("wide_share").value == pytest.approx(80, abs=0.1)


def test_what_an_investor_s_share_loses() -> None:
    """He is short where the batch brings less than 100,000 over his share."""
    brings = 1.10 * 100_000 / (glue("share").value / 100)
    share = glue("share").value / 100
    sold = (100_000 / share - 40_000) / 120
    spoiled = 0.05  # 400 scarves bring 64,000 at most

    assert brings == pytest.approx(137_236, rel=1e-3)
    expected = 100 * (spoiled + 0.95 * DEMAND.cdf(sold))
    assert glue("share_losers").value == pytest.approx(expected, rel=1e-5)


def test_the_page_says_what_there_is_and_all_of_it() -> None:
    page = (ROOT / "book" / "pre-orders.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\{glue:text\}`(\w+)`", page)) == set(SAID)
