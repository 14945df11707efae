"""A pool of customers: the published multiples, sorting, and what a newcomer is worth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.merchants.pool import (
    CUSTOMERS,
    CustomerTerms,
    in_year,
    lifetime_multiple,
    worth_by_the_average,
    years_to_pay_back,
)

kinds = st.builds(
    CustomerTerms,
    loyal_share=st.floats(0.05, 0.95),
    loyal=st.floats(0.5, 0.95),
    fickle=st.floats(0.0, 0.5),
    discount=st.floats(0.02, 0.5),
)


@pytest.mark.parametrize(
    ("discount", "multiples"),
    [
        (0.10, (1.20, 1.75, 2.67, 4.50)),
        (0.12, (1.15, 1.67, 2.50, 4.09)),
        (0.16, (1.07, 1.52, 2.22, 3.46)),
    ],
)
def test_the_margin_multiples_of_gupta_and_lehmann(discount, multiples):
    """Their table counts from the second purchase on."""
    found = np.asarray(lifetime_multiple(np.array([0.6, 0.7, 0.8, 0.9]), discount)) - 1
    assert found == pytest.approx(multiples, abs=0.005)


def test_loyalty_that_grows_by_itself():
    seen = [in_year(year).returns for year in (1, 2, 3)]
    assert seen == pytest.approx([0.6, 0.75, 0.84])
    assert in_year(1).worth == pytest.approx(40 * (5.5 + 1.375) / 2)
    assert worth_by_the_average() == pytest.approx(40 * 2.2)


def test_the_worth_is_the_sum_of_all_purchases():
    years = np.arange(1, 200)
    still = np.array([in_year(float(year)).still for year in years])
    assert in_year(1).worth == pytest.approx(40 * np.sum(still / 1.1 ** (years - 1)))


@given(kinds, st.integers(1, 30))
def test_who_stays_longer_seems_more_loyal_though_nobody_changes(terms, year):
    now, then = in_year(float(year), terms), in_year(float(year + 1), terms)
    assert then.returns >= now.returns - 1e-12
    assert then.still == pytest.approx(now.still * now.returns)
    assert terms.fickle - 1e-12 <= now.returns <= terms.loyal + 1e-12


@given(kinds)
def test_the_first_average_values_too_little(terms):
    assert worth_by_the_average(terms) <= in_year(1.0, terms).worth + 1e-9


def test_one_kind_alone_never_changes_its_average():
    same = CustomerTerms(loyal=0.7, fickle=0.7)
    assert in_year(np.array([1.0, 5.0, 200.0]), same).returns == pytest.approx([0.7] * 3)


def test_payback():
    assert years_to_pay_back(CustomerTerms(price=40.0)) == 1
    assert years_to_pay_back(CustomerTerms(price=40.1)) == 2
    assert np.isinf(years_to_pay_back(CustomerTerms(price=138.0)))
    assert years_to_pay_back(CUSTOMERS) == 6


def test_years_beyond_counting_are_refused():
    with pytest.raises(ValueError, match=r"year must be a whole number up to 200, not 201"):
        in_year(201)


def test_the_last_customers_are_loyal():
    gone = CustomerTerms(loyal=0.0, fickle=0.0)
    assert in_year(3, gone).loyal_share == 0.5
    assert in_year(3, CustomerTerms(loyal=0.9, fickle=0.0)).loyal_share == 1.0
    assert in_year(3, CustomerTerms(loyal=0.0, fickle=0.0, loyal_share=0.2)).returns == 0.0
