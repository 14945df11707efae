"""Firms that owe each other money: a market town, and twenty lenders in five networks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from explorer import Challenge, Choice, Count, Guess, Money, Percent, Shown, Switch, leave_trace
from figures.panels import add_panel, hide_edges
from figures.style import (
    GREY_2,
    GREY_3,
    INK,
    INK_FAINT,
    INK_SOFT,
    INTERNET,
    INTERNET_TINT,
    LOSS,
    PAPER,
    TRADITIONAL,
    TRADITIONAL_TINT,
    WIDTH,
    explore,
)
from netfin.checks import Array
from netfin.contagion.clearing import Clearing, clear
from netfin.contagion.equal_firms import TOWN, circle, islands, single_default_shock
from netfin.contagion.firms import Frictions
from netfin.contagion.town import NAMES, market_town

# ---------------------------------------------------------------------------------------------
# A market town

_PLACES = {  # px in the drawing: the firm; its name and what it pays, from there, and their side
    "Wholesaler": ((58, 178), (-50, 30), (-50, -29), "left"),
    "Scarf mill": ((150, 262), (0, 23), (-18, 1), "right"),
    "Dye works": ((262, 288), (0, 23), (19, 6), "left"),
    "Cotton trader": ((262, 180), (0, -23), (0, -39), "center"),
    "Ms Lin": ((140, 42), (-19, 0), (0, -24), "right"),
    "Mr Chen": ((150, 112), (0, -23), (0, -39), "center"),
    "Platform lender": ((262, 84), (12, -23), (12, -39), "center"),
    "Bank": ((348, 176), (19, 2), (16, -24), "left"),
}
_DRAWING = 330  # px: height of the drawing
_BAR = 96  # px: height of what is below
_MOST_LOST = 220  # thousand yuan
PRICE_FALL = 0.3  # of the price of stock, if all the stock of the town is thrown on the market
_ALL = "all together"
_DESTROYED = "destroyed by bankruptcies"
_GAINED, _ON_PAPER = "gained by buyers of stock", "lost on stock that is kept"


def _town(lost: float, cost: float, fire_sales: bool) -> Clearing:
    frictions = Frictions(1.0 - cost, 1.0 - cost, PRICE_FALL if fire_sales else 0.0)
    return clear(market_town(lost), frictions)


def _guess_total() -> Guess:
    lost = 60.0
    before, after = _town(0, 0, False), _town(lost, 0, False)
    kept = [each.equity.sum() + each.paid_outside.sum() for each in (before, after)]
    whole = float(kept[0] - kept[1])
    return Guess.between(
        f"The wholesaler loses {lost:.0f} thousand yuan and cannot pay all it owes; those it owes "
        "then lack money too. A bankruptcy costs nothing here. Add up what all owners, savers "
        "and staff lose in the end. How much is it?",
        whole,
        (lost - 0.01, lost + 0.01, 90),
        ("Less than 60", "Just 60", "60 to 90", "More than 90"),
        at={"lost": 60, "cost": 0},
        because=f"It is {whole:.0f}, whoever owes what to whom. Clearing hands a loss on and "
        f"divides it; {after.failures} firms fail, and nothing more is lost.",
    )


@explore(
    guess=_guess_total,
    challenge=Challenge(
        "Find a state in which a loss of at most 40 thousand yuan makes every firm of the town "
        "fail, the bank included.",
        lambda table: (
            table["fails (1: yes)"].iloc[-1] == len(NAMES) and table["lost at first"].iloc[-1] <= 40
        ),
        "The same debts and the same first loss. Here neither what bankruptcies destroy nor the "
        "sale of stock brings the town down alone; together they do.",
    ),
    lost=Money(
        low=0,
        high=100,
        step=10,
        live_step=5,
        default=10,
        label="Yuan the wholesaler loses",
        unit="thousand",
    ),
    cost=Percent(low=0, high=30, step=10, live_step=5, default=0, label="Lost in each bankruptcy"),
    fire_sales=Switch(label="Failed firms throw their stock on the market"),
)
def payment_chain(lost: float, cost: float, fire_sales: bool) -> Shown:
    """Who fails in which round after the wholesaler's loss, and who bears it in the end."""
    calm, cleared = _town(0.0, 0.0, False), _town(lost, cost, fire_sales)
    owners = calm.equity - cleared.equity
    others = calm.paid_outside - cleared.paid_outside
    owed = calm.paid_inside + calm.paid_outside
    paid = cleared.paid_inside + cleared.paid_outside
    failed = cleared.failed_in > 0
    table = pd.DataFrame(
        {
            "firm": [*NAMES, _ALL],
            "fails (1: yes)": [*failed.astype(int), failed.sum()],
            "in round": [*cleared.failed_in, cleared.failed_in.max()],
            "pays (% of what it owes)": [*(100 * paid / owed), 100 * paid.sum() / owed.sum()],
            "its owners lose": [*owners, owners.sum()],
            "its savers and staff lose": [*others, others.sum()],
            "lost at first": [lost, *([0.0] * (len(NAMES) - 1)), lost],
            _DESTROYED: [*([0.0] * len(NAMES)), cleared.destroyed],
            _GAINED: [*([0.0] * len(NAMES)), cleared.gained],
            _ON_PAPER: [*([0.0] * len(NAMES)), cleared.fallen - cleared.gained],
        }
    ).round(6)
    sums = table.iloc[-1]
    figure = Figure(figsize=(WIDTH / 72, (_DRAWING + _BAR) / 72), dpi=72)
    _draw_town(figure, cleared, 100 * paid / owed)
    _draw_losses(figure, lost, float(owners.sum()), float(others.sum()))
    return Shown(figure, _what_happened(sums), table)


