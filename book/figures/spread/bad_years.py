"""Who gains and who loses when more, or fewer, shops default than the rates were made for."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from matplotlib.axes import Axes

from explorer import Challenge, Guess, Percent, Shown, halo, leave_trace
from figures.panels import cell, hide_edges, minus
from figures.spread.arrangements import LENDERS
from figures.style import INK, INK_SOFT, INTERNET, TRADITIONAL, explore, new_axes
from netfin.lending import BANK
from netfin.spread import arrangements
from netfin.spread.arrangements import PLATFORM, Intermediary, Party, PlatformTerms

_OWNERS = {Party.BANK_OWNERS: TRADITIONAL, Party.PLATFORM_OWNERS: INTERNET}
_SHORT = "bank short of what it is owed (yuan)"


def _guess_short() -> Guess:
    usual, bad = (_owners_table(each / 100, PLATFORM) for each in (3, 9))
    short, own = cell(bad, 1, _SHORT), 100 * float(PLATFORM.own_capital)
    borne = cell(usual, 1, "platform's owners (yuan)") + own
    return Guess.between(
        f"The platform that re-lends puts in {own:.0f} yuan of its own for each hundred and bears "
        "the first losses. The rate is made for 3 defaults in 100, and this year 9 default. How "
        "much less than it is owed does the bank behind it get, on 100 yuan of loans?",
        value=short,
        edges=(0.5, 1.5, 3),
        options=("Hardly anything", "0.5 to 1.5 yuan", "1.5 to 3 yuan", "More than 3 yuan"),
        at={"realised_default": 9},
        because=f"{short:.2f} yuan. Each default costs principal and interest, the six more "
        f"{borne + short:.1f} yuan together. {borne:.1f} are the platform's gain and its own "
        f"money; they are gone from {100 * float(arrangements.bank_loses_beyond()):.1f} on.",
    )


@explore(
    guess=_guess_short,
    challenge=Challenge(
        "Let 12 % of the shops default. Find the thinnest capital with which the bank behind the "
        "re-lender still gets all it is owed.",
        lambda table: (
            table["defaults (%)"][1] == 12
            and table[_SHORT][1] == 0
            and table["platform's capital (%)"][1] <= 6
        ),
        "Thick enough for a year four times as bad as expected: nearly three times the capital "
        "that a platform puts in by default. What a still worse year takes, the bank's point of "
        "margin must pay for, in the good years.",
    ),
    realised_default=Percent(
        low=0, high=15, step=3, live_step=1, default=3, label="Shops that default this year"
    ),
    own_capital=Percent(
        low=0,
        high=14,
        step=2,
        live_step=0.5,
        default=2,
        label="Own capital of the platform that re-lends",
    ),
)
def good_and_bad_years(realised_default: float, own_capital: float) -> Shown:
    """What owners gain or lose at rates made for 3 % defaults, under three arrangements."""
    table = _owners_table(realised_default, replace(PLATFORM, own_capital=own_capital))
    figure, axes = new_axes(box=(12, 46, 12, 8), height=330)
    axes.set(xlim=(-10.5, 6.5), ylim=(2.5, -0.75), yticks=[], xticks=range(-9, 7, 3))
    axes.set_xlabel("owners' gain or loss, yuan on 100 yuan of loans")
    hide_edges(axes, "left")
    axes.grid(axis="x")
    axes.axvline(0, color=INK_SOFT, linewidth=1)
    for row, label in enumerate(LENDERS.values()):
        halo(axes.text(-10.4, row - 0.54, label, color=INK))
        for below, (party, colour) in enumerate(_OWNERS.items()):
            gains = f"{party.value} (yuan)"
            if table[gains][row] != "":
                gain = cell(table, row, gains)
                _bar(axes, row - 0.2 + 0.32 * below, gain, party.value, colour)
    _gap(axes, cell(table, 1, "bank's owners (yuan)"), cell(table, 1, _SHORT))
    return Shown(figure, _years_sentence(table), table)


def _owners_table(realised_default: float, platform: PlatformTerms) -> pd.DataFrame:
    """A row for each arrangement, at the rates agreed for an expected year."""
    rows = []
    for intermediary, label in LENDERS.items():
        year = arrangements.who_is_paid(intermediary, BANK, platform, realised_default)
        best = arrangements.who_is_paid(intermediary, BANK, platform, 0.0)
        relends = intermediary is Intermediary.RELENDER
        owed, got = best.paid[Party.BANK_OWNERS], year.paid[Party.BANK_OWNERS]
        alone = intermediary is Intermediary.BANK
        rows.append(
            {
                "who lends": label,
                "defaults (%)": round(100 * realised_default, 6),
                "loan rate (%)": 100 * float(year.rate),
                "platform's capital (%)": round(100 * float(platform.own_capital), 6)
                if relends
                else "",
                "bank's owners (yuan)": float(got),
                "platform's owners (yuan)": (
                    "" if alone else float(year.paid[Party.PLATFORM_OWNERS])
                ),
                _SHORT: round(float(owed - got), 10) if relends else "",
            }
        )
    return pd.DataFrame(rows)


def _bar(axes: Axes, row: float, gain: float, name: str, colour: str) -> None:
    """A bar with its number at the end and its owner's name on the other side of zero."""
    leave_trace(*axes.barh(row, gain, 0.26, color=colour))
    right = gain >= 0
    near, far = ("right", "left") if right else ("left", "right")
    step = 0.15 if right else -0.15
    axes.text(-step, row, name, color=colour, ha=near, va="center", weight="semibold")
    axes.text(gain + step, row, minus(f"{gain:+.1f}"), color=colour, ha=far, va="center")


def _gap(axes: Axes, gain: float, short: float) -> None:
    """Draw above its bar what the bank behind the re-lender is short of what it is owed."""
    if short > 0:
        axes.plot([gain, gain + short], [0.58, 0.58], color=TRADITIONAL, linewidth=1.5)
        text = axes.text(gain + short + 0.15, 0.58, f"{short:.1f} short", color=TRADITIONAL)
        text.set(va="center", weight="semibold")


def _moved(gain: float) -> str:
    return f"{'gain' if gain >= 0 else 'lose'} {abs(gain):.2f}"


def _years_sentence(table: pd.DataFrame) -> str:
    bank, platform = table["bank's owners (yuan)"], table["platform's owners (yuan)"]
    short, own = table[_SHORT][1], table["platform's capital (%)"][1]
    behind = f"is {short:.2f} short of what it is owed" if short > 0 else "gets all it is owed"
    return (
        f"With {table['defaults (%)'][0]:.0f} defaults in 100, at rates made for 3, the owners of "
        f"a bank that lends itself {_moved(bank[0])} yuan on 100 of loans. Those of the re-lender "
        f"{_moved(platform[1])}, having put in {own:g}, and the bank behind it {behind}. The "
        f"referrer gains {platform[2]:.2f}, while its bank's owners {_moved(bank[2])}."
    )
