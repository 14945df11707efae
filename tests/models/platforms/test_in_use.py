"""Money in use: limits, an invariant. To write: numbers that somebody has published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.platforms.in_use import PlatformsTerms, what_is_left


def test_idle_money_only_costs():
    assert what_is_left(0.0, PlatformsTerms(0.05, 0.02)) == pytest.approx(-0.02)


def test_all_in_use_leaves_the_margin():
    assert what_is_left(1.0, PlatformsTerms(0.05, 0.02)) == pytest.approx(0.03)


@given(st.floats(0.0, 0.99), st.floats(0.001, 1.0))
def test_more_in_use_leaves_more(share, gain):
    terms = PlatformsTerms(gain, 0.02)

    assert what_is_left(share + 0.01, terms) > what_is_left(share, terms)
