"""Waiting for one's money, its price, and diversion: textbook numbers and limits."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from netfin.supply_chain.trade_credit import (
    cash_conversion_cycle,
    cash_tied_up,
    debt_capacity,
    trade_credit_rate,
)

rates = st.floats(0, 0.5)


def test_the_cycle_is_stock_and_receivables_less_payables():
    assert cash_conversion_cycle(60, 30, 45) == 45
    assert cash_conversion_cycle(5, 2, 40) == -33
    assert cash_tied_up(45, 2000) == 90_000


@pytest.mark.parametrize(
    ("discount", "early", "late", "simple", "effective"),
    [
        (0.02, 10, 30, 0.3724, 0.4459),  # the textbooks' 2/10 net 30
        (0.02, 20, 45, 0.2980, 0.3431),  # 2/20 net 45
        (0.02, 10, 50, 0.1862, 0.2024),  # 2/10, paid on day 50
    ],
)
def test_trade_credit_of_the_textbooks(discount, early, late, simple, effective):
    price = trade_credit_rate(discount, early, late)

    assert price.simple == pytest.approx(simple, abs=6e-5)
    assert price.effective == pytest.approx(effective, abs=6e-5)


@given(st.floats(0.001, 0.2), st.floats(0, 30), st.floats(1, 90))
def test_interest_on_interest_within_a_year_costs_more(discount, early, days):
    price = trade_credit_rate(discount, early, early + days)

    assert price.effective > price.simple * (1 - 1e-12)
    assert trade_credit_rate(discount, 0, 365).simple == pytest.approx(discount / (1 - discount))


@pytest.mark.parametrize(("diversion", "limit"), [(0.4, 37_838), (0.15, 158_333), (1.0, 2062)])
def test_goods_are_lent_more_readily_than_cash(diversion, limit):
    """20,000 of one's own, 10 % earned, 7 % asked: 20,000·(1.1 − δ)/(δ − 0.03)."""
    assert debt_capacity(20_000, 0.10, 0.07, diversion) == pytest.approx(limit, abs=1)


@given(st.floats(1, 1e6), st.floats(0, 0.3), rates, st.floats(0.001, 1))
def test_at_the_limit_repaying_and_diverting_are_worth_the_same(own, earns, asked, gap):
    diversion = gap + earns - asked
    assume(0 <= diversion <= 1)
    limit = debt_capacity(own, earns, asked, diversion)
    run = (1 + earns) * (own + limit) - (1 + asked) * limit

    assert run == pytest.approx(diversion * (own + limit), rel=1e-6, abs=1e-4)


def test_what_cannot_be_diverted_is_lent_without_limit():
    assert debt_capacity(np.array([1.0, 0.0]), 0.1, 0.05, 0.0).tolist() == [np.inf, np.inf]


def test_limits_of_the_price_of_waiting():
    """A year's wait has one rate, simple and effective; no discount costs nothing."""
    year = trade_credit_rate(0.1, 0, 365)

    assert year.simple == pytest.approx(1 / 9)
    assert year.effective == pytest.approx(1 / 9)
    assert trade_credit_rate(0.0, 10, 30) == (0, 0)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: trade_credit_rate(0.02, 30, 30), "net_days must be above discount_days 30.0, not"),
        (
            lambda: trade_credit_rate(0.02, 10, 10.0000001),
            "net_days must be further above discount_days 10.0 than 10.0000001",
        ),
        (
            lambda: cash_tied_up(np.nan, 2000),
            "cycle must be a number from -1e\\+15 to 1e\\+15, not nan",
        ),
        (
            lambda: cash_tied_up(True, 2000),
            "cycle must be a number from -1e\\+15 to 1e\\+15, not True",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
