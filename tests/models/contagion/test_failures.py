"""Failures that bring failures: what feedback adds up to, and two counts met exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.contagion.failures import fit_two_counts, self_exciting_failures


def test_without_feedback_failures_are_what_comes_from_outside():
    daily = self_exciting_failures(2.0, 1.0, 0.0, 5.0, (3, 2))

    assert daily.tolist() == [2, 2, 2, 3, 3]


def test_each_failure_brings_as_many_more_as_the_feedback_says():
    spark = self_exciting_failures(1.0, -1.0, 0.5, 4.0, (1, 400))

    assert spark.sum() == pytest.approx(1 + 0.5 + 0.25 / 0.5)
    steady = self_exciting_failures(1.0, 0.0, 0.5, 4.0, (500, 1))
    assert steady[-1] == pytest.approx(1 / (1 - 0.5))


@given(st.floats(0, 1.2), st.floats(2, 20), st.floats(1, 500), st.floats(1, 3))
def test_every_feedback_fits_both_counts(feedback, delay, first, times):
    second = times * first
    summer = fit_two_counts(feedback, delay, (first, second))

    assert summer.daily[:30].sum() == pytest.approx(first)
    assert summer.daily[30:].sum() == pytest.approx(second)


def test_the_sign_of_the_rule_hangs_on_the_feedback():
    calm, wild = (fit_two_counts(feedback, 7, (80, 118)) for feedback in (0.0, 1.2))

    assert calm.without_rule[30:].sum() == pytest.approx(80 / 30 * 20)
    assert calm.rule > 0 > wild.rule
    assert wild.without_rule[30:].sum() > 118


@given(st.floats(0, 0.99), st.floats(2, 20))
def test_fear_at_its_own_level_to_begin_with_hides_the_feedback(feedback, delay):
    """80 in 30 days, steady: without the rule 20 days of July have 20/30 of June's failures."""
    summer = fit_two_counts(feedback, delay, (80, 118), fear=80 / 30)

    assert summer.background == pytest.approx(80 / 30 * (1 - feedback))
    assert summer.without_rule[30:].sum() == pytest.approx(20 * 80 / 30)


def test_fear_to_begin_with_fades_at_its_own_pace():
    daily = self_exciting_failures(0.0, 0.0, 0.5, 4.0, (3, 1), fear=2.0)

    assert daily.tolist() == [1, 0.875, 0.875**2, 0.875**3]


def test_two_counts_by_hand():
    """G = 0: so many a day from outside, and what the second count has beyond."""
    summer = fit_two_counts(0.0, 10, (80, 118))

    assert summer.background == pytest.approx(80 / 30)
    assert summer.rule == pytest.approx(118 / 20 - 80 / 30)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda: self_exciting_failures(1, 0, 0.5, 0.5, (3, 3)),
            "delay must be a number of 1 or more, not 0.5",
        ),
        (
            lambda: self_exciting_failures(1, 0, 1e10, 5, (30, 20)),
            "feedback, background, rule and fear must be small enough for failures to stay finite "
            r"over 50 days, not 1e\+10, 1, 0 and 0",
        ),
        (
            lambda: self_exciting_failures(1, 0, 0.5, 5, 30),
            r"days must be a row of 1 or more numbers, not of shape \(\)",
        ),
        (lambda: self_exciting_failures(1, 0, 0.5, 5, (30,)), "days must be two numbers, not 1"),
        (lambda: self_exciting_failures(1, 0, 0.5, 5, (3, 0)), "days must be a whole number of 1"),
        (
            lambda: fit_two_counts(0.5, 5, (80, 118), (10**7, 20)),
            "days must add up to at most 100,000, not 10,000,020",
        ),
        (lambda: fit_two_counts(0.8, 10, (80, 118), fear=1e308), "and fear of 1e.308, 80 and 118"),
        (lambda: fit_two_counts(0.5, 5, (-1, 2)), "counts must be a number of 0 or more"),
        (lambda: fit_two_counts(0.5, 5, 80), "counts must be a row of 1 or more numbers"),
        (
            lambda: fit_two_counts(1.2, 10, (80, 5)),
            "counts must be met by days of 0 failures or more; with a feedback of 1.2 "
            "and fear of 0, 80 and 5",
        ),
    ],
)
def test_a_bad_number_is_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()
