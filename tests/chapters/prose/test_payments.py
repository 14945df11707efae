"""The numbers of the chapter Payments and idle balances, found again by hand."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import pytest

from figures.numbers import Quantity
from figures.payments.prose import numbers
from netfin import facts
from netfin.payments.idle import SaverTerms, move_pay, pay_at_the_door

PAGE = Path(__file__).parents[3] / "book" / "payments.md"


@pytest.fixture(scope="module")
def said() -> dict[str, Quantity]:
    return {name: value for name, value in numbers().items() if isinstance(value, Quantity)}


def test_the_page_says_every_number_and_no_other() -> None:
    asked = set(re.findall(r"\{glue:text\}`(\w+)`", PAGE.read_text("utf-8")))
    assert asked == set(numbers())


def test_the_door_by_hand(said: dict[str, Quantity]) -> None:
    assert said["trips"].value == pytest.approx(math.sqrt(0.036 * 36000 / 4))
    assert said["cash"].value == pytest.approx(36000 / 2 / 18)
    assert said["quarter_earns"].value == pytest.approx(3000 / 4 * 0.036 / 12)
    assert said["door"].value == pytest.approx(8 * 2 / 0.003)
    assert said["needed_yield"].value == pytest.approx(12 * 8 * 2 / 3000 * 100)
    assert said["door_till"].value == pytest.approx(2 * 2 / 0.003)
    assert said["free_gain"].value == pytest.approx(0.036 * 1500)
    assert said["head_interest"].value == pytest.approx(0.036 * (4500 - 3000))
    assert said["head_spared"].value == pytest.approx(3 * 12 * 2)
    assert said["head_gain"].value == pytest.approx(54 + 72)


def test_whoever_has_more_gains_more_but_above_the_door_less_for_each_yuan() -> None:
    pays = np.arange(1000.0, 20000.0, 50.0)
    gained = move_pay(SaverTerms(pays, trouble=0.0)).gain - move_pay(SaverTerms(pays)).gain
    assert np.all(np.diff(gained) > 0)
    assert np.all(np.diff((gained / pays)[pays > pay_at_the_door()]) < 0)


def test_the_squeeze_alone_just_let_the_clerk_in() -> None:
    known = facts.load()
    extra = (known["PAY-03b"].number - known["PAY-04a"].number) / 100
    assert 0 < move_pay(SaverTerms(fund_yield=extra)).gain < 1


def test_who_pays_by_hand(said: dict[str, Quantity]) -> None:
    assert said["cash_pays"].value == pytest.approx(1000 * 0.5 * (0.006 - 0.002))
    assert said["wallet_gain"].value == pytest.approx(10 - 2)
    assert said["shop_price"].value == pytest.approx(1.0 - (0.2 + 1.0 - 0.1) / 3)
    assert said["user_price"].value == pytest.approx(0.2 - (0.2 + 1.0 - 0.1) / 3)


def test_balances_by_hand(said: dict[str, Quantity]) -> None:
    month = (1 + said["card_rate"].value / 100) ** (1 / 12)
    assert sum(95 / 12 / month**k for k in range(1, 13)) == pytest.approx(100)
    assert said["queue_years"].value == pytest.approx(16_365_465 / 644 / 365)
    assert said["income_before"].value == pytest.approx(460 * 0.025)
    assert said["income_after"].value == pytest.approx(2093 * 0.0035 * 0.9)
    assert said["float_days"].value == pytest.approx(2093 / 355_460 * 365)
    assert said["peak_gap"].value == pytest.approx(6.76 - 0.35)
    assert said["gap_2025"].value == pytest.approx(1.02 - 0.05)
    assert said["earned_each"].value == pytest.approx(1790 / 43.03)
    assert said["beans_run"].value == pytest.approx(0.2 + 0.8 * 0.5)
    assert said["beans_out"].value == pytest.approx(120 * 60 / 365)


def test_the_fund_by_hand(said: dict[str, Quantity]) -> None:
    loss = 785 / 62_500
    assert said["reserve_calm"].value == pytest.approx(100 * (1 - loss))
    assert said["reserve_run"].value == pytest.approx(100 * (1 - loss / 0.36))
    assert said["bank_share"].value == pytest.approx(100 * (3.96 - 0.35) / (3.96 + 0.6 - 0.35))
