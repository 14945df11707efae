"""The smallest and the largest floats: an answer that holds, or a refusal that names its cause."""

import re
import warnings
from functools import partial

import numpy as np
import pytest
from contract import Kind, Sample, leaves, numeric
from contract import samples as gather

OURS = [each for each in gather() if each.function.__module__.startswith("netfin.contagion.")]
ENDS = (0.0, 5e-324, 1e-320, 1e-300, 1e-17, 1 - 1e-16, 1e16, 1e150, 1e300, 1e308, 1.7e308)


def cases():
    for sample in OURS:
        for name, kind in sample.kinds.items():
            if kind in (Kind.ONE, Kind.NUMBERS):
                yield pytest.param(sample, name, id=f"{sample.name}-{name}")
            if kind is Kind.OBJECT and hasattr(sample.arguments[name], "__dataclass_fields__"):
                yield pytest.param(sample, name, id=f"{sample.name}-{name}")


def attempt(call):
    """Call; return what comes, or the words of a refusal. A warning is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return call(), None
        except ValueError as refusal:
            return None, str(refusal)


def named(words, names):
    return re.search(rf"\b({'|'.join(names)})\b", words) is not None


def changed(sample, name):
    """Yield what to call with, and the parameter that is at an end."""
    if sample.kinds[name] is not Kind.OBJECT:
        yield from (({name: end}, name) for end in ENDS)
        return
    whole = sample.arguments[name]
    for part, value in vars(whole).items():
        for end in ENDS if type(value) is float else ():
            made, refusal = attempt(partial(type(whole), **{**vars(whole), part: end}))
            assert refusal is None or named(refusal, [part])
            if made is not None:
                yield {name: made}, part


@pytest.mark.parametrize(("sample", "name"), list(cases()))
def test_at_the_ends_of_all_floats_a_model_answers_or_says_what_is_wrong(sample: Sample, name):
    for arguments, part in changed(sample, name):
        found, refusal = attempt(partial(sample.call, **arguments))
        assert refusal is None or named(refusal, {part, *sample.kinds}), (arguments, refusal)
        numbers = [leaf for leaf in leaves(found) if numeric(leaf)]
        assert not any(np.any(np.isnan(leaf)) for leaf in numbers), arguments
        assert sample.infinite or all(np.all(np.isfinite(leaf)) for leaf in numbers), arguments
