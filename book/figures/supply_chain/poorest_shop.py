"""The poorest shop orders most: a picture of its order over its own cash."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from explorer import Challenge, Choice, Count, Guess, Money, Shown, halo, leave_trace
from figures.panels import cell, place_label
from figures.style import GREY_3, LOSS, TRADITIONAL, explore, new_axes
from netfin.arrays import bisect
from netfin.checks import Array
from netfin.newsvendor import GammaDemand
from netfin.supply_chain.inventory_loan import (
    SeasonLoan,
    efficient_order,
)
from netfin.supply_chain.lenders import loss_of_total, posted_rate, priced_to_order, strategic_bank
from netfin.supply_chain.season import POSTED_RATE, SCARVES, SEASON

POSTED, PRICED, STRATEGIC = "posted", "priced", "strategic"
_WAYS = {
    "posts one rate for all": POSTED,
    "prices each order": PRICED,
    "is the only one, and knows it": STRATEGIC,
}
_LENDERS: dict[str, Callable[..., SeasonLoan]] = {
    POSTED: posted_rate,
    PRICED: priced_to_order,
    STRATEGIC: strategic_bank,
}
_MOST_CASH = 56_000.0
_NEARLY_RICH = 35_000.0  # yuan; the order lies below the best there
_CASH = np.array([0, 500, 1000, *range(2000, 56_001, 2000)], dtype=np.float64)


@lru_cache(maxsize=32)
def _curve(way: str, sd: float) -> SeasonLoan:
    """Order and gains over the shop's cash, for one way to set the rate."""
    return _LENDERS[way](_CASH, demand=GammaDemand(SCARVES.mean, sd))


def loan_at(cash: float, way: str, sd: float) -> SeasonLoan:
    """One shop's loan; off the curve, which is drawn anyway, where it has this shop."""
    for place in np.flatnonzero(cash == _CASH):
        curve = (np.broadcast_to(each, _CASH.shape) for each in _curve(way, sd))
        return SeasonLoan(*(float(each[place]) for each in curve))
    return _LENDERS[way](cash, demand=GammaDemand(SCARVES.mean, sd))


def bank_breaks_even_at() -> float:
    """Find the shop's own cash from which the posted rate pays the bank, yuan."""

    def bank_gains(cash: Array) -> Array:
        return np.asarray(posted_rate(cash).lender_profit)

    return float(bisect(bank_gains, 0.0, 30_000.0))


def order_is_best_at() -> float:
    """Find the shop's own cash at which its order has come down to the best, yuan."""
    best = float(efficient_order())

    def too_few(cash: Array) -> Array:
        return np.asarray(best - posted_rate(cash).order)

    return float(bisect(too_few, bank_breaks_even_at(), _NEARLY_RICH))


def _guess_down_payment() -> Guess:
    full, pays = SEASON.cost * float(efficient_order()), bank_breaks_even_at()
    return Guess.between(
        f"A bank lends to every shop at {100 * POSTED_RATE:.1f} %, whatever it orders. The order "
        f"that is best for both costs {full:,.0f} yuan. How much must a shop bring, so that the "
        "bank does not lose by it?",
        pays / 1000,
        (5, 12, 21),
        ("Less than 5,000", "5,000 to 12,000", "12,000 to 21,000", "More than 21,000"),
        f"About {pays:,.0f} yuan. With less the bank loses on average. The order is down to the "
        f"best only at {order_is_best_at():,.0f}.",
        {"cash": 20_000},
        mark="x",
    )


def _poor_shop_orders_little(table: pd.DataFrame) -> bool:
    names = ("own cash (yuan)", "order (pieces)", "best order (pieces)")
    cash, order, best = (cell(table, 0, name) for name in names)
    return cash <= 4000 and order < best - 1


