"""Stay or go: a fund that pays every yuan back at par, and those who stay."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Challenge, Guess, Percent, Shown, halo, leave_trace
from figures.panels import cell
from figures.style import INTERNET, LOSS, explore, new_axes
from netfin.payments.fund import money_fund
from netfin.runs import wait_payoff

_STAY = "who stays holds (yuan for 100)"
_LOWEST = 68


def _guess_late() -> Guess:
    value = 100 * float(wait_payoff(0.75, money_fund(0.02)))
    return Guess.between(
        "Let the fund lose 2 yuan of each 100, and still pay 100 to whoever asks. Of a hundred "
        "savers 75 ask. What does each of the 25 who stay hold?",
        value,
        (97, 94, 90),
        ("About 98 yuan", "94 to 97", "90 to 94", "Less than 90"),
        f"Exactly: {value:.0f}. The 75 took 100 each and left the whole loss, 200 yuan on 10,000, "
        "to the other 25: 8 for each.",
        {"loss": 2, "share": 75},
        mark="y",
        where=75,
        said=(98, None, None, None),
    )


@explore(
    guess=_guess_late,
    challenge=Challenge(
        "The fund has lost nothing. Let those who stay lose 2 yuan of 100 or more all the same.",
        lambda table: bool(cell(table, 0, "lost (%)") == 0 and cell(table, 0, _STAY) <= 98),
        "What is sold in a hurry is sold below its worth. A promise of par makes those who stay "
        "pay for the hurry of those who go.",
    ),
    loss=Percent(low=0, high=4, step=1, default=0, label="What the fund has lost"),
    sale_cost=Percent(low=0, high=4, step=1, default=0, label="Cost of selling in a hurry"),
    share=Percent(low=0, high=75, step=15, default=15, label="Savers who leave"),
)
def stay_or_go(loss: float, sale_cost: float, share: float) -> Shown:
    """What those who stay in a fund hold, over the share that leaves at par."""
    fund = money_fund(loss, sale_cost)
    table = pd.DataFrame(
        {
            "lost (%)": [100 * loss],
            "cost of selling (%)": [100 * sale_cost],
            "leave (% of savers)": [100 * share],
            "who leaves gets (yuan for 100)": [100.0],
            _STAY: [100 * float(wait_payoff(share, fund))],
        }
    ).round(6)
    stay = cell(table, 0, _STAY)
    sentence = (
        f"If {100 * share:.0f} of 100 savers leave at 100 yuan, each who stays holds {stay:.1f}: "
        + ("nobody has a reason to go." if stay >= 100 else f"{100 - stay:.1f} less than who went.")
    )
    shares = np.linspace(0, max(share, 0.01), 31)  # what lies ahead is to be guessed
    return Shown(
        _payoffs(shares, 100 * np.asarray(wait_payoff(shares, fund)), share, stay), sentence, table
    )


def _payoffs(shares: np.ndarray, stay: np.ndarray, share: float, now: float) -> Figure:
    figure, axes = new_axes(box=(50, 46, 16, 12), height=300)
    axes.set(xlim=(0, 78), ylim=(_LOWEST, 107), xticks=range(0, 76, 15), yticks=range(70, 101, 10))
    axes.set_xlabel("savers who leave, of 100")
    axes.set_ylabel("one has for 100, yuan")
    axes.grid(axis="y")
    axes.plot([0, 78], [100, 100], color=LOSS, linewidth=1.4, label="who leaves")
    (line,) = axes.plot(100 * shares, stay, color=INTERNET, label="who stays")
    (dot,) = axes.plot(100 * share, now, "o", color=INTERNET, markersize=9, clip_on=False)
    leave_trace(line, dot)
    axes.text(77, 103, "who leaves: 100, at par", color=LOSS, ha="right", weight="semibold")
    halo(axes.text(1.5, 70, f"who stays: {now:.1f}", color=INTERNET, weight="semibold"))
    return figure
