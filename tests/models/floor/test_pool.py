"""The losses of a pool: published numbers, limits, and other ways to the same numbers."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import multivariate_normal, norm
from strategies import chances, limits, losses_given_default, pools

from netfin.pool import (
    POOL,
    PoolTerms,
    default_share,
    expected_loss_up_to,
    loss_quantile,
    simulate_pool,
)
from netfin.risk_transfer.tranches import expected_tranche_losses, waterfall


def loss_probability(loss, pool):
    """Vasicek (2002): a pool loses at most so much with Φ((√(1 − ρ)Φ⁻¹(ℓ/LGD) − Φ⁻¹(PD))/√ρ)."""
    reached = norm.ppf(loss / pool.loss_given_default)
    rho, threshold = pool.asset_correlation, norm.ppf(pool.default_probability)
    return norm.cdf((np.sqrt(1 - rho) * reached - threshold) / np.sqrt(rho))


def test_hull_s_retail_pool():
    """Hull, Risk Management and Financial Institutions: worst case default rate 12.8 %."""
    pool = PoolTerms(default_probability=0.02, loss_given_default=0.40, asset_correlation=0.1)

    assert loss_quantile(0.999, PoolTerms(0.02, 1.0, 0.1)) == pytest.approx(0.128, abs=5e-4)
    assert 100 * loss_quantile(0.999, pool) == pytest.approx(5.13, abs=5e-3)


def test_without_correlation_every_year_is_the_same():
    pool = PoolTerms(asset_correlation=0.0)

    assert default_share(-3.0, pool) == pytest.approx(0.03)
    assert loss_quantile(np.array([0.0, 0.5, 0.999]), pool) == pytest.approx([0.018] * 3)
    assert expected_loss_up_to(np.array([0, 0.01, 0.018, 0.02]), pool) == pytest.approx(
        [0, 0.01, 0.018, 0.018]
    )


def test_loans_that_never_or_always_default():
    assert expected_loss_up_to(0.05, PoolTerms(0.0, 0.6, 0.1)) == 0.0
    assert expected_loss_up_to(0.05, PoolTerms(1.0, 0.6, 0.1)) == pytest.approx(0.05)
    assert loss_quantile(0.999, PoolTerms(0.0, 0.6, 0.1)) == 0.0
    assert loss_quantile(0.0, PoolTerms(1.0, 0.6, 0.1)) == pytest.approx(0.6)
    assert default_share(np.array([-40.0, 40.0]), PoolTerms(0.0)).tolist() == [0.0, 0.0]
    assert default_share(np.array([-40.0, 40.0]), PoolTerms(1.0)).tolist() == [1.0, 1.0]


@given(pools, st.floats(0.0001, 0.9999))
def test_quantile_and_probability_undo_each_other(pool, level):
    loss = loss_quantile(level, pool)
    assume(pool.asset_correlation > 0.001)
    assume(1e-4 < loss / pool.loss_given_default < 0.9999)

    assert loss_probability(loss, pool) == pytest.approx(level, abs=1e-6)


@given(chances, losses_given_default, st.floats(1e-12, 0.9))
def test_the_best_of_all_years_costs_nothing_and_the_worst_everything(chance, lgd, rho):
    pool = PoolTerms(chance, lgd, rho)

    assert loss_quantile(0.0, pool) == 0.0
    assert loss_quantile(1.0, pool) == lgd


@given(st.floats(0.0001, 0.9999))
def test_hardly_any_correlation_is_none(level):
    hardly, none = (PoolTerms(asset_correlation=rho) for rho in (1e-16, 0.0))

    assert loss_quantile(level, hardly) == pytest.approx(loss_quantile(level, none), rel=1e-5)
    assert expected_loss_up_to(0.01, hardly) == pytest.approx(0.01)


@pytest.mark.parametrize("rho", [0.999999, 1 - 1e-16])
def test_borrowers_who_all_move_together_default_together(rho):
    """All default in 3 years of 100, and none in the others."""
    together = PoolTerms(0.03, 0.60, rho)

    levels = np.array([0.5, 0.96, 0.98, 0.999])
    assert loss_quantile(levels, together) == pytest.approx([0, 0, 0.60, 0.60], abs=1e-9)
    assert expected_loss_up_to(0.10, together) == pytest.approx(0.03 * 0.10, abs=2e-5)


def test_loans_of_which_everything_comes_back_lose_nothing():
    safe = PoolTerms(loss_given_default=0.0)

    assert expected_loss_up_to(np.array([0.0, 0.05, 1.0]), safe).tolist() == [0.0, 0.0, 0.0]
    assert loss_quantile(0.999, safe) == 0.0


@given(pools, limits)
def test_the_first_part_of_a_loss_by_integration(pool, limit):
    """Midpoint sums over the years' probabilities, another way to the same number."""
    ranks = (np.arange(20_000) + 0.5) / 20_000
    losses = loss_quantile(ranks, pool)

    assert expected_loss_up_to(limit, pool) == pytest.approx(
        np.minimum(losses, limit).mean(), abs=5e-4
    )
    assert expected_loss_up_to(1.0, pool) == pytest.approx(pool.expected_loss, abs=1e-12)


