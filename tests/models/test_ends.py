"""Every model at the ends of the floats, one and two numbers at a time."""

from __future__ import annotations

import pytest
from contract import Sample, samples
from ends import changes, hold

SAMPLES = samples()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_an_end_of_the_floats_is_answered_or_refused_by_name(sample: Sample) -> None:
    for changed in changes(sample):
        hold(sample, changed)
