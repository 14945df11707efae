"""Stakes, screening, lending again, and what capital costs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.risk_transfer.pool import POOL, PoolTerms, expected_loss_up_to
from netfin.risk_transfer.retention import (
    CapitalTerms,
    Retention,
    capital_wedge,
    default_probability_at_stake,
    first_loss_stake,
    lent_after,
    lent_in_the_end,
    marginal_stake,
    owners_return,
    retained_under,
    screening,
)

chances = st.floats(0.005, 0.5)
correlations = st.floats(0.02, 0.6)
thicknesses = st.floats(0.005, 0.5)


@given(chances, correlations, thicknesses)
def test_a_stake_is_the_slope_of_the_expected_loss(chance, rho, thickness):
    step = 1e-5
    more, less = (
        expected_loss_up_to(thickness, PoolTerms(chance + by, 0.6, rho)) for by in (step, -step)
    )

    stake = first_loss_stake(thickness, PoolTerms(chance, 0.6, rho))
    assert stake == pytest.approx((more - less) / (2 * step * 0.6), abs=1e-4)


@given(correlations, thicknesses)
def test_a_first_loss_gives_less_the_worse_the_loans(rho, thickness):
    stakes = first_loss_stake(thickness, PoolTerms(np.linspace(0.005, 0.9, 50), 0.6, rho))

    assert np.all(np.diff(stakes) <= 0)
    assert np.all((stakes >= 0) & (stakes <= 1))


@given(chances, correlations)
def test_a_thicker_first_loss_gives_more(chance, rho):
    stakes = first_loss_stake(np.linspace(0, 1, 21), PoolTerms(chance, 0.6, rho))

    assert np.all(np.diff(stakes) >= 0)
    assert stakes[0] == 0
    assert stakes[-1] == 1  # it bears whatever can be lost


def test_five_percent_in_two_shapes():
    assert marginal_stake(Retention(0.05, 0.0)) == 0.05
    assert marginal_stake(Retention(0.0, 0.05)) == pytest.approx(0.898, abs=1e-3)
    assert marginal_stake(Retention(0.5, 0.05)) == pytest.approx(0.5 + 0.5 * 0.898, abs=1e-3)
    assert first_loss_stake(0.05, PoolTerms(0.30)) < 0.01


def test_a_stake_without_doubt_is_all_or_nothing():
    """With hardly any correlation the slice of 5 % holds to PD = 0.05/0.60 and not beyond."""
    sure = PoolTerms(np.array([0.08, 0.0867]), 0.6, 1e-6)

    assert first_loss_stake(0.05, sure) == pytest.approx([1.0, 0.0], abs=1e-9)


@given(st.floats(0.01, 0.99), thicknesses, correlations)
def test_the_default_probability_at_a_stake_gives_back_the_stake(stake, thickness, rho):
    pool = PoolTerms(asset_correlation=rho)
    chance = default_probability_at_stake(stake, thickness, pool)
    if 1e-6 < chance < 1 - 1e-6:
        there = PoolTerms(chance, 0.6, rho)
        assert first_loss_stake(thickness, there) == pytest.approx(stake, abs=1e-6)


def test_who_keeps_a_part_of_every_loan_screens_by_that_part():
    for share in (0.05, 0.30, 1.0):
        kept = Retention(share, 0.0)
        assert screening(kept, 0.10, 0.03, POOL) == pytest.approx(share, abs=1e-3)


def test_who_keeps_a_thick_first_loss_screens_as_if_all_were_kept():
    assert screening(Retention(0.0, 0.6), 0.10, 0.03, POOL) == pytest.approx(1.0, abs=1e-3)


def test_screening_falls_off_a_cliff_where_years_are_alike():
    chances = np.array([0.11, 0.12])
    before, after = screening(Retention(0.0, 0.05), chances, 0.06, PoolTerms(0.03, 0.6, 0.02))

    assert before > 0.9
    assert after < 0.1


def test_the_chosen_screening_is_no_dearer_than_any_other():
    kept, pool = Retention(0.1, 0.05), POOL
    chosen = 0.03 * screening(kept, 0.10, 0.03, pool)

    def cost(x):
        loans = PoolTerms(0.10 - x)
        first = expected_loss_up_to(0.05, loans)
        return 0.1 * loans.expected_loss + 0.9 * first + 0.6 * x**2 / 0.06

    assert all(cost(chosen) <= cost(x) + 1e-9 for x in np.linspace(0, 0.03, 301))


def test_lending_again_and_again():
    assert lent_after(np.array([1, 2, 3]), 0.3) == pytest.approx([1.0, 1.7, 2.19])
    assert lent_after(5, 0.0) == 5
    assert lent_after(5, 1.0) == 1
    assert lent_after(1000, 0.07) == pytest.approx(lent_in_the_end(0.07))
    assert lent_in_the_end(0.07) == pytest.approx(14.2857, abs=1e-4)


@given(st.integers(1, 200), st.floats(0.01, 1.0))
def test_lending_is_own_money_and_what_was_sold(rounds, kept):
    """Each round lends what the last one brought in, so sold + own = lent."""
    lent = lent_after(rounds, kept)
    sold = (1 - kept) * lent_after(rounds - 1, kept) if rounds > 1 else 0.0

    assert lent == pytest.approx(1 + sold)
    assert lent <= lent_in_the_end(kept) + 1e-9


def test_a_cap_on_debt_is_a_retained_share():
    assert retained_under(np.array([0.0, 4.0, 5.0])) == pytest.approx([1.0, 0.2, 1 / 6])
    assert lent_in_the_end(retained_under(2.3)) == pytest.approx(3.3)


@given(st.floats(0.01, 1.0))
def test_modigliani_and_miller_s_capital_costs_nothing(ratio):
    terms = CapitalTerms(asset_return=0.05, funding_rate=0.03)

    assert ratio * owners_return(ratio, terms) + (1 - ratio) * 0.03 == pytest.approx(0.05)


def test_all_capital_earns_what_the_loans_earn():
    assert owners_return(1.0) == pytest.approx(0.03)
    assert owners_return(0.105) == pytest.approx(0.03 + 0.01 * 0.895 / 0.105)


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


def test_what_is_out_of_range_is_named():
    with pytest.raises(ValueError, match="first_loss must be a number from 0 to 1, not 2"):
        first_loss_stake(2.0)
    with pytest.raises(ValueError, match="default_probability must be a number above 0, not 0"):
        first_loss_stake(0.05, PoolTerms(0.0))
    with pytest.raises(ValueError, match="default_probability must be a number below 1, not 1"):
        first_loss_stake(0.05, PoolTerms(1.0))
    with pytest.raises(ValueError, match="asset_correlation must be a number above 0, not 0"):
        default_probability_at_stake(0.3, 0.05, PoolTerms(asset_correlation=0.0))
    with pytest.raises(ValueError, match=r"unscreened must be a number above reach = 0\.03 "):
        screening(Retention(), 0.02, 0.03, POOL)
    with pytest.raises(ValueError, match=r"unscreened must be .* below 1"):
        screening(Retention(), 1.0, 0.03, POOL)
    with pytest.raises(ValueError, match="rounds must be a whole number of 1 or more, not 0"):
        lent_after(0, 0.1)
    with pytest.raises(ValueError, match="retained must be a number above 0, not 0"):
        lent_in_the_end(0.0)
    with pytest.raises(ValueError, match="capital_ratio must be a number above 0"):
        owners_return(0.0)
    with pytest.raises(ValueError, match="debt_to_capital must be a number of 0 or more"):
        retained_under(-1.0)
    with pytest.raises(ValueError, match="vertical must be a number from 0 to 1, not nan"):
        Retention(float("nan"))
