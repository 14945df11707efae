"""Pictures of the chapter on credit scoring: what a score is worth, and to whom."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy.special import expit

from explorer import Challenge, Guess, Percent, Shown, leave_trace
from figures.style import (
    GREY_2,
    INK,
    INK_FAINT,
    INK_SOFT,
    INTERNET,
    LOSS,
    PAPER,
    TRADITIONAL,
    TRADITIONAL_TINT,
    WIDTH,
    explore,
    new_axes,
)
from netfin.lending import BANK
from netfin.scoring import ranking as scoring
from netfin.scoring import samples as applicants
from netfin.scoring.ranking import Strategy

DRAWS = 200  # of each bootstrap
BAND = (0.05, 0.95)  # a 90 % interval
VOLUME = 100  # million yuan: a thousand applicants who ask for 100,000 each
SAMPLE_RATE = 0.30  # bad among the German applicants, oversampled


def interval(draws: np.ndarray) -> np.ndarray:
    """Give the lower and the upper end of a 90 % interval, over the first axis."""
    return np.asarray(np.quantile(draws, BAND, axis=0))


@cache
def bootstrap() -> np.ndarray:
    """Draw the German applicants anew, the same draws for every picture."""
    return scoring.resample(applicants.german().bad, DRAWS, np.random.default_rng(7))


# ---------------------------------------------------------------------------------------------
# Where to cut

_DEPTHS = np.linspace(0.0, 1.0, 51)
_DEFAULT = {"rate": 0.12, "bad_rate": 0.08}
_ROWS = ("your cut-off", "the rule", "lending to everyone")


def _followed(rate: float, bad_rate: float, *, drawn: bool) -> Strategy:
    """Profit over the share approved: of the sample, or of each draw of the bootstrap."""
    people = applicants.german()
    counts = bootstrap() if drawn else None
    return scoring.strategy(people.full, people.bad, rate, BANK, bad_rate, counts)


def rule_approves(rate: float, bad_rate: float) -> float:
    """Compute whom the rule approves: all whose recalibrated default probability is below PD*."""
    people = applicants.german()
    default = scoring.recalibrate(expit(-people.full), SAMPLE_RATE, bad_rate)
    passing = np.asarray(default) <= scoring.cut_off(rate)
    good, bad = (passing[people.bad == kind].mean() for kind in (0.0, 1.0))
    return float((1.0 - bad_rate) * good + bad_rate * bad)


def _guess_share() -> Guess:
    first = 100 * rule_approves(**_DEFAULT)
    cheap = _DEFAULT | {"rate": 0.08}
    best, limit = 100 * rule_approves(**cheap), float(scoring.cut_off(cheap["rate"]))
    return Guess(
        f"Lending at 12 %, it pays to approve about {first:.0f} of 100 shops at this door. "
        "Another bank lends to the same shops at 8 %. How many should it approve?",
        ("About 85", "As many", "About 50", "About 25"),
        right=int(np.searchsorted([-first - 4, -first + 4, -37], -best)),
        at={"rate": 8, "bad_rate": 8},
        because=f"About {best:.0f}. At 8 % it takes {1 / limit - 1:.0f} good loans to pay for a "
        f"bad one, so lending stops where the next shop is bad with a chance of {100 * limit:.1f} "
        "%. Whoever lends cheaply must choose.",
    )


def _score_pays(table: pd.DataFrame) -> bool:
    profit = table["profit (million yuan)"]
    return bool(profit[0] >= 1 and profit[2] <= -3)


@explore(
    guess=_guess_share,
    challenge=Challenge(
        "Find a state in which lending to everyone would lose 3 million yuan or more, and your "
        "cut-off earns at least 1 million.",
        _score_pays,
        "That is what a score is for: the same shops, the same rate, and a business where there "
        "was none.",
    ),
    approved=Percent(
        low=10, high=100, step=10, live_step=2, default=40, label="Approve the safest"
    ),
    rate=Percent(low=8, high=16, step=2, live_step=1, default=12, label="Loan rate"),
    bad_rate=Percent(low=4, high=12, step=4, live_step=2, default=8, label="Bad among all who ask"),
)
def where_to_cut(approved: float, rate: float, bad_rate: float) -> Shown:
    """Profit over the share of applicants approved, the German applicants, out of sample."""
    rule = rule_approves(rate, bad_rate)
    places = np.array([approved, rule, 1.0])
    here = scoring.at_depth(places, _followed(rate, bad_rate, drawn=False))
    draws = _followed(rate, bad_rate, drawn=True)
    low, high = VOLUME * interval(scoring.at_depth(places, draws).profit)
    table = pd.DataFrame(
        {
            "lend to": _ROWS,
            "approved (%)": 100 * places,
            "default among the approved (%)": 100 * here.default_rate,
            "profit (million yuan)": VOLUME * here.profit,
            "from (million yuan)": low,
            "to (million yuan)": high,
            "highest default that pays (%)": 100 * float(scoring.cut_off(rate)),
        }
    ).round(9)
    curve = VOLUME * scoring.at_depth(_DEPTHS, _followed(rate, bad_rate, drawn=False)).profit
    band = VOLUME * interval(scoring.at_depth(_DEPTHS, draws).profit)
    return Shown(_profit(table, curve, band), _cut_sentence(table), table)


def _minus(number: float, digits: int = 1) -> str:
    return f"{round(number, digits) + 0.0:.{digits}f}".replace("-", "−")


def _cut_sentence(table: pd.DataFrame) -> str:
    yours, rule, everyone = table.to_dict("records")
    money = "profit (million yuan)"
    span = " to ".join(_minus(yours[f"{end} (million yuan)"]) for end in ("from", "to"))
    return (
        f"Approving the safest {yours['approved (%)']:.0f} of 100, of whom "
        f"{yours['default among the approved (%)']:.1f} % default, leaves {_minus(yours[money])} "
        f"million yuan (90 % interval {span}). The rule, predicted default up to "
        f"{yours['highest default that pays (%)']:.1f} %, approves {rule['approved (%)']:.0f} % "
        f"and leaves {_minus(rule[money])}; lending to everyone leaves {_minus(everyone[money])}."
    )


def _profit(table: pd.DataFrame, curve: np.ndarray, band: np.ndarray) -> Figure:
    figure, axes = new_axes(box=(46, 46, 16, 12), height=310)
    axes.set(xlim=(0, 100), ylim=(-6, 11), xticks=range(0, 101, 20), yticks=range(-5, 11, 5))
    axes.set_xlabel("applicants approved, safest first, %")
    axes.set_ylabel("profit, million yuan")
    axes.spines["bottom"].set_visible(False)
    axes.grid(axis="y")
    axes.axhline(0, color=INK_SOFT, linewidth=1)
    depths = 100 * _DEPTHS
    axes.fill_between(depths, *band, color=TRADITIONAL_TINT, linewidth=0)
    (line,) = axes.plot(depths, curve, color=TRADITIONAL)
    leave_trace(line)
    _rule_line(axes, table)
    place, money = table["approved (%)"][0], table["profit (million yuan)"][0]
    axes.plot(place, money, "o", color=TRADITIONAL, markersize=9, clip_on=False)
    default = table["default among the approved (%)"][0]
    text = f"{place:.0f} of 100: {_minus(money)} million, {default:.1f} % default"
    axes.text(1, 9.4, text, color=TRADITIONAL, weight="semibold")
    return figure


def _rule_line(axes: Axes, table: pd.DataFrame) -> None:
    """Mark how many the rule approves."""
    place, money = table["approved (%)"], table["profit (million yuan)"]
    axes.plot([place[1]] * 2, [-6, money[1]], color=GREY_2, linewidth=1.2, linestyle=(0, (4, 3)))
    right = place[1] > 60
    axes.text(
        place[1] + (-1.5 if right else 1.5),
        -5.6,
        f"the rule: default up to {table['highest default that pays (%)'][0]:.1f} %",
        ha="right" if right else "left",
        color=INK_SOFT,
    )


# ---------------------------------------------------------------------------------------------
# Thin file

_FILES = ("signal alone", "full file", "thin file")
_NOISE = 11  # seed of the synthetic signal's noise


@cache
def _signal(strength: float, overlap: float) -> np.ndarray:
    people = applicants.german()
    noise = np.random.default_rng(_NOISE)
    return applicants.synthetic_signal(people.full, people.bad, strength, overlap, noise)


def gains(strength: float, overlap: float) -> pd.DataFrame:
    """Compare AUCs without and with the synthetic signal, out of sample, in points."""
    people = applicants.german()
    signal = _signal(strength, overlap)
    rows: list[list[float | str]] = [[100 * scoring.auc(signal, people.bad), *[""] * 4]]
    for file in (people.full, people.thin):
        pair = (file, applicants.combine(file, signal, people.bad))
        before, after = (100 * scoring.auc(each, people.bad) for each in pair)
        draws = [scoring.bootstrap_auc(each, people.bad, bootstrap()) for each in pair]
        rows.append([before, after, after - before, *(100 * interval(draws[1] - draws[0]))])
    names = ["AUC (%)", "with the signal (%)", "gain (points)", "from (points)", "to (points)"]
    table = pd.DataFrame(rows, columns=names)
    table.insert(0, "what is known", _FILES)
    return table


def _guess_two_scores() -> Guess:
    alone, full, thin = gains(0.70, 0.0).to_dict("records")
    both = float(thin["with the signal (%)"])
    return Guess(
        f"The thin file reaches an AUC of {thin['AUC (%)']:.0f} %. A signal that reaches "
        f"{alone['AUC (%)']:.0f} % by itself joins it, and all that it knows is new. How good are "
        "the two together?",
        ("About 70 %", "About 77 %", "About 84 %", "About 90 %"),
        right=int(np.searchsorted([73, 80, 87], both)),
        at={"strength": 70, "overlap": 0},
        because=f"{both:.1f} %, not yet the {full['AUC (%)']:.1f} % of the full file. Two who err "
        "apart know more than one, but what they know does not add up.",
    )


def _news_for_the_thin(table: pd.DataFrame) -> bool:
    full, thin = (float(table["gain (points)"][row]) for row in (1, 2))
    return thin >= 4 and full < 0.5


@explore(
    guess=_guess_two_scores,
    challenge=Challenge(
        "Find a signal that lifts the thin file by four points or more, and the full file by less "
        "than half a point.",
        _news_for_the_thin,
        "Strong, and nearly all of it in the bank's file: old news for the bank, and news about a "
        "shop that it has never seen. A platform need know nothing new to be useful there.",
    ),
    strength=Percent(
        low=50, high=75, step=5, live_step=1, default=65, label="Strength of the signal, AUC"
    ),
    overlap=Percent(
        low=0, high=100, step=25, live_step=5, default=50, label="Of it, already in the full file"
    ),
)
def thin_file(strength: float, overlap: float) -> Shown:
    """AUC of the German applicants' cards with and without a synthetic signal."""
    table = gains(strength, overlap).round(9)
    full, thin = table.iloc[1], table.iloc[2]
    spans = [
        f"({_minus(row['from (points)'])} to {_minus(row['to (points)'])})" for row in (full, thin)
    ]
    sentence = (
        f"Alone, the synthetic signal reaches an AUC of {table['AUC (%)'][0]:.1f} %. The full file "
        f"goes from {full['AUC (%)']:.1f} to {full['with the signal (%)']:.1f} %, a gain of "
        f"{_minus(full['gain (points)'])} points {spans[0]}, the thin file from "
        f"{thin['AUC (%)']:.1f} to {thin['with the signal (%)']:.1f} %, a gain of "
        f"{_minus(thin['gain (points)'])} points {spans[1]}."
    )
    return Shown(_files(table), sentence, table)


