"""A goal: tables of the binomial distribution, sums over all orders, and a goal at break-even."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from netfin.pre_orders.all_or_nothing import campaign

shares = st.floats(0, 1)


def success(visitors, chance, goal):
    return campaign(visitors, [chance], goal, 1, 0).success


def test_published_binomial_numbers():
    """Tables of the binomial distribution: n = 10, p = 0.5; n = 20, p = 0.3."""
    assert success(10, 0.5, 5) == pytest.approx(638 / 1024)
    assert success(20, 0.3, 8) == pytest.approx(0.2277, abs=5e-5)


def test_the_ends_of_a_campaign():
    assert success(100, 0.3, 0) == 1
    assert success(100, 0.3, 101) == 0
    assert success(100, 0, 1) == 0
    assert success(100, 1, 100) == 1
    assert success(100, 0.3, 1e308) == 0
    assert campaign(1, [0.5], 1, 10, 2) == pytest.approx((0.5, 4, 3))


@given(st.integers(1, 200), shares, st.integers(0, 201), st.floats(0, 100), st.floats(0, 5000))
def test_a_campaign_is_the_sum_over_all_orders(visitors, chance, goal, margin, fixed):
    orders = np.arange(visitors + 1)
    odds = (binom.pmf(orders, visitors, chance) + binom.pmf(orders, visitors, chance / 2)) / 2
    made, profit = orders >= goal, margin * orders - fixed
    result = campaign(visitors, [chance, chance / 2], goal, margin, fixed)

    assert result.success == pytest.approx(odds[made].sum(), abs=1e-9)
    assert result.profit == pytest.approx(odds[made] @ profit[made], abs=1e-6)
    assert result.profit_without_goal == pytest.approx(odds @ profit, abs=1e-6)


@given(st.integers(1, 200), shares, st.integers(0, 200), st.floats(1, 100), st.floats(0, 5000))
def test_a_goal_at_break_even_is_the_best(visitors, chance, goal, margin, fixed):
    chances = [chance, 0.5 * chance]
    other = campaign(visitors, chances, goal, margin, fixed)
    best = campaign(visitors, chances, math.ceil(fixed / margin), margin, fixed)

    assert best.profit >= max(other.profit, other.profit_without_goal, 0) - 1e-6


def test_a_campaign_s_success_is_the_mean_over_what_may_be():
    result = campaign(200, [0.1, 0.3], 40, 10, 300)

    expected = (binom.sf(39, 200, 0.1) + binom.sf(39, 200, 0.3)) / 2
    assert result.success == pytest.approx(expected)
    assert campaign(200, [0.1, 0.3], 0, 10, 300).profit == pytest.approx(100)


def test_a_large_crowd_needs_no_table():
    result = campaign(10**9, [0.25], 0, 2, 100)

    assert result.profit == result.profit_without_goal == pytest.approx(5e8 - 100)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: campaign(10, [], 1, 1, 1), "order_probabilities must be a row of 1 or more num"),
        (lambda: campaign(10, [0.5], 1.5, 1, 1), "goal must be a whole number of 0 or more"),
        (lambda: campaign(0, [0.5], 1, 1, 1), "visitors must be a whole number of 1 or more"),
    ],
)
def test_bad_input_is_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()
