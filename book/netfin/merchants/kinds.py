"""Two kinds of customers behind what a shop counts: fitted, nobody changes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from netfin.checks import Array, fraction, vector, whole_number

_STEPS = 2000
_START = (0.5, 0.9, 0.3)
_MOST = 0.99
_LONGEST = 10_000  # purchases of one customer


class Kinds(NamedTuple):
    """Share of the loyal, and the chance of either kind to buy once more."""

    loyal_share: float
    loyal: float
    fickle: float


def _purchases(name: str, value: ArrayLike) -> Array:
    """Take whole numbers of purchases."""
    return np.asarray(fraction(name, whole_number(name, value), upto=_LONGEST))


def fit_two_kinds(purchases: ArrayLike) -> Kinds:
    """Find the two kinds of customers under which counted purchases are likeliest.

    Each customer buys once and then again with the same chance every time, one of two. Found by
    expectation and maximisation, from one start, until steps no longer matter.

    Parameters
    ----------
    purchases : array_like
        For each customer, how often he bought: a row of whole numbers of 1 or more.

    Returns
    -------
    Kinds
        Shares and chances, from 0 to 1; the loyal come more often.

    Raises
    ------
    ValueError
        If the purchases are no row of whole numbers from 1 to ten thousand.

    Source
    ------
    Fader & Hardie (2010): a mixture of geometric distributions, here with two kinds.
    """
    counted = vector("purchases", purchases, _purchases)
    times, customers = np.unique(counted, return_counts=True)
    share, loyal, fickle = _START
    for _ in range(_STEPS):
        first = share * (1.0 - loyal) * loyal ** (times - 1.0)
        second = (1.0 - share) * (1.0 - fickle) * fickle ** (times - 1.0)
        belongs = customers * first / (first + second)
        other = customers - belongs
        share = float(np.clip(belongs.sum() / customers.sum(), 1e-6, 1.0 - 1e-6))
        loyal, fickle = _again(belongs, times, loyal), _again(other, times, fickle)
    kinds = ((share, loyal, fickle), (1.0 - share, fickle, loyal))
    return Kinds(*max(kinds, key=lambda each: each[1]))


def _again(weights: Array, times: Array, before: float) -> float:
    """The chance to buy once more among customers who are weighted."""
    bought = float(np.sum(weights * times))
    again = 1.0 - float(np.sum(weights)) / bought if bought > 0.0 else before
    return min(max(again, 1e-6), _MOST)
