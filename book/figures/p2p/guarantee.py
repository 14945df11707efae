"""A promise of the principal: how often the pot behind it does not do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Challenge, Guess, Percent, Shown, halo, leave_trace
from figures.panels import cell
from figures.style import INK_SOFT, LOSS, TRADITIONAL, explore, new_axes
from netfin.p2p.guarantee import GUARANTEED, POT, GuaranteeTerms, pot_fails
from netfin.pool import PoolTerms, chance_beyond, loss_quantile

_FAILS, _NEEDED = "pot fails (years of 100)", "needed for one failure in 1,000 (yuan on 100)"
_THOUSAND = 0.999
_AMOUNTS = np.linspace(0.0025, 0.25, 100)


def _guess() -> Guess:
    before = 100 * float(pot_fails())
    after = 100 * float(pot_fails(POT, replace(GUARANTEED, default_probability=0.10)))
    return Guess.between(
        f"With 5 defaults in 100 the pot and a year's fees, 9 yuan on 100, fall short in "
        f"{before:.1f} years of 100. The average loss is a third of that. Let 10 default. In how "
        "many years do they fall short?",
        after,
        (4, 8, 16),
        ("Fewer than 4", "4 to 8", "8 to 16", "More than 16"),
        f"It is {after:.1f}. Twice the defaults, and many times the failures: the pot was sized "
        "for an ordinary year, and it is the tail that reached it.",
        {"default_probability": 10},
        mark="y",
        where=9,
    )


@explore(
    guess=_guess,
    challenge=Challenge(
        "With 5 defaults in 100, find a pot that fails in fewer than 1 year of 200.",
        lambda table: cell(table, 0, "defaults (%)") == 5.0 and cell(table, 0, _FAILS) < 0.5,
        "As much as a bank's capital and more. Who promises the principal needs a bank's capital.",
    ),
    pot=Percent(low=0, high=20, step=2.5, live_step=0.5, default=5, label="Pot, of the loans"),
    default_probability=Percent(
        low=2.5, high=12.5, step=2.5, live_step=0.5, default=5, label="Loans that default"
    ),
)
def promised_principal(pot: float, default_probability: float) -> Shown:
    """How often a pot and a year's fees do not cover what was promised."""
    loans = replace(GUARANTEED, default_probability=default_probability)
    terms = GuaranteeTerms(pot, POT.fee)
    fails = round(100 * float(pot_fails(terms, loans)), 9)
    needed = round(100 * float(loss_quantile(_THOUSAND, loans)), 9)
    average = round(100 * float(loans.expected_loss), 9)
    hand = round(100 * (pot + float(POT.fee)), 9)
    table = pd.DataFrame(
        {
            "defaults (%)": [round(100 * default_probability, 9)],
            "pot (yuan on 100)": [round(100 * pot, 9)],
            "pot and fees (yuan on 100)": [hand],
            "average loss (yuan on 100)": [average],
            _FAILS: [fails],
            _NEEDED: [needed],
        }
    )
    sentence = (
        f"Pot and fees have {hand:.1f} yuan on 100, an average year costs {average:.2f}. They fall "
        f"short in {fails:.1f} years of 100; for one in 1,000 it would take {needed:.1f}."
    )
    return Shown(_over_amounts(loans, hand, fails), sentence, table)


def _over_amounts(loans: PoolTerms, hand: float, fails: float) -> Figure:
    figure, axes = new_axes(box=(52, 46, 20, 12))
    axes.set(xlim=(0, 25), ylim=(0, 100), xticks=range(0, 26, 5), yticks=range(0, 101, 25))
    axes.set_xlabel("pot and fees, yuan on 100 of loans")
    axes.set_ylabel("fall short, years of 100")
    axes.grid(axis="y")
    chances = 100 * np.asarray(chance_beyond(_AMOUNTS, loans))
    (line,) = axes.plot(100 * _AMOUNTS, chances, color=LOSS, label="falls short")
    (dot,) = axes.plot(hand, fails, "o", color=TRADITIONAL, markersize=9, clip_on=False, zorder=5)
    told = axes.text(24.5, 93, f"{fails:.1f} years of 100", color=TRADITIONAL, ha="right")
    told.set_fontweight("semibold")
    sign = axes.text(24.5, 82, "line: what any pot would do", color=INK_SOFT, ha="right")
    for each in (told, sign):
        halo(each)
    leave_trace(line, dot)
    return figure