@given(chances, st.floats(0.01, 0.9), st.floats(0.01, 0.99))
def test_the_first_part_of_a_loss_by_the_bivariate_normal(chance, rho, share):
    """Pykhtin & Dev (2002), with scipy's bivariate normal in place of Owen's T."""
    year = (norm.ppf(chance) - np.sqrt(1 - rho) * norm.ppf(share)) / np.sqrt(rho)
    cov = [[1, np.sqrt(rho)], [np.sqrt(rho), 1]]
    both = multivariate_normal([0, 0], cov).cdf([norm.ppf(chance), year])

    expected = chance - both + share * norm.cdf(year)
    assert expected_loss_up_to(share, PoolTerms(chance, 1.0, rho)) == pytest.approx(
        expected, abs=1e-6
    )


def test_the_middle_of_the_bivariate_normal_is_an_arc_sine():
    """Φ₂(0, 0; r) = 1/4 + arcsin(r)/2π: half of all loans, half of all years."""
    part = expected_loss_up_to(0.5, PoolTerms(0.5, 1.0, 0.25))

    assert part == pytest.approx(0.5 - (0.25 + np.arcsin(0.5) / (2 * np.pi)) + 0.25)


def test_a_simulated_pool_of_ten_thousand_has_the_formula_s_losses():
    losses = simulate_pool(np.random.default_rng(7), 10_000, 200_000)

    assert losses.mean() == pytest.approx(POOL.expected_loss, abs=1e-4)
    assert np.quantile(losses, 0.999) == pytest.approx(loss_quantile(0.999), rel=0.03)
    assert waterfall(losses).junior.mean() == pytest.approx(
        expected_tranche_losses().junior, abs=1e-4
    )
    assert np.mean(losses > 0.07) == pytest.approx(1 - loss_probability(0.07, POOL), abs=5e-4)


def test_a_few_loans_spread_more_than_many():
    rng = np.random.default_rng(1)
    few, many = (simulate_pool(rng, n, 20_000, PoolTerms(0.03, 1.0, 0.0)) for n in (100, 10_000))

    assert few.std() == pytest.approx(np.sqrt(0.03 * 0.97 / 100), rel=0.03)
    assert many.std() == pytest.approx(few.std() / 10, rel=0.05)


def test_a_pool_is_simulated_one_at_a_time_and_within_reason():
    rng = np.random.default_rng(7)

    with pytest.raises(ValueError, match=r"^pool must hold single numbers, .* of shape \(2,\)$"):
        simulate_pool(rng, 100, 2, PoolTerms(np.array([0.01, 0.03])))
    with pytest.raises(ValueError, match=r"^loans must be a whole number of at most 1,000,000,000"):
        simulate_pool(rng, 10**19, 2)


@pytest.mark.parametrize("name", ["default_probability", "loss_given_default", "asset_correlation"])
@pytest.mark.parametrize("bad", [-0.1, 1.1])
def test_a_pool_is_made_of_shares(name, bad):
    with pytest.raises(ValueError, match=rf"{name} must be a number from 0 to (below )?1, not"):
        PoolTerms(**{name: bad})


def test_pools_of_different_shapes_are_named():
    pool = PoolTerms(np.array([0.01, 0.03, 0.1]))

    with pytest.raises(ValueError, match=r"are: level \(2,\), pool \(3,\)$"):
        loss_quantile(np.array([0.5, 0.9]), pool)
