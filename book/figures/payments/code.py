"""Who pays for the code: two tea shops that take a wallet, and customers with cash."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from explorer import Challenge, Choice, Guess, Percent, Shown, leave_trace
from figures.panels import cell, hide_edges, minus
from figures.style import GREY_3, INK_SOFT, INTERNET, TRADITIONAL, explore, new_axes
from netfin.payments.street import Codes, StreetTerms, take_the_code

_WHO = (
    ("first shop", GREY_3),
    ("second shop", GREY_3),
    ("customers with wallet", INTERNET),
    ("customers with cash", TRADITIONAL),
    ("the wallet's owner", INTERNET),
)
_CHANGE = "gains (yuan on 1,000 sold, for customers 1,000 they spend)"
_TOOK = {"no shop": Codes.NONE, "the first shop": Codes.FIRST, "both shops": Codes.BOTH}
_DEARER = 0.010  # the fee of the guess: twice what the start shows is then no answer
_SMALL = 0.005  # yuan that round to nothing


def _guess_both() -> Guess:
    first = 1000 * float(take_the_code(Codes.FIRST).profit_first)
    cash = 1000 * float(take_the_code(Codes.BOTH, StreetTerms(fee=_DEARER)).cash)
    return Guess.between(
        f"Alone with the code, the first shop earns {first:.2f} yuan more on each 1,000 that the "
        "street sells. Now the second hangs one up too, and the fee rises from 0.6 to 1 %. "
        "What do customers with cash then pay more, on 1,000 yuan of their own?",
        cash,
        (-1, -3, -6),
        ("Nothing", "About 2 yuan", "About 4", "About 8"),
        "The fee less the saving is 8 yuan on each 1,000 paid by wallet, half of all sales; one "
        "price spreads it over all. No shop gains, yet one alone without it loses.",
        {"codes": "both shops", "fee": 100 * _DEARER},
        mark="x",
        where=3,
        said=(0, -2, -4, -8),
    )


@explore(
    guess=_guess_both,
    challenge=Challenge(
        "Let both shops have the code, and customers with cash pay less than before.",
        lambda table: bool(
            table["who takes the wallet"][0] == "both shops" and cell(table, 3, _CHANGE) > _SMALL
        ),
        "The fee must be less than what the shop saves. Then even those who never use the wallet "
        "have something of it; else they pay for it.",
    ),
    codes=Choice(options=_TOOK, default="the first shop", label="Who takes the wallet"),
    fee=Percent(low=0, high=1.2, step=0.2, default=0.6, label="The shop's fee"),
    saving=Percent(low=0, high=0.8, step=0.2, default=0.2, label="What the shop saves"),
)
def who_pays_for_the_code(codes: Codes, fee: float, saving: float) -> Shown:
    """Who gains and who loses when no shop, one or both take the wallet."""
    end = take_the_code(codes, StreetTerms(fee=fee, saving=saving))
    parts = (end.profit_first, end.profit_second, end.wallet, end.cash, end.fees)
    gains = [round(1000 * float(each), 9) + 0.0 for each in parts]
    table = pd.DataFrame(
        {
            "who": [name for name, _ in _WHO],
            "who takes the wallet": str(codes),
            "fee (%)": round(100 * fee, 9),
            "saving (%)": round(100 * saving, 9),
            _CHANGE: gains,
        }
    )
    return Shown(_bars(gains), _said(codes, gains), table)


def _said(codes: Codes, gains: list[float]) -> str:
    if codes is Codes.NONE:
        return "No shop takes the wallet: everybody gains 0.00."
    first, second, wallet, cash = (_gain(each) for each in gains[:4])
    shops = f"the first shop gains {first} yuan and the second {second}"
    if codes is Codes.BOTH:
        shops = "neither shop gains or loses"
    return (
        f"With the code in {codes}, on 1,000 yuan of sales {shops}; on 1,000 that they spend "
        f"customers with a wallet gain {wallet}, those with cash {cash}. The wallet's owner takes "
        f"{_gain(gains[4])} yuan."
    )


def _gain(gain: float) -> str:
    fen = Decimal(str(gain)).quantize(Decimal("0.01"), ROUND_HALF_UP)  # 4.045 is 4.05
    return minus(f"{fen + 0:.2f}")


def _bars(gains: list[float]) -> Figure:
    figure, axes = new_axes(box=(150, 46, 14, 8), height=270)
    axes.set(xlim=(-9, 25), ylim=(4.6, -0.6), xticks=(-5, 0, 5, 10, 15))
    axes.set_xticklabels([minus(str(each)) for each in (-5, 0, 5, 10, 15)])
    axes.set_yticks(range(len(_WHO)), [name for name, _ in _WHO])
    axes.set_xlabel("gain, on 1,000 yuan (customers: own)")
    hide_edges(axes, "left")
    axes.axvline(0, color=INK_SOFT, linewidth=1)
    bars: list[Rectangle] = []
    for place, ((_, colour), gain) in enumerate(zip(_WHO, gains, strict=True)):
        bars += axes.barh(place, gain, 0.5, color=colour)
        axes.text(
            24.5, place, _gain(gain), color=colour, va="center", ha="right",
            weight="semibold",
        )  # fmt: skip
    leave_trace(*bars)
    return figure
