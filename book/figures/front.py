"""The one live model of the landing page."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from explorer import Challenge, Guess, Money, Shown, leave_trace
from figures.panels import hide_edges, minus
from figures.style import INK, INK_SOFT, INTERNET, TRADITIONAL, explore, new_axes
from netfin.lending import BANK, SHOP_PLATFORM, break_even_rate
from netfin.spread.commission import extra_sales_to_undercut, platform_break_even

TAKE_RATE = 0.05  # our assumption: commission on sales
_END = 3  # yuan of extra sales at the far end of the control
_ASKED = 1  # yuan, where the guess is answered


def _guess() -> Guess:
    needed = float(extra_sales_to_undercut(take_rate=TAKE_RATE))
    return Guess(
        "Say that each yuan lent brings a yuan of extra sales. Who lends more cheaply?",
        ("The bank", "The platform", "Neither: their rates are the same"),
        right=2 if needed == _ASKED else int(needed < _ASKED),
        at={"extra_sales": _ASKED},
        because=f"From {needed:.2f} yuan of extra sales for each yuan lent, the platform can.",
    )


@explore(
    guess=_guess,
    challenge=Challenge(
        "Find a point where the platform could lend for no interest and lose nothing.",
        lambda table: table["loan rate (%)"][1] < 0,
        "The loan is a way to sell: its commission pays for the dearer money.",
    ),
    extra_sales=Money(
        low=0, high=_END, step=0.1, default=0, label="Extra sales from each yuan lent"
    ),
)
def shop_or_bank(extra_sales: float) -> Shown:
    """A bank and a shopping platform lend to the same shop."""
    rates = [
        100 * float(break_even_rate(BANK)),
        100 * float(platform_break_even(TAKE_RATE, extra_sales)),
    ]
    table = pd.DataFrame(
        {
            "lender": ["Bank", "Platform"],
            "cost of money (%)": [100 * BANK.funding_rate, 100 * SHOP_PLATFORM.funding_rate],
            "loan rate (%)": rates,
        }
    )
    cheaper = "platform" if rates[1] < rates[0] else "bank"
    sentence = (
        f"The bank can lend at {rates[0]:.1f} %, the platform at {minus(f'{rates[1]:.1f}')} %: "
        f"the cheaper lender is the {cheaper}."
    )
    return Shown(_two_bars(table), sentence, table)


def _two_bars(table: pd.DataFrame) -> Figure:
    figure, axes = new_axes(box=(10, 46, 10, 4), height=178)
    axes.set(xlim=(-5.5, 13), ylim=(1.42, -0.62), yticks=[], xticks=[-5, 0, 5, 10])
    axes.set_xlabel("loan rate that breaks even, % a year")
    hide_edges(axes, "left")
    axes.axvline(0, color=INK_SOFT, linewidth=1)
    bars = axes.barh([0, 1], table["loan rate (%)"], 0.44, color=[TRADITIONAL, INTERNET])
    leave_trace(bars[1])
    for row, (name, cost, rate) in enumerate(table.itertuples(index=False, name=None)):
        axes.text(0.2, row - 0.33, f"{name}: its money costs {cost:.0f} %", color=INK)
        place = {"x": max(rate, 0) + 0.25, "y": row, "va": "center"}
        axes.text(s=minus(f"{rate:.1f} %"), color=INK, weight="semibold", **place)
    return figure
