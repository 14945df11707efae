"""Fans against advertisements: the measured burn, rows of payments, and where it turns."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.merchants.fans import (
    FANS,
    FansTerms,
    loss_that_turns,
    lost_in_a_month,
    months_until_refusing_pays,
    refuse_or_accept,
)

accounts = st.builds(
    FansTerms,
    commission=st.floats(5, 100),
    offer=st.floats(0, 500),
    burn=st.floats(0, 0.05),
    posts=st.floats(1, 40),
    growth=st.floats(0, 0.008),
    discount=st.floats(0.01, 0.05),
)


def test_a_month_of_daily_advertisements_and_a_year():
    assert lost_in_a_month() == pytest.approx(1 - 0.9981**30)
    assert pytest.approx(lost_in_a_month(FansTerms(posts=365.0))) == 1 - 0.9981**365


@given(accounts)
def test_the_values_are_sums_of_rows(terms):
    months = np.arange(20_000)
    factor = ((1 + terms.growth) / (1 + terms.discount)) ** months
    worth = refuse_or_accept(terms)
    assert np.sum(terms.commission * factor) == pytest.approx(worth.refused, rel=1e-6)
    kept = (1 - terms.burn) ** (terms.posts * months)
    rows = (terms.commission + terms.offer) * factor * kept
    assert np.sum(rows) == pytest.approx(worth.accepted, rel=1e-6)


def test_fifteen_in_a_hundred_must_go_in_a_month_before_refusing_is_right():
    assert loss_that_turns() == pytest.approx(0.15)
    per_post = 1 - 0.85 ** (1 / 30)
    assert per_post == pytest.approx(0.0054, abs=5e-5)
    worth = refuse_or_accept(FansTerms(burn=per_post))
    assert worth.refused == pytest.approx(worth.accepted)


@given(accounts)
def test_refusing_is_worth_more_exactly_above_that_loss(terms):
    lost, turns = lost_in_a_month(terms), loss_that_turns(terms)
    worth = refuse_or_accept(terms)
    if abs(lost - turns) > 1e-9:
        assert (worth.refused > worth.accepted) == (lost > turns)


@pytest.mark.parametrize(("growth", "months"), [(0.02, 152), (0.03, 115), (0.05, 87), (0.10, 66)])
def test_an_account_that_grows_catches_up(growth, months):
    assert months_until_refusing_pays(FansTerms(growth=growth)) == months


def test_one_that_does_not_grow_never_does():
    assert np.isinf(months_until_refusing_pays(FANS))


def test_growth_above_the_discount_has_no_value():
    with pytest.raises(ValueError, match=r"growth must be a number below the discount 0.01, not"):
        refuse_or_accept(FansTerms(growth=0.02))
