"""Circles of firms that owe one another and nobody else: what they owe themselves, they have."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from netfin.checks import Array
from netfin.contagion.firms import Frictions

Places = NDArray[np.int64]


def closed_circles(
    shares: Any, outside_debts: Array, frictions: Frictions
) -> tuple[Places, Places]:
    """Find groups that owe one another, directly or not, and nobody else.

    Returns each firm's group, −1 for firms in none, and the groups' sizes; nothing where no group
    is closed, or where bankruptcies eat what firms owe each other.
    """
    number, group = connected_components(shares, directed=True, connection="strong")
    debtors = np.repeat(np.arange(group.size), np.diff(shares.indptr))
    leaves = debtors[group[debtors] != group[shares.indices]]
    closed = np.ones(number, dtype=bool)
    closed[group[leaves]] = False
    closed[group[(outside_debts > 0.0) | (np.diff(shares.indptr) == 0)]] = False
    if frictions.inside_recovery < 1.0 or not closed.any():
        return np.full(group.size, -1), np.empty(0, dtype=np.int64)
    return np.where(closed[group], group, -1), np.bincount(group)


def all_but_one(circle: Places, healthy: Places, new: Places, missing: Array) -> Places:
    """Spare one firm of each closed circle: what the circle owes itself, somebody has.

    That all its firms look short by a little is an error of rounding. Takes each firm's circle, how
    many of each still pay in full, who looks short, and by what part of what it owes.
    """
    if healthy.size == 0:
        return new
    circles, counts = np.unique(circle[new], return_counts=True)
    for each in circles[(circles >= 0) & (healthy[circles] == counts)]:
        mine = np.flatnonzero(circle[new] == each)
        spared = mine[np.argmin(missing[mine])]
        new, missing = np.delete(new, spared), np.delete(missing, spared)
    return new
