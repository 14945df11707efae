"""What a loan must cost: published cases, limits, and what must hold for every borrower."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import between, lending_terms, shares

from netfin import facts
from netfin.lending import (
    BANK,
    SHOP_PLATFORM,
    LendingTerms,
    ShopLenderTerms,
    break_even_rate,
    decompose,
    margin_at,
)
from netfin.terms import parameters

FREE = LendingTerms(
    default_probability=0.0,
    loss_given_default=0.0,
    funding_rate=0.0,
    operating_cost=0.0,
    capital_ratio=0.0,
    required_return=0.0,
)


def test_saunders_and_cornett_one_period_loan():
    # Financial Institutions Management, figure "Treasury and BB-rated corporate": i = 5.05 %,
    # k = 10.80 %, nothing recovered; p(1 + k) = 1 + i gives p = 94.81 %.
    repaid = 0.9481
    loan = replace(
        FREE, default_probability=1 - repaid, loss_given_default=1.0, funding_rate=0.0505
    )

    assert break_even_rate(loan) == pytest.approx(0.1080, abs=5e-5)


def test_a_loan_worked_by_hand():
    # 100 lent, 3 % default, 60 % of that lost; funds 2 %, handling 2 %, and 10.5 of owners' money
    # at 12 % in place of 2 %: (2 + 2 + 1.8 + 1.05) / 0.97.
    assert break_even_rate(BANK) == pytest.approx(0.0685 / 0.97)


def test_money_for_nothing_is_lent_for_nothing():
    assert break_even_rate(FREE) == 0.0


def test_without_default_the_rate_is_the_sum_of_the_costs():
    safe = replace(BANK, default_probability=0.0)

    assert break_even_rate(safe) == pytest.approx(0.02 + 0.02 + 0.105 * 0.10)


def test_a_loan_funded_by_owners_alone_costs_what_they_ask():
    own = replace(FREE, capital_ratio=1.0, funding_rate=0.03, required_return=0.12)

    assert break_even_rate(own) == pytest.approx(0.12)


def test_owners_who_ask_less_than_savers_lower_the_rate():
    modest = replace(FREE, capital_ratio=0.5, funding_rate=0.06, required_return=0.02)

    assert modest.capital_charge == pytest.approx(-0.02)
    assert break_even_rate(modest) == pytest.approx(0.04)


@given(lending_terms)
def test_the_parts_add_up_to_the_rate(terms):
    parts = decompose(terms)

    assert sum(parts) == pytest.approx(break_even_rate(terms), rel=1e-12, abs=1e-15)
    assert parts.rate == pytest.approx(break_even_rate(terms), rel=1e-12, abs=1e-15)


@given(lending_terms)
def test_each_part_is_what_its_name_says(terms):
    parts = decompose(terms)

    assert parts.funding == terms.funding_rate
    assert parts.operating == terms.operating_cost
    assert parts.expected_loss == terms.default_probability * terms.loss_given_default
    assert parts.unpaid_interest == terms.default_probability * break_even_rate(terms)
    assert parts.capital_charge == terms.capital_charge
    assert parts.profit == terms.profit


@given(lending_terms)
def test_the_break_even_rate_breaks_even_in_an_expected_year(terms):
    left = margin_at(break_even_rate(terms), terms.default_probability, terms)

    assert left == pytest.approx(terms.profit, abs=1e-12)


@given(lending_terms)
def test_what_comes_in_pays_everyone_who_put_money_in(terms):
    """The same loan followed in cash: a hundred customers, their lenders, their owners."""
    rate, lost = break_even_rate(terms), terms.default_probability
    received = 100 * (1 - lost) * (1 + rate) + 100 * lost * (1 - terms.loss_given_default)
    lenders = 100 * (1 - terms.capital_ratio) * (1 + terms.funding_rate)
    owners = 100 * terms.capital_ratio * (1 + terms.required_return)

    assert received == pytest.approx(
        lenders + owners + 100 * terms.operating_cost + 100 * terms.profit
    )


@pytest.mark.parametrize(
    "name",
    ["default_probability", "loss_given_default", "funding_rate", "operating_cost", "profit"],
)
@given(terms=lending_terms, more=between(0.001, 0.05))
def test_the_rate_rises_with_every_cost(name, terms, more):
    # Interior values, in which each cost has weight.
    terms = replace(terms, default_probability=0.1, loss_given_default=0.5, capital_ratio=0.4)

    assert break_even_rate(replace(terms, **{name: getattr(terms, name) + more})) > break_even_rate(
        terms
    )


@given(lending_terms, shares, shares)
def test_every_further_default_costs_the_lender_rate_and_principal(terms, one, other):
    rate = 0.2
    change = margin_at(rate, one, terms) - margin_at(rate, other, terms)

    assert change == pytest.approx(-(one - other) * (rate + terms.loss_given_default), abs=1e-12)


def test_the_expected_default_plays_no_part_once_the_year_is_over():
    risky = replace(BANK, default_probability=0.5, profit=0.1)

    assert margin_at(0.08, 0.02, risky) == margin_at(0.08, 0.02, BANK)


def test_a_negative_rate_has_a_margin():
    assert margin_at(-0.01, 0.0, FREE) == pytest.approx(-0.01)


def test_fields_of_different_shape_broadcast():
    grid = LendingTerms(
        default_probability=np.array([[0.01], [0.02]]), funding_rate=np.array([0.01, 0.02, 0.03])
    )

    assert break_even_rate(grid).shape == (2, 3)
    assert break_even_rate(grid)[1, 2] == break_even_rate(
        LendingTerms(default_probability=0.02, funding_rate=0.03)
    )


@pytest.mark.parametrize("name", [field.name for field in fields(LendingTerms)])
@pytest.mark.parametrize("bad", [-0.01, 1.01])
def test_a_lending_term_is_a_share(name, bad):
    with pytest.raises(ValueError, match=f"^{name} must be a number from 0 to (below )?1, not"):
        LendingTerms(**{name: bad})


def test_loans_that_all_default_have_no_price():
    with pytest.raises(ValueError, match="default_probability must be a number from 0 to below 1"):
        LendingTerms(default_probability=1.0)


def test_loans_that_nearly_all_default_are_as_dear_as_they_are_rarely_repaid():
    nearly = replace(BANK, default_probability=1 - 1e-9)

    assert break_even_rate(nearly) == pytest.approx((0.0505 + 0.60) / 1e-9, rel=1e-6)


@pytest.mark.parametrize("terms", [LendingTerms, ShopLenderTerms])
def test_every_parameter_says_what_it_is_and_whence(terms):
    about = parameters(terms)

    assert list(about) == [field.name for field in fields(LendingTerms)]
    assert all(each.symbol and each.unit and each.source for each in about.values())
    assert len({each.symbol for each in about.values()}) == len(about)


def test_terms_cannot_be_changed_by_accident():
    with pytest.raises(AttributeError):
        BANK.funding_rate = 0.5


def test_what_the_platform_has_of_its_own_has_its_own_source():
    """A bank's reason is none for a platform: where the numbers differ, so do the sources."""
    banks, shops = parameters(LendingTerms), parameters(ShopLenderTerms)
    for name in banks:
        same = getattr(BANK, name) == getattr(SHOP_PLATFORM, name)
        assert (banks[name].source == shops[name].source) == same


def test_the_platform_has_its_least_own_money_beside_bonds_and_securities():
    most = facts.load()[parameters(ShopLenderTerms)["capital_ratio"].fact].number
    assert SHOP_PLATFORM.capital_ratio == pytest.approx(1 / (1 + most))


def test_the_platform_pays_more_for_money_and_less_for_handling():
    assert SHOP_PLATFORM.funding_rate > BANK.funding_rate
    assert SHOP_PLATFORM.operating_cost < BANK.operating_cost
    assert SHOP_PLATFORM.expected_loss == BANK.expected_loss


@given(lending_terms, st.integers(2, 5))
def test_when_every_cost_is_divided_so_is_the_rate(terms, times):
    scaled = replace(
        terms,
        funding_rate=terms.funding_rate / times,
        operating_cost=terms.operating_cost / times,
        loss_given_default=terms.loss_given_default / times,
        required_return=terms.required_return / times,
        profit=terms.profit / times,
    )

    assert break_even_rate(scaled) * times == pytest.approx(break_even_rate(terms), abs=1e-12)
