"""Ten thousand firms that owe each other money, most of which fail, round after round."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from scipy import sparse

from netfin.contagion import EqualFirms, Firms, Frictions, circle, clear, single_default_shock

FIRMS = 10_000
COSTS = Frictions(0.999, 0.9999)
WAVES = (
    (1, 1e6, 1e-6, COSTS),
    (1, 1e3, 1.0, COSTS),
    (1, 1e6, 1.0, COSTS),
    (1, 1e6, 1.0, Frictions(1 - 1e-6, 1 - 1e-7)),  # next to no costs
    (1, 1e6, 1e-3, COSTS),
    (5, 1e6, 1e-3, COSTS),
    (10, 1e3, 1.0, COSTS),  # costs as large as capital, and wide
)


def _ring() -> Callable[[], object]:
    """A ring that fails firm by firm, each loss handed on whole."""
    firms = EqualFirms(FIRMS, savings=float(FIRMS), mutual_debt=float(FIRMS))
    return partial(single_default_shock, circle(1, firms), FIRMS - 1.0, firms)


def _neighbours(
    partners: int, leverage: float, savings: float, costs: Frictions = COSTS
) -> Callable[[], object]:
    """A circle of firms that owe so many on either side, and savers first; capital is 1 each.

    One firm loses twice the capital of all. Savings are in parts of what firms owe each other.
    """
    ahead = circle(partners, EqualFirms(FIRMS, mutual_debt=leverage / 2))
    owed = np.full(FIRMS, savings * leverage)
    cash = owed + 1.0
    owed[0] += 2.0 * FIRMS  # a loss beyond what the firm has is a debt to people outside
    network = sparse.csr_array(ahead + ahead.T)
    firms = Firms(network, cash, owed, np.zeros(FIRMS), outside_first=True)
    return partial(clear, firms, costs)


def _timed(clearing: Callable[[], Callable[[], object]]) -> str:
    """Time a clearing once, without making the network."""
    ready = clearing()
    started = time.perf_counter()
    ready()
    return f"{time.perf_counter() - started:.2f} s"


def measure() -> Iterator[tuple[str, Callable[[], str]]]:
    """Time each network; but for the first two, firms come to pay others nothing in each round."""
    yield "a ring, firm by firm", partial(_timed, _ring)
    for partners, leverage, savings, costs in WAVES:
        name = f"{partners} a side, owing {leverage:g}, savers {savings:g}"
        name += f", recovering {costs.inside_recovery:g}"
        yield name, partial(_timed, partial(_neighbours, partners, leverage, savings, costs))
