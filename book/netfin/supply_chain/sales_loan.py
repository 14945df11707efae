"""A loan repaid from a shop's sales: the same amount every week, or a share of what was sold.

Sales are weekly, along the last axis of an array; money is in units of a normal week's sales.
Numbers are at most 10¹⁵.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from netfin.checks import Array, bounded, count, flag, fraction, instance, one, table
from netfin.terms import About, Terms

DAYS_A_WEEK = 7
FIRST_BAD_WEEK, BAD_WEEKS = 9, 26
"""The bad half-year of the chapter's examples."""
MILD = 0.25
"""The share of sales lost in it at which the plan decides."""


@dataclass(frozen=True)
class SalesLoanTerms(Terms):
    """A shop and its loan, by what they take of a normal week's sales.

    What is left of the gross margin after the instalment and the normal surplus pays rent and
    wages, which do not move with sales.
    """

    gross_margin: Annotated[
        float,
        About("GM", "share of sales", "our assumption: what the goods leave", check=one(fraction)),
    ] = 0.30
    instalment: Annotated[
        float,
        About(
            "j_w",
            "share of normal sales",
            "our assumption: repays the loan in the weeks",
            check=one(fraction),
        ),
    ] = 0.08
    surplus: Annotated[
        float,
        About(
            "e",
            "share of normal sales",
            "our assumption: left over in a normal week",
            check=one(fraction),
        ),
    ] = 0.02

    def consistent(self) -> None:
        """Refuse shares that leave rent and wages below 0."""
        if self.overhead < -1e-12:
            raise ValueError(
                f"instalment must be at most gross_margin less surplus, "
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

    cash: Array
    repaid: Array
    survived: NDArray[np.int64]

    @property
    def repaid_share(self) -> Array:
        """The share of all that is owed that has been repaid at the end."""
        return np.asarray(self.repaid[..., -1])


def weekly_sales(daily: ArrayLike) -> Array:
    """Add up days to weeks and divide by the average week; days beyond a whole week are dropped.

    Parameters
    ----------
    daily : array_like
        Sales of a week or more, 0 or more, days along the last axis.

    Returns
    -------
    ndarray
        Weeks along the last axis; their mean is 1.

    Source
    ------
    Arithmetic.
    """
    days = np.asarray(bounded("daily", daily))
    weeks = days.shape[-1] // DAYS_A_WEEK if days.ndim else 0
    if weeks == 0:
        raise ValueError(f"daily must hold at least {DAYS_A_WEEK} days, not {days.shape}")
    whole = days[..., : weeks * DAYS_A_WEEK].reshape(*days.shape[:-1], weeks, DAYS_A_WEEK)
    sums = whole.sum(axis=-1)
    average = sums.mean(axis=-1, keepdims=True)
    if not np.all(average > 0.0):
        raise ValueError("daily must hold some sales above 0 in its whole weeks")
    return np.asarray(sums / average)


def weekly_book(book: pd.DataFrame, day: str = "date", sales: str = "sales") -> Array:
    """Add up a shop's own book, a row for each day, to weeks over its average week.

    Parameters
    ----------
    book : DataFrame
        Of one shop or one kind of goods, in any order, any currency; other columns may be there.
    day, sales : str
        Names of its columns: the day, as a date or as text year-month-day, each once; and what
        was sold on it, 0 or more. A day without a row counts as one on which the shop was shut.

    Returns
    -------
    ndarray, shape (weeks,)
        Seven days that the shop was open make a week; their mean is 1.

    Raises
    ------
    ValueError
        Naming `book`, where it is out of its range.
    TypeError
        Naming `book`, where it is of another type.

    Source
    ------
    Arithmetic.
    """
    rows = table("book", book, (day, sales))
    days = pd.to_datetime(rows[day], format="ISO8601", errors="coerce")
    wrong = np.flatnonzero(days.isna())
    if wrong.size:
        raise ValueError(
            f"{day} must hold a day, year-month-day, in every row of the book, "
            f"not {rows[day].iloc[wrong[0]]!r} in row {wrong[0]}"
        )
    if days.duplicated().any():
        twice = days[days.duplicated()].iloc[0]
        raise ValueError(
            f"{day} must hold each day of the book once, but holds {twice:%Y-%m-%d} twice"
        )
    sold = np.asarray(bounded(sales, rows[sales].to_numpy()))
    return weekly_sales(sold[np.argsort(days.to_numpy(), kind="stable")])


def with_bad_season(sales: ArrayLike, depth: float, first: int, length: int) -> Array:
    """Cut the sales of some weeks by a share.

    Parameters
    ----------
    sales : array_like
        Weekly sales, weeks along the last axis.
    depth : float
        The share that is lost, 0 to 1.
    first, length : int
        The first bad week, counted from 1, and how many there are; the season ends with the
        weeks given.

    Returns
    -------
    ndarray
        The sales, of the shape given.

    Raises
    ------
    ValueError
        Naming `depth`, `first` or `length`, where it is out of its range.

    Source
    ------
    Arithmetic.
    """
    cut = np.array(_weeks(sales))
    start, number = count("first", first), count("length", length, least=0)
    if start > cut.shape[-1]:
        raise ValueError(f"first must be one of the {cut.shape[-1]} weeks, not {start}")
    cut[..., start - 1 : start - 1 + number] *= 1.0 - one(fraction)("depth", depth)
    return cut


def _weeks(sales: ArrayLike) -> Array:
    """Return weekly sales of one week or more."""
    weekly = np.asarray(bounded("sales", sales))
    if weekly.ndim == 0 or weekly.shape[-1] == 0:
        raise ValueError(f"sales must hold one week or more, not be of shape {weekly.shape}")
    return weekly


def run_year(sales: ArrayLike, cash: float, by_share: bool, shop: SalesLoanTerms = SHOP) -> Year:
    """Run a shop through its weeks while it repays a loan.

    The loan is to be repaid within the weeks given: in equal instalments, or by a share of each
    week's sales that in normal weeks comes to the same, until all is paid.

    Parameters
    ----------
    sales : array_like
        Array sales over a normal week's, weeks along the last axis.
    cash : float
        What the shop has in hand at the start, in normal weeks' sales.
    by_share : bool
        Repaid by a share of sales; otherwise in fixed instalments.
    shop : SalesLoanTerms
        Margin, instalment and surplus, as shares of a normal week's sales.

    Returns
    -------
    Year
        How many weeks the shop lives through, and what it repays.

    Raises
    ------
    ValueError
        Naming `cash`, where it is out of its range.
    TypeError
        Naming `by_share` or `shop`, where it is of another type.

    Notes
    -----
    A week leaves GM·sales less rent and wages. Fixed instalments are due whatever was sold; the
    share falls with sales, but rent and wages do not.

    Source
    ------
    Ours: a shop's cash, week by week.
    """
    weekly, shared = _weeks(sales), flag("by_share", by_share)
    shop = instance("shop", shop, SalesLoanTerms)
    weeks = weekly.shape[-1]
    owed = weeks * shop.instalment
    have = np.full(weekly.shape[:-1], one(bounded)("cash", cash))
    paid, open_, survived = np.zeros_like(have), have >= 0.0, np.zeros(have.shape, dtype=np.int64)
    money, repaid = [have], [paid]
    for week in range(weeks):
        sold = weekly[..., week]
        due = np.minimum(shop.instalment * (sold if shared else 1.0), owed - paid)
        before = have + shop.gross_margin * sold - shop.overhead
        paid = paid + np.where(open_, np.clip(before, 0.0, due), 0.0)
        open_ = open_ & (before >= due - 1e-12)
        have = np.where(open_, np.maximum(before - due, 0.0), 0.0)
        survived = survived + open_
        money, repaid = [*money, have], [*repaid, paid]
    scale = owed if owed > 0.0 else 1.0
    return Year(np.stack(money, axis=-1), np.stack(repaid, axis=-1) / scale, survived)
