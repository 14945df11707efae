"""Two shops and a code: first-order conditions, the tourist test, and where the fee goes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.payments.street import STREET, Codes, StreetTerms, take_the_code

streets = st.builds(
    StreetTerms,
    fee=st.floats(0, 0.03),
    saving=st.floats(0, 0.03),
    convenience=st.floats(0, 0.03),
    wallet_share=st.floats(0.05, 0.95),
    margin=st.floats(0.15, 0.5),
)


def profits(first, second, terms, takes=(True, False)):
    """Profits of both shops at any two prices above cost, by adding up customers."""
    extra = terms.fee - terms.saving
    sold = [0.0, 0.0]
    for share, wallet in ((terms.wallet_share, True), (1 - terms.wallet_share, False)):
        worth = [terms.convenience * (wallet and each) for each in takes]
        goes = 0.5 + (worth[0] - worth[1] + second - first) / (2 * terms.margin)
        for shop, part in enumerate((goes, 1 - goes)):
            cost = extra if wallet and takes[shop] else 0.0
            sold[shop] += share * part * (terms.margin + (first, second)[shop] - cost)
    return np.array(sold) - terms.margin / 2


@given(streets)
def test_no_shop_gains_by_another_price(terms):
    """With one code, a small step away from either price lowers that shop's profit."""
    end = take_the_code(Codes.FIRST, terms)
    up, other = end.price_first, end.price_second
    best = profits(up, other, terms)
    assert best == pytest.approx([end.profit_first, end.profit_second], abs=1e-12)
    for step in (-1e-3, 1e-3):
        assert profits(up + step, other, terms)[0] < best[0]
        assert profits(up, other + step, terms)[1] < best[1]


@given(streets)
def test_once_both_have_it_profits_are_what_they_were(terms):
    end = take_the_code(Codes.BOTH, terms)
    assert (end.profit_first, end.profit_second) == (0.0, 0.0)
    assert profits(end.price_first, end.price_second, terms, (True, True)) == pytest.approx(
        [0.0, 0.0], abs=1e-12
    )


def test_the_tourist_test():
    """Rochet & Tirole (2011): cash customers lose exactly where the fee exceeds the saving."""
    for fee, sign in ((0.001, 1), (0.002, 0), (0.003, -1)):
        end = take_the_code(Codes.BOTH, StreetTerms(fee=fee))
        assert np.sign(round(end.cash, 12)) == sign


@given(streets)
def test_the_fee_is_paid_by_somebody(terms):
    """Both shops: customers' gains, profits and fees add up to what a wallet payment saves."""
    end = take_the_code(Codes.BOTH, terms)
    share = terms.wallet_share
    gains = share * end.wallet + (1 - share) * end.cash + end.profit_first + end.profit_second
    assert gains + end.fees == pytest.approx(share * (terms.convenience + terms.saving))


@given(streets)
def test_with_one_code_the_second_shop_loses_where_the_wallet_is_worth_its_fee(terms):
    """A shop that refuses loses exactly where fee < saving + convenience: it has to take it."""
    gap = terms.saving + terms.convenience - terms.fee
    lost = take_the_code(Codes.FIRST, terms).profit_second
    assert np.sign(lost) == -np.sign(gap) or abs(gap) < 1e-9


def test_who_is_first_gains_about_a_third_of_what_the_wallet_is_worth():
    end = take_the_code(Codes.FIRST, STREET)
    assert end.profit_first == pytest.approx(0.5 * (0.010 - 0.004) / 3, rel=0.05)
    assert take_the_code(Codes.NONE, STREET) == (0.0,) * 7


def test_a_wallet_that_would_win_all_customers_is_refused():
    with pytest.raises(ValueError, match=r"margin must be a number above fee.*not 0.01"):
        StreetTerms(margin=0.01)
