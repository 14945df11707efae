"""A new seller: proportional draw, a market that cannot grow, and one that does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.merchants.market import enter

attraction = st.floats(0.01, 100)


def test_three_sellers_and_two_who_buy_nothing():
    end = enter(3.0, 1.0, 2.0)
    assert end.entrant == pytest.approx(1 / 6)
    assert end.incumbents == pytest.approx(3 / 6)
    assert end.new == pytest.approx(4 / 6 - 3 / 5)
    assert end.new_of_entrant == pytest.approx(0.4)


@given(attraction, attraction, attraction)
def test_what_is_new_is_what_was_not_bought_before(incumbents, entrant, nothing):
    end = enter(incumbents, entrant, nothing)
    bought = incumbents / (incumbents + nothing)
    assert end.entrant + end.incumbents - bought == pytest.approx(end.new, abs=1e-12)
    assert end.new_of_entrant == pytest.approx(1 - bought)


def test_where_everybody_buys_already_nothing_is_new():
    assert enter(1.0, 1.0, 1e-9).new_of_entrant == pytest.approx(0.0, abs=1e-8)
    assert enter(0.0, 1.0, 1.0).new_of_entrant == 1.0
