"""A million loans through the models of a chapter."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from netfin import lending
from netfin.spread import commission, instalments

LOANS = 1_000_000
SEED = 2026


def _spread_models() -> dict[str, Callable[[], object]]:
    """Return calls of the chapter's models on arrays of a million different loans."""
    random = np.random.default_rng(SEED)
    terms = lending.LendingTerms(default_probability=random.uniform(0, 0.3, LOANS))
    months = random.integers(3, 37, LOANS).astype(float)
    fee = random.uniform(0, 0.02, LOANS)
    return {
        "break-even rate": lambda: lending.break_even_rate(terms),
        "rate with commission on the sales": lambda: commission.platform_break_even(
            0.05, fee, terms
        ),
        "true price of instalments": lambda: instalments.true_price(months, fee),
    }


def timed(model: Callable[[], object]) -> str:
    """Time a model once."""
    started = time.perf_counter()
    model()
    return f"{time.perf_counter() - started:.3f} s"


def measure() -> Iterator[tuple[str, Callable[[], str]]]:
    """Time each model."""
    for name, model in _spread_models().items():
        yield f"spread: {name}", partial(timed, model)
