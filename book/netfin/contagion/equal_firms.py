"""Firms that are all alike: a ring, a complete network, islands, and one unit more."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

import numpy as np
from scipy import sparse

from netfin.checks import (
    LARGEST,
    bounded_above_zero,
    count,
    finite,
    instance,
    one,
)
from netfin.contagion.clearing import Clearing, Places, clear
from netfin.contagion.firms import NO_FRICTION, Firms, Frictions
from netfin.terms import About, Terms

_MOST = 20_000_000  # debts in a network: beyond, they take gigabytes


@dataclass(frozen=True)
class EqualFirms(Terms):
    """Firms of one size, each with the same surplus and the same debt to the others.

    Every field is a single number above zero; `surplus` is what a firm's loans exceed its debts to
    savers by.
    """

    count: Annotated[
        int,
        About("M", "firms", "our assumption: enough to see a chain", check=partial(count, least=2)),
    ] = 20
    surplus: Annotated[
        float, About("ω", "million yuan a firm", "our round number", check=one(bounded_above_zero))
    ] = 1.0
    savings: Annotated[
        float,
        About(
            "S",
            "million yuan a firm",
            "our assumption: thin owners' capital",
            check=one(bounded_above_zero),
        ),
    ] = 30.0
    mutual_debt: Annotated[
        float,
        About(
            "y",
            "million yuan a firm",
            "our assumption: as large as the savers' money",
            check=one(bounded_above_zero),
        ),
    ] = 30.0

    def consistent(self) -> None:
        """Refuse more firms than there could be; sums over all are then numbers."""
        if self.count > LARGEST:
            raise ValueError(f"count must be at most {LARGEST:g}, not {self.count:g}")

    @property
    def total_surplus(self) -> float:
        """M·ω: the largest loss that all firms together could bear."""
        return self.count * self.surplus


TOWN = EqualFirms()
"""Twenty lenders, each with loans of 31, savers' money of 30 and 30 owed to other lenders."""


def _network(firms: EqualFirms, debtors: Places, creditors: Places, partners: int) -> Any:
    """Let each firm owe the same to each of its partners."""
    owed = np.full(debtors.size, firms.mutual_debt / partners)
    return sparse.csr_array((owed, (debtors, creditors)), shape=(firms.count, firms.count))


def _few_enough(name: str, number: int, partners: int, firms: EqualFirms) -> None:
    """Refuse a network of more debts than there is room for."""
    debts = firms.count * partners
    if debts > _MOST:
        raise ValueError(
            f"{name} and firms.count must make at most {_MOST:,} debts, "
            f"not {debts:,} as {number:,} and {firms.count:,} do"
        )


def circle(partners: int, firms: EqualFirms = TOWN) -> Any:
    """Return the liabilities when each firm owes the same to the next `partners` on a circle.

    One partner makes the ring, M − 1 the complete network.

    Parameters
    ----------
    partners : int
        From 1 to M − 1.
    firms : EqualFirms
        How many they are, and what each owes.

    Returns
    -------
    sparse array, M × M
        Row i: what firm i owes to each other firm, million yuan.

    Raises
    ------
    ValueError
        If `partners` is no whole number from 1 to M − 1, or there are above 20 million debts.
    TypeError
        Naming `firms`, where it is of another type.

    Source
    ------
    Acemoglu, Ozdaglar & Tahbaz-Salehi (2015): the ring and the complete network; those between are
    ours.
    """
    firms = instance("firms", firms, EqualFirms)
    number = count("partners", partners)
    if number >= firms.count:
        raise ValueError(f"partners must be at most {firms.count - 1}, not {number}")
    _few_enough("partners", number, number, firms)
    debtors = np.repeat(np.arange(firms.count), number)
    steps = np.tile(np.arange(1, number + 1), firms.count)
    return _network(firms, debtors, (debtors + steps) % firms.count, number)


