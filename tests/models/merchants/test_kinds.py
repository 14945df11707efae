"""Two kinds behind a count: found again in a sample, and one kind that is one."""

import numpy as np
import pytest

from netfin.merchants.kinds import fit_two_kinds


def test_two_kinds_are_found_again():
    rng = np.random.default_rng(12)
    loyal = rng.random(200_000) < 0.4
    bought = np.where(loyal, rng.geometric(0.2, loyal.size), rng.geometric(0.7, loyal.size))
    found = fit_two_kinds(bought)
    assert found == pytest.approx((0.4, 0.8, 0.3), abs=0.02)


def test_one_kind_alone():
    bought = np.random.default_rng(3).geometric(0.4, 100_000)
    found = fit_two_kinds(bought)
    average = found.loyal_share * found.loyal + (1 - found.loyal_share) * found.fickle
    assert average == pytest.approx(0.6, abs=0.02)


def test_no_other_kinds_nearby_are_likelier():
    bought = np.random.default_rng(5).geometric(0.5, 500)
    bought[:100] *= 3
    found = fit_two_kinds(bought)

    def likelihood(share, loyal, fickle):
        chance = share * (1 - loyal) * loyal ** (bought - 1.0)
        chance += (1 - share) * (1 - fickle) * fickle ** (bought - 1.0)
        return np.log(chance).sum()

    best = likelihood(*found)
    for place in range(3):
        for step in (-0.01, 0.01):
            moved = [each + step * (i == place) for i, each in enumerate(found)]
            assert likelihood(*moved) <= best + 1e-6


def test_part_of_a_purchase_is_refused():
    with pytest.raises(ValueError, match=r"purchases must be a whole number of 1 or more, not 1.5"):
        fit_two_kinds([1, 1.5])
