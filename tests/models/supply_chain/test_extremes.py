"""Demands and loans at the ends of the floats: a finite answer, or a refusal by name."""

from __future__ import annotations

import itertools
import re
import warnings
from collections.abc import Iterator

import numpy as np
import pytest
from ends import ENDS

from netfin.newsvendor import GammaDemand, NormalDemand

DEMANDS = (NormalDemand, GammaDemand)


@pytest.fixture(autouse=True)
def no_warning() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.mark.parametrize("kind", DEMANDS)
def test_a_demand_answers_at_every_level_or_is_refused(kind: type) -> None:
    for mean, sd in itertools.product((*ENDS, 1000.0), repeat=2):
        try:
            demand = kind(mean, sd)
        except ValueError as refusal:
            if not re.search(r"\b(mean|sd)\b", str(refusal)):
                raise
            continue
        for level in (0.0, 5e-324, 1.0, 1000.0, 1e160, 1.7e308):
            assert 0.0 <= demand.below(level) <= 1.0
            assert np.isfinite(demand.expected_sales(level))
            assert demand.expected_sales(level) <= min(level, mean) * (1 + 1e-9) + 1e-300
        assert np.all(np.isfinite(demand.quantile(np.array([1e-12, 0.5, 1 - 1e-12]))))


@pytest.mark.parametrize(
    ("demand", "order", "sold"),
    [
        (NormalDemand(1e15, 1e-300), 1.0, 1.0),
        (NormalDemand(10.0, 4.0), 1e160, 10.0),
        (NormalDemand(10.0, 1e-300), 12.0, 10.0),
        (GammaDemand(1000.0, 1e-3), 1000.0, 1000.0 - 1e-3 / np.sqrt(2 * np.pi)),
        (GammaDemand(1000.0, 1e6), 1e300, 1000.0),
    ],
)
def test_what_is_sold_in_the_limits(demand: NormalDemand, order: float, sold: float) -> None:
    assert demand.expected_sales(order) == pytest.approx(sold, rel=1e-12)


@pytest.mark.parametrize("sd", [1e-200, 1e-4, 1e7, 1e200])
def test_a_swing_beyond_the_gamma_s_digits_is_refused(sd: float) -> None:
    with pytest.raises(ValueError, match=r"\bsd must be\b"):
        GammaDemand(1000.0, sd)
