"""Pictures of the chapter on credit scoring: what a score is worth, and to whom."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy.special import expit

from explorer import Challenge, Guess, Percent, Shown, leave_trace
from figures.panels import add_panel, cell, hide_edges, minus
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
from netfin.checks import Array
from netfin.lending import BANK
from netfin.scoring import samples
from netfin.scoring.cut_offs import (
    CutOffCurve,
    at_approval_rate,
    cut_off,
    cut_off_curve,
    recalibrate,
)
from netfin.scoring.ranking import (
    Calibration,
    Roc,
    auc,
    bootstrap_auc,
    calibration,
    interval,
    kolmogorov_smirnov,
    roc,
)
from netfin.scoring.signals import combine

VOLUME = 100  # million yuan: a thousand applicants who ask for 100,000 each
SAMPLE_RATE = 0.30  # bad among the German applicants, oversampled


# ---------------------------------------------------------------------------------------------
# Where to cut

_RATES = np.linspace(0.0, 1.0, 51)  # approval rates along the curve
_DEFAULT = {"rate": 0.12, "bad_rate": 0.08}
_ROWS = ("your cut-off", "the rule", "lending to everyone")


def _curve(rate: float, bad_rate: float, *, drawn: bool) -> CutOffCurve:
    """Profit over the share approved: of the sample, or of each draw of the bootstrap."""
    people = samples.german()
    counts = samples.bootstrap() if drawn else None
    return cut_off_curve(people.full, people.bad, rate, BANK, bad_rate, counts)


def rule_approves(rate: float, bad_rate: float) -> float:
    """Compute whom the rule approves: all whose recalibrated default probability is below PD*."""
    people = samples.german()
    default = recalibrate(expit(-people.full), SAMPLE_RATE, bad_rate)
    passing = np.asarray(default) <= cut_off(rate)
    good, bad = (passing[people.bad == kind].mean() for kind in (0.0, 1.0))
    return float((1.0 - bad_rate) * good + bad_rate * bad)


def _guess_share() -> Guess:
    first = 100 * rule_approves(**_DEFAULT)
    cheap = _DEFAULT | {"rate": 0.08}
    best, limit = 100 * rule_approves(**cheap), float(cut_off(cheap["rate"]))
    return Guess.between(
        f"Lending at 12 %, it pays to approve about {first:.0f} of 100 shops at this door. "
        "Another bank lends to the same shops at 8 %. How many should it approve?",
        best,
        (first + 4, first - 4, 37),
        ("About 85", "As many", "About 50", "About 25"),
        f"About {best:.0f}. At 8 % it takes {1 / limit - 1:.0f} good loans to pay for a "
        f"bad one, so lending stops where the next shop is bad with a chance of {100 * limit:.1f} "
        "%. Whoever lends cheaply must choose.",
        {"rate": 8},
        mark="x",
        said=(85, first, 50, 25),
    )


def _score_pays(table: pd.DataFrame) -> bool:
    yours, _, everyone = (cell(table, row, "profit (million yuan)") for row in range(3))
    return yours >= 1 and everyone <= -3


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
    here = at_approval_rate(places, _curve(rate, bad_rate, drawn=False))
    draws = _curve(rate, bad_rate, drawn=True)
    low, high = VOLUME * interval(at_approval_rate(places, draws).profit)
    table = pd.DataFrame(
        {
            "lend to": _ROWS,
            "approved (%)": 100 * places,
            "default among the approved (%)": 100 * here.default_rate,
            "profit (million yuan)": VOLUME * here.profit,
            "from (million yuan)": low,
            "to (million yuan)": high,
            "highest default that pays (%)": 100 * float(cut_off(rate)),
        }
    ).round(9)
    curve = VOLUME * at_approval_rate(_RATES, _curve(rate, bad_rate, drawn=False)).profit
    band = VOLUME * interval(at_approval_rate(_RATES, draws).profit)
    return Shown(_profit(table, curve, band), _cut_sentence(table), table)


def _minus(number: float, digits: int = 1) -> str:
    return minus(f"{round(number, digits) + 0.0:.{digits}f}")


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


def _profit(table: pd.DataFrame, curve: Array, band: Array) -> Figure:
    figure, axes = new_axes(box=(46, 46, 16, 12), height=306)
    axes.set(xlim=(0, 100), ylim=(-6, 11), xticks=range(0, 101, 20), yticks=range(-5, 11, 5))
    axes.set_xlabel("applicants approved, safest first, %")
    axes.set_ylabel("profit, million yuan")
    hide_edges(axes, "bottom")
    axes.grid(axis="y")
    axes.axhline(0, color=INK_SOFT, linewidth=1)
    depths = 100 * _RATES
    axes.fill_between(depths, *band, color=TRADITIONAL_TINT, linewidth=0)
    (line,) = axes.plot(depths, curve, color=TRADITIONAL, label="profit")
    leave_trace(line)
    _rule_line(axes, table)
    place, money = (cell(table, 0, name) for name in ("approved (%)", "profit (million yuan)"))
    axes.plot(place, money, "o", color=TRADITIONAL, markersize=9, clip_on=False)
    default = cell(table, 0, "default among the approved (%)")
    text = f"{place:.0f} of 100: {_minus(money)} million, {default:.1f} % default"
    axes.text(1, 9.4, text, color=TRADITIONAL, weight="semibold")
    return figure


def _rule_line(axes: Axes, table: pd.DataFrame) -> None:
    """Mark how many the rule approves."""
    place, money = (cell(table, 1, name) for name in ("approved (%)", "profit (million yuan)"))
    axes.plot([place] * 2, [-6, money], color=GREY_2, linewidth=1.2)
    right = place > 60
    axes.text(
        place + (-1.5 if right else 1.5),
        -4.9,
        f"the rule: default up to {cell(table, 0, 'highest default that pays (%)'):.1f} %",
        ha="right" if right else "left",
        color=INK_SOFT,
    )


# ---------------------------------------------------------------------------------------------
# Thin file

_FILES = ("signal alone", "full file", "thin file")
_SPAN = ("gain", "from", "to")


def gains(strength: float, overlap: float) -> pd.DataFrame:
    """Compare AUCs without and with the synthetic signal, out of sample, in points."""
    people = samples.german()
    signal = samples.signal(strength, overlap)
    rows: list[list[float | str]] = [[100 * auc(signal, people.bad), *[""] * 4]]
    for file in (people.full, people.thin):
        pair = (file, combine(file, signal, people.bad, samples.folds()))
        before, after = (100 * auc(each, people.bad) for each in pair)
        draws = [bootstrap_auc(each, people.bad, samples.bootstrap()) for each in pair]
        rows.append([before, after, after - before, *(100 * interval(draws[1] - draws[0]))])
    names = ["AUC (%)", "with the signal (%)", "gain (points)", "from (points)", "to (points)"]
    table = pd.DataFrame(rows, columns=names)
    table.insert(0, "what is known", _FILES)
    return table


def _guess_two_scores() -> Guess:
    table = gains(0.75, 0.0)
    alone, full, thin = (cell(table, row, "AUC (%)") for row in range(3))
    both = cell(table, 2, "with the signal (%)")
    return Guess.between(
        f"Ms Lin has no file: her card reaches an AUC of {thin:.0f} %. A signal that reaches "
        f"{alone:.0f} % by itself joins it, all of it new. How well is she judged beside a "
        f"customer with a full file, {full:.0f} %?",
        both,
        (full - 3, full, full + 3),
        ("Much worse", "A little worse", "A little better", "Much better"),
        f"At {both:.1f} % a little better: the strong signal alone would not do, nor would the "
        "thin file, but the two err apart.",
        {"strength": 75, "overlap": 0},
        mark="y",
        where=1.5,  # between the two files
    )


def _news_for_the_thin(table: pd.DataFrame) -> bool:
    full, thin = (cell(table, row, "gain (points)") for row in (1, 2))
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
    added = [  # whole points, the gain too: two hundred draws do not know a tenth
        "{} ({} to {})".format(*(_minus(row[f"{each} (points)"], 0) for each in _SPAN))
        for row in (full, thin)
    ]
    sentence = (
        f"Alone, the synthetic signal reaches an AUC of {table['AUC (%)'][0]:.1f} %. The full file "
        f"goes from {full['AUC (%)']:.1f} to {full['with the signal (%)']:.1f} %, the thin file "
        f"from {thin['AUC (%)']:.1f} to {thin['with the signal (%)']:.1f} %. In whole points the "
        f"gains are {added[0]} and {added[1]}."
    )
    return Shown(_files(table), sentence, table)


def _files(table: pd.DataFrame) -> Figure:
    figure, axes = new_axes(box=(46, 48, 10, 12))
    axes.set(xlim=(-0.55, 2.55), ylim=(50, 92), xticks=range(3), yticks=range(50, 91, 10))
    axes.set_xticklabels(["the signal alone\n(synthetic)", "full file", "thin file"])
    axes.set_ylabel("AUC, %")
    axes.grid(axis="y")
    before = [cell(table, row, "AUC (%)") for row in range(3)]
    heights = [area - 50 for area in before]
    colours = [INTERNET, TRADITIONAL, TRADITIONAL]
    bars = axes.bar(range(3), heights, 0.62, 50, color=colours, linewidth=0)
    leave_trace(bars[0])
    axes.text(0, before[0] + 1, f"{before[0]:.1f}", ha="center", color=INTERNET, weight="semibold")
    for place in (1, 2):
        axes.text(place, before[place] - 3.4, f"{before[place]:.1f}", ha="center", color=PAPER)
        _gain(axes, table, place)
    return figure


def _gain(axes: Axes, table: pd.DataFrame, place: int) -> None:
    """Set on top of a file's bar what the signal adds to it."""
    names = ("AUC (%)", "with the signal (%)", "gain (points)")
    before, after, gain = (cell(table, place, name) for name in names)
    colour = INTERNET if gain >= 0 else LOSS
    top = axes.bar(place, after - before, 0.62, before, color=colour, linewidth=0)
    leave_trace(*top)
    axes.plot([place - 0.31, place + 0.31], [before] * 2, color=PAPER, linewidth=1.5)
    text = f"{'+' if gain >= 0 else ''}{_minus(gain)} points"
    axes.text(place, 88.6, text, ha="center", color=colour, weight="semibold")


