"""What firms that have failed pay, each out of what the others pay: one linear system, or a few."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import gmres, splu

from netfin.checks import Array

_DIRECT = 300
"""Systems up to this size are factorised at once; of larger ones the factors may fill up."""

_THIN = 40
"""Factors with no more entries a firm are had sooner than an iterative solution."""

_KRYLOV = 60
"""Directions that an iterative solution tries; networks without long chains need fewer."""

_ACCURATE = 1e-14
"""An iterative solution is taken if each payment is this near to what the equation gives."""


class Solver:
    """Solves for payments; remembers whether the factors of such a system stay thin."""

    def __init__(self) -> None:
        self.thin = False

    def greatest(self, alone: Array, matrix: Any, above: Array, scale: Array) -> Array:
        """Find the greatest p = max(0, alone + matrix·p) that is at most `above`.

        Who pays nothing is guessed from above, then put right: once the guess is too small it
        only grows, and ends at the solution (Howard's policy iteration).
        """
        paying = alone + matrix @ above > 0.0
        for step in range(above.size + 2):
            paid = np.zeros(above.size)
            solved = self._solve(matrix[paying][:, paying], alone[paying], scale[paying])
            if solved is None or np.any(solved > 1.5 * above[paying]):
                paying = alone > 0.0  # the guess leaves no way out for the money: from below, then
                continue
            paid[paying] = solved
            again = alone + matrix @ paid > 0.0
            again |= paying & (step > 0)
            if np.array_equal(again, paying):
                return np.clip(paid, 0.0, above)
            paying = again
        raise ArithmeticError(f"payments of {above.size} failed firms could not be solved for")

    def _solve(self, matrix: Any, constant: Array, scale: Array) -> Array | None:
        """Solve p = constant + matrix·p; nothing where there is no single solution."""
        if constant.size == 0:
            return constant
        system = sparse.csc_array(sparse.eye_array(constant.size) - matrix)
        if constant.size > _DIRECT and not self.thin:
            paid = _iterate(matrix, constant, scale)
            if paid is not None:
                return paid
        try:
            factors = splu(system)
        except RuntimeError:  # singular
            return None
        self.thin = factors.nnz <= _THIN * constant.size
        paid = factors.solve(constant)
        return paid if np.all(np.isfinite(paid)) else None


def _iterate(matrix: Any, constant: Array, scale: Array) -> Array | None:
    """Solve as `_solve` by iterations, in parts of what each firm owes; nothing if they stall."""
    size = np.maximum(scale, 1e-150 * scale.max())
    parts = sparse.csr_array(matrix.multiply(1.0 / size[:, None]).multiply(size[None, :]))
    goal = constant / size
    system = sparse.eye_array(size.size) - parts
    with np.errstate(all="ignore"):
        part, _ = gmres(system, goal, rtol=1e-15, restart=_KRYLOV, maxiter=2)
        missed = np.abs(goal + parts @ part - part)
    met = missed <= _ACCURATE * (np.abs(goal) + parts @ np.abs(part) + np.max(np.abs(part)))
    return part * size if np.all(met) else None
