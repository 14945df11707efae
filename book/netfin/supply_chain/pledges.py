"""One pile of goods, several pledges: what a registry and the order of payment are worth."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.stats import binom

from netfin.checks import above_zero, count, flag, fraction, one

_MOST_LENDERS = 10_000


class Pledged(NamedTuple):
    """What lenders on the same goods lend and lose, expected; money in units of the goods' value.

    The shares are of what a lender of the kind has lent; None where there is none of it.
    """

    loans: float
    lent: float
    lost: float
    loss_share_inside: float | None
    loss_share_outside: float | None

    @property
    def loss_share(self) -> float:
        """The share of all lent money that is lost."""
        return self.lost / self.lent


def pledged_again(
    asked: int, coverage: float, advance: float = 0.7, priority: bool = True
) -> Pledged:
    """Let a cheat pledge the same goods to one lender after another, and not repay.

    Each lender uses a registry with chance `coverage`, independently. One that does registers
    its pledge, and refuses goods that are registered already; one that does not always lends.
    So all outside the registry lend, and the first inside.

    Parameters
    ----------
    asked : int
        Lenders asked, 1 to 10,000.
    coverage : float
        Share of lenders that use the registry, 0 to 1.
    advance : float
        What each lends, as a share of the goods' value, above 0 and at most 1.
    priority : bool
        Whether the law pays the registered pledge first. If not, all share alike.

    Returns
    -------
    Pledged
        Loans on the goods, what was lent, as a share of their value, and which share of it lenders
        inside, outside and all together lose; None for a side on which nobody lends.

    Raises
    ------
    ValueError
        Naming `asked`, `coverage` or `advance`, where it is out of its range.
    TypeError
        Naming `priority`, where it is of another type.

    Source
    ------
    Ours: lenders in a row.
    """
    number, first_paid = count("asked", asked), flag("priority", priority)
    if number > _MOST_LENDERS:
        raise ValueError(f"asked must be at most {_MOST_LENDERS}, not {number}")
    share, listed = one(above_zero)("advance", advance), one(fraction)("coverage", coverage)
    inside = np.arange(number + 1)
    chance = binom.pmf(inside, number, listed)
    first, outside = np.minimum(inside, 1), number - inside
    lent_inside, lent_outside = share * first, share * outside
    lent = lent_inside + lent_outside
    back_inside = lent_inside if first_paid else lent_inside * np.minimum(1.0, 1.0 / lent)
    back_outside = np.minimum(lent_outside, 1.0 - back_inside)
    lost = [
        float(chance @ (lent_inside - back_inside)),
        float(chance @ (lent_outside - back_outside)),
    ]
    by_kind = [float(chance @ each) for each in (lent_inside, lent_outside)]
    shares = (a / b if b > 0.0 else None for a, b in zip(lost, by_kind, strict=True))
    return Pledged(float(chance @ (first + outside)), float(chance @ lent), sum(lost), *shares)
