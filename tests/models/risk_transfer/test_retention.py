"""Stakes, screening, and lending again."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from netfin.pool import POOL, PoolTerms, expected_loss_up_to
from netfin.risk_transfer.retention import (
    Retention,
    credit_multiplier,
    credit_multiplier_limit,
    default_probability_at_stake,
    first_loss_stake,
    marginal_stake,
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
    chance = default_probability_at_stake(stake, thickness, PoolTerms(asset_correlation=rho))
    assume(1e-6 < chance < 1 - 1e-6)

    there = PoolTerms(chance, 0.6, rho)
    assert first_loss_stake(thickness, there) == pytest.approx(stake, abs=1e-6)


@pytest.mark.parametrize(
    ("stake", "thickness", "chance"),
    [
        (0.0, 0.0, 0.0),  # nothing kept, nothing at stake whatever the loans
        (0.5, 0.0, 0.0),
        (1.0, 1.0, 0.0),  # nobody has more at stake than everything
        (1.0, 0.05, 0.0),
        (0.0, 0.05, 1.0),  # something is at stake until all default
        (0.5, 1.0, 1.0),  # all is kept, and all at stake whatever the loans
    ],
)
def test_the_default_probability_at_the_ends(stake, thickness, chance):
    assert default_probability_at_stake(stake, thickness) == chance


def test_the_pool_s_own_defaults_play_no_part_in_the_level_at_a_stake():
    assert default_probability_at_stake(0.3, 0.05, PoolTerms(0.0)) == pytest.approx(
        default_probability_at_stake(0.3, 0.05, PoolTerms(0.5))
    )


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
    assert credit_multiplier(np.array([1, 2, 3]), 0.3) == pytest.approx([1.0, 1.7, 2.19])
    assert credit_multiplier(5, 0.0) == 5
    assert credit_multiplier(5, 1.0) == 1
    assert credit_multiplier(1000, 0.07) == pytest.approx(credit_multiplier_limit(0.07))
    assert credit_multiplier_limit(0.07) == pytest.approx(14.2857, abs=1e-4)
    with pytest.raises(ValueError, match=r"^retained must be a number from 2.2e-308 to 1"):
        credit_multiplier_limit(1e-320)


@pytest.mark.parametrize("retained", [1e-14, 1e-16, 1e-17, 1e-300])
def test_hardly_anything_retained_is_nothing_retained(retained):
    assert credit_multiplier(1000, retained) == pytest.approx(1000, rel=1e-9)


@given(st.integers(1, 200), st.floats(0.01, 1.0))
def test_lending_is_own_money_and_what_was_sold(rounds, kept):
    """Each round lends what the last one brought in, so sold + own = lent."""
    lent = credit_multiplier(rounds, kept)
    sold = (1 - kept) * credit_multiplier(rounds - 1, kept) if rounds > 1 else 0.0

    assert lent == pytest.approx(1 + sold)
    assert lent <= credit_multiplier_limit(kept) + 1e-9


def test_many_shops_at_once_are_screened_as_each_alone():
    without = np.array([[0.08, 0.10], [0.12, 0.14]])
    together = screening(Retention(), without, 0.06, POOL)

    assert together.tolist() == [
        [screening(Retention(), float(chance), 0.06, POOL) for chance in row] for row in without
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("default_probability", 0.0),
        ("default_probability", 1.0),
        ("loss_given_default", 0.0),
        ("asset_correlation", 0.0),
    ],
)
def test_a_pool_in_which_a_stake_has_no_meaning_is_refused(name, value):
    with pytest.raises(ValueError, match=rf"^{name} must be a number above 0.* not {value:g}$"):
        first_loss_stake(0.05, PoolTerms(**{name: value}))


@pytest.mark.parametrize("unscreened", [0.02, 0.03, 1.0])
def test_what_screening_cannot_lower_is_refused(unscreened):
    with pytest.raises(ValueError, match=r"unscreened must be a number above reach = 0\.03 and"):
        screening(Retention(), unscreened, 0.03, POOL)


def test_screening_is_of_one_pool_and_one_retention():
    with pytest.raises(ValueError, match=r"^retention must hold single numbers"):
        screening(Retention(first_loss=np.array([0.05, 0.1])), 0.1, 0.03, POOL)
    with pytest.raises(ValueError, match=r"^pool must hold single numbers"):
        screening(Retention(), 0.1, 0.03, PoolTerms(asset_correlation=np.array([0.05, 0.1])))
