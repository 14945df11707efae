"""The true price of instalment credit, against published rates and the schedule itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import between

from netfin.annuity import internal_rate_of_return
from netfin.spread.instalments import instalment_schedule, true_price

terms_in_months = st.integers(1, 360)


def present_value(rate, payments):
    """What payments at the ends of months 1, 2, … are worth now, summed one by one."""
    months = np.arange(1, len(payments) + 1)
    return float(np.sum(np.asarray(payments) / (1 + rate) ** months))


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


def test_a_schedule_ends_within_a_century():
    assert instalment_schedule(100, 1200, 0.01).month[-1] == 1200
    with pytest.raises(ValueError, match="months must be a whole number from 1 to 1200, not 1201"):
        instalment_schedule(100, 1201, 0.01)


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


def test_every_figure_has_the_shape_of_all_inputs_together():
    price = true_price(np.array([[3], [12]]), 0.01, np.array([0.0, 0.1, 0.2]))

    assert {np.shape(figure) for figure in vars(price).values()} == {(2, 3)}


@pytest.mark.parametrize(
    ("months", "fee", "monthly_rate"),
    [(1e8, 1e-6, 1.01e-6), (1e9, 0.006, 0.006000001), (1e18, 0.006, 0.006)],
)
def test_endless_instalments_cost_their_payment(months, fee, monthly_rate):
    # A perpetuity: the rate is the payment itself, 1/n and the fee.
    assert true_price(months, fee).monthly_rate == pytest.approx(monthly_rate, rel=1e-9)
