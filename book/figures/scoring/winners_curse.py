"""A rival who sees more, groups that differ, and a lender whose price knows it already."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from explorer import Challenge, Choice, Guess, Percent, Shown, leave_trace
from figures.style import (
    GREY_2,
    GREY_3,
    INK,
    INK_SOFT,
    INTERNET,
    LOSS,
    TRADITIONAL,
    WIDTH,
    explore,
    new_axes,
)
from netfin import data
from netfin.lending import BANK, margin_at
from netfin.scoring import (
    fairness,
)
from netfin.scoring import (
    ranking as scoring,
)
from netfin.scoring import (
    samples as applicants,
)
from netfin.scoring import (
    winners_curse as rival,
)
from netfin.scoring.fairness import Rule
from netfin.scoring.winners_curse import MARKET, RivalTerms

# ---------------------------------------------------------------------------------------------
# Your model didn't change

_WHO = ("without the rival", "with the rival", "lending to everyone, no rival")
_AREAS = np.linspace(0.5, 0.95, 46)


def _guess_defaults() -> Guess:
    before, after = (float(rival.own_pool(area).default_rate) for area in (0.5, 0.9))
    return Guess(
        "Your score, your cut-off and the shops at the door stay as they are. A rival whom all "
        "shops ask first improves its own score from an AUC of 50 % (it draws lots) to 90 %. "
        "What happens to the share of your loans that default?",
        ("It rises by a tenth", "It rises by about half", "It doubles", "It more than triples"),
        right=int(np.searchsorted([1.2, 1.75, 3.0], after / before)),
        at={"rival_auc": 90, "asked_first": 100},
        because=f"From {100 * before:.1f} % to {100 * after:.1f} %. The rival takes more and more "
        "of the good, and what reaches you has been picked over.",
    )


def _survives(table: pd.DataFrame) -> bool:
    with_rival = table.iloc[1]
    worst = (
        with_rival["AUC of the rival (%)"] == 95 and with_rival["ask the rival first (%)"] == 100
    )
    rates = table["defaults (% of your loans)"]
    return bool(worst and rates[1] < rates[2])


@explore(
    guess=_guess_defaults,
    challenge=Challenge(
        "The rival reaches 95 % and every shop asks it first. Keep your defaults below those of "
        "lending to everyone.",
        _survives,
        "A tighter cut-off saves the quality and gives up the business: of 100 shops you now "
        "serve four or so. Your data did not get worse. Somebody else's got better.",
    ),
    rival_auc=Percent(
        low=50, high=95, step=5, live_step=1, default=60, label="The rival's score, AUC"
    ),
    asked_first=Percent(
        low=0, high=100, step=25, live_step=5, default=0, label="Shops that ask the rival first"
    ),
    own_approval=Percent(low=20, high=80, step=20, live_step=10, default=60, label="You approve"),
)
def your_model_didnt_change(rival_auc: float, asked_first: float, own_approval: float) -> Shown:
    """Your pool of loans when a rival's score improves and yours stays."""
    terms = replace(MARKET, own_approval=own_approval)
    table = _pools(terms, rival_auc, asked_first)
    curve = 100 * np.asarray(rival.own_pool(_AREAS, asked_first, terms).default_rate)
    return Shown(_two_panels(table, curve, rival_auc), _pool_sentence(table), table)


def _pools(terms: RivalTerms, rival_auc: float, asked_first: float) -> pd.DataFrame:
    """Tabulate your loans without and with the rival, and lending to everyone."""
    alone, now = (rival.own_pool(rival_auc, first, terms) for first in (0.0, asked_first))
    share = float(terms.population_default)
    everyone = float(margin_at(terms.rate, share, BANK))
    return pd.DataFrame(
        {
            "who lends": _WHO,
            "AUC of the rival (%)": ["", 100 * rival_auc, ""],
            "ask the rival first (%)": ["", 100 * asked_first, ""],
            "your AUC (%)": [100 * terms.own_auc, 100 * terms.own_auc, ""],
            "your loans (of 100 shops)": [100 * alone.lent, 100 * now.lent, 100.0],
            "of them bad": [100 * alone.bad, 100 * now.bad, 100 * share],
            "defaults (% of your loans)": [
                100 * alone.default_rate,
                100 * now.default_rate,
                100 * share,
            ],
            "left (yuan for 100 yuan lent)": [
                100 * alone.profit / alone.lent,
                100 * now.profit / now.lent,
                100 * everyone,
            ],
        }
    )


