"""How many banks, and how much credit: margins that shrink, and shops that are turned away."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from explorer import Challenge, Choice, Count, Guess, Money, Percent, Shown, leave_trace
from figures.style import INK, INK_SOFT, INTERNET, LOSS, TRADITIONAL, WIDTH, explore, new_axes
from netfin.lending import BANK, break_even_rate
from netfin.spread import competition, rationing
from netfin.spread.competition import TownTerms
from netfin.spread.rationing import CreditMarket, CrowdTerms, Selection

# ---------------------------------------------------------------------------------------------
# More banks

_MOST_BANKS = 8
_HERE = "this town"


def _guess_saving() -> Guess:
    alone, kept = competition.cournot_loans(np.array([1.0, 2.0])).pass_through
    return Guess(
        "A second bank opens in the town. Better software makes each loan of both one yuan cheaper "
        "to handle. How much of that yuan do they pass on to the shops?",
        ("Nothing: they share the town", "Half", "Two thirds", "All of it"),
        right=int(np.searchsorted([0.1, 0.6, 0.9], kept)),
        at={"number_of_banks": 2},
        because=f"{kept:.0%} of it. A lower rate brings more loans, so even a bank alone passes "
        f"on {alone:.0%}, and each rival adds to it.".replace("%", " %"),
    )


def _lone_and_modest(table: pd.DataFrame) -> bool:
    here = table[table["where"] == _HERE].iloc[0]
    return bool(here["banks"] == 1 and here["margin (% of the rate)"] < 20)


@explore(
    guess=_guess_saving,
    challenge=Challenge(
        "Find a town with a single bank that keeps less than a fifth of its rate as margin.",
        _lone_and_modest,
        "What holds this bank back is no rival but what its shops would do instead: wait, buy on "
        "trade credit, ask the family. A dearer second best is what makes a bank dear.",
    ),
    number_of_banks=Count(
        low=1,
        high=_MOST_BANKS,
        step=1,
        default=1,
        label="Banks in the town",
        one="bank",
        unit="banks",
    ),
    choke_rate=Percent(
        low=10,
        high=35,
        step=5,
        live_step=1,
        default=20,
        label="Rate at which the last shop stops borrowing",
    ),
)
def more_banks(number_of_banks: int, choke_rate: float) -> Shown:
    """The loan rate and the margin in it when a number of equal banks compete."""
    banks = np.arange(1.0, _MOST_BANKS + 1)
    market = competition.cournot_loans(banks, town=TownTerms(choke_rate=choke_rate))
    table = pd.DataFrame(
        {
            "banks": banks.astype(int),
            "where": np.where(banks == number_of_banks, _HERE, "elsewhere"),
            "loan rate (%)": 100 * market.rate,
            "margin (points)": 100 * market.margin,
            "margin (% of the rate)": 100 * market.lerner_index,
            "lent (% of what shops would borrow at cost)": 100 * market.share_of_competitive,
            "passed on of one yuan saved (yuan)": market.pass_through,
        }
    )
    here = table.iloc[number_of_banks - 1]
    alone = number_of_banks == 1
    who = "One bank charges" if alone else f"{number_of_banks} banks charge"
    lend = "lends" if alone else "lend"
    sentence = (
        f"{who} {here['loan rate (%)']:.1f} %, {here['margin (points)']:.1f} points above cost, "
        f"and {lend} {here['lent (% of what shops would borrow at cost)']:.0f} % of what shops "
        f"would borrow at cost. Of each yuan of cost saved, "
        f"{here['passed on of one yuan saved (yuan)']:.2f} yuan reaches the shops."
    )
    return Shown(_rates_by_banks(table, number_of_banks), sentence, table)


def _rates_by_banks(table: pd.DataFrame, number_of_banks: int) -> Figure:
    cost = 100 * float(break_even_rate(BANK))
    rates = table["loan rate (%)"].to_numpy()
    here = rates[number_of_banks - 1]
    figure, axes = new_axes(box=(46, 46, 16, 10))
    axes.set(xlim=(0.5, 9), ylim=(0, 24), xticks=range(1, _MOST_BANKS + 1), yticks=range(0, 21, 5))
    axes.set_xlabel("banks in the town")
    axes.set_ylabel("loan rate, % a year")
    axes.grid(axis="y")
    axes.axhline(cost, color=INK_SOFT, linestyle=(0, (4, 3)), linewidth=1.5)
    axes.text(
        8.95, cost - 0.5, f"cost of a loan {cost:.1f} %", ha="right", va="top", color=INK_SOFT
    )
    (line,) = axes.plot(table["banks"], rates, "o-", color=TRADITIONAL, markersize=5, linewidth=1.2)
    axes.plot([number_of_banks] * 2, [cost, here], color=LOSS, linewidth=5)
    axes.plot(number_of_banks, here, "o", color=TRADITIONAL, markersize=10)
    axes.text(
        number_of_banks + (0.16 if number_of_banks < 5 else 0.3),
        here + (0.8 if number_of_banks < 5 else 1.4),
        f"{here:.1f} %, margin {here - cost:.1f}",
        color=TRADITIONAL,
        weight="semibold",
        ha="left" if number_of_banks < 5 else "right",
    )
    leave_trace(line)
    return figure


# ---------------------------------------------------------------------------------------------
# Turned away

_HIGHEST_RATE = 0.40
_MOST_DEPOSITS = 130  # % of what shops ask: the top of the lower picture
_DEFAULT = {"safe_share": 80, "response": 7}
_CROWDS = {
    "same average, unequal risk": Selection.EQUAL_MEANS,
    "same prize, unequal chances": Selection.EQUAL_PRIZES,
}


def _guess_dearer() -> Guess:
    peak = rationing.safe_leave_above()
    now, dearer = (100 * float(rationing.bank_return(rate)) for rate in (peak, peak + 0.05))
    turned_away = 100 * float(rationing.credit_market(_DEFAULT["response"]).unmet)
    return Guess(
        f"At {100 * peak:.1f} % banks turn away {turned_away:.0f} of 100 shops and earn "
        f"{now:.0f} yuan on each 100 lent, after losses. Shops turned away offer 5 points more. "
        "What would banks earn at that rate?",
        ("5 yuan more", "A little more", "About the same", "Far less: they would lose money"),
        right=int(np.searchsorted([-4.5, -0.5, 0.5], now - dearer)),
        because=f"They would lose {-dearer:.0f} yuan on each 100: the safe shops leave first, and "
        "those that stay are those who hardly expect to repay.",
    )


@explore(
    guess=_guess_dearer,
    challenge=Challenge(
        "Keep the shops that differ in risk alone, and find a crowd to which banks lend nothing "
        "at all.",
        lambda table: table["turned away (of 100)"][0] == 100,
        "Every one of these projects is worth doing, and not one is financed: no rate pays for "
        "the risky and keeps the safe. Akerlof's market for lemons, with loans.",
    ),
    safe_share=Percent(
        low=50, high=100, step=10, live_step=5, default=80, label="Shops that are safe"
    ),
    response=Money(
        low=4, high=16, step=3, live_step=1, default=7, label="Deposits that each point brings"
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
            "turned away (of 100)": [100 * float(market.unmet)],
            "loans that waste money (of 100)": [100 * float(market.wasteful)],
        }
    ).round(9)  # demand less loans leaves a float's last digit where none is turned away
    figure, upper = new_axes(box=(50, 232, 14, 12), height=400)
    lower = figure.add_axes((50 / WIDTH, 46 / 400, (WIDTH - 64) / WIDTH, 156 / 400))
    _returns(upper, crowd, selection, market)
    _quantities(lower, crowd, selection, market, response)
    return Shown(figure, _who_is_left(table.iloc[0]), table)


def _who_is_left(row: pd.Series) -> str:
    rate, left = row["loan rate (%)"], row["left for savers (%)"]
    away, waste = row["turned away (of 100)"], row["loans that waste money (of 100)"]
    if row["loans (of 100)"] == 0:
        return (
            f"Even at {rate:.1f} %, their best rate, banks would be left with "
            f"{left:.1f} % a year. Savers bring nothing, and all 100 shops are turned away."
        ).replace("-", "−")
    if away >= 0.5:
        return (
            f"Banks stop at {rate:.1f} %, where a loan leaves {left:.1f} % for savers. That brings "
            f"deposits for {row['loans (of 100)']:.0f} of 100 shops; {away:.0f} are turned away, "
            "though some of them would pay more."
        )
    wasted = (
        f"{waste:.0f} of these loans go to projects that yield less than they cost."
        if waste >= 0.5
        else "Every project financed is worth its cost."
    )
    return (
        f"The market clears at {rate:.1f} %, where a loan leaves {left:.1f} % for savers: "
        f"{row['loans (of 100)']:.0f} of 100 shops borrow, and none is turned away. {wasted}"
    )


def _branches(crowd: CrowdTerms, selection: Selection) -> list[np.ndarray]:
    """Rates, as far as somebody asks: up to where safe shops leave, and beyond."""
    peak = float(rationing.safe_leave_above(crowd))
    if selection is Selection.EQUAL_PRIZES:
        return [np.linspace(0.0, peak, 13)]
    success = float(rationing.applicants(peak, crowd).success)
    even = (crowd.operating_cost + crowd.loss_given_default) / success - crowd.loss_given_default
    below = np.unique([0.0, min(max(even, 0.0), peak), peak])
    beyond = np.linspace(peak + 1e-9, _HIGHEST_RATE, 7)
    return [below, beyond] if crowd.safe_share < 1 else [below]


def _rate_axes(axes: Axes) -> None:
    axes.set(xlim=(0, 100 * _HIGHEST_RATE), xticks=range(0, 41, 10))
    axes.grid(axis="y")


def _returns(axes: Axes, crowd: CrowdTerms, selection: Selection, market: CreditMarket) -> None:
    """What a yuan lent leaves for savers, over the loan rate."""
    _rate_axes(axes)
    axes.set(ylim=(-35, 25), yticks=range(-30, 21, 10))
    axes.set_xticklabels([])
    axes.set_ylabel("left for savers, %")
    axes.axhline(0, color=INK_SOFT, linewidth=1)
    axes.spines["bottom"].set_visible(False)
    ends = []
    for rates in _branches(crowd, selection):
        left = 100 * np.asarray(rationing.bank_return(rates, crowd, selection))
        (line,) = axes.plot(100 * rates, left, color=TRADITIONAL)
        leave_trace(line)
        ends += [(100 * rates[0], left[0]), (100 * rates[-1], left[-1])]
    if len(ends) == 4:
        axes.plot(*zip(*ends[1:3], strict=True), color=TRADITIONAL, linestyle="dotted", linewidth=1)
        axes.text(31, ends[2][1] + 2, "only risky shops", color=TRADITIONAL, ha="center")
    else:
        axes.text(
            23,
            -6,
            "beyond: no safe shop asks" if crowd.safe_share == 1 else "beyond: nobody asks",
            color=INK_SOFT,
        )
    rate, left_for = 100 * float(market.rate), 100 * float(market.bank_return)
    axes.plot(rate, left_for, "o", color=TRADITIONAL, markersize=9)
    text = f"{left_for:.1f} % at {rate:.1f} %".replace("-", "−")
    side = ("right", -0.6) if rate > 14 else ("left", 1.2)  # the label stays inside the axes
    axes.text(
        rate + side[1],
        left_for + (3 if rate > 14 else -6),
        text,
        color=INK,
        ha=side[0],
        weight="semibold",
    )


def _quantities(
    axes: Axes, crowd: CrowdTerms, selection: Selection, market: CreditMarket, response: float
) -> None:
    """Shops that ask and deposits that savers bring, over the loan rate."""
    _rate_axes(axes)
    axes.set(ylim=(0, _MOST_DEPOSITS), yticks=range(0, 101, 25))
    axes.set_xlabel("loan rate, % a year")
    axes.set_ylabel("of 100 shops")
    for rates in _branches(crowd, selection):
        asking = 100 * np.asarray(rationing.applicants(rates, crowd, selection).share)
        left = rationing.bank_return(rates, crowd, selection)
        brought = 100 * np.asarray(rationing.deposits(left, response))
        (demand,) = axes.plot(100 * rates, asking, color=INTERNET)
        axes.plot(100 * rates, brought, color=TRADITIONAL)
        leave_trace(demand)
    axes.text(0.5, 106, "ask for a loan", color=INTERNET, weight="semibold")
    axes.text(23, 6, "savers' money", color=TRADITIONAL, weight="semibold")
    rate, loans, away, waste = (
        100 * float(part) for part in (market.rate, market.loans, market.unmet, market.wasteful)
    )
    if away >= 0.5:
        axes.plot([rate, rate], [loans, loans + away], color=LOSS, linewidth=5)
        axes.text(rate + 1.2, loans + away / 2, f"{away:.0f} turned away", color=LOSS, va="center")
    if waste >= 0.5:
        axes.plot([rate, rate], [0, waste], color=LOSS, linewidth=5)
        axes.text(
            rate + 1.2, max(waste / 2, 6), f"{waste:.0f} waste money", color=LOSS, va="center"
        )
    axes.plot(rate, loans, "o", color=INK, markersize=7)
