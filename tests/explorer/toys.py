"""Small explorers that use every feature of the engine, for its tests."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from explorer import (
    Challenge,
    Choice,
    Count,
    Explore,
    Guess,
    Money,
    Percent,
    Shown,
    Style,
    Switch,
    leave_trace,
)

INK, BLUE, PAPER, FAINT = "#1e2226", "#1d5c9b", "#fffdf8", "#dedad0"
STYLE = Style(
    "DejaVu Sans",
    {INK: "--ink", BLUE: "--traditional", PAPER: "--paper", FAINT: "--ink-faint"},
    {
        "font.family": ["DejaVu Sans"],
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": INK,
        "axes.facecolor": "none",
        "xtick.color": INK,
        "ytick.color": INK,
        "figure.facecolor": "none",
        "figure.dpi": 72,
        "font.size": 13.5,
        "axes.labelsize": 13.5,
        "xtick.labelsize": 13.5,
        "ytick.labelsize": 13.5,
    },
    paper=PAPER,
    quiet=(FAINT,),
)
explore = Explore(STYLE)


def bars(heights: list[float]) -> Figure:
    """Draw bars on fixed limits, the first of which leaves a trace."""
    figure = Figure(figsize=(5, 3), dpi=72)
    axes = figure.add_axes((0.15, 0.2, 0.8, 0.75))
    axes.set(xlim=(-1, len(heights)), ylim=(0, 30), xlabel="bars", ylabel="heights")
    leave_trace(axes.bar(range(len(heights)), heights, color=BLUE)[0])
    axes.plot([0, 1], [0, heights[0]], "o", color=INK, label="ends")
    return figure


@explore(
    guess=lambda: Guess.between(
        "What does it cost where 6 % default?",
        10 / 0.94,
        (5, 20),
        ("< 5 %", "5 to 20 %", "more"),
        "It is 10.6 %.",
        {"default_rate": 6},
        mark="y",
    ),
    challenge=Challenge("Make it dear.", lambda table: table["rate (%)"][0] > 20, "Losses cost."),
    funding_rate=Percent(low=0, high=6, step=1, default=2, label="Funding rate", live_step=0.5),
    default_rate=Percent(low=0, high=12, step=3, default=3, label="Probability of default"),
)
def loan_rate(funding_rate: float, default_rate: float) -> Shown:
    rate = 100 * (funding_rate + 0.02 + default_rate) / (1 - default_rate)
    table = pd.DataFrame({"rate (%)": [rate], "funding (%)": [100 * funding_rate]})
    return Shown(bars([rate, 100 * funding_rate]), f"The loan costs {rate:.2f} %.", table)


@explore(
    lender=Choice(
        options={"a bank & co": 2.0, "platform, <new>": 6.0}, default="a bank & co", label="Who?"
    ),
    months=Count(low=1, high=3, step=1, default=1, label="Months", unit="months", one="month"),
    insured=Switch(label="Insured", default=True),
)
def menu(lender: float, months: int, insured: bool) -> Shown:
    cost = 1234.5678 * lender * months
    yuan = [cost, 1_000_000 * months, 3.1764e-7 * months]
    rows = {"what": ['fee, "all in"', "<b>", "a crumb"], "yuan": yuan}
    word = "with" if insured else "without"
    sentence = f"After {months} it is {cost:.1f} yuan & {word} <cover>."
    return Shown(bars([lender * months, float(insured)]), sentence, pd.DataFrame(rows))


@explore(price=Money(low=0, high=4, step=1, default=2, label="Price"))
def one_slider(price: float) -> Shown:
    table = pd.DataFrame({"price (yuan)": [price]})
    return Shown(bars([price]), f"The price is {price:.0f} yuan.", table)


@explore()
def still() -> Shown:
    return Shown(bars([3.0, 4.0]), "Three and four.", pd.DataFrame({"bar": [3, 4]}))


@explore(total=Money(low=0, high=9, step=1, default=2, label="Sum"))
def fragile(total: float) -> Shown:
    return Shown(bars([1 / (9 - total)]), "It holds.", pd.DataFrame({"sum": [total]}))


TOYS = (loan_rate, menu, one_slider, still)
