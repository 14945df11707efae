"""Which tranche of a pool bears its losses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from explorer import Challenge, Guess, Percent, Shown, leave_trace
from figures.panels import add_key, hide_edges
from figures.style import (
    GREY_1,
    GREY_2,
    INK,
    INK_FAINT,
    LOSS,
    PAPER,
    SCALE,
    explore,
    new_axes,
)
from netfin import data
from netfin.pool import PoolTerms
from netfin.risk_transfer.tranches import (
    TRANCHING,
    Tranching,
    expected_tranche_losses,
    tranche_losses_at,
    waterfall,
)

_THOUSAND = 0.999  # the level that is exceeded once in a thousand years

# ---------------------------------------------------------------------------------------------
# Three tranches

_HOLDERS = {
    "excess spread": (GREY_1, GREY_2),
    "junior": (SCALE[4], SCALE[4]),
    "mezzanine": (SCALE[3], SCALE[3]),
    "senior": (SCALE[0], SCALE[2]),
}
"""What each holder is filled and edged with: darker, the nearer to the loss."""
_SIZE = "size (% of the pool)"
_USUAL = "average loss (yuan)"
_USUAL_SHARE = "share of the average loss (%)"
_WORST = "lost in one year in 1,000 (yuan)"
_WORST_SHARE = "share of that loss (%)"


def _guess_spread() -> Guess:
    bare, shielded = (
        expected_tranche_losses(tranching=Tranching(excess_spread=spread)) for spread in (0.0, 0.02)
    )
    left = 100 * float(shielded.junior / bare.junior)
    return Guess.between(
        "The junior slice bears nearly all of the average loss. Let the borrowers' interest leave "
        "2 points a year beyond all costs, and this excess pay for losses first. How much of its "
        "average loss does the junior still bear?",
        value=left,
        edges=(12, 37, 62),
        options=("Hardly any of it", "About a quarter", "About half", "About three quarters"),
        at={"excess_spread": 2},
        because=f"{left:.0f} % of it. The 2 points are more than the average loss of "
        f"{100 * bare.total:.1f}, but losses are no average: in the bad years they go far beyond "
        "2, and in the good ones the spread has nothing to pay for.",
    )


@explore(
    guess=_guess_spread,
    challenge=Challenge(
        "Find a state in which the senior slice bears more than half of the loss of one year in a "
        "thousand.",
        lambda table: table[_WORST_SHARE].iloc[3] > 50,
        "It takes many defaults or a strong correlation, or some of both. Then those who bought "
        "the safe part bear the catastrophe, and in most years they see nothing of it.",
    ),
    default_probability=Percent(
        low=1, high=11, step=2, live_step=1, default=3, label="Shops that default on average"
    ),
    asset_correlation=Percent(
        low=0,
        high=40,
        step=10,
        live_step=2,
        default=10,
        label="Correlation of the borrowers' fortunes",
    ),
    excess_spread=Percent(
        low=0, high=8, step=2, live_step=0.5, default=0, label="Excess spread a year"
    ),
)
def three_slices(
    default_probability: float, asset_correlation: float, excess_spread: float
) -> Shown:
    """Who bears the average loss, and who that of one year in a thousand."""
    pool = PoolTerms(default_probability, asset_correlation=asset_correlation)
    tranching = Tranching(excess_spread=excess_spread)
    usual = np.array(expected_tranche_losses(pool, tranching))
    worst = np.array(tranche_losses_at(_THOUSAND, pool, tranching))
    sizes = [0.0, tranching.junior, tranching.mezzanine, tranching.senior]
    table = pd.DataFrame(
        {
            "slice": list(_HOLDERS),
            _SIZE: 100 * np.array(sizes, dtype=float),
            _USUAL: 100 * usual,
            _USUAL_SHARE: 100 * usual / usual.sum(),
            _WORST: 100 * worst,
            _WORST_SHARE: 100 * worst / worst.sum(),
        }
    ).round(10)
    totals = [100 * float(usual.sum()), 100 * float(worst.sum())]
    return Shown(_shared_out(table, totals), _slices_sentence(table, totals), table)


def _slices_sentence(table: pd.DataFrame, totals: list[float]) -> str:
    spread, junior, mezzanine, senior = table[_WORST_SHARE]
    first = table[_USUAL_SHARE]
    usual = f"the junior slice bears {_part(first[1])} of it"
    if first[0] > 0:
        usual = f"the excess spread bears {_part(first[0])} of it and the junior {_part(first[1])}"
    taken = f"the excess spread bears {_part(spread)}, " if spread > 0 else ""
    reached = "the senior nothing"
    if table[_WORST][3] >= 0.05:
        lost, put_in = table[_WORST][3], table[_SIZE][3]
        reached = f"the senior {_part(senior)}, {lost:.1f} yuan of the {put_in:.0f} it has put in"
    return (
        f"The average loss is {totals[0]:.1f} yuan of 100: {usual}. One year in 1,000 costs "
        f"{totals[1]:.1f} or more: {taken}the junior {'' if taken else 'bears '}{_part(junior)}, "
        f"the mezzanine {_part(mezzanine)}, {reached}."
    )


def _part(share: float) -> str:
    """A share in words that keep a sliver apart from nothing, and nearly all from all."""
    if share == 0:
        return "nothing"
    if share < 0.5:
        return "a sliver"
    return "nearly all" if 99.5 <= share < 100 else f"{share:.0f} %"


def _shared_out(table: pd.DataFrame, totals: list[float]) -> Figure:
    figure, axes = new_axes(box=(14, 86, 14, 4), height=304)
    axes.set(xlim=(0, 100), ylim=(2.5, -0.75), yticks=[], xticks=range(0, 101, 25))
    axes.set_xlabel("% of the money, % of the loss")
    hide_edges(axes, "left")
    rows = {
        "who has put in the money": table[_SIZE],
        f"who bears the average loss: {totals[0]:.1f} yuan of 100": table[_USUAL_SHARE],
        f"who bears one year in a thousand: {totals[1]:.1f} yuan": table[_WORST_SHARE],
    }
    for row, (label, shares) in enumerate(rows.items()):
        axes.text(0, row - 0.34, label, color=INK)
        _shares(axes, row, shares)
    for left, (name, colours) in zip((14, 136, 208, 314), _HOLDERS.items(), strict=True):
        add_key(figure, left, 14, name, *colours)
    return figure


def _shares(axes: Axes, row: int, shares: pd.Series) -> None:
    """One bar from 0 to 100, cut by holder, with the shares that have room for a number."""
    left = 0.0
    for (face, edge), share in zip(_HOLDERS.values(), shares, strict=True):
        if share == 0:
            continue
        axes.barh(row, share, 0.44, left, facecolor=face, edgecolor=edge, linewidth=1)
        if share >= 6.5:
            ink = PAPER if face in SCALE[3:] else INK
            axes.text(left + share / 2, row, f"{share:.0f}", color=ink, ha="center", va="center")
        left += share
    leave_trace(*axes.barh(row, 100, 0.44, facecolor="none", edgecolor=INK_FAINT, linewidth=0.5))


# ---------------------------------------------------------------------------------------------
# The tranches and a real pool

_COST = "money and handling (% of the loan)"


def _guess_cost() -> Guess:
    hurt = _reached(0.14)
    return Guess(
        "Seven grades, each cut into the three slices, and what the borrowers paid beyond the cost "
        "of money and handling pays for losses first. These cost 14 % a year. In how many "
        "grades is a senior slice reached?",
        ("In none", "In one", "In two or three", "In four or more"),
        right=sum(len(hurt) >= least for least in (1, 2, 4)),
        at={"yearly_cost": 14},
        because="In grades " + " and ".join(hurt) + "; E is reached by so little that "
        "another estimate of how long its loans ran could undo it. The grades that lost "
        "most had paid most, and only so dear a business uses that up.",
    )


def _reached(yearly_cost: float) -> list[str]:
    """The grades whose senior slice loses something."""
    table = _cut_grades(yearly_cost)
    beyond = table["borne by senior (% of the loan)"]
    return [str(grade) for grade, part in zip(table["grade"], beyond, strict=True) if part > 0]


def _cut_grades(yearly_cost: float) -> pd.DataFrame:
    """What each slice of each grade bears, in per cent of the money lent."""
    grades = data.load("lending_club_grade_money_2007_2011")
    lost = (grades["principal_lost"] / grades["funded"]).to_numpy()
    interest = grades["net_return"].to_numpy() / 100 + lost
    years = interest / (grades["average_rate"].to_numpy() / 100)
    excess = np.maximum(interest - yearly_cost * years, 0.0)
    slices = waterfall(lost, Tranching(excess_spread=excess))
    table = pd.DataFrame({"grade": grades["grade"], "lost (% of the loan)": 100 * lost})
    table[_COST] = 100 * yearly_cost * years
    table["excess interest (% of the loan)"] = 100 * excess
    for name, part in zip(_HOLDERS, slices, strict=True):
        table[f"borne by {name} (% of the loan)"] = 100 * np.asarray(part)
    return table.round(10)


@explore(
    guess=_guess_cost,
    yearly_cost=Percent(
        low=2,
        high=14,
        step=2,
        live_step=1,
        default=8,
        label="Money and handling a year",
    ),
)
def graded_pools(yearly_cost: float) -> Shown:
    """Who would have borne the losses of Lending Club's grades, had each been cut 7/4/89."""
    table, hurt = _cut_grades(yearly_cost), _reached(yearly_cost)
    sentence = _who_would_have_lost(table, yearly_cost, hurt)
    return Shown(_bars_by_grade(table, hurt), sentence, table)


