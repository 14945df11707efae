"""Circles of firms that owe one another and nobody else: what they owe themselves, they have."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from netfin.checks import Array
from netfin.contagion.firms import Frictions

Places = NDArray[np.int64]


class Circles:
    """Groups that owe one another, directly or not, and nobody else; false where none is closed.

    Nor is one where bankruptcies eat what firms owe each other.

    Parameters
    ----------
    shares : sparse array, n × n
        Parts of each firm's debt, by debtor.
    outside_debts : ndarray of n amounts
        What firms owe to others than firms.
    frictions : Frictions
        Recovery in bankruptcy.
    """

    def __init__(self, shares: Any, outside_debts: Array, frictions: Frictions) -> None:
        number, group = connected_components(shares, directed=True, connection="strong")
        debtors = np.repeat(np.arange(group.size), np.diff(shares.indptr))
        leaves = debtors[group[debtors] != group[shares.indices]]
        closed = np.ones(number, dtype=bool)
        closed[group[leaves]] = False
        closed[group[(outside_debts > 0.0) | (np.diff(shares.indptr) == 0)]] = False
        there_are = frictions.inside_recovery >= 1.0 and bool(closed.any())
        self.of = np.where(closed[group], group, -1)  # each firm's circle, −1 for firms in none
        self.healthy = np.bincount(group) if there_are else np.empty(0, dtype=np.int64)

    def __bool__(self) -> bool:
        """Whether there are any."""
        return self.healthy.size > 0

    def fail(self, new: Places) -> None:
        """Note that firms no longer pay in full."""
        if self:
            circles = self.of[new]
            np.subtract.at(self.healthy, circles[circles >= 0], 1)

    def spare_one(self, new: Places, missing: Array) -> Places:
        """Spare one firm of each circle that looks short as a whole, the one that lacks least.

        That all its firms look short by a little is an error of rounding. `missing` is the part of
        what each owes that it lacks.
        """
        if not self:
            return new
        circles, counts = np.unique(self.of[new], return_counts=True)
        for each in circles[(circles >= 0) & (self.healthy[circles] == counts)]:
            mine = np.flatnonzero(self.of[new] == each)
            spared = mine[np.argmin(missing[mine])]
            new, missing = np.delete(new, spared), np.delete(missing, spared)
        return new
