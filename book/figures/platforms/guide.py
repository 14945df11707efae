"""Shut out: when a larger platform gains by cutting off a guide that sends it buyers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Challenge, Guess, Percent, Shown, halo, leave_trace
from figures.panels import cell, hide_edges, minus
from figures.style import INK, INK_SOFT, INTERNET, LOSS, explore, new_axes
from netfin.platforms.hold_up import GUIDE, GuideTerms, shut_out

_GAINS = "the platform gains (yuan on 100 sent)"
_LEFT = "left of the guide (% of its income)"
_FIXED = 100 * float(GUIDE.fixed_cost)
_SHARES = np.array([0.0, 1.0])


def _guess_limit() -> Guess:
    value = 100 * float(shut_out(replace(GUIDE, commission=0.05)).gains_above)
    return Guess.between(
        "A platform earns 6 yuan on 100 yuan of sales, and pays a guide 5 of them for sending the "
        "buyers. How many of 100 of these buyers must be ready to come anyway, before it gains by "
        "shutting the guide out?",
        value,
        (10, 25, 50),
        ("Fewer than 10", "10 to 25", "25 to 50", "More than 50"),
        f"At {value:.0f}: the 1 yuan that the commission leaves it is what so many who come anyway "
        "bring it without a guide. How much the guide sends does not enter.",
        {"commission": 5, "would_come": 20},
        mark="x",
        where=0,
    )


def _both_live(table: pd.DataFrame) -> bool:
    return bool(cell(table, 0, _GAINS) > 0 and cell(table, 0, _LEFT) >= 0)


@explore(
    guess=_guess_limit,
    challenge=Challenge(
        "Let the platform gain by shutting the guide out, and the guide live on.",
        _both_live,
        "The platform's gain hangs on the guide's buyers, the guide's life on customers of its "
        "own: they must pay its fixed cost.",
    ),
    would_come=Percent(low=0, high=60, step=10, live_step=5, default=20, label="Would come anyway"),
    commission=Percent(low=1, high=5, step=1, default=3, label="The guide's commission"),
    own=Percent(
        low=0, high=60, step=20, live_step=10, default=20, label="Its income from own customers"
    ),
)
def shut_out_the_guide(would_come: float, commission: float, own: float) -> Shown:
    """What a platform gains by shutting out a guide, over the buyers who would come anyway."""
    terms = replace(GUIDE, would_come=would_come, commission=commission, own_customers=own)
    end = shut_out(terms)
    gains, limit, left = (100 * float(each) for each in end)
    table = pd.DataFrame(
        {
            "would come anyway (%)": [100 * would_come],
            "commission (%)": [100 * commission],
            "own customers (% of income)": [100 * own],
            _GAINS: [gains],
            "gains above (% who would come)": [limit],
            _LEFT: [left],
        }
    ).round(9)
    gains = cell(table, 0, _GAINS) + 0.0
    does = f"gains {gains:.1f}" if gains > 0 else f"loses {-gains + 0.0:.1f}"
    lives = "lives on" if cell(table, 0, _LEFT) >= 0 else "cannot live"
    sentence = (
        f"By shutting the guide out the platform {does} yuan on 100 that it was sent; it gains "
        f"once more than {limit:.1f} % of these buyers would come anyway. Of 100 yuan of its "
        f"income the guide's own customers bring {100 * own:.0f}, and its fixed cost takes "
        f"{_FIXED:.0f}: it {lives}."
    )
    return Shown(_line(terms, gains, lives), sentence, table)


def _line(terms: GuideTerms, gains: float, lives: str) -> Figure:
    figure, axes = new_axes(box=(56, 46, 20, 8))
    axes.set(xlim=(0, 100), ylim=(-6, 7), xticks=range(0, 101, 20), yticks=range(-4, 5, 2))
    axes.set_yticklabels([minus(str(each)) for each in range(-4, 5, 2)])
    axes.set_xlabel("would come anyway, % of those sent")
    axes.set_ylabel("gained, yuan on 100")
    hide_edges(axes, "bottom")
    axes.grid(axis="y")
    axes.axhline(0, color=INK_SOFT, linewidth=1)
    along = 100 * np.asarray(shut_out(replace(terms, would_come=_SHARES)).platform_gains)
    (line,) = axes.plot(100 * _SHARES, along, color=INTERNET, label="gained by shutting out")
    at = 100 * float(terms.would_come)
    (dot,) = axes.plot(at, gains, "o", color=INTERNET, markersize=9, clip_on=False, zorder=5)
    leave_trace(line, dot)
    word = "gains" if gains > 0 else "loses"
    said = f"the platform {word} {abs(gains):.1f}"
    halo(axes.text(2, 6, said, color=INTERNET, weight="semibold"))
    colour = INK if lives == "lives on" else LOSS
    halo(axes.text(2, 5, f"the guide {lives}", color=colour))
    return figure
