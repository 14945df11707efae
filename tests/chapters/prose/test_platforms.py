"""The numbers of the chapter Two-sided platforms, found again by hand."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from figures.numbers import Quantity
from figures.platforms.prose import numbers

PAGE = Path(__file__).parents[3] / "book" / "platforms.md"


@pytest.fixture(scope="module")
def said() -> dict[str, Quantity]:
    return {name: value for name, value in numbers().items() if isinstance(value, Quantity)}


def logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def test_the_page_says_every_number_and_no_other() -> None:
    asked = set(re.findall(r"\{glue:text\}`(\w+)`", PAGE.read_text("utf-8")))
    assert asked == set(numbers())


def test_the_start_by_hand(said: dict[str, Quantity]) -> None:
    assert said["alone"].value == pytest.approx(100 * logistic(-4.03), abs=1e-3)
    assert said["want_first"].value == pytest.approx(100 * logistic(-4.03 + 6), abs=1e-2)
    assert said["thirty_want"].value == pytest.approx(100 * logistic(-4.03 + 3), abs=1e-2)
    assert said["tenth_factor"].value == pytest.approx(math.e)
    assert said["come_first"].value == pytest.approx(25 * logistic(1.97), abs=1e-2)
    assert said["stay_first"].value == pytest.approx(0.75 * 60 + 25 * logistic(-4.03), abs=1e-2)
    at = said["cliff"].value / 100
    assert at == pytest.approx(logistic(-4.03 + 10 * at), abs=1e-4)
    assert said["ex_want"].value == pytest.approx(100 * logistic(0.47), abs=1e-2)


def starts(people: float, sellers: float, pulls: tuple[float, float]) -> bool:
    here, there = people * (1 - sellers), people * sellers
    for _ in range(3000):
        want = logistic(-4.03 + pulls[0] * there), logistic(-4.03 + pulls[1] * here)
        here, there = 0.75 * here + 0.25 * want[0], 0.75 * there + 0.25 * want[1]
    return here > 0.5


def test_who_is_needed_by_a_loop(said: dict[str, Quantity]) -> None:
    for name, sellers, pulls in (
        ("needed", 1, (10, 10)),
        ("two_cliffs", 0.5, (10, 10)),
        ("unlike_sellers", 1, (12, 8)),
        ("unlike_buyers", 0, (12, 8)),
    ):
        needed = said[name].value / 100
        assert starts(needed + 5e-4, sellers, pulls)
        assert not starts(needed - 5e-4, sellers, pulls)


def test_pushes_are_those_that_the_models_tests_hold(said: dict[str, Quantity]) -> None:
    assert said["dear_from"].value == pytest.approx(20)
    assert (said["weak_from"].value, said["weak_to"].value) == pytest.approx((16, 19))


def test_prices_and_fees_by_hand(said: dict[str, Quantity]) -> None:
    assert said["sellers_pay"].value == pytest.approx(10 - (3 + 10 - 1) / 3)
    assert said["buyers_get"].value == pytest.approx((3 + 10 - 1) / 3 - 3)
    assert said["each_takes"].value == pytest.approx(80 * 0.35)
    assert said["she_keeps"].value == pytest.approx(80 * 0.30)
    assert said["ex_buyers"].value == pytest.approx(6 - 5)
    assert said["ex_sellers"].value == pytest.approx(10 - 5)


def test_the_guide_by_hand(said: dict[str, Quantity]) -> None:
    assert said["after_cut"].value == pytest.approx(6 * 0.20)
    assert said["gains_above"].value == pytest.approx(100 * (1 - 3 / 6))
    assert said["apart_lost"].value == pytest.approx(100 * 0.3**4)
    assert said["linked_lost"].value == pytest.approx(50 * 0.3 + 50 * 0.3**4)
    assert said["any_lost"].value == pytest.approx(50 * (1 - 0.7**4) + 50 * 0.3**4)
    assert said["any_left"].value == pytest.approx(50 * 0.7**4 + 50 * 0.7)


def test_spreading_by_hand(said: dict[str, Quantity]) -> None:
    assert said["two_ahead"].value == pytest.approx(100 * (0.0851 + (1 - 0.0851) / 2), abs=0.01)
    assert said["stay_habit"].value == pytest.approx(100 * 0.96**13)
    assert said["stay_at_once"].value == pytest.approx(40 * 0.96**13)
    assert said["young_loyal"].value == pytest.approx((1 - 0.98**50) / 0.02)
    assert said["outsiders_keep"].value == pytest.approx(49)