def _files(table: pd.DataFrame) -> Figure:
    figure, axes = new_axes(box=(46, 48, 10, 12))
    axes.set(xlim=(-0.55, 2.55), ylim=(50, 92), xticks=range(3), yticks=range(50, 91, 10))
    axes.set_xticklabels(["the signal alone\n(synthetic)", "full file", "thin file"])
    axes.set_ylabel("AUC, %")
    axes.grid(axis="y")
    before = table["AUC (%)"].astype(float)
    bars = axes.bar(
        range(3), before - 50, 0.62, 50, color=[INTERNET, TRADITIONAL, TRADITIONAL], linewidth=0
    )
    leave_trace(bars[0])
    axes.text(0, before[0] + 1, f"{before[0]:.1f}", ha="center", color=INTERNET, weight="semibold")
    for place in (1, 2):
        after = float(table["with the signal (%)"][place])
        gain = float(table["gain (points)"][place])
        axes.text(place, before[place] - 3.4, f"{before[place]:.1f}", ha="center", color=PAPER)
        colour = INTERNET if gain >= 0 else LOSS
        top = axes.bar(place, after - before[place], 0.62, before[place], color=colour, linewidth=0)
        leave_trace(*top)
        sign = "+" if gain >= 0 else ""
        text = f"{sign}{_minus(gain)} points"
        axes.text(place, 88.6, text, ha="center", color=colour, weight="semibold")
    return figure


