"""Prices of two sides: the first-order conditions of Rochet & Tirole, and a cap."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.two_sides import TWO_SIDES, TwoSidesTerms, best_prices, capped_prices

sides = st.builds(
    TwoSidesTerms,
    user_choke=st.floats(0.001, 0.05),
    shop_choke=st.floats(0.001, 0.05),
    payment_cost=st.floats(0.0, 0.0019),
)


@given(sides)
def test_the_rule_of_rochet_and_tirole(terms):
    """p_B + p_S − c = p_B/η_B = p_S/η_S, with η = p / (A − p)."""
    users, shops = best_prices(terms)
    margin = users + shops - terms.payment_cost
    assert terms.user_choke - users == pytest.approx(margin)
    assert terms.shop_choke - shops == pytest.approx(margin)


def test_users_are_paid_to_come():
    """A_B = 0.2, A_S = 1.0, c = 0.1 % of a sale: −1/6 and 19/30 %."""
    assert best_prices() == pytest.approx((-0.01 / 6, 0.19 / 30))


def test_a_grid_finds_the_same_prices():
    users, shops = np.meshgrid(np.linspace(-0.005, 0.002, 1401), np.linspace(0, 0.01, 2001))
    profit = (users + shops - 0.001) * (0.002 - users) * (0.010 - shops)
    best = np.unravel_index(profit.argmax(), profit.shape)
    assert best_prices() == pytest.approx((users[best], shops[best]), abs=1e-5)


@given(sides)
def test_users_are_paid_where_shops_would_pay_much_more(terms):
    paid = 2 * terms.user_choke + terms.payment_cost < terms.shop_choke
    assert (best_prices(terms).users < 0) == paid


def test_a_cap_on_the_shop_shrinks_what_users_are_paid():
    assert capped_prices(0.004) == pytest.approx((-0.0005, 0.004))
    assert capped_prices(1.0) == pytest.approx(best_prices())
    assert capped_prices(0.0) == pytest.approx((0.0015, 0.0))
    assert capped_prices(0.0, TwoSidesTerms(0.001, 0.01, 0.005)).users == 0.001


def test_a_payment_dearer_than_both_would_pay_is_refused():
    with pytest.raises(ValueError, match=r"payment_cost must be a number below.*not 0.02"):
        TwoSidesTerms(TWO_SIDES.user_choke, TWO_SIDES.shop_choke, 0.02)
