"""Dearest money, cheapest loan: a commission on sales against cheap money."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Challenge, Guess, Money, Percent, Shown, halo, leave_trace
from figures.panels import hide_edges, minus, place_label
from figures.style import INK_SOFT, INTERNET, TRADITIONAL, explore, new_axes
from netfin.lending import BANK, SHOP_PLATFORM, break_even_rate
from netfin.spread import commission

# Where the platform's label may stand: right above its point, left below, and further away.
_SPOTS = [
    *((10, up, "left", "baseline") for up in (9, 20, 32)),
    *((-12, -down, "right", "baseline") for down in (15, 28, 40)),
]


def _guess_sales() -> Guess:
    needed = float(commission.extra_sales_to_undercut(take_rate=0.02))
    return Guess.between(
        "The platform pays 6 % for its money, the bank 2 %. The platform takes 2 % commission on "
        "sales. How many yuan of extra sales must each yuan lent bring before the platform can "
        "undercut the bank?",
        value=needed,
        edges=(0.5, 1, 2),
        options=("Less than 0.5", "0.5 to 1", "1 to 2", "More than 2"),
        at={"take_rate": 2, "extra_sales": 2},
        because=f"At 2 % commission they meet at {needed:.4g} yuan of extra sales: the commission "
        "must pay for all that money and capital cost the platform more, less what it saves.",
        mark="x",
    )


@explore(
    guess=_guess_sales,
    challenge=Challenge(
        "Find a state in which the platform could lend to the shop for nothing.",
        lambda table: table["loan rate (%)"][1] <= 0,
        "Here interest is no longer what the platform lends for: the commission on the sales "
        "that the loan creates pays for money, handling, capital and losses together.",
    ),
    take_rate=Percent(
        low=0, high=6, step=1, live_step=0.25, default=5, label="Commission on sales"
    ),
    extra_sales=Money(
        low=0,
        high=3,
        step=0.25,
        live_step=0.05,
        default=0.5,
        label="Extra sales from each yuan lent",
    ),
)
def cheapest_loan(take_rate: float, extra_sales: float) -> Shown:
    """A bank with cheap money against a platform with dear money and a commission."""
    bank = 100 * float(break_even_rate(BANK))
    platform = 100 * float(commission.platform_break_even(take_rate, extra_sales))
    meeting = float(commission.extra_sales_to_undercut(take_rate=take_rate))
    figure = _two_lenders(take_rate, extra_sales, bank, platform)
    table = pd.DataFrame(
        {
            "lender": ["bank", "platform"],
            "cost of money (%)": [100 * BANK.funding_rate, 100 * SHOP_PLATFORM.funding_rate],
            "commission earned (% of the loan)": [0.0, 100 * take_rate * extra_sales],
            "loan rate (%)": [bank, platform],
        }
    )
    return Shown(figure, _who_is_cheaper(bank, platform, meeting), table)


def _who_is_cheaper(bank: float, platform: float, meeting: float) -> str:
    """Say who is; where the two meet only beyond it, for the reader is asked for that place."""
    rate = minus(f"{platform:.1f}")
    met = f"They meet at {meeting:.4g} yuan of extra sales."
    if not np.isfinite(meeting):
        met = "Without commission they never meet."
    if rate == f"{bank:.1f}":
        order = f"level with the bank's {bank:.1f} %"
    elif platform > bank:
        order = f"above the bank's {bank:.1f} %, because its money and its capital cost more"
        met = "" if np.isfinite(meeting) else met
    else:
        order = f"below the bank's {bank:.1f} %, though its money and its capital cost more"
    return f"The platform breaks even at {rate} %, {order}. {met}".rstrip()


def _two_lenders(take_rate: float, extra_sales: float, bank: float, platform: float) -> Figure:
    figure, axes = new_axes(box=(50, 46, 16, 12))
    axes.set(xlim=(0, 3), ylim=(-12, 14), yticks=range(-10, 15, 5), xticks=range(4))
    axes.set(xlabel="extra sales from each yuan lent, yuan", ylabel="break-even rate, % a year")
    hide_edges(axes, "bottom")
    axes.grid(axis="y")
    axes.axhline(0, color=INK_SOFT, linewidth=1)
    axes.plot([0, 3], [bank, bank], color=TRADITIONAL, label="bank")
    halo(axes.text(0.04, bank - 1.7, "bank", color=TRADITIONAL, weight="semibold"))
    sales = np.array([0.0, 3.0])
    rates = 100 * np.asarray(commission.platform_break_even(take_rate, sales))
    (line,) = axes.plot(sales, rates, color=INTERNET, label="platform")
    (point,) = axes.plot(extra_sales, platform, "o", color=INTERNET, markersize=9, clip_on=False)
    leave_trace(line, point)
    label = axes.annotate(
        minus(f"platform {platform:.1f} %"),
        (extra_sales, platform),
        xytext=(0, 0),
        textcoords="offset points",
        color=INTERNET,
        weight="semibold",
    )
    halo(label)
    place_label(axes, label, _SPOTS, axes.lines, *axes.texts[:-1])
    return figure
