"""Rates of payments: published annual percentage rates, limits, and payments of any size."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.annuity import (
    annual_rates,
    internal_rate_of_return,
    rate_of_payments,
    worth_of_payments,
)


def present_value(rate, payments):
    """What payments at the ends of months 1, 2, … are worth now, summed one by one."""
    months = np.arange(1, len(payments) + 1)
    return float(np.sum(np.asarray(payments) / (1 + rate) ** months))


@pytest.mark.parametrize(
    ("payout", "payment", "months", "published", "digits"),
    [
        # Regulation Z, 12 CFR 1026, appendix J, example (c)(1)(i).
        (5000.0, 230.0, 24, 9.69, 2),
        # Note on the Truth in Lending Act: 2,500 at 14 % in 25 payments of 115.87.
        (2500.0, 115.87, 25, 14.00, 2),
    ],
)
def test_published_annual_percentage_rates(payout, payment, months, published, digits):
    by_equal = 12 * internal_rate_of_return(payout, payment, months)
    by_row = 12 * rate_of_payments(payout, [payment] * months)

    assert round(100 * by_equal, digits) == round(100 * by_row, digits) == published


@pytest.mark.parametrize(
    ("payout", "payment", "payments", "a_year", "effective"),
    [
        # The European Union's worked examples: 1,000 against 600 after one year and after two;
        # 6,000 against 24 times 274.11 a month.
        (1000.0, 600.0, 2, 1, 13.066),
        (6000.0, 274.11, 24, 12, 9.381),
    ],
)
def test_published_rates_with_interest_on_interest(payout, payment, payments, a_year, effective):
    rates = annual_rates(internal_rate_of_return(payout, payment, payments), a_year)

    assert 100 * rates.effective == pytest.approx(effective, abs=5e-4)


@pytest.mark.parametrize("months", [240, 360, 480])
def test_long_loans_have_one_rate_and_it_is_not_negative(months):
    # A public bug report: solvers that start badly give a negative rate here.
    rate = internal_rate_of_return(172_545.85, 787.735, months)

    assert 0 < rate < 0.005
    assert present_value(rate, [787.735] * months) == pytest.approx(172_545.85, rel=1e-12)


def test_payments_below_the_loan_are_refused_with_both_sums():
    with pytest.raises(
        ValueError, match=r"^payment times months must be no less than payout, but is 5236 .* 10000"
    ):
        internal_rate_of_return(10_000, 327.25, 16)
    with pytest.raises(
        ValueError, match=r"^payments must together be no less than payout = 10000, but are 5236$"
    ):
        rate_of_payments(10_000, [327.25] * 16)
    with pytest.raises(ValueError, match=r"but is 90 where payout is at most 100"):
        internal_rate_of_return(np.array([50.0, 100.0]), 9.0, 10)


@pytest.mark.parametrize("target", [1e-12, 1e-9, 9e-8, 2e-7, 1e-5])
def test_rates_too_small_for_the_closed_form_are_found(target):
    payment = 1.0 / present_value(target, np.ones(36))

    assert internal_rate_of_return(1.0, payment, 36) == pytest.approx(target, rel=1e-5, abs=2e-16)


def test_rates_beyond_all_reason_are_found():
    rate = internal_rate_of_return(1e-6, 1.0, 12)

    assert present_value(rate, np.ones(12)) == pytest.approx(1e-6, rel=1e-9)
    assert rate_of_payments(1e-6, np.ones(12)) == pytest.approx(rate)


def test_many_loans_at_once_find_their_rates():
    rng = np.random.default_rng(7)
    rates, months = 10 ** rng.uniform(-6, 2, 20_000), rng.integers(1, 480, 20_000)
    payments = rates / -np.expm1(-months * np.log1p(rates))

    found = internal_rate_of_return(1.0, payments, months)
    assert found == pytest.approx(rates, rel=1e-8)


def test_amounts_too_far_apart_for_a_float_are_refused():
    with pytest.raises(ValueError, match=r"^no rate was found for payout 1e-300, payment 1e\+300"):
        internal_rate_of_return(1e-300, 1e300, 12)
    with pytest.raises(ValueError, match=r"^payments are too large for a payout of 1e-300"):
        rate_of_payments(1e-300, [1e300])


def test_payments_that_only_just_return_the_payout_bear_no_interest():
    assert internal_rate_of_return(1.0, 0.1, 10) == pytest.approx(0.0, abs=1e-15)
    assert rate_of_payments(1000, [0, 400, 0, 600]) == 0.0


@given(
    st.floats(0.0, 2.0),
    st.lists(st.floats(0.0, 1e4), min_size=1, max_size=60).filter(lambda row: sum(row) > 1),
)
def test_unequal_payments_are_worth_the_payout_at_their_rate(rate, payments):
    payout = present_value(rate, payments)

    assert rate_of_payments(payout, payments) == pytest.approx(rate, abs=1e-7)


def test_one_payment_after_some_months_is_a_root():
    # 1,000 against 1,210 after two months.
    assert rate_of_payments(1000, [0, 1210]) == pytest.approx(0.1)


def test_a_later_payment_is_a_cheaper_one():
    early, late = rate_of_payments(3000, [1700, 0, 1700]), rate_of_payments(3000, [0, 1700, 1700])

    assert early > late > 0


def test_interest_by_the_day():
    # 0.05 % a day is 18.25 % a year, 20.0 % with interest on interest.
    rates = annual_rates(0.0005, 365)

    assert rates.nominal == pytest.approx(0.1825)
    assert rates.effective == pytest.approx(1.0005**365 - 1)


@pytest.mark.parametrize(("rate", "effective"), [(0.05, 5.0), (0.07, 7.0)])
def test_interest_once_a_year_is_the_same_with_interest_on_interest(rate, effective):
    assert annual_rates(rate, 1) == pytest.approx((rate, effective / 100))


def test_interest_beyond_all_numbers_is_refused():
    with pytest.raises(ValueError, match=r"^rate compounded over periods is too large .* 1 and"):
        annual_rates(1.0, 2000)


@pytest.mark.parametrize("rate", [0.0, 1e-9, 0.014 / 12, 0.5])
@pytest.mark.parametrize("months", [0, 1, 36])
def test_equal_payments_are_worth_the_sum_of_each(rate, months):
    assert worth_of_payments(rate, months) == pytest.approx(present_value(rate, [1.0] * months))


def test_what_payments_are_worth_and_their_rate_of_return_undo_each_other():
    assert internal_rate_of_return(worth_of_payments(0.01, 24), 1.0, 24) == pytest.approx(0.01)
