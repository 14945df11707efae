"""The numbers of the chapter on supply-chain finance, found again by hand."""

from __future__ import annotations

import re
from functools import cache
from math import comb
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.stats import gamma

from figures.numbers import Quantity
from figures.supply_chain import prose
from netfin import data

numbers = cache(prose.numbers)  # seconds of work, which more than one test looks at
PAGE = Path(__file__).parents[3] / "book" / "supply-chain.md"
DEMAND = gamma(a=(1000 / 800) ** 2, scale=800**2 / 1000)
MONEY, POSTED = 0.0505, 0.0685 / 0.97
PROGRAMME = (0.02 + 0.0105 + 0.01 + 0.003) / 0.995


@pytest.fixture(scope="module")
def said() -> dict[str, Quantity]:
    return {name: value for name, value in numbers().items() if isinstance(value, Quantity)}


def order_of(cash: float, rate: float = POSTED) -> tuple[float, float]:
    """What the shop orders at a rate for all, and the sales from which it repays."""
    risk = (60 * (1 + rate) - 20) / 80

    def sales(order: float) -> float:
        return float(max((60 * order - cash) * (1 + rate) - 20 * order, 0.0) / 80)

    def too_many(order: float) -> float:
        return float(risk * DEMAND.sf(sales(order)) - DEMAND.sf(order))

    order = brentq(too_many, cash / 60, 5000, xtol=1e-10)
    return order, sales(order)


def bank_gains(cash: float) -> float:
    """What the bank gets less what its money costs, at the posted rate."""
    return bank_gets(cash, *order_of(cash))


def bank_gets(cash: float, order: float, sales: float) -> float:
    """What the bank gains on an order that repays from so many sales, by an integral."""
    sold = quad(DEMAND.sf, 0, sales, epsabs=1e-9)[0]
    return float(20 * order + 80 * sold - (60 * order - cash) * (1 + MONEY))


def weeks_of(category: str) -> np.ndarray:
    table = data.load("completejourney_daily_demand_5cat_2017")
    days = table[table["product_category"] == category].sort_values("date")["sales_usd"].to_numpy()
    weeks = days.reshape(52, 7).sum(axis=1)
    return weeks / weeks.mean()


def year_of(
    category: str, depth: float, by_share: bool, instalment: float = 0.08, cash: float = 1.0
):
    """Weeks survived and the share repaid, week by week."""
    sales, rent = weeks_of(category), 0.28 - instalment
    sales[8:34] *= 1.0 - depth
    weeks, repaid = 0, 0.0
    for sold in sales:
        due = min(instalment * (sold if by_share else 1.0), 52 * instalment - repaid)
        cash += 0.30 * sold - rent
        if cash < due:
            repaid += max(cash, 0.0)
            break
        cash, weeks, repaid = cash - due, weeks + 1, repaid + due
    return weeks, repaid / (52 * instalment)


COUNTERS = ["BAKED BREAD/BUNS/ROLLS", "BEEF", "EGGS", "FLUID MILK PRODUCTS", "TROPICAL FRUIT"]


def test_the_page_says_every_number_and_no_other() -> None:
    asked = set(re.findall(r"\{glue:text\}`(\w+)`", PAGE.read_text("utf-8")))
    assert asked == set(numbers())


def test_waiting_by_hand(said: dict[str, Quantity]) -> None:
    assert said["cycle"].value == 45 + 60 - 15
    assert said["tied_platform"].value == (45 + 7 - 15) * 2000
    assert said["simple"].value == pytest.approx(100 * 2 / 98 * 365 / 20)
    assert said["effective"].value == pytest.approx(100 * (0.98 ** (-365 / 20) - 1))
    assert said["cash_limit"].value == pytest.approx(20_000 * 0.70 / 0.37)
    assert said["goods_limit"].value == pytest.approx(20_000 * 0.95 / 0.12)
    assert said["own_cash_limit"].value == pytest.approx(20_000 * 0.70 / 0.12)
    assert [said[name].unit for name in ("cycle", "tied", "simple")] == ["days", "yuan", "%"]


