"""Traffic as a contest: the numbers of the textbook, best replies, and who comes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.merchants.bidding import contest, sellers_behind, sellers_that_come


@pytest.mark.parametrize(
    ("sellers", "bid"), [(2, 0.25), (3, 2 / 9), (5, 0.16), (10, 0.09), (20, 0.0475)]
)
def test_the_bids_of_the_textbook(sellers, bid):
    assert contest(sellers).each == pytest.approx(bid)
    assert contest(sellers).left_each == pytest.approx(1 / sellers**2)


@given(st.integers(2, 40), st.floats(0.1, 1.0))
def test_no_other_bid_is_better(sellers, decisive):
    bid = contest(sellers, decisive).each
    others = (sellers - 1) * bid**decisive
    tried = np.linspace(0.0, 1.0, 400)
    gains = tried**decisive / (tried**decisive + others) - tried
    assert gains.max() <= contest(sellers, decisive).left_each + 1e-9


@given(st.integers(1, 500), st.floats(0.05, 1.0))
def test_bids_and_what_is_left_are_what_visitors_are_worth(sellers, decisive):
    end = contest(sellers, decisive)
    assert end.together + end.left_together == pytest.approx(1.0)
    assert end.each * sellers == pytest.approx(end.together)


@given(st.floats(1e-4, 1.0), st.floats(0.05, 1.0))
def test_the_last_who_comes_does_not_lose_and_one_more_would(cost, decisive):
    come = sellers_that_come(cost, decisive)
    assert contest(come, decisive).left_each >= cost * (1 - 1e-6)
    assert contest(come + 1, decisive).left_each < cost * (1 + 1e-6)


def test_a_quarter_lets_two_come_and_a_hundredth_ten():
    assert [sellers_that_come(cost) for cost in (0.25, 0.04, 0.01, 1.0)] == [2, 5, 10, 1]


def test_the_shares_of_the_article_are_those_of_two_and_of_three_rivals():
    assert sellers_behind(30 / 58) == pytest.approx(2.07, abs=0.005)
    assert sellers_behind(40 / 58) == pytest.approx(3.22, abs=0.005)


def test_more_sellers_than_can_be_counted_are_refused():
    with pytest.raises(
        ValueError, match=r"sellers must be a whole number up to 1e\+12, not 1e\+13"
    ):
        contest(1e13)
