"""On both markets: what two markets take from a seller who sells on either."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from explorer import Challenge, Guess, Percent, Shown, halo, leave_trace
from figures.panels import cell, hide_edges
from figures.style import INK, INTERNET, explore, new_axes
from netfin.platforms.homing import ONE_MARKET, seller_on_both

_WORTH = float(ONE_MARKET.buyers_worth)
_KEPT = "left to the seller (yuan a month)"
_ROWS = ("A takes", "B takes", "left to her")
_COLOURS = (INTERNET, INTERNET, INK)


def _guess_left() -> Guess:
    value = _WORTH * float(seller_on_both(0.0).kept)
    return Guess.between(
        "Half of the buyers look at market A alone, half at B alone. Ms Lin sells on both; all "
        "buyers together are worth 80 yuan a month to her. A and B compete. What do their fees "
        "leave her?",
        value,
        (1, 20, 40),
        ("Nothing", "1 to 20 yuan", "20 to 40 yuan", "More than 40 yuan"),
        "Each market is the only way to its own half, and takes what that half is worth. "
        "Two markets compete for buyers here, and not for sellers who are on both.",
        {"both": 0, "first": 50},
        mark="x",
        said=(0, None, None, None),
    )


def _keeps_half_at_a_giant(table: pd.DataFrame) -> bool:
    return bool(cell(table, 0, "A's part of the others (%)") == 90 and cell(table, 0, _KEPT) >= 40)


@explore(
    guess=_guess_left,
    challenge=Challenge(
        "Give A 90 % of those who look at one market only, and leave Ms Lin 40 yuan or more.",
        _keeps_half_at_a_giant,
        "What she keeps hangs on the buyers who look at both, and not on which market is larger.",
    ),
    both=Percent(low=0, high=100, step=10, live_step=5, default=90, label="Look at both markets"),
    first=Percent(low=50, high=90, step=10, live_step=5, default=70, label="Of the others, at A"),
)
def on_both_markets(both: float, first: float) -> Shown:
    """The fees of two markets, and what a seller on both keeps."""
    parts = [_WORTH * float(each) for each in seller_on_both(both, first)]
    table = pd.DataFrame(
        {
            "look at both (%)": [100 * both],
            "A's part of the others (%)": [100 * first],
            "A takes (yuan a month)": [parts[0]],
            "B takes (yuan a month)": [parts[1]],
            _KEPT: [parts[2]],
        }
    ).round(9)
    sentence = (
        f"Of the {_WORTH:.0f} yuan a month that all buyers are worth to her, market A takes "
        f"{parts[0]:.0f}, market B {parts[1]:.0f}, and {parts[2]:.0f} are left to Ms Lin."
    )
    return Shown(_bars(parts), sentence, table)


def _bars(parts: list[float]) -> Figure:
    figure, axes = new_axes(box=(92, 46, 20, 10), height=230)
    axes.set(xlim=(0, 88), ylim=(-0.6, 2.6), xticks=range(0, 81, 20))
    axes.set_yticks([2, 1, 0], _ROWS)
    axes.set_xlabel("yuan a month")
    axes.grid(axis="x")
    hide_edges(axes, "left")
    for place, part, colour in zip((2, 1, 0), parts, _COLOURS, strict=True):
        (bar,) = axes.barh(place, part, 0.5, color=colour)
        leave_trace(bar)
        halo(axes.text(part + 2, place, f"{part:.0f}", va="center", color=INK, weight="semibold"))
    return figure
