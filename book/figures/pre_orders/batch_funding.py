"""One batch, three ways to pay for it: who gains and who loses, side by side."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from explorer import Challenge, Guess, Money, Percent, Shown, leave_trace
from figures.panels import cell, hide_edges
from figures.style import GREY_3, INK, INK_SOFT, INTERNET, SCALE, TRADITIONAL, explore, new_axes
from netfin.pre_orders.batch import BATCH, Way
from netfin.pre_orders.batch_funding import split

_PARTIES = {
    "shop": GREY_3,
    "bank": TRADITIONAL,
    "customers": INTERNET,
    "investor": SCALE[3],
}
_LABELS = {
    Way.LOAN: "A bank lends",
    Way.PREPAID: "Customers pay ahead",
    Way.EQUITY: "An investor takes a share",
}
_TINY = 0.5  # yuan


def _gains(demand: float, usable: float) -> pd.DataFrame:
    """Yuan: a row for each way, a column for each party."""
    rows = {}
    for way, label in _LABELS.items():
        result = split(way, demand, usable)
        parts = {party: float(getattr(result, party)) for party in _PARTIES}
        rows[label] = {"made": "yes" if result.made else "no"} | parts
    return pd.DataFrame.from_dict(rows, orient="index")


def _guess_spoiled() -> Guess:
    gains = _gains(1000, 0.4)
    bank, customers = (
        cell(gains, _LABELS[way], name) / 1000
        for way, name in ((Way.LOAN, "bank"), (Way.PREPAID, "customers"))
    )
    return Guess.between(
        "All 1,000 scarves are wanted, but the workshop spoils three in five. The shop pays back "
        "what it has. What do all customers who paid ahead lose together, the savings of those "
        "who are served counted?",
        customers,
        (-_TINY / 1000, -20, -40),
        ("Nothing", "Less than 20,000 yuan", "20,000 to 40,000 yuan", "More than 40,000 yuan"),
        at={"demand": 1000, "usable": 40},
        because=f"{-1000 * customers:,.0f} yuan; a bank that had lent would lose "
        f"{-1000 * bank:,.0f}. What cost {BATCH.outlay:,.0f} is worth "
        f"{BATCH.outlay + 1000 * customers:,.0f}, the shop has nothing, and the gap falls on "
        "whoever has paid, under whatever name.",
        mark="x",
        said=(0, None, None, None),
    )


def _customers_lose_more(table: pd.DataFrame) -> bool:
    customers, bank = table["customers (yuan)"][1], table["bank (yuan)"][0]
    return bool(customers < bank - _TINY and bank < 0)


@explore(
    guess=_guess_spoiled,
    challenge=Challenge(
        "Find a state in which the customers lose more than the bank would have lost.",
        _customers_lose_more,
        "More than a thousand orders and a bad workshop. The batch has grown with the orders, and "
        "with it what can be spoilt; the bank had lent for a thousand.",
    ),
    demand=Money(
        low=0, high=1400, step=100, live_step=20, default=300, unit="scarves",
        label="Scarves that buyers want",
    ),
    usable=Percent(
        low=0, high=100, step=20, live_step=5, default=100,
        label="Part of the batch that the workshop delivers",
    ),
)  # fmt: skip
def three_ways(demand: float, usable: float) -> Shown:
    """Gains and losses on one batch, by who paid for it."""
    gains = _gains(demand, usable)
    amounts = gains[list(_PARTIES)].astype(float)
    amounts["together"] = amounts.sum(axis=1)
    table = (amounts.round(6) + 0.0).add_suffix(" (yuan)")  # no negative zero
    table.insert(0, "made", gains["made"])
    table = table.reset_index(names="who pays")
    figure, axes = new_axes(box=(10, 46, 10, 8), height=330)
    _draw(axes, gains)
    return Shown(figure, _who_loses(gains), table)


def _thousands(amount: float) -> str:
    return f"{abs(amount):,.0f} yuan"


def _who_loses(gains: pd.DataFrame) -> str:
    loan, ahead, share = (gains.iloc[i] for i in range(len(_LABELS)))
    parts = [_told("With a loan the shop", loan, "the bank", "bank")]
    if ahead["made"] == "no":
        parts.append("Paid ahead, too few orders come in: nothing is made, nobody loses.")
    else:
        parts.append(_told("Paid ahead, the shop", ahead, "the customers", "customers"))
    parts.append(_told("With an investor the shop", share, "the investor", "investor"))
    return " ".join(parts)


def _told(who: str, row: pd.Series, other: str, name: str) -> str:
    own = f"gains {_thousands(row['shop'])}" if row["shop"] > _TINY else "gains nothing"
    if abs(row[name]) <= _TINY:
        return f"{who} {own} and {other} lose nothing."
    verb = "gain" if row[name] > 0 else "lose"
    plural = "" if name == "customers" else "s"
    return f"{who} {own} and {other} {verb}{plural} {_thousands(row[name])}."


def _draw(axes: Axes, gains: pd.DataFrame) -> None:
    axes.set(xlim=(-145, 110), ylim=(2.62, -0.72), yticks=[], xticks=range(-100, 51, 50))
    axes.set_xlabel("loss and gain, thousand yuan")
    hide_edges(axes, "left")
    axes.grid(axis="x")
    axes.plot([0, 0], [-0.3, 2.6], color=INK_SOFT, linewidth=1)
    for row, (label, amounts) in enumerate(gains.iterrows()):
        axes.text(-144, row - 0.27, str(label), color=INK)
        below, above = 0.0, 0.0
        for name, colour in _PARTIES.items():
            amount = float(amounts[name]) / 1000
            start = above if amount > 0 else below
            (bar,) = axes.barh(row, amount, 0.42, start, color=colour)
            leave_trace(bar)
            above, below = max(above, start + amount), min(below, start + amount)
        _name_parts(axes, row, amounts)


def _name_parts(axes: Axes, row: int, amounts: pd.Series) -> None:
    """Write who gains above the bar, to the right of zero, and who loses to the left."""
    if amounts["made"] == "no":
        axes.text(2, row, "not made", color=INK_SOFT, va="center")
        return
    gains = [name for name in _PARTIES if amounts[name] > _TINY]
    for name, x in zip(gains, (1, 44), strict=False):
        text = f"{name} {amounts[name] / 1000:.0f}"
        axes.text(x, row - 0.27, text, color=_PARTIES[name], weight="semibold")
    for name in _PARTIES:
        if amounts[name] < -_TINY:
            text = f"{name} −{-amounts[name] / 1000:.0f}"
            axes.text(-1, row + 0.42, text, color=_PARTIES[name], weight="semibold", ha="right")
