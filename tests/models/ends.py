"""Numbers at the ends of a float: what a model then has to do, for the tests of all chapters."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from contract import Kind, Sample, leaves, names, numeric

ENDS = (
    *(0.0, 5e-324, 1e-300, 1e-160, 1e-12, 1.0 - 2.0**-53, 1.0),
    *(1e15, 1e16, 1e160, 1e300, 1.7e308, -1e300),
)
NUMERIC = (Kind.NUMBERS, Kind.ONE, Kind.COUNT)


def changes(sample: Sample) -> Iterator[Mapping[str, Any]]:
    """Yield each number, and each two, at each of the ends."""
    numbers = [name for name, kind in sample.kinds.items() if kind in NUMERIC]
    for size in (1, 2):
        for some in itertools.combinations(numbers, size):
            for values in itertools.product(ENDS, repeat=size):
                yield dict(zip(some, values, strict=True))


def hold(sample: Sample, changed: Mapping[str, Any]) -> None:
    """Hold a model to a finite answer, or a refusal that names a parameter, without a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            result = sample.call(**changed)
        except (ValueError, TypeError) as refusal:
            if not any(names(name, refusal) for name in changed):
                raise
            return
    numbers = [leaf for leaf in leaves(result) if numeric(leaf)]
    assert sample.infinite or all(np.all(np.isfinite(leaf)) for leaf in numbers), changed
