"""One saver and many notes: how often a year ends with less than was lent."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Challenge, Guess, Percent, Shown, halo, leave_trace
from figures.panels import cell, minus
from figures.style import INK_SOFT, INTERNET, LOSS, explore, new_axes
from netfin.p2p.notes import NoteTerms, chance_of_loss, expected_return, worst_return

_NOTES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_LOSES, _AVERAGE = "loses (years of 100)", "average year (yuan on 100)"
_ONE_IN_10 = "worst year of ten, very many notes (yuan on 100)"
_BAD = 0.20


def _guess() -> Guess:
    many = 100 * float(chance_of_loss(200, NoteTerms(default_probability=_BAD)))
    return Guess.between(
        "Let 20 instead of 5 notes in 100 default. A saver with one note then loses in 20 years of "
        "100. In how many does a saver lose who spreads the same money over 200 notes?",
        many,
        (5, 20, 50),
        ("Fewer than 5", "5 to 20", "20 to 50", "More than 50"),
        f"It is {many:.1f}. On average such notes lose, and the more notes one has the surer "
        "the average becomes. With one note there was luck to hope for.",
        {"default_probability": 20},
        mark="y",
        where=200,
    )


@explore(
    guess=_guess,
    challenge=Challenge(
        "Let an average year bring a gain, and yet 1,000 notes lose in more years than one note.",
        lambda table: (
            cell(table, 0, _AVERAGE) > 0.0
            and cell(table, len(_NOTES) - 1, _LOSES) > cell(table, 0, _LOSES)
        ),
        "It takes borrowers who fail together. Spreading takes away each borrower's luck and "
        "leaves the year's; one note loses only when its own borrower does.",
    ),
    default_probability=Percent(
        low=5, high=25, step=2.5, live_step=0.5, default=5, label="Notes that default on average"
    ),
    asset_correlation=Percent(
        low=0, high=20, step=5, live_step=1, default=0, label="Correlation of the borrowers"
    ),
)
def bad_bargain(default_probability: float, asset_correlation: float) -> Shown:
    """How often a saver loses, by the number of notes."""
    terms = NoteTerms(default_probability=default_probability, asset_correlation=asset_correlation)
    lost = np.round(100 * np.asarray(chance_of_loss(np.array(_NOTES), terms)), 5)
    average = round(100 * float(expected_return(terms)), 9)
    table = pd.DataFrame(
        {
            "notes (number)": _NOTES,
            _LOSES: lost,
            _AVERAGE: average,
            _ONE_IN_10: round(100 * float(worst_return(0.9, terms)), 9),
        }
    )
    way = "gains" if average > 0 else "loses"
    sentence = (
        f"An average year {way} {abs(average):.2f} yuan on 100. One note ends with a loss in "
        f"{lost[0]:.1f} years of 100, 20 notes in {lost[4]:.1f}, 200 in {lost[7]:.1f}, 1,000 in "
        f"{lost[-1]:.1f}."
    )
    return Shown(_by_notes(lost, average), sentence, table)


def _by_notes(lost: np.ndarray, average: float) -> Figure:
    figure, axes = new_axes(box=(52, 46, 22, 12))
    axes.set(xscale="log", xlim=(0.9, 1100), ylim=(-2, 104), yticks=range(0, 101, 25))
    axes.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1,000"])
    axes.minorticks_off()
    axes.set_xlabel("notes among which the money is spread")
    axes.set_ylabel("years with a loss, of 100")
    axes.grid(axis="y")
    (line,) = axes.plot(_NOTES, lost, color=LOSS, clip_on=False, label="loses")
    (dots,) = axes.plot(
        _NOTES, lost, "o", color=LOSS, markersize=6, linestyle="none", clip_on=False
    )
    color = INTERNET if average > 0 else LOSS
    told = axes.text(1, 96, minus(f"average year: {average:+.2f} yuan on 100"), color=color)
    told.set(weight="semibold", va="center")
    halo(told)
    end = axes.text(900, _clear_of(lost), f"{lost[-1]:.0f}", color=LOSS, weight="semibold")
    end.set(ha="right", va="center")
    halo(end)
    axes.axhline(0, color=INK_SOFT, linewidth=1)
    leave_trace(line, dots)
    return figure


def _clear_of(lost: np.ndarray) -> float:
    """Find a height for the last number, above or below the line's end."""
    last, before = float(lost[-1]), float(lost[-2])
    return last - 11 if last > 70 else max(last, before) + 9
