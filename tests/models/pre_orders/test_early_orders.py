"""What early orders tell: lines through the others, whole weeks, first days."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from netfin.pre_orders.early_orders import (
    forecast_from_early,
    seen_in_first_days,
    uncertainty_left,
    whole_weeks,
)


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
    assume(np.unique(early.round(3)).size >= 4)
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


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: uncertainty_left(-1.1), "correlation must be a number from −1 to 1, not -1.1"),
        (lambda: forecast_from_early([1, 2], [1, 2]), "early must be a row of 4 or more numbers"),
        (lambda: forecast_from_early([1, 2, 3, 4], [1, 2, 3]), "demand must be a row of 4 or"),
        (lambda: forecast_from_early([1, 2, 3, 4], [1] * 5), "early has 4, demand has 5"),
        (lambda: forecast_from_early([0, 0, 0, 1], [1, 2, 3, 4]), "early must differ in"),
        (lambda: seen_in_first_days([1, 2], 1), "days must be a table, not 1-dimensional"),
        (lambda: seen_in_first_days([[1, 2]], 2), "seen must be less than 2 days, not 2"),
        (lambda: seen_in_first_days([[1, np.nan]], 1), "days must be a number of 0 or more"),
        (lambda: whole_weeks(["2017-01-01"] * 2, [1, 2]), "dates must be a list of different"),
        (lambda: whole_weeks(["2017-01-01"], [1, 2]), "dates must be a list of different days"),
        (lambda: whole_weeks(["someday"], [1]), "dates must be a list of days, as year-month-day"),
        (lambda: whole_weeks([42736], [1]), "dates must be a list of days, as year-month-day"),
        (lambda: whole_weeks([None], [1]), "dates must be a list of days, as year-month-day"),
        (lambda: whole_weeks("2017-01-01", [1]), "dates must be a list of days"),
    ],
)
def test_bad_input_is_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_days_come_in_any_form_of_date():
    texts = [f"2017-01-0{day}" for day in range(1, 8)]
    for dates in (texts, pd.Series(pd.to_datetime(texts)), np.array(texts, "datetime64[D]")):
        assert whole_weeks(dates, range(7)).tolist() == [[0, 1, 2, 3, 4, 5, 6]]


@pytest.mark.parametrize("size", [1e-300, 1.0, 1e200])
def test_pieces_of_any_size_are_forecast_alike(size):
    early, demand = np.array([1.0, 2, 4, 3, 6]), np.array([10.0, 21, 38, 33, 61])
    plain, large = (
        forecast_from_early(early, demand),
        forecast_from_early(size * early, size * demand),
    )

    for one, other in zip(plain, large, strict=True):
        assert other == pytest.approx(size * one)
