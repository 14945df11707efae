"""A fraud: its cash against the differential equation, and when it never ends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from netfin.p2p.fraud import FRAUD, FraudTerms, cash, cash_peak, lifetime, owed

CASES = [
    FRAUD,
    FraudTerms(0.10, 0.05, 0.08, 0.02),
    FraudTerms(0.10, 0.30, 0.05, 0.05),
    FraudTerms(0.12, 0.12, 0.0, 0.0),  # all three exponents are the same
    FraudTerms(1.644, 8.1, 0.5, 0.0),
    FraudTerms(0.2, 0.1, 0.1, 0.1),
]


@pytest.mark.parametrize("terms", CASES)
def test_the_closed_form_solves_the_equation(terms):
    def slope(time, state):
        held, told = state
        new = np.exp(terms.growth * time)
        return (
            terms.earned_rate * held + new - terms.withdrawal_rate * told,
            (terms.promised_rate - terms.withdrawal_rate) * told + new,
        )

    solved = solve_ivp(slope, (0, 20), (0, 0), rtol=1e-10, atol=1e-12, dense_output=True)
    for years in (0.5, 3.0, 10.0, 20.0):
        held, told = solved.sol(years)
        assert cash(years, terms) == pytest.approx(held, rel=1e-6, abs=1e-7)
        assert owed(years, terms) == pytest.approx(told, rel=1e-6)


def test_published_charles_ponzi():
    """Artzrouni's fit: inflow grows at 7.187; 10 million in 0.58 years, then 0.2 a day."""
    at_rest = FraudTerms(0.0, 1e-12, 7.187)
    first = 1.130  # million dollars a year

    assert first * owed(0.58, at_rest) == pytest.approx(10.0, abs=0.01)
    assert first * np.exp(7.187 * 0.58) == pytest.approx(0.2 * 365, abs=0.05)
    assert first / 365 * 1e6 == pytest.approx(3095, abs=1)


def test_the_modest_promise_lives_longer():
    lives = lifetime(FraudTerms(np.array([0.03, 0.06, 0.12, 0.20])))

    assert lives == pytest.approx([37.04, 20.69, 12.40, 8.74], abs=0.005)


def test_new_money_that_grows_with_the_promise_keeps_it_alive():
    assert lifetime(FraudTerms(growth=0.12)) == np.inf
    assert lifetime(FraudTerms(growth=0.1199)) < 100
    assert lifetime(FraudTerms(earned_rate=0.12)) == np.inf  # a fund that earns what it promises
    assert cash_peak(FraudTerms(growth=0.12)) == np.inf


def test_withdrawals_pass_the_inflow_at_the_peak():
    peak = cash_peak()

    assert 0.30 * owed(peak) == pytest.approx(1.0)
    assert peak == pytest.approx(np.log(0.30 / 0.12) / 0.18)  # 1 = 0.3·(1 − e^(−0.18·t))/0.18
    assert cash(peak) > max(cash(peak - 0.1), cash(peak + 0.1))


@given(st.floats(0.01, 0.5), st.floats(0.05, 3.0), st.floats(0.0, 0.4), st.floats(0.0, 0.1))
def test_cash_is_gone_at_the_end_and_not_before(promised, taken, growth, earned):
    terms = FraudTerms(promised, taken, growth, earned)
    life = lifetime(terms)
    if life > 50:
        assert cash(50.0, terms) > 0
        return
    assert cash(life, terms) == pytest.approx(0, abs=1e-6 * owed(life, terms))
    assert cash(0.9 * life, terms) > 0


@given(st.floats(0.0, 0.3), st.floats(0.05, 2.0), st.floats(0.1, 40.0))
def test_cash_is_conserved(growth, taken, years):
    """A fund that promises what it earns has, at every time, just what it owes."""
    terms = FraudTerms(0.07, taken, growth, 0.07)

    assert cash(years, terms) == pytest.approx(owed(years, terms), rel=1e-6)
