"""Firms in a row in which each deals with near ones alone: rounds solved as narrow bands.

A ring, a chain, a strip of a board. What failed firms pay is one system a round, whose matrix has
entries near its diagonal only, and only for the stretch of the row in which somebody still pays.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg.lapack import dgbsv
from scipy.sparse.csgraph import reverse_cuthill_mckee

from netfin.checks import Array
from netfin.contagion.payments import Failing

Places = NDArray[np.int64]
Mask = NDArray[np.bool_]

NARROW = 24
"""Who deals with others further off than this in the row makes a band too costly to solve."""


class Row:
    """What firms pay, receive and pass on, in the order of the row with empty places at its ends.

    Parameters
    ----------
    claims : sparse array, n × n
        Parts of each firm's debt, by creditor.
    """

    def __init__(self, claims: Any) -> None:
        order = reverse_cuthill_mckee(sparse.csr_array(claims + claims.T), symmetric_mode=True)
        self.at = np.argsort(order)
        creditor = np.repeat(self.at, np.diff(claims.indptr))
        debtor = self.at[claims.indices]
        self.width = width = int(np.abs(creditor - debtor).max(initial=0))
        if width > NARROW:
            return  # no row
        self.reach, size = 2 * width, order.size + 4 * width
        self.at, creditor, debtor = (each + self.reach for each in (self.at, creditor, debtor))
        self.claims = np.zeros((size, 2 * width + 1))
        self.claims[creditor, width + debtor - creditor] = claims.data
        self.system = np.zeros((3 * width + 1, size), order="F")
        self.system[2 * width] = 1.0
        self.near = np.arange(-width, width + 1)

    def laid_out(self, amounts: Any) -> Any:
        """Put one number a firm in the order of the row."""
        row = np.zeros(self.system.shape[1], dtype=amounts.dtype)
        row[self.at] = amounts
        return row

    def received(self, paid: Array, stretch: slice) -> Array:
        """What those of a stretch receive from one another if they pay this."""
        near = sliding_window_view(np.pad(paid, self.width), self.near.size)
        received = np.einsum("ij,ij->i", self.claims[stretch], near)  # BLAS would wake all cores
        return np.asarray(received)

    def depend(self, places: Places, passed_on: Array) -> None:
        """Let firms pay what they pass on of what they receive, besides a constant."""
        others = places[:, None] + self.near
        here = self.reach - self.near, others
        parts = self.claims[places] * -passed_on[:, None]
        parts[:, self.width] = 1.0
        self.system[here] = parts

    def rest(self, places: Places) -> None:
        """Let what firms pay be a constant."""
        if places.size:
            self.system[self.reach - self.near, places[:, None] + self.near] = self.near == 0

    def solve(self, constant: Array, stretch: slice) -> Array | None:
        """Solve for what those of a stretch pay; nothing where there is no single solution."""
        part = self.system[:, stretch]
        _, _, paid, info = dgbsv(self.width, self.width, part, constant)
        return np.asarray(paid) if info == 0 and np.all(np.isfinite(paid)) else None


class Owing(NamedTuple):
    """What firms owe and have; n numbers each, in the order of the row once they are laid out."""

    inside: Array
    needs: Array  # from other firms, to pay in full
    error: Array  # of rounding: a shortfall up to this is none
    passed_on: Array  # of a unit that they receive, once they have failed
    alone: Array  # what they would pay if they received nothing; below 0 where savers lack money


class Rounds:
    """Rounds of failures in a row: who has failed, what all have paid and received."""

    def __init__(self, row: Row, owing: Owing, paid: Array, failed: Mask) -> None:
        self.row = row
        self.firm = row.laid_out(np.arange(paid.size))
        self.paid, self.healthy = row.laid_out(paid), row.laid_out(~failed)
        self.paying = np.zeros(self.paid.size, dtype=bool)
        self.first, self.last = self.paid.size, 0
        self.look_at(owing)
        everybody = slice(0, self.paid.size)
        self.receives = row.received(self.paid, everybody)
        self._join(row.at[np.flatnonzero(failed & (paid > 0.0))])

    def look_at(self, owing: Owing) -> None:
        """Take what firms owe and have; it changes where a price falls."""
        self.owing = Owing(*map(self.row.laid_out, owing))

    def _join(self, places: Places) -> None:
        """Let firms pay what they recover."""
        if places.size:
            self.paying[places] = True
            self.row.depend(places, self.owing.passed_on[places])
            self.first = min(self.first, int(places.min()))
            self.last = max(self.last, int(places.max()))

    def fail(self, firms: Places) -> None:
        """Let firms fail, and find what all that have failed pay, each out of what others do."""
        places = self.row.at[firms]
        self.healthy[places] = False
        self._join(places)
        reach = self.row.reach
        self.near = slice(self.first - reach, self.last + 1 + reach)
        if self.first <= self.last:
            self._pay(self.near)

    def short(self, *, everywhere: bool) -> Places:
        """Find firms that pay in full so far and cannot, near a failed one or everywhere."""
        part = slice(0, self.paid.size) if everywhere else self.near
        lack = self.owing.needs[part] - self.receives[part]
        short = self.healthy[part] & (lack > self.owing.error[part])
        return np.asarray(self.firm[part][short])

    def _pay(self, near: slice) -> None:
        """Find what those of a stretch pay; who comes to pay nothing never pays again."""
        row, owing, may = self.row, self.owing, self.paying[near]
        above, passed_on = self.paid[near], owing.passed_on[near]
        fixed, solved = np.where(may, 0.0, above), may.copy()

        def solve(paying: Mask, constant: Array) -> Array | None:
            if (leave := np.flatnonzero(solved & ~paying)).size:
                row.rest(leave + near.start)
            if (join := np.flatnonzero(paying & ~solved)).size:
                row.depend(join + near.start, passed_on[join])
            solved[:] = paying
            return row.solve(constant + fixed, near)

        def passed(paid: Array) -> Array:
            return passed_on * row.received(paid, near)

        alone = np.where(may, owing.alone[near], -np.inf)
        self.paid[near] = np.where(may, Failing(alone, passed, solve).greatest(above), above)
        self.paying[near] = still = solved & (self.paid[near] > 0.0)
        row.rest(np.flatnonzero(solved & ~still) + near.start)
        inner = slice(row.width, may.size - row.width)
        self.receives[near][inner] = row.received(self.paid[near], near)[inner]
        places = np.flatnonzero(still)
        self.first = near.start + int(places[0]) if places.size else self.paid.size
        self.last = near.start + int(places[-1]) if places.size else 0
