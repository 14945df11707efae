"""The more bidders: what equal sellers pay for visitors, and how many come."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Challenge, Choice, Count, Guess, Percent, Shown, halo, leave_trace
from figures.panels import cell, minus
from figures.style import INK, INK_SOFT, INTERNET, TRADITIONAL, explore, new_axes
from netfin.merchants.bidding import contest, sellers_that_come

_WORTH = 100  # thousand yuan a month
_DECIDES = {"wholly": 1.0, "by half": 0.5}
_TOGETHER, _COME = "bid together (thousand yuan)", "come (sellers)"


def _guess_ten() -> Guess:
    value = _WORTH * float(contest(10.0).together)
    return Guess.between(
        "Visitors to a market are worth 100 thousand yuan a month to whoever gets them. Two equal "
        "sellers bid for them and together pay 50 thousand. Eight more sellers come. What do the "
        "ten pay together?",
        value,
        (60, 75, 85),
        ("As before, about 50", "60 to 75 thousand", "75 to 85 thousand", "More than 85 thousand"),
        f"{value:.0f} thousand. Each bids less, 9 in place of 25, but they are ten. What is left "
        "for all of them together falls from 50 to 10, before they have paid to enter.",
        {"sellers": 10},
        mark="y",
        where=10,
        said=(50, (60, 75), (75, 85), (85, 100)),
    )


@explore(
    guess=_guess_ten,
    challenge=Challenge(
        "The bid decides wholly. Find a cost of entering at which five sellers come and no more.",
        lambda table: bool(table["the bid decides"][0] == "wholly" and cell(table, 0, _COME) == 5),
        "At 3 or 4 thousand. The bidding leaves each of the five 4, out of which he pays for "
        "coming in. A gate keeps rivals out, and costs those inside much of what it saves them.",
    ),
    sellers=Count(low=2, high=20, step=2, default=2, unit="sellers", label="Sellers who bid"),
    entry_cost=Percent(low=1, high=5, step=1, default=1, label="Cost of entering, of the worth"),
    decides=Choice(options=_DECIDES, default="wholly", label="The bid decides"),
)
def more_bidders(sellers: int, entry_cost: float, decides: float) -> Shown:
    """What equal sellers together bid for visitors, over their number."""
    bids = contest(float(sellers), decides)
    come = int(float(sellers_that_come(entry_cost, decides)))
    each = round(_WORTH * (float(bids.left_each) - entry_cost), 9) + 0.0
    table = pd.DataFrame(
        {
            "who bid (sellers)": [sellers],
            "cost of entering (thousand yuan)": [round(_WORTH * entry_cost, 9)],
            "the bid decides": [next(word for word, r in _DECIDES.items() if r == decides)],
            "each bids (thousand yuan)": [round(_WORTH * float(bids.each), 9)],
            _TOGETHER: [round(_WORTH * float(bids.together), 9)],
            "each keeps after entering (thousand yuan)": [each],
            _COME: [come],
        }
    )
    together = cell(table, 0, _TOGETHER)
    keeps = f"keeps {each:.1f}" if each >= 0 else f"loses {-each:.1f}"
    sentence = (
        f"{sellers} sellers pay {together:.1f} thousand yuan together for visitors worth {_WORTH}; "
        f"after the cost of entering each {keeps}. At that cost {come} come."
    )
    return Shown(_curve(sellers, decides, together, each), sentence, table)


def _curve(sellers: int, decides: float, together: float, each: float) -> Figure:
    figure, axes = new_axes(box=(52, 46, 16, 12), height=300)
    axes.set(xlim=(0, 21), ylim=(0, 138), xticks=range(2, 21, 2), yticks=range(0, 101, 25))
    axes.set_xlabel("sellers who bid")
    axes.set_ylabel("thousand yuan a month")
    axes.grid(axis="y")
    axes.plot([0, 21], [100, 100], color=INK_SOFT, linewidth=1, label="worth of the visitors")
    numbers = np.arange(1, sellers + 1, dtype=float)  # what lies ahead is to be guessed
    paid = _WORTH * np.asarray(contest(numbers, decides).together)
    (line,) = axes.plot(numbers, paid, color=INTERNET, label="paid for visitors")
    (dot,) = axes.plot(sellers, together, "o", color=INTERNET, markersize=9, clip_on=False)
    leave_trace(line, dot)
    axes.text(0.4, 104, "what the visitors are worth: 100", color=INK)
    halo(axes.text(0.4, 127, f"paid for them: {together:.1f}", color=INTERNET, weight="semibold"))
    keeps = minus(f"net for each: {each:.1f}")
    halo(axes.text(20.8, 127, keeps, color=TRADITIONAL, ha="right", weight="semibold"))
    return figure
