"""Real data: where the door stood in America, and cards that banks gave in Iceland."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Shown
from figures.style import GREY_3, INK, INK_SOFT, LOSS, TRADITIONAL, explore, new_axes
from netfin import data
from netfin.payments.idle import SaverTerms, pay_at_the_door


def american_door() -> pd.Series:
    """Pay at the door for each year, dollars a month, at a dollar of trouble a transfer."""
    treasury = data.load("us_treasury_cm_monthly_1953_1999")
    means = treasury["tcm1y"].groupby(treasury["month"].str[:4]).mean()
    terms = SaverTerms(trouble=1.0, fund_yield=np.asarray(means) / 100)
    return pd.Series(np.asarray(pay_at_the_door(terms)), index=[int(each) for each in means.index])


def danish_elasticity() -> float:
    """How real money over income answers to what it costs to hold: bond rate less deposit rate."""
    danish = data.load("denmark_money_bond_deposit_rates_1974_1987")
    gap = np.log(np.asarray(danish["ibo"] - danish["ide"]))
    held = danish["lrm"].to_numpy() - danish["lry"].to_numpy()
    return float(np.polyfit(gap, held, 1)[0])


@explore()
def american_doors() -> Shown:
    """The monthly pay at which the door stood, by the one-year Treasury yield."""
    door = american_door()
    table = pd.DataFrame(
        {"year": [str(each) for each in door.index], "door (US dollars a month)": door.to_numpy()}
    ).round(4)
    sentence = (
        f"At a dollar of trouble a transfer the door stood at {door.max():,.0f} dollars a month in "
        f"{door.idxmax()} and at {door.min():,.0f} in {door.idxmin()}."
    )
    return Shown(_doors(door), sentence, table)


def _doors(door: pd.Series) -> Figure:
    figure, axes = new_axes(box=(70, 46, 16, 12))
    axes.set(xlim=(1952, 2000), yscale="log", ylim=(400, 14000), xlabel="year")
    axes.set_yticks([500, 1000, 2000, 5000, 10000], ["500", "1,000", "2,000", "5,000", "10,000"])
    axes.set_yticks([], minor=True)
    axes.set_ylabel("door, dollars a month")
    axes.grid(axis="y")
    axes.plot(door.index, door, color=INK, label="pay at the door")
    axes.text(1999, 11000, "pay needed: 96 dollars / yield", color=INK_SOFT, ha="right")
    lowest, year = float(door.min()), int(np.asarray(door.index)[np.argmin(door)])
    axes.plot(year, lowest, "o", color=LOSS, markersize=8)
    axes.text(year - 1.5, lowest * 0.78, f"{year}: {lowest:,.0f}", color=LOSS, ha="center")
    return figure


def iceland_index() -> pd.Series:
    """Turnover of debit cards by year, 2000 as 100; 2013 has eight months and is left out."""
    cards = data.load("iceland_debit_cards_monthly_2000_2013")
    years = cards["debit_card_turnover"].groupby(cards["month"].str[:4]).mean()
    whole = [str(year) for year in range(2000, 2013)]
    return pd.Series([100 * float(years[year]) / float(years["2000"]) for year in whole], whole)


@explore()
def icelandic_cards() -> Shown:
    """Turnover of Iceland's debit cards, month by month, as an index."""
    cards = data.load("iceland_debit_cards_monthly_2000_2013")
    index = iceland_index()
    first = cards.loc[cards["month"].str[:4] == "2000", "debit_card_turnover"].mean()
    months = 100 * cards["debit_card_turnover"].to_numpy() / first
    table = pd.DataFrame({"year": list(index.index), "turnover (2000 = 100)": index.to_numpy()})
    sentence = (
        f"From 2000 to 2012 the turnover of Iceland's debit cards rose from 100 to "
        f"{index['2012']:.0f}; in 2008, the year of the banks' collapse, it was "
        f"{index['2008']:.0f}, after {index['2007']:.0f} in 2007."
    )
    return Shown(_index(months), sentence, table.round(4))


def _index(months: np.ndarray) -> Figure:
    figure, axes = new_axes(box=(50, 46, 16, 12))
    axes.set(xlim=(2000, 2014), ylim=(0, 340), yticks=range(0, 301, 100), xlabel="year")
    axes.set_xticks(range(2000, 2014, 4))
    axes.set_ylabel("turnover, 2000 = 100")
    axes.grid(axis="y")
    at = 2000 + np.arange(len(months)) / 12
    smooth = np.convolve(months, np.ones(12) / 12, mode="valid")
    halves = 120  # points of a curve
    axes.plot(at[:halves], months[:halves], color=GREY_3, linewidth=1, label="months to 2009")
    axes.plot(
        at[halves - 1 :], months[halves - 1 :], color=GREY_3, linewidth=1, label="later months"
    )
    ends = at[11:][: len(smooth)]
    keep = np.linspace(0, len(ends) - 1, 100).astype(int)
    axes.plot(ends[keep], smooth[keep], color=TRADITIONAL, label="mean of twelve months")
    axes.text(2000.4, 310, "mean of twelve months", color=TRADITIONAL, weight="semibold")
    axes.text(2000.4, 285, "months: each December a peak", color=INK_SOFT)
    return figure
