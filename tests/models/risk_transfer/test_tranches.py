"""The tranches of a pool: parts that add up, and who is reached when."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import pools, tranchings

from netfin.pool import POOL, PoolTerms, loss_quantile
from netfin.risk_transfer.tranches import (
    Tranching,
    expected_tranche_losses,
    tranche_losses_at,
    waterfall,
)


@given(pools, tranchings)
def test_slices_add_up_to_the_pool(pool, tranching):
    for slices, whole in (
        (expected_tranche_losses(pool, tranching), pool.expected_loss),
        (tranche_losses_at(0.999, pool, tranching), loss_quantile(0.999, pool)),
    ):
        assert slices.total == pytest.approx(whole, abs=1e-9)
        assert min(slices) >= 0
        assert slices.excess_spread <= tranching.excess_spread + 1e-12
        assert slices.junior <= tranching.junior + 1e-12
        assert slices.mezzanine <= tranching.mezzanine + 1e-12


@given(st.floats(0.2, 0.8), st.floats(0.01, 0.19))
def test_a_later_tranche_pays_only_when_the_earlier_are_used_up(loss, step):
    """Sizes that end below, at and beyond the loss."""
    for first in (0.0, loss - step, loss, loss + step):
        borne = waterfall(loss, Tranching(junior=first, mezzanine=step / 2))

        assert borne.junior == pytest.approx(min(loss, first))
        assert borne.mezzanine == pytest.approx(min(max(loss - first, 0.0), step / 2))
        assert borne.total == pytest.approx(loss)


def test_the_worst_of_a_thousand_years_by_hand():
    """Φ((−1.8808 + 0.3162·3.0902)/0.9487) = 0.1704; of 10.2 % the junior bears 7, mezzanine 3.2."""
    slices = tranche_losses_at(0.999)

    assert slices.total == pytest.approx(0.1023, abs=1e-4)
    assert slices.junior == 0.07
    assert slices.mezzanine == pytest.approx(0.0323, abs=1e-4)
    assert slices.senior == 0.0


@given(pools, st.floats(0.0, 0.05))
def test_excess_spread_takes_from_every_later_slice(pool, spread):
    bare, shielded = (
        expected_tranche_losses(pool),
        expected_tranche_losses(pool, Tranching(excess_spread=spread)),
    )

    assert shielded.junior <= bare.junior + 1e-9
    assert shielded.mezzanine <= bare.mezzanine + 0.04
    assert shielded.senior <= bare.senior + 1e-9


@given(st.floats(0.01, 0.4), st.floats(0.01, 0.8))
def test_correlation_moves_loss_from_the_junior_to_the_senior(chance, rho):
    less, more = (expected_tranche_losses(PoolTerms(chance, 0.6, r)) for r in (rho, rho + 0.1))

    assert more.junior <= less.junior + 1e-12
    assert more.senior >= less.senior - 1e-12


def test_tranches_that_are_more_than_the_pool_are_refused():
    with pytest.raises(ValueError, match=r"junior and mezzanine must together .* 0\.7 and 0\.4"):
        Tranching(0.7, 0.4)


def test_tranches_and_pools_of_different_shapes_are_named():
    three = Tranching(junior=np.array([0.05, 0.07, 0.1]))
    two = PoolTerms(np.array([0.01, 0.03]))

    with pytest.raises(ValueError, match=r"are: pool \(2,\), tranching \(3,\)$"):
        expected_tranche_losses(two, three)
    with pytest.raises(ValueError, match=r"are: level \(2,\), tranching \(3,\)$"):
        tranche_losses_at(np.array([0.9, 0.99]), POOL, three)
