"""The chain reaction: who pays whom when firms that owe each other money cannot all pay.

Amounts are in one unit of money, the same for all arguments of a call. A network of n firms is an
n × n matrix whose row i says what firm i owes to each of the others, dense or sparse.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from netfin.checks import Numbers, finite, non_negative, positive, whole_number
from netfin.terms import About, Terms

Amounts = NDArray[np.float64]

_SMALLEST = 1e-9
"""A shortfall below this part of the largest amount is a rounding error, not a default."""

_SETTLED = 1e-12
"""Payments are settled when a sweep changes none by more than this part of the largest."""


@dataclass(frozen=True)
class Frictions(Terms):
    """What a default destroys, beyond handing the loss on."""

    outside_recovery: Annotated[
        Numbers, About("α_e", "share of outside assets", "1: nothing is lost in the bankruptcy")
    ] = 1.0
    inside_recovery: Annotated[
        Numbers, About("α_p", "share of claims on firms", "1: nothing is lost in the bankruptcy")
    ] = 1.0
    price_impact: Annotated[
        Numbers, About("ψ_s", "fall in price if all stock is sold", "0: stock keeps its price")
    ] = 0.0


NONE = Frictions()
"""No bankruptcy costs and no fire sales: the loss is handed on and nothing is destroyed."""


@dataclass(frozen=True)
class Firms:
    """Firms that owe each other money: what they own and owe outside the network.

    Parameters
    ----------
    liabilities : ndarray or sparse array, n × n
        Row i: what firm i owes to each other firm; nothing on the diagonal.
    outside_assets : ndarray, n
        Cash, and loans to people who are no firm of the network.
    outside_debts : ndarray, n
        What each firm owes to people outside, such as savers.
    stock : ndarray, n
        Assets that a failing firm has to sell, at their price before any sale.
    outside_first : bool
        Whether debts outside are paid before debts to firms, or alongside them in proportion.

    Raises
    ------
    ValueError
        If an amount is negative or not finite, or the shapes do not fit.
    """

    liabilities: Any
    outside_assets: Amounts
    outside_debts: Amounts
    stock: Amounts
    outside_first: bool = False

    def __post_init__(self) -> None:
        matrix = sparse.csr_array(self.liabilities, dtype=np.float64)
        non_negative("liabilities", matrix.data)
        if matrix.shape[0] != matrix.shape[1]:
            raise ValueError(f"liabilities must be as many rows as columns, not {matrix.shape}")
        if np.any(matrix.diagonal()):
            raise ValueError("liabilities must be 0 on the diagonal: no firm owes itself")
        object.__setattr__(self, "liabilities", matrix)
        for name in ("outside_assets", "outside_debts", "stock"):
            amounts = np.asarray(non_negative(name, getattr(self, name)))
            if amounts.shape != (self.count,):
                raise ValueError(f"{name} must be {self.count} numbers, not {amounts.shape}")
            object.__setattr__(self, name, amounts)

    @property
    def count(self) -> int:
        """The number of firms."""
        return int(self.liabilities.shape[0])


class Clearing(NamedTuple):
    """What the firms pay in the end, and in which round each of them failed.

    `failed_in` is 0 for a firm that pays in full; `received` is what it gets from other firms and
    `equity` what its owners keep; `destroyed` is what bankruptcies and fire sales made vanish.
    """

    paid_inside: Amounts
    paid_outside: Amounts
    received: Amounts
    equity: Amounts
    failed_in: NDArray[np.int64]
    price: float
    destroyed: float

    @property
    def failures(self) -> int:
        """How many firms do not pay in full."""
        return int(np.count_nonzero(self.failed_in))


def clear(firms: Firms, frictions: Frictions = NONE) -> Clearing:
    """Find the greatest clearing payments, and the rounds in which firms fail.

    A firm that can, pays what it owes. One that cannot, pays out what it recovers:

        p_i = b_i                        if  e_i + Σ_j a_ji p_j ≥ b_i,
        p_i = α_e e_i + α_p Σ_j a_ji p_j      otherwise,

    where a_ji is the part of firm j's debt owed to i. The failing sell their stock, whose price is
    1 − ψ_s·(share of all stock sold); everyone's stock is worth that price.

    Parameters
    ----------
    firms : Firms
        n firms. Sparse matrices of 10,000 firms take some hundredths of a second.
    frictions : Frictions
        Recovery in bankruptcy and price impact, single numbers.

    Returns
    -------
    Clearing
        Arrays of n amounts. Round 1 are the firms that fail though all others pay, round 2 those
        that fail because of round 1, and so on.

    Notes
    -----
    Eisenberg & Noe (2001), fictitious default algorithm; α_e and α_p are α and β of Rogers &
    Veraart (2013), definition 3.6; sales as in Cifuentes, Ferrucci & Shin (2005), with a linear
    price and whole stocks sold on failure. All is monotone: rounds end at the greatest solution.
    """
    inside = np.asarray(firms.liabilities.sum(axis=1), dtype=np.float64)
    owed = inside + firms.outside_debts
    scale = max(float(np.max(owed + firms.outside_assets + firms.stock, initial=0.0)), 1.0)
    claims = _claims(firms, inside)
    failed_in = np.zeros(firms.count, dtype=np.int64)
    price, paid, this_round = 1.0, inside.copy(), 0
    while True:
        own = firms.outside_assets + price * firms.stock
        short = owed - own - claims @ paid > _SMALLEST * scale
        new = short & (failed_in == 0)
        if not new.any():
            break
        this_round += 1
        failed_in[new] = this_round
        price = _price(firms, failed_in > 0, frictions)
        own = firms.outside_assets + price * firms.stock
        paid = _settle(firms, claims, own, paid, failed_in > 0, frictions)
    return _result(firms, claims, paid, failed_in, price, frictions)


def _claims(firms: Firms, inside: Amounts) -> Any:
    """Return the matrix that turns what firms pay inside into what each of them receives."""
    shares = np.divide(1.0, inside, out=np.zeros_like(inside), where=inside > 0.0)
    return sparse.csr_array((firms.liabilities.multiply(shares[:, None])).T)


def _price(firms: Firms, failed: NDArray[np.bool_], frictions: Frictions) -> float:
    """Return the price of stock once the failing have sold theirs."""
    stock = float(firms.stock.sum())
    sold = float(firms.stock[failed].sum()) / stock if stock > 0.0 else 0.0
    return 1.0 - float(frictions.price_impact) * sold


def _settle(
    firms: Firms,
    claims: Any,
    own: Amounts,
    paid: Amounts,
    failed: NDArray[np.bool_],
    frictions: Frictions,
) -> Amounts:
    """Return what firms pay inside if just the failed pay less: by sweeps, from above."""
    inside = np.asarray(firms.liabilities.sum(axis=1), dtype=np.float64)
    kept = frictions.outside_recovery * own[failed]
    largest = max(float(np.max(inside, initial=0.0)), 1.0)
    while True:
        recovered = kept + frictions.inside_recovery * (claims[failed] @ paid)
        swept = paid.copy()
        swept[failed] = _inside_part(firms, inside, recovered, failed)
        change = float(np.max(np.abs(swept - paid)))
        paid = swept
        if change <= _SETTLED * largest:
            return paid


def _inside_part(
    firms: Firms, inside: Amounts, recovered: Amounts, failed: NDArray[np.bool_]
) -> Amounts:
    """Split what failed firms recover between outside and inside; return the inside part."""
    outside = firms.outside_debts[failed]
    if firms.outside_first:
        return np.clip(recovered - outside, 0.0, inside[failed])
    return recovered * inside[failed] / (inside[failed] + outside)


def _result(
    firms: Firms,
    claims: Any,
    paid: Amounts,
    failed_in: NDArray[np.int64],
    price: float,
    frictions: Frictions,
) -> Clearing:
    """Work out who got what."""
    failed = failed_in > 0
    received = claims @ paid
    own = firms.outside_assets + price * firms.stock
    recovered = frictions.outside_recovery * own + frictions.inside_recovery * received
    outside = np.where(failed, np.maximum(recovered - paid, 0.0), firms.outside_debts)
    equity = np.where(failed, 0.0, np.maximum(own + received - paid - outside, 0.0))
    fees = float((own + received - recovered)[failed].sum())
    fallen = (1.0 - price) * float(firms.stock.sum())
    return Clearing(paid, outside, received, equity, failed_in, price, fees + fallen)


# ---------------------------------------------------------------------------------------------
# Firms that are all alike: one unit more


@dataclass(frozen=True)
class EqualFirms:
    """Firms of one size, each with the same surplus and the same debt to the others.

    Every field is a single number above zero; `surplus` is what a firm's loans exceed its debts to
    savers by.
    """

    count: Annotated[int, About("M", "firms", "our assumption: enough to see a chain")] = 20
    surplus: Annotated[float, About("ω", "million yuan a firm", "our round number")] = 1.0
    savings: Annotated[
        float, About("S", "million yuan a firm", "our assumption: thin owners' capital")
    ] = 30.0
    mutual_debt: Annotated[
        float, About("y", "million yuan a firm", "our assumption: as large as the savers' money")
    ] = 30.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "count", int(whole_number("count", self.count, least=2)))
        for name in ("surplus", "savings", "mutual_debt"):
            object.__setattr__(self, name, float(positive(name, getattr(self, name))))

    @property
    def total_surplus(self) -> float:
        """M·ω: the largest loss that all firms together could bear."""
        return self.count * self.surplus


TOWN = EqualFirms()
"""Twenty lenders, each with loans of 31, savers' money of 30 and 30 owed to other lenders."""


