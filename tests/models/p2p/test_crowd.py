"""Opinions, those who look and those who do not, grades, and a pot."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.p2p.crowd import crowd_auc, effective_opinions, experts_who_empty, passive_return
from netfin.p2p.grades import default_bounds, left_after_fee
from netfin.p2p.guarantee import (
    GUARANTEED,
    POT,
    GuaranteeTerms,
    pot_fails,
    years_to_fill,
)
from netfin.p2p.instalments import monthly_payment
from netfin.p2p.notes import NOTE, NoteTerms, expected_return
from netfin.pool import PoolTerms, loss_quantile
from netfin.realised import realised_spread


def test_correlated_opinions():
    worth = effective_opinions(100, np.array([0.0, 0.1, 0.3, 0.5, 1.0]))

    assert worth == pytest.approx([100, 100 / 10.9, 100 / 30.7, 100 / 50.5, 1])
    assert effective_opinions(1e12, 0.1) == pytest.approx(10)  # one over the correlation
    with pytest.raises(ValueError, match="opinions must be numbers of 1 or more"):
        effective_opinions(0.5, 0.1)


def test_the_mean_of_opinions_by_simulation():
    rng = np.random.default_rng(3)
    people, correlation = 9, 0.25
    distance = 0.5
    noise = np.sqrt(correlation) * rng.standard_normal((2, 40_000, 1)) + np.sqrt(
        1 - correlation
    ) * rng.standard_normal((2, 40_000, people))
    bad, good = noise.mean(axis=2)
    from scipy.special import ndtr

    single = ndtr(distance / np.sqrt(2))
    assert crowd_auc(single, people, correlation) == pytest.approx(
        np.mean(good + distance > bad), abs=0.006
    )
    assert crowd_auc(0.5, 100, 0.1) == pytest.approx(0.5)


def test_fifteen_of_a_hundred_empty_the_pool():
    notes = NoteTerms(gain=0.08, loss=0.60, default_probability=0.10)

    assert expected_return(notes) == pytest.approx(0.012)
    assert passive_return(0.15, notes) == pytest.approx(0.0, abs=1e-12)
    assert experts_who_empty(notes) == pytest.approx(0.15)
    assert passive_return(0.9, notes) == pytest.approx(-0.60)
    assert experts_who_empty(NoteTerms(default_probability=0.5)) == 0.0
    with pytest.raises(ValueError, match="experts must be numbers from 0 to 1 − PD"):
        passive_return(0.91, notes)


@given(st.floats(0.0, 0.9), st.floats(0.0, 0.1))
def test_all_savers_together_earn_what_the_notes_bring(experts, bad):
    notes = NoteTerms(default_probability=bad)
    together = experts * NOTE.gain + (1 - experts) * passive_return(experts, notes)

    assert together == pytest.approx(expected_return(notes))


def test_a_young_file():
    bounds = default_bounds(10, 70, 20)

    assert bounds == pytest.approx((0.10, 0.125, 0.30))
    assert default_bounds(10, 70, 0) == pytest.approx((0.125, 0.125, 0.125))
    with pytest.raises(ValueError, match="charged_off plus repaid"):
        default_bounds(0, 0, 5)


def test_a_fee_on_payments_by_hand():
    # 100 lent for a year at 10 %, all repaid: 110 come in, 1 % of which is 1.1
    taken = left_after_fee(0.10, 0.10, 0.0, 0.01)
    assert taken == pytest.approx((0.011, 0.089))
    spread = realised_spread(0.12, 0.1, 0.05)
    assert sum(left_after_fee(0.12, 0.1, 0.05, 0.02)) == pytest.approx(spread.remaining)


def test_the_fee_that_lending_club_published():
    """Its fee of 1 % cost 0.72 % a year on average on loans of three years (Renton, 2012)."""
    paid = 36 * monthly_payment(0.12, 36)

    assert left_after_fee(0.12, paid - 1, 0.0, 0.01).fee == pytest.approx(0.0072, abs=2e-4)


def test_a_pot():
    enough = GuaranteeTerms(pot=float(loss_quantile(0.999, GUARANTEED)), fee=0.0)

    assert pot_fails(enough) == pytest.approx(0.001)
    assert pot_fails(GuaranteeTerms(1.0, 1.0)) == 0.0


def test_years_to_fill():
    never = GuaranteeTerms(pot=0.0, fee=float(GUARANTEED.expected_loss))
    even = PoolTerms(0.05, 0.60, 0.0)  # every year costs 3 of 100

    assert years_to_fill(0.999, never) == np.inf
    assert years_to_fill(0.999, POT, even) == 0.0
    needed = loss_quantile(0.999, GUARANTEED) - 0.04
    assert years_to_fill(0.999) == pytest.approx(needed / (0.04 - 0.0325))
