"""What a goal stops: against slices of demand, the newsvendor, and by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.newsvendor import GammaDemand, expected_profit
from netfin.pre_orders.stopped import earned_below, pays_from


@given(st.floats(0, 3000), st.floats(100, 900), st.floats(0, 1), st.floats(0, 90))
def test_it_is_a_sum_over_what_may_be(level, spread, usable, salvage):
    demand = GammaDemand(1000, spread)
    wanted = demand.quantile((np.arange(20_000) + 0.5) / 20_000)
    sold = np.minimum(wanted, 1000 * usable)
    earned = 160 * sold + salvage * (1000 * usable - sold) - 100_000
    by_slices = np.mean(np.where(wanted < level, earned, 0))

    found = earned_below(level, 1000, 160, 100, salvage, demand, usable)
    assert found == pytest.approx(by_slices, abs=20)


def test_without_a_level_it_is_the_newsvendor_s_profit():
    demand = GammaDemand(1000, 400)

    assert earned_below(1e9, 800, 160, 100, 40, demand) == pytest.approx(
        expected_profit(800, 160, 100, 40, demand)
    )
    assert earned_below(0, 800, 160, 100, 40, demand) == 0


def test_a_batch_pays_from_where_sales_and_left_overs_make_up_its_cost():
    """500 sold at 160 and 500 sold off at 40 bring in the 100,000 yuan that 1,000 cost."""
    assert pays_from(1000, 160, 100, 40) == 500
    assert pays_from(1000, 200, 120, 0) == 600
    assert pays_from(1000, 160, 100, np.array([0, 100])).tolist() == [625, 0]


def test_the_most_that_a_level_saves_is_at_the_sales_that_pay():
    demand, levels = GammaDemand(1000, 400), np.arange(1.0, 1500.0)
    earned = earned_below(levels, 1000, 160, 100, 40, demand)

    assert levels[np.argmin(earned)] == 500


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: pays_from(1000, 160, 170, 40), "cost must be no more than price"),
        (lambda: pays_from(1000, 160, 100, 110), "salvage must be no more than cost"),
        (lambda: pays_from(1000, 100, 100, 100), "salvage must be below the price 100"),
    ],
)
def test_bad_input_is_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()
