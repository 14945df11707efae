"""One pile, several pledges: limits, and every case counted by hand."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.supply_chain.pledges import pledged_again


def test_three_lenders_on_one_pile_without_a_registry():
    """Three loans of 0.7 on goods worth 1: 2.1 lent, 1.1 lost."""
    pledged = pledged_again(3, 0.0)

    assert (pledged.loans, pledged.lent, pledged.lost) == pytest.approx((3, 2.1, 1.1))
    assert pledged.loss_share == pytest.approx(1.1 / 2.1)
    assert pledged.loss_share_outside == pytest.approx(1.1 / 2.1)
    assert pledged.loss_share_inside is None


@given(st.integers(1, 12), st.booleans())
def test_where_all_use_the_registry_nobody_loses(asked, priority):
    pledged = pledged_again(asked, 1.0, priority=priority)

    assert (pledged.loans, pledged.lost) == pytest.approx((1, 0))
    assert pledged.loss_share_inside == pytest.approx(0)
    assert pledged.loss_share_outside is None


@given(st.integers(1, 6), st.floats(0.05, 0.95), st.floats(0.1, 1), st.booleans())
def test_against_counting_every_case(asked, coverage, advance, priority):
    lent, lost = np.zeros(2), np.zeros(2)
    for users in itertools.product([False, True], repeat=asked):
        chance = np.prod([coverage if user else 1 - coverage for user in users])
        first, others = int(any(users)), users.count(False)
        given_out = advance * np.array([first, others])
        if priority:
            back = np.array([given_out[0], min(given_out[1], 1 - given_out[0])])
        else:
            back = given_out * min(1, 1 / given_out.sum())
        lent, lost = lent + chance * given_out, lost + chance * (given_out - back)
    pledged = pledged_again(asked, coverage, advance, priority)

    assert (pledged.lent, pledged.lost) == pytest.approx((lent.sum(), lost.sum()))
    assert pledged.loss_share_inside == pytest.approx(lost[0] / lent[0])
    assert pledged.loss_share_outside == pytest.approx(lost[1] / lent[1])
    expected = asked * (1 - coverage) + 1 - (1 - coverage) ** asked
    assert pledged.loans == pytest.approx(expected)


@given(st.integers(2, 12), st.floats(0.05, 0.95))
def test_priority_moves_the_loss_outside_and_changes_no_sum(asked, coverage):
    first, alike = (pledged_again(asked, coverage, priority=order) for order in (True, False))

    assert first.lost == pytest.approx(alike.lost)
    assert first.loss_share_inside == 0 < alike.loss_share_inside
    assert first.loss_share_outside > alike.loss_share_outside


def test_more_lenders_than_there_are_is_refused():
    with pytest.raises(ValueError, match="asked must be at most 10000, not 10000000"):
        pledged_again(10_000_000, 0.5)
