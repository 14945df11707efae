"""The numbers of the chapter Two-sided platforms, found again by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from figures.numbers import Quantity
from figures.platforms.prose import numbers

PAGE = Path(__file__).parents[3] / "book" / "platforms.md"


@pytest.fixture(scope="module")
def said() -> dict[str, Quantity]:
    return {name: value for name, value in numbers().items() if isinstance(value, Quantity)}


def test_the_page_says_every_number_and_no_other() -> None:
    asked = set(re.findall(r"\{glue:text\}`(\w+)`", PAGE.read_text("utf-8")))
    assert asked == set(numbers())


def test_what_is_left_by_hand(said: dict[str, Quantity]) -> None:
    assert said["left"].value == pytest.approx(50 * 0.05 - 100 * 0.02)
    assert said["needed"].value == pytest.approx(100 * 2 / 5)
    assert [said[name].unit for name in ("in_use", "gain", "left")] == ["yuan", "%", "yuan"]
