"""A fraud that invests nothing: what it still has of what it owes, year by year."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Challenge, Guess, Percent, Shown, halo, leave_trace
from figures.panels import cell
from figures.style import INTERNET, LOSS, explore, new_axes
from netfin.p2p.fraud import FRAUD, FraudTerms, cash, cash_peak, lifetime, owed

_LIVES, _DRAINS = "lives (years)", "withdrawals pass the inflow (year)"
_HAS_3 = "has after three years (of 100 owed)"
_FOR_EVER, _LAST = "for ever", 40.0
_BOLD, _EAGER = 0.21, 0.50  # what the reader finds: a promise and withdrawals that end early


def _guess() -> Guess:
    bold = float(lifetime(FraudTerms(_BOLD, _EAGER)))
    modest, eager = float(lifetime(FRAUD)), float(lifetime(replace(FRAUD, withdrawal_rate=_EAGER)))
    return Guess.between(
        "A fraud promises 21 %, and savers take out half of their balances a year: its money is "
        f"gone after {bold:.1f} years. Let it promise 12 %, and savers take out 30 %. When is its "
        "money gone?",
        modest,
        (9, 11, 15),
        ("In 7 to 9 years", "In 9 to 11", "In 11 to 15", "In more than 15"),
        f"It is after {modest:.1f} years; after {eager:.1f} if only the promise falls. Less is "
        "promised on what it owes, and less of it asked for, so new money lasts longer.",
        {"promised_rate": 12, "withdrawal_rate": 30},
        mark="x",
        where=0,
        said=((7, 9), None, None, None),
    )


@explore(
    guess=_guess,
    challenge=Challenge(
        "Let a fraud that promises 12 % live for ever.",
        lambda table: (
            table[_LIVES].to_dict()[0] == _FOR_EVER
            and cell(table, 0, "promises (% a year)") == 12.0
        ),
        "New money has to grow as fast as the promise. No inflow can do that for ever: once it "
        "grows more slowly than the promise, the fraud has an end.",
    ),
    promised_rate=Percent(low=3, high=21, step=3, live_step=1, default=21, label="Promise a year"),
    growth=Percent(
        low=0, high=16, step=4, live_step=1, default=0, label="Growth of new money a year"
    ),
    withdrawal_rate=Percent(
        low=10, high=50, step=20, live_step=5, default=50, label="Taken out of balances a year"
    ),
)
def modest_promise(promised_rate: float, growth: float, withdrawal_rate: float) -> Shown:
    """Cash of a fraud, of 100 that it owes, over the years."""
    terms = FraudTerms(promised_rate, withdrawal_rate, growth)
    lives, drains = float(lifetime(terms)), float(cash_peak(terms))
    has = round(100 * float(cash(3.0, terms)) / float(owed(3.0, terms)), 9)
    table = pd.DataFrame(
        {
            "promises (% a year)": [round(100 * promised_rate, 9)],
            "new money grows (% a year)": [round(100 * growth, 9)],
            "taken out (% of balances a year)": [round(100 * withdrawal_rate, 9)],
            _LIVES: [round(lives, 9) if math.isfinite(lives) else _FOR_EVER],
            _DRAINS: [round(drains, 9) if math.isfinite(drains) else "never"],
            _HAS_3: [has],
        }
    )
    return Shown(_of_what_it_owes(terms, lives, drains), _told(lives, drains, has), table)


def _told(lives: float, drains: float, has: float) -> str:
    after = f"After three years it still has {has:.0f} of every 100 yuan that it owes."
    if not math.isfinite(lives):
        return f"{after} Withdrawals never pass the inflow, and it lives for ever."
    return (
        f"{after} Savers first take out more than comes in after {drains:.1f} years, and the money "
        f"is gone after {lives:.1f}."
    )


def _of_what_it_owes(terms: FraudTerms, lives: float, drains: float) -> Figure:
    figure, axes = new_axes(box=(52, 46, 20, 12), height=280)
    axes.set(xlim=(0, _LAST), ylim=(0, 108), xticks=range(0, 41, 10), yticks=range(0, 101, 25))
    axes.set_xlabel("years since it began")
    axes.set_ylabel("cash, of 100 yuan owed")
    axes.grid(axis="y")
    years = np.linspace(0.05, min(lives, _LAST), 42)
    left = 100 * np.asarray(cash(years, terms)) / np.asarray(owed(years, terms))
    (line,) = axes.plot(years, np.maximum(left, 0.0), color=LOSS, label="cash")
    leave_trace(line)
    if drains < _LAST:
        height = 100 * float(cash(drains, terms)) / float(owed(drains, terms))
        (dot,) = axes.plot(drains, height, "o", color=INTERNET, markersize=9, zorder=5)
        leave_trace(dot)
        sign = axes.text(39, 90, "dot: more goes out than in", color=INTERNET, ha="right")
        sign.set_verticalalignment("center")
        halo(sign)
    words = f"gone after {lives:.1f} years" if math.isfinite(lives) else "lives for ever"
    told = axes.text(39, 101, words, color=LOSS, ha="right", va="center", weight="semibold")
    halo(told)
    return figure
