"""Runs on one platform, fear among many, and two halves of one state."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Challenge, Choice, Count, Guess, Percent, Shown, leave_trace
from figures.contagion.evidence import closed_doors
from figures.panels import cell
from figures.style import (
    GREY_1,
    GREY_2,
    INK,
    INK_SOFT,
    INTERNET,
    LOSS,
    TRADITIONAL,
    explore,
    new_axes,
)
from netfin import facts
from netfin.checks import Array
from netfin.contagion.failures import (
    JULY_DAYS,
    JUNE_DAYS,
    SPRING_DAYS,
    TwoCounts,
    fit_two_counts,
)
from netfin.runs import DepositContract, Rule, payoffs, tipping_point

# ---------------------------------------------------------------------------------------------
# A run on one platform

_TIPPING = "tipping point (% of savers)"


def _guess_tipping() -> Guess:
    point = 100 * tipping_point()
    return Guess.between(
        "Good loans fetch 70 in a hurry; who waits for them gets 110 yuan for 100, unless too many "
        "others leave first. Ten of a hundred need their money now. How many must leave before one "
        "who could wait does better by leaving?",
        point,
        (15, 30, 45),
        ("15 or fewer", "15 to 30", "30 to 45", "More than 45"),
        at={"sale_price": 70},
        because=f"It is {point:.0f}. Each loan sold in a hurry brings 70 and would have brought "
        "110, and the difference is paid by those who wait.",
        mark="x",
    )


def _steady_without_a_rule(table: pd.DataFrame) -> bool:
    row = table.iloc[0]
    point = row[_TIPPING]
    cheap = row["a loan fetches (yuan for 100)"] <= 80
    return bool(row["rule"] == Rule.NOTHING and cheap and point != "none" and point > 50)


@explore(
    guess=_guess_tipping,
    challenge=Challenge(
        "Without any rule, and with loans that fetch 80 or less in a hurry: let it take more than "
        "half of all savers to start a run.",
        _steady_without_a_rule,
        "Safe enough; but almost half of the money lies idle. The return of those who wait has "
        "paid for it: read what is left for them in calm times.",
    ),
    cash_share=Percent(low=10, high=50, step=10, live_step=5, default=10, label="Kept in cash"),
    sale_price=Percent(
        low=50, high=100, step=10, live_step=5, default=90, label="What a loan fetches in a hurry"
    ),
    rule=Choice(
        options={
            "nothing": Rule.NOTHING,
            "a stop to payments": Rule.SUSPENSION,
            "insurance": Rule.INSURANCE,
        },
        default="nothing",
        label="Against a run there is",
    ),
)
def run_on_a_platform(cash_share: float, sale_price: float, rule: Rule) -> Shown:
    """What leaving and waiting bring, by how many of the others leave."""
    contract = DepositContract(cash_share=cash_share, sale_price=sale_price)
    shares = np.linspace(contract.early_needs, 0.999, 60)
    drawn = payoffs(shares, rule, contract)
    calm, panic = (payoffs(x, rule, contract) for x in (contract.early_needs, 0.999))
    point = round(100 * drawn.tipping_point, 9)  # one number for picture, sentence and table
    table = pd.DataFrame(
        {
            "rule": [str(rule)],
            "a loan fetches (yuan for 100)": [100 * sale_price],
            _TIPPING: [point if math.isfinite(point) else "none"],
            "calm: who waits gets (yuan for 100)": [100 * float(calm.wait)],
            "run: who asks gets (yuan for 100)": [100 * float(panic.leave)],
            "run: who waits gets (yuan for 100)": [100 * float(panic.wait)],
        }
    ).round(9)
    leave, wait = np.asarray(drawn.leave), np.asarray(drawn.wait)
    figure = _payoffs(100 * shares, 100 * leave, 100 * wait, point)
    return Shown(figure, _runs_or_not(table.iloc[0]), table)


def _runs_or_not(row: pd.Series) -> str:
    calm = row["calm: who waits gets (yuan for 100)"]
    if row[_TIPPING] == "none":
        return (
            f"Who waits does better than who leaves, however many leave: {calm:.0f} yuan for 100 "
            "in calm times. Nobody has a reason to run."
        )
    return (
        f"Who waits gets {calm:.0f} yuan for 100 if only those in need leave. Once more than "
        f"{row[_TIPPING]:.1f} of 100 leave, leaving is better; if all ask, each gets "
        f"{row['run: who asks gets (yuan for 100)']:.0f} on average, and who waited "
        f"{row['run: who waits gets (yuan for 100)']:.0f}."
    )


def _payoffs(shares: Array, leave: Array, wait: Array, point: float) -> Figure:
    figure, axes = new_axes(box=(50, 46, 16, 12), height=304)
    axes.set(xlim=(0, 104), ylim=(0, 152), xticks=range(0, 101, 20), yticks=range(0, 121, 20))
    axes.set_xlabel("savers who ask for their money, of 100")
    axes.set_ylabel("one gets for 100, yuan")
    axes.grid(axis="y")
    axes.plot(shares, leave, color=INK_SOFT, linewidth=1.4, label="who leaves")
    leave_trace(*axes.plot(shares, wait, color=INTERNET, label="who waits"))
    axes.plot(shares[0], wait[0], "o", color=INTERNET, markersize=9)
    axes.text(shares[0] - 2, wait[0] + 7, "calm", color=INTERNET, weight="semibold")
    axes.text(3, 141, "who waits", color=INTERNET, weight="semibold")
    axes.text(28, 141, "who leaves (thin line)", color=INK_SOFT, weight="semibold")
    if math.isfinite(point):
        axes.plot(100, leave[-1], "o", color=LOSS, markersize=9, clip_on=False)
        axes.text(102, leave[-1] + 7, "run", color=LOSS, ha="right", weight="semibold")
        axes.plot([point, point], [0, 112], color=LOSS, linewidth=1.2)
        side = "left" if point < 70 else "right"
        axes.text(
            point + (1.5 if side == "left" else -1.5),
            119,
            f"tips at {point:.1f}",
            color=LOSS,
            ha=side,
        )
    return figure


# ---------------------------------------------------------------------------------------------
# Two counts of one summer

FEAR_LASTS = 10  # days, on average
_FEARS = {"none": 0.0, "half the spring's": 0.5, "all the spring's": 1.0}
_AFRAID = {
    0.0: "nobody is afraid on 1 June",
    0.5: "fear on 1 June is half of what the spring's failures feed",
    1.0: "fear on 1 June is what all the spring's failures feed, mere halts too",
}
_MOST_A_DAY = 14


def _counts() -> tuple[float, float]:
    """Two counts of the summer of 2018."""
    return facts.load()["P2P-19a"].number, facts.load()["P2P-19b"].number


def spring_failures() -> float:
    """Failures a day from January to May 2018, by the count of June."""
    known = facts.load()
    return (known["P2P-19e"].number - known["P2P-19a"].number) / SPRING_DAYS


def world(feedback: float, spring_fear: float = 0.0) -> TwoCounts:
    """Meet both counts with fear on 1 June as a part of what the spring's failures feed."""
    return fit_two_counts(feedback, FEAR_LASTS, _counts(), fear=spring_fear * spring_failures())


