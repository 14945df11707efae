"""The numbers of the chapter Lending from person to person, found again by hand."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom, multivariate_normal, norm

from figures.numbers import Quantity
from figures.p2p.prose import numbers

ROOT = np.sqrt(0.1)  # how a borrower's fortune goes with the year's
PAGE = Path(__file__).parents[3] / "book" / "p2p.md"


@pytest.fixture(scope="module")
def said() -> dict[str, Quantity]:
    return {name: value for name, value in numbers().items() if isinstance(value, Quantity)}


def test_the_page_says_every_number_and_no_other() -> None:
    asked = set(re.findall(r"\{glue:text\}`(\w+)`", PAGE.read_text("utf-8")))
    assert asked == set(numbers())


def test_one_saver_by_hand(said: dict[str, Quantity]) -> None:
    assert said["average"].value == pytest.approx(95 * 0.14 - 5 * 0.65)
    assert said["turn"].value == pytest.approx(100 * 14 / 79)
    assert said["bearable"].value == 35
    for name, notes in (("bad_one", 1), ("bad_200", 200), ("bad_1000", 1000)):
        assert said[name].value == pytest.approx(100 * binom.sf(notes * 14 // 79, notes, 0.2))
    assert said["bad_loses"].value == pytest.approx(20 * 0.65 - 80 * 0.14)
    assert said["ex_five"].value == pytest.approx(100 * (1 - 0.95**5))
    assert said["ex_twenty"].value == pytest.approx(100 * binom.sf(3, 20, 0.05))
    assert said["ex_turn"].value == pytest.approx(20)


def _many(chance: float, rho: float = 0.1) -> float:
    bar = norm.ppf(chance) - np.sqrt(1 - rho) * norm.ppf(14 / 79)
    return 100 * float(norm.cdf(bar / np.sqrt(rho)))


def test_a_fraud_outlives_ten_years_in_so_many_cases(said: dict[str, Quantity]) -> None:
    middles = (np.arange(100) + 0.5) / 100
    promised = (0.09 * (0.146 / 0.09) ** middles)[:, None, None]
    taken_out = (0.15 * (4.0 / 0.15) ** middles)[:, None]
    gap = promised - taken_out  # of balances, which grow as one exponential
    for name, growth in (("turns_outlives", 0.5 * middles), ("turns_still", np.array([1e-9]))):
        came_in = np.expm1(10 * growth) / growth
        owed_in_all = (came_in - np.expm1(10 * gap) / gap) / (growth - gap)
        lives = taken_out * owed_in_all < came_in
        assert said[name].value == pytest.approx(100 * np.mean(lives), abs=0.5), name


def test_linked_borrowers_by_hand(said: dict[str, Quantity]) -> None:
    assert said["floor"].value == pytest.approx(_many(0.05))
    assert said["mid_many"].value == pytest.approx(_many(0.15), abs=0.2)  # a thousand for many
    assert _many(said["turn_linked"].value / 100) == pytest.approx(said["turn_linked"].value)
    assert _many(said["ex_linked"].value / 100, 0.16) == pytest.approx(said["ex_linked"].value)
    years = _many(0.15) / 100
    both = multivariate_normal.cdf([norm.ppf(0.15), norm.ppf(years)], cov=[[1, ROOT], [ROOT, 1]])
    assert said["mid_losing"].value == pytest.approx(100 * years, abs=0.01)
    assert said["mid_gaining"].value == pytest.approx(100 * (1 - years), abs=0.01)
    assert said["mid_loss"].value == pytest.approx(79 * both / years - 14, abs=0.01)
    assert said["mid_gain"].value == pytest.approx(
        14 - 79 * (0.15 - both) / (1 - years), abs=0.01
    )  # of the notes that fail, the rest do so in years that gain
    share = norm.cdf((norm.ppf(0.05) + np.sqrt(0.1) * norm.ppf(0.999)) / np.sqrt(0.9))
    assert said["worst"].value == pytest.approx(79 * share - 14)
    assert said["pot_needs"].value == pytest.approx(65 * share)
    assert said["pot_years"].value == pytest.approx((65 * share - 4) / 0.75)


def test_instalments_by_hand(said: dict[str, Quantity]) -> None:
    owed, paid, back = 100.0, 0.0, {}
    payment = 100 * (0.14 / 12) / (1 - (1 + 0.14 / 12) ** -36)
    for month in range(1, 37):
        owed = owed * (1 + 0.14 / 12) - payment
        paid += payment
        back[month] = paid + 0.1 * owed
    assert [said["back_12"].value, said["back_24"].value] == pytest.approx([back[12], back[24]])
    assert said["back_month"].value == min(month for month in back if back[month] >= 100)


def test_the_crowd_by_hand(said: dict[str, Quantity]) -> None:
    assert said["worth"].value == pytest.approx(100 / 30.7)
    assert said["linked_judges"].value == pytest.approx(
        100 * norm.cdf(np.sqrt(100 / 30.7) * norm.ppf(0.6))
    )
    assert said["look_empties"].value == pytest.approx(100 * (1 - 0.15 * 79 / 14))


def test_the_fraud_by_steps(said: dict[str, Quantity]) -> None:
    """A hundred thousand small steps instead of the closed form."""
    step, cash, told, year = 0.0002, 0.0, 0.0, 0.0
    has, drain = {}, 0.0
    while cash >= 0.0:
        out = 0.3 * told
        cash, told, year = cash + (1 - out) * step, told + (1 - 0.18 * told) * step, year + step
        drain = drain or (year if 0.3 * told >= 1 else 0.0)
        has[round(year, 4)] = 100 * cash / told
    assert said["life"].value == pytest.approx(year, abs=0.005)
    assert said["drain"].value == pytest.approx(drain, abs=0.002)
    assert said["has_1"].value == pytest.approx(has[1.0], abs=0.05)
    assert said["has_3"].value == pytest.approx(has[3.0], abs=0.05)


def test_lending_club_by_hand(said: dict[str, Quantity]) -> None:
    assert said["young_2015"].value < said["young_2014"].value < said["young_old"].value
    # grade A: 7.19 returned and 2.789 lost are 9.974 of interest at 7.33 % on 1.361 dollar-years
    lost = 2351549 / 84331450
    interest = 0.0719 + lost
    years = interest / 0.0733
    assert said["lc_left_a"].value == pytest.approx(100 * (0.0719 - 0.01 * 1.0719) / years)
