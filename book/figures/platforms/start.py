"""One side is enough: the map of a market that starts or empties."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Challenge, Count, Guess, Shown, halo, leave_trace
from figures.panels import cell
from figures.style import GREY_3, INK, INK_SOFT, INTERNET, PAPER, explore, new_axes
from netfin.checks import Array
from netfin.platforms.growth import market_after, rests, sellers_needed

_MONTHS = 36
_AFTER_BUYERS = "buyers after 3 years (of 100)"
_AFTER_SELLERS = "sellers after 3 years (of 100)"
_NEEDED = "sellers needed with these buyers (of 100)"


def _guess_alone() -> Guess:
    value = 100 * float(sellers_needed(0.0))
    return Guess.between(
        "With 30 of 100 buyers and 30 of 100 sellers the market empties; with 34 of each it would "
        "start. Without any buyer, how many of 100 sellers does it take?",
        value,
        (55, 68, 100),
        ("Fewer than 55", "55 to 68", "68 to 100", "More than there are"),
        f"About {value:.0f}. So many sellers draw most buyers before they are gone themselves. One "
        "side is enough, and with fewer people than it takes from both.",
        {"buyers": 0, "sellers": 70},
        mark="y",
        where=0,
    )


def _sixty_start(table: pd.DataFrame) -> bool:
    people = cell(table, 0, "buyers (of 100)") + cell(table, 0, "sellers (of 100)")
    return bool(people == 60 and cell(table, 0, _AFTER_BUYERS) > 50)


@explore(
    guess=_guess_alone,
    challenge=Challenge(
        "Divide 60 people between buyers and sellers so that the market starts.",
        _sixty_start,
        "All on one side, or nearly. Half of them on each side draw too few, and go again.",
    ),
    buyers=Count(
        low=0, high=60, step=10, live_step=5, default=30, unit="of 100", label="Buyers at the start"
    ),
    sellers=Count(
        low=0,
        high=100,
        step=10,
        live_step=5,
        default=30,
        unit="of 100",
        label="Sellers at the start",
    ),
)
def one_side_is_enough(buyers: int, sellers: int) -> Shown:
    """The way of a market over three years, on the map of buyers and sellers."""
    path = _path(buyers / 100, sellers / 100)
    needed = 100 * float(sellers_needed(buyers / 100))
    end = 100 * path[-1]
    table = pd.DataFrame(
        {
            "buyers (of 100)": [buyers],
            "sellers (of 100)": [sellers],
            _AFTER_BUYERS: [end[0]],
            _AFTER_SELLERS: [end[1]],
            _NEEDED: [needed if math.isfinite(needed) else "more than there are"],
        }
    ).round(3)
    starts = end[0] > 50
    became = "the market has started" if starts else "the market has emptied"
    sentence = (
        f"From {buyers} buyers and {sellers} sellers of 100 each, {became}: after three years "
        f"there are {end[0]:.0f} buyers and {end[1]:.0f} sellers."
    )
    if starts:
        word = f"it takes {needed:.1f} sellers" if needed else "no seller is needed"
        sentence += f" With {buyers} buyers {word}."
    return Shown(_map(path, starts), sentence, table)


def _path(buyers: float, sellers: float) -> Array:
    there = [(buyers, sellers)]
    for _ in range(_MONTHS):
        now = market_after(1, *there[-1])
        there.append((float(now.buyers), float(now.sellers)))
    return np.array(there)


def _map(path: Array, starts: bool) -> Figure:
    figure, axes = new_axes(box=(56, 46, 20, 8), height=340)
    axes.set(xlim=(-2, 102), ylim=(-2, 118), xticks=range(0, 101, 20), yticks=range(0, 101, 20))
    axes.set_xlabel("buyers, of 100")
    axes.set_ylabel("sellers, of 100")
    low, _, high = 100 * rests()
    axes.plot(*low, "o", color=GREY_3, markersize=12, markerfacecolor=PAPER, markeredgewidth=1.6)
    axes.plot(*high, "o", color=GREY_3, markersize=12, markerfacecolor=PAPER, markeredgewidth=1.6)
    (line,) = axes.plot(*(100 * path).T, color=INTERNET, label="from month to month")
    axes.plot(*(100 * path[:13]).T, "o", color=INTERNET, markersize=4)
    (first,) = axes.plot(*(100 * path[0]), "o", color=INK, markersize=9, clip_on=False, zorder=5)
    leave_trace(line, first)
    word = "it starts" if starts else "it empties"
    halo(axes.text(8, 110, word, color=INTERNET, weight="semibold"))
    halo(axes.text(100, 110, "dots: the first 12 months", color=INK_SOFT, ha="right"))
    return figure
