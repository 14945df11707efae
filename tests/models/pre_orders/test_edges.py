"""Amounts of any size: a finite answer, or a refusal that names the parameter."""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
import pytest
from contract import Kind, Sample, leaves, numeric, samples

from netfin.pre_orders.all_or_nothing import campaign
from netfin.pre_orders.batch import BATCH, Way
from netfin.pre_orders.batch_funding import bridge, prospect, split
from netfin.pre_orders.early_orders import uncertainty_left

OURS = [each for each in samples() if each.function.__module__.startswith("netfin.pre_orders.")]
SIZES = (1e308, 1e300, 1e200, 1e100, 1e20, 1e-20, 1e-100, 1e-200, 1e-300, 10**30)
SIZED = (Kind.NUMBERS, Kind.ONE, Kind.COUNT, Kind.ROW)


def finite(result: object) -> bool:
    return all(np.all(np.isfinite(leaf)) for leaf in leaves(result) if numeric(leaf))


@pytest.mark.parametrize("sample", OURS, ids=lambda sample: sample.name)
@pytest.mark.parametrize("size", SIZES)
def test_an_amount_of_any_size_is_answered_or_refused_by_name(sample: Sample, size: float) -> None:
    for name, kind in sample.kinds.items():
        if kind not in SIZED:
            continue
        row = [*np.atleast_1d(sample.arguments[name])[:-1], size] if kind is Kind.ROW else size
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                result = sample.call(**{name: row})
            except ValueError as refusal:
                if name not in str(refusal):
                    raise
            else:
                assert sample.infinite or finite(result), name


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("pieces", [1e14, 1e15])
def test_no_way_of_paying_ends_beyond_all_numbers(way: Way, pieces: float) -> None:
    assert finite(split(way, pieces))
    with pytest.raises(ValueError, match=r"demand must be a number from 0 to 1e\+15, not 1e\+308"):
        split(way, 1e308)


@pytest.mark.parametrize("spread", [1e-3, 1.0, 1e3, 1e6])
def test_a_spread_of_any_size_leaves_a_number_or_nobody_funds_it(spread: float) -> None:
    terms = replace(BATCH, demand_spread=spread)
    assert finite(prospect(Way.PREPAID, terms))
    try:
        assert finite(bridge(terms))
    except ValueError as refusal:
        if "nobody funds it" not in str(refusal):
            raise


def test_the_largest_crowd_is_a_crowd() -> None:
    assert campaign(10**15, [0.3], 700, 60, 40_000).success == pytest.approx(1)


def test_a_correlation_that_is_none_is_told_the_range() -> None:
    with pytest.raises(ValueError, match=r"correlation must be a number from −1 to 1, not nan"):
        uncertainty_left(float("nan"))
