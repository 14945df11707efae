"""The curve of Bass: published pairs, an equation solved by steps, and a fit that finds itself."""

from dataclasses import replace

import numpy as np
import pytest

from netfin.platforms.diffusion import BET, bass_peak, bass_reach, fit_bass, visits


def by_steps(years: float, p: float, q: float, start: float = 0.0) -> float:
    level, steps = start, 200_000
    for _ in range(steps):
        middle = level + years / steps / 2 * (p + q * level) * (1 - level)
        level += years / steps * (p + q * middle) * (1 - middle)
    return level


def test_the_average_pair_of_sultan_farley_and_lehmann():
    """p = 0.03, q = 0.38: the peak is at 6.19 years, 46.05 % reached."""
    assert bass_peak(0.03, 0.38) == pytest.approx((6.1926, 0.46053), abs=1e-4)
    assert bass_reach(5.0, 0.03, 0.38) == pytest.approx(0.3312, abs=1e-4)
    assert bass_reach(10.0, 0.03, 0.38) == pytest.approx(0.8128, abs=1e-4)
    assert bass_reach(2.0, 0.03, 0.38) == pytest.approx(0.0851, abs=1e-4)


def test_other_published_pairs():
    """Air conditioners, colour television, cellular telephones."""
    assert bass_peak(0.010, 0.42).years == pytest.approx(8.69, abs=5e-3)
    assert bass_peak(0.005, 0.84).years == pytest.approx(6.06, abs=5e-3)
    assert bass_peak(0.00471, 0.506).years == pytest.approx(9.16, abs=5e-3)
    assert bass_reach(2.0, 0.00471, 0.506) == pytest.approx(0.0161, abs=1e-4)


def test_the_equation_solved_by_steps():
    assert bass_reach(7.0, 0.02, 0.5) == pytest.approx(by_steps(7.0, 0.02, 0.5), abs=1e-8)
    assert bass_reach(7.0, 0.02, 0.5, 0.2) == pytest.approx(by_steps(7.0, 0.02, 0.5, 0.2), abs=1e-8)


def test_who_takes_it_up_alone_has_no_peak():
    assert bass_peak(0.3, 0.1) == (0.0, 0.0)


def test_refusing_four_fifths_of_the_push_costs_time_and_not_size():
    assert bass_peak(0.006, 0.38).years == pytest.approx(10.75, abs=5e-3)
    assert bass_reach(5.0, 0.006, 0.38) == pytest.approx(0.084, abs=5e-4)
    assert bass_reach(15.0, 0.006, 0.38) == pytest.approx(0.835, abs=5e-4)
    assert bass_reach(60.0, 0.006, 0.38) == pytest.approx(1.0, abs=1e-8)


@pytest.mark.parametrize("ceiling", [1.0, 0.8])
def test_a_fit_finds_the_curve_that_made_the_data(ceiling):
    years = np.arange(0.0, 30.0, 2.0)
    shares = ceiling * np.asarray(bass_reach(years, 0.02, 0.2, 0.05))
    found = fit_bass(years, shares, find_ceiling=ceiling < 1)
    assert found == pytest.approx((0.02, 0.2, ceiling, 0.05 * ceiling), rel=1e-3)
    assert found.reach(50.0) == pytest.approx(ceiling * bass_reach(50.0, 0.02, 0.2, 0.05), rel=1e-4)


def test_visits_by_hand_where_nothing_is_held_back():
    terms = replace(BET, held_back=0.0, decline=0.0)
    assert visits(5.0, 5, terms) - visits(0.0, 5, terms) == pytest.approx(20.0)


def test_visits_by_steps():
    level, sites, steps = 1 / 40, 0.0, 5 * 20_000
    for k in range(steps):
        time = 5 * (k + 0.5) / steps
        q = 0.38 * (0.75 if time < 2 else 1.0)
        sites += (4 * 0.8**time if time < 2 else 0.0) * 5 / steps
        sites += 40 * level * 5 / steps
        level += 5 / steps * (0.01 + q * level) * (1 - level)
    assert visits(2.0, 5) == pytest.approx(sites, abs=2e-3)


def test_dropping_never_pays_where_the_old_holds_nothing_back():
    terms = replace(BET, held_back=0.0)
    found = [visits(float(year), 10, terms) for year in range(11)]
    assert found == sorted(found)


def test_years_that_do_not_rise_are_refused():
    with pytest.raises(ValueError, match="later than the one before"):
        fit_bass(np.array([0.0, 1.0, 1.0, 2.0]), np.array([0.1, 0.2, 0.3, 0.4]))


def test_a_horizon_without_end_is_refused():
    with pytest.raises(ValueError, match="horizon"):
        visits(1.0, 10**9)


def test_a_new_service_that_stays_small_never_pays_for_the_old_site():
    small = replace(BET, potential=10.0)
    for years in (8, 15, 40):
        assert visits(0.0, years, small) < visits(float(years), years, small)
