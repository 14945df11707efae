"""The click is paid for the order that comes back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Challenge, Guess, Percent, Shown, Switch, halo, leave_trace
from figures.panels import cell, minus
from figures.style import INK_SOFT, INTERNET, LOSS, explore, new_axes
from netfin.merchants.sale import SHOP, ShopTerms, what_is_left

_LEFT = "left (yuan of 100 kept)"
_LOWEST = -115


def _guess_half() -> Guess:
    value = 100 * float(what_is_left(replace(SHOP, returned=0.5)).left)
    return Guess.between(
        "Of 100 yuan goods take 30, staff 12, visitors 30 and fake orders 10. Now half of the "
        "orders come back; the goods are as new and are sold again. What is left of 100 yuan that "
        "customers keep?",
        value,
        (-30, -15, 0),
        (
            "A loss of more than 30",
            "A loss of 15 to 30",
            "A loss of up to 15",
            "More than 0: a gain",
        ),
        minus(
            f"{value:.0f} yuan. For each order that is kept two clicks and two fake orders have "
            "been paid: 80 in place of 40, and goods and staff leave only 58."
        ),
        {"returned": 50},
        mark="y",
        where=50,
    )


def _half_and_something_left(table: pd.DataFrame) -> bool:
    fakes = cell(table, 0, "fake orders (% of orders)") > 0
    return bool(fakes and cell(table, 0, "come back (%)") == 50 and cell(table, 0, _LEFT) > 0)


@explore(
    guess=_guess_half,
    challenge=Challenge(
        "Half of the orders come back, and fake orders are bought. Find what visitors may cost so "
        "that something is left.",
        _half_and_something_left,
        "Less than 19, where the article's shop pays 30. Or it must sell what people keep.",
    ),
    returned=Percent(
        low=0, high=70, step=10, live_step=5, default=0, label="Orders that come back"
    ),
    marketing=Percent(
        low=5, high=40, step=5, live_step=1, default=30, label="Visitors, of what is ordered"
    ),
    fakes=Switch(label="Fake orders bought", default=True),
)
def returned_click(returned: float, marketing: float, fakes: bool) -> Shown:
    """What is left of a hundred yuan kept, over the share of orders that come back."""
    fake = float(SHOP.fake_orders) if fakes else 0.0
    terms = replace(SHOP, returned=returned, marketing=marketing, fake_orders=fake)
    left = round(100 * float(what_is_left(terms).left), 9) + 0.0
    clicks = round(1 / (1 - returned), 9)
    table = pd.DataFrame(
        {
            "come back (%)": [round(100 * returned, 9)],
            "visitors (% of orders)": [round(100 * marketing, 9)],
            "fake orders (% of orders)": [round(100 * fake, 9)],
            "paid for an order kept (clicks)": [clicks],
            _LEFT: [left],
        }
    )
    told = (
        f"{left:.1f} yuan of 100 are left." if left >= 0 else f"on 100 yuan it loses {-left:.1f}."
    )
    sentence = (
        f"With {100 * returned:.0f} of 100 orders coming back, the shop pays {clicks:.2f} times "
        f"what a visitor costs for each order that is kept, and {told}"
    )
    return Shown(_curve(terms, left), sentence, table)


def _curve(terms: ShopTerms, left: float) -> Figure:
    figure, axes = new_axes(box=(58, 46, 16, 12), height=300)
    axes.set(xlim=(0, 74), ylim=(_LOWEST, 62), xticks=range(0, 71, 10), yticks=range(-100, 51, 50))
    axes.set_yticklabels([minus(str(each)) for each in range(-100, 51, 50)])
    axes.set_xlabel("orders that come back, of 100")
    axes.set_ylabel("left of 100 yuan kept")
    axes.grid(axis="y")
    axes.axhline(0, color=INK_SOFT, linewidth=1)
    shares = np.linspace(
        0, max(float(terms.returned), 0.001), 60
    )  # what lies ahead is to be guessed
    curve = 100 * np.asarray(what_is_left(replace(terms, returned=shares)).left)
    colour = LOSS if left < 0 else INTERNET
    (line,) = axes.plot(100 * shares, curve, color=INTERNET, label="left of 100 yuan kept")
    (dot,) = axes.plot(
        100 * float(terms.returned), left, "o", color=colour, markersize=9, clip_on=False
    )
    leave_trace(line, dot)
    says = f"{left:.1f} yuan left" if left >= 0 else f"a loss of {-left:.1f} yuan"
    halo(axes.text(2, -82, says, color=colour, weight="semibold"))
    halo(axes.text(2, -98, "on 100 yuan that customers keep", color=INK_SOFT))
    return figure