def _pool_sentence(table: pd.DataFrame) -> str:
    alone, now, everyone = table.to_dict("records")
    rate, loans = "defaults (% of your loans)", "your loans (of 100 shops)"
    left = now["left (yuan for 100 yuan lent)"]
    verdict = (
        f"worse than the {everyone[rate]:.1f} % of lending to everyone"
        if now[rate] > everyone[rate]
        else f"still below the {everyone[rate]:.1f} % of lending to everyone"
    )
    outcome = "leave" if left >= 0 else "lose"
    return (
        f"Your AUC is {now['your AUC (%)']:.0f} % as before. With the rival at "
        f"{now['AUC of the rival (%)']:.0f} %, asked first by "
        f"{now['ask the rival first (%)']:.0f} % of shops, "
        f"you lend to {now[loans]:.1f} of 100 shops instead of {alone[loans]:.1f}, and "
        f"{now[rate]:.1f} % of these loans default instead of {alone[rate]:.1f} %: {verdict}. "
        f"They {outcome} {abs(left):.1f} yuan on 100 lent."
    )


def _two_panels(table: pd.DataFrame, curve: np.ndarray, rival_auc: float) -> Figure:
    figure, upper = new_axes(box=(46, 184, 16, 12), height=412)
    _levels(upper, float(table["defaults (% of your loans)"][2]))
    (line,) = upper.plot(100 * _AREAS, curve, color=TRADITIONAL)
    here = float(table["defaults (% of your loans)"][1])
    upper.plot(100 * rival_auc, here, "o", color=TRADITIONAL, markersize=9, clip_on=False)
    left, low = rival_auc > 0.9, here < 3.5
    upper.annotate(
        f"{here:.1f} %",
        (100 * rival_auc, here),
        xytext=(-10 if left else 9, 7 if left or low else -16),
        textcoords="offset points",
        ha="right" if left else "left",
        color=TRADITIONAL,
        weight="semibold",
    )
    leave_trace(line)
    _loans(figure.add_axes((46 / WIDTH, 46 / 412, (WIDTH - 62) / WIDTH, 92 / 412)), table)
    return figure


def _levels(axes: Axes, everyone: float) -> None:
    """Draw the frame of the upper panel, and the default rates that matter."""
    axes.set(xlim=(50, 96), ylim=(0, 20), xticks=range(50, 96, 10), yticks=range(0, 21, 5))
    axes.set_xlabel("the rival's score, AUC, %")
    axes.set_ylabel("defaults, % of your loans")
    axes.grid(axis="y")
    pays = 100 * float(scoring.cut_off(float(MARKET.rate)))
    for level, text, colour in (
        (everyone, "lending to everyone", INK_SOFT),
        (pays, "money is lost above", LOSS),
    ):
        axes.axhline(level, color=colour, linestyle=(0, (4, 3)), linewidth=1.3)
        axes.text(50.6, level + 0.1, text, color=colour, va="bottom")


def _loans(axes: Axes, table: pd.DataFrame) -> None:
    """Draw your loans without and with the rival, good and bad."""
    axes.set(xlim=(0, 100), ylim=(1.35, -0.75), xticks=range(0, 101, 20), yticks=[])
    axes.set_xlabel("your loans, of 100 shops that ask")
    axes.spines["left"].set_visible(False)
    for row, label in enumerate(("without the rival", "with the rival")):
        loans = float(table["your loans (of 100 shops)"][row])
        bad = float(table["of them bad"][row])
        bars = [
            *axes.barh(row, loans - bad, 0.4, color=TRADITIONAL),
            *axes.barh(row, bad, 0.4, loans - bad, color=LOSS),
        ]
        leave_trace(*bars)
        text = f"{label}: {loans:.1f}, of them {bad:.1f} bad"
        axes.text(0, row - 0.24, text, color=INK, va="bottom")


# ---------------------------------------------------------------------------------------------
# One cut-off or several

_PEOPLE = fairness.groups(data.load("transrisk_scores_by_group_2003"))
_RULES = {
    "one cut-off for all": Rule.ONE_CUT_OFF,
    "as many of each group": Rule.EQUAL_APPROVAL,
    "same chance for the good": Rule.EQUAL_OPPORTUNITY,
    "equal default rates": Rule.EQUAL_DEFAULT,
}
_MEASURES = {
    "approved (% of the group)": ("approved", TRADITIONAL, "approved,\n% of all"),
    "good approved (% of the good)": ("good_approved", INTERNET, "approved,\n% of the good"),
    "default (% of the approved)": ("default_rate", LOSS, "default,\n% of approved"),
}


def _guess_same_risk() -> Guess:
    rates = fairness.outcomes(_PEOPLE, Rule.ONE_CUT_OFF, 0.5).default_rate
    times = float(rates.max() / rates.min())
    return Guess(
        "One cut-off for all, and half of all applicants approved. Is the share that defaults "
        "then the same in each group of approved borrowers?",
        (
            "Yes: same score, same risk",
            "Nearly: the highest is up to a quarter above the lowest",
            "No: up to twice the lowest",
            "No: more than twice the lowest",
        ),
        right=int(np.searchsorted([1.02, 1.25, 2.0], times)),
        at={"rule": "one cut-off for all", "approval": 50},
        because=f"The highest is {times:.1f} times the lowest. Above one line, groups with fewer "
        "high scores stand closer to the line; and at equal scores their bad rates are higher.",
    )


