"""A real lending spread, and two that are none: what time alone pays."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Shown
from figures.style import (
    GREY_1,
    GREY_3,
    INK,
    INK_SOFT,
    LOSS,
    explore,
    new_axes,
)
from netfin import data
from netfin.checks import Array
from netfin.realised import RealisedSpread, realised_spread


def left_by_grade(grades: pd.DataFrame) -> RealisedSpread:
    """What the loans of each grade charged, lost and left, a year, as fractions."""
    return realised_spread(
        grades["average_rate"].to_numpy() / 100,
        grades["net_return"].to_numpy() / 100,
        (grades["principal_lost"] / grades["funded"]).to_numpy(),
    )


@explore()
def lending_club_spread() -> Shown:
    """Rate, loss and what was left, by grade, Lending Club 2007 to 2011."""
    grades = data.load("lending_club_grade_money_2007_2011")
    rate, loss, remaining = (100 * np.asarray(part) for part in left_by_grade(grades))
    table = pd.DataFrame(
        {
            "grade": grades["grade"],
            "loans (number)": grades["loans"],
            "rate charged (% a year)": rate,
            "lost (% a year)": loss,
            "left (% a year)": remaining,
        }
    )
    sentence = (
        f"From grade A to grade G the rate charged rises by {rate[-1] - rate[0]:.1f} points, from "
        f"{rate[0]:.1f} % to {rate[-1]:.1f} %; what was left after losses rises by only "
        f"{remaining[-1] - remaining[0]:.1f} points, from {remaining[0]:.1f} % to "
        f"{remaining[-1]:.1f} %."
    )
    return Shown(_grades(grades["grade"], grades["loans"], loss, remaining), sentence, table)


def _grades(grades: pd.Series, loans: pd.Series, loss: Array, remaining: Array) -> Figure:
    figure, axes = new_axes(box=(46, 66, 8, 12))
    axes.set(xlim=(-0.6, len(grades) - 0.4), ylim=(0, 24), xticks=range(len(grades)))
    axes.set_xticklabels(f"{grade}\n{count:,}" for grade, count in zip(grades, loans, strict=True))
    axes.set_xlabel("the lender's grade, best to worst; loans")
    axes.set_ylabel("% of the balance a year")
    axes.grid(axis="y")
    axes.bar(range(len(grades)), remaining, 0.66, color=GREY_1)
    axes.bar(range(len(grades)), loss, 0.66, bottom=remaining, color=LOSS)
    for i, (left, lost) in enumerate(zip(remaining, loss, strict=True)):
        axes.text(i, left / 2, f"{left:.1f}", ha="center", va="center", color=INK)
        axes.text(i, left + lost + 0.4, f"{left + lost:.1f}", ha="center", color=INK)
    axes.text(-0.45, 22, "on top: the rate charged", color=INK)
    axes.text(-0.45, 20, "lost to default", color=LOSS, weight="semibold")
    axes.text(-0.45, 18, "left for funding, costs, profit", color=INK)
    return figure


def _by_year(spread: pd.Series, time: pd.Series) -> pd.Series:
    return spread.groupby(time.str[:4].astype(int)).mean()


@explore()
def term_spreads() -> Shown:
    """Long rate less short rate, mean of each year: Treasury ten and one years, Danish bonds."""
    treasury = data.load("us_treasury_cm_monthly_1953_1999")
    danish = data.load("denmark_money_bond_deposit_rates_1974_1987")
    months = treasury["tcm10y"] - treasury["tcm1y"]
    spreads = pd.DataFrame(
        {
            "Treasury, 10 years less 1 year (points)": _by_year(months, treasury["month"]),
            "Danish bonds less deposits (points)": _by_year(
                100 * (danish["ibo"] - danish["ide"]), danish["period"]
            ),
        }
    )
    american, other = spreads.iloc[:, 0], spreads.iloc[:, 1].dropna()
    sentence = (
        f"Ten years paid {american.max():.1f} points more than one year in {american.idxmax()} and "
        f"{-american.min():.1f} points less in {american.idxmin()}; Danish bonds paid between "
        f"{other.min():.1f} and {other.max():.1f} points more than Danish deposits."
    )
    table = spreads.round(4).reset_index(names="year").astype({"year": str})
    table = table.astype(object).where(table.notna(), "")
    return Shown(_lines(american, other), sentence, table)


def _lines(american: pd.Series, danish: pd.Series) -> Figure:
    figure, axes = new_axes(box=(46, 46, 20, 12))
    axes.set(
        xlim=(1952, 2001), ylim=(-2.8, 11), xlabel="year", ylabel="long less short rate, points"
    )
    axes.grid(axis="y")
    axes.axhline(0, color=INK_SOFT, linewidth=1)
    axes.plot(danish.index, danish, color=GREY_3, label="Danish bonds less bank deposits")
    axes.plot(american.index, american, color=INK, label="US Treasury, ten years less one")
    axes.text(1972.6, 9.3, "Danish bonds", ha="right", color=GREY_3, weight="semibold")
    axes.text(1972.6, 8.4, "less bank deposits", ha="right", color=GREY_3)
    axes.text(1953, 3.1, "US Treasury,", color=INK, weight="semibold")
    axes.text(1953, 2.2, "ten years less one", color=INK)
    axes.text(1999.6, -2.4, "below zero: time cost money", ha="right", color=INK_SOFT)
    return figure
