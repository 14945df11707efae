"""The long tail: 80 to 20, a rumour that says almost nothing, and how many to count."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.merchants.tail import sellers_to_count, tail_behind, top_share


@pytest.mark.parametrize(
    ("tail", "fifth", "fiftieth"), [(1.16, 0.801, 0.583), (1.3, 0.690, 0.405), (1.5, 0.585, 0.271)]
)
def test_what_the_best_make(tail, fifth, fiftieth):
    assert top_share(0.2, tail) == pytest.approx(fifth, abs=0.0006)
    assert top_share(0.02, tail) == pytest.approx(fiftieth, abs=0.0006)


def test_a_sample_of_many_sellers_agrees():
    rng = np.random.default_rng(4)
    sales = np.sort(rng.pareto(3.0, 1_000_000) + 1)[::-1]
    assert sales[:200_000].sum() / sales.sum() == pytest.approx(top_share(0.2, 3.0), abs=0.003)


@given(st.floats(0.01, 0.5), st.floats(1.05, 5))
def test_the_tail_is_found_again(part, tail):
    assert tail_behind(part, top_share(part, tail)) == pytest.approx(tail)


def test_how_many_sellers_to_count():
    assert sellers_to_count(0.02, 0.01) == 753
    assert sellers_to_count(0.5, 0.05) == 385


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match=r"tail must be a number above 1, not 1.0"):
        top_share(0.2, 1.0)
    with pytest.raises(ValueError, match=r"share must be a number above the part 0.4, not 0.2"):
        tail_behind(0.4, 0.2)