def _who_would_have_lost(table: pd.DataFrame, yearly_cost: float, hurt: list[str]) -> str:
    lost = table["lost (% of the loan)"].to_numpy()
    bare = int(np.sum(lost > 100 * (TRANCHING.junior + TRANCHING.mezzanine)))
    worst = int(np.argmax(lost))
    first = float(table["excess interest (% of the loan)"][worst])
    where = " and ".join(hurt) if hurt else "no grade"
    senior = f"The senior slice is reached in {where}."
    return (
        f"{bare} of the 7 grades lost more over the loans' life than the 11 % of junior and "
        f"mezzanine, grade {table['grade'][worst]} most, {lost[worst]:.1f} %. But that grade's "
        f"interest left {first:.1f} % after money and handling at "
        f"{100 * yearly_cost:.0f} % a year. {senior}"
    )


def _bars_by_grade(table: pd.DataFrame, hurt: list[str]) -> Figure:
    figure, axes = new_axes(box=(46, 92, 8, 12), height=350)
    axes.set(xlim=(-0.6, len(table) - 0.4), ylim=(0, 40), xticks=range(len(table)))
    axes.set_xticklabels(table["grade"])
    axes.set_xlabel("grade given by the lender, best to worst")
    axes.set_ylabel("% of the money lent, whole life")
    axes.grid(axis="y")
    whole = table["lost (% of the loan)"].to_numpy()
    excess = table["excess interest (% of the loan)"].to_numpy()
    bottom = np.zeros(len(table))
    for name, (face, edge) in _HOLDERS.items():
        part = table[f"borne by {name} (% of the loan)"].to_numpy()
        style: dict[str, Any] = {"facecolor": face, "edgecolor": edge, "linewidth": 1 * (part > 0)}
        axes.bar(range(len(table)), part, 0.5, bottom=bottom, **style)
        bottom = bottom + part
    for i, (lost, left) in enumerate(zip(whole, excess, strict=True)):
        above = left if lost - 0.5 < left < lost + 3 else lost  # the mark stays off the number
        axes.text(i, above + 1.0, f"{lost:.1f}", ha="center", color=LOSS)
        leave_trace(*axes.plot([i - 0.36, i + 0.36], [left] * 2, color=INK, linewidth=2))
    axes.text(-0.45, 37, "lost", color=LOSS, weight="semibold")
    axes.plot([0.55, 0.95], [37.8] * 2, color=INK, linewidth=2)
    axes.text(1.1, 37, "excess interest", color=INK)
    axes.text(-0.45, 33.6, f"senior loses in {', '.join(hurt) or 'no grade'}", color=INK)
    for left, (name, colours) in zip((14, 136, 208, 314), _HOLDERS.items(), strict=True):
        add_key(figure, left, 14, name, *colours)
    return figure