def islands(size: int, firms: EqualFirms = TOWN) -> Any:
    """Return the liabilities when firms owe each other only within groups of `size`.

    Parameters
    ----------
    size : int
        From 2 to M; it divides M.
    firms : EqualFirms
        How many they are, and what each owes.

    Returns
    -------
    sparse array, M × M
        Row i: what firm i owes to each other firm, million yuan.

    Raises
    ------
    ValueError
        If `size` is below 2 or does not divide the number of firms, or there are above 20 million
        debts.
    TypeError
        Naming `firms`, where it is of another type.

    Source
    ------
    Ours: the plainest of the networks that Acemoglu, Ozdaglar & Tahbaz-Salehi (2015) call
    δ-connected, with δ = 0.
    """
    firms = instance("firms", firms, EqualFirms)
    number = count("size", size, least=2)
    if firms.count % number:
        raise ValueError(f"size must divide the {firms.count} firms, not {number}")
    partners = number - 1
    _few_enough("size", number, partners, firms)
    debtors = np.repeat(np.arange(firms.count), partners)
    others = np.tile(np.arange(partners), firms.count)
    first = debtors - debtors % number
    others += others >= debtors - first  # all on the island but the firm itself
    return _network(firms, debtors, first + others, partners)


def single_default_shock(
    liabilities: Any,
    shock: float,
    firms: EqualFirms = TOWN,
    frictions: Frictions = NO_FRICTION,
) -> Clearing:
    """Clear a network of equal firms of which the first loses `shock` of its outside assets.

    Savers are paid before the other firms. In the complete network nobody but the hit firm fails
    while the shock is at most M·ω, and everybody does beyond; in the ring the hit firm and
    ⌈shock/ω⌉ − 2 others fail, as long as y is at least the shock less ω.

    Parameters
    ----------
    liabilities : array_like or sparse array, M × M
        Million yuan. For instance `circle(1)`, the ring, `circle(19)`, the complete network, or
        `islands(5)`.
    shock : float
        From 0 to the firm's loans, savings + surplus.
    firms : EqualFirms
        What each owns, and owes its savers.
    frictions : Frictions
        What a failure destroys; the statements above are for nothing.

    Returns
    -------
    Clearing
        As from `clear`.

    Raises
    ------
    ValueError
        If `shock` is out of its range, or `liabilities` are not for M firms.
    TypeError
        Naming `firms` or `frictions`, where it is of another type.

    Source
    ------
    Acemoglu, Ozdaglar & Tahbaz-Salehi (2015), propositions 4 and 6, with a project of size savings
    + surplus that cannot be liquidated early. There ε is the shock and a − v the surplus.
    """
    firms = instance("firms", firms, EqualFirms)
    loans = firms.savings + firms.surplus
    lost = float(one(finite)("shock", shock))
    if not 0.0 <= lost <= loans:
        raise ValueError(f"shock must be a number from 0 to {loans:g}, not {lost:g}")
    assets = np.full(firms.count, loans)
    assets[0] -= lost
    savings = np.full(firms.count, firms.savings)
    none = np.zeros(firms.count)
    return clear(Firms(liabilities, assets, savings, none, outside_first=True), frictions)


def contagion_free_debt(firms: EqualFirms = TOWN) -> float:
    """Return the mutual debt up to which the complete network spreads no default: (M − 1)·ω.

    A failing firm cannot take more from each of the others than it owes it, y/(M − 1), and that
    is what their surplus ω can bear.

    Parameters
    ----------
    firms : EqualFirms
        Their number and surplus.

    Returns
    -------
    float
        Million yuan a firm.

    Raises
    ------
    TypeError
        Naming `firms`, where it is of another type.

    Source
    ------
    Acemoglu, Ozdaglar & Tahbaz-Salehi (2015), their y*.
    """
    firms = instance("firms", firms, EqualFirms)
    return (firms.count - 1) * firms.surplus
