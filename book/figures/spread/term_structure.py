"""A picture of what time alone pays: term spreads in the United States and in Denmark."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from explorer import Shown
from figures.style import GREY_3, INK, INK_SOFT, TRADITIONAL, explore, new_axes
from netfin import data


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
    table = spreads.round(4).reset_index(names="year").astype({"year": float})
    table = table.astype(object).where(table.notna(), "")
    return Shown(_lines(american, other), sentence, table)


def _lines(american: pd.Series, danish: pd.Series) -> Figure:
    figure, axes = new_axes(box=(46, 46, 12, 12))
    axes.set(
        xlim=(1952, 2000), ylim=(-2.8, 11), xlabel="year", ylabel="long less short rate, points"
    )
    axes.grid(axis="y")
    axes.axhline(0, color=INK_SOFT, linewidth=1)
    axes.plot(danish.index, danish, color=GREY_3)
    axes.plot(american.index, american, color=TRADITIONAL)
    axes.text(1972.6, 9.3, "Danish bonds", ha="right", color=GREY_3, weight="semibold")
    axes.text(1972.6, 8.4, "less bank deposits", ha="right", color=GREY_3)
    axes.text(1953, 3.1, "US Treasury,", color=TRADITIONAL, weight="semibold")
    axes.text(1953, 2.2, "ten years less one", color=TRADITIONAL)
    axes.text(1999.6, -2.4, "below zero: time cost money", ha="right", color=INK)
    return figure
