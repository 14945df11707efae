"""Lend, sell, lend again: how far a yuan of own money goes, and how far the rules let it."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from explorer import Challenge, Count, Guess, Percent, Shown, leave_trace
from figures.style import INK_SOFT, INTERNET, TRADITIONAL, explore, new_axes
from netfin import facts
from netfin.checks import Array
from netfin.risk_transfer.retention import credit_multiplier, credit_multiplier_limit

_MOST_ROUNDS = 19
_LENDS = "lends at most (yuan for each of its own)"


@cache
def lending_limits() -> dict[str, float]:
    """What the rules let a lender lend for each yuan of its own, from the facts."""
    known = facts.load()
    chongqing, banks, notes, joint = (
        known[name].number for name in ("RSK-20", "RSK-19a", "RSK-19b", "RSK-08")
    )
    small_loans = 1.0 + banks + notes
    return {
        "Chongqing, December 2017": 1.0 + chongqing,
        "small-loan firms, 2020": small_loans,
        "the same, joint loans, 2022": 100 * small_loans / joint,
    }


def _guess_rounds() -> Guess:
    seven, one = (float(credit_multiplier(7, share)) for share in (0.07, 0.01))
    return Guess.between(
        f"A platform that keeps 7 % of each pool has lent {seven:.1f} yuan for each yuan of its "
        "own after seven rounds. Let it keep only 1 %. How much has it lent after seven rounds?",
        value=one,
        edges=(6.2, 12, 30),
        options=("About 5.7, as before", "About 7 yuan", "About 20 yuan", "About 40 yuan"),
        at={"retained": 1, "rounds": 7},
        because=f"{one:.1f} yuan. What it keeps decides where it could end, a hundred yuan; how "
        "fast it gets there is decided by how often it can sell.",
    )


@explore(
    guess=_guess_rounds,
    challenge=Challenge(
        "Find a retained share with which the platform stays within the rule of 2020, however "
        "often it sells and lends.",
        lambda table: table[_LENDS].iloc[0] <= table[_LENDS].iloc[2],
        "A rule on what is kept and a rule on leverage are the same rule, said twice: who keeps "
        "a sixth of everything it lends can lend six yuan for each of its own.",
    ),
    retained=Percent(
        low=1, high=31, step=3, live_step=1, default=7, label="Kept of each pool that is sold"
    ),
    rounds=Count(
        low=1,
        high=_MOST_ROUNDS,
        step=2,
        live_step=1,
        default=7,
        label="Rounds of lending",
        unit="rounds",
        one="round",
    ),
)
def lend_again(retained: float, rounds: int) -> Shown:
    """How far a yuan of own money goes when loans are sold and the money is lent again."""
    lent = float(credit_multiplier(rounds, retained))
    limit, path = float(credit_multiplier_limit(retained)), _path(retained)
    reached = [int(np.searchsorted(path, cap)) + 1 for cap in lending_limits().values()]
    table = pd.DataFrame(
        {
            "limit": ["keeping that share, without end", *lending_limits()],
            _LENDS: [limit, *lending_limits().values()],
            "reached in round": [
                "never",
                *(each if each <= _MOST_ROUNDS else f"not by {_MOST_ROUNDS}" for each in reached),
            ],
            "lent by now (yuan)": [lent, "", "", ""],
        }
    )
    figure = _lending(path, rounds, lent, limit)
    return Shown(figure, _how_far(retained, rounds, lent, limit, reached), table)


def _path(retained: float) -> Array:
    """What is lent after each round."""
    return np.asarray(credit_multiplier(np.arange(1.0, _MOST_ROUNDS + 1), retained))


def _how_far(retained: float, rounds: int, lent: float, limit: float, reached: list[int]) -> str:
    passed = [
        f"the limit of {year}, {cap:.3g}, "
        + (f"is passed in round {at}" if at <= _MOST_ROUNDS else f"is not passed by {_MOST_ROUNDS}")
        for year, cap, at in zip((2017, 2020), lending_limits().values(), reached, strict=False)
    ]
    return (
        f"Keeping {100 * retained:.0f} % of each pool, the platform has lent {lent:.1f} yuan for "
        f"each yuan of its own after {rounds} {'round' if rounds == 1 else 'rounds'}, on the way "
        f"to {limit:.1f}: {passed[0]}; {passed[1]}."
    )


def _lending(path: Array, rounds: int, lent: float, limit: float) -> Figure:
    figure, axes = new_axes(box=(46, 46, 92, 10))
    axes.set(xlim=(0, 20), ylim=(0, 24), xticks=[1, 5, 10, 15, 19], yticks=range(0, 21, 5))
    axes.set_xlabel("rounds of lending")
    axes.set_ylabel("lent, yuan for each yuan of own")
    axes.grid(axis="y")
    _draw_rules(axes)
    beyond = "" if limit < 23 else ", beyond the picture"
    axes.text(0.4, 22.2, f"in the end {limit:.1f}{beyond}", color=INK_SOFT)
    if limit < 23:
        axes.axhline(limit, color=INK_SOFT, linewidth=1)
    (line,) = axes.plot(
        range(1, _MOST_ROUNDS + 1), path, "o-", color=INTERNET, markersize=4, linewidth=1.2
    )
    axes.plot(rounds, lent, "o", color=INTERNET, markersize=10)
    place: dict[str, Any] = {"x": rounds + 0.5, "va": "top", "ha": "left"}
    place["y"] = lent - 0.6 * (rounds > 1) + 0.1
    if rounds >= 16:  # near the right edge the label goes above the path, to the left
        place = {"x": rounds - 0.4, "y": lent + 0.6, "va": "bottom", "ha": "right"}
    axes.text(s=f"lent {lent:.1f}", color=INTERNET, weight="semibold", **place)
    leave_trace(line)
    return figure


def _draw_rules(axes: Axes) -> None:
    names = ("Chongqing\n2017", "all small\nlenders 2020", "joint loans\n2022")
    style: dict[str, Any] = {
        "color": TRADITIONAL,
        "va": "center",
        "fontsize": 12,
        "linespacing": 1.05,
    }
    for name, cap in zip(names, lending_limits().values(), strict=True):
        axes.axhline(cap, color=TRADITIONAL, linewidth=1.2)
        height = cap + (0.9 if cap == 6 else -0.9 if cap < 6 else 0)
        axes.text(20.4, height, f"{name}: {cap:.3g}", **style)
