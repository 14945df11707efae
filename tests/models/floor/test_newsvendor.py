"""The newsvendor's order and profit: textbook numbers, limits, and a search by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.newsvendor import (
    GammaDemand,
    NormalDemand,
    SampleDemand,
    critical_fractile,
    expected_profit,
    expected_revenue,
    order_quantity,
)

WETSUIT = {"price": 190.0, "cost": 110.0, "salvage": 90.0}
margins = st.tuples(st.floats(1, 50), st.floats(0.5, 50), st.floats(0, 50)).map(
    lambda parts: {
        "salvage": parts[2],
        "cost": parts[2] + parts[1],
        "price": parts[2] + parts[1] + parts[0],
    }
)
samples = st.lists(st.integers(0, 500).map(float), min_size=1, max_size=30).map(np.array)


def test_the_wetsuit_of_cachon_and_terwiesch():
    """Matching Supply with Demand: fractile 0.8; an order of 4,196 earns 222,280 dollars."""
    demand = NormalDemand(3192, 1181)

    assert critical_fractile(**WETSUIT) == pytest.approx(0.8)
    assert order_quantity(**WETSUIT, demand=demand) == pytest.approx(4186, abs=1)
    assert demand.expected_sales(4196) == pytest.approx(3062, abs=2)
    assert expected_profit(4196, **WETSUIT, demand=demand) == pytest.approx(222_280, rel=1e-3)


def test_the_newsstand_of_nahmias():
    """Production and Operations Analysis: 25 cents, 75 cents, 10 cents back; order 15."""
    stand = {"price": 75.0, "cost": 25.0, "salvage": 10.0}

    assert critical_fractile(**stand) == pytest.approx(0.77, abs=0.001)
    assert order_quantity(**stand, demand=NormalDemand(11.73, 4.74)) == pytest.approx(15.2, abs=0.1)


def test_exponential_demand_has_a_closed_form():
    demand = GammaDemand(100, 100)

    assert demand.below(100) == pytest.approx(1 - np.exp(-1))
    assert demand.quantile(0.5) == pytest.approx(100 * np.log(2))
    assert demand.expected_sales(100) == pytest.approx(100 * (1 - np.exp(-1)))
    assert demand.below(-5) == 0


def test_nothing_to_salvage_and_a_fair_coin():
    assert critical_fractile(2, 1) == 0.5
    assert order_quantity(2, 1, 0, NormalDemand(70, 20)) == pytest.approx(70)


@pytest.mark.parametrize("kind", [NormalDemand, GammaDemand])
@given(goods=margins, share=st.floats(0.1, 0.9))
def test_no_other_order_earns_more(kind, goods, share):
    demand = kind(1000, 1000 * share)
    best = order_quantity(**goods, demand=demand)
    others = np.append(best * np.array([0.5, 0.9, 0.99, 1.01, 1.1, 2]), np.linspace(0, 3000, 31))

    assert best >= 0
    top = expected_profit(best, **goods, demand=demand)
    assert top >= expected_profit(others, **goods, demand=demand).max() - 1e-9


def test_an_order_is_never_negative():
    """Where a normal demand has its fractile below 0, nothing is best: each piece would lose."""
    demand = NormalDemand(100, 60)
    best = order_quantity(10, 9.9, 0, demand)

    assert best == 0
    assert order_quantity(10, np.array([9.9, 5.0]), 0, demand).tolist() == [0, pytest.approx(100)]
    earned = expected_profit(np.linspace(0, 50, 11), 10, 9.9, 0, demand)
    assert np.all(np.diff(earned) < 0)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: expected_revenue(1, 10, 12, NormalDemand(10, 1)), "salvage must be below the pri"),
        (lambda: expected_revenue(1, -10, 0, NormalDemand(10, 1)), "price must be a number above"),
        (lambda: NormalDemand(10, 1).below(np.nan), "level must be a finite number"),
        (lambda: NormalDemand([1.0, 2], [1.0, 2, 3]), "shapes must match"),
        (lambda: GammaDemand(np.ones(2), 1).quantile(np.full(3, 0.5)), "probability"),
    ],
)
def test_what_makes_no_revenue_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()


@pytest.mark.parametrize("kind", [NormalDemand, GammaDemand])
def test_expected_sales_are_the_mean_of_draws(kind):
    demand = kind(1000, 300)
    levels = np.linspace(0.0005, 0.9995, 1000)
    draws = SampleDemand(np.maximum(demand.quantile(levels), 0))
    orders = np.array([0, 500, 1000, 1500])

    assert demand.expected_sales(orders) == pytest.approx(draws.expected_sales(orders), abs=2)
    assert demand.below(demand.quantile(levels)) == pytest.approx(levels)
    assert demand.expected_sales(1e6) == pytest.approx(1000)


@given(samples, margins)
def test_on_a_sample_the_best_order_is_one_of_the_observations(observed, goods):
    demand = SampleDemand(observed)
    best = order_quantity(**goods, demand=demand)
    rates = [np.minimum(observed, order).mean() for order in observed]

    assert best in observed
    assert demand.expected_sales(observed) == pytest.approx(rates)
    earned = expected_profit(observed, **goods, demand=demand)
    assert expected_profit(best, **goods, demand=demand) == pytest.approx(earned.max(), abs=1e-6)


def test_a_sample_by_hand():
    demand = SampleDemand([4, 2, 2, 8])

    assert demand.below(2) == 0.5
    assert demand.quantile(np.array([0.5, 0.51, 0.9])).tolist() == [2, 4, 8]
    assert demand.expected_sales(3) == (2 + 2 + 3 + 3) / 4
    assert expected_profit(3, 10, 4, 1, demand) == 3 + 9 * 2.5 - 12


@pytest.mark.parametrize("demand", [NormalDemand(100, 30), GammaDemand(100, 30)])
def test_arrays_broadcast(demand):
    prices = np.array([2.0, 4.0])
    orders = order_quantity(prices, 1.0, 0.0, demand)

    assert orders.tolist() == [order_quantity(price, 1.0, 0.0, demand) for price in prices]
    assert expected_profit(orders, prices, 1.0, 0.0, demand).shape == (2,)


@pytest.mark.parametrize(
    ("price", "cost", "salvage", "said"),
    [
        (1, 2, 0, "price must be above the cost 2.0, not 1.0"),
        (3, 2, 2, "salvage must be below the cost 2.0, not 2.0"),
        (3, 2, -1, "salvage must be a number from 0 to 1e\\+15, not -1"),
        (float("nan"), 2, 1, "price must be a number above 0 and at most 1e\\+15, not nan"),
    ],
)
def test_goods_that_make_no_newsvendor_are_refused(price, cost, salvage, said):
    with pytest.raises(ValueError, match=said):
        critical_fractile(price, cost, salvage)


@pytest.mark.parametrize("kind", [NormalDemand, GammaDemand])
def test_demand_refuses_what_is_no_demand(kind):
    with pytest.raises(ValueError, match="sd must be a number above 0 and at most 1e\\+15, not 0"):
        kind(10, 0)
    with pytest.raises(ValueError, match="probability must be a number above 0 and below 1, not 0"):
        kind(10, 1).quantile(0)


def test_a_sample_is_a_list_of_observations():
    with pytest.raises(ValueError, match="observed must be a row of 1 or more numbers"):
        SampleDemand(np.ones((2, 2)))
    with pytest.raises(ValueError, match="observed must be a row of 1 or more numbers"):
        SampleDemand(np.array([]))
    with pytest.raises(ValueError, match="order must be a number of 0 or more, not -1"):
        SampleDemand([1.0]).expected_sales(-1)
