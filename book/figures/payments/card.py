"""Customers lend: a prepaid card as a loan to the shop."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Challenge, Count, Guess, Percent, Shown, halo, leave_trace
from figures.panels import cell, hide_edges, minus
from figures.style import INK_SOFT, INTERNET, explore, new_axes
from netfin.payments.balances import CARD, CardTerms, customers_loan_rate

_RATE = "the shop pays (% a year)"
_MONTHS = np.arange(6, 25)
_LOWEST, _HIGHEST = -55, 92


def _guess_rate() -> Guess:
    value = 100 * float(customers_loan_rate(CARD))
    return Guess.between(
        "A tea card: customers pay 100 yuan today and use it up evenly in 12 months, without a "
        "bonus. On average 5 yuan are never used. Seen as a loan from customers to the shop, what "
        "does the shop pay a year?",
        value,
        (-2, -7, -12),
        ("About nothing", "−2 to −7 %", "−7 to −12 %", "Less than −12 %"),
        f"It is {minus(f'{value:.1f}')} %: 5 yuan of 100 is the gift, but the 100 are lent for "
        "little more than half a year on average.",
        {"bonus": 0},
        mark="y",
        where=12,
        said=(0, (-7, -2), (-12, -7), None),
    )


@explore(
    guess=_guess_rate,
    challenge=Challenge(
        "One yuan in ten is never used. Find a card on which customers still earn 8 % a year or "
        "more.",
        lambda table: bool(cell(table, 0, "never used (%)") == 10 and cell(table, 0, _RATE) >= 8),
        "A bonus can pay for what is forgotten. A shop that closes takes both: with one chance in "
        "ten of that in a year, 8 % becomes a loss.",
    ),
    bonus=Percent(low=0, high=20, step=5, default=10, label="Bonus on the card"),
    never_used=Percent(low=0, high=20, step=5, default=5, label="Never used"),
    months=Count(low=6, high=24, step=6, default=12, unit="months", label="Used up within"),
)
def customers_lend(bonus: float, never_used: float, months: int) -> Shown:
    """The yearly rate that a shop pays on money paid ahead, over how long it lasts."""
    rate = 100 * float(customers_loan_rate(CardTerms(bonus, never_used, float(months))))
    table = pd.DataFrame(
        {
            "bonus (%)": [100 * bonus],
            "never used (%)": [100 * never_used],
            "used up within (months)": [months],
            "goods handed out for 100 (yuan)": [100 * (1 + bonus) * (1 - never_used)],
            _RATE: [rate],
        }
    ).round(6)
    goods, rate = (
        cell(table, 0, name) + 0.0 for name in ("goods handed out for 100 (yuan)", _RATE)
    )
    says = minus(f"{rate:.1f}") if abs(rate) >= 0.05 else "0.0"
    sentence = (
        f"For 100 yuan paid ahead the shop hands out goods for {goods:.2f} within {months} months: "
        f"it pays {says} % a year on what its customers lend."
    )
    return Shown(_curve(bonus, never_used, months, rate, says), sentence, table)


def _curve(bonus: float, never_used: float, months: int, rate: float, says: str) -> Figure:
    figure, axes = new_axes(box=(56, 46, 16, 12), height=300)
    axes.set(
        xlim=(5.4, 25), ylim=(_LOWEST, _HIGHEST), xticks=range(6, 25, 6), yticks=range(-50, 76, 25)
    )
    axes.set_yticklabels([minus(str(each)) for each in range(-50, 76, 25)])
    axes.set_xlabel("used up within, months")
    axes.set_ylabel("the shop pays, % a year")
    hide_edges(axes, "bottom")
    axes.grid(axis="y")
    axes.axhline(0, color=INK_SOFT, linewidth=1)
    terms = CardTerms(bonus, never_used, _MONTHS.astype(float))
    rates = 100 * np.asarray(customers_loan_rate(terms))
    (line,) = axes.plot(_MONTHS, rates, color=INTERNET, label="rate a year")
    (dot,) = axes.plot(months, rate, "o", color=INTERNET, markersize=9, clip_on=False)
    leave_trace(line, dot)
    halo(axes.text(24.6, 80, f"{says} % a year", color=INTERNET, weight="semibold", ha="right"))
    halo(axes.text(24.6, 68, "below 0: customers pay to lend", color=INK_SOFT, ha="right"))
    return figure