@explore(
    guess=_guess_down_payment,
    challenge=Challenge(
        "Let a shop with no more than 4,000 yuan order fewer scarves than would be best.",
        _poor_shop_orders_little,
        "A bank without rivals asks so much that the shop cuts its order. It earns on what it "
        "lends, and shop and bank together earn less.",
    ),
    cash=Money(
        low=0,
        high=_MOST_CASH,
        step=4000,
        live_step=1000,
        default=0,
        label="The shop's own cash",
    ),
    way=Choice(options=_WAYS, default="posts one rate for all", label="The bank"),
    sd=Count(
        low=400,
        high=800,
        step=200,
        live_step=50,
        default=800,
        label="Demand is 1,000, give or take",
        unit="pieces",
        one="piece",
    ),
)
def poorest_orders_most(cash: float, way: str, sd: int) -> Shown:
    """Order and lender's expected gain over the shop's cash, by how the rate is set."""
    loan = loan_at(cash, way, float(sd))
    demand = GammaDemand(SCARVES.mean, float(sd))
    best = float(efficient_order(demand=demand))
    table = pd.DataFrame(
        {
            "own cash (yuan)": [cash],
            "order (pieces)": [float(loan.order)],
            "best order (pieces)": [best],
            "above the best (pieces)": [round(float(loan.order) - best, 6)],
            "loan (yuan)": [round(float(loan.loan), 6)],
            "loan rate (%)": [100 * float(loan.rate)],
            "chance of default (%)": [100 * float(loan.default_probability)],
            "bank gains (yuan)": [round(float(loan.lender_profit), 4)],
            "shop gains (yuan)": [round(float(loan.shop_gain), 4)],
            "lost together (yuan)": [round(float(loss_of_total(loan, demand=demand)), 4)],
        }
    )
    return Shown(_orders(cash, way, sd, loan, best), _in_words(table.iloc[0]), table)


def _in_words(row: pd.Series) -> str:
    order, best, bank = row["order (pieces)"], row["best order (pieces)"], row["bank gains (yuan)"]
    more = round(row["above the best (pieces)"])
    against = (
        "just what is best for both"
        if more == 0
        else f"{abs(more):,} {'more' if more > 0 else 'fewer'} than the {best:,.0f} best for both"
    )
    if row["loan (yuan)"] < 1:
        return (
            f"With {row['own cash (yuan)']:,.0f} yuan of its own the shop needs no loan and orders "
            f"{order:,.0f} scarves, {against}."
        )
    gains = "neither gains nor loses" if abs(bank) < 0.5 else _gain(bank)
    return (
        f"With {row['own cash (yuan)']:,.0f} yuan of its own the shop borrows "
        f"{row['loan (yuan)']:,.0f} at {row['loan rate (%)']:.1f} % and orders {order:,.0f} "
        f"scarves, {against}. It fails to repay in {row['chance of default (%)']:.0f} of 100 "
        f"seasons, and the bank {gains}."
    )


def _gain(bank: float) -> str:
    return f"{'gains' if bank > 0 else 'loses'} {abs(bank):,.0f} yuan on average"


def _orders(cash: float, way: str, sd: int, loan: SeasonLoan, best: float) -> Figure:
    figure, axes = new_axes(box=(58, 46, 14, 12), height=306)
    axes.set(xlim=(0, _MOST_CASH / 1000), xticks=range(0, 57, 8))
    axes.set(ylim=(0, 1350), yticks=range(0, 1201, 300))
    axes.set_yticklabels([f"{y:,}" for y in range(0, 1201, 300)])
    axes.set_xlabel("the shop's own cash, thousand yuan")
    axes.set_ylabel("order, pieces")
    axes.grid(axis="y")
    axes.axhline(best, color=GREY_3, linewidth=1.2)
    curve = _curve(way, float(sd))
    (line,) = axes.plot(_CASH / 1000, curve.order, color=TRADITIONAL, label="order")
    leave_trace(line)
    bank, order = float(loan.lender_profit), float(loan.order)
    loses = bank < -0.5
    colour = LOSS if loses else TRADITIONAL
    axes.plot(cash / 1000, order, "o", color=colour, markersize=9, clip_on=False, zorder=5)
    right = cash < 0.6 * _MOST_CASH
    shift, side = (1.6, "left") if right else (-1.2, "right")
    spots = [(cash / 1000 + shift, order + up, side, "baseline") for up in (45, 90, -130, -175)]
    said = axes.text(0, 0, f"{order:,.0f}", color=colour, weight="semibold")
    place_label(axes, said, spots, axes.lines)
    axes.text(1.5, 210, f"grey: {best:,.0f} are best for both", color=GREY_3)
    halo(said)
    gets = "the bank " + ("neither gains nor loses" if abs(bank) < 0.5 else _gain(bank))
    axes.text(1.5, 110, gets, color=colour)
    return figure
