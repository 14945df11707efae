"""Pictures of loans repaid from sales, on the real sales of a shop."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from explorer import Challenge, Count, Guess, Percent, Shown, leave_trace
from figures.panels import cell
from figures.style import (
    GREY_2,
    GREY_3,
    INK,
    INK_SOFT,
    SCALE,
    explore,
    new_axes,
)
from netfin import data
from netfin.checks import Array
from netfin.supply_chain.sales_loan import (
    BAD_WEEKS,
    FIRST_BAD_WEEK,
    SHOP,
    SalesLoanTerms,
    Year,
    run_year,
    weekly_book,
    with_bad_season,
)

COUNTER = "BEEF"
_NAMES = {
    "BAKED BREAD/BUNS/ROLLS": "bread",
    "BEEF": "beef",
    "EGGS": "eggs",
    "FLUID MILK PRODUCTS": "milk",
    "TROPICAL FRUIT": "tropical fruit",
}
WEEKS_A_MONTH = 52 / 12


@lru_cache(maxsize=1)
def counters() -> dict[str, Array]:
    """Weekly sales of each category, over its average week."""
    table = data.load("completejourney_daily_demand_5cat_2017")
    by_category = table.groupby("product_category")
    return {name: weekly_book(by_category.get_group(name), sales="sales_usd") for name in _NAMES}


# ---------------------------------------------------------------------------------------------
# The flow that is being financed


@explore()
def real_sales() -> Shown:
    """A year of weekly sales in five categories, as multiples of the average week."""
    flows = counters()
    rows = [
        (_NAMES[name], 100 * week.std(), 100 * week.min(), 100 * week.max())
        for name, week in flows.items()
    ]
    table = pd.DataFrame(
        rows,
        columns=[
            "counter",
            "typical swing (% of a week)",
            "worst week (% of the average)",
            "best week (% of the average)",
        ],
    )
    swing = table["typical swing (% of a week)"]
    sentence = (
        f"Over the year's 52 weeks sales swing by {swing.min():.0f} to {swing.max():.0f} % of an "
        f"average week; the worst week of all brings "
        f"{table['worst week (% of the average)'].min():.0f} % of the average, the best "
        f"{table['best week (% of the average)'].max():.0f} %."
    )
    return Shown(_flows(flows), sentence, table)


def _flows(flows: dict[str, Array]) -> Figure:
    figure, axes = new_axes(box=(50, 46, 14, 12), height=270)
    axes.set(xlim=(1, 52), ylim=(0, 170), xticks=(1, 13, 26, 39, 52), yticks=range(0, 151, 50))
    axes.set_xlabel("week of 2017")
    axes.set_ylabel("sales, % of the average week")
    axes.grid(axis="y")
    weeks = np.arange(1, 53)
    for name, flow in flows.items():
        chosen = name in (COUNTER, "EGGS")
        colour = {COUNTER: INK, "EGGS": SCALE[3]}.get(name, GREY_2)
        width, order = (2, 3) if chosen else (1, 2)
        axes.plot(
            weeks, 100 * flow, color=colour, linewidth=width, zorder=order, label=name.lower()
        )
    axes.text(26, 150, "beef", color=INK, weight="semibold", ha="center")
    axes.text(45.5, 157, "eggs", color=SCALE[3], weight="semibold", ha="right")
    axes.text(2, 55, "bread, milk, tropical fruit", color=GREY_3)
    return figure


# ---------------------------------------------------------------------------------------------
# Fixed instalments against a share of sales

_FIXED, _SHARE = "fixed instalments", "a share of sales"
_PLANS = ((_FIXED, INK), (_SHARE, SCALE[3]))


def bad_half_year(depth: float, flow: Array | None = None) -> Array:
    """The beef counter's weekly sales, or others, with a bad half-year."""
    sales = counters()[COUNTER] if flow is None else flow
    return with_bad_season(sales, depth, FIRST_BAD_WEEK, BAD_WEEKS)


def both_plans(
    depth: float, instalment: float = SHOP.instalment, cash: float = 1.0, flow: Array | None = None
) -> list[Year]:
    """A shop's year with fixed instalments, and with a share of sales."""
    sales, shop = bad_half_year(depth, flow), SalesLoanTerms(instalment=instalment)
    return [run_year(sales, cash, by_share, shop) for by_share in (False, True)]


