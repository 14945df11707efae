"""What firms that have failed pay, each out of what the others pay: one linear system, or a few."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import gmres, splu

from netfin.checks import Array

Places = NDArray[np.int64]
Mask = NDArray[np.bool_]

_DIRECT = 300
"""Systems up to this size are factorised at once; of larger ones the factors may fill up."""

_THIN = 40
"""Factors with no more entries a firm are had sooner than an iterative solution."""

_ON_THE_DIAGONAL: dict[str, Any] = {
    "permc_spec": "MMD_AT_PLUS_A",
    "diag_pivot_thresh": 0.0,
    "options": {"SymmetricMode": True},
}
"""No debtor pays out more than it owes, so no pivot is needed: a third of the work."""

_ROOM = 200
"""The same once an iterative solution has been tried in vain."""

_KRYLOV, _RESTARTS = 60, 6
"""Directions that an iterative solution tries, and how often; short chains need fewer."""

_REFINED = 3
"""Solutions in a row, each for what the last one missed: large terms hide what small ones miss."""

_ACCURATE = 1e-14
"""An iterative solution is taken if each payment is this near to what the equation gives."""


class Failing(NamedTuple):
    """What firms that have failed pay: alone, on top of that, and if it is known who pays."""

    alone: Array
    passed_on: Callable[[Array], Array]
    solve: Callable[[Mask, Array], Array | None]

    def greatest(self, above: Array) -> Array:
        """Find the greatest p = max(0, alone + what is passed on of p) that is at most `above`.

        `solve` finds p = constant + what is passed on by those who pay, if there is one. Who pays
        nothing is guessed from above, then put right: once the guess is too small it only grows,
        and ends at the solution (Howard's policy iteration).
        """
        paying = self.alone + self.passed_on(above) > 0.0
        for step in range(above.size + 2):
            paid = self.solve(paying, np.where(paying, self.alone, 0.0))
            if paid is None or np.any(paid > 1.5 * above):
                # the guess leaves no way out for the money: from below, then
                paying = self.alone > 0.0
                continue
            again = self.alone + self.passed_on(paid) > 0.0
            again |= paying & (step > 0)
            if np.array_equal(again, paying):
                return np.clip(paid, 0.0, above)
            paying = again
        raise ArithmeticError(f"payments of {above.size} failed firms could not be solved for")


class PassedOn(NamedTuple):
    """What failed firms hand on of what they receive, by firm, debtor and part of a unit.

    Plain arrays: in a long chain few firms are solved for very often, and making a sparse matrix
    takes longer than that.
    """

    firm: Places
    debtor: Places
    part: Array

    def of(self, paid: Array) -> Array:
        """What each hands on if these are the payments."""
        sums = np.bincount(self.firm, self.part * paid[self.debtor], minlength=paid.size)
        return sums.astype(np.float64)


class Solver:
    """Solves for payments; remembers up to which size the factors of such a system stay thin."""

    def __init__(self) -> None:
        self.direct, self.room = float(_DIRECT), _THIN

    def greatest(self, alone: Array, passed_on: PassedOn, above: Array, scale: Array) -> Array:
        """Find the greatest p = max(0, alone + what is passed on of p) that is at most `above`."""
        system, everybody = _system(passed_on, above.size), np.arange(above.size)
        off, parts = system.indices != np.repeat(everybody, np.diff(system.indptr)), system.data

        def solve(paying: Mask, constant: Array) -> Array | None:
            system.data = np.where(off, parts * paying[system.indices], parts)
            return self._solve(system, constant, scale) if paying.any() else constant

        return Failing(alone, passed_on.of, solve).greatest(above)

    def _solve(self, system: Any, constant: Array, scale: Array) -> Array | None:
        """Solve system·p = constant; nothing where there is no single solution."""
        if constant.size > self.direct:
            paid = _iterate(system, constant, scale)
            if paid is not None:
                return paid
            self.room = _ROOM
        try:
            factors = splu(system, **_ON_THE_DIAGONAL)
        except RuntimeError:  # singular
            return None
        if constant.size > _DIRECT:  # much larger ones may fill up
            thin = factors.nnz <= self.room * constant.size
            self.direct = max(_DIRECT, 1.25 * constant.size * thin)
        paid = factors.solve(constant)
        return paid if np.all(np.isfinite(paid)) else None


def _system(passed_on: PassedOn, count: int) -> Any:
    """Each firm's payment less what it passes on of the others'."""
    everybody = np.arange(count)
    rows = np.concatenate([passed_on.firm, everybody])
    columns = np.concatenate([passed_on.debtor, everybody])
    parts = np.concatenate([-passed_on.part, np.ones(count)])
    return sparse.csc_array((parts, (rows, columns)), shape=(count, count))


def _iterate(system: Any, constant: Array, scale: Array) -> Array | None:
    """Solve as `_solve` by iterations, in parts of what each firm owes; nothing if they stall."""
    size = np.maximum(scale, 1e-150 * scale.max())
    eye = sparse.eye_array(size.size)
    parts = sparse.csr_array((eye - system).multiply(1.0 / size[:, None]).multiply(size[None, :]))
    goal, system = constant / size, eye - parts
    part, missed, info = np.zeros(size.size), goal, 0
    with np.errstate(all="ignore"):
        for _ in range(_REFINED):
            step, info = gmres(system, missed, rtol=1e-15, restart=_KRYLOV, maxiter=_RESTARTS)
            part = part + step
            missed = goal + parts @ part - part
            size_of_terms = np.abs(goal) + parts @ np.abs(part) + np.max(np.abs(part))
            if np.all(np.abs(missed) <= _ACCURATE * size_of_terms):
                return np.asarray(part * size)
            if info != 0:  # it stalled
                break
    return None


class Table(NamedTuple):
    """A sparse matrix of which a few rows are asked for."""

    matrix: Any

    def _places(self, rows: Places) -> tuple[Places, Places]:
        """Find where the entries of some rows stand, and how many each row has."""
        lengths = self.matrix.indptr[rows + 1] - self.matrix.indptr[rows]
        ends = np.cumsum(lengths)
        shift = np.repeat(self.matrix.indptr[rows] - ends + lengths, lengths)
        return shift + np.arange(shift.size), lengths

    def columns(self, rows: Places) -> Places:
        """List the columns in which some rows have entries."""
        return np.asarray(self.matrix.indices[self._places(rows)[0]])

    def among(self, firms: Places, part: Array) -> PassedOn:
        """Cut some firms' rows and columns out, each row times a number."""
        places, lengths = self._places(firms)
        here = np.full(self.matrix.shape[0], -1)
        here[firms] = np.arange(firms.size)
        column, row = here[self.matrix.indices[places]], np.repeat(np.arange(firms.size), lengths)
        inner = column >= 0
        row, column = row[inner], column[inner]
        return PassedOn(row, column, self.matrix.data[places][inner] * part[row])

    def sums(self, rows: Places, weights: Array) -> Array:
        """Multiply some rows by a vector."""
        places, lengths = self._places(rows)
        products = self.matrix.data[places] * weights[self.matrix.indices[places]]
        row = np.repeat(np.arange(rows.size), lengths)
        return np.bincount(row, products, minlength=rows.size).astype(np.float64)
