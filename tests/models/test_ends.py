"""Every model at the ends of the floats, one and two numbers at a time."""

from __future__ import annotations

from contract import Sample, by_chapter, samples
from ends import changes, hold
from together import in_groups


@in_groups(by_chapter({sample.name: (sample,) for sample in samples()}))
def test_an_end_of_the_floats_is_answered_or_refused_by_name(sample: Sample) -> None:
    for changed in changes(sample):
        hold(sample, changed)
