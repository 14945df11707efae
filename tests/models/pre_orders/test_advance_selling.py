"""Selling ahead of time or on the spot: by hand, and what can be taken at most."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from netfin.pre_orders.advance_selling import advance_or_spot
from netfin.pre_orders.statements import AHEAD
from netfin.turning import turning

shares = st.floats(0, 1)
values = st.floats(0, 300)


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


@given(values, shares, shares, shares)
def test_nobody_can_take_more_than_the_good_is_worth(high, low_part, share, cost_part):
    low, cost = low_part * high, cost_part * high
    sale = advance_or_spot(high, low, share, cost)
    first_degree = share * (high - cost) + (1 - share) * max(low - cost, 0)

    assert max(sale.spot_profit, sale.advance_profit) <= first_degree + 1e-9


@given(values, shares, shares, shares)
def test_where_the_high_price_is_credible_ahead_takes_all_there_is(high, low_part, share, part):
    """Xie & Shugan (2001): all that price discrimination could take, if the low value covers
    the cost; beyond the spot it gains (1 − q)(L − C), a loss where it does not.
    """
    low = low_part * high
    cost = part * high
    sale = advance_or_spot(high, low, share, cost)
    assume(sale.credible)

    gain = sale.advance_profit - sale.spot_profit
    assert gain == pytest.approx((1 - share) * (low - cost), abs=1e-9)


@given(values, shares, shares, shares)
def test_where_it_is_not_ahead_earns_what_the_spot_does(high, low_part, share, cost_part):
    low, cost = low_part * high, cost_part * high
    sale = advance_or_spot(high, low, share, cost)
    assume(not sale.credible)

    assert sale.advance_profit == pytest.approx(sale.spot_profit, abs=1e-9)


@given(values, shares, shares)
def test_a_buyer_who_looks_ahead_never_pays_more_in_advance(high, low_part, share):
    ahead = advance_or_spot(high, low_part * high, share, 0.0)
    rash = advance_or_spot(high, low_part * high, share, 0.0, looks_ahead=False)

    assert ahead.advance_price <= rash.advance_price + 1e-9
    assert ahead.spot_price == rash.spot_price


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: advance_or_spot(100, 120, 0.5, 50), "low_value must be no more than high_value"),
        (lambda: advance_or_spot(100, 50, 0.5, 120), "cost must be no more than high_value, 100"),
    ],
)
def test_bad_input_is_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_the_statement_counts_those_for_whom_the_piece_is_not_worth_making():
    """Worth 80 to the others at a cost of 100: ahead 50 a buyer, on the spot 60."""
    draw = AHEAD.state({"low": np.array([80.0])})

    assert AHEAD.takes(draw).all()
    assert not AHEAD.truth(draw).any()
    assert not AHEAD.rule.holds(draw).any()
    low = next(each for each in turning(AHEAD).deciders if each.name == "low")
    assert [turn["low"] for turn in low.turns] == pytest.approx([100, 160])
