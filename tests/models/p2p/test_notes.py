"""Notes: one by hand, many by the binomial, very many by Vasicek; and instalments."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from netfin.p2p.instalments import money_back, monthly_payment, still_owed
from netfin.p2p.notes import (
    NOTE,
    NoteTerms,
    chance_of_loss,
    chance_of_loss_at_most,
    expected_return,
    spreading_turns_at,
    turning_default,
    worst_return,
)
from netfin.pool import PoolTerms, chance_beyond, loss_quantile

BAD = replace(NOTE, default_probability=0.20)


def test_one_note_loses_when_its_borrower_does():
    for rho in (0.0, 0.1, 0.5):
        assert chance_of_loss(1, replace(NOTE, asset_correlation=rho)) == pytest.approx(0.05)


@pytest.mark.parametrize("notes", [5, 50, 200, 1000])
def test_without_correlation_it_is_the_binomial(notes):
    bearable = notes * 14 // 79  # defaults, 14 and 65 being whole

    assert chance_of_loss(notes, BAD) == pytest.approx(binom.sf(bearable, notes, 0.2))


def test_spreading_a_bad_bargain_makes_the_loss_sure():
    lost = chance_of_loss(np.array([1, 200, 1000]), BAD)

    assert np.round(100 * lost) == pytest.approx([20, 78, 96])
    assert chance_of_loss(200, NOTE) < 1e-9


def test_a_return_of_nothing_is_no_loss():
    even = NoteTerms(gain=0.5, loss=0.5, default_probability=0.5)

    assert chance_of_loss(2, even) == pytest.approx(0.25)


def test_many_correlated_notes_come_near_to_infinitely_many():
    linked = replace(BAD, asset_correlation=0.1)

    assert chance_of_loss(10_000, linked) == pytest.approx(chance_of_loss_at_most(linked), abs=1e-3)


def test_a_simulation_agrees():
    rng = np.random.default_rng(5)
    rho, years, notes = 0.1, 100_000, 50
    shared = np.sqrt(rho) * rng.standard_normal(years)
    from scipy.special import ndtr, ndtri

    defaults = rng.binomial(notes, ndtr((ndtri(0.2) - shared) / np.sqrt(1 - rho)))
    lost = np.mean(0.14 * (notes - defaults) - 0.65 * defaults < 0)

    assert chance_of_loss(notes, replace(BAD, asset_correlation=rho)) == pytest.approx(
        lost, abs=0.006
    )


def test_beyond_is_the_inverse_of_the_quantile_published_by_hull():
    pool = PoolTerms(0.02, 0.40, 0.10)  # Hull's example: 12.8 of 100 default in such a year

    assert loss_quantile(0.999, pool) == pytest.approx(0.128 * 0.40, abs=2e-4)
    assert chance_beyond(loss_quantile(0.999, pool), pool) == pytest.approx(0.001)


@pytest.mark.parametrize(
    ("limit", "pool", "chance"),
    [
        (0.0, PoolTerms(0.0), 0.0),
        (0.0, PoolTerms(0.05), 1.0),
        (0.6, PoolTerms(0.05), 0.0),
        (0.02, PoolTerms(0.05, 0.6, 0.0), 1.0),
        (0.04, PoolTerms(0.05, 0.6, 0.0), 0.0),
    ],
)
def test_beyond_at_its_ends(limit, pool, chance):
    assert chance_beyond(limit, pool) == chance


def test_where_spreading_turns():
    assert turning_default() == pytest.approx(14 / 79)
    assert spreading_turns_at() == pytest.approx(14 / 79)
    linked = replace(NOTE, asset_correlation=0.1)
    at = replace(linked, default_probability=spreading_turns_at(linked))
    assert chance_of_loss_at_most(at) == pytest.approx(at.default_probability)


def test_the_mean_over_the_years_is_the_expected_return():
    linked = replace(NOTE, asset_correlation=0.15)
    levels = (np.arange(20_000) + 0.5) / 20_000

    assert np.mean(worst_return(levels, linked)) == pytest.approx(expected_return(linked), abs=1e-5)


@given(st.floats(0.01, 0.99), st.floats(0.0, 0.5))
def test_a_chance_is_a_chance_and_rises_with_defaults(chance, rho):
    terms = NoteTerms(0.14, 0.65, chance, rho)
    worse = replace(terms, default_probability=chance + 0.005)

    assert 0.0 <= chance_of_loss(20, terms) <= chance_of_loss(20, worse) + 1e-9 <= 1.0 + 1e-8


def test_more_notes_than_the_model_takes():
    with pytest.raises(ValueError, match="notes must be whole numbers of at most 10,000"):
        chance_of_loss(10_001)


def test_a_published_mortgage():
    """A loan of 100,000 at 9.5 % over 360 months, as in Fabozzi's textbook of bond markets."""
    assert 100_000 * monthly_payment(0.095, 360) == pytest.approx(840.85, abs=0.005)
    assert 100_000 * still_owed(1, 0.095, 360) == pytest.approx(99_950.81, abs=0.01)


def test_instalments_at_their_ends():
    assert monthly_payment(0.0, 36) == pytest.approx(1 / 36)
    assert still_owed(12, 0.0, 36) == pytest.approx(24 / 36)
    assert money_back(0, 0.14, 36, 0.35) == pytest.approx(0.35)
    assert money_back(36, 0.14, 36, 0.35) == pytest.approx(36 * monthly_payment(0.14, 36))
    with pytest.raises(ValueError, match="paid must be whole numbers from 0 to months"):
        money_back(37, 0.14, 36, 0.0)


@given(st.integers(0, 35), st.floats(0.001, 1.0))
def test_what_is_owed_earns_the_rate_and_falls_by_the_payment(paid, rate):
    next_month = still_owed(paid, rate, 36) * (1 + rate / 12) - monthly_payment(rate, 36)

    assert still_owed(paid + 1, rate, 36) == pytest.approx(next_month, abs=1e-12)