def brought(summer: TwoCounts) -> float:
    """Count the failures from 1 to 20 July that there would not be without the change."""
    return _counts()[1] - float(summer.without_rule[JUNE_DAYS:].sum())


def _guess_wild() -> Guess:
    june, july = _counts()
    done, half, spring = (brought(world(1.2, fear)) for fear in _FEARS.values())
    return Guess.between(
        f"{june:.0f} platforms fail in June, {july:.0f} from 1 to 20 July. Nobody is afraid on "
        "1 June, but a hundred failures bring 120 more, by fear. On 1 July something changes. What "
        "has the change done to July's failures?",
        done,
        (july / 2, 0.05 * july, -0.05 * july),
        (
            "Brought more than half",
            "Brought some, not half",
            "Hardly anything",
            "Prevented others",
        ),
        at={"feedback": 120},
        because=f"It prevented {-done:.0f}: such a chain reaction would have taken more than "
        f"{july:.0f}. But let June begin with half the fear that all the spring's failures feed, "
        f"mere halts too, and the same change has brought {half:.0f}; with all of it, "
        f"{spring:.0f}.",
    )


@explore(
    guess=_guess_wild,
    challenge=Challenge(
        "Let each failure bring more than one other, and let the change on 1 July have brought "
        "at least 25 failures, with both counts met as in all the other states.",
        lambda table: bool(
            table["100 failures bring (failures)"].iloc[0] > 100
            and table["brought by the change on 1 July (failures)"].iloc[0] >= 25
        ),
        "A chain reaction under way, and a change that did harm. What decides is how much fear "
        "there was on 1 June, which nobody has counted.",
    ),
    feedback=Count(
        low=0,
        high=120,
        step=5,
        default=80,
        label="Failures that 100 failures bring",
    ),
    spring_fear=Choice(options=_FEARS, default="none", label="Fear on 1 June"),
)
def two_counts(feedback: int, spring_fear: float) -> Shown:
    """Failures day by day that add up to the two counts of 2018, with and without a change."""
    june, july = _counts()
    summer = world(feedback / 100, spring_fear)
    without = july - brought(summer)
    table = pd.DataFrame(
        {
            "100 failures bring (failures)": [feedback],
            "fear on 1 June (failures a day)": [spring_fear * spring_failures()],
            "in June (failures)": [float(summer.daily[:JUNE_DAYS].sum())],
            "1 to 20 July (failures)": [float(summer.daily[JUNE_DAYS:].sum())],
            "1 to 20 July without the change (failures)": [without],
            "brought by the change on 1 July (failures)": [july - without],
            "from outside (failures a day)": [summer.background],
            "by the change at once (failures a day)": [summer.rule],
        }
    ).round(9)
    did = "brought" if july > without else "prevented"
    sentence = (
        f"If 100 failures bring {feedback} more and {_AFRAID[spring_fear]}, {june:.0f} platforms "
        f"fail in June and {july:.0f} from 1 to 20 July, as counted. Without the change on 1 July "
        f"{without:.0f} would have failed in July: it {did} {abs(july - without):.0f}."
    )
    return Shown(_summer(summer, june, july, without), sentence, table)


