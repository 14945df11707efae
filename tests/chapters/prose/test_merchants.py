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


def test_fans_by_hand(said: dict[str, Quantity]) -> None:
    stays = 0.9981**30
    accepted = sum(320 * (stays / 1.01) ** k for k in range(2000))
    assert said["accepted"].value == pytest.approx(accepted / 1000)
    assert said["refused"].value == pytest.approx(20 * 101 / 1000)
    assert said["year_left"].value == pytest.approx(100 * 0.9981**365)
    assert said["turns_month"].value == pytest.approx(15)


def test_exercises_by_hand(said: dict[str, Quantity]) -> None:
    assert said["ex_spoiled"].value == pytest.approx(100 * 28 / 61)
    assert said["ex_club_cost"].value == pytest.approx(
        sum(10 * (0.4 / 1.1) ** k for k in range(99))
    )
    assert said["ex_club_gain"].value == pytest.approx(40 * (1.1 / 0.7 - 1.1 / 0.8))
    assert said["ex_own"].value == pytest.approx(40)
