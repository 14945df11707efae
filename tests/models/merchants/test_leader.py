"""The loss leader: where the second purchase just pays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.merchants.leader import LeaderTerms, gain_per_parcel, must_come_back


def test_a_loss_of_three_and_a_margin_of_twenty_need_fifteen_in_a_hundred():
    assert must_come_back() == pytest.approx(0.15)
    assert gain_per_parcel() == pytest.approx(-1.0)


@given(st.floats(0.1, 10), st.floats(10, 100))
def test_at_the_share_that_is_needed_nothing_is_gained(loss, margin):
    needed = must_come_back(LeaderTerms(loss=loss, later_margin=margin))
    assert gain_per_parcel(LeaderTerms(loss, needed, margin)) == pytest.approx(0.0, abs=1e-12)


def test_without_a_loss_everybody_may_stay_away():
    assert must_come_back(LeaderTerms(loss=0.0)) == 0.0
    assert must_come_back(LeaderTerms(loss=30.0)) == 1.5
