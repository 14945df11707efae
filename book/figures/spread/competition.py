"""How many banks a town has: margins that shrink."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Challenge, Count, Guess, Percent, Shown, leave_trace
from figures.panels import cell
from figures.style import INK_SOFT, TRADITIONAL, explore, new_axes
from netfin.lending import BANK, break_even_rate
from netfin.spread import competition
from netfin.spread.competition import TownTerms

_MOST_BANKS = 8
_HERE = "this town"


def _guess_saving() -> Guess:
    alone, kept = (float(competition.cournot_loans(banks).pass_through) for banks in (1, 2))
    return Guess.between(
        "A second bank opens in the town. Better software makes each loan of both one yuan cheaper "
        "to handle. How much of that yuan do they pass on to the shops?",
        value=kept,
        edges=(0.1, 0.6, 0.9),
        options=("Nothing: they share the town", "Half", "Two thirds", "All of it"),
        at={"number_of_banks": 2},
        because=f"{kept:.0%} of it. A lower rate brings more loans, so even a bank alone passes "
        f"on {alone:.0%}, and each rival adds to it.".replace("%", " %"),
    )


def _lone_and_modest(table: pd.DataFrame) -> bool:
    here = table[table["where"] == _HERE].iloc[0]
    return bool(here["banks (number)"] == 1 and here["margin (% of the rate)"] < 20)


@explore(
    guess=_guess_saving,
    challenge=Challenge(
        "Find a town with a single bank that keeps less than a fifth of its rate as margin.",
        _lone_and_modest,
        "What holds this bank back is no rival but what its shops would do instead: wait, buy on "
        "trade credit, ask the family. A dearer second best is what makes a bank dear.",
    ),
    number_of_banks=Count(
        low=1,
        high=_MOST_BANKS,
        step=1,
        default=1,
        label="Banks in the town",
        one="bank",
        unit="banks",
    ),
    choke_rate=Percent(
        low=10,
        high=35,
        step=5,
        live_step=1,
        default=20,
        label="Rate at which the last shop stops borrowing",
    ),
)
def more_banks(number_of_banks: int, choke_rate: float) -> Shown:
    """The loan rate and the margin in it when a number of equal banks compete."""
    table = _town(number_of_banks, choke_rate)
    row = number_of_banks - 1
    alone = number_of_banks == 1
    who = "One bank charges" if alone else f"{number_of_banks} banks charge"
    lend = "lends" if alone else "lend"
    sentence = (
        f"{who} {cell(table, row, 'loan rate (%)'):.1f} %, "
        f"{cell(table, row, 'margin (points)'):.1f} points above cost, and {lend} "
        f"{cell(table, row, 'lent (% of what shops would borrow at cost)'):.0f} % of what shops "
        f"would borrow at cost. Of each yuan of cost saved, "
        f"{cell(table, row, 'passed on of one yuan saved (yuan)'):.2f} yuan reaches the shops."
    )
    return Shown(_rates_by_banks(table, number_of_banks), sentence, table)


def _town(number_of_banks: int, choke_rate: float) -> pd.DataFrame:
    """List the town with each number of banks; what this one passes on, for it alone."""
    banks = np.arange(1.0, _MOST_BANKS + 1)
    market = competition.cournot_loans(banks, town=TownTerms(choke_rate=choke_rate))
    passed = np.asarray(market.pass_through)
    return pd.DataFrame(
        {
            "banks (number)": banks.astype(int),
            "where": np.where(banks == number_of_banks, _HERE, "elsewhere"),
            "loan rate (%)": 100 * market.rate,
            "margin (points)": 100 * market.margin,
            "margin (% of the rate)": 100 * market.lerner_index,
            "lent (% of what shops would borrow at cost)": 100 * market.share_of_competitive,
            # asked of the reader for two banks
            "passed on of one yuan saved (yuan)": [
                float(share) if n == number_of_banks else ""
                for n, share in zip(banks, passed, strict=True)
            ],
        }
    )


def _rates_by_banks(table: pd.DataFrame, number_of_banks: int) -> Figure:
    cost = 100 * float(break_even_rate(BANK))
    here = cell(table, number_of_banks - 1, "loan rate (%)")
    figure, axes = new_axes(box=(46, 46, 16, 10))
    axes.set(xlim=(0.5, 9), ylim=(0, 24), xticks=range(1, _MOST_BANKS + 1), yticks=range(0, 21, 5))
    axes.set_xlabel("banks in the town")
    axes.set_ylabel("loan rate, % a year")
    axes.grid(axis="y")
    axes.axhline(cost, color=INK_SOFT, linewidth=1.5)
    axes.text(
        8.95, cost - 0.5, f"cost of a loan {cost:.1f} %", ha="right", va="top", color=INK_SOFT
    )
    numbers, rates = table["banks (number)"], table["loan rate (%)"]
    (line,) = axes.plot(
        numbers, rates, "o-", color=TRADITIONAL, markersize=5, linewidth=1.2, label="loan rate"
    )
    axes.plot([number_of_banks] * 2, [cost, here], color=TRADITIONAL, linewidth=5)
    axes.plot(number_of_banks, here, "o", color=TRADITIONAL, markersize=10)
    few = number_of_banks < 5  # near the right edge the label goes to the left
    x, y = number_of_banks + (0.16 if few else 0.3), here + (0.8 if few else 1.4)
    label = axes.text(x, y, f"{here:.1f} %, margin {here - cost:.1f}", color=TRADITIONAL)
    label.set(weight="semibold", ha="left" if few else "right")
    leave_trace(line)
    return figure