def circle(partners: int, firms: EqualFirms = TOWN) -> Amounts:
    """Return the liabilities when each firm owes the same to the next `partners` on a circle.

    One partner makes the ring, M − 1 the complete network.

    Raises
    ------
    ValueError
        If `partners` is no whole number from 1 to M − 1.
    """
    number = int(whole_number("partners", partners))
    if number >= firms.count:
        raise ValueError(f"partners must be at most {firms.count - 1}, not {number}")
    steps = [np.roll(np.eye(firms.count), step, axis=1) for step in range(1, number + 1)]
    return np.asarray(firms.mutual_debt * np.sum(steps, axis=0) / number)


def islands(size: int, firms: EqualFirms = TOWN) -> Amounts:
    """Return the liabilities when firms owe each other only within groups of `size`.

    Raises
    ------
    ValueError
        If `size` is below 2 or does not divide the number of firms.
    """
    if whole_number("size", size, least=2) > firms.count or firms.count % size:
        raise ValueError(f"size must divide the {firms.count} firms, not {size}")
    group = np.arange(firms.count) // size
    same = (group[:, None] == group) & ~np.eye(firms.count, dtype=bool)
    return np.asarray(firms.mutual_debt * same / (size - 1))


def hit_one(
    liabilities: Amounts,
    shock: float,
    firms: EqualFirms = TOWN,
    frictions: Frictions = NONE,
) -> Clearing:
    """Clear a network of equal firms of which the first loses `shock` of its outside assets.

    Savers are paid before the other firms. In the complete network nobody but the hit firm fails
    while the shock is at most M·ω, and everybody does beyond; in the ring the hit firm and
    ⌈shock/ω⌉ − 2 others fail, as long as y is at least the shock less ω.

    Parameters
    ----------
    liabilities : ndarray, M × M
        For instance `circle(1)`, the ring, `circle(19)`, the complete network, or `islands(5)`.
    shock : float
        From 0 to the firm's loans, savings + surplus.
    frictions : Frictions
        What a failure destroys; the statements above are for nothing.

    Notes
    -----
    Acemoglu, Ozdaglar & Tahbaz-Salehi (2015), propositions 4 and 6, with a project of size
    savings + surplus that cannot be liquidated early. There ε is the shock and a − v the surplus.
    """
    loans = firms.savings + firms.surplus
    lost = float(finite("shock", shock))
    if not 0.0 <= lost <= loans:
        raise ValueError(f"shock must be a number from 0 to {loans:g}, not {shock:g}")
    assets = np.full(firms.count, loans)
    assets[0] -= lost
    savings = np.full(firms.count, firms.savings)
    none = np.zeros(firms.count)
    return clear(Firms(liabilities, assets, savings, none, outside_first=True), frictions)


def harmless_debt(firms: EqualFirms = TOWN) -> float:
    """Return the mutual debt up to which the complete network spreads no default: (M − 1)·ω.

    A failing firm cannot take more from each of the others than it owes it, y/(M − 1), and that
    is what their surplus ω can bear (Acemoglu, Ozdaglar & Tahbaz-Salehi 2015, their y*).
    """
    return (firms.count - 1) * firms.surplus
