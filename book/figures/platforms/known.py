"""Known by then: a curve of diffusion, fitted to American households' computers."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Challenge, Choice, Count, Guess, Shown, halo, leave_trace
from figures.panels import cell
from figures.style import GREY_2, INK, INK_SOFT, INTERNET, explore, new_axes
from netfin import data
from netfin.checks import Array
from netfin.platforms.diffusion import BassFit, fit_bass

_FIRST, _LAST = 1984, 2018
_SAID = "the fit's 2018 (%)"
_CAME = "2018 as it came (%)"
_CEILINGS = {"all households": False, "found by the fit": True}


def computers() -> tuple[Array, Array]:
    """Years, and shares of American households with a computer."""
    table = data.load("us_household_computers_1984_2018")
    return table["year"].to_numpy(float), table["households_with_computer_pct"].to_numpy() / 100


def fitted(points: int, find_ceiling: bool) -> BassFit:
    """Fit the curve to the first observations."""
    years, shares = computers()
    return fit_bass(years[:points] - _FIRST, shares[:points], find_ceiling)


def _guess_2018() -> Guess:
    value = 100 * float(fitted(10, True).reach(float(_LAST - _FIRST)))
    top = 100 * fitted(10, True).ceiling
    few = 100 * float(fitted(4, False).reach(float(_LAST - _FIRST)))
    return Guess.between(
        f"Fitted to what was known in 1997, four points, the curve gives {few:.0f} % of households "
        "for 2018. Now take ten points, up to 2009, and let the fit find the ceiling too. What "
        "does it give for 2018?",
        value,
        (85, 90, 94),
        ("Less than 85 %", "85 to 90 %", "90 to 94 %", "More than 94 %"),
        f"It gives {value:.0f} %. Growth had slowed, and the ceiling found, {top:.0f} %, is some "
        "ten points above the last one known; with eight points or fewer a fit finds none below "
        "100 %. And the count was changed: the survey of the last years takes smartphones for "
        "computers.",
        {"points": 10, "ceiling": "found by the fit"},
        mark="y",
        where=_LAST,
    )


def _free_and_right(table: pd.DataFrame) -> bool:
    free = cell(table, 0, "points known (number)") < 10 and table["ceiling"].to_list() == [
        "found by the fit"
    ]
    return bool(free and abs(cell(table, 0, _SAID) - cell(table, 0, _CAME)) < 1)


@explore(
    guess=_guess_2018,
    challenge=Challenge(
        "Let the fit find the ceiling, use fewer than ten points, and miss 2018 by less than one "
        "per cent of households.",
        _free_and_right,
        "Four points of 1984 to 1997 do it: too few to tell a ceiling, so that the fit takes all "
        "households. And what was meant in 1997 was no smartphone.",
    ),
    points=Count(low=4, high=19, step=1, default=9, unit="points", label="Known from 1984 on"),
    ceiling=Choice(options=_CEILINGS, default="all households", label="Ceiling"),
)
def known_by_then(points: int, ceiling: bool) -> Shown:
    """A curve fitted to the first points, and what came."""
    years, shares = computers()
    fit = fitted(points, ceiling)
    said, came = 100 * float(fit.reach(float(_LAST - _FIRST))), 100 * shares[-1]
    table = pd.DataFrame(
        {
            "points known (number)": [points],
            "last year known": [str(int(years[points - 1]))],
            "ceiling": [next(name for name, value in _CEILINGS.items() if value == ceiling)],
            "ceiling of the fit (%)": [100 * fit.ceiling],
            _SAID: [said],
            _CAME: [came],
        }
    ).round(2)
    sentence = (
        f"Fitted to the {points} points up to {years[points - 1]:.0f}, the curve gives {said:.1f} "
        f"% of households for 2018, with a ceiling of {100 * fit.ceiling:.0f} %; {came:.1f} % came."
    )
    return Shown(_curve(fit, points, said), sentence, table)


def _curve(fit: BassFit, points: int, said: float) -> Figure:
    years, shares = computers()
    figure, axes = new_axes(box=(52, 46, 26, 10))
    axes.set(xlim=(1983, 2019), ylim=(0, 118), yticks=range(0, 101, 25))
    axes.set_xticks([1985, 1995, 2005, 2015])
    axes.set_xlabel("year")
    axes.set_ylabel("% of households")
    axes.grid(axis="y")
    at = np.linspace(_FIRST, _LAST, 69)
    reach = 100 * np.asarray(fit.reach(at - _FIRST))
    (line,) = axes.plot(at, reach, color=INTERNET, label="the fit")
    axes.plot(years[points:], 100 * shares[points:], "o", color=GREY_2, markersize=5)
    (dots,) = axes.plot(years[:points], 100 * shares[:points], "o", color=INK, markersize=6)
    leave_trace(line, dots)
    halo(axes.text(1984, 109, f"the fit's 2018: {said:.1f} %", color=INTERNET, weight="semibold"))
    halo(axes.text(1984, 98, "dark: known by then", color=INK))
    halo(axes.text(1984, 87, "grey: came later", color=INK_SOFT))
    return figure
