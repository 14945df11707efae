"""Advertised and true price of a loan repaid in instalments."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from explorer import Challenge, Count, Guess, Percent, Shown, halo, leave_trace
from figures.panels import add_panel, hide_edges
from figures.style import GREY_2, INK, INK_SOFT, INTERNET, INTERNET_TINT, explore, new_axes
from netfin.spread import instalments

_PLANS = np.array([6.0, 12.0, 24.0, 48.0])


def _guess_plan() -> Guess:
    prices = instalments.true_price(_PLANS, 0.006)
    times = np.asarray(prices.effective_annual) / np.asarray(prices.advertised_annual)
    told = [f"{each:.2f}" for each in times]
    return Guess.between(
        "A fee of 0.6 % a month on the original amount, advertised at 7.2 % a year. Over 24 "
        f"instalments the true price, interest on interest included, is {told[2]} times the "
        "advertised one. And over 48?",
        value=float(times[3]),
        edges=(1.5, 1.94, 1.98),
        options=("About once", "A little less", "The same", "More still"),
        at={"months": 48},
        because=f"It is {told[0]} times with 6, {told[1]} with 12, {told[2]} with 24 and {told[3]} "
        "with 48. The true rate is the fee over what is owed on average. Over a longer plan that "
        "is less, down to a half; but money far ahead is worth less today, so the early months, "
        "when most is owed, weigh more, the average rises again and the multiple falls.",
    )


@explore(
    guess=_guess_plan,
    challenge=Challenge(
        "Find a plan that is advertised below 15 % a year and truly costs more than 28 %, "
        "interest on interest included.",
        lambda table: table["a year (%)"][2] > 28 and table["a year (%)"][0] < 15,
        "The advertised rate is honest arithmetic on an amount that the shop no longer owes.",
    ),
    monthly_fee=Percent(
        low=0.2,
        high=1.6,
        step=0.2,
        live_step=0.1,
        default=0.6,
        label="Fee a month, on the original amount",
    ),
    months=Count(
        low=6,
        high=48,
        step=6,
        live_step=1,
        default=12,
        label="Instalments",
        unit="months",
        one="month",
    ),
)
def true_price(monthly_fee: float, months: int) -> Shown:
    """What is still owed, and what a flat fee on the original amount truly costs."""
    price = instalments.true_price(months, monthly_fee)
    rates = [
        100 * float(rate)
        for rate in (price.advertised_annual, price.nominal_annual, price.effective_annual)
    ]
    figure, above = new_axes(box=(46, 142, 16, 10), height=340)
    _owed(above, months, monthly_fee)
    _prices(add_panel(figure, 112, 8, 284, 84), rates)
    table = pd.DataFrame(
        {
            "price": ["advertised", "true, without interest on interest", "true, with it"],
            "a year (%)": rates,
            "of the advertised (times)": [rate / rates[0] for rate in rates],
            "owed on average (% of the loan)": [100.0] + [100 * float(price.average_balance)] * 2,
        }
    )
    sentence = (
        f"Advertised at {rates[0]:.1f} % a year, the credit truly costs {rates[2]:.1f} %, interest "
        f"on interest included: {rates[2] / rates[0]:.2f} times the advertisement. Without it, "
        f"{rates[1]:.1f} %. On average {100 * price.average_balance:.0f} % of the loan is owed."
    )
    return Shown(figure, sentence, table)


def _owed(axes: Axes, months: int, monthly_fee: float) -> None:
    schedule = instalments.instalment_schedule(100.0, months, monthly_fee)
    owed = schedule.opening_balance
    axes.set(xlim=(0, 48), ylim=(0, 119), xticks=range(0, 49, 12), yticks=range(0, 101, 25))
    axes.set_xlabel("months")
    axes.set_ylabel("% of the loan")
    edges = np.arange(months + 1)
    area = axes.stairs(owed, edges, fill=True, color=INTERNET_TINT)
    outline = axes.stairs(owed, edges, color=INTERNET, linewidth=1.5, baseline=None, label="owed")
    axes.plot([0, months], [100, 100], color=INK_SOFT, linewidth=1.5)
    axes.text(0.6, 105, "the fee is charged on this", color=INK_SOFT)
    halo(axes.text(months / 2 + 2, 56, "owed", color=INTERNET, weight="semibold"))
    leave_trace(outline)
    area.set_zorder(1)


def _prices(axes: Axes, rates: list[float]) -> None:
    """Three ways of counting, each named beside its bar."""
    names = ("advertised", "true, simple", "compounded")
    axes.set(xlim=(0, 48), ylim=(2.5, -0.5), xticks=[], yticks=range(3))
    axes.set_yticklabels(names)
    hide_edges(axes, "left", "bottom")
    bars = axes.barh(range(3), rates, 0.7, color=[GREY_2, INTERNET, INTERNET])
    leave_trace(*bars)
    for row, rate in enumerate(rates):
        axes.text(rate + 0.6, row, f"{rate:.1f} %", va="center", color=INK, weight="semibold")
