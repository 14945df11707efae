"""The numbers of the chapter on pre-order financing, worked out again by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from chapter import ROOT
from scipy.stats import gamma

from figures.numbers import Quantity
from figures.pre_orders.prepayment import _who_meets
from figures.pre_orders.prose import numbers
from netfin import data
from netfin.pre_orders.batch import BATCH, Way
from netfin.pre_orders.batch_funding import bridge, prospect

said = cache(numbers)
DEMAND = gamma(6.25, scale=160)  # mean 1,000, standard deviation 400


def glue(name: str) -> Quantity:
    quantity = said()[name]
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
        ("margin_ahead", 144 - 100, "yuan"),  # more than a third of the cost, less than half
        ("independent", 100 * (4 / 7) ** 0.5, "%"),
        ("ahead", 170 - 100, "yuan"),
        ("no_goal", 40_000 - 60 * 600, "yuan"),
        # at one in ten never made, at three in ten never (700 of 600 expected), at half always
        ("goal_profit", (60 * 1000 - 40_000) / 3, "yuan"),
        ("ex_batches", 60 * 0.4 / 0.6, "yuan"),
        ("ex_sunk_fund", 31.25, "% of the price"),
        ("ex_year", 100 * ((100 / 95) ** 6 - 1), "%"),
        ("ex_gain", 0.7 * (135 - 100), "yuan"),
        ("pays_from", (100 - 40) / (160 - 40) * 1000, "scarves"),
        ("bank_costs", 100_000 * 0.0505 / 2, "yuan"),
    ],
)
def test_a_number_of_the_text_worked_by_hand(name: str, value: float, unit: str) -> None:
    assert glue(name).value == pytest.approx(value, rel=1e-5)
    assert glue(name).unit == unit


def test_bread_from_the_data() -> None:
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

    # a shop that knows past weeks alone, from the thirteenth on
    early, told, blind = bread[:, :3].sum(axis=1), [], []
    for week in range(12, 51):
        past, seen = whole[:week], early[:week]
        slope = np.cov(seen, past)[0, 1] / seen.var(ddof=1)
        told.append(whole[week] - past.mean() - slope * (early[week] - seen.mean()))
        blind.append(whole[week] - past.mean())
    left = 100 * np.sqrt(np.sum(np.square(told)) / np.sum(np.square(blind)))
    assert glue("bread_past").value == pytest.approx(left)

    # with hindsight no smaller part of the same weeks is left
    late = np.arange(12, 51)
    told, blind = [], []
    for week in late:
        others = np.arange(51) != week
        slope, start = np.polyfit(early[others], whole[others], 1)
        told.append(whole[week] - start - slope * early[week])
        blind.append(whole[week] - whole[others].mean())
    hindsight = 100 * np.linalg.norm(told) / np.linalg.norm(blind)
    assert f"{hindsight:.0f}" == f"{left:.0f}"


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
    for category in days["product_category"].unique():
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


def by_slices(spread: float) -> dict[str, float]:
    """Stopped, missed, saved, growth and what customers take, from 400,000 slices of demand."""
    shape = (1000 / spread) ** 2
    wanted = gamma(shape, scale=spread**2 / 1000).ppf((np.arange(400_000) + 0.5) / 400_000)
    earned = sum(
        odds * (160 * np.minimum(wanted, good) + 40 * (good - np.minimum(wanted, good)) - 100_000)
        for odds, good in ((0.95, 1000), (0.05, 400))
    )
    stopped, beyond = wanted < 695, np.maximum(wanted - 1000, 0)
    bad = 400 * 16 / 1000 - (100 - 0.4 * 144)  # a piece paid for, at a bad workshop
    customers = 0.95 * 16 * wanted + 0.05 * bad * np.maximum(wanted, 1000)
    return {
        "stopped": np.mean(np.where(stopped, earned, 0)),
        "flops_saved": -np.mean(np.where(wanted < 500, earned, 0)),
        "missed": np.mean(np.where((wanted >= 500) & stopped, earned, 0)),
        "stopped_each": np.mean(earned[stopped]),
        "growth": (0.95 * 60 + 0.05 * (0.4 * 160 - 100)) * np.mean(beyond),
        "customers_take": np.mean(np.where(stopped, 0, customers)),
        "own": 0.95 * 44 * np.mean(beyond),
    }


def test_what_carries_prepayments_by_slices_of_demand() -> None:
    """Growth and the saved bank make up for the discounts; calling off costs a little."""
    sliced = by_slices(400)
    for name in ("stopped", "flops_saved", "missed", "stopped_each", "growth", "customers_take"):
        assert glue(name).value == pytest.approx(sliced[name], rel=1e-3)
    assert glue("own_growth").value == pytest.approx(sliced["own"], rel=1e-3)
    assert glue("no_growth").value == pytest.approx(
        glue("ahead_profit").value - sliced["own"], rel=1e-4
    )
    steps = glue("bank_costs").value - glue("stopped").value + glue("growth").value
    steps -= glue("customers_take").value
    assert glue("loan_profit").value + steps == pytest.approx(glue("ahead_profit").value)
    assert glue("wide_stopped").value == pytest.approx(-by_slices(600)["stopped"], rel=1e-3)
    assert glue("ex_wide_stopped").value == pytest.approx(-by_slices(800)["stopped"], rel=1e-3)
    assert glue("ex_wide_growth").value == pytest.approx(by_slices(800)["growth"], rel=1e-3)


def test_where_loan_and_prepayments_are_level() -> None:
    """On either side of the printed number the other way of paying leaves more."""

    def better(**change: float) -> bool:
        terms = replace(BATCH, **change)
        return (
            prospect(Way.PREPAID, terms).expected_profit > prospect(Way.LOAN, terms).expected_profit
        )

    spread, pieces = round(glue("level_spread").value), glue("level_batch").value
    assert better(demand_spread=spread + 1.0)
    assert not better(demand_spread=spread - 1.0)
    assert better(batch=pieces)
    assert not any(better(batch=pieces + more) for more in range(1, 21))
    for step, ahead in ((-1, False), (1, True)):
        terms = replace(BATCH, demand_spread=round(glue("no_growth_spread").value) + step)
        assert (bridge(terms).without_growth > bridge(terms).loan) is ahead


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
    assert set(re.findall(r"\{glue:text\}`(\w+)`", page)) == set(said())


def test_nothing_is_missed_where_any_share_is_safe() -> None:
    """Half of it held and a name of 20 yuan: all is trusted, and 125 % of a price nobody pays."""
    assert _who_meets(125, 100, works=False).endswith("nobody pays more than the price.")
    assert _who_meets(125, 75, works=False).endswith("They miss each other by 50.0 points.")
    assert _who_meets(np.inf, np.inf, works=False).endswith("Nothing is made.")
