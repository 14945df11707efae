"""A shock that hits every applicant."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from netfin.scoring.ranking import auc
from netfin.scoring.shocks import common_shock, expected_auc


def bells(area: float, bad: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scores of two bells on a grid, the default probability at each, and how many stand there."""
    apart = 2**0.5 * norm.ppf(area)
    scores = np.linspace(-6.0, apart + 6.0, 4001)
    good, lost = (1.0 - bad) * norm.pdf(scores - apart), bad * norm.pdf(scores)
    return scores, lost / (good + lost), good + lost


def test_every_ones_odds_rise_by_the_same_factor():
    before, weights = np.array([0.02, 0.1, 0.4]), np.array([6.0, 3.0, 1.0])
    after = common_shock(before, weights, 0.2)

    factors = after / (1 - after) / (before / (1 - before))
    assert factors == pytest.approx(np.full(3, factors[0]))
    assert weights @ after / 10 == pytest.approx(0.2)


def test_without_a_shock_nothing_changes():
    before, weights = np.array([0.02, 0.1, 0.4]), np.array([6.0, 3.0, 1.0])
    assert common_shock(before, weights, float(weights @ before / 10)) == pytest.approx(before)


def test_the_same_shops_in_a_shock_are_a_little_harder_to_tell_apart():
    """An AUC of 78 % and 8 bad in 100; twice as many bad, the shops the same: 77.3 %."""
    scores, before, weights = bells(0.78, 0.08)
    after = common_shock(before, weights, 0.16)

    assert expected_auc(scores, before, weights) == pytest.approx(0.78, abs=1e-5)
    assert expected_auc(scores, after, weights) == pytest.approx(0.773, abs=5e-4)


def test_more_of_the_same_bad_leave_the_ranking_as_it_was():
    scores, before, weights = bells(0.78, 0.16)
    assert expected_auc(scores, before, weights) == pytest.approx(0.78, abs=1e-5)


def test_outcomes_that_are_nearly_sure_give_the_ordinary_auc():
    scores, bad = np.array([1.0, 2.0, 2.0, 3.0, 5.0]), np.array([1.0, 0.0, 1.0, 1.0, 0.0])
    sure = np.clip(bad, 1e-12, 1 - 1e-12)
    assert expected_auc(scores, sure, np.ones(5)) == pytest.approx(auc(scores, bad))
