"""A rival who sees more, groups that differ, and a lender whose price knows it already."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from explorer import Challenge, Choice, Guess, Percent, Shown, halo, leave_trace
from figures.panels import add_panel, cell, hide_edges
from figures.style import (
    GREY_2,
    GREY_3,
    INK,
    INK_SOFT,
    INTERNET,
    LOSS,
    SCALE,
    TRADITIONAL,
    WIDTH,
    explore,
    new_axes,
)
from netfin.checks import Array
from netfin.lending import BANK, margin_at
from netfin.scoring import samples
from netfin.scoring.cut_offs import cut_off
from netfin.scoring.fairness import Rule, outcomes
from netfin.scoring.ranking import auc, bootstrap_auc, interval
from netfin.scoring.winners_curse import MARKET, RivalTerms, adverse_selection

# ---------------------------------------------------------------------------------------------
# Your model didn't change

_WHO = ("without the rival", "with the rival", "lending to everyone, no rival")
_AREAS = np.linspace(0.5, 0.95, 46)


def _guess_defaults() -> Guess:
    before, after = (100 * float(adverse_selection(area).default_rate) for area in (0.5, 0.9))
    return Guess.between(
        "Your score, your cut-off and the shops at the door stay as they are. A rival whom all "
        "shops ask first improves its own score from an AUC of 50 % (it draws lots) to 90 %. "
        "What happens to the share of your loans that default?",
        after,
        (1.2 * before, 1.75 * before, 3.0 * before),
        ("Up by a tenth", "Up by about half", "It doubles", "It more than triples"),
        f"From {before:.1f} % to {after:.1f} %. The rival takes more and more of the good, and "
        "what reaches you has been picked over.",
        {"rival_auc": 90, "asked_first": 100},
        mark="y",
        where=90,
        said=(1.1 * before, 1.5 * before, 2 * before, None),
    )


def _survives(table: pd.DataFrame) -> bool:
    best = cell(table, 1, "AUC of the rival (%)") == 95
    all_ask = cell(table, 1, "ask the rival first (%)") == 100
    rate, everyone = (cell(table, row, "defaults (% of your loans)") for row in (1, 2))
    return best and all_ask and rate < everyone


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
        low=0, high=100, step=25, live_step=5, default=50, label="Shops that ask the rival first"
    ),
    own_approval=Percent(low=20, high=80, step=20, live_step=10, default=60, label="You approve"),
)
def your_model_didnt_change(rival_auc: float, asked_first: float, own_approval: float) -> Shown:
    """Your pool of loans when a rival's score improves and yours stays."""
    terms = replace(MARKET, own_approval=own_approval)
    table = _pools(terms, rival_auc, asked_first)
    curve = 100 * np.asarray(adverse_selection(_AREAS, asked_first, terms).default_rate)
    return Shown(_your_defaults(table, curve, rival_auc), _pool_sentence(table), table)


