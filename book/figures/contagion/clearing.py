"""Firms that owe each other money: a market town, and twenty lenders in five networks."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from explorer import (
    Challenge,
    Choice,
    Count,
    Guess,
    Money,
    Percent,
    Shown,
    Switch,
    leave_trace,
)
from figures.panels import add_panel, hide_edges
from figures.style import (
    GREY_1,
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

_PLACES: dict[str, tuple[tuple[float, float], tuple[float, float, str]]] = {
    # px in the drawing: the firm; its name, from there, and the side on which it begins
    "Wholesaler": ((98, 114), (-18, 0, "right")),
    "Scarf mill": ((176, 196), (-18, 0, "right")),
    "Dye works": ((292, 202), (18, 5, "left")),
    "Cotton trader": ((262, 122), (-12, -25, "center")),
    "Ms Lin": ((88, 18), (-18, 0, "right")),
    "Mr Chen": ((158, 68), (-4, -24, "center")),
    "Platform lender": ((266, 44), (18, -6, "left")),
    "Bank": ((358, 122), (10, -25, "center")),
}
_LENDERS = {
    "Bank": (TRADITIONAL_TINT, TRADITIONAL),
    "Platform lender": (INTERNET_TINT, INTERNET),
}
_DRAWING = 222  # px: height of the drawing
_BAR = 82  # px: height of what is below
_MOST_LOST = 220  # thousand yuan
PRICE_FALL = 0.3  # of the price of stock, if all the stock of the town is thrown on the market
_ALL = "all together"
_FAILS, _ROUND = "fails (1: yes)", "fails in round (number)"
_OWNERS, _OTHERS = "its owners lose (thousand yuan)", "its savers and staff lose (thousand yuan)"
_AT_FIRST = "lost at first (thousand yuan)"
_DESTROYED = "destroyed by bankruptcies (thousand yuan)"
_GAINED = "gained by buyers of stock (thousand yuan)"
_ON_PAPER = "lost on stock that is kept (thousand yuan)"


def _town(lost: float, cost: float, fire_sales: bool) -> Clearing:
    frictions = Frictions(1.0 - cost, 1.0 - cost, PRICE_FALL if fire_sales else 0.0)
    return clear(market_town(lost), frictions)


def _lost_in_all(before: Clearing, after: Clearing) -> float:
    """What owners, savers and staff had and have no more."""
    kept = [each.equity.sum() + each.paid_outside.sum() for each in (before, after)]
    return float(kept[0] - kept[1])


def _guess_total() -> Guess:
    lost, cost = 60.0, 0.2
    calm, free, costly = _town(0, 0, False), _town(lost, 0, False), _town(lost, cost, False)
    whole = _lost_in_all(calm, costly)
    return Guess.between(
        f"The wholesaler loses {lost:.0f} thousand yuan, {free.failures} firms fail, and the town "
        f"loses {_lost_in_all(calm, free):.0f} in all. Now let each bankruptcy eat a fifth of what "
        "it touches. How much do owners, savers and staff lose then?",
        whole,
        (65, 90, 120),
        ("About 60, as before", "65 to 90", "90 to 120", "More than 120"),
        said=(lost, None, None, None),
        at={"cost": 20},
        because=f"It is {whole:.0f}: {costly.failures} firms fail, not {free.failures}. Debts hand "
        "a loss on and add nothing to it; each bankruptcy adds to it, and so fells others.",
        mark="x",
        panel=1,
    )


@explore(
    guess=_guess_total,
    challenge=Challenge(
        "Find a state in which a loss of at most 40 thousand yuan makes every firm of the town "
        "fail, the bank included.",
        lambda table: table[_FAILS].iloc[-1] == len(NAMES) and table[_AT_FIRST].iloc[-1] <= 40,
        "The same debts and the same first loss. Here neither what bankruptcies destroy nor the "
        "sale of stock brings the town down alone; together they do.",
    ),
    lost=Money(
        low=0,
        high=100,
        step=10,
        live_step=5,
        default=60,
        label="Wholesaler loses, yuan",
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
            _FAILS: [*failed.astype(int), failed.sum()],
            _ROUND: [*cleared.failed_in, cleared.failed_in.max()],
            "pays (% of what it owes)": [*(100 * paid / owed), 100 * paid.sum() / owed.sum()],
            _OWNERS: [*owners, owners.sum()],
            _OTHERS: [*others, others.sum()],
            _AT_FIRST: [lost, *([0.0] * (len(NAMES) - 1)), lost],
            _DESTROYED: [*([0.0] * len(NAMES)), cleared.destroyed],
            _GAINED: [*([0.0] * len(NAMES)), cleared.gained],
            _ON_PAPER: [*([0.0] * len(NAMES)), cleared.fallen - cleared.gained],
        }
    ).round(6)
    sums = table.iloc[-1]
    figure = Figure(figsize=(WIDTH / 72, (_DRAWING + _BAR) / 72), dpi=72)
    _draw_town(figure, cleared)
    _draw_losses(figure, lost, float(owners.sum()), float(others.sum()))
    return Shown(figure, _what_happened(sums), table)


def _what_happened(sums: pd.Series) -> str:
    count, last = int(sums[_FAILS]), int(sums[_ROUND])
    first = sums[_AT_FIRST]
    whole = sums[_OWNERS] + sums[_OTHERS]
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
    owners, others, together = _adding_up(sums[_OWNERS], sums[_OTHERS], whole)
    return (
        f"The wholesaler loses {first:.0f} thousand yuan. {who}. Owners lose {owners}, savers and "
        f"staff {others}: together {together} thousand yuan, {more}."
    )


def _adding_up(one: float, other: float, whole: float) -> list[str]:
    """Two parts and their sum in whole numbers, or in the first decimals that add up."""
    for decimals in range(4):
        parts = [round(float(each), decimals) for each in (one, other, whole)]
        if math.isclose(parts[0] + parts[1], parts[2], abs_tol=1e-9):
            break
    return [f"{each:.{decimals}f}" for each in parts]


def _draw_town(figure: Figure, cleared: Clearing) -> None:
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
            shrinkA=14,
            shrinkB=15,
            linewidth=0.8 + owed / 16,
            color=LOSS if fails else GREY_2,
        )
        axes.add_patch(arrow)
    for name, failed_in in zip(NAMES, cleared.failed_in, strict=True):
        _draw_firm(axes, name, int(failed_in))


def _draw_firm(axes: Axes, name: str, failed_in: int) -> None:
    (x, y), (dx, dy, side) = _PLACES[name]
    face, edge = (LOSS, LOSS) if failed_in else _LENDERS.get(name, (GREY_1, GREY_3))
    axes.plot(x, y, "o", markersize=24, color=face, markeredgecolor=edge, markeredgewidth=1.5)
    axes.text(x + dx, y + dy, name, color=INK, ha=side, va="center")
    if failed_in:
        axes.text(x, y, str(failed_in), color=PAPER, ha="center", va="center_baseline")


def _draw_losses(figure: Figure, lost: float, owners: float, others: float) -> None:
    """Draw what owners and others lose as one bar, with the first loss as a mark."""
    axes = add_panel(figure, 12, 26, WIDTH - 24, 26)
    axes.set(xlim=(0, _MOST_LOST), ylim=(0, 1), yticks=[], xticks=range(0, _MOST_LOST, 50))
    hide_edges(axes, "left")
    bars = axes.barh(0.5, owners, 0.8, color=GREY_3)
    more = axes.barh(0.5, others, 0.8, left=owners, color=LOSS)
    leave_trace(*bars, *more)
    axes.plot([lost, lost], [-0.1, 1.2], color=INK, linewidth=2, clip_on=False)
    for x, words, colour in (
        (12, "lost, thousand yuan:", INK_SOFT),
        (162, "owners", GREY_3),
        (222, "savers, staff", LOSS),
    ):
        figure.text(x / WIDTH, 66 / (_DRAWING + _BAR), words, color=colour, va="center")
    figure.text(
        1 - 8 / WIDTH, 66 / (_DRAWING + _BAR), "| at first", color=INK, ha="right", va="center"
    )


# ---------------------------------------------------------------------------------------------
# One unit more

_NETWORKS: dict[str, Callable[[], Any]] = {
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
_RING, _CHART = 164, 202  # px: heights of the drawing and of the chart


def _hit(network: str, shock: float) -> Clearing:
    return single_default_shock(_NETWORKS[network](), shock)


def _guess_one_more() -> Guess:
    edge = TOWN.total_surplus
    held, broken = (_hit(_COMPLETE, edge + more) for more in (0, 1))
    return Guess.between(
        f"Each of {TOWN.count} lenders owes the same to every other. One loses {edge:.0f} million "
        f"yuan: it fails, and the other {TOWN.count - held.failures} pay in full. Now let it lose "
        "one million more. How many fail?",
        broken.failures,
        (15, 5, 1.5),
        ("All of them", "About half", "Two or three", "Still one"),
        said=(TOWN.count, TOWN.count / 2, (2, 3), held.failures),
        at={"network": _COMPLETE, "shock": 21},
        because=f"The network had spread the loss so evenly that at {edge:.0f} million every owner "
        "had lost the last yuan. One more, and nobody has any.",
        mark="y",
        panel=1,
        where=21,
    )


def _savers_alone(table: pd.DataFrame) -> bool:
    row = table.iloc[0]
    few = 2 * row["lenders that fail (number)"] <= row["lenders (number)"]
    return bool(few and row["savers lose (million yuan)"] > 10)


@explore(
    guess=_guess_one_more,
    challenge=Challenge(
        "Let savers lose more than 10 million yuan, although at most half of the lenders fail.",
        _savers_alone,
        "Islands contain the failures. Leave the loss and let each lender owe to all the others: "
        "savers lose less, whether one lender fails or all. Fewer owners stand before the savers "
        "of an island.",
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
    _draw_network(figure, _NETWORKS[network]().toarray(), cleared)
    _draw_staircase(figure, network, shock, cleared.failures)
    return Shown(figure, _who_is_left(table.iloc[0]), table)


def _who_lost(shock: int, cleared: Clearing) -> pd.DataFrame:
    owners = TOWN.total_surplus - cleared.equity.sum()
    savers = TOWN.count * TOWN.savings - cleared.paid_outside.sum()
    return pd.DataFrame(
        {
            "loss of one lender (million yuan)": [shock],
            "lenders (number)": [TOWN.count],
            "lenders that fail (number)": [cleared.failures],
            "last round of failures (number)": [int(cleared.failed_in.max())],
            "owners lose (million yuan)": [round(float(owners), 6) + 0.0],
            "savers lose (million yuan)": [round(float(savers), 6) + 0.0],
        }
    )


def _who_is_left(row: pd.Series) -> str:
    count = int(row["lenders that fail (number)"])
    who = (
        f"{count} of {TOWN.count} lenders fail{'s' * (count == 1)}" if count else "no lender fails"
    )
    return (
        f"One lender loses {row['loss of one lender (million yuan)']:.0f} million yuan: {who}. "
        f"Owners lose {row['owners lose (million yuan)']:.0f} million, savers "
        f"{row['savers lose (million yuan)']:.0f} million."
    )


def _draw_network(figure: Figure, network: Array, cleared: Clearing) -> None:
    """Draw the lenders on a circle, the one that is hit on top; debts are pale lines."""
    axes = add_panel(figure, 0, _CHART, WIDTH, _RING)
    axes.set(xlim=(0, WIDTH), ylim=(0, _RING))
    axes.axis("off")
    angles = np.pi / 2 - 2 * np.pi * np.arange(TOWN.count) / TOWN.count
    x, y = WIDTH / 2 + 64 * np.cos(angles), 73 + 64 * np.sin(angles)
    pairs = np.argwhere(np.triu(network + network.T))
    colour = INK_FAINT if len(pairs) > 100 else GREY_2
    for i, j in pairs:
        axes.plot(x[[i, j]], y[[i, j]], color=colour, linewidth=1)
    for i, failed_in in enumerate(cleared.failed_in):
        face, edge = (LOSS, LOSS) if failed_in else (INTERNET_TINT, INTERNET)
        axes.plot(x[i], y[i], "o", markersize=15, color=face, markeredgecolor=edge)
    axes.text(x[0], y[0] + 18, "is hit", color=INK, ha="center", va="center")
    if cleared.failures:
        axes.text(88, 20, "fails", color=LOSS, ha="right", weight="semibold")
    if cleared.failures < TOWN.count:
        axes.text(312, 20, "pays in full", color=INTERNET, weight="semibold")


@cache
def _staircase(network: str) -> list[int]:
    """Count who fails at each size of the shock."""
    return [_hit(network, shock).failures for shock in range(_LARGEST + 1)]


def _draw_staircase(figure: Figure, network: str, shock: int, failures: int) -> None:
    """Draw how many fail over the size of the shock."""
    axes = add_panel(figure, 44, 46, WIDTH - 60, _CHART - 60)
    axes.set(xlim=(0, _LARGEST), ylim=(0, 25), xticks=range(0, 26, 5), yticks=range(0, 21, 10))
    axes.set_xlabel("loss of the lender that is hit, million yuan")
    axes.set_ylabel("lenders that fail")
    axes.grid(axis="y")
    (line,) = axes.plot(
        range(_LARGEST + 1),
        _staircase(network),
        color=LOSS,
        drawstyle="steps-pre",
        label="lenders that fail",
    )
    axes.plot(shock, failures, "o", color=LOSS, markersize=9, clip_on=False)
    text = f"{failures} of {TOWN.count} fail{'s' * (failures == 1)}"
    # Above the line: clear of it and of a guess's marks.
    axes.text(0.4, 22.2, text, color=LOSS, weight="semibold")
    leave_trace(line)