def test_the_invoice_by_hand(said: dict[str, Quantity]) -> None:
    assert said["programme"].value == pytest.approx(100 * PROGRAMME)
    assert said["before"].value == pytest.approx(100_000 * 0.12 * 60 / 365)
    assert said["now"].value == pytest.approx(
        100_000 * (0.12 * 10 / 365 + PROGRAMME * 50 / 365 + 0.001)
    )
    assert said["longest"].value == pytest.approx(10 + (0.12 * 50 - 0.365) / PROGRAMME)
    assert said["carillion_needed"].value == pytest.approx(2 * 120 / 65)
    assert said["carillion_refunded"].value == pytest.approx(2 * 45 / 65)
    assert said["carillion_old"].value == pytest.approx(2 * 65 / 65)
    assert said["usual_days"].value == pytest.approx(60 + 37)
    assert said["british_days"].value == pytest.approx(60 + 11)
    assert said["usual_needed"].value == pytest.approx(100 * (PROGRAMME * 87 + 0.365) / 50)
    assert said["british_needed"].value == pytest.approx(100 * (PROGRAMME * 61 + 0.365) / 50)
    assert said["ex_nine_free"].value == pytest.approx(10 + 0.09 * 50 / PROGRAMME)
    moved = ((0.12 - PROGRAMME) * 50, (0.05 - PROGRAMME) * 90)
    assert said["moves"].value == pytest.approx(100 * moved[1] / moved[0])
    assert said["retailer_longest"].value == pytest.approx(10 + 0.12 * 50 / 0.10)
    assert said["closed"].value == pytest.approx(100_000 * 0.12 * 30 / 365)


def test_the_best_order_and_the_poorest_shop(said: dict[str, Quantity]) -> None:
    best = DEMAND.ppf((100 - 60 * (1 + MONEY)) / 80)
    order, sales = order_of(0.0)

    assert said["best"].value == pytest.approx(best)
    assert said["full"].value == pytest.approx(60 * best)
    assert said["poor_order"].value == pytest.approx(order)
    assert said["poor_k"].value == pytest.approx(sales)
    assert said["poor_default"].value == pytest.approx(100 * DEMAND.cdf(sales))
    assert said["poor_bank_loses"].value == pytest.approx(-bank_gains(0.0), abs=1e-3)
    assert said["poor_wasted"].value == pytest.approx(
        said["poor_bank_loses"].value - said["poor_gain"].value, abs=1e-3
    )


def test_what_the_bank_loses_by_the_rate_and_by_the_order(said: dict[str, Quantity]) -> None:
    best, sales = said["best"].value, said["best"].value * (60 * (1 + POSTED) - 20) / 80
    sensible = -bank_gets(0.0, best, sales)
    assert said["sensible_default"].value == pytest.approx(100 * DEMAND.cdf(sales))
    assert said["sensible_loss"].value == pytest.approx(sensible, abs=1e-3)
    assert said["larger_loss"].value == pytest.approx(-bank_gains(0.0) - sensible, abs=1e-3)

    fair = brentq(lambda r: bank_gets(0.0, best, best * (40 + 60 * r) / 80), 0.05, 0.6, xtol=1e-13)
    order, repays = order_of(0.0, fair)
    assert said["fair_rate"].value == pytest.approx(100 * fair)
    assert said["dear_order"].value == pytest.approx(order)
    assert said["dear_loss"].value == pytest.approx(-bank_gets(0.0, order, repays), abs=1e-3)


def test_a_thin_margin(said: dict[str, Quantity]) -> None:
    risk, own = (60 * (1 + POSTED) - 20) / 50, (60 * (1 + MONEY) - 20) / 50
    order = brentq(lambda q: risk * DEMAND.sf(risk * q) - DEMAND.sf(q), 10, 5000, xtol=1e-10)
    assert said["thin_times"].value == pytest.approx(order / DEMAND.ppf(1 - own))


def test_the_cash_from_which_the_posted_rate_pays(said: dict[str, Quantity]) -> None:
    assert said["pays"].value == pytest.approx(brentq(bank_gains, 5000, 30_000), abs=0.01)