def _what_happened(sums: pd.Series) -> str:
    count, last = int(sums["fails (1: yes)"]), int(sums["in round"])
    first = sums["lost at first"]
    whole = sums["its owners lose"] + sums["its savers and staff lose"]
    if count == 0:
        return (
            f"The wholesaler loses {first:.0f} thousand yuan and still pays what it owes: its "
            "owners bear it all."
        )
    who = "One firm fails" if count == 1 else f"{count} firms fail, the last in round {last}"
    parts = [
        f"{amount:.0f} of it {where}"
        for amount, where in (
            (sums[_DESTROYED], "destroyed by bankruptcies"),
            (sums[_GAINED], "gained by those who buy the stock cheaply"),
            (sums[_ON_PAPER], "lost on paper by those who keep theirs"),
        )
        if amount >= 0.5
    ]
    more = " and ".join(", ".join(parts).rsplit(", ", 1)) or "as much as was lost at first"
    return (
        f"The wholesaler loses {first:.0f} thousand yuan. {who}. Owners lose "
        f"{sums['its owners lose']:.0f}, savers and staff "
        f"{sums['its savers and staff lose']:.0f}: together {whole:.0f} thousand yuan, {more}."
    )


def _draw_town(figure: Figure, cleared: Clearing, paid: Array) -> None:
    """Draw firms and debts; an arrow leads from who owes to whom it owes."""
    axes = add_panel(figure, 0, _BAR, WIDTH, _DRAWING)
    axes.set(xlim=(0, WIDTH), ylim=(0, _DRAWING))
    axes.axis("off")
    liabilities = market_town().liabilities.tocoo()
    for debtor, creditor, owed in zip(*liabilities.coords, liabilities.data, strict=True):
        start, end = (_PLACES[NAMES[each]][0] for each in (debtor, creditor))
        fails = cleared.failed_in[debtor] > 0
        arrow = FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>",
            mutation_scale=11,
            shrinkA=15,
            shrinkB=16,
            linewidth=0.8 + owed / 16,
            color=LOSS if fails else GREY_2,
        )
        axes.add_patch(arrow)
    for name, failed_in, share in zip(NAMES, cleared.failed_in, paid, strict=True):
        _draw_firm(axes, name, int(failed_in), float(share))


