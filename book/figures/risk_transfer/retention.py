"""What a lender keeps of the loans it sells: the shape of its stake, and its care."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Challenge, Guess, Percent, Shown, halo, leave_trace
from figures.style import GREY_3, INK, INTERNET, explore, new_axes
from netfin.checks import Numbers
from netfin.pool import PoolTerms
from netfin.risk_transfer.retention import (
    Retention,
    default_probability_at_stake,
    first_loss_stake,
    screening,
)

# ---------------------------------------------------------------------------------------------
# Same share, two shapes

_RULE = 0.30  # fact RSK-08, in the figure's label
_BORNE = "borne of 100 yuan more of loss (yuan)"


def _guess_thin() -> Guess:
    thin = 100 * float(first_loss_stake(0.02))
    return Guess.between(
        "Three shops in a hundred default. A platform that keeps 2 % of every loan bears 2 yuan "
        "of each 100 yuan by which losses grow when it screens less well. It keeps the same 2 % "
        "as first loss instead. How much does it bear now?",
        value=thin,
        edges=(8, 30, 60),
        options=("Also 2 yuan", "About 20 yuan", "About 45 yuan", "About 80 yuan"),
        at={"kept": 2, "default_probability": 3},
        mark="y",
        where=3,
        said=(2, 20, 45, 80),
        because=f"{thin:.0f} yuan, more than a platform bears that keeps 30 % of every loan: "
        "whatever is lost, it pays first.",
    )


@explore(
    guess=_guess_thin,
    challenge=Challenge(
        "Find a state in which the first loss gives less reason to screen than the same share of "
        "every loan.",
        lambda table: table[_BORNE][0] < table[_BORNE][1],
        "The first loss is as good as gone whatever the platform does, and one more bad loan is "
        "somebody else's. The rule still says the same per cent.",
    ),
    kept=Percent(low=2, high=20, step=3, live_step=1, default=5, label="Kept by the platform"),
    default_probability=Percent(
        low=1, high=29, step=2, live_step=1, default=3, label="Shops that default on average"
    ),
)
def two_shapes(kept: float, default_probability: float) -> Shown:
    """How much of one more yuan of loss a platform bears, by the shape of what it keeps."""
    first = float(first_loss_stake(kept, PoolTerms(default_probability)))
    table = pd.DataFrame(
        {
            "what the platform keeps": [
                "first loss",
                "the same share of every loan",
                "30 % of every loan",
            ],
            "share kept (%)": [100 * kept, 100 * kept, 100 * _RULE],
            _BORNE: [100 * first, 100 * kept, 100 * _RULE],
            "equal to the first loss at so many defaults (%)": [
                "",
                *(
                    100 * float(default_probability_at_stake(share, kept))
                    for share in (kept, _RULE)
                ),
            ],
        }
    )
    return Shown(
        _stakes(kept, default_probability, first),
        _which_is_stronger(kept, default_probability, first),
        table,
    )


def _which_is_stronger(kept: float, default_probability: float, first: float) -> str:
    rule, same = (100 * float(default_probability_at_stake(s, kept)) for s in (0.3, kept))
    average = 100 * default_probability
    return (
        f"With {average:.0f} default{'s' * (round(average) != 1)} in 100, a platform that keeps "
        f"{100 * kept:.0f} % as first loss bears {100 * first:.0f} of each 100 yuan by which "
        f"losses grow; with {100 * kept:.0f} % of every loan it bears {100 * kept:.0f}, with "
        f"30 % of every loan 30. The first loss falls behind 30 % of every loan at {rule:.1f} "
        f"defaults in 100, and behind the same share of every loan at {same:.1f}."
    )


def _stakes(kept: float, default_probability: float, first: float) -> Figure:
    figure, axes = new_axes(box=(50, 46, 14, 14))
    axes.set(xlim=(0, 30), ylim=(0, 141), xticks=range(0, 31, 5), yticks=range(0, 101, 25))
    axes.set_xlabel("shops that default on average, %")
    axes.set_ylabel("borne of 100 yuan more of loss")
    axes.grid(axis="y")
    at = 100 * default_probability
    axes.plot([0, 30], [100 * _RULE] * 2, color=GREY_3, linewidth=1.2)
    (flat,) = axes.plot([0, 30], [100 * kept] * 2, color=INK, label="a part of every loan")
    chances = np.linspace(0.002, 0.30, 75)
    stakes = 100 * np.asarray(first_loss_stake(kept, PoolTerms(chances)))
    (curve,) = axes.plot(100 * chances, stakes, color=INTERNET, label="first loss")
    axes.plot(at, 100 * kept, "o", color=INK, markersize=7)
    axes.plot(at, 100 * first, "o", color=INTERNET, markersize=9, clip_on=False)
    said = f"first loss of {100 * kept:.0f} %: {100 * first:.0f}"
    share = f"{100 * kept:.0f} % of every loan"
    bold: dict[str, Any] = {"ha": "right", "weight": "semibold"}
    axes.text(29.8, 131, said, color=INTERNET, **bold)  # all above the lines, where none moves
    axes.text(29.8, 119, share, color=INK, **bold)
    axes.text(29.8, 107, "30 % of every loan", color=GREY_3, ha="right")
    leave_trace(curve, flat)
    return figure


# ---------------------------------------------------------------------------------------------
# Care, and the cliff

_REACH = 0.06  # defaults that full care saves: six in a hundred
_FIRST, _EVERY = Retention(first_loss=0.05), Retention(vertical=_RULE, first_loss=0.0)
_CARE = "care (% of full care)"
_LESS = "care, one default more (% of full care)"


def _steepest(asset_correlation: float) -> tuple[int, float]:
    """From how many defaults on one more in a hundred takes away most care, and how many points."""
    chances = np.arange(7, 20)
    care = np.asarray(_care(_FIRST, chances / 100, asset_correlation))
    taken = 100 * (care[:-1] - care[1:])
    return int(chances[np.argmax(taken)]), float(np.max(taken))


def _care(kept: Retention, without: Numbers, asset_correlation: float) -> Numbers:
    pool = PoolTerms(asset_correlation=asset_correlation)
    return screening(kept, without, _REACH, pool)


def _guess_cliff() -> Guess:
    (_, usual), (edge, alike) = _steepest(0.10), _steepest(0.01)
    return Guess.between(
        f"With a correlation of 10 %, one default more in a hundred takes away at most {usual:.0f} "
        "points of care. Let the years be nearly alike, at 1 %, so that losses can be foreseen. "
        "How many points can it take away now?",
        value=alike,
        edges=(75, 35, 10),
        options=(
            "More than 80",
            "About 50",
            f"About {usual:.0f}, as before",
            "Hardly any",
        ),
        at={"without_care": edge, "asset_correlation": 1},
        because=f"Some {alike:.0f} at most, from {edge} defaults to {edge + 1}. When years are "
        "alike the slice is safe or lost, and a lender that sees it lost stops looking after the "
        "loans at once.",
    )


@explore(
    guess=_guess_cliff,
    challenge=Challenge(
        "Find a state in which one default more in a hundred takes away more than a quarter of "
        "full care and leaves more than a quarter.",
        lambda table: table[_CARE][0] - table[_LESS][0] > 25 < table[_LESS][0],
        "No cliff, but a steep slope. The more the slice is looked after, the likelier it "
        "survives, and the likelier it survives, the more it pays to look after it.",
    ),
    without_care=Percent(
        low=7, high=19, step=1, default=10, label="Shops that default without care"
    ),
    asset_correlation=Percent(
        low=1,
        high=16,
        step=3,
        live_step=1,
        default=10,
        label="Correlation of the borrowers' fortunes",
    ),
)
def care_and_cliff(without_care: float, asset_correlation: float) -> Shown:
    """How far a lender screens when its stake depends on how well it screens."""
    ahead = np.array([without_care, without_care + 0.01])
    care = np.array([_care(kept, ahead, asset_correlation) for kept in (_FIRST, _EVERY)])
    table = pd.DataFrame(
        {
            "what the platform keeps": ["5 % as first loss", "30 % of every loan"],
            _CARE: 100 * care[:, 0],
            "defaults with that care (of 100)": 100 * (without_care - _REACH * care[:, 0]),
            _LESS: 100 * care[:, 1],
        }
    ).round(10)
    first, every = table.iloc[0], table.iloc[1]
    sentence = (
        f"Where {100 * without_care:.0f} of 100 shops would default without care, a platform with "
        f"5 % as first loss takes {first[_CARE]:.0f} % of full care, and "
        f"{first['defaults with that care (of 100)']:.1f} default; with 30 % of every loan it "
        f"takes {every[_CARE]:.0f} %, and {every['defaults with that care (of 100)']:.1f} default. "
        f"One default more in a hundred, and the care of the first is {first[_LESS]:.0f} %."
    )
    return Shown(_cliff(without_care, asset_correlation, table), sentence, table)


def _cliff(without_care: float, asset_correlation: float, table: pd.DataFrame) -> Figure:
    figure, axes = new_axes(box=(50, 46, 14, 14))
    axes.set(xlim=(6.4, 20), ylim=(0, 114), xticks=range(8, 21, 4), yticks=range(0, 101, 25))
    axes.set_xlabel("shops that would default without care, %")
    axes.set_ylabel("care, % of full care")
    axes.grid(axis="y")
    without = np.linspace(0.07, 0.20, 53)
    care = 100 * np.asarray(_care(_FIRST, without, asset_correlation))
    every = table[_CARE][1]
    axes.plot([6.4, 20], [every] * 2, color=INK, linewidth=1.5, label="30 % of every loan")
    flat = axes.text(19.9, every + 3.5, f"30 % of every loan: {every:.0f}", color=INK, ha="right")
    halo(flat)
    (curve,) = axes.plot(100 * without, care, color=INTERNET, label="5 % as first loss")
    axes.plot(100 * without_care, every, "o", color=INK, markersize=7)
    here = table[_CARE][0]
    axes.plot(100 * without_care, here, "o", color=INTERNET, markersize=9, clip_on=False)
    axes.text(
        19.9,
        105,
        f"5 % as first loss: {here:.0f}",
        color=INTERNET,
        ha="right",
        weight="semibold",
    )
    leave_trace(curve)
    return figure
