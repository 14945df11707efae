"""One market or both: worked numbers, and what adds up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.platforms.homing import OneMarketTerms, one_market_prices, seller_on_both

shares = st.floats(0.0, 1.0)


@given(shares, shares)
def test_fees_and_what_is_kept_are_all_that_buyers_are_worth(both, first):
    split = seller_on_both(both, first)
    assert sum(split) == pytest.approx(1.0)
    assert split.kept == both


def test_buyers_counted_one_by_one():
    """100 buyers: 40 look at both, 45 at the first alone, 15 at the second alone."""
    first, second = set(range(0, 85)), set(range(45, 100))
    split = seller_on_both(0.40, 0.75)
    assert split.first_fee == pytest.approx(len(first - second) / 100)
    assert split.second_fee == pytest.approx(len(second - first) / 100)
    assert split.kept == pytest.approx(len(first & second) / 100)


def test_armstrongs_prices():
    prices = one_market_prices(OneMarketTerms(0.8, 0.2, 1.0, 1.0))
    assert prices == pytest.approx((0.2, 0.8, 0.5))


def test_no_market_gains_by_another_price():
    """By hand: both prices of the first market are varied, the second keeps its own."""
    worth_b, worth_s, way = 0.8, 0.2, 1.0
    rival_b, rival_s = 0.2, 0.8
    grid = np.linspace(-0.5, 0.5, 201)
    up_b, up_s = np.meshgrid(grid, grid)
    # 2·t·(x − 1/2) = α(2y − 1) − Δp, and the same for y
    det = way * way - worth_b * worth_s
    x = 0.5 - 0.5 * (way * up_b + worth_s * up_s) / det
    y = 0.5 - 0.5 * (way * up_s + worth_b * up_b) / det
    inside = (x > 0) & (x < 1) & (y > 0) & (y < 1)
    profit = np.where(inside, (rival_b + up_b) * x + (rival_s + up_s) * y, -np.inf)
    best = np.unravel_index(profit.argmax(), profit.shape)
    assert (up_b[best], up_s[best]) == pytest.approx((0.0, 0.0), abs=1e-9)


def test_pulls_that_one_market_would_win_are_refused():
    with pytest.raises(ValueError, match=r"buyers_way must be a number so large.*not 100"):
        OneMarketTerms(buyers_worth=180.0, sellers_worth=20.0)
