"""What is left over the share that is in use. To write: the chapter's own pictures, three or more.

The name of an explorer is its address and stands once in the book.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Challenge, Guess, Percent, Shown, leave_trace
from figures.panels import cell, minus
from figures.style import INK_SOFT, TRADITIONAL, explore, new_axes
from netfin.platforms.in_use import IN_USE, TERMS, PlatformsTerms, what_is_left

_SHARES = np.array([0.0, 1.0])
_LEFT = "left (yuan a year on 100)"


def _guess() -> Guess:
    turns = 100 * IN_USE * float(TERMS.gain)
    return Guess.between(
        f"Of 100 yuan {100 * IN_USE:.0f} are in use, and each of these brings "
        f"{100 * float(TERMS.gain):.0f} % a year. At which cost of all the money is nothing left?",
        turns,
        (1.0, 2.0, 3.0),
        ("Below 1 %", "1 to 2 %", "2 to 3 %", "Above 3 %"),
        f"At {turns:.1f} %: all the money costs something, and only a part of it brings something.",
        {"cost": 2.5},
    )


@explore(
    guess=_guess,
    challenge=Challenge(
        "Money costs 4 %. Find a share in use at which something is left all the same.",
        lambda table: cell(table, 0, "cost (%)") == 4.0 and cell(table, 0, _LEFT) > 0.0,
        "Nearly all of it must be in use. To write: what the reader has learnt by finding it.",
    ),
    in_use=Percent(
        low=0, high=100, step=10, live_step=5, default=50, label="Share of the money in use"
    ),
    cost=Percent(low=1, high=4, step=0.5, default=2, label="What the money costs"),
)
def platforms_in_use(in_use: float, cost: float) -> Shown:
    """What is left of 100 yuan, over the share that is in use."""
    terms = replace(TERMS, cost=cost)
    left = round(100 * float(what_is_left(in_use, terms)), 9)
    table = pd.DataFrame({"in use (%)": [100 * in_use], "cost (%)": [100 * cost], _LEFT: [left]})
    sentence = (
        f"Of 100 yuan {100 * in_use:.0f} are in use, and all of them cost {100 * cost:.1f} %: "
        + minus(f"{left:.2f} yuan are left a year.")
    )
    return Shown(_line(terms, in_use, left), sentence, table)


def _line(terms: PlatformsTerms, in_use: float, left: float) -> Figure:
    figure, axes = new_axes(box=(58, 46, 16, 12))
    axes.set(xlim=(0, 100), ylim=(-5, 5), xticks=range(0, 101, 25), yticks=range(-4, 5, 2))
    axes.set_yticklabels([minus(str(each)) for each in range(-4, 5, 2)])
    axes.set_xlabel("in use, % of the money")
    axes.set_ylabel("left, yuan a year on 100")
    axes.grid(axis="y")
    axes.axhline(0, color=INK_SOFT, linewidth=1)
    (line,) = axes.plot(100 * _SHARES, 100 * np.asarray(what_is_left(_SHARES, terms)))
    (dot,) = axes.plot(100 * in_use, left, "o", markersize=9, clip_on=False, zorder=5)
    for each in (line, dot):
        each.set_color(TRADITIONAL)
    leave_trace(line, dot)
    axes.text(3, 4.2, minus(f"{left:.2f} yuan left"), color=TRADITIONAL, weight="semibold")
    return figure
