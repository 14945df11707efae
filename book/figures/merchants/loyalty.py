"""Who comes back: loyalty that grows by itself, and what a newcomer is worth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Challenge, Count, Guess, Percent, Shown, halo, leave_trace
from figures.panels import cell
from figures.style import GREY_3, INK_SOFT, LOSS, TRADITIONAL, explore, new_axes
from netfin.merchants.pool import CUSTOMERS, CustomerTerms, in_year

_AGAIN, _NEWCOMER = "come again (of 100 in that year)", "a newcomer is worth (yuan)"


def _guess_fourth() -> Guess:
    value = 100 * float(in_year(4.0).returns)
    return Guess.between(
        "Half of Ms Lin's new customers come again next year with 90 chances in 100, half with 30: "
        "60 of 100 come again. Nobody ever changes. Of those who are in their fourth year, how "
        "many in 100 come for a fifth?",
        value,
        (50, 65, 80),
        ("Fewer than 50", "About 60, as at first", "65 to 80", "More than 80"),
        f"{value:.0f}. Those who seldom come have gone by then, and the others are left. The "
        "average rises though nobody has become more loyal.",
        {"year": 4},
        mark="y",
        where=4,
        said=((0, 50), 60, (65, 80), (80, 100)),
    )


def _looks_loyal(table: pd.DataFrame) -> bool:
    late = cell(table, 0, "year") >= 5 and cell(table, 0, _AGAIN) >= 80
    return bool(late and cell(table, 0, _NEWCOMER) < float(CUSTOMERS.price))


@explore(
    guess=_guess_fourth,
    challenge=Challenge(
        "Let a newcomer be worth less than the 100 yuan that he costs, while of those in their "
        "fifth or sixth year 80 in 100 or more come again.",
        _looks_loyal,
        "Who looks at the pool sees loyal customers. What a bought visitor is worth is told by "
        "all who were bought, also by those who left.",
    ),
    year=Count(low=1, high=6, step=1, default=1, unit="", label="Customers in their year"),
    fickle=Percent(low=10, high=70, step=20, default=30, label="The fickle come again"),
    loyal_share=Percent(low=10, high=90, step=20, default=50, label="Loyal, of the new"),
)
def who_comes_back(year: int, fickle: float, loyal_share: float) -> Shown:
    """How many customers of a year come for another, and what one of them is worth."""
    terms = replace(CUSTOMERS, fickle=fickle, loyal_share=loyal_share)
    now, first = in_year(float(year), terms), in_year(1.0, terms)
    table = pd.DataFrame(
        {
            "year": [year],
            "the fickle come again (%)": [100 * fickle],
            "loyal, of the new (%)": [100 * loyal_share],
            "still there (of 100)": [100 * float(now.still)],
            _AGAIN: [100 * float(now.returns)],
            "one of them is worth (yuan)": [float(now.worth)],
            _NEWCOMER: [float(first.worth)],
            "a newcomer costs (yuan)": [float(terms.price)],
        }
    ).round(9)
    again, worth = cell(table, 0, _AGAIN), cell(table, 0, _NEWCOMER)
    sentence = (
        f"Of 100 newcomers {100 * float(now.still):.1f} buy in year {year}, and of these "
        f"{again:.0f} in 100 come again."
    )
    if year > 1:  # what a newcomer is worth is found later
        sentence += (
            f" One of them is worth {float(now.worth):.1f} yuan from then on, a newcomer "
            f"{worth:.1f}; a newcomer costs {float(terms.price):.0f}."
        )
    return Shown(_line(year, terms, again, worth), sentence, table)


def _line(year: int, terms: CustomerTerms, again: float, worth: float) -> Figure:
    figure, axes = new_axes(box=(52, 46, 16, 12), height=300)
    axes.set(xlim=(0.6, 7.9), ylim=(0, 142), xticks=range(1, 7), yticks=range(0, 101, 25))
    axes.set_xlabel("year of the customers")
    axes.set_ylabel("come again, of 100")
    axes.grid(axis="y")
    for name, level in (("loyal", 100 * float(terms.loyal)), ("fickle", 100 * float(terms.fickle))):
        axes.plot([0.6, 6.4], [level, level], color=GREY_3, linewidth=1.2, label=name)
        low = name == "fickle"
        axes.text(
            6.5, level - (5 if low else -5), name, color=INK_SOFT, va="top" if low else "bottom"
        )
    years = np.arange(1, year + 1, dtype=float)  # what lies ahead is to be guessed
    seen = 100 * np.asarray(in_year(years, terms).returns)
    (line,) = axes.plot(years, seen, color=TRADITIONAL, label="customers of that year")
    (dot,) = axes.plot(year, again, "o", color=TRADITIONAL, markersize=9, clip_on=False)
    leave_trace(line, dot)
    halo(axes.text(0.8, 129, f"come again: {again:.0f}", color=TRADITIONAL, weight="semibold"))
    pays = worth >= float(terms.price)
    colour = INK_SOFT if pays else LOSS
    says = f"a newcomer: worth {worth:.1f} yuan, costs {float(terms.price):.0f}"
    if year > 1:
        halo(axes.text(0.8, 112, says, color=colour))
    return figure
