"""Fill the hole: where a hundred yuan of kept sales go, and the lines that nobody quotes."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from explorer import Challenge, Guess, Percent, Shown, leave_trace
from figures.panels import cell, hide_edges, minus
from figures.style import (
    GREY_2,
    GREY_3,
    INK,
    INK_SOFT,
    INTERNET,
    LOSS,
    explore,
    new_axes,
)
from netfin.merchants.sale import SHOP, what_is_left

_LINES = ("goods", "staff, office", "visitors", "fake orders", "platform's fee", "parcels", "left")
_COLOURS = (GREY_3, GREY_3, INTERNET, INTERNET, INTERNET, GREY_3)
_TAKES = "takes (yuan of 100 kept)"
_LEFT = 6  # its row
_ARTICLE = (5, 10)
_SMALL_ORDER = 0.16  # a parcel of 8 yuan on an order of 50


def _guess_parcel() -> Guess:
    value = 100 * float(what_is_left(replace(SHOP, parcels=_SMALL_ORDER)).left)
    return Guess.between(
        "Goods, staff, visitors and fake orders leave 18 of 100 yuan. Suppose a parcel costs 8 "
        "yuan, whatever is in it. What is left of each 100 yuan when an order is worth 50?",
        value,
        (0, 5, 12),
        ("Less than 0: a loss", "0 to 5 yuan", "5 to 12 yuan", "More than 12 yuan"),
        f"{value:.0f} yuan: two orders make 100, and their parcels take 16. Orders of 100 yuan "
        "would leave 10. A parcel does not shrink with the order.",
        {"parcels": 16},
        mark="x",
        where=6.75,
    )


def _as_the_article_says(table: pd.DataFrame) -> bool:
    left = cell(table, _LEFT, _TAKES)
    return cell(table, 5, _TAKES) == 0.0 and _ARTICLE[0] <= left <= _ARTICLE[1]


@explore(
    guess=_guess_parcel,
    challenge=Challenge(
        "Leave parcels at 0, for the article leaves them out too, and bring what is left to its 5 "
        "to 10 yuan.",
        _as_the_article_says,
        "The highest fee alone leaves 12. It takes orders that come back, which the article does "
        "not name.",
    ),
    fee=Percent(low=0, high=6, step=2, live_step=0.5, default=0, label="The platform's fee"),
    parcels=Percent(low=0, high=16, step=4, live_step=1, default=0, label="Parcels, of orders"),
    returned=Percent(
        low=0, high=30, step=10, live_step=5, default=0, label="Orders that come back"
    ),
)
def fill_the_hole(fee: float, parcels: float, returned: float) -> Shown:
    """Where a hundred yuan of kept sales go, line by line."""
    lines = what_is_left(replace(SHOP, fee=fee, parcels=parcels, returned=returned))
    takes = [round(100 * float(each), 9) + 0.0 for each in lines]
    table = pd.DataFrame(
        {
            "line": list(_LINES),
            "orders that come back (%)": round(100 * returned, 9),
            _TAKES: takes,
        }
    )
    left, visitors = takes[-1], takes[2] + takes[3]
    sentence = (
        f"Of 100 yuan that customers keep, visitors and fake orders take {visitors:.1f}, the fee "
        f"{takes[4]:.1f} and parcels {takes[5]:.1f}: "
        + minus(f"{left:.1f} yuan are left." if left >= 0 else f"the shop loses {-left:.1f} yuan.")
    )
    return Shown(_bars(takes), sentence, table)


def _bars(takes: list[float]) -> Figure:
    figure, axes = new_axes(box=(104, 46, 10, 8), height=308)
    axes.set(xlim=(-95, 136), ylim=(7.2, -0.6), xticks=range(-50, 101, 50))
    axes.set_xticklabels([minus(str(each)) for each in range(-50, 101, 50)])
    axes.set_yticks(range(len(_LINES)), _LINES)
    axes.set_xlabel("yuan, of 100 that customers keep")
    hide_edges(axes, "left")
    axes.axvline(0, color=INK_SOFT, linewidth=1)
    low, high = _ARTICLE
    axes.add_patch(Rectangle((low, 5.6), high - low, 0.8, facecolor=GREY_2, edgecolor="none"))
    bars: list[Rectangle] = []
    rest = 100.0
    for row, (take, colour) in enumerate(zip(takes[:-1], _COLOURS, strict=True)):
        bars += axes.barh(row, take, 0.5, left=rest - take, color=colour)
        rest -= take
        _value(axes, row, take, colour if take else INK_SOFT)
    ends = LOSS if rest < 0 else INK
    bars += axes.barh(_LEFT, rest, 0.36, color=ends)
    _value(axes, _LEFT, takes[-1], ends)
    leave_trace(*bars)
    axes.text(-93, 0.15, "grey, at “left”:", color=INK_SOFT, va="center")
    axes.text(-93, 0.85, "article, 5–10", color=INK_SOFT, va="center")
    return figure


def _value(axes: Axes, row: int, take: float, colour: str) -> None:
    """Write a number at the right edge, where no bar comes."""
    axes.text(
        134, row, minus(f"{take:.1f}"), color=colour, va="center", ha="right", weight="semibold"
    )