def _pools(terms: RivalTerms, rival_auc: float, asked_first: float) -> pd.DataFrame:
    """Tabulate your loans without and with the rival, and lending to everyone."""
    alone, now = (adverse_selection(rival_auc, first, terms) for first in (0.0, asked_first))
    share = float(terms.population_default)
    everyone = float(margin_at(terms.rate, share, BANK))
    return pd.DataFrame(
        {
            "who lends": _WHO,
            "AUC of the rival (%)": ["", 100 * rival_auc, ""],
            "ask the rival first (%)": ["", 100 * asked_first, ""],
            "your AUC (%)": [100 * terms.own_auc, 100 * terms.own_auc, ""],
            "your loans (of 100 shops)": [100 * alone.lent, 100 * now.lent, 100.0],
            "of them bad (of 100 shops)": [100 * alone.bad, 100 * now.bad, 100 * share],
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


def _your_defaults(table: pd.DataFrame, curve: Array, rival_auc: float) -> Figure:
    figure, axes = new_axes(box=(46, 48, 16, 12), height=306)
    _levels(axes, cell(table, 2, "defaults (% of your loans)"))
    (line,) = axes.plot(100 * _AREAS, curve, color=TRADITIONAL, label="your loans")
    here = cell(table, 1, "defaults (% of your loans)")
    axes.plot(100 * rival_auc, here, "o", color=TRADITIONAL, markersize=9, clip_on=False)
    leave_trace(line)
    loans = cell(table, 1, "your loans (of 100 shops)")
    text = f"you lend to {loans:.1f} of 100; {here:.1f} % default"
    axes.text(50.6, 18.4, text, color=TRADITIONAL, weight="semibold")
    return figure


def _levels(axes: Axes, everyone: float) -> None:
    """Draw the frame, and the default rates that matter."""
    axes.set(xlim=(50, 96), ylim=(0, 20), xticks=range(50, 96, 10), yticks=range(0, 21, 5))
    axes.set_xlabel("the rival's score, AUC, %")
    axes.set_ylabel("defaults, % of your loans")
    axes.grid(axis="y")
    pays = 100 * float(cut_off(float(MARKET.rate)))
    for level, text, colour in (
        (everyone, "lending to everyone", INK_SOFT),
        (pays, "money is lost above", LOSS),
    ):
        axes.axhline(level, color=colour, linewidth=1.3)
        halo(axes.text(50.6, level + 0.2, text, color=colour, va="bottom"))


# ---------------------------------------------------------------------------------------------
# One cut-off or several

_RULES = {
    "one cut-off for all": Rule.ONE_CUT_OFF,
    "as many of each group": Rule.EQUAL_APPROVAL,
    "same chance for the good": Rule.EQUAL_OPPORTUNITY,
    "equal default rates": Rule.EQUAL_DEFAULT,
}
_MEASURES = {
    "approved (% of the group)": ("approved", GREY_3, "approved,\n% of all"),
    "good approved (% of the good)": ("good_approved", SCALE[3], "approved,\n% of the good"),
    "default (% of the approved)": ("default_rate", LOSS, "default,\n% of approved"),
}


def _guess_same_risk() -> Guess:
    rates = outcomes(samples.transrisk(), Rule.ONE_CUT_OFF, 0.5).default_rate
    times = float(rates.max() / rates.min())
    return Guess.between(
        "One cut-off for all, and half of all applicants approved. Is the share of the approved "
        "who default as large in the group that defaults most as in the one that defaults least?",
        times,
        (1.02, 1.25, 2.0),
        ("Yes", "Nearly: up to a quarter more", "No: up to twice as much", "No: more than twice"),
        f"The highest is {times:.1f} times the lowest. Above one line, groups with fewer "
        "high scores stand closer to the line; and at equal scores their bad rates are higher.",
        {"rule": "one cut-off for all"},
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
    people = samples.transrisk()
    result = outcomes(people, rule, approval)
    table = pd.DataFrame({"group": people.names})
    for name, (field, _, _) in _MEASURES.items():
        table[name] = 100 * getattr(result, field)
    table["cut-off (score)"] = result.cut_off
    table["bad (% of the group)"] = 100 * people.bad[:, -1]
    table = table.round(6)
    spans = [_span(table, name) for name in _MEASURES]
    sentence = (
        f"By group, {spans[0]} of applicants are approved; of those who would repay, {spans[1]}; "
        f"and of the approved, {spans[2]} default."
    )
    return Shown(_three_panels(table), sentence, table)


def _span(table: pd.DataFrame, name: str) -> str:
    """Say between which groups a measure lies."""
    by_group = table.set_index("group")[name]
    lowest, highest = f"{by_group.min():.1f}", f"{by_group.max():.1f}"
    if lowest == highest:
        return f"{lowest} % in each"
    return f"{lowest} ({by_group.idxmin()}) to {highest} % ({by_group.idxmax()})"


def _three_panels(table: pd.DataFrame) -> Figure:
    figure = Figure(figsize=(WIDTH / 72, 250 / 72), dpi=72)
    for place, (name, (_, colour, label)) in enumerate(_MEASURES.items()):
        axes = add_panel(figure, 70 + 111 * place, 12, 100, 190)
        axes.set(xlim=(0, 132), ylim=(3.6, -0.6), xticks=[], yticks=[])
        hide_edges(axes, "bottom")
        axes.set_title(label, loc="left", color=colour)
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
    loans, counts = samples.lending_club(), samples.bootstrap(samples.lending_club)
    areas, spans = [], []
    for field in _SCORES.values():
        score = getattr(loans, field)
        areas.append(100 * auc(score, loans.bad))
        spans.append(100 * interval(bootstrap_auc(score, loans.bad, counts)))
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
        f"(90 % interval {spans[0][0]:.0f} to {spans[0][1]:.0f}). The fields of the file without "
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
