"""Orders paid ahead: two limits on one line."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from netfin.pre_orders.prepayment import patience_needed, prepaid_window, reputation_value

prices = st.floats(1, 1000)
shares = st.floats(0, 1)
names = st.floats(0, 500)


def test_the_two_limits_by_hand():
    """A scarf of 160 yuan that costs 100: funded from 62.5 % on, trusted up to 37.5 %."""
    window = prepaid_window(160, 100)

    assert (window.fund_from, window.trust_upto, window.works) == (0.625, 0.375, False)


def test_they_meet_where_name_and_own_money_make_up_twice_the_cost_less_the_price():
    for name, own in ((40, 0), (0, 40), (25, 15)):
        window = prepaid_window(160, 100, name, own)
        assert window.works
        assert window.fund_from == pytest.approx(window.trust_upto)
    assert not prepaid_window(160, 100, 39.9).works


@given(prices, shares, names, names, st.floats(0, 0.95))
def test_holding_money_back_moves_both_limits_alike(price, share, name, own, held):
    paid, kept = (prepaid_window(price, share * price, name, own, h) for h in (0.0, held))

    assert kept.fund_from * (1 - held) == pytest.approx(paid.fund_from)
    assert kept.trust_upto * (1 - held) == pytest.approx(paid.trust_upto)
    assert paid.works or not kept.works


@given(prices, shares, names, names)
def test_a_yuan_of_name_is_worth_a_yuan_of_own_money(price, share, name, own):
    cost = share * price
    assume(abs(own + name - (2 * cost - price)) > 1e-6 * price)
    window = prepaid_window(price, cost, name, own)

    assert window.works == (own + name >= 2 * cost - price)


@given(prices, shares, names, shares)
def test_at_a_share_up_to_the_limit_the_shop_gains_by_delivering(price, share, name, prepaid):
    cost = share * price
    delivers = price - cost + name
    runs = prepaid * price
    limit = prepaid_window(price, cost, name).trust_upto
    assume(abs(prepaid - limit) > 1e-9)

    assert (prepaid <= limit) == (delivers >= runs)


def test_escrow_is_safe_and_funds_nothing():
    window = prepaid_window(160, 100, 0, np.array([0, 60, 100, 120]), held=1)

    assert window.fund_from.tolist() == [math.inf, math.inf, 0, 0]
    assert np.isinf(window.trust_upto).all()
    assert window.works.tolist() == [False, False, True, True]


def test_a_shop_that_needs_no_money_needs_no_trust():
    window = prepaid_window(160, 100, own_money=100)

    assert window.fund_from == 0
    assert window.works


def test_a_good_name_is_a_perpetuity():
    """Klein & Leffler (1981): profit for ever, from the next batch on."""
    assert reputation_value(60, 1 / 1.05) == pytest.approx(60 / 0.05)
    assert reputation_value(60, 0.5) == 60
    assert reputation_value(60, 0.0) == 0
    later = sum(60 * 0.8**n for n in range(1, 400))
    assert reputation_value(60, 0.8) == pytest.approx(later)


@given(prices, st.floats(0.01, 0.99), shares)
def test_at_the_patience_needed_the_name_just_covers_the_temptation(price, share, prepaid):
    cost = share * price
    patience = patience_needed(price, cost, prepaid)
    assume(patience > 0)
    window = prepaid_window(price, cost, reputation_value(price - cost, patience))

    assert window.trust_upto == pytest.approx(prepaid)


@given(prices, st.floats(0, 1), st.floats(0, 1))
def test_where_the_margin_covers_what_is_prepaid_no_patience_is_needed(price, margin, part):
    cost, prepaid = (1 - margin) * price, part * margin
    assume(prepaid * price <= price - cost)

    assert patience_needed(price, cost, prepaid) == 0
    assert prepaid_window(price, cost).trust_upto >= prepaid


def test_patience_at_the_ends():
    assert patience_needed(160, 100, 1.0) == pytest.approx(100 / 160)
    assert patience_needed(160, 100, 0.625) == pytest.approx(0.4)
    assert patience_needed(160, 100, 0.0) == 0
    assert patience_needed(160, 160, 0.5) == 1


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: prepaid_window(100, 101), "cost must be no more than price, 100, not 101"),
        (lambda: prepaid_window([160, 90], 100), "cost must be no more than price, 90, not 100"),
        (lambda: reputation_value(10, 1), "weight_of_future must be a number from 0 to below 1"),
    ],
)
def test_bad_input_is_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_next_to_nothing_released_is_as_good_as_infinite():
    window = prepaid_window(1e-310, 0.0, reputation=1e6)

    assert (window.fund_from, window.trust_upto, window.works) == (0, math.inf, True)
    assert patience_needed(100, 50, 5e-324) == 0