# ---------------------------------------------------------------------------------------------
# Ranks and levels: the card judged on applicants it has not seen


@explore()
def ranks_and_levels() -> Shown:
    """How the card ranks, and whether its probabilities come true, out of sample."""
    people = applicants.german()
    curve = scoring.roc(people.full, people.bad)
    area = scoring.auc(people.full, people.bad)
    widest = scoring.kolmogorov_smirnov(people.full, people.bad)
    groups = scoring.calibration(expit(-people.full), people.bad, groups=5)
    table = pd.DataFrame(
        {
            "applicants, safest first": ["first", "second", "third", "fourth", "last"],
            "predicted default (%)": 100 * groups.predicted,
            "observed default (%)": 100 * groups.observed,
            "AUC (%)": [100 * area, *[""] * 4],
            "KS (points)": [100 * widest, *[""] * 4],
        }
    )
    figure = Figure(figsize=(WIDTH / 72, 250 / 72), dpi=72)
    left = figure.add_axes((46 / WIDTH, 46 / 250, 144 / WIDTH, 190 / 250))
    right = figure.add_axes((248 / WIDTH, 46 / 250, 144 / WIDTH, 190 / 250))
    _ranks(left, curve, area)
    _levels(right, groups)
    return Shown(figure, _card_sentence(table), table)


