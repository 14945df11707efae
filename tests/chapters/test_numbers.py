"""A number in a sentence: its digits, its sign, its unit."""

from __future__ import annotations

import pytest

from figures.numbers import Quantity, number, of_100, percent


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (percent(0.0271, 2), "2.71\u00a0%"),
        (percent(-0.0169, 1), "\u22121.7\u00a0%"),
        (number(18323.4, unit="yuan"), "18,323"),
        (number(-0.001, 2), "0.00"),
        (of_100(0.125, 1), "12.5"),
        (Quantity(3.0, "points", 1, with_unit=True), "3.0\u00a0points"),
    ],
)
def test_a_quantity_is_written_as_a_sentence_has_it(quantity: Quantity, text: str) -> None:
    assert str(quantity) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_no_sentence_says_nan(value: float) -> None:
    with pytest.raises(ValueError, match=r"^value must be a finite number, not "):
        number(value)
