"""Competition among banks: from Klein and Monti's single bank to many.

Banks choose how much to lend and how much to borrow from savers; rates follow from what shops ask
and what savers bring. Both are linear in the rate. A bank that lends more than its savers bring
borrows the rest from other banks, so the price of the last yuan is the same for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

import numpy as np

from netfin.checks import Numbers, whole_number
from netfin.lending import BANK, LendingTerms, break_even_rate
from netfin.terms import About, Terms


@dataclass(frozen=True)
class TownTerms(Terms):
    """Savers and shops of a town: what banks meet on either side."""

    choke_rate: Annotated[
        Numbers,
        About("r_max", "a year", "our assumption: above it no shop borrows"),
    ] = 0.20
    reservation_rate: Annotated[
        Numbers, About("r_0", "a year", "our assumption: below it nobody brings savings")
    ] = 0.0
    deposit_cost: Annotated[
        Numbers, About("γ_D", "share of deposits a year", "our assumption: branches and payments")
    ] = 0.005
    reserve_ratio: Annotated[
        Numbers, About("b", "share of deposits", "our round number: reserves that earn nothing")
    ] = 0.10


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


class DepositMarket(NamedTuple):
    """What savers get when a number of banks compete."""

    rate: Numbers
    margin: Numbers
    share_of_competitive: Numbers


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

    Notes
    -----
    Klein (1971), Monti (1972); with N banks and the Lerner form as in Freixas & Rochet,
    *Microeconomics of Banking*, chapter 3. The deposit side does not appear: money can be had
    or placed at the rate between banks.
    """
    number = whole_number("banks", banks)
    cost = break_even_rate(lending)
    gap = town.choke_rate - cost
    if np.any(np.asarray(gap) <= 0.0):
        raise ValueError(
            f"choke_rate must be above the break-even rate {cost}, not {town.choke_rate}"
        )
    rate = (town.choke_rate + number * cost) / (number + 1.0)
    share = number / (number + 1.0)
    margin = gap / (number + 1.0)
    elasticity = rate / (town.choke_rate - rate)
    loans = 1.0 - rate / town.choke_rate
    return LoanMarket(rate, margin, margin / rate, elasticity, loans, share, share)


def cournot_deposits(
    banks: Numbers, lending: LendingTerms = BANK, town: TownTerms = TOWN
) -> DepositMarket:
    """Find what N equal banks pay savers, who bring deposits in proportion to r_D − r_0.

    A yuan of deposits is worth v = (1 − b)f − γ_D to a bank, and

        r_D = (r_0 + N·v) / (N + 1),        (v − r_D) / (r_D − r_0) = 1 / N.

    Parameters
    ----------
    banks : float or ndarray
        N, a whole number of 1 or more.
    lending : LendingTerms
        Its funding rate f is the rate between banks.
    town : TownTerms
        Its reservation rate must be below v, or no bank wants deposits.

    Notes
    -----
    The same models and the same book as for `cournot_loans`.
    """
    number = whole_number("banks", banks)
    worth = (1.0 - town.reserve_ratio) * lending.funding_rate - town.deposit_cost
    gap = worth - town.reservation_rate
    if np.any(np.asarray(gap) <= 0.0):
        raise ValueError(
            f"reservation_rate must be below what a deposit is worth to a bank, {worth}, "
            f"not {town.reservation_rate}"
        )
    rate = (town.reservation_rate + number * worth) / (number + 1.0)
    return DepositMarket(rate, gap / (number + 1.0), number / (number + 1.0))