def _card_sentence(table: pd.DataFrame) -> str:
    predicted, observed = table["predicted default (%)"], table["observed default (%)"]
    return (
        f"The card's AUC is {table['AUC (%)'][0]:.1f} %, its KS {table['KS (points)'][0]:.1f} "
        f"points. In the safest fifth it foretold {predicted.iloc[0]:.1f} % defaults and "
        f"{observed.iloc[0]:.1f} % came, in the riskiest {predicted.iloc[-1]:.1f} % and "
        f"{observed.iloc[-1]:.1f} %."
    )


def _square(axes: Axes, top: int) -> None:
    axes.set(xlim=(0, top), ylim=(0, top), xticks=(0, top // 2, top), yticks=(0, top // 2, top))
    axes.set_axisbelow(True)
    axes.plot([0, top], [0, top], color=INK_FAINT, linewidth=1.5)


def _ranks(axes: Axes, curve: scoring.Roc, area: float) -> None:
    _square(axes, 100)
    axes.set_xlabel("good refused, %")
    axes.set_ylabel("bad refused, %")
    refused = np.linspace(0.0, 1.0, 61)
    caught = np.interp(refused, curve.good_refused, curve.bad_refused)
    axes.plot(100 * refused, 100 * caught, color=TRADITIONAL)
    axes.text(97, 6, f"AUC {100 * area:.1f} %", ha="right", color=TRADITIONAL, weight="semibold")


def _levels(axes: Axes, groups: scoring.Calibration) -> None:
    _square(axes, 80)
    axes.set_xlabel("predicted default, %")
    axes.set_ylabel("observed, %")
    axes.plot(100 * groups.predicted, 100 * groups.observed, "o", color=LOSS, markersize=8)
    axes.text(77, 5, "five groups", ha="right", color=LOSS)
    axes.text(6, 66, "as foretold", color=INK)