@explore(
    guess=_guess_same_risk,
    challenge=Challenge(
        "Find a rule by which at least 85 % of the good applicants of every group are approved.",
        lambda table: table["good approved (% of the good)"].min() >= 85,
        "Nearly all who would repay get a loan. Now read the last column: so many more of the "
        "approved default in one group than in another, and those loans hurt their borrowers too.",
    ),
    rule=Choice(options=_RULES, default="equal default rates", label="Rule"),
    approval=Percent(
        low=20, high=80, step=5, live_step=1, default=50, label="Approved of all applicants"
    ),
)
def one_cut_off_or_several(rule: Rule, approval: float) -> Shown:
    """Approval, good applicants approved, and defaults by group, under four rules."""
    got = fairness.outcomes(_PEOPLE, rule, approval)
    table = pd.DataFrame({"group": _PEOPLE.names})
    for name, (field, _, _) in _MEASURES.items():
        table[name] = 100 * getattr(got, field)
    table["cut-off (score)"] = got.cut_off
    table["bad (% of the group)"] = 100 * _PEOPLE.bad[:, -1]
    table = table.round(6)
    spans = []
    for name in _MEASURES:
        low, high = table.loc[table[name].idxmin()], table.loc[table[name].idxmax()]
        lowest, highest = f"{low[name]:.1f}", f"{high[name]:.1f}"
        spread = f"{lowest} ({low['group']}) to {highest} % ({high['group']})"
        spans.append(spread if lowest != highest else f"{lowest} % in each")
    sentence = (
        f"By group, {spans[0]} of applicants are approved; of those who would repay, {spans[1]}; "
        f"and of the approved, {spans[2]} default."
    )
    return Shown(_three_panels(table), sentence, table)


def _three_panels(table: pd.DataFrame) -> Figure:
    figure = Figure(figsize=(WIDTH / 72, 250 / 72), dpi=72)
    for place, (name, (_, colour, label)) in enumerate(_MEASURES.items()):
        axes = figure.add_axes(((70 + 111 * place) / WIDTH, 12 / 250, 100 / WIDTH, 190 / 250))
        axes.set(xlim=(0, 132), ylim=(3.6, -0.6), xticks=[], yticks=[])
        axes.spines["bottom"].set_visible(False)
        axes.set_title(label, loc="left", fontsize=13, color=colour)
        bars = axes.barh(range(4), table[name], 0.56, color=colour)
        leave_trace(*bars)
        for row, value in enumerate(table[name]):
            axes.text(value + 3, row, f"{value:.1f}", va="center", color=INK)
        if place == 0:
            for row, group in enumerate(table["group"]):
                axes.text(-6, row, group, ha="right", va="center", color=INK)
    return figure


# ---------------------------------------------------------------------------------------------
# The lender's price

_SCORES = {
    "the lender's price alone": "price",
    "what borrowers brought": "fields",
    "both": "both",
}


@explore()
def lenders_price() -> Shown:
    """AUC of the lender's own price, of the borrowers' file, and of both, Lending Club 2016."""
    loans = applicants.lending_club()
    counts = scoring.resample(loans.bad, 200, np.random.default_rng(7))
    areas, spans = [], []
    for field in _SCORES.values():
        score = getattr(loans, field)
        areas.append(100 * scoring.auc(score, loans.bad))
        draws = scoring.bootstrap_auc(score, loans.bad, counts)
        spans.append(100 * np.quantile(draws, (0.05, 0.95)))
    table = pd.DataFrame(
        {
            "score from": list(_SCORES),
            "AUC (%)": areas,
            "from (%)": [low for low, _ in spans],
            "to (%)": [high for _, high in spans],
        }
    ).round(6)
    sentence = (
        f"The interest rate that the lender had set reaches an AUC of {areas[0]:.1f} % by itself "
        f"(90 % interval {spans[0][0]:.1f} to {spans[0][1]:.1f}). The fields of the file without "
        f"it reach {areas[1]:.1f} %, both together {areas[2]:.1f} %."
    )
    return Shown(_areas(table), sentence, table)


def _areas(table: pd.DataFrame) -> Figure:
    figure, axes = new_axes(box=(8, 46, 14, 8), height=220)
    axes.set(xlim=(50, 82), ylim=(2.5, -0.75), xticks=range(50, 81, 10), yticks=[])
    axes.set_xlabel("AUC, %, out of sample")
    axes.grid(axis="x")
    colours = (INTERNET, GREY_2, GREY_3)
    for row, (label, area, low, high) in enumerate(table.itertuples(index=False)):
        axes.barh(row, area - 50, 0.42, 50, facecolor=colours[row], edgecolor=INK_SOFT, linewidth=1)
        axes.plot([low, high], [row, row], color=INK, linewidth=1.5)
        axes.text(50, row - 0.27, label, va="bottom", color=INK)
        axes.text(high + 0.6, row, f"{area:.1f}", va="center", color=INK, weight="semibold")
    return figure
