"""The one-tap fund: less trouble moves the door without the yield."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from explorer import Challenge, Guess, Money, Percent, Shown, halo, leave_trace
from figures.panels import cell
from figures.style import INK, INK_SOFT, INTERNET, TRADITIONAL, explore, new_axes
from netfin.payments.idle import (
    CLERK,
    SaverTerms,
    move_pay,
    pay_at_the_door,
    yield_at_the_door,
)

PAYS = (float(CLERK.monthly_pay), 9000.0)
_MOST_PAY, _MOST_GAIN = 12000, 300
_GAIN = "gained (yuan a year)"


def _guess_door() -> Guess:
    before = float(pay_at_the_door())
    value = float(pay_at_the_door(SaverTerms(trouble=0.5)))
    return Guess.between(
        f"A transfer is 2 yuan of trouble, and the door stands at {before:,.0f} yuan a month. Let "
        "the trouble fall to half a yuan, at the same yield. Where does the door stand then?",
        value,
        (2000, 3000, 4500),
        ("Less than 2,000 yuan", "2,000 to 3,000", "3,000 to 4,500", "More than 4,500"),
        f"It is {value:,.0f}. Cash in hand would have halved, by the square root; the door "
        "falls to a quarter. Miss Chen is through it, and the yield is what it was.",
        {"trouble": 0.5},
        mark="x",
    )


def _clerk_gains_20(table: pd.DataFrame) -> bool:
    return bool(cell(table, 0, "extra yield (%)") == 3.6 and cell(table, 0, _GAIN) >= 20)


@explore(
    guess=_guess_door,
    challenge=Challenge(
        "Leave the yield at 3.6 % and let Miss Chen gain 20 yuan a year or more.",
        _clerk_gains_20,
        "The same yield, another door. And the prize is small: even without any trouble it is 54 "
        "yuan a year, on 1,500 that wait on average.",
    ),
    trouble=Money(low=0, high=3, step=0.25, default=2, label="Trouble of a transfer"),
    fund_yield=Percent(low=1.2, high=7.2, step=1.2, default=3.6, label="The fund's extra yield"),
)
def the_door(trouble: float, fund_yield: float) -> Shown:
    """What moving a month's pay into a fund gains a year, over the pay."""
    terms = SaverTerms(np.array(PAYS), trouble, fund_yield)
    moved = move_pay(terms)
    door = float(pay_at_the_door(terms))
    table = pd.DataFrame(
        {
            "paid (yuan a month)": PAYS,
            "trouble (yuan a transfer)": trouble,
            "extra yield (%)": round(100 * fund_yield, 9),
            "transfers (a month)": [
                float(each) if np.isfinite(each) else "no limit"
                for each in np.asarray(moved.transfers)
            ],
            "in the fund on average (yuan)": np.asarray(moved.in_fund),
            _GAIN: np.asarray(moved.gain),
            "the door stands at (yuan a month)": door,
        }
    ).round(9)
    gains = [cell(table, row, _GAIN) for row in range(2)]
    needed = 100 * float(yield_at_the_door(SaverTerms(trouble=trouble)))
    return Shown(_gains(trouble, fund_yield, door, gains), _said(door, gains, needed), table)


def _said(door: float, gains: list[float], needed: float) -> str:
    where = f"The door stands at a pay of {door:,.0f} yuan a month"
    where = where if door else "There is no door"
    needs = f", who needs {needed:.1f} %," if door else ""
    clerk = f"{needs} gains {gains[0]:.1f} yuan a year" if gains[0] > 0 else " moves nothing"
    head = f"gains {gains[1]:.1f}" if gains[1] > 0 else "moves nothing either"
    return f"{where}. Miss Chen with 3,000{clerk}; her head of office with 9,000 {head}."


def _gains(trouble: float, fund_yield: float, door: float, gains: list[float]) -> Figure:
    figure, axes = new_axes(box=(52, 46, 24, 12))
    axes.set(xlim=(0, _MOST_PAY), ylim=(0, _MOST_GAIN), yticks=range(0, 301, 100))
    axes.set_xticks(range(0, 12001, 3000), ["0", "3,000", "6,000", "9,000", "12,000"])
    axes.set_xlabel("paid, yuan a month")
    axes.set_ylabel("gained, yuan a year")
    axes.grid(axis="y")
    pays = np.linspace(100, _MOST_PAY, 70)
    curve = np.asarray(move_pay(SaverTerms(pays, trouble, fund_yield)).gain)
    seen = curve <= _MOST_GAIN
    (line,) = axes.plot(pays[seen], curve[seen], color=INTERNET, label="gained in the fund")
    dots = [
        axes.plot(pay, min(gain, _MOST_GAIN), "o", color=colour, markersize=9, clip_on=False)[0]
        for pay, gain, colour in zip(PAYS, gains, (INTERNET, INK), strict=True)
    ]
    leave_trace(line, *dots)
    _stands(axes, door)
    halo(axes.text(200, 278, f"Miss Chen: {gains[0]:.1f} yuan", color=INTERNET, weight="semibold"))
    halo(axes.text(200, 252, f"head of office: {gains[1]:.1f} yuan", color=INK_SOFT))
    return figure


def _stands(axes: Axes, door: float) -> None:
    """Draw the door, or say that it is out of sight."""
    if not 0 < door <= _MOST_PAY:
        word = "door beyond 12,000" if door else "no door"
        halo(axes.text(200, 222, word, color=TRADITIONAL, weight="semibold"))
        return
    axes.plot([door, door], [0, 215], color=TRADITIONAL, linewidth=1.4)
    left = door < _MOST_PAY / 2
    at, side = door + (120 if left else -120), "left" if left else "right"
    label = axes.text(at, 222, f"door at {door:,.0f}", color=TRADITIONAL, ha=side)
    label.set_fontweight("semibold")
    halo(label)