def _guess_weeks() -> Guess:
    fixed, share = (int(year.survived) for year in both_plans(0.4))
    return Guess.between(
        "Sales fall by 40 % for half a year. With fixed instalments, 8 yuan of every 100 normally "
        f"sold, a week's sales in cash lasts the shop {fixed} weeks. How long if it "
        "repays 8 of every 100 that it does sell?",
        share + 1,  # the week in which the cash is gone
        (fixed + 1.5, fixed + 5.5, 51.5),
        ("As long", "Up to a month longer", "1 to 3 months longer", "Through the year"),
        f"{share - fixed} weeks longer. Each week the share spares it a few yuan of a hundred; "
        "rent and wages take many more, and they do not fall with sales.",
        {"depth": 40, "instalment": 8, "cash": 1},
        mark="x",
        said=(fixed + 1, None, (fixed + 5.5, fixed + 14), 52),
    )


def _saved_by_the_share(table: pd.DataFrame) -> bool:
    half_lost = cell(table, 0, "sales lost (%)") >= 50
    one_week = cell(table, 0, "cash at first (weeks' sales)") == 1
    return half_lost and one_week and cell(table, 1, "survived (weeks)") == 52


@explore(
    guess=_guess_weeks,
    challenge=Challenge(
        "Half of the sales or more are lost for half a year. With one week's sales in cash, find "
        "the loan with which the shop that repays from its sales gets through the year.",
        _saved_by_the_share,
        "It takes a shop whose instalments are most of what it pays, with hardly any rent or "
        "wages: a shop at a kitchen table. The share saves those who owe the lender most.",
    ),
    depth=Percent(
        low=0, high=60, step=10, live_step=5, default=30, label="Sales lost in the bad half-year"
    ),
    instalment=Percent(
        low=4,
        high=20,
        step=4,
        live_step=1,
        default=8,
        label="The loan takes, of normal sales",
    ),
    cash=Count(
        low=1,
        high=3,
        step=1,
        default=1,
        label="Cash at first, in normal sales",
        unit="weeks",
        one="week",
    ),
)
def share_of_sales(depth: float, instalment: float, cash: int) -> Shown:
    """A shop's cash through a year under two ways to repay the same loan."""
    years = both_plans(depth, instalment, cash)
    weeks = [int(year.survived) for year in years]
    table = pd.DataFrame(
        {
            "repaid by": [_FIXED, _SHARE],
            "survived (weeks)": weeks,
            "survived (months)": [week / WEEKS_A_MONTH for week in weeks],
            "repaid at the end of the year (%)": [100 * float(y.repaid_share) for y in years],
            "cash at the end (weeks' sales)": [round(float(y.cash[-1]), 9) for y in years],
            "sales lost (%)": round(100 * depth, 9),
            "cash at first (weeks' sales)": cash,
        }
    )
    figure = _paths(years, weeks)
    return Shown(figure, " ".join(_fate(row) for _, row in table.iterrows()), table)


def _fate(row: pd.Series) -> str:
    weeks, repaid = row["survived (weeks)"], row["repaid at the end of the year (%)"]
    name = "With " + row["repaid by"]
    if weeks == 52:
        return f"{name} the shop gets through all 52 weeks and has repaid {repaid:.0f} %."
    return (
        f"{name} its cash lasts {weeks} weeks, and the lender has had {repaid:.0f} % of what it is "
        "owed."
    )


def _season(axes: Axes) -> None:
    """Draw a bracket under the bad half-year."""
    first, last = FIRST_BAD_WEEK - 1, FIRST_BAD_WEEK - 1 + BAD_WEEKS
    axes.plot([first, last], [-0.32, -0.32], color=GREY_3, linewidth=3, solid_capstyle="butt")
    axes.text((first + last) / 2, -0.72, "bad half-year", color=INK_SOFT, ha="center", va="center")


def _paths(years: list[Year], weeks: list[int]) -> Figure:
    figure, axes = new_axes(box=(36, 46, 14, 12), height=306)
    axes.set(xlim=(0, 52), xticks=(0, 13, 26, 39, 52), ylim=(-1.3, 5.3), yticks=range(5))
    axes.grid(axis="y")
    axes.set_xlabel("weeks")
    axes.set_ylabel("cash, in weeks' normal sales", y=0.56)
    _season(axes)
    for year, week, (name, colour) in zip(years, weeks, _PLANS, strict=True):
        shown = slice(0, min(week + 1, 52) + 1)
        (line,) = axes.plot(np.arange(53)[shown], year.cash[shown], color=colour, label=name)
        leave_trace(line)
        if week < 52:
            axes.plot(week + 1, 0, "X", color=colour, markersize=9, clip_on=False, zorder=5)
    for x, side, week, (name, colour) in zip(
        (1, 51), ("left", "right"), weeks, _PLANS, strict=True
    ):
        said = "lasts the year" if week == 52 else f"lasts {week} weeks"
        axes.text(x, 4.95, name, color=colour, weight="semibold", ha=side, va="center")
        axes.text(x, 4.45, said, color=colour, ha=side, va="center")
    return figure
