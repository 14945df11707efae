"""Competition among banks: from Klein and Monti's single bank to many.

Banks choose how much to lend; the rate follows from what shops ask, which is linear in it. A bank
that lends more than its savers bring borrows the rest from other banks, so the price of the last
yuan is the same for all, and what savers are paid plays no part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

import numpy as np

from netfin.checks import Numbers, instance, whole_number
from netfin.lending import BANK, LendingTerms, break_even_rate
from netfin.terms import About, Terms, matching_terms


@dataclass(frozen=True)
class TownTerms(Terms):
    """The shops of a town: what banks that lend meet."""

    choke_rate: Annotated[
        Numbers,
        About("r_max", "a year", "our assumption: above it no shop borrows"),
    ] = 0.20


TOWN = TownTerms()
"""A town with the default terms."""


class LoanMarket(NamedTuple):
    """What shops pay and get when a number of banks compete."""

    rate: Numbers
    margin: Numbers
    lerner_index: Numbers
    elasticity: Numbers
    loans: Numbers
    share_of_competitive: Numbers
    pass_through: Numbers


def cournot_loans(
    banks: Numbers, lending: LendingTerms = BANK, town: TownTerms = TOWN
) -> LoanMarket:
    """Find what N equal banks charge when each chooses how much to lend, given the others.

    A loan leaves r(1 − PD) − cost = (1 − PD)(r − r*), where r* is the break-even rate, so each
    bank acts as one whose loans cost r*. With linear demand 1 − r/r_max

        r = (r_max + N·r*) / (N + 1),        (r − r*) / r = 1 / (N·ε),        ε = r / (r_max − r).

    Parameters
    ----------
    banks : float or ndarray
        N, a whole number of 1 or more; 1 is Klein and Monti's bank.
    lending : LendingTerms
        Costs and borrowers of each bank; its funding rate is the rate between banks.
    town : TownTerms
        Its choke rate must be above the break-even rate, or nobody borrows.

    Returns
    -------
    LoanMarket
        Rate and margin r − r* a year; Lerner index; elasticity of demand at the rate; loans
        as a share of what shops would borrow for nothing, and of what they would borrow at r*,
        N/(N + 1); and how much of one point saved in cost reaches the rate, again N/(N + 1).

    Raises
    ------
    ValueError
        Naming `banks`, where it is out of its range.
    TypeError
        Naming `lending` or `town`, where it is of another type.

    Notes
    -----
    What savers bring does not appear: money can be had or placed at the rate between banks.

    Source
    ------
    Klein (1971) and Monti (1972); with N banks and the Lerner form Freixas & Rochet (2008), chapter
    3.
    """
    number = whole_number("banks", banks)
    instance("lending", lending, LendingTerms)
    instance("town", town, TownTerms)
    matching_terms(banks=number, lending=lending, town=town)
    cost = break_even_rate(lending)
    gap = town.choke_rate - cost
    if np.any(np.asarray(gap) <= 0.0):
        raise ValueError(
            f"choke_rate must be above the break-even rate {cost}, not {town.choke_rate}"
        )
    rate = (town.choke_rate + number * cost) / (number + 1.0)
    share = number / (number + 1.0)
    margin = gap / (number + 1.0)
    elasticity = rate / (share * gap)
    loans = share * gap / town.choke_rate
    return LoanMarket(rate, margin, margin / rate, elasticity, loans, share, share)
