"""Lending Club's file: how the same grades look while their loans are young."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Shown
from figures.style import INK, SCALE, explore, new_axes
from netfin import data, facts
from netfin.p2p.grades import DefaultBounds, default_bounds, left_after_fee
from netfin.realised import realised_spread

VINTAGES = ("2007-2011", "2012-2013", "2014", "2015")
_COLOURS = (INK, SCALE[4], SCALE[3], SCALE[2])


def bounds_of(vintage: str) -> DefaultBounds:
    """What the file tells, by grade, of the loans of some years."""
    table = data.load("lending_club_grade_outcomes_2007_2015")
    rows = table[table["vintage"] == vintage].set_index("grade")
    running = rows["current"] + rows["late"]
    return default_bounds(
        *(each.to_numpy(dtype=float) for each in (rows["charged_off"], rows["repaid"], running))
    )


@explore()
def young_files() -> Shown:
    """Share charged off so far, by grade and year of issue, Lending Club, counted about 2015."""
    grades = list("ABCDEFG")
    shares = {each: 100 * np.asarray(bounds_of(each).so_far) for each in VINTAGES}
    table = pd.DataFrame({"grade": grades})
    for vintage, each in shares.items():
        table[f"{vintage.replace('-', '–')} (% charged off)"] = np.round(each, 6)
    old, young = shares["2007-2011"], shares["2015"]
    sentence = (
        f"Of grade D {old[3]:.1f} of 100 loans of 2007 to 2011 had been given up, and "
        f"{young[3]:.1f} of those of 2015, which had run for some months: the younger the loans, "
        "the better every grade looks."
    )
    return Shown(_lines(grades, shares), sentence, table)


def _lines(grades: list[str], shares: dict[str, np.ndarray]) -> Figure:
    figure, axes = new_axes(box=(46, 46, 12, 12))
    axes.set(xlim=(-0.2, 6.2), ylim=(0, 38), xticks=range(7), yticks=range(0, 31, 10))
    axes.set_xticklabels(grades)
    axes.set_xlabel("the lender's grade, best to worst")
    axes.set_ylabel("given up so far, % of loans")
    axes.grid(axis="y")
    for colour, (vintage, each) in zip(_COLOURS, shares.items(), strict=True):
        axes.plot(range(7), each, color=colour, label=vintage.replace("-", "–"))
    for row, (colour, vintage) in enumerate(zip(_COLOURS, shares, strict=True)):
        axes.plot([-0.05, 0.4], [35.5 - 3.4 * row] * 2, color=colour)
        name = vintage.replace("-", "–")
        axes.text(0.55, 35.5 - 3.4 * row, name, color=INK, va="center")
    return figure


def grades_after_fee() -> pd.DataFrame:
    """Rate, loss, savers' fee and rest by grade, % a year on the balance, loans of 2007 to 2011."""
    grades = data.load("lending_club_grade_money_2007_2011").set_index("grade")
    fee = facts.load()["P2P-29"].number / 100
    given = (
        grades["average_rate"].to_numpy(dtype=float) / 100,
        grades["net_return"].to_numpy(dtype=float) / 100,
        (grades["principal_lost"] / grades["funded"]).to_numpy(dtype=float),
    )
    spread, taken = realised_spread(*given), left_after_fee(*given, fee)
    parts = {"rate": spread.rate, "lost": spread.yearly_loss, "fee": taken.fee, "left": taken.left}
    table = pd.DataFrame({name: 100 * np.asarray(each) for name, each in parts.items()})
    table.index = grades.index
    table["failed, of 100"] = 100 * grades["charged_off"] / grades["loans"]
    return table
