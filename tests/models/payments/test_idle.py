"""Money that waits: Baumol's square root, Tobin's threshold, and what no fee moves."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.payments.idle import (
    CLERK,
    SaverTerms,
    cash_in_hand,
    move_pay,
    pay_at_the_door,
    trouble_at_the_door,
    yearly_fee_of_leaving,
    yield_at_the_door,
)

amounts = st.floats(1.0, 1e6)
troubles = st.floats(0.01, 100.0)
rates = st.floats(0.001, 0.2)


@pytest.mark.parametrize(
    ("trouble", "trips", "cash", "cost"),
    [(2.0, 18.0, 1000.0, 72.0), (0.5, 36.0, 500.0, 36.0), (0.08, 90.0, 200.0, 14.4)],
)
def test_the_square_root_by_hand(trouble, trips, cash, cost):
    """36,000 yuan a year at 3.6 %: sqrt(1296 / 2F) trips."""
    assert cash_in_hand(36000.0, trouble, 0.036) == pytest.approx((trips, cash, cost))


@given(amounts, troubles, rates)
def test_no_other_number_of_trips_costs_less(spending, trouble, rate):
    plan = cash_in_hand(spending, trouble, rate)
    for other in (0.5, 0.9, 1.1, 2.0):
        trips = other * plan.withdrawals
        assert trouble * trips + rate * spending / (2 * trips) >= plan.cost * (1 - 1e-12)


@given(amounts, troubles, rates)
def test_all_elasticities_are_one_half(spending, trouble, rate):
    plan = cash_in_hand(spending, trouble, rate)
    assert cash_in_hand(4 * spending, trouble, rate).average_cash == pytest.approx(
        2 * plan.average_cash
    )
    assert cash_in_hand(spending, trouble, 4 * rate).average_cash == pytest.approx(
        plan.average_cash / 2
    )


@pytest.mark.parametrize(
    ("trouble", "door"), [(2.0, 16000 / 3), (0.5, 4000 / 3), (0.1, 800 / 3), (0.01, 80 / 3)]
)
def test_the_door_of_tobin(trouble, door):
    """Eight times the trouble, over 0.3 % a month."""
    assert pay_at_the_door(SaverTerms(trouble=trouble)) == pytest.approx(door)


def test_three_ways_to_say_where_the_door_is():
    assert trouble_at_the_door() == pytest.approx(1.125)
    assert yield_at_the_door() == pytest.approx(0.064)
    assert move_pay(SaverTerms(trouble=1.1249)).gain > 0.0
    assert move_pay(SaverTerms(trouble=1.1251)).gain == 0.0
    assert move_pay(SaverTerms(fund_yield=0.0641)).gain > 0.0
    assert move_pay(SaverTerms(fund_yield=0.0639)).gain == 0.0


def test_the_clerk_moves_nothing_and_without_trouble_half():
    assert move_pay(CLERK) == (0.0, 0.0, 0.0)
    free = move_pay(SaverTerms(trouble=0.0))
    assert (free.transfers, free.in_fund) == (math.inf, 1500.0)
    assert free.gain == pytest.approx(54.0)


@given(st.floats(100, 1e5), st.floats(0.001, 50), rates)
def test_no_other_whole_number_of_transfers_gains_more(pay, trouble, rate):
    moved = move_pay(SaverTerms(pay, trouble, rate))
    numbers = np.arange(2, 2000)
    gains = 12 * (rate / 12 * pay * (numbers - 1) / (2 * numbers) - numbers * trouble)
    assert moved.gain >= max(0.0, gains.max()) - 1e-9
    assert moved.in_fund <= pay / 2


def test_very_little_trouble_comes_near_to_none():
    near, none = (move_pay(SaverTerms(trouble=each)) for each in (1e-21, 0.0))
    assert near.gain == pytest.approx(none.gain)


@given(amounts, st.floats(0.0, 1.0))
def test_a_fee_on_leaving_is_not_saved_by_leaving_less_often(spending, fee):
    for times in (1, 12, 100):
        each = yearly_fee_of_leaving(spending / times, fee)
        assert times * each == pytest.approx(yearly_fee_of_leaving(spending, fee))
