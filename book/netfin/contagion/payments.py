"""What firms that have failed pay, each out of what the others pay: one linear system, or a few."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg.lapack import dgbtrf, dgbtrs
from scipy.sparse.linalg import gmres, splu

from netfin.checks import Array

Places = NDArray[np.int64]
Mask = NDArray[np.bool_]
Factors = Callable[[Array], Array]

_NARROW, _WIDER, _FILLED = 48, 256, 0.3
"""A band is solved soonest where it is narrow, or wider and such a part of it is filled."""

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


@dataclass(frozen=True)
class PassedOn:
    """What some receive, or hand on of it, by firm, debtor and part of a unit.

    Plain arrays: in a long chain few firms are solved for very often, and making a sparse matrix
    takes longer than that.
    """

    firm: Places
    debtor: Places
    part: Array
    count: int

    def of(self, paid: Array) -> Array:
        """What each hands on if these are the payments."""
        sums = np.bincount(self.firm, self.part * paid[self.debtor], minlength=self.count)
        return sums.astype(np.float64)

    @cached_property
    def width(self) -> int:
        """How far debtors are from those who pass on at most."""
        return int(np.abs(self.firm - self.debtor).max(initial=0))

    @property
    def narrow(self) -> bool:
        """Whether entries are so near the diagonal, or so many, that a band is solved soonest."""
        limit = _WIDER if self.part.size > _FILLED * self.count * 2 * self.width else _NARROW
        return self.width <= limit

    def only(self, these: Mask) -> PassedOn:
        """Leave some entries out."""
        return PassedOn(self.firm[these], self.debtor[these], self.part[these], self.count)


class Solver:
    """How systems are solved: up to which size the factors of one stay thin, as far as known.

    Parameters
    ----------
    thin : bool
        Whether factors stay thin for all firms.
    """

    def __init__(self, *, thin: bool) -> None:
        self.direct = np.inf if thin else float(_DIRECT)
        self.room = _THIN

    def by_iteration(self, passed_on: PassedOn) -> bool:
        """Tell whether the factors of a system might fill up."""
        return passed_on.count > self.direct and not passed_on.narrow

    def factors(self, passed_on: PassedOn) -> Factors | None:
        """Factorise the system p − what is passed on of p; nothing where it is singular."""
        if passed_on.narrow:
            return _band(passed_on)
        try:
            factors = splu(_system(passed_on), **_ON_THE_DIAGONAL)
        except RuntimeError:  # singular
            return None
        if passed_on.count > _DIRECT and np.isfinite(self.direct):  # much larger ones may fill up
            thin = factors.nnz <= self.room * passed_on.count
            self.direct = max(_DIRECT, 1.25 * passed_on.count * thin)
        solve: Factors = factors.solve
        return solve


class Group:
    """Firms, failed or not, that hand on a part of what they receive.

    Parameters
    ----------
    firms : ndarray of places
        Who they are.
    receive : PassedOn
        Parts of what all firms pay that they receive.
    part : ndarray
        Parts of what they receive that they hand on, once they have failed.
    scale : ndarray
        What each owes the others.
    solver : Solver
        How systems are solved.
    """

    def __init__(
        self, firms: Places, receive: PassedOn, part: Array, scale: Array, solver: Solver
    ) -> None:
        self.firms, self.receive, self.solver = firms, receive, solver
        here = np.full(scale.size, -1)
        here[firms] = np.arange(firms.size)
        debtor = here[receive.debtor]
        inner = debtor >= 0
        firm = receive.firm[inner]
        parts = receive.part[inner] * part[firms[firm]]
        self.passed_on, self.scale = PassedOn(firm, debtor[inner], parts, firms.size), scale[firms]

    @cached_property
    def factors(self) -> Factors | None:
        """Find what each pays, or loses, by what all would if others did not; if that is cheap."""
        if self.firms.size == 0 or self.solver.by_iteration(self.passed_on):
            return None
        return self.solver.factors(self.passed_on)

    def greatest(self, alone: Array, above: Array) -> Array:
        """Find the greatest p = max(0, alone + what is passed on of p) that is at most `above`."""
        return Failing(alone, self.passed_on.of, self._solve).greatest(above)

    def _solve(self, paying: Mask, constant: Array) -> Array | None:
        """Find p = constant + what those who pay pass on of p, if there is a single one."""
        if not paying.any():
            return constant
        these = paying[self.passed_on.firm]
        everybody, solver = bool(these.all()), self.solver
        passed_on = self.passed_on if everybody else self.passed_on.only(these)
        if solver.by_iteration(passed_on):
            paid = _iterate(passed_on, constant, self.scale)
            if paid is not None:
                return paid
            solver.room = _ROOM
            everybody = False
        factors = self.factors if everybody else solver.factors(passed_on)
        paid = None if factors is None else factors(constant)
        return None if paid is None or not np.all(np.isfinite(paid)) else paid


def _band(passed_on: PassedOn) -> Factors | None:
    """Factorise where each firm deals with near ones in the row alone."""
    width, firm, debtor = passed_on.width, passed_on.firm, passed_on.debtor
    system = np.zeros((3 * width + 1, passed_on.count), order="F")
    system[2 * width] = 1.0
    system[2 * width + firm - debtor, debtor] -= passed_on.part
    factors, pivots, info = dgbtrf(system, width, width, overwrite_ab=True)
    if info != 0:
        return None
    return lambda constant: dgbtrs(factors, width, width, constant, pivots)[0]


def _system(passed_on: PassedOn) -> Any:
    """Each firm's payment less what it passes on of the others'."""
    count = passed_on.count
    everybody = np.arange(count)
    rows = np.concatenate([passed_on.firm, everybody])
    columns = np.concatenate([passed_on.debtor, everybody])
    parts = np.concatenate([-passed_on.part, np.ones(count)])
    return sparse.csc_array((parts, (rows, columns)), shape=(count, count))


def _iterate(passed_on: PassedOn, constant: Array, scale: Array) -> Array | None:
    """Solve by iterations, in parts of what each firm owes; nothing if they stall."""
    size = np.maximum(scale, 1e-150 * scale.max())
    firm, debtor = passed_on.firm, passed_on.debtor
    within = (passed_on.part * (size[debtor] / size[firm]), (firm, debtor))
    parts = sparse.csr_array(within, shape=(size.size, size.size))
    goal, system = constant / size, sparse.eye_array(size.size) - parts
    found, missed, info = np.zeros(size.size), goal, 0
    with np.errstate(all="ignore"):
        for _ in range(_REFINED):
            step, info = gmres(system, missed, rtol=1e-15, restart=_KRYLOV, maxiter=_RESTARTS)
            found = found + step
            missed = goal + parts @ found - found
            size_of_terms = np.abs(goal) + parts @ np.abs(found) + np.max(np.abs(found))
            if np.all(np.abs(missed) <= _ACCURATE * size_of_terms):
                return np.asarray(found * size)
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

    def of(self, rows: Places) -> PassedOn:
        """Some rows, numbered from 0."""
        places, lengths = self._places(rows)
        row = np.repeat(np.arange(rows.size), lengths)
        return PassedOn(row, self.matrix.indices[places], self.matrix.data[places], rows.size)

    def sums(self, rows: Places, weights: Array) -> Array:
        """Multiply some rows by a vector."""
        return self.of(rows).of(weights)
