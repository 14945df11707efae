"""The numbers of the chapter on supply-chain finance, found again by hand."""

from __future__ import annotations

import re
from math import comb
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.stats import gamma

from figures.numbers import Quantity
from figures.supply_chain.prose import numbers
from netfin import data

PAGE = Path(__file__).parents[3] / "book" / "supply-chain.md"
DEMAND = gamma(a=(1000 / 800) ** 2, scale=800**2 / 1000)
MONEY, POSTED = 0.0505, 0.0685 / 0.97
PROGRAMME = (0.02 + 0.0105 + 0.01 + 0.003) / 0.995


@pytest.fixture(scope="module")
def said() -> dict[str, Quantity]:
    return {name: value for name, value in numbers().items() if isinstance(value, Quantity)}


def order_of(cash: float) -> tuple[float, float]:
    """What the shop orders at the posted rate, and the sales from which it repays."""
    risk = (60 * (1 + POSTED) - 20) / 80

    def sales(order: float) -> float:
        return float(max((60 * order - cash) * (1 + POSTED) - 20 * order, 0.0) / 80)

    def too_many(order: float) -> float:
        return float(risk * DEMAND.sf(sales(order)) - DEMAND.sf(order))

    order = brentq(too_many, cash / 60, 5000, xtol=1e-10)
    return order, sales(order)


def bank_gains(cash: float) -> float:
    """What the bank gets less what its money costs, by an integral over demand."""
    order, sales = order_of(cash)
    sold = quad(DEMAND.sf, 0, sales, epsabs=1e-9)[0]
    return float(20 * order + 80 * sold - (60 * order - cash) * (1 + MONEY))


def weeks_of_beef() -> np.ndarray:
    table = data.load("completejourney_daily_demand_5cat_2017")
    days = table[table["product_category"] == "BEEF"].sort_values("date")["sales_usd"].to_numpy()
    weeks = days.reshape(52, 7).sum(axis=1)
    return weeks / weeks.mean()


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
    assert [said[name].unit for name in ("cycle", "tied", "simple")] == ["days", "yuan", "%"]


def test_the_invoice_by_hand(said: dict[str, Quantity]) -> None:
    assert said["programme"].value == pytest.approx(100 * PROGRAMME)
    assert said["before"].value == pytest.approx(100_000 * 0.12 * 60 / 365)
    assert said["now"].value == pytest.approx(
        100_000 * (0.12 * 10 / 365 + PROGRAMME * 50 / 365 + 0.001)
    )
    assert said["longest"].value == pytest.approx(10 + (0.12 * 50 - 0.365) / PROGRAMME)
    assert said["carillion_longest"].value == pytest.approx(65 * 0.09 / 0.02)
    assert said["ex_nine_free"].value == pytest.approx(10 + 0.09 * 50 / PROGRAMME)
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


def test_the_cash_from_which_the_posted_rate_pays(said: dict[str, Quantity]) -> None:
    assert said["pays"].value == pytest.approx(brentq(bank_gains, 5000, 30_000), abs=0.01)


def test_uniform_demand_has_a_closed_form(said: dict[str, Quantity]) -> None:
    """1 − Q = a(1 − aQ) on a range of one, so Q = 1/(1 + a)."""
    a = (60 * (1 + POSTED) - 20) / 80

    assert said["ex_a"].value == pytest.approx(a)
    assert said["ex_even_poor"].value == pytest.approx(2000 / (1 + a), abs=0.1)
    assert said["ex_even_rich"].value == pytest.approx(2000 * (100 - 60 * (1 + MONEY)) / 80)


def test_a_bad_half_year_week_by_week(said: dict[str, Quantity]) -> None:
    sales = weeks_of_beef()
    sales[8:34] *= 0.6
    for name, by_share in (("hard_fixed", False), ("hard_share", True)):
        cash, weeks, repaid = 1.0, 0, 0.0
        for sold in sales:
            due = 0.08 * (sold if by_share else 1.0)
            cash += 0.30 * sold - 0.20
            if cash < due:
                repaid += max(cash, 0.0)
                break
            cash, weeks, repaid = cash - due, weeks + 1, repaid + due
        assert said[name].value == weeks
        had = said["hard_had_share" if by_share else "hard_had"]
        assert had.value == pytest.approx(100 * repaid / (52 * 0.08))


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
    assert said["pledge_loans"].value == pytest.approx(1.5 + 1 - 1 / 8)
    peak = max(outside(share) for share in np.linspace(0, 0.99, 100_000))
    assert said["ex_peak"].value == pytest.approx(100 * peak, abs=1e-5)


def test_one_obligor_by_counting(said: dict[str, Quantity]) -> None:
    """A pool that loses 60 % of what fails loses 5 % of its money when 9 of 100 fail."""
    chance = sum(comb(100, n) * 0.005**n * 0.995 ** (100 - n) for n in range(9, 101))
    assert numbers()["spread_odds"] == f"{1e-6 / chance:,.0f} million"
    assert said["lumped_odds"].value == pytest.approx(200, abs=0.5)
