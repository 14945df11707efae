"""Shops turned away: what a loan leaves at each rate, and who asks for it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from explorer import Challenge, Choice, Guess, Money, Percent, Shown, halo, leave_trace
from figures.panels import cell, minus
from figures.style import GREY_3, INK, INK_SOFT, LOSS, explore, new_axes
from netfin.checks import Array
from netfin.spread import rationing
from netfin.spread.rationing import CreditMarket, CrowdTerms, Selection

_HIGHEST_RATE = 0.40
_MOST_DEPOSITS = 120  # % of what shops ask: the top of the picture
_RESPONSE = 7  # the default: deposits, in % of what shops ask, that each point of return brings
_MONEY = GREY_3  # the colour of what savers bring
_WITHOUT = "ask and get nothing (of 100)"
_CROWDS = {
    "same average, unequal risk": Selection.EQUAL_MEANS,
    "same prize, unequal chances": Selection.EQUAL_PRIZES,
}


def _guess_flipped() -> Guess:
    rationed = rationing.credit_market(_RESPONSE)
    lavish = rationing.credit_market(_RESPONSE, selection=Selection.EQUAL_PRIZES)
    return Guess.between(
        f"Shops that differ in risk: {100 * float(rationed.would_pay_more):.0f} of 100 would pay "
        "more and get nothing. Now let success be worth the same to every shop, and shops differ "
        "in their chances of it. How many of 100 would pay more and get nothing then?",
        value=100 * float(lavish.would_pay_more),
        edges=(10, 4, 1),
        options=("More than 10", "About 6, as before", "1 to 4", "None"),
        at={"selection": "same prize, unequal chances"},
        because="At a higher rate the poor chances leave first, so nothing keeps banks from "
        f"asking it. But {100 * float(lavish.wasteful):.0f} of the "
        f"{100 * float(lavish.loans):.0f} loans go to projects that are not worth their cost.",
    )


@explore(
    guess=_guess_flipped,
    challenge=Challenge(
        "Keep the shops that differ in risk alone, and find a crowd to which banks lend nothing "
        "at all.",
        lambda table: table[_WITHOUT][0] == 100,
        "Every one of these projects is worth doing, and not one is financed: no rate pays for "
        "the risky and keeps the safe. Akerlof's market for lemons, with loans.",
    ),
    safe_share=Percent(
        low=50, high=100, step=10, live_step=5, default=80, label="Shops that are safe"
    ),
    response=Money(
        low=4,
        high=16,
        step=3,
        live_step=1,
        default=_RESPONSE,
        label="Deposits that each point brings",
    ),
    selection=Choice(options=_CROWDS, default="same average, unequal risk", label="Shops have"),
)
def turned_away(safe_share: float, response: float, selection: Selection) -> Shown:
    """What banks earn at each rate, who asks, what savers bring, and who is left without."""
    crowd = CrowdTerms(safe_share=safe_share)
    market = rationing.credit_market(response, crowd, selection)
    table = pd.DataFrame(
        {
            "loan rate (%)": [100 * float(market.rate)],
            "left for savers (%)": [100 * float(market.bank_return)],
            "shops that ask (of 100)": [100 * float(market.demand)],
            "loans (of 100)": [100 * float(market.loans)],
            _WITHOUT: [100 * float(market.unmet)],
            "of them would pay more (of 100)": [100 * float(market.would_pay_more)],
            "loans that waste money (of 100)": [100 * float(market.wasteful)],
        }
    ).round(9)  # demand less loans leaves a float's last digit where none is turned away
    figure = _market(crowd, selection, market, response)
    return Shown(figure, _who_is_left(table), table)


def _who_is_left(table: pd.DataFrame) -> str:
    rate, left = cell(table, 0, "loan rate (%)"), cell(table, 0, "left for savers (%)")
    loans, away = cell(table, 0, "loans (of 100)"), cell(table, 0, _WITHOUT)
    if loans == 0:
        return minus(
            f"Even at {rate:.1f} %, their best rate, banks would be left with "
            f"{left:.1f} % a year. Savers bring nothing, and none of the 100 shops gets a loan."
        )
    more = cell(table, 0, "of them would pay more (of 100)")
    rests = "Banks stop" if more >= 0.05 else "The market clears"
    return (
        f"{rests} at {rate:.1f} %, where a loan leaves {left:.1f} % for savers. "
        f"Of 100 shops {loans:.0f} borrow; {_who_gets_nothing(away, more)} {_what_is_wasted(table)}"
    )


def _who_gets_nothing(away: float, more: float) -> str:
    """Count in one way for every crowd: who gets nothing, and whom that keeps from paying more."""
    if away < 0.5:
        return "none that asks gets nothing."
    if more < 0.05:
        return (
            f"{away:.0f} more ask and get nothing, and none would pay more: to them a loan at this "
            "rate is worth no more than none."
        )
    number = f"{more:.0f}" if more >= 0.95 else "fewer than 1"
    return f"{away:.0f} more ask and get nothing, of whom {number} would pay more."


def _what_is_wasted(table: pd.DataFrame) -> str:
    waste = cell(table, 0, "loans that waste money (of 100)")
    if waste < 0.5:
        return "Every project financed is worth its cost."
    go = (
        "goes to a project that yields less than it costs"
        if round(waste) == 1
        else ("go to projects that yield less than they cost")
    )
    return f"{waste:.0f} of these loans {go}."


def _branches(crowd: CrowdTerms, selection: Selection) -> list[Array]:
    """Rates, as far as somebody asks: up to where safe shops leave, and beyond."""
    peak = float(rationing.safe_leave_above(crowd))
    if selection is Selection.EQUAL_PRIZES:
        return [np.linspace(0.0, peak, 13)]
    success = float(rationing.applicants(peak, crowd).success)
    even = (crowd.operating_cost + crowd.loss_given_default) / success - crowd.loss_given_default
    below = np.unique([0.0, min(max(float(even), 0.0), peak), peak])
    beyond = np.linspace(peak + 1e-9, _HIGHEST_RATE, 7)
    return [below, beyond] if np.all(crowd.safe_share < 1) else [below]


def _market(
    crowd: CrowdTerms, selection: Selection, market: CreditMarket, response: float
) -> Figure:
    """Shops that ask and loans that savers' money allows, over the loan rate."""
    figure, axes = new_axes(box=(50, 46, 14, 12), height=300)
    axes.set(xlim=(0, 100 * _HIGHEST_RATE), xticks=range(0, 41, 10))
    axes.set(ylim=(0, _MOST_DEPOSITS), yticks=range(0, 101, 25))
    axes.set(xlabel="loan rate, % a year", ylabel="of 100 shops")
    axes.grid(axis="y")
    ends = []
    for rates in _branches(crowd, selection):
        asking = 100 * np.asarray(rationing.applicants(rates, crowd, selection).share)
        left = rationing.bank_return(rates, crowd, selection)
        brought = 100 * np.asarray(rationing.deposits(left, response))
        (demand,) = axes.plot(100 * rates, asking, color=INK, label="ask for a loan")
        (supply,) = axes.plot(100 * rates, brought, color=_MONEY, label="savers' money")
        leave_trace(demand, supply)
        ends.append([(100 * rates[0], asking[0], brought[0]),
                     (100 * rates[-1], asking[-1], brought[-1])])  # fmt: skip
    _beyond(axes, ends, "no safe shop" if np.all(crowd.safe_share == 1) else "nobody")
    halo(axes.text(0.5, 105, "ask for a loan", color=INK, weight="semibold"))
    _at_rest(axes, market)
    return figure