# ---------------------------------------------------------------------------------------------
# Ranks and levels: the card judged on applicants it has not seen


@explore()
def ranks_and_levels() -> Shown:
    """How the card ranks, and whether its probabilities come true, out of sample."""
    people = samples.german()
    curve = roc(people.full, people.bad)
    area = auc(people.full, people.bad)
    widest = kolmogorov_smirnov(people.full, people.bad)
    groups = calibration(expit(-people.full), people.bad, groups=5)
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
    _ranks(add_panel(figure, 46, 46, 144, 190), curve, area)
    _levels(add_panel(figure, 248, 46, 144, 190), groups)
    return Shown(figure, _card_sentence(table), table)


def _card_sentence(table: pd.DataFrame) -> str:
    predicted, observed = table["predicted default (%)"], table["observed default (%)"]
    return (
        f"The card's AUC is {table['AUC (%)'][0]:.1f} %; its KS, the widest gap between the bad "
        f"and the good refused at one cut-off, {table['KS (points)'][0]:.1f} points. In the safest "
        f"fifth it foretold {predicted.iloc[0]:.1f} % defaults and {observed.iloc[0]:.1f} % came, "
        f"in the riskiest {predicted.iloc[-1]:.1f} % and {observed.iloc[-1]:.1f} %."
    )


