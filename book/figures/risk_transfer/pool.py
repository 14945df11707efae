"""What a pool of loans loses in bad years."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from explorer import Challenge, Guess, Percent, Shown, halo, leave_trace
from figures.style import INK_SOFT, LOSS, TRADITIONAL, explore, new_axes
from netfin.pool import PoolTerms, loss_quantile

_THOUSAND = 0.999  # the level that is exceeded once in a thousand years
_YEARS = {"one year in 10": 0.9, "one year in 100": 0.99, "one year in 1,000": _THOUSAND}
_AVERAGE = "average year"
_LOST = "lost (yuan of 100)"
_BEYOND = "beyond the average (yuan of 100)"
_TIMES = "times the average (number)"


def _guess_linked() -> Guess:
    before, after = (
        100 * float(loss_quantile(_THOUSAND, PoolTerms(asset_correlation=rho)))
        for rho in (0.10, 0.30)
    )
    return Guess.between(
        f"With a correlation of 10 % one year in a thousand costs {before:.1f} yuan of 100 or "
        "more. Let the borrowers' fortunes hang together more closely, at 30 %; each of them is "
        "as good as before. What does one year in a thousand cost now?",
        value=after,
        edges=(11.5, 20, 32),
        options=(
            f"Still about {before:.0f} yuan",
            "About 15 yuan",
            "About 25 yuan",
            "About 40 yuan",
        ),
        at={"asset_correlation": 30},
        mark="y",
        where=1000,
        said=(before, 15, 25, 40),
        because=f"It costs {after:.1f} yuan, and the average year costs what it did. Correlation "
        "does not make loans worse. It makes them fail together.",
    )


@explore(
    guess=_guess_linked,
    challenge=Challenge(
        "Find a state in which one year in a thousand costs more than 20 times an average year.",
        lambda table: table[_TIMES].iloc[-1] > 20,
        "It takes good borrowers, and fortunes that hang together closely: where hardly anyone "
        "defaults in an average year, a bad year for all is another world. So capital cannot be a "
        "multiple of the usual loss.",
    ),
    default_probability=Percent(
        low=1, high=9, step=2, live_step=1, default=3, label="Shops that default on average"
    ),
    asset_correlation=Percent(
        low=0,
        high=30,
        step=5,
        live_step=1,
        default=10,
        label="Correlation of the borrowers' fortunes",
    ),
)
def year_in_a_thousand(default_probability: float, asset_correlation: float) -> Shown:
    """The loss that a pool exceeds once in so many years."""
    pool = PoolTerms(default_probability, asset_correlation=asset_correlation)
    average = 100 * float(pool.expected_loss)
    lost = [100 * float(loss_quantile(level, pool)) for level in _YEARS.values()]
    table = pd.DataFrame({"year": [_AVERAGE, *_YEARS], _LOST: [average, *lost]})
    table[_BEYOND] = table[_LOST] - average
    table[_TIMES] = table[_LOST] / average
    table[[_LOST, _BEYOND, _TIMES]] = table[[_LOST, _BEYOND, _TIMES]].round(10) + 0.0  # no −0
    worst = table.iloc[-1]
    sentence = (
        f"An average year costs {average:.1f} yuan of 100 lent. One year in 10 costs "
        f"{lost[0]:.1f} or more, one in 100 {lost[1]:.1f} and one in 1,000 {lost[2]:.1f}, "
        f"{worst[_TIMES]:.1f} times the average; beyond the average that takes "
        f"{worst[_BEYOND]:.1f} yuan of capital."
    )
    return Shown(_by_return_period(pool, table), sentence, table)


def _by_return_period(pool: PoolTerms, table: pd.DataFrame) -> Figure:
    figure, axes = new_axes(box=(46, 46, 20, 12))
    axes.set(xscale="log", xlim=(1, 1000), ylim=(0, 42), yticks=range(0, 41, 10))
    axes.set_xticks([2, 10, 100, 1000], ["2", "10", "100", "1,000"])
    axes.minorticks_off()
    axes.set_xlabel("exceeded in one year out of …")
    axes.set_ylabel("lost, yuan of 100 lent")
    axes.grid(axis="y")
    average, *marks = table[_LOST]
    periods = np.geomspace(1.05, 1000, 60)
    losses = 100 * np.asarray(loss_quantile(1 - 1 / periods, pool))
    axes.plot([1000, 1000], [average, marks[-1]], color=TRADITIONAL, linewidth=5, clip_on=False)
    axes.axhline(average, color=INK_SOFT, linewidth=1.5)
    axes.plot([1.1, 1.45], [35.6] * 2, color=INK_SOFT, linewidth=1.5)
    axes.text(1.6, 34.5, f"the average year, {average:.1f}", color=INK_SOFT)
    (line,) = axes.plot(periods, losses, color=LOSS, label="loss")
    (point,) = axes.plot(
        [10, 100, 1000], marks, "o", color=LOSS, markersize=8, linestyle="none", clip_on=False
    )
    for years, lost in zip((10, 100, 1000), marks, strict=True):
        axes.text(0.8 * years, lost + 0.8, f"{lost:.1f}", color=LOSS, ha="right", weight="semibold")
    _name_capital(axes, average, marks[-1] - average)
    leave_trace(line, point)
    return figure


def _name_capital(axes: Axes, average: float, capital: float) -> None:
    """Label the bar of capital, where it is long enough."""
    if capital > 5:
        height = average + max(2, 0.3 * capital)  # clear of the average
        label = axes.text(780, height, f"capital {capital:.1f}", weight="semibold")
        label.set(color=TRADITIONAL, ha="right", va="center")
        halo(label)
