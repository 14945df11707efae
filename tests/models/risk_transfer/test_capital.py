"""Capital: Basel's published weights, Modigliani and Miller, and what frictions cost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.pool import PoolTerms
from netfin.risk_transfer.capital import (
    CapitalTerms,
    basel_retail_capital,
    basel_retail_correlation,
    capital_wedge,
    owners_return,
    unexpected_loss,
)


@pytest.mark.parametrize(
    ("chance", "lgd", "correlation", "weight"),
    [
        (0.0003, 0.45, None, 4.45),
        (0.0003, 0.85, None, 8.41),
        (0.01, 0.45, None, 45.77),
        (0.01, 0.85, None, 86.46),
        (0.02, 0.45, None, 57.99),
        (0.025, 0.85, None, 115.03),
        (0.01, 0.45, 0.15, 56.40),
        (0.02, 0.25, 0.15, 48.85),
        (0.01, 0.45, 0.04, 17.22),
        (0.025, 0.85, 0.04, 64.18),
    ],
)
def test_the_risk_weights_that_basel_publishes(chance, lgd, correlation, weight):
    """Basel Committee (2006), Annex 5: other retail, mortgages, cards."""
    capital = basel_retail_capital(chance, lgd, correlation)

    assert 1250 * capital == pytest.approx(weight, abs=0.006)


def test_basel_s_correlation_runs_from_16_to_3_percent():
    assert basel_retail_correlation(0.0) == pytest.approx(0.16)
    assert basel_retail_correlation(1.0) == pytest.approx(0.03)
    assert np.all(np.diff(basel_retail_correlation(np.linspace(0, 1, 101))) < 0)


def test_the_year_in_a_thousand_costs_so_much_beyond_the_average_by_hand():
    """Φ((−1.8808 + 0.3162·3.0902)/0.9487) = 0.1704, of which 60 % are lost, less 1.8 %."""
    assert unexpected_loss() == pytest.approx(0.0843, abs=1e-4)


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_what_never_or_always_happens_takes_no_capital(chance):
    assert unexpected_loss(PoolTerms(chance)) == 0.0
    assert basel_retail_capital(chance, 0.6) == 0.0


def test_a_wrong_correlation_is_named_as_the_caller_knows_it():
    with pytest.raises(ValueError, match=r"^correlation must be a number from 0 to below 1, not 1"):
        basel_retail_capital(0.03, 0.6, 1.0)


@given(st.floats(0.01, 1.0))
def test_modigliani_and_miller_s_capital_costs_nothing(ratio):
    terms = CapitalTerms(asset_return=0.05, funding_rate=0.03)

    assert ratio * owners_return(ratio, terms) + (1 - ratio) * 0.03 == pytest.approx(0.05)


def test_all_capital_earns_what_the_loans_earn():
    assert owners_return(1.0) == pytest.approx(0.03)
    assert owners_return(0.105) == pytest.approx(0.03 + 0.01 * 0.895 / 0.105)


def test_loans_that_earn_less_than_borrowed_money_costs_are_refused():
    """Owners of a tenth would ask for −60 %: they would not be there."""
    terms = CapitalTerms(asset_return=0.03, funding_rate=0.10)

    with pytest.raises(ValueError, match=r"^funding_rate must be a number from 0 to asset_return"):
        owners_return(0.10, terms)
    assert owners_return(0.10, CapitalTerms(asset_return=0.03, funding_rate=0.03)) == 0.03


def test_a_capital_so_thin_that_its_return_is_infinite_is_refused():
    with pytest.raises(ValueError, match=r"^capital_ratio must be a number from 2.2e-308 to 1, "):
        owners_return(1e-320)
    assert np.isfinite(owners_return(1e-300))


def test_ten_points_of_capital_in_the_united_states():
    """Kashyap, Stein & Hanson (2010): a tax of 35 % on debt at 7 % makes 24.5 basis points."""
    wedge = capital_wedge(0.10, 0.15, CapitalTerms(0.08, 0.07, 0.35, 0.0))

    assert 1e4 * wedge.with_frictions == pytest.approx(24.5)
    assert wedge.naive == pytest.approx(0.008)


def test_the_wedge_is_the_sum_of_its_frictions_and_vanishes_without_them():
    wedge = capital_wedge(0.085, 0.12)

    assert wedge.with_frictions == pytest.approx(wedge.tax + wedge.premium)
    assert 1e4 * wedge.naive == pytest.approx(85.0)
    assert capital_wedge(0.085, 0.12, CapitalTerms(0.03, 0.02, 0.0, 0.0)).with_frictions == 0