_Ends = list[list[tuple[float, float, float]]]


def _beyond(axes: Axes, ends: _Ends, who: str) -> None:
    """Join the two branches at the cliff; or say who asks beyond, if there is one only."""
    if len(ends) == 1:
        axes.text(22.6, 60, f"beyond: {who}", color=INK_SOFT)
        return
    (rate, *before), (_, *after) = ends[0][1], ends[1][0]
    for high, low, colour in zip(before, after, (INK, _MONEY), strict=True):
        axes.plot([rate, rate], [high, low], color=colour, linewidth=1)
    axes.text(23, after[0] + 5, "risky shops only", color=INK_SOFT)


def _at_rest(axes: Axes, market: CreditMarket) -> None:
    """Mark the loans, those that are missing or wasted, and name the savers' money."""
    rate, loans, waste = (100 * float(x) for x in (market.rate, market.loans, market.wasteful))
    away = 100 * float(market.unmet)
    if away >= 0.5:
        axes.plot([rate, rate], [loans, loans + away], color=INK, linewidth=5)
        axes.text(
            rate + 1.2, loans + 0.75 * away, f"{away:.0f} get nothing", va="center", color=INK
        )
    if waste >= 0.5:
        axes.plot([rate, rate], [0, waste], color=LOSS, linewidth=5)
        label = axes.text(rate + 1.2, max(waste / 2, 6), f"{waste:.0f} waste money", va="center")
        label.set_color(LOSS)
        halo(label)
    axes.plot(rate, loans, "o", color=INK, markersize=7)
    halo(axes.text(0.6, 6, "savers' money", color=_MONEY, weight="semibold"))
