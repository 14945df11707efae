"""A sale that comes back: the article's lines, limits, and nothing lost between the lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.merchants.sale import SHOP, ShopTerms, returns_that_ruin, what_is_left

shops = st.builds(
    ShopTerms,
    goods=st.floats(0.1, 0.5),
    staff=st.floats(0.0, 0.3),
    marketing=st.floats(0.0, 0.5),
    fake_orders=st.floats(0.0, 0.2),
    fee=st.floats(0.0, 0.1),
    parcels=st.floats(0.0, 0.2),
    returned=st.floats(0.0, 0.9),
)


def test_the_lines_of_the_article_leave_18_and_without_fake_orders_28():
    assert what_is_left().left == pytest.approx(0.18)
    assert what_is_left(ShopTerms(fake_orders=0.0)).left == pytest.approx(0.28)


def test_from_48_returns_in_a_hundred_on_nothing_is_left_and_from_31_with_fake_orders():
    assert returns_that_ruin(ShopTerms(fake_orders=0.0)) == pytest.approx(1 - 30 / 58)
    assert returns_that_ruin(SHOP) == pytest.approx(1 - 40 / 58)


def test_a_hundred_orders_counted_one_by_one():
    """50 of 100 orders of 1 yuan come back: 50 are kept, 100 were paid for."""
    kept, orders = 50, 100
    left = kept * (1 - 0.30 - 0.12) - orders * 0.30
    assert what_is_left(ShopTerms(fake_orders=0.0, returned=0.5)).left == pytest.approx(left / kept)


@given(shops)
def test_every_yuan_goes_somewhere(terms):
    assert sum(what_is_left(terms)) == pytest.approx(1.0)


@given(shops)
def test_at_the_share_that_ruins_nothing_is_left(terms):
    ruin = returns_that_ruin(terms)
    if 0.0 < ruin < 0.98:
        parts = {**vars(terms), "returned": ruin}
        assert what_is_left(ShopTerms(**parts)).left == pytest.approx(0.0, abs=1e-9)
    elif ruin == 0.0:
        assert what_is_left(ShopTerms(**{**vars(terms), "returned": 0.0})).left <= 1e-9


def test_a_shop_that_buys_no_visitors_loses_nothing_by_returns():
    bare = ShopTerms(marketing=0.0, fake_orders=0.0, returned=0.9)
    assert what_is_left(bare).left == pytest.approx(0.58)
    assert returns_that_ruin(bare) == 1.0
