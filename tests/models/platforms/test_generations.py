"""A generation served first: limits, and half-lives."""

import pytest

from netfin.platforms.generations import still_there, years_together


def test_after_13_years_a_half_is_left_at_5_2_in_a_hundred_a_year():
    assert still_there(13.0, 0.0, 1 - 0.5 ** (1 / 13)) == pytest.approx(0.5)
    assert pytest.approx(0.0519, abs=1e-4) == 1 - 0.5 ** (1 / 13)


def test_sixty_in_a_hundred_leave_at_once():
    assert still_there(0.0, 0.6, 0.05) == pytest.approx(0.4)
    assert still_there(2.0, 0.6, 0.5) == pytest.approx(0.1)


def test_years_summed_one_by_one():
    assert years_together(0.2, 50.0) == pytest.approx(sum(0.8**k for k in range(50)))
    assert years_together(0.0, 50.0) == 50.0
    assert years_together(1.0, 50.0) == 1.0
