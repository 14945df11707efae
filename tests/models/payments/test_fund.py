"""The fund: what stays for those who stay, what a bank pays, and a second at the till."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.payments.ease import cost_of_paying
from netfin.payments.fund import bank_matches_above, bank_pays, money_fund
from netfin.runs import leave_payoff, tipping_point, wait_payoff


@pytest.mark.parametrize(("left", "cents"), [(0.0, 98.744), (0.64, 96.511), (0.9, 87.44)])
def test_those_who_stay_bear_the_loss_of_those_who_left(left, cents):
    """785 of 62,500 million lost: 1 − d / (1 − x)."""
    assert 100 * wait_payoff(left, money_fund(0.01256)) == pytest.approx(cents, abs=0.001)


@given(st.floats(0, 0.3), st.floats(0, 0.6))
def test_all_that_is_paid_is_what_the_fund_is_worth(loss, left):
    fund = money_fund(loss)
    paid = left * leave_payoff(left, fund) + (1 - left) * wait_payoff(left, fund)
    assert paid == pytest.approx(1 - loss)


def test_any_loss_makes_leaving_better_from_the_first():
    assert tipping_point(money_fund(0.01)) == 0.0


@given(st.floats(0.0, 0.1), st.floats(0.0, 0.1), st.floats(0.001, 0.05))
def test_at_the_share_that_left_matching_and_paying_the_fund_cost_the_same(low, gap, fee):
    fund_rate = low + gap
    share = bank_matches_above(low, fund_rate, fee)
    assert bank_pays(share, low, fund_rate + fee) == pytest.approx(fund_rate)


def test_a_bank_whose_depositors_all_left_pays_the_fund_s_price():
    assert bank_pays(1.0, 0.0035, 0.04) == pytest.approx(0.04)
    assert bank_pays(0.0, 0.0035, 0.04) == 0.0035
    assert bank_matches_above(0.04, 0.03, 0.0) == 0.0


def test_seconds_and_fees_by_hand():
    """36 seconds at 20 yuan an hour are 0.2 yuan; 0.3 % of 15 yuan are 4.5 fen."""
    assert cost_of_paying(15.0, 36.0, 20.0, 0.003) == pytest.approx(0.245)
