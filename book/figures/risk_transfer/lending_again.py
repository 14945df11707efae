"""Lend, sell, lend again: how far a yuan of own money goes, and how far the rules let it."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from explorer import Challenge, Count, Guess, Percent, Shown, leave_trace
from figures.style import GREY_3, INK, INTERNET, explore, new_axes
from netfin import facts
from netfin.checks import Array
from netfin.risk_transfer.retention import credit_multiplier, credit_multiplier_limit

_MOST_ROUNDS = 19
_ASKED = 17  # rounds after which the guess asks what has been lent
_NOT_YET = f"is not passed in {_MOST_ROUNDS} rounds"
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
    seven, end = float(credit_multiplier(7, 0.07)), float(credit_multiplier_limit(0.07))
    later = float(credit_multiplier(_ASKED, 0.07))
    return Guess.between(
        f"A platform that keeps 7 % of each pool has lent {seven:.1f} yuan for each yuan of its "
        f"own after seven rounds. How much has it lent after {_ASKED} rounds?",
        value=later,
        edges=(9, 11, 13),
        options=("About 8 yuan", "About 10 yuan", "About 12 yuan", "About 14 yuan"),
        at={"retained": 7, "rounds": _ASKED},
        mark="y",
        where=_ASKED,
        said=(8, 10, 12, 14),
        because=f"Each round sells 7 % less than the one before, so the way to the "
        f"{end:.1f} of the end grows slower and slower.",
    )


@explore(
    guess=_guess_rounds,
    challenge=Challenge(
        "Find a retained share with which the platform stays within the limit of the whole "
        "country, however often it sells and lends.",
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
    reached = [_reached(cap, path, limit) for cap in lending_limits().values()]
    table = pd.DataFrame(
        {
            "limit": ["keeping that share, without end", *lending_limits()],
            _LENDS: [limit, *lending_limits().values()],
            "reached in round (number)": ["never", *reached],
            "lent by now (yuan)": [lent, "", "", ""],
        }
    )
    figure = _lending(path, rounds, lent, limit)
    return Shown(figure, _how_far(retained, rounds, lent, limit, reached), table)


def _reached(cap: float, path: Array, limit: float) -> int | str:
    """The round in which a limit is reached, if it ever is."""
    if limit <= cap:
        return "never"
    at = int(np.searchsorted(path, cap)) + 1
    return at if at <= _MOST_ROUNDS else f"not by {_MOST_ROUNDS}"


def _path(retained: float) -> Array:
    """What is lent after each round."""
    return np.asarray(credit_multiplier(np.arange(1.0, _MOST_ROUNDS + 1), retained))


def _how_far(
    retained: float, rounds: int, lent: float, limit: float, reached: list[int | str]
) -> str:
    words = {"never": "is never passed", f"not by {_MOST_ROUNDS}": _NOT_YET}
    passed = [
        f"{whose} limit, {cap:.3g}, {words.get(str(at), f'is passed in round {at}')}"
        for whose, cap, at in zip(
            ("Chongqing's", "the country's"), lending_limits().values(), reached, strict=False
        )
    ]
    return (
        f"Keeping {100 * retained:.0f} % of each pool, the platform has lent {lent:.1f} yuan for "
        f"each yuan of its own after {rounds} {'round' if rounds == 1 else 'rounds'}, on the way "
        f"to {limit:.1f}: {passed[0]}; {passed[1]}."
    )


def _lending(path: Array, rounds: int, lent: float, limit: float) -> Figure:
    figure, axes = new_axes(box=(46, 46, 124, 10))
    axes.set(xlim=(0, 20), ylim=(0, 27), xticks=[1, 5, 10, 15, 19], yticks=range(0, 21, 5))
    axes.set_xlabel("rounds of lending")
    axes.set_ylabel("lent, yuan for each of own")
    axes.grid(axis="y")
    _draw_rules(axes)
    _draw_end(axes, limit)
    (line,) = axes.plot(
        range(1, rounds + 1),
        path[:rounds],
        "o-",
        color=INTERNET,
        markersize=4,
        linewidth=1.2,
        label="lent",
    )
    axes.plot(rounds, lent, "o", color=INTERNET, markersize=10)
    axes.text(0.4, 22.8, f"lent {lent:.1f}", color=INTERNET, weight="semibold")
    leave_trace(line)
    return figure


def _draw_rules(axes: Axes) -> None:
    names = ("Chongqing", "whole country", "joint loans")
    for name, cap in zip(names, lending_limits().values(), strict=True):
        axes.axhline(cap, color=GREY_3, linewidth=1.2)
        axes.text(20.4, cap, f"{name}: {cap:.3g}", color=GREY_3, va="center")


def _draw_end(axes: Axes, limit: float) -> None:
    """Where the path goes in the end, if that is in the picture."""
    inside = limit < 22
    text = f"in the end {limit:.1f}"
    said = f"thick line: {text}" if inside else f"{text}, far above"
    axes.text(0.4, 25.2, said, color=INK)
    if inside:
        axes.axhline(limit, color=INK, linewidth=2)
