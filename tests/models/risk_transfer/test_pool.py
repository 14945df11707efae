"""The losses of a pool and of its slices: published numbers, limits, and parts that add up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multivariate_normal, norm

from netfin.risk_transfer.pool import (
    POOL,
    STRUCTURE,
    PoolTerms,
    Structure,
    basel_retail_capital,
    basel_retail_correlation,
    default_share,
    expected_loss_up_to,
    expected_slices,
    loss_probability,
    loss_quantile,
    simulate_pool,
    slices_at,
    unexpected_loss,
    waterfall,
)

chances = st.floats(0.001, 0.6)
correlations = st.floats(0.0, 0.9)
losses_given_default = st.floats(0.05, 1.0)
pools = st.builds(PoolTerms, chances, losses_given_default, correlations)
limits = st.floats(0.0, 1.0)
structures = st.builds(Structure, st.floats(0.0, 0.5), st.floats(0.0, 0.5), st.floats(0.0, 0.3))


def test_hull_s_retail_pool():
    """Hull, Risk Management and Financial Institutions: worst case default rate 12.8 %."""
    pool = PoolTerms(default_probability=0.02, loss_given_default=0.40, asset_correlation=0.1)

    assert loss_quantile(0.999, PoolTerms(0.02, 1.0, 0.1)) == pytest.approx(0.128, abs=5e-4)
    assert 100 * loss_quantile(0.999, pool) == pytest.approx(5.13, abs=5e-3)


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


def test_without_correlation_every_year_is_the_same():
    pool = PoolTerms(asset_correlation=0.0)

    assert default_share(-3.0, pool) == pytest.approx(0.03)
    assert loss_quantile(np.array([0.0, 0.5, 0.999]), pool) == pytest.approx([0.018] * 3)
    assert expected_loss_up_to(np.array([0, 0.01, 0.018, 0.02]), pool) == pytest.approx(
        [0, 0.01, 0.018, 0.018]
    )
    assert loss_probability(np.array([0.017, 0.019]), pool).tolist() == [0.0, 1.0]


def test_borrowers_who_all_move_together_default_together():
    together = PoolTerms(0.03, 0.60, 0.999999)

    assert loss_probability(0.30, together) == pytest.approx(0.97, abs=1e-4)
    assert loss_quantile(0.999, together) == pytest.approx(0.60)
    assert expected_loss_up_to(0.10, together) == pytest.approx(0.03 * 0.10, abs=2e-5)


def test_loans_that_never_or_always_default():
    assert expected_loss_up_to(0.05, PoolTerms(0.0, 0.6, 0.1)) == 0.0
    assert expected_loss_up_to(0.05, PoolTerms(1.0, 0.6, 0.1)) == pytest.approx(0.05)
    assert loss_quantile(0.999, PoolTerms(0.0, 0.6, 0.1)) == 0.0
    assert loss_quantile(0.0, PoolTerms(1.0, 0.6, 0.1)) == pytest.approx(0.6)


@given(pools, st.floats(0.0001, 0.9999))
def test_quantile_and_probability_undo_each_other(pool, level):
    loss = loss_quantile(level, pool)
    if pool.asset_correlation > 0.001 and 1e-4 < loss / pool.loss_given_default < 0.9999:
        assert loss_probability(loss, pool) == pytest.approx(level, abs=1e-6)


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


@given(pools, structures)
def test_slices_add_up_to_the_pool(pool, structure):
    for slices, whole in (
        (expected_slices(pool, structure), pool.expected_loss),
        (slices_at(0.999, pool, structure), loss_quantile(0.999, pool)),
    ):
        assert slices.total == pytest.approx(whole, abs=1e-9)
        assert min(slices) >= 0
        assert slices.excess_spread <= structure.excess_spread + 1e-12
        assert slices.junior <= structure.junior + 1e-12
        assert slices.mezzanine <= structure.mezzanine + 1e-12


@given(limits, structures)
def test_a_later_slice_pays_only_when_the_earlier_are_used_up(loss, structure):
    slices = waterfall(loss, structure)
    sizes = (structure.excess_spread, structure.junior, structure.mezzanine)
    for paid, size, after in zip(slices, sizes, slices[1:], strict=False):
        assert after == 0 or paid == pytest.approx(size)


def test_the_worst_of_a_thousand_years_by_hand():
    """Φ((−1.8808 + 0.3162·3.0902)/0.9487) = 0.1704; of 10.2 % the junior bears 7, mezzanine 3.2."""
    slices = slices_at(0.999)

    assert slices.total == pytest.approx(0.1023, abs=1e-4)
    assert slices.junior == 0.07
    assert slices.mezzanine == pytest.approx(0.0323, abs=1e-4)
    assert slices.senior == 0.0
    assert unexpected_loss() == pytest.approx(0.0843, abs=1e-4)


@given(pools, st.floats(0.0, 0.05))
def test_excess_spread_takes_from_every_later_slice(pool, spread):
    bare, shielded = expected_slices(pool), expected_slices(pool, Structure(excess_spread=spread))

    assert shielded.junior <= bare.junior + 1e-9
    assert shielded.mezzanine <= bare.mezzanine + 0.04
    assert shielded.senior <= bare.senior + 1e-9


@given(st.floats(0.01, 0.4), st.floats(0.01, 0.8))
def test_correlation_moves_loss_from_the_junior_to_the_senior(chance, rho):
    less, more = (expected_slices(PoolTerms(chance, 0.6, r)) for r in (rho, rho + 0.1))

    assert more.junior <= less.junior + 1e-12
    assert more.senior >= less.senior - 1e-12


def test_a_simulated_pool_of_ten_thousand_has_the_formula_s_losses():
    losses = simulate_pool(np.random.default_rng(7), 10_000, 200_000)

    assert losses.mean() == pytest.approx(POOL.expected_loss, abs=1e-4)
    assert np.quantile(losses, 0.999) == pytest.approx(loss_quantile(0.999), rel=0.03)
    assert waterfall(losses).junior.mean() == pytest.approx(expected_slices().junior, abs=1e-4)
    assert np.mean(losses > 0.07) == pytest.approx(1 - loss_probability(0.07), abs=5e-4)


def test_a_few_loans_spread_more_than_many():
    rng = np.random.default_rng(1)
    few, many = (simulate_pool(rng, n, 20_000, PoolTerms(0.03, 1.0, 0.0)) for n in (100, 10_000))

    assert few.std() == pytest.approx(np.sqrt(0.03 * 0.97 / 100), rel=0.03)
    assert many.std() == pytest.approx(few.std() / 10, rel=0.05)


def test_arrays_go_through_at_once():
    pool = PoolTerms(np.array([0.01, 0.03, 0.1]))
    slices = expected_slices(pool, STRUCTURE)

    for i, chance in enumerate([0.01, 0.03, 0.1]):
        assert slices.junior[i] == expected_slices(PoolTerms(chance)).junior
    assert loss_quantile(np.array([0.5, 0.9]), POOL).shape == (2,)


@pytest.mark.parametrize("bad", [-0.1, 1.1, float("nan"), float("inf")])
@pytest.mark.parametrize("name", ["default_probability", "loss_given_default", "asset_correlation"])
def test_a_pool_is_made_of_shares(name, bad):
    with pytest.raises(ValueError, match=rf"{name} must be a number from 0 to (below )?1, not"):
        PoolTerms(**{name: bad})


def test_what_is_out_of_range_is_named():
    with pytest.raises(ValueError, match="asset_correlation must be a number from 0 to below 1"):
        PoolTerms(asset_correlation=1.0)
    with pytest.raises(ValueError, match=r"junior and mezzanine must together .* 0\.7 and 0\.4"):
        Structure(0.7, 0.4)
    with pytest.raises(ValueError, match="level must be a number from 0 to below 1, not 1"):
        loss_quantile(1.0)
    with pytest.raises(ValueError, match="loss must be a number from 0 to 1, not 2"):
        waterfall(2.0)
    with pytest.raises(ValueError, match=r"limit must be a number from 0 to 1, not -0\.1"):
        expected_loss_up_to(-0.1)
    with pytest.raises(ValueError, match="factor must be a finite number"):
        default_share(float("nan"))
    with pytest.raises(ValueError, match="loans must be a whole number of 1 or more, not 0"):
        simulate_pool(np.random.default_rng(), 0, 10)
    with pytest.raises(ValueError, match="loss_given_default must be a number above 0"):
        loss_probability(0.1, PoolTerms(loss_given_default=0.0))