def _draw_firm(axes: Axes, name: str, failed_in: int, share: float) -> None:
    (x, y), (dx, dy), (paid_dx, paid_dy), side = _PLACES[name]
    face, edge = (LOSS, LOSS) if failed_in else (TRADITIONAL_TINT, TRADITIONAL)
    axes.plot(x, y, "o", markersize=26, color=face, markeredgecolor=edge, markeredgewidth=1.5)
    name_side = "center" if dx in (0, 12) else side
    axes.text(x + dx, y + dy, name, color=INK, ha=name_side, va="center")
    if failed_in:
        axes.text(x, y, str(failed_in), color=PAPER, ha="center", va="center", weight="semibold")
        pays_side = "center" if paid_dx in (0, 12, 16) else side
        pays = f"pays {share:.0f} %"
        axes.text(x + paid_dx, y + paid_dy, pays, color=LOSS, ha=pays_side, va="center")


def _draw_losses(figure: Figure, lost: float, owners: float, others: float) -> None:
    """Draw what owners and others lose as one bar, with the first loss as a mark."""
    axes = add_panel(figure, 12, 40, WIDTH - 24, 24)
    axes.set(xlim=(0, _MOST_LOST), ylim=(0, 1), yticks=[], xticks=range(0, _MOST_LOST, 50))
    hide_edges(axes, "left")
    axes.set_xlabel("lost in the end, thousand yuan")
    axes.barh(0.5, owners, 0.8, color=GREY_3)
    axes.barh(0.5, others, 0.8, left=owners, color=TRADITIONAL)
    axes.plot([lost, lost], [-0.1, 1.25], color=INK, linewidth=2, clip_on=False)
    axes.text(0, 1.45, "owners", color=GREY_3, weight="semibold", va="bottom")
    axes.text(56, 1.45, "savers, staff", color=TRADITIONAL, weight="semibold", va="bottom")
    axes.text(_MOST_LOST, 1.45, "mark: lost at first", color=INK, ha="right", va="bottom")


# ---------------------------------------------------------------------------------------------
# One unit more

_NETWORKS: dict[str, Callable[[], Array]] = {
    "the next one": partial(circle, 1),
    "the next two": partial(circle, 2),
    "the next five": partial(circle, 5),
    "all the others": partial(circle, TOWN.count - 1),
    "islands of ten": partial(islands, 10),
    "islands of five": partial(islands, 5),
}
_COMPLETE = "all the others"
_OWES = {label: label for label in _NETWORKS}
_LARGEST = 26  # million yuan: the largest shock shown
_RING, _CHART = 262, 168  # px: heights of the drawing and of the chart


def _hit(network: str, shock: float) -> Clearing:
    return single_default_shock(_NETWORKS[network](), shock)


def _guess_one_more() -> Guess:
    edge = TOWN.total_surplus
    held, broken = (_hit(_COMPLETE, edge + more) for more in (0, 1))
    return Guess.between(
        "Each of twenty lenders owes the same to every other. One of them loses "
        f"{edge:.0f} million yuan: it fails, and the other {TOWN.count - held.failures} pay in "
        f"full. Now let it lose one million more. How many of the twenty fail?",
        broken.failures,
        (15, 5, 1.5),
        ("All of them", "About half", "Two or three", "Still one"),
        at={"network": _COMPLETE, "shock": 21},
        because=f"All {broken.failures}. The network had spread the loss so evenly that at "
        f"{edge:.0f} million every owner had lost the last yuan. One more, and nobody has any.",
    )


def _savers_alone(table: pd.DataFrame) -> bool:
    row = table.iloc[0]
    few = 2 * row["lenders that fail"] <= row["lenders"]
    return bool(few and row["savers lose (million yuan)"] > 10)


@explore(
    guess=_guess_one_more,
    challenge=Challenge(
        "Let savers lose more than 10 million yuan, although at most half of the lenders fail.",
        _savers_alone,
        "Islands contain the failures. Leave the loss and change the network: more lenders fail, "
        "and savers lose less. Fewer owners stand before the savers of an island.",
    ),
    shock=Count(
        low=0,
        high=_LARGEST,
        step=1,
        default=10,
        label="Yuan one lender loses",
        unit="million",
        one="million",
    ),
    network=Choice(options=_OWES, default="the next one", label="Each lender owes to"),
)
def one_unit_more(shock: int, network: str) -> Shown:
    """Which of twenty equal lenders fail when one is hit, by network and size of the shock."""
    cleared = _hit(network, shock)
    table = _who_lost(shock, cleared)
    figure = Figure(figsize=(WIDTH / 72, (_RING + _CHART) / 72), dpi=72)
    _draw_network(figure, _NETWORKS[network](), cleared)
    _draw_staircase(figure, network, shock, cleared.failures)
    return Shown(figure, _who_is_left(table.iloc[0]), table)


