"""On somebody else's ground: worked numbers, simulations, limits."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.platforms.hold_up import (
    GUIDE,
    GuideTerms,
    best_kept,
    open_to_outsiders,
    shut_out,
    under_names,
)


def test_commission_5_margin_6_once_more_than_17_in_100_would_come():
    end = shut_out(GuideTerms(commission=0.05, margin=0.06, would_come=0.17))
    assert end.gains_above == pytest.approx(1 / 6)
    assert end.platform_gains == pytest.approx(0.05 - 0.83 * 0.06)
    assert end.platform_gains > 0


def test_a_guide_lives_on_own_customers():
    assert shut_out(replace(GUIDE, own_customers=0.15)).guide_left == pytest.approx(-0.25)
    assert shut_out(replace(GUIDE, own_customers=0.40)).guide_left == pytest.approx(0.0)


@given(st.floats(0.0, 0.06), st.floats(0.0, 1.0))
def test_the_platform_gains_exactly_above_the_limit(commission, would_come):
    end = shut_out(GuideTerms(commission, 0.06, would_come))
    if abs(would_come - end.gains_above) > 1e-9:
        assert (end.platform_gains > 0) == (would_come > end.gains_above)


def test_names_by_simulation():
    rng = np.random.default_rng(24)
    linked = rng.random(200_000) < 0.2
    each = rng.random((200_000, 3)) < 0.3
    lost = np.where(linked[:, None], each[:, :1], each)
    left = under_names(3, 0.3, 0.2)
    assert left.expected == pytest.approx(1 - lost.mean(), abs=3e-3)
    assert left.all_lost == pytest.approx(lost.all(axis=1).mean(), abs=3e-3)


def test_more_names_change_the_worst_and_not_the_average():
    one, five = under_names(1, 0.3), under_names(5, 0.3)
    assert one.expected == five.expected == pytest.approx(0.7)
    assert (one.all_lost, five.all_lost) == pytest.approx((0.3, 0.3**5))
    assert under_names(5, 0.3, 1.0).all_lost == pytest.approx(0.3)


def test_a_fee_and_copying_are_one_thing():
    assert open_to_outsiders(0.3, 0.3, 2.0) == pytest.approx(open_to_outsiders(0.51, 0.0, 2.0))
    assert open_to_outsiders(0.3, 0.3, 1.0) == pytest.approx((0.49, 0.49, 0.51 * 0.49))


@given(st.floats(0.1, 8.0))
def test_a_grid_finds_the_same_best_share(response):
    kept = np.linspace(0.0, 1.0, 20_001)
    owner = np.asarray(open_to_outsiders(1.0 - kept, 0.0, response).owner)
    assert kept[owner.argmax()] == pytest.approx(best_kept(response), abs=1e-4)


def test_who_would_make_it_for_nothing_is_left_nothing():
    assert best_kept(0.0) == 0.0
    assert open_to_outsiders(1.0, 0.0, 0.0).owner == 1.0