def _square(axes: Axes, top: int) -> None:
    axes.set(xlim=(0, top), ylim=(0, top), xticks=(0, top // 2, top), yticks=(0, top // 2, top))
    axes.set_axisbelow(True)
    axes.plot([0, top], [0, top], color=INK_FAINT, linewidth=1.5)


def _ranks(axes: Axes, curve: Roc, area: float) -> None:
    _square(axes, 100)
    axes.set_xlabel("good refused, %")
    axes.set_ylabel("bad refused, %")
    refused = np.linspace(0.0, 1.0, 61)
    caught = np.interp(refused, curve.false_positive_rate, curve.true_positive_rate)
    axes.plot(100 * refused, 100 * caught, color=TRADITIONAL, label="the card")
    axes.text(97, 6, f"AUC {100 * area:.1f} %", ha="right", color=TRADITIONAL, weight="semibold")


def _levels(axes: Axes, groups: Calibration) -> None:
    _square(axes, 80)
    axes.set_xlabel("predicted default, %")
    axes.set_ylabel("observed, %")
    axes.plot(100 * groups.predicted, 100 * groups.observed, "o", color=INK, markersize=8)
    axes.text(77, 5, "five groups", ha="right", color=INK)
    axes.text(6, 66, "as foretold", color=INK)