def _summer(summer: TwoCounts, june: float, july: float, without: float) -> Figure:
    figure, axes = new_axes(box=(46, 46, 16, 12), height=310)
    axes.set(xlim=(1, 51), ylim=(0, _MOST_A_DAY), yticks=range(0, 11, 5))
    axes.set_xticks([1, 11, 21, 31, 41, 51], ["1 June", "11", "21", "1 July", "11", "21"])
    axes.set_ylabel("failures a day")
    axes.set_xlabel("day, counted from 1 June 2018")
    edges = np.arange(1, JUNE_DAYS + JULY_DAYS + 2)
    axes.stairs(summer.daily, edges, fill=True, color=GREY_1)
    axes.stairs(summer.daily, edges, color=INK, linewidth=2, baseline=None, label="failures")
    later = edges[JUNE_DAYS:]
    without_it = axes.stairs(
        summer.without_rule[JUNE_DAYS:],
        later,
        color=LOSS,
        linewidth=2,
        baseline=None,
        label="without the change",
    )
    leave_trace(without_it)
    axes.plot([31, 31], [0, 11.4], color=INK_SOFT, linewidth=1)
    axes.text(16, 12.8, f"{june:.0f} in June", color=INK, ha="center", weight="semibold")
    axes.text(41, 12.8, f"{july:.0f} in July", color=INK, ha="center", weight="semibold")
    axes.text(30.3, 10.6, "change", color=INK_SOFT, ha="right")
    axes.text(41, 11.3, f"{without:.0f} without it", color=LOSS, ha="center")
    return figure


# ---------------------------------------------------------------------------------------------
# Two halves of one state


_SOUTH, _NORTH = "Atlanta's half (% of banks)", "St. Louis's half (% of banks)"


@explore()
def two_halves_of_one_state() -> Shown:
    """Banks of Mississippi that closed their doors, by central bank district and year."""
    wide = closed_doors()
    table = pd.DataFrame(
        {
            "year to 30 June": [str(year) for year in wide.index],
            _SOUTH: wide["Atlanta"].to_numpy(),
            _NORTH: wide["St. Louis"].to_numpy(),
            "St. Louis less Atlanta (points)": (wide["St. Louis"] - wide["Atlanta"]).to_numpy(),
        }
    ).round(6)
    north, south = ([cell(table, year, each) for year in range(3)] for each in (_NORTH, _SOUTH))
    sentence = (
        f"In the year of the panic {north[1]:.1f} % of the banks in St. Louis's half of "
        f"Mississippi closed their doors, and {south[1]:.1f} % in Atlanta's half, which lent "
        f"to them. The year before it was {north[0]:.1f} and {south[0]:.1f} %, the "
        f"year after {north[2]:.1f} and {south[2]:.1f} %."
    )
    return Shown(_halves(table), sentence, table)


def _halves(table: pd.DataFrame) -> Figure:
    figure, axes = new_axes(box=(46, 46, 12, 12), height=290)
    axes.set(xlim=(-0.6, 2.6), ylim=(0, 46), yticks=range(0, 41, 10))
    axes.set_xticks(range(3), table["year to 30 June"])
    axes.set_ylabel("banks that closed, % of all")
    axes.set_xlabel("July to June")
    axes.grid(axis="y")
    for shift, column, colour in ((-0.2, _SOUTH, TRADITIONAL), (0.2, _NORTH, GREY_2)):
        values = table[column].to_numpy(dtype=float)
        axes.bar(np.arange(3) + shift, values, 0.38, color=colour)
        for year, value in enumerate(values):
            axes.text(year + shift, value + 0.8, f"{value:.1f}", ha="center", color=INK)
    axes.text(-0.55, 40.5, "Atlanta: lent to its banks", color=TRADITIONAL, weight="semibold")
    axes.text(-0.55, 36.5, "St. Louis: did not", color=INK_SOFT, weight="semibold")
    axes.text(2, 20, "both lend", color=INK_SOFT, ha="center")
    return figure
