"""Balances: a card as a loan, float that reconciles, tokens, and a queue of seventy years."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.annuity import internal_rate_of_return
from netfin.payments.balances import (
    CARD,
    CardTerms,
    average_balance,
    customers_loan_rate,
    float_income,
    refund_queue,
    seigniorage,
)

cards = st.builds(
    CardTerms,
    bonus=st.floats(0, 0.5),
    never_used=st.floats(0, 0.5),
    months=st.integers(1, 60).map(float),
)


@given(cards)
def test_the_goods_discounted_are_worth_what_was_paid(card):
    month = (1 + customers_loan_rate(card)) ** (1 / 12)
    each = (1 + card.bonus) * (1 - card.never_used) / card.months
    worth = sum(each / month**k for k in range(1, int(card.months) + 1))
    assert worth == pytest.approx(1.0, abs=1e-9)


def test_without_bonus_and_with_all_used_the_loan_is_free():
    assert customers_loan_rate(CardTerms(0, 0, 12)) == pytest.approx(0.0, abs=1e-9)


def test_a_card_of_one_month_by_hand():
    """95 of 100 come back after a month: 0.95¹² − 1 a year."""
    assert customers_loan_rate(CardTerms(0, 0.05, 1)) == pytest.approx(0.95**12 - 1)


def test_with_a_bonus_it_is_an_annuity():
    """The floor's rate of equal payments, where these are more than what was paid."""
    month = internal_rate_of_return(100.0, 110 / 12, 12)
    assert customers_loan_rate(CardTerms(0.1, 0, 12)) == pytest.approx((1 + month) ** 12 - 1)


@given(cards)
def test_what_is_never_used_lowers_the_rate_and_a_bonus_raises_it(card):
    rate = customers_loan_rate(card)
    less = CardTerms(card.bonus, card.never_used + 0.01, card.months)
    more = CardTerms(card.bonus + 0.01, card.never_used, card.months)
    assert customers_loan_rate(less) < rate < customers_loan_rate(more)


def test_float_is_flow_times_time_and_reconciles_day_by_day():
    """A thousand yuan a day that stay nine days: nine thousand wait at the end of each."""
    days = np.full(200, 1000.0)
    waiting = np.cumsum(days) - np.cumsum(np.concatenate([np.zeros(9), days[:-9]]))
    assert waiting[-1] == average_balance(365_000.0, 9.0)


def test_interest_on_clients_money_by_hand():
    assert float_income(2093.0, 0.0035, 0.1) == pytest.approx(6.59295)
    assert float_income(460.0, 0.025) == pytest.approx(11.5)


@given(st.floats(0, 1e9), st.floats(0, 1), st.floats(0, 1))
def test_what_is_handed_on_and_what_is_kept_are_the_interest(balance, rate, part):
    kept = float_income(balance, rate, part) + float_income(balance, rate, 1 - part)
    assert kept == pytest.approx(balance * rate)


def test_tokens_by_hand():
    """365 sold a year and used after 100 days: 100 wait; a tenth is never used."""
    gain = seigniorage(365.0, 100.0, 0.05, 0.1, 0.2)
    assert gain == pytest.approx((100.0, 4.0, 36.5))
    assert seigniorage(365.0, 100.0, 0.05, 0.1, 1.0).interest_saved == 0.0


def test_the_queue_of_a_bicycle_firm():
    """16,365,465 wait and 644 were paid in a day: 25,412 days."""
    wait = refund_queue(99.0, 16_365_465.0, 644.0, 0.04)
    assert wait.days == pytest.approx(25_412.2, abs=0.05)
    assert wait.last == pytest.approx(6.1, abs=0.05)
    assert wait.average == pytest.approx(33.4, abs=0.05)


@given(st.floats(1, 1e7), st.floats(1, 1e5), st.floats(0, 0.2))
def test_an_average_place_is_worth_more_than_the_last(places, pace, rate):
    wait = refund_queue(99.0, places, pace, rate)
    assert wait.last <= wait.average * (1 + 1e-12) <= 99.0 * (1 + 1e-11)
    at = np.linspace(0, wait.days, 200_001)
    worth = np.exp(-rate * at / 365)
    assert wait.average == pytest.approx(99 * np.mean((worth[1:] + worth[:-1]) / 2), rel=1e-2)


def test_a_queue_that_does_not_move_is_refused():
    with pytest.raises(ValueError, match="paid_a_day must be a number above places"):
        refund_queue(99.0, 1e6, 1e-9, 0.04)
    assert math.isfinite(customers_loan_rate(CARD))
