"""Every public function: a right answer, or an error that names parameter and value."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from contract import (
    Kind,
    Sample,
    by_chapter,
    equivalent,
    leaves,
    names,
    numeric,
    public,
    refused,
    same,
    samples,
)
from together import in_groups

SAMPLES = samples()
of_each_sample = in_groups(by_chapter({sample.name: (sample,) for sample in SAMPLES}))


def of_each_parameter(*kinds: Kind) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Try a check on every parameter of every sample, or on those of some kinds."""
    cases = {
        f"{sample.name}-{name}": (sample, name)
        for sample in SAMPLES
        for name, kind in sample.kinds.items()
        if not kinds or kind in kinds
    }
    return in_groups(by_chapter(cases))


@cache
def plain(sample: Sample) -> Any:
    """Call a function with its sample arguments: what other ways to say the same must give."""
    return sample.call()


@pytest.fixture(autouse=True)
def no_warning() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def test_every_public_function_and_parameter_class_has_a_sample() -> None:
    assert {sample.name for sample in SAMPLES} >= set(public())


@of_each_sample
def test_a_sample_names_every_parameter_and_works(sample: Sample) -> None:
    assert list(sample.kinds) == list(sample.arguments) == sample.parameters()
    numbers = [leaf for leaf in leaves(sample.call()) if numeric(leaf)]
    if not sample.infinite:
        assert all(np.all(np.isfinite(leaf)) for leaf in numbers)


@of_each_parameter()
def test_what_makes_no_sense_is_refused_by_name(sample: Sample, name: str) -> None:
    for value in refused(sample, name):
        with pytest.raises((ValueError, TypeError)) as caught:
            sample.call(**{name: value})
        assert names(name, caught.value), (value, str(caught.value))


@of_each_parameter()
def test_the_same_value_in_another_form_gives_the_same(sample: Sample, name: str) -> None:
    for value in equivalent(sample, name):
        assert same(plain(sample), sample.call(**{name: value})), value


@of_each_parameter(Kind.NUMBERS)
def test_an_array_gives_for_each_entry_what_a_number_gives(sample: Sample, name: str) -> None:
    if np.ndim(sample.arguments[name]) != 0:
        return
    number = sample.arguments[name]
    alone = leaves(plain(sample))
    for pair in (np.array([number, number]), [number, number], pd.Series([number] * 2)):
        together = leaves(sample.call(**{name: pair}))
        for one, both in zip(alone, together, strict=True):
            if numeric(one) and np.ndim(both) > np.ndim(one):
                assert np.shape(both) in ((*np.shape(one), 2), (2, *np.shape(one)))
                halves = np.moveaxis(both, np.shape(both).index(2), 0) if both.ndim else both
                np.testing.assert_allclose(halves[0], one, rtol=1e-9, atol=1e-12)
                np.testing.assert_allclose(halves[1], one, rtol=1e-9, atol=1e-12)
    assert any(np.ndim(b) > np.ndim(a) for a, b in zip(alone, together, strict=True))


@of_each_parameter(Kind.NUMBERS, Kind.ONE, Kind.COUNT)
def test_a_number_that_may_be_wrong_is_answered_or_refused_by_name(
    sample: Sample, name: str
) -> None:
    extreme = [-1.0, 0.0, 1.0, 1e-12, 1.0 - 1e-12, 1e6, -1e6]
    values = [*extreme, np.array([])] if sample.kinds[name] is Kind.NUMBERS else extreme
    for value in values:
        try:
            result = sample.call(**{name: value})
        except (ValueError, TypeError) as refusal:
            if not names(name, refusal):
                raise
            continue
        numbers = [leaf for leaf in leaves(result) if numeric(leaf)]
        assert sample.infinite or all(np.all(np.isfinite(leaf)) for leaf in numbers), value


@of_each_sample
def test_shapes_that_do_not_match_are_refused_by_name(sample: Sample) -> None:
    numbers = [
        name
        for name, kind in sample.kinds.items()
        if kind is Kind.NUMBERS and sample.arguments[name] is not None
    ]
    for one, other in itertools.pairwise(numbers):
        both = {
            one: np.full(2, sample.arguments[one]),
            other: np.full(3, sample.arguments[other]),
        }
        with pytest.raises(ValueError, match=rf"\b({one}|{other})\b"):
            sample.call(**both)
