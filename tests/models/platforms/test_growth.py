"""The growth of two sides: the cliff, one side alone, and limits that can be known beforehand."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netfin.platforms.growth import (
    GROWTH,
    GrowthTerms,
    Push,
    even_cliff,
    market_after,
    push_needed,
    rests,
    sellers_needed,
    willing,
)


def logistic(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x))


def symmetric(a: float, pull: float, pace: float = 0.25) -> GrowthTerms:
    return GrowthTerms(logistic(a), pull, pull, pace)


def test_the_log_odds_of_the_default_are_minus_4_03():
    assert willing(0.0, 10.0) == pytest.approx(logistic(-4.03), abs=1e-5)


def test_58_sellers_alone_start_what_a_third_of_both_does_not():
    terms = symmetric(-4.03, 10.0)
    third = market_after(400, 1 / 3, 1 / 3, terms)
    alone = market_after(400, 0.0, 0.58, terms)

    assert third == pytest.approx((0.0216, 0.0216), abs=1e-4)
    assert alone == pytest.approx((0.9974, 0.9974), abs=1e-4)
    assert sellers_needed(0.0, terms) == pytest.approx(0.578, abs=5e-4)


def test_a_loop_written_by_hand_goes_the_same_way():
    buyers, sellers = 0.1, 0.5
    for _ in range(7):
        want = logistic(-4.03 + 10 * sellers), logistic(-4.03 + 10 * buyers)
        buyers, sellers = 0.75 * buyers + 0.25 * want[0], 0.75 * sellers + 0.25 * want[1]
    assert market_after(7, 0.1, 0.5, symmetric(-4.03, 10.0)) == pytest.approx((buyers, sellers))


def test_the_cliff_stands_at_a_half_where_a_is_minus_half_the_pull():
    assert even_cliff(logistic(-5.0), 10.0) == pytest.approx(0.5)
    assert sellers_needed(0.5, symmetric(-5.0, 10.0)) == pytest.approx(0.5)


def test_three_rests_only_where_the_pull_is_above_4():
    """A logistic function is nowhere steeper than 1/4."""
    assert len(rests(symmetric(-2.0, 3.9))) == 1
    assert len(rests(symmetric(-2.1, 4.2))) == 3
    assert even_cliff(logistic(-1.95), 3.9) == math.inf


def test_a_full_end_that_rounds_to_all_is_a_rest_too():
    assert rests(symmetric(-4.03, 41.0))[-1] == pytest.approx((1.0, 1.0))
    assert len(rests(GrowthTerms(1e-6, 1000.0, 1000.0))) == 3


def test_months_without_end_are_refused():
    with pytest.raises(ValueError, match="months"):
        market_after(10**300, 0.1, 0.1)


def both_ways(buyers_worth: int, terms: GrowthTerms = GROWTH) -> tuple[Push, Push]:
    """Push sellers alone by what so many of 100 buyers are worth, or both sides by half of it."""
    lift = buyers_worth / 10
    return push_needed(0.0, lift, terms), push_needed(lift / 2, lift / 2, terms)


def test_one_side_is_the_dearer_way_to_pay_with_all_but_small_pushes():
    for worth in range(20, 101):
        one, both = both_ways(worth)
        assert one.paid > both.paid, worth


def test_a_small_push_is_cheaper_on_one_side_or_works_there_alone():
    for worth in range(16, 20):
        one, both = both_ways(worth)
        assert math.isfinite(one.months)
        assert one.paid < both.paid or both.months == math.inf, worth


def test_at_another_pace_other_pushes_are_cheaper_on_one_side():
    one, both = both_ways(45, GrowthTerms(pace=0.5))
    assert one.paid < both.paid


@settings(max_examples=40, deadline=None)
@given(st.floats(0.002, 0.3), st.floats(0.002, 0.3))
def test_who_pays_attention_to_whom_can_be_swapped(buyers, sellers):
    terms = GrowthTerms(0.02, 12.0, 8.0)
    mirror = GrowthTerms(0.02, 8.0, 12.0)
    assert market_after(9, buyers, sellers, terms) == pytest.approx(
        market_after(9, sellers, buyers, mirror)[::-1]
    )


@settings(max_examples=60, deadline=None)
@given(st.floats(-6.0, -2.0), st.floats(6.0, 14.0))
def test_one_side_is_cheaper_exactly_where_the_cliff_is_below_a_half(a, pull):
    cliff = even_cliff(logistic(a), pull)
    if not math.isfinite(cliff) or abs(cliff - 0.5) < 1e-3:
        return
    alone = market_after(600, 0.0, min(2 * cliff, 1.0), symmetric(a, pull))
    assert (min(alone) >= 0.5) == (cliff < 0.5)


def test_all_at_once_echoes_for_ever():
    """With pace 1 the sellers of this month are the buyers of the next."""
    terms = symmetric(-4.03, 10.0, pace=1.0)
    even, odd = market_after(200, 0.0, 0.58, terms), market_after(201, 0.0, 0.58, terms)
    assert even == pytest.approx((0.0216, 0.9974), abs=1e-4)
    assert odd == pytest.approx(even[::-1], abs=1e-4)


def test_the_side_that_pulls_more_is_needed_less():
    terms = GrowthTerms(buyers_pull=12.0, sellers_pull=8.0)
    mirror = GrowthTerms(buyers_pull=8.0, sellers_pull=12.0)
    assert sellers_needed(0.0, terms) < sellers_needed(0.0, GROWTH) < sellers_needed(0.0, mirror)


def test_paying_one_side_is_enough_and_takes_fewer_months_than_half_to_each():
    sellers, both = push_needed(0.0, 6.0), push_needed(3.0, 3.0)
    assert (sellers.months, both.months) == (3, 4)
    assert sellers.paid > both.paid
    assert push_needed(0.0, 0.0).months == math.inf


def test_a_market_that_nobody_can_start():
    assert sellers_needed(0.0, symmetric(-7.0, 10.0)) == math.inf
    assert sellers_needed(np.array([0.0, 0.1]), symmetric(-7.0, 10.0)) == pytest.approx(math.inf)


def test_more_buyers_need_fewer_sellers():
    needed = np.asarray(sellers_needed(np.linspace(0.0, 0.7, 8)))
    assert np.all(np.diff(needed) <= 0.0)
    assert needed[-1] == 0.0