def _who_lost(shock: int, cleared: Clearing) -> pd.DataFrame:
    owners = TOWN.total_surplus - cleared.equity.sum()
    savers = TOWN.count * TOWN.savings - cleared.paid_outside.sum()
    return pd.DataFrame(
        {
            "shock (million yuan)": [shock],
            "lenders": [TOWN.count],
            "lenders that fail": [cleared.failures],
            "last round": [int(cleared.failed_in.max())],
            "owners lose (million yuan)": [round(float(owners), 6) + 0.0],
            "savers lose (million yuan)": [round(float(savers), 6) + 0.0],
        }
    )


def _who_is_left(row: pd.Series) -> str:
    count = int(row["lenders that fail"])
    who = (
        f"{count} of {TOWN.count} lenders fail{'s' * (count == 1)}" if count else "no lender fails"
    )
    return (
        f"One lender loses {row['shock (million yuan)']:.0f} million yuan: {who}. Owners lose "
        f"{row['owners lose (million yuan)']:.0f} million, savers "
        f"{row['savers lose (million yuan)']:.0f} million."
    )


def _draw_network(figure: Figure, network: Array, cleared: Clearing) -> None:
    """Draw the lenders on a circle, the one that is hit on top; debts are pale lines."""
    axes = add_panel(figure, 0, _CHART, WIDTH, _RING)
    axes.set(xlim=(0, WIDTH), ylim=(0, _RING))
    axes.axis("off")
    angles = np.pi / 2 - 2 * np.pi * np.arange(TOWN.count) / TOWN.count
    x, y = WIDTH / 2 + 106 * np.cos(angles), 120 + 106 * np.sin(angles)
    pairs = np.argwhere(np.triu(network + network.T))
    colour = INK_FAINT if len(pairs) > 100 else GREY_2
    for i, j in pairs:
        axes.plot(x[[i, j]], y[[i, j]], color=colour, linewidth=1)
    for i, failed_in in enumerate(cleared.failed_in):
        face, edge = (LOSS, LOSS) if failed_in else (INTERNET_TINT, INTERNET)
        axes.plot(x[i], y[i], "o", markersize=21, color=face, markeredgecolor=edge)
        if failed_in:
            place = (float(x[i]), float(y[i]), str(failed_in))
            axes.text(*place, color=PAPER, ha="center", va="center_baseline", fontsize=12)
    axes.text(x[0], y[0] + 21, "is hit", color=INK, ha="center", va="center")
    if cleared.failures:
        axes.text(8, 10, "in the circle:\nround of failure", color=LOSS, va="bottom")


@cache
def _staircase(network: str) -> list[int]:
    """Count who fails at each size of the shock."""
    return [_hit(network, shock).failures for shock in range(_LARGEST + 1)]


def _draw_staircase(figure: Figure, network: str, shock: int, failures: int) -> None:
    """Draw how many fail over the size of the shock."""
    axes = add_panel(figure, 44, 46, WIDTH - 60, _CHART - 60)
    axes.set(xlim=(0, _LARGEST), ylim=(0, 23), xticks=range(0, 26, 5), yticks=range(0, 21, 5))
    axes.set_xlabel("loss of the lender that is hit, million yuan")
    axes.set_ylabel("lenders that fail")
    axes.grid(axis="y")
    (line,) = axes.plot(range(_LARGEST + 1), _staircase(network), color=LOSS, drawstyle="steps-pre")
    axes.plot(shock, failures, "o", color=LOSS, markersize=9, clip_on=False)
    early = shock < 5  # too near the left edge for a label on that side
    axes.annotate(
        f"{failures} of {TOWN.count}",
        (shock, failures),
        xytext=(0, 22) if early else (-9, 5),
        textcoords="offset points",
        ha="left" if early else "right",
        color=INK_SOFT,
        weight="semibold",
    )
    leave_trace(line)
