"""A loan repaid from a shop's sales: the same amount every week, or a share of what was sold.

Sales are weekly, along the last axis of an array; money is in units of a normal week's sales.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from netfin.checks import fraction, non_negative, whole_number
from netfin.terms import About, Terms

DAYS_A_WEEK = 7

Weekly = NDArray[np.float64]
"""Numbers by week, along the last axis."""


@dataclass(frozen=True)
class SalesLoanTerms(Terms):
    """A shop and its loan, by what they take of a normal week's sales.

    What is left of the gross margin after the instalment and the normal surplus pays rent and
    wages, which do not move with sales.
    """

    gross_margin: Annotated[
        float, About("GM", "share of sales", "our assumption: what the goods leave")
    ] = 0.30
    instalment: Annotated[
        float, About("j_w", "share of normal sales", "our assumption: repays the loan in the weeks")
    ] = 0.08
    surplus: Annotated[
        float, About("e", "share of normal sales", "our assumption: left over in a normal week")
    ] = 0.02

    def __post_init__(self) -> None:
        """Check the shares, and that they leave rent and wages of 0 or more."""
        super().__post_init__()
        if self.overhead < -1e-12:
            raise ValueError(
                f"instalment must be at most the gross margin less the surplus, "
                f"{self.gross_margin - self.surplus:.12g}, not {self.instalment:.12g}"
            )

    @property
    def overhead(self) -> float:
        """Rent and wages, a share of normal sales."""
        return self.gross_margin - self.surplus - self.instalment


SHOP = SalesLoanTerms()
"""A shop whose loan takes 8 of every 100 yuan it normally sells."""


class Year(NamedTuple):
    """What became of a shop and its loan, week by week; money in normal weeks' sales.

    `cash` and `repaid` begin with week 0. `survived` counts the weeks that the shop got through;
    from the week in which its cash does not pay what is due it stands at zero and repays nothing.
    """

    cash: Weekly
    repaid: Weekly
    survived: NDArray[np.int64]

    @property
    def repaid_share(self) -> Weekly:
        """The share of all that is owed that has been repaid at the end."""
        return np.asarray(self.repaid[..., -1])


def weekly_sales(daily: ArrayLike) -> Weekly:
    """Add up days to weeks and divide by the average week; days beyond a whole week are dropped."""
    days = np.asarray(non_negative("daily", daily))
    weeks = days.shape[-1] // DAYS_A_WEEK if days.ndim else 0
    if weeks == 0:
        raise ValueError(f"daily must hold at least {DAYS_A_WEEK} days, not {days.shape}")
    whole = days[..., : weeks * DAYS_A_WEEK].reshape(*days.shape[:-1], weeks, DAYS_A_WEEK)
    sums = whole.sum(axis=-1)
    return np.asarray(sums / sums.mean(axis=-1, keepdims=True))


def with_bad_season(sales: ArrayLike, depth: float, first: int, length: int) -> Weekly:
    """Cut the sales of some weeks by a share.

    Parameters
    ----------
    sales : array_like
        Weekly sales, weeks along the last axis.
    depth : float
        The share that is lost, 0 to 1.
    first, length : int
        The first bad week, counted from 1, and how many there are.
    """
    cut = np.array(non_negative("sales", sales), dtype=np.float64, ndmin=1)
    start = int(whole_number("first", first)) - 1
    stop = start + int(whole_number("length", length, least=0))
    cut[..., start:stop] *= 1.0 - fraction("depth", depth)
    return cut


def run_year(sales: ArrayLike, cash: float, by_share: bool, shop: SalesLoanTerms = SHOP) -> Year:
    """Run a shop through its weeks while it repays a loan.

    The loan is to be repaid within the weeks given: in equal instalments, or by a share of each
    week's sales that in normal weeks comes to the same, until all is paid.

    Parameters
    ----------
    sales : array_like
        Weekly sales over a normal week's, weeks along the last axis.
    cash : float
        What the shop has in hand at the start, in normal weeks' sales.
    by_share : bool
        Repaid by a share of sales; otherwise in fixed instalments.

    Notes
    -----
    A week leaves GM·sales less rent and wages. Fixed instalments are due whatever was sold; the
    share falls with sales, but rent and wages do not.
    """
    weekly = np.atleast_1d(np.asarray(non_negative("sales", sales)))
    weeks = weekly.shape[-1]
    owed = weeks * shop.instalment
    have = np.full(weekly.shape[:-1], non_negative("cash", cash), dtype=np.float64)
    paid, open_, survived = np.zeros_like(have), have >= 0.0, np.zeros(have.shape, dtype=np.int64)
    money, repaid = [have], [paid]
    for week in range(weeks):
        sold = weekly[..., week]
        due = np.minimum(shop.instalment * (sold if by_share else 1.0), owed - paid)
        before = have + shop.gross_margin * sold - shop.overhead
        paid = paid + np.where(open_, np.clip(before, 0.0, due), 0.0)
        open_ = open_ & (before >= due - 1e-12)
        have = np.where(open_, np.maximum(before - due, 0.0), 0.0)
        survived = survived + open_
        money, repaid = [*money, have], [*repaid, paid]
    scale = owed if owed > 0.0 else 1.0
    return Year(np.stack(money, axis=-1), np.stack(repaid, axis=-1) / scale, survived)
