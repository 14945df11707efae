"""The true price of instalment credit, against published rates and the schedule itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lending_strategies import between

from netfin.annuity import internal_rate_of_return
from netfin.spread.instalments import annual_from_daily, instalment_schedule, true_price

terms_in_months = st.integers(1, 360)


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
    apr = 1200 * internal_rate_of_return(payout, payment, months)

    assert round(apr, digits) == published


@pytest.mark.parametrize(
    ("months", "fee", "published", "digits"),
    [
        # A car dealer's example: 15 % add-on over 48 months has an APR of 25.315 %.
        (48, 0.15 / 12, 25.315, 3),
        # China Construction Bank, card instalments of 2021: 0.41 % a month for 3 months.
        (3, 0.0041, 7.36, 2),
    ],
)
def test_published_rates_of_flat_fees(months, fee, published, digits):
    assert round(100 * true_price(months, fee).nominal_annual, digits) == published


def test_the_classroom_loan_of_one_thousand_at_six_per_cent_add_on():
    # 1,060 in 12 payments of 88.33: advertised 6 %, true 10.9 %.
    price = true_price(12, 0.06 / 12)

    assert round(100 * price.advertised_annual, 2) == 6.00
    assert round(100 * price.nominal_annual, 2) == 10.90
    assert round(100 * price.effective_annual, 2) == 11.46


def test_one_payment_is_simple_interest():
    price = true_price(1, 0.02)

    assert price.monthly_rate == pytest.approx(0.02, abs=1e-15)
    assert price.nominal_annual == pytest.approx(0.24)
    assert price.effective_annual == pytest.approx(1.02**12 - 1)
    assert price.average_balance == 1.0


def test_no_fee_is_no_interest():
    price = true_price(np.arange(1, 61), 0.0)

    assert price.monthly_rate == pytest.approx(np.zeros(60), abs=1e-15)
    assert price.effective_annual == pytest.approx(np.zeros(60), abs=1e-14)


@given(terms_in_months, between(0.0, 1.0), between(0.0, 0.95))
def test_the_rate_prices_the_written_schedule_at_its_payout(months, fee, upfront):
    schedule = instalment_schedule(1000.0, months, fee, upfront)
    rate = true_price(months, fee, upfront).monthly_rate

    assert present_value(rate, schedule.payment) == pytest.approx(schedule.payout, rel=1e-9)


@given(between(1.0, 1e6), terms_in_months, between(0.0, 1.0), between(0.0, 0.9))
def test_the_schedule_repays_the_amount_and_no_more(amount, months, fee, upfront):
    schedule = instalment_schedule(amount, months, fee, upfront)

    assert schedule.principal.sum() == pytest.approx(amount)
    assert schedule.fee.sum() == pytest.approx(amount * fee * months)
    assert schedule.payment == pytest.approx(schedule.principal + schedule.fee)
    assert schedule.opening_balance[0] == amount
    assert schedule.closing_balance[-1] == 0.0
    assert schedule.opening_balance - schedule.principal == pytest.approx(schedule.closing_balance)
    assert schedule.payout == pytest.approx(amount * (1 - upfront))
    assert schedule.month.tolist() == list(range(1, months + 1))


@given(terms_in_months)
def test_the_average_balance_is_that_of_the_schedule(months):
    schedule = instalment_schedule(1.0, months, 0.01)

    assert true_price(months, 0.01).average_balance == pytest.approx(
        schedule.opening_balance.mean()
    )


@given(between(1.0, 1e6), terms_in_months, between(0.0, 0.2))
def test_the_amount_plays_no_part(amount, months, fee):
    schedule = instalment_schedule(amount, months, fee)
    found = internal_rate_of_return(schedule.payout, float(schedule.payment[0]), months)

    assert found == pytest.approx(true_price(months, fee).monthly_rate, abs=1e-9)


@given(st.integers(2, 360), between(0.0005, 0.05))
def test_the_true_rate_is_above_the_advertised_and_below_twice(months, fee):
    price = true_price(months, fee)

    assert price.advertised_annual == pytest.approx(12 * fee)
    assert price.advertised_annual < price.nominal_annual < 2 * price.advertised_annual
    assert price.effective_annual > price.nominal_annual


@given(terms_in_months, between(0.0, 0.1), between(0.0, 0.4), between(0.01, 0.1))
def test_dearer_terms_have_a_higher_true_rate(months, fee, upfront, more):
    rate = true_price(months, fee, upfront).monthly_rate

    assert true_price(months, fee + more, upfront).monthly_rate > rate
    assert true_price(months, fee, upfront + more).monthly_rate > rate


@pytest.mark.parametrize(("fee", "worst"), [(0.005, 26), (0.01, 18), (0.02, 13)])
def test_the_advertisement_understates_most_at_a_middling_length(fee, worst):
    """Long terms approach the flat fee itself: the balance is near nothing, the fee is not."""
    months = np.arange(1, 361)
    price = true_price(months, fee)
    ratio = price.nominal_annual / price.advertised_annual

    assert months[ratio.argmax()] == worst
    assert np.all(np.diff(ratio[:worst]) > 0)
    assert np.all(np.diff(ratio[worst - 1 :]) < 0)


def test_rates_too_small_for_the_closed_form_are_found():
    for target in (1e-12, 1e-9, 9e-8, 2e-7, 1e-5):
        payment = 1.0 / present_value(target, np.ones(36))

        assert internal_rate_of_return(1.0, payment, 36) == pytest.approx(
            target, rel=1e-5, abs=2e-16
        )


def test_rates_beyond_all_reason_are_found():
    rate = internal_rate_of_return(1e-6, 1.0, 12)

    assert present_value(rate, np.ones(12)) == pytest.approx(1e-6, rel=1e-9)


def test_arrays_give_what_their_elements_give():
    months, fees = np.array([1, 3, 12, 36, 360]), np.array([0.0, 0.001, 0.01, 0.1, 1.0])
    together = true_price(months[:, None], fees, 0.05)

    assert together.effective_annual.shape == (5, 5)
    for row, count in enumerate(months):
        for column, fee in enumerate(fees):
            alone = true_price(int(count), float(fee), 0.05)
            assert together.monthly_rate[row, column] == pytest.approx(
                alone.monthly_rate, rel=1e-12, abs=1e-15
            )


def test_every_figure_has_the_shape_of_all_inputs_together():
    price = true_price(np.array([[3], [12]]), 0.01, np.array([0.0, 0.1, 0.2]))

    assert {np.shape(figure) for figure in vars(price).values()} == {(2, 3)}


def test_floats_give_floats():
    assert {type(figure) for figure in vars(true_price(12, 0.01)).values()} == {float}
    assert type(internal_rate_of_return(100.0, 10.0, 12)) is float


def test_interest_by_the_day():
    # 0.05 % a day is 18.25 % a year, 20.0 % with interest on interest.
    rates = annual_from_daily(0.0005)

    assert rates.nominal == pytest.approx(0.1825)
    assert rates.effective == pytest.approx(1.0005**365 - 1)
    assert annual_from_daily(0.0) == (0.0, 0.0)


@given(between(1e-6, 0.01))
def test_interest_on_interest_only_adds(daily):
    rates = annual_from_daily(daily)

    assert rates.effective > rates.nominal > 0


def test_payments_that_only_just_return_the_payout_bear_no_interest():
    assert internal_rate_of_return(1.0, 0.1, 10) == pytest.approx(0.0, abs=1e-15)


@pytest.mark.parametrize(
    ("function", "arguments", "named"),
    [
        (true_price, (0, 0.01), "months"),
        (true_price, (12.5, 0.01), "months"),
        (true_price, (12, -0.01), "monthly_fee"),
        (true_price, (12, 1.01), "monthly_fee"),
        (true_price, (12, 0.01, 1.0), "upfront_fee"),
        (true_price, (12, 0.01, -0.1), "upfront_fee"),
        (instalment_schedule, (0.0, 12, 0.01), "amount"),
        (instalment_schedule, (100.0, 0, 0.01), "months"),
        (instalment_schedule, (100.0, 12, 1.01), "monthly_fee"),
        (instalment_schedule, (100.0, 12, 0.01, 1.0), "upfront_fee"),
        (internal_rate_of_return, (0.0, 1.0, 12), "payout"),
        (internal_rate_of_return, (1.0, 0.0, 12), "payment"),
        (internal_rate_of_return, (1.0, 1.0, 1.5), "months"),
        (annual_from_daily, (-0.001,), "daily_rate"),
        (annual_from_daily, (1.1,), "daily_rate"),
    ],
)
def test_bad_terms_are_named(function, arguments, named):
    with pytest.raises(ValueError, match=f"^{named} must be"):
        function(*arguments)


def test_payments_that_do_not_return_the_payout_are_refused():
    with pytest.raises(
        ValueError, match=r"^payment times months must be no less than payout, but is 90 where"
    ):
        internal_rate_of_return(np.array([50.0, 100.0]), 9.0, 10)
