"""Fake orders: a dilemma where they pay, and the fine at which they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.merchants.fake_orders import BrushTerms, brushing, fine_that_ends_it

races = st.builds(
    BrushTerms,
    margin=st.floats(0.1, 0.9),
    drawn=st.floats(0.0, 0.9),
    cost=st.floats(0.01, 0.5),
    caught=st.floats(0.01, 1.0),
)


def test_one_alone_gains_and_both_lose():
    race = brushing()
    assert race.alone == pytest.approx(0.58 * 0.3 - 0.1)
    assert race.both == pytest.approx(-0.1)
    assert race.left_behind < race.both < 0 < race.alone
    assert race.faking_pays == 1


@given(races)
def test_to_answer_in_kind_pays_exactly_where_to_begin_pays(terms):
    """The gain of faking is the same whatever the rival does: both − left behind = alone."""
    race = brushing(terms)
    assert race.both - race.left_behind == pytest.approx(race.alone)


@given(races)
def test_the_fine_ends_it_and_a_little_less_does_not(terms):
    fine = fine_that_ends_it(terms)
    parts = vars(terms)
    assert brushing(BrushTerms(**{**parts, "fine": fine + 1e-6})).faking_pays == 0
    if fine > 1e-6:
        assert brushing(BrushTerms(**{**parts, "fine": fine * (1 - 1e-6)})).faking_pays == 1


def test_who_is_hardly_ever_caught_needs_a_fine_many_times_as_large():
    ratio = fine_that_ends_it(BrushTerms(caught=0.025)) / fine_that_ends_it(BrushTerms(caught=0.25))
    assert ratio == pytest.approx(10)
