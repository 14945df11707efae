"""Dearest money, cheapest loan: what commission on new sales does to a loan rate."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from strategies import between, lending_terms, shares

from netfin.lending import BANK, SHOP_PLATFORM, break_even_rate
from netfin.spread.commission import extra_sales_to_undercut, platform_break_even


@given(lending_terms, shares)
def test_without_new_sales_or_commission_it_is_an_ordinary_lender(terms, take_rate):
    assert platform_break_even(take_rate, 0.0, terms) == break_even_rate(terms)
    assert platform_break_even(0.0, 3.0, terms) == break_even_rate(terms)


def test_a_platform_worked_by_hand():
    # Funds 6 %, a fifth of them owners' at 15 %, handling 1 %, loss 1.8 %; commission 5 % of
    # 1.5 yuan of new sales: (6 + 1.8 + 1 + 1.8 - 7.5) / 0.97.
    assert platform_break_even(0.05, 1.5) == pytest.approx(0.031 / 0.97)


@given(lending_terms, shares, between(0.0, 5.0))
def test_commission_is_one_more_income_beside_the_interest(terms, take_rate, sales):
    rate = platform_break_even(take_rate, sales, terms)
    interest = rate * (1 - terms.default_probability)

    assert interest + take_rate * sales == pytest.approx(terms.cost, abs=1e-12)


@given(lending_terms, between(0.01, 1.0), between(0.0, 5.0), between(0.01, 5.0))
def test_the_rate_falls_with_new_sales(terms, take_rate, sales, more):
    assert platform_break_even(take_rate, sales + more, terms) < platform_break_even(
        take_rate, sales, terms
    )


def test_enough_commission_pays_the_shop_to_borrow():
    enough = SHOP_PLATFORM.cost / 0.05

    assert platform_break_even(0.05, enough) == pytest.approx(0.0, abs=1e-15)
    assert platform_break_even(0.05, 2 * enough) == pytest.approx(-SHOP_PLATFORM.cost / 0.97)


@given(lending_terms, lending_terms, between(0.001, 1.0))
def test_at_the_crossing_both_lend_at_one_rate(bank, platform, take_rate):
    assume(break_even_rate(platform) > break_even_rate(bank))
    sales = extra_sales_to_undercut(bank, platform, take_rate)

    assert platform_break_even(take_rate, sales, platform) == pytest.approx(
        break_even_rate(bank), abs=1e-9
    )


def test_the_crossing_of_the_default_lenders():
    # The platform's loan costs it 10.6 %, the bank's rate brings in 6.85 %: 3.75 points to find.
    assert extra_sales_to_undercut() == pytest.approx(0.0375 / 0.05)


def test_a_platform_that_is_no_dearer_needs_no_sales():
    assert extra_sales_to_undercut(BANK, BANK, 0.05) == pytest.approx(0.0, abs=1e-12)
    assert extra_sales_to_undercut(BANK, replace(BANK, funding_rate=0.01), 0.0) == 0.0


def test_a_dearer_platform_without_commission_never_undercuts():
    assert extra_sales_to_undercut(take_rate=0.0) == np.inf
