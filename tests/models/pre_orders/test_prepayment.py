"""Orders paid ahead: two limits on one line, sales in advance, early orders, all or nothing."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from netfin.pre_orders.prepayment import (
    advance_or_spot,
    campaign,
    campaign_success,
    forecast_from_early,
    patience_needed,
    prepaid_window,
    reputation,
    seen_in_first_days,
    uncertainty_left,
    whole_weeks,
)

prices = st.floats(1, 1000)
shares = st.floats(0, 1)
names = st.floats(0, 500)


# Too little to fund, too much to trust


def test_the_two_limits_by_hand():
    """A scarf of 160 yuan that costs 100: funded from 62.5 % on, trusted up to 37.5 %."""
    window = prepaid_window(160, 100)

    assert (window.fund_from, window.trust_upto, window.works) == (0.625, 0.375, False)


def test_they_meet_where_name_and_own_money_make_up_twice_the_cost_less_the_price():
    for name, own in ((40, 0), (0, 40), (25, 15)):
        window = prepaid_window(160, 100, name, own)
        assert window.works
        assert window.fund_from == pytest.approx(window.trust_upto)
    assert not prepaid_window(160, 100, 39.9).works


@given(prices, shares, names, names, st.floats(0, 0.95))
def test_holding_money_back_moves_both_limits_alike(price, share, name, own, held):
    paid, kept = (prepaid_window(price, share * price, name, own, h) for h in (0.0, held))

    assert kept.fund_from * (1 - held) == pytest.approx(paid.fund_from)
    assert kept.trust_upto * (1 - held) == pytest.approx(paid.trust_upto)
    assert paid.works or not kept.works


@given(prices, shares, names, names)
def test_a_yuan_of_name_is_worth_a_yuan_of_own_money(price, share, name, own):
    cost = share * price
    window = prepaid_window(price, cost, name, own)

    if abs(own + name - (2 * cost - price)) > 1e-6 * price:
        assert window.works == (own + name >= 2 * cost - price)


@given(prices, shares, names, shares)
def test_at_a_share_up_to_the_limit_the_shop_gains_by_delivering(price, share, name, prepaid):
    cost = share * price
    delivers = price - cost + name
    runs = prepaid * price
    limit = prepaid_window(price, cost, name).trust_upto

    if abs(prepaid - limit) > 1e-9:
        assert (prepaid <= limit) == (delivers >= runs)


def test_escrow_is_safe_and_funds_nothing():
    window = prepaid_window(160, 100, 0, np.array([0, 60, 100, 120]), held=1)

    assert window.fund_from.tolist() == [math.inf, math.inf, 0, 0]
    assert np.isinf(window.trust_upto).all()
    assert window.works.tolist() == [False, False, True, True]


def test_a_shop_that_needs_no_money_needs_no_trust():
    window = prepaid_window(160, 100, own_money=100)

    assert window.fund_from == 0
    assert window.works


def test_a_good_name_is_a_perpetuity():
    """Klein & Leffler (1981): profit for ever, from the next batch on."""
    assert reputation(60, 1 / 1.05) == pytest.approx(60 / 0.05)
    assert reputation(60, 0.5) == 60
    assert reputation(60, 0.0) == 0
    later = sum(60 * 0.8**n for n in range(1, 400))
    assert reputation(60, 0.8) == pytest.approx(later)


@given(prices, st.floats(0.01, 0.99), shares)
def test_at_the_patience_needed_the_name_just_covers_the_temptation(price, share, prepaid):
    cost = share * price
    patience = patience_needed(price, cost, prepaid)
    window = prepaid_window(price, cost, reputation(price - cost, patience))

    if patience > 0:
        assert window.trust_upto == pytest.approx(prepaid)
    else:
        assert window.trust_upto >= prepaid - 1e-9


def test_patience_at_the_ends():
    assert patience_needed(160, 100, 1.0) == pytest.approx(100 / 160)
    assert patience_needed(160, 100, 0.625) == pytest.approx(0.4)
    assert patience_needed(160, 100, 0.0) == 0
    assert patience_needed(160, 160, 0.5) == 1


# Selling in advance


def test_advance_selling_by_hand():
    """Worth 220 or 120, half and half, cost 100: 60 a buyer on the spot, 70 ahead of time."""
    sale = advance_or_spot(220, 120, 0.5, 100)

    assert (sale.spot_price, sale.spot_profit, sale.credible) == (220, 60, True)
    assert (sale.advance_price, sale.advance_profit, sale.regret) == (170, 70, 50)


def test_where_the_low_price_is_the_better_one_buyers_wait():
    sale = advance_or_spot(220, 180, 0.5, 100)
    rash = advance_or_spot(220, 180, 0.5, 100, looks_ahead=False)

    assert not sale.credible
    assert (sale.spot_price, sale.advance_price) == (180, 180)
    assert sale.advance_profit == sale.spot_profit == 80
    assert (rash.advance_price, rash.advance_profit) == (200, 100)


values = st.floats(0, 300)


@given(values, shares, shares, shares)
def test_nobody_can_take_more_than_the_good_is_worth(high, low_part, share, cost_part):
    low, cost = low_part * high, cost_part * high
    sale = advance_or_spot(high, low, share, cost)
    first_degree = share * (high - cost) + (1 - share) * max(low - cost, 0)

    best = max(sale.spot_profit, sale.advance_profit)
    assert best <= first_degree + 1e-9
    if sale.credible and low >= cost:  # Xie & Shugan: all that price discrimination could take
        assert sale.advance_profit == pytest.approx(first_degree)


@given(values, shares, shares, shares)
def test_in_advance_gains_only_if_the_low_value_covers_the_cost(high, low_part, share, cost_part):
    low, cost = low_part * high, cost_part * high
    sale = advance_or_spot(high, low, share, cost)
    gain = sale.advance_profit - sale.spot_profit

    if sale.credible:
        assert gain == pytest.approx((1 - share) * (low - cost), abs=1e-9)
    else:
        assert gain == pytest.approx(0, abs=1e-9)


@given(values, shares, shares)
def test_a_buyer_who_looks_ahead_never_pays_more_in_advance(high, low_part, share):
    ahead = advance_or_spot(high, low_part * high, share, 0.0)
    rash = advance_or_spot(high, low_part * high, share, 0.0, looks_ahead=False)

    assert ahead.advance_price <= rash.advance_price + 1e-9
    assert ahead.spot_price == rash.spot_price


def test_arrays_of_buyers():
    sale = advance_or_spot(220, np.array([80, 120, 180]), 0.5, 100)

    assert sale.credible.tolist() == [True, True, False]
    assert sale.advance_profit.tolist() == [50, 70, 80]


# Information


def test_uncertainty_left_is_a_leg_of_a_right_triangle():
    assert uncertainty_left(0.6) == pytest.approx(0.8)
    assert uncertainty_left(np.array([0, -0.8, 1])).tolist() == pytest.approx([1, 0.6, 0])


def test_the_formula_holds_for_the_errors_of_a_linear_forecast():
    random = np.random.default_rng(1)
    early = random.normal(100, 20, 4000)
    demand = 3 * early + random.normal(500, 45, 4000)
    left = forecast_from_early(early, demand).error.std() / demand.std()

    assert left == pytest.approx(uncertainty_left(np.corrcoef(early, demand)[0, 1]), rel=2e-3)


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=5, max_size=12))
def test_each_forecast_is_a_line_through_the_others(pairs):
    early, demand = np.array(pairs).T
    if np.unique(early.round(3)).size < 4:
        return
    result = forecast_from_early(early, demand)

    for i in range(len(pairs)):
        others = np.arange(len(pairs)) != i
        slope, start = np.polyfit(early[others], demand[others], 1)
        assert result.forecast[i] == pytest.approx(start + slope * early[i], rel=1e-5, abs=1e-4)
    rest = np.delete(result.error, 0)
    assert result.spread[0] == pytest.approx(np.sqrt(np.mean(rest**2)), abs=1e-9)


def test_without_early_orders_the_forecast_is_the_others_mean():
    demand = np.array([10.0, 20, 30, 40])
    result = forecast_from_early(np.zeros(4), demand)

    assert result.forecast.tolist() == pytest.approx([30, 80 / 3, 70 / 3, 20])


def test_orders_that_tell_all_leave_nothing_to_guess():
    early = np.array([1.0, 2, 3, 5, 8])

    assert np.abs(forecast_from_early(early, 7 + 2 * early).error).max() < 1e-12


def test_days_are_added_up():
    early, whole = seen_in_first_days([[1, 2, 3], [4, 5, 6]], 2)

    assert (early.tolist(), whole.tolist()) == ([3, 9], [6, 15])
    assert seen_in_first_days([[1, 2, 3]], 0)[0].tolist() == [0]


def test_weeks_that_lack_a_day_are_left_out():
    dates = np.arange("2017-12-17", "2018-01-07", dtype="datetime64[D]")
    kept = dates != np.datetime64("2017-12-25")
    weeks = whole_weeks(dates[kept].astype(str)[::-1], np.arange(21.0)[kept][::-1])

    assert weeks.tolist() == [[0, 1, 2, 3, 4, 5, 6], [14, 15, 16, 17, 18, 19, 20]]
    assert whole_weeks(dates[:6], np.ones(6)).shape == (0, 7)


# All or nothing


def test_published_binomial_numbers():
    """Tables of the binomial distribution: n = 10, p = 0.5; n = 20, p = 0.3."""
    assert campaign_success(10, 0.5, 5) == pytest.approx(638 / 1024)
    assert campaign_success(20, 0.3, 8) == pytest.approx(0.2277, abs=5e-5)


def test_the_ends_of_a_campaign():
    assert campaign_success(100, 0.3, 0) == 1
    assert campaign_success(100, 0.3, 101) == 0
    assert campaign_success(100, np.array([0, 1]), 100).tolist() == [0, 1]


@given(st.integers(1, 200), shares, st.integers(0, 200), st.floats(0, 100), st.floats(0, 5000))
def test_a_goal_at_break_even_never_harms(visitors, chance, goal, margin, fixed):
    result = campaign(visitors, [chance, 0.5 * chance], goal, margin, fixed)
    best = (
        campaign(
            visitors, [chance, 0.5 * chance], math.ceil(fixed / max(margin, 1e-9)), margin, fixed
        )
        if margin > 1
        else None
    )

    expected = margin * visitors * 0.75 * chance - fixed
    assert result.profit_without_goal == pytest.approx(expected, abs=1e-6)
    if best is not None:
        assert best.profit >= max(result.profit, result.profit_without_goal, 0) - 1e-6


def test_a_campaign_s_success_is_the_mean_over_what_may_be():
    result = campaign(200, [0.1, 0.3], 40, 10, 300)

    expected = (binom.sf(39, 200, 0.1) + binom.sf(39, 200, 0.3)) / 2
    assert result.success == pytest.approx(expected)
    assert campaign(200, [0.1, 0.3], 0, 10, 300).profit == pytest.approx(100)


# Bad input


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: prepaid_window(100, 101), "cost must be no more than the price 100.0, not 101"),
        (lambda: prepaid_window(0, 0), "price must be a number above 0, not 0"),
        (lambda: prepaid_window(160, 100, -1), "reputation must be a number of 0 or more, not -1"),
        (lambda: prepaid_window(160, 100, 0, -1), "own_money must be"),
        (lambda: prepaid_window(160, 100, held=1.1), "held must be a number from 0 to 1, not 1.1"),
        (lambda: reputation(10, 1), "weight_of_future must be a number from 0 to below 1, not 1"),
        (lambda: reputation(math.nan, 0.5), "margin must be"),
        (lambda: patience_needed(160, 100, math.inf), "prepaid must be"),
        (lambda: advance_or_spot(100, 120, 0.5, 50), "low_value must be no more than high_value"),
        (lambda: advance_or_spot(100, 50, 0.5, 120), "cost must be no more than high_value"),
        (lambda: advance_or_spot(100, 50, 2, 20), "high_share must be"),
        (lambda: uncertainty_left(-1.1), "the size of correlation must be .* not 1.1"),
        (lambda: forecast_from_early([1, 2], [1, 2]), "two lists of the same length, 4 or more"),
        (lambda: forecast_from_early([1, 2, 3, 4], [1, 2, 3]), "two lists of the same length"),
        (lambda: forecast_from_early([0, 0, 0, 1], [1, 2, 3, 4]), "what the other periods tell"),
        (lambda: seen_in_first_days([1, 2], 1), "days must be a table, not 1-dimensional"),
        (lambda: seen_in_first_days([[1, 2]], 2), "seen must be less than 2 days, not 2"),
        (lambda: whole_weeks(["2017-01-01"] * 2, [1, 2]), "dates must be a list of different days"),
        (lambda: campaign_success(10, 0.5, 1.5), "goal must be a whole number of 0 or more"),
        (lambda: campaign(0, [0.5], 1, 1, 1), "visitors must be a whole number of 1 or more"),
    ],
)
def test_bad_input_is_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()
