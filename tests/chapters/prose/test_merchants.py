"""The numbers of the chapter Two ways to run a shop, found again by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from figures.merchants.prose import numbers
from figures.numbers import Quantity

PAGE = Path(__file__).parents[3] / "book" / "merchants.md"


@pytest.fixture(scope="module")
def said() -> dict[str, Quantity]:
    return {name: value for name, value in numbers().items() if isinstance(value, Quantity)}


def test_the_page_says_every_number_and_no_other() -> None:
    asked = set(re.findall(r"\{glue:text\}`(\w+)`", PAGE.read_text("utf-8")))
    assert asked == set(numbers())


def test_customers_by_hand(said: dict[str, Quantity]) -> None:
    rows = [40 * (0.9**k + 0.3**k) / 2 / 1.1**k for k in range(400)]
    assert said["newcomer"].value == pytest.approx(sum(rows))
    paid = next(k for k in range(1, 400) if sum(rows[:k]) >= 100)
    assert said["payback"].value == paid
    assert said["by_average"].value == pytest.approx(sum(40 * (0.6 / 1.1) ** k for k in range(400)))
    assert said["by_third"].value == pytest.approx(sum(40 * (0.84 / 1.1) ** k for k in range(900)))


def test_sales_by_hand(said: dict[str, Quantity]) -> None:
    assert said["hole_low"].value == pytest.approx(18 - 10)
    assert said["hole_high"].value == pytest.approx(18 - 5)
    assert said["ruin_honest"].value == pytest.approx(100 - 30 / 0.58)
    assert said["ruin_faking"].value == pytest.approx(100 - 40 / 0.58)
    assert said["ruin_staff"].value == pytest.approx(40)
    assert said["ruin_staff_faking"].value == pytest.approx(100 - 52 / 0.7)
    assert said["bought_loss"].value == pytest.approx(40 - 29)
    assert said["own_needed"].value == pytest.approx(11 / 29)
    assert said["parcel"].value == pytest.approx(1400 / 174.5)


def test_a_fifth_returned_by_hand(said: dict[str, Quantity]) -> None:
    assert said["left_fifth"].value == pytest.approx(58 - 40 / 0.8)
    assert said["left_fifth_honest"].value == pytest.approx(58 - 30 / 0.8)
    assert said["third_takes"].value == pytest.approx(40 / 0.7 - 40)
    assert said["half_takes"].value == pytest.approx(40 / 0.5 - 40)
    inside = [come for come in range(100) if 5 <= 58 - 40 / (1 - come / 100) <= 10]
    assert (said["fits_from"].value, said["fits_to"].value) == (inside[0], inside[-1])


def test_side_by_side_by_hand(said: dict[str, Quantity]) -> None:
    bought = sum((0.9**k + 0.3**k) / 2 / 1.1**k for k in range(400))
    keeps = 40 - 100 / bought
    assert said["lin_keeps"].value == pytest.approx(keeps)
    for returned, paid in ((said["level_honest"], 30), (said["level_faking"], 40)):
        assert 58 - paid / (1 - returned.value / 100) == pytest.approx(keeps)


def test_bids_by_hand(said: dict[str, Quantity]) -> None:
    assert said["rivals"].value == pytest.approx(58 / 28)
    assert said["rivals_returned"].value == pytest.approx(34.8 / 4.8)
    assert said["decides"].value == pytest.approx(30 / 55.1)
    assert said["twenty_pay"].value == pytest.approx(58 * 0.95)
    assert said["fine"].value == pytest.approx((0.58 * 30 - 10) / 0.25)
    assert said["fine_rarely"].value == pytest.approx((0.58 * 30 - 10) / 0.02)


def test_the_platform_by_hand(said: dict[str, Quantity]) -> None:
    assert said["ads_share"].value == pytest.approx(100 * 52.396 / 3092)
    assert said["ads_before"].value == pytest.approx(100 * 37.509 / 2444)
    assert said["commission_share"].value == pytest.approx(100 * 25.829 / 3092)
    assert said["paid_of_worth"].value == pytest.approx(100 * 52.396 / 3092 / 0.58)
    assert said["rumere_selling"].value == pytest.approx(100 * 122 / 872.3)
    assert said["rumere_without"].value == pytest.approx(100 * 48.4 / 767)


def test_fans_by_hand(said: dict[str, Quantity]) -> None:
    stays = 0.9981**30
    accepted = sum(320 * (stays / 1.01) ** k for k in range(2000))
    assert said["accepted"].value == pytest.approx(accepted / 1000)
    assert said["refused"].value == pytest.approx(20 * 101 / 1000)
    assert said["year_left"].value == pytest.approx(100 * 0.9981**365)
    assert said["turns_month"].value == pytest.approx(15)
    burnt = sum(320 * ((1 - 0.0057) ** 30 / 1.01) ** k for k in range(2000))
    assert said["radio_accepted"].value == pytest.approx(burnt / 1000)
    assert said["radio_left"].value == pytest.approx(100 * (1 - 0.0057) ** 365)
    growth = 1 + said["turns_growth"].value / 100
    accepted = 320 / (1 - growth * stays / 1.01)
    assert accepted == pytest.approx(20 / (1 - growth / 1.01))


def test_races_by_hand(said: dict[str, Quantity]) -> None:
    assert said["dilemma_from"].value == pytest.approx(100 * 10 / 58)
    assert said["left_behind"].value == pytest.approx(-0.58 * 30)
    assert said["parcel_least"].value == pytest.approx(3 - 0.13 * 20)
    assert said["parcel_later"].value == pytest.approx(0.199 * 20 - 3)


def test_exercises_by_hand(said: dict[str, Quantity]) -> None:
    assert said["ex_spoiled"].value == pytest.approx(100 * 28 / 61)
    assert said["ex_club_cost"].value == pytest.approx(
        sum(10 * (0.4 / 1.1) ** k for k in range(99))
    )
    assert said["ex_club_gain"].value == pytest.approx(40 * (1.1 / 0.7 - 1.1 / 0.8))
    assert said["ex_own"].value == pytest.approx(40)
