"""The controls: their grids, texts and links, and what they refuse."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer import Axis, Choice, Count, Money, Percent, Switch


def percent(**changes: Any) -> Percent:
    given = {"low": 0, "high": 6, "step": 0.5, "default": 2, "label": "Rate"}
    return Percent(**(given | changes))


def test_a_percentage_is_passed_on_as_a_fraction() -> None:
    axis = percent()
    assert axis.values[:3] == (0, 0.5, 1)
    assert axis.argument(2.5) == 0.025
    assert (axis.text(2.5), axis.text(2)) == ("2.5 %", "2.0 %")
    assert (axis.token(2.5), axis.token(2)) == ("2.5", "2")


def test_the_live_grid_is_finer_and_texts_do_not_jump() -> None:
    axis = percent(live_step=0.25)
    assert len(axis.live_values) == 2 * len(axis.values) - 1
    assert axis.text(2) == "2.00 %"


def test_money_has_its_unit_and_thousands() -> None:
    axis = Money(low=0, high=20_000, step=5_000, default=0, label="Loan")
    assert axis.text(15_000) == "15,000 yuan"
    assert axis.argument(5_000) == 5_000.0


def test_a_count_is_whole_and_knows_one() -> None:
    axis = Count(low=1, high=3, step=1, default=1, label="Months", unit="months", one="month")
    assert [axis.text(value) for value in axis.values] == ["1 month", "2 months", "3 months"]
    assert type(axis.argument(2.0)) is int
    assert Count(low=0, high=2, step=1, default=1, label="Lenders").text(1) == "1"


def test_a_choice_shows_its_keys_and_passes_its_values() -> None:
    axis = Choice(options={"A bank": 1, "Platform": 2}, default="Platform", label="Who")
    assert axis.values == axis.live_values == ("A bank", "Platform")
    assert axis.argument("A bank") == 1
    assert (axis.text("A bank"), axis.token("A bank")) == ("A bank", "a-bank")


def test_a_switch_is_off_or_on() -> None:
    axis = Switch(label="Insured")
    assert [axis.text(value) for value in axis.values] == ["off", "on"]
    assert [axis.token(value) for value in axis.values] == ["off", "on"]
    assert axis.argument(True) is True


@given(
    low=st.integers(-50, 50),
    steps=st.integers(1, 40),
    step=st.sampled_from([0.01, 0.05, 0.1, 0.25, 1, 3]),
)
def test_every_grid_has_both_ends_and_links_of_its_own(low: int, steps: int, step: float) -> None:
    high = round(low + steps * step, 10)
    axis = Money(low=low, high=high, step=step, default=low, label="Sum")
    assert (axis.values[0], axis.values[-1], len(axis.values)) == (low, high, steps + 1)
    assert len({axis.token(value) for value in axis.values}) == steps + 1
    assert len({axis.text(value) for value in axis.values}) == steps + 1


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: percent(low=math.nan), "low of 'Rate' is nan; it must be a finite number"),
        (lambda: percent(high=math.inf), "high of 'Rate' is inf"),
        (lambda: percent(low=6), "low of 'Rate' is 6; it must be below high = 6"),
        (lambda: percent(step=0), "step of 'Rate' is 0; it must be positive"),
        (lambda: percent(step=-1), "step of 'Rate' is -1"),
        (lambda: percent(step=4), "step of 'Rate' is 4; .* lead from 0 to 6 in whole steps"),
        (lambda: percent(default=2.2), r"default of 'Rate' is 2.2; it must be one of 0, 0.5"),
        (lambda: percent(live_step=5), "live_step of 'Rate' is 5"),
        (lambda: percent(live_step=0.75), "live_step of 'Rate' is 0.75; .* and miss 0.5"),
        (
            lambda: Count(low=0, high=1, step=0.5, default=0, label="Months"),
            "steps of 'Months' must be whole numbers",
        ),
        (lambda: Choice(options={"a": 1}, default="a", label="Who"), "at least two choices"),
        (
            lambda: Choice(options={"a": 1, "b" * 33: 2}, default="a", label="Who"),
            "options of 'Who' hold 'b+', 33 characters; at most 32 are shown whole",
        ),
        (
            lambda: Choice(options={"a": 1, "b": 2}, default="c", label="Who"),
            "default of 'Who' is 'c'; it must be one of 'a', 'b'",
        ),
        (
            lambda: Choice(options={"A bank": 1, "a-bank": 2}, default="A bank", label="Who"),
            "options of 'Who' cannot be told apart in a link: a-bank",
        ),
    ],
)
def test_what_is_no_control_is_refused(make: Callable[[], Axis], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        make()