def test_the_posted_rate_pays_before_the_order_is_what_is_best(said: dict[str, Quantity]) -> None:
    """Where the bank no longer loses, the shop orders more; it takes a third as much again."""
    order, sales = order_of(brentq(bank_gains, 5000, 30_000))
    best = DEMAND.ppf((100 - 60 * (1 + MONEY)) / 80)
    cured = brentq(lambda cash: order_of(cash)[0] - best, 5000, 35_000, xtol=1e-8)

    assert said["pays_order"].value == pytest.approx(order, abs=0.01)
    assert said["pays_order"].value > best
    assert said["pays_default"].value == pytest.approx(100 * DEMAND.cdf(sales), abs=1e-3)
    assert said["cured"].value == pytest.approx(cured, abs=0.01)
    assert said["cured_share"].value == pytest.approx(100 * cured / (60 * best), abs=1e-4)


def test_uniform_demand_has_a_closed_form(said: dict[str, Quantity]) -> None:
    """1 − Q = a(1 − aQ) on a range of one, so Q = 1/(1 + a)."""
    a = (60 * (1 + POSTED) - 20) / 80

    assert said["ex_a"].value == pytest.approx(a)
    assert said["ex_even_poor"].value == pytest.approx(2000 / (1 + a), abs=0.1)
    assert said["ex_even_rich"].value == pytest.approx(2000 * (1 - a))


def test_the_share_saves_all_five_counters_or_one_or_none(said: dict[str, Quantity]) -> None:
    saved = {
        depth: [year_of(each, depth, True)[0] == 52 for each in COUNTERS]
        for depth in (0.25, 0.3, 0.4)
    }
    assert not any(year_of(each, 0.25, False)[0] == 52 for each in COUNTERS)
    assert said["mild_saved"].value == sum(saved[0.25]) == 5
    assert said["deeper_saved"].value == sum(saved[0.3]) == 1
    assert saved[0.3][COUNTERS.index("BEEF")]
    assert sum(saved[0.4]) == 0


def test_one_week_of_cash_is_what_the_count_hangs_on(said: dict[str, Quantity]) -> None:
    """With half a week in hand a share saves none; with two weeks all live under either plan."""
    lives = {
        (cash, by_share): [year_of(each, 0.25, by_share, cash=cash)[0] == 52 for each in COUNTERS]
        for cash in (0.5, 2.0)
        for by_share in (False, True)
    }
    assert said["half_saved"].value == sum(lives[0.5, True]) == 0
    assert all(lives[2.0, True])
    assert all(lives[2.0, False])


def test_at_40_per_cent_two_weeks_of_cash_are_what_the_plan_decides_on(
    said: dict[str, Quantity],
) -> None:
    lives = {
        by_share: [year_of(each, 0.4, by_share, cash=2.0)[0] == 52 for each in COUNTERS]
        for by_share in (False, True)
    }
    assert said["hard_two_saved"].value == sum(lives[True]) == 5
    assert not any(lives[False])


@pytest.mark.parametrize(("instalment", "weeks"), [(0.04, 3.0), (0.08, 2.0), (0.16, 1.0)])
def test_the_more_it_owes_beside_its_rent_the_less_cash_a_share_takes(
    instalment: float, weeks: float
) -> None:
    """At 40 % less all five live with so many weeks' sales in cash, and not all with one less."""

    def lives(cash: float) -> list[bool]:
        years = (year_of(each, 0.4, True, instalment, cash=cash) for each in COUNTERS)
        return [year[0] == 52 for year in years]

    assert all(lives(weeks))
    assert weeks == 1.0 or not all(lives(weeks - 1.0))


def test_a_bad_half_year_of_the_beef_counter(said: dict[str, Quantity]) -> None:
    for name, depth, by_share in (
        ("mild_fixed", 0.25, False),
        ("hard_fixed", 0.4, False),
        ("hard_share", 0.4, True),
    ):
        assert said[name].value == year_of("BEEF", depth, by_share)[0]
    assert said["mild_had"].value == pytest.approx(100 * year_of("BEEF", 0.25, False)[1])
    assert said["mild_repaid"].value == pytest.approx(100 * year_of("BEEF", 0.25, True)[1])


