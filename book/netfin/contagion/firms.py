"""Firms that owe each other money, and what a default destroys.

Amounts are in one unit of money, the same for all arguments of a call. A network of n firms is an
n × n matrix whose row i says what firm i owes to each of the others, dense or sparse.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

import numpy as np
from scipy import sparse

from netfin.checks import Array, flag, fraction, non_negative, one, vector
from netfin.terms import About, Terms


@dataclass(frozen=True)
class Frictions(Terms):
    """What a default destroys, beyond handing the loss on; single numbers."""

    outside_recovery: Annotated[
        float,
        About(
            "α_e",
            "share of outside assets",
            "1: nothing is lost in the bankruptcy",
            check=one(fraction),
        ),
    ] = 1.0
    inside_recovery: Annotated[
        float,
        About(
            "α_p",
            "share of claims on firms",
            "1: nothing is lost in the bankruptcy",
            check=one(fraction),
        ),
    ] = 1.0
    price_impact: Annotated[
        float,
        About(
            "ψ_s",
            "fall in price if all stock is sold",
            "0: stock keeps its price",
            check=one(fraction),
        ),
    ] = 0.0


NO_FRICTION = Frictions()
"""No bankruptcy costs and no fire sales: the loss is handed on and nothing is destroyed."""


@dataclass(frozen=True)
class Firms:
    """Firms that owe each other money: what they own and owe outside the network.

    Parameters
    ----------
    liabilities : array_like or sparse array, n × n
        Row i: what firm i owes to each other firm; nothing on the diagonal. Kept sparse.
    outside_assets : array_like, n
        Cash, and loans to people who are no firm of the network.
    outside_debts : array_like, n
        What each firm owes to people outside, such as savers.
    stock : array_like, n
        Assets that a failing firm has to sell, at their price before any sale.
    outside_first : bool
        Whether debts outside are paid before debts to firms, or alongside them in proportion.

    Raises
    ------
    ValueError
        If an amount is negative or no finite number, if the shapes do not fit, or if all amounts
        together are beyond the largest float.
    """

    liabilities: Any
    outside_assets: Array
    outside_debts: Array
    stock: Array
    outside_first: bool = False

    def __post_init__(self) -> None:
        checked = {"liabilities": _square(self.liabilities)}
        count = checked["liabilities"].shape[0]
        for name in ("outside_assets", "outside_debts", "stock"):
            amounts = vector(name, getattr(self, name), non_negative)
            if amounts.shape != (count,):
                raise ValueError(
                    f"{name} must be {count} numbers, one for each row of liabilities, "
                    f"not {amounts.size}"
                )
            checked[name] = amounts
        checked["outside_first"] = flag("outside_first", self.outside_first)
        for name, value in checked.items():
            object.__setattr__(self, name, value)
        self._add_up()

    def _add_up(self) -> None:
        """Refuse amounts whose sum is no float: what a firm has or owes would be infinite."""
        with np.errstate(over="ignore"):
            sums = [self.outside_assets.sum(), self.outside_debts.sum(), self.stock.sum()]
            total = float(self.liabilities.sum()) + float(np.sum(sums))
        if not np.isfinite(total):
            largest = np.finfo(np.float64).max
            raise ValueError(
                f"liabilities, outside_assets, outside_debts and stock must add up to less than "
                f"{largest:.3g}, not {total}"
            )

    @property
    def count(self) -> int:
        """The number of firms."""
        return int(self.liabilities.shape[0])


def _square(liabilities: Any) -> Any:
    """Check a matrix of debts, and return a sparse copy of it that holds no zeros."""
    name, allowed = "liabilities", partial(non_negative, "liabilities")
    if sparse.issparse(liabilities):
        matrix = sparse.csr_array(liabilities, copy=True)
        matrix.data = np.asarray(allowed(matrix.data))
    else:
        amounts = np.asarray(allowed(liabilities))
        if amounts.ndim != 2:
            raise ValueError(f"{name} must be a table of two dimensions, not {amounts.ndim}")
        matrix = sparse.csr_array(amounts)
    if matrix.shape[0] != matrix.shape[1] or matrix.shape[0] == 0:
        raise ValueError(f"{name} must be as many rows as columns, 1 or more, not {matrix.shape}")
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    if np.any(matrix.diagonal()):
        raise ValueError(f"{name} must be 0 on the diagonal: no firm owes itself")
    return matrix
