"""Savers who look and savers who do not: what is left for the latter."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Challenge, Guess, Percent, Shown, halo, leave_trace
from figures.panels import cell, minus
from figures.style import GREY_3, INK, INK_SOFT, INTERNET, explore, new_axes
from netfin.p2p.crowd import experts_who_empty, passive_return
from netfin.p2p.notes import NoteTerms, expected_return

_EMPTY = "experts who leave no gain (% of the money)"
_ALL, _REST = "all savers together (yuan on 100)", "those who do not look (yuan on 100)"
_SHARES = np.linspace(0, 0.60, 61)
_NAMED = 55  # of the money, %: near its end the curve bears its name


def _guess() -> Guess:
    share = 100 * float(experts_who_empty(NoteTerms(default_probability=0.15)))
    return Guess.between(
        "Let 15 instead of 10 of 100 loans fail; all savers together still gain. Which share of "
        "the money may belong to experts, who fund no loan that fails, before the others gain "
        "nothing?",
        share,
        (10, 25, 50),
        ("Less than 10 %", "10 to 25 %", "25 to 50 %", "More than 50 %"),
        f"It is {share:.1f} %. The experts take none of the bad loans, so all of these are left "
        "among fewer.",
        {"bad": 15},
        mark="x",
        where=0,
    )


@explore(
    guess=_guess,
    challenge=Challenge(
        "Let all savers together earn more than 6 yuan on 100, and those who do not look lose.",
        lambda table: cell(table, 0, _ALL) > 6.0 and cell(table, 0, _REST) < 0.0,
        "Nothing was hidden from anyone. It was enough that everything was shown and that half of "
        "the money read it.",
    ),
    experts=Percent(
        low=0, high=60, step=5, live_step=1, default=10, label="Money of experts, who look"
    ),
    bad=Percent(low=5, high=15, step=2.5, live_step=0.5, default=10, label="Loans that will fail"),
)
def those_who_look(experts: float, bad: float) -> Shown:
    """What is left for savers who fund what experts have passed over."""
    terms = NoteTerms(default_probability=bad)
    together = round(100 * float(expected_return(terms)), 9)
    rest = round(100 * float(passive_return(experts, terms)), 9) + 0.0
    failing = round(100 * bad / (1 - experts), 9)
    table = pd.DataFrame(
        {
            "experts (% of the money)": [round(100 * experts, 9)],
            "loans that fail (%)": [round(100 * bad, 9)],
            "of those left over (%)": [failing],
            _EMPTY: [round(100 * float(experts_who_empty(terms)), 9)],
            _ALL: [together],
            _REST: [rest],
        }
    )
    way = "gain" if rest >= 0 else "lose"
    sentence = (
        f"All savers together gain {together:.2f} yuan on 100. Experts bring {100 * experts:.0f} % "
        f"of the money; of the loans left over {failing:.1f} in 100 fail, and those who do not "
        f"look {way} {abs(rest):.2f}."
    )
    return Shown(_over_experts(terms, experts, together, rest), sentence, table)


def _over_experts(terms: NoteTerms, experts: float, together: float, rest: float) -> Figure:
    figure, axes = new_axes(box=(56, 46, 16, 12))
    axes.set(xlim=(0, 60), ylim=(-17, 17), xticks=range(0, 61, 15), yticks=range(-15, 16, 5))
    axes.set_yticklabels([minus(str(each)) for each in range(-15, 16, 5)])
    axes.set_xlabel("money of experts, % of all")
    axes.set_ylabel("yuan a year on 100")
    axes.grid(axis="y")
    axes.axhline(0, color=INK_SOFT, linewidth=1)
    axes.axhline(14, color=INTERNET, linewidth=2)
    axes.text(1, 15.7, "experts", color=INTERNET, va="center", weight="semibold")
    axes.text(59, together + 1.4, "all together", color=GREY_3, ha="right", va="center")
    axes.axhline(together, color=GREY_3, linewidth=1.5)
    drawn = 100 * np.asarray(passive_return(_SHARES, terms))
    (line,) = axes.plot(100 * _SHARES, drawn, color=INK, label="do not look")
    (dot,) = axes.plot(100 * experts, rest, "o", color=INK, markersize=9, clip_on=False, zorder=5)
    below = 100 * float(passive_return(_NAMED / 100, terms)) - 3  # yuan: clear of the curve
    name = axes.text(_NAMED, below, "do not look", color=INK, ha="right")
    told = axes.text(1, -15, f"dot: {minus(f'{rest:+.2f}')} yuan", color=INK)
    for each in (name, told):
        each.set(weight="semibold", va="center")
        halo(each)
    leave_trace(line, dot)
    return figure