def test_whether_patience_pays_hangs_on_the_instalment(said: dict[str, Quantity]) -> None:
    """At 40 % less: a lender of 8 % has had less with a share at every counter, of 12 % more."""
    for instalment, names, sign in (
        (0.08, ("least_given", "most_given"), -1),
        (0.12, ("least_gained", "most_gained"), 1),
    ):
        more = [
            sign
            * 100
            * (year_of(each, 0.4, True, instalment)[1] - year_of(each, 0.4, False, instalment)[1])
            for each in COUNTERS
        ]
        assert min(more) > 0
        assert [said[name].value for name in names] == pytest.approx([min(more), max(more)])


def test_demand_that_is_easier_to_foresee(said: dict[str, Quantity]) -> None:
    """Give or take 400: by the formula of the shop without cash and a sum over demand."""
    demand = gamma(a=(1000 / 400) ** 2, scale=400**2 / 1000)
    risk = (60 * (1 + POSTED) - 20) / 80
    order = brentq(lambda q: risk * demand.sf(risk * q) - demand.sf(q), 500, 3000, xtol=1e-10)
    best = demand.ppf((100 - 60 * (1 + MONEY)) / 80)

    def together(pieces: float) -> float:
        sold = quad(demand.sf, 0, pieces, epsabs=1e-9)[0]
        return float(20 * pieces + 80 * sold - 60 * pieces * (1 + MONEY))

    assert said["foreseen_more"].value == pytest.approx(100 * (order / best - 1))
    assert said["foreseen_lost"].value == pytest.approx(together(best) - together(order), abs=1e-3)
    sold = quad(demand.sf, 0, risk * order, epsabs=1e-9)[0]
    gain = 20 * order + 80 * sold - 60 * order * (1 + MONEY)
    assert said["foreseen_gain"].value == pytest.approx(gain, abs=1e-3)

    fails, owed = demand.cdf(risk * order), 60 * order * (1 + POSTED)
    within = quad(lambda d: d * demand.pdf(d), 0, risk * order, epsabs=1e-9)[0] / fails
    assert said["foreseen_default"].value == pytest.approx(100 * fails)
    assert said["foreseen_back"].value == pytest.approx(100 * (20 * order + 80 * within) / owed)


def test_pledges_by_counting(said: dict[str, Quantity]) -> None:
    """Of three lenders none, one, two or three use the registry, and the first of them is paid."""

    def outside(share: float) -> float:
        lent = lost = 0.0
        for inside in range(4):
            chance = comb(3, inside) * share**inside * (1 - share) ** (3 - inside)
            given = 0.7 * (3 - inside)
            lent += chance * given
            lost += chance * (given - min(given, 1 - 0.7 * (inside > 0)))
        return lost / lent

    assert said["pledge_lost"].value == pytest.approx(100 * 1.1 / 2.1)
    assert said["pledge_out"].value == pytest.approx(100 * outside(0.5))
    # All alike, half inside: each pile brings 1 for all that is lent on it, 0.7 a loan.
    inside_lost = outside_lost = lent = 0.0
    for inside in range(4):
        chance, loans = comb(3, inside) / 8, min(inside, 1) + 3 - inside
        share = max(0.7 * loans - 1, 0) / (0.7 * loans)
        inside_lost += chance * 0.7 * min(inside, 1) * share
        outside_lost += chance * 0.7 * (3 - inside) * share
        lent += chance * 0.7 * loans
    assert said["alike_asked"].value == pytest.approx(100 * inside_lost / (0.7 * 1.5))
    assert said["alike_out"].value == pytest.approx(100 * outside_lost / (0.7 * 1.5))
    assert said["pledge_half"].value == pytest.approx(100 * (inside_lost + outside_lost) / lent)
    assert said["pledge_loans"].value == pytest.approx(1.5 + 1 - 1 / 8)
    peak = max(outside(share) for share in np.linspace(0, 0.99, 100_000))
    assert said["ex_peak"].value == pytest.approx(100 * peak, abs=1e-5)


def test_one_obligor_by_counting(said: dict[str, Quantity]) -> None:
    """A pool that loses 60 % of what fails loses 5 % of its money when 9 of 100 fail."""
    chance = sum(comb(100, n) * 0.005**n * 0.995 ** (100 - n) for n in range(9, 101))
    assert numbers()["spread_odds"] == f"{1e-6 / chance:,.0f} million"
    assert said["lumped_odds"].value == pytest.approx(200, abs=0.5)
