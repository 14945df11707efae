"""Pictures of the chapter on pre-orders: the prepaid share, the offer, the early orders."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from explorer import Challenge, Choice, Count, Guess, Money, Percent, Shown, halo, leave_trace
from figures.panels import hide_edges, minus, place_label
from figures.pre_orders.evidence import weeks
from figures.style import (
    GREY_3,
    INK,
    INK_SOFT,
    INTERNET,
    LOSS,
    SCALE,
    TRADITIONAL,
    explore,
    new_axes,
)
from netfin.checks import Array
from netfin.newsvendor import NormalDemand, order_quantity
from netfin.pre_orders.advance_selling import AdvanceSale, advance_or_spot
from netfin.pre_orders.batch import BATCH
from netfin.pre_orders.early_orders import forecast_from_early, seen_in_first_days
from netfin.pre_orders.prepayment import PrepaidWindow, prepaid_window

# ---------------------------------------------------------------------------------------------
# Too little to fund, too much to trust

_HELD = {
    "paid to the shop": 0.0,
    "half held until delivery": 0.5,
    "all held until delivery": 1.0,
}
_FUND, _TRUST = SCALE[1], SCALE[3]
_FROM, _UPTO = "enough to fund from (% of the price)", "trusted up to (% of the price)"


def _window(reputation: float, own_money: float, held: float) -> PrepaidWindow:
    return prepaid_window(BATCH.price, BATCH.cost, reputation, own_money, held)


def _guess_held() -> Guess:
    gaps = []
    for held in (0.0, 0.5):
        window = _window(0, 0, held)
        gaps.append(100 * (float(window.fund_from) - float(window.trust_upto)))
    paid, half = gaps
    return Guess.between(
        f"The two bars are {paid:.0f} points apart. Now the platform keeps half of what customers "
        "pay ahead until the scarf has arrived. What happens to the gap?",
        half,
        (0, 0.99 * paid, 1.01 * paid),
        ("It closes", "It narrows", "It stays the same", "It widens"),
        at={"held": "half held until delivery"},
        because=f"It widens from {paid:.0f} to {half:.0f} points. What is held cannot be run away "
        "with, and it cannot buy wool either: both limits double.",
    )


def _works_without_a_name(table: pd.DataFrame) -> bool:
    return bool(table["shop's name (yuan a scarf)"][0] == 0 and table["both"][0] == "yes")


@explore(
    guess=_guess_held,
    challenge=Challenge(
        "Let a shop whose name is worth nothing sell ahead, so that it can make the scarf and "
        "customers are safe.",
        _works_without_a_name,
        "A yuan of the shop's own does exactly what a yuan of good name does: it shortens one bar "
        "where the other would have lengthened the second.",
    ),
    reputation=Money(
        low=0,
        high=80,
        step=10,
        live_step=2,
        default=0,
        label="What its name is worth to the shop, for each scarf",
    ),
    own_money=Money(
        low=0, high=80, step=20, live_step=5, default=0, label="The shop's own money in each scarf"
    ),
    held=Choice(options=_HELD, default="paid to the shop", label="Money paid ahead is"),
)
def too_little_to_fund(reputation: float, own_money: float, held: float) -> Shown:
    """Which prepaid shares fund a scarf, which ones leave the shop willing to deliver it."""
    window = _window(reputation, own_money, held)
    fund, trust = 100 * float(window.fund_from), 100 * float(window.trust_upto)
    table = pd.DataFrame(
        {
            "price (yuan)": [BATCH.price],
            "cost (yuan)": [BATCH.cost],
            "shop's name (yuan a scarf)": [reputation],
            "own money (yuan a scarf)": [own_money],
            "held until delivery (%)": [100 * held],
            _FROM: [fund if np.isfinite(fund) else "never"],
            _UPTO: [trust if np.isfinite(trust) else "always"],
            "both": ["yes" if window.works else "no"],
        }
    ).round(10)
    figure, axes = new_axes(box=(14, 46, 18, 8), height=270)
    _prepaid_line(axes, fund, trust, bool(window.works))
    return Shown(figure, _who_meets(fund, trust, bool(window.works)), table)


def _who_meets(fund: float, trust: float, works: bool) -> str:
    scarf = f"A scarf sells at {BATCH.price:.0f} yuan and costs {BATCH.cost:.0f}."
    if fund == 0:
        enough = "The shop pays for it alone"
    elif np.isfinite(fund):
        enough = f"At least {fund:.1f} % of the price must be paid ahead to fund it"
    else:
        enough = "No prepaid share funds it"
    safe = (
        f"up to {trust:.1f} % the shop gains by delivering"
        if trust < 100
        else "at any share the shop gains by delivering"
    )
    if works:
        verdict = "The two overlap, and the scarf is made."
    elif np.isfinite(fund) and trust >= 100:
        verdict = "Nothing is made: nobody pays more than the price."
    elif np.isfinite(fund):
        verdict = f"They miss each other by {fund - trust:.1f} points."
    else:
        verdict = "Nothing is made."
    return f"{scarf} {enough}; {safe}. {verdict}"


def _prepaid_line(axes: Axes, fund: float, trust: float, works: bool) -> None:
    """Draw the line from 0 to 100 % with a bar for each limit and what they leave."""
    axes.set(xlim=(0, 130), ylim=(2.56, -0.36), yticks=[], xticks=range(0, 126, 25))
    axes.set_xlabel("paid ahead, % of the price")
    hide_edges(axes, "left")
    axes.grid(axis="x")
    axes.axvline(100, color=INK_SOFT, linewidth=1)  # more than the price nobody pays
    start, end = min(fund, 100.0), min(trust, 100.0)
    funds = f"from {fund:.1f} %" if np.isfinite(fund) else "never"
    fund_text = f"enough to fund: {funds}"
    trust_text = "little enough to trust: up to " + (f"{trust:.1f} %" if trust < 100 else "100 %")
    for row, left, right, colour, text in (
        (0, start, 100.0, _FUND, fund_text),
        (1, 0.0, end, _TRUST, trust_text),
    ):
        axes.text(0.5, row - 0.16, text, color=INK)
        (bar,) = axes.barh(row + 0.15, right - left, 0.42, left, color=colour)
        leave_trace(bar)
    if works:
        between = f"both: from {start:.1f} % to {end:.1f} %"
        same = f"{start:.1f}" == f"{end:.1f}"
        _result(axes, start, end, SCALE[4], f"both: at {start:.1f} %" if same else between)
    elif np.isfinite(fund) and trust < 100:
        _result(axes, trust, fund, LOSS, f"neither: {fund - trust:.1f} points are missing")
    else:
        axes.text(0.5, 1.84, "both: no share", color=LOSS, weight="semibold")


def _result(axes: Axes, left: float, right: float, colour: str, text: str) -> None:
    axes.text(0.5, 1.84, text, color=colour, weight="semibold")
    axes.barh(2.15, right - left, 0.42, left, color=colour, edgecolor=colour, linewidth=1.5)


# ---------------------------------------------------------------------------------------------
# Ahead of time or on the spot

_HIGH = 220.0  # yuan: what the scarf turns out to be worth to those whom it suits
_LOWEST = 40.0
_BESIDE = _LOWEST + 4.5  # where the marks of a guess stand, clear of the axis
_BUYERS = {"think ahead": True, "do not think ahead": False}
_SPOT, _AHEAD = "sold on the spot (yuan a buyer)", "sold ahead (yuan a buyer)"


def _sale(low: float, share: float, looks_ahead: bool = True) -> AdvanceSale:
    return advance_or_spot(_HIGH, low, share, BATCH.cost, looks_ahead)


def _guess_ahead() -> Guess:
    half, fifth, tenth = (_sale(120, share) for share in (0.5, 0.2, 0.1))
    still = float(fifth.advance_profit) - float(fifth.spot_profit)
    return Guess.between(
        "Half of the buyers will find the scarf worth 220 yuan, half only 120; it costs 100. Sold "
        f"ahead it earns {half.advance_profit:.0f} yuan a buyer. If it suited one buyer in ten, it "
        "would be worth 130 on average. What would it then earn, sold ahead?",
        float(tenth.advance_profit),
        (10, 25, 40),
        ("Less than 10 yuan", "10 to 25 yuan", "25 to 40 yuan", "More than 40 yuan"),
        at={"high_share": 10},
        because=f"{tenth.advance_profit:.0f} yuan, as on the spot. With so few to pay 220 the shop "
        "will ask 120 there; everybody knows it, and nobody pays more ahead. At one in five "
        f"selling ahead would still add {still:.0f}.",
        mark="y",
        where=_BESIDE,
    )


@explore(
    guess=_guess_ahead,
    challenge=Challenge(
        "Find a state in which the shop earns less by selling ahead than on the spot.",
        lambda table: table[_AHEAD][0] < table[_SPOT][0] - 1e-9,
        "Below its cost the scarf should not be made for those whom it will not suit. Selling "
        "ahead sells it to them all the same.",
    ),
    high_share=Percent(
        low=10, high=90, step=10, live_step=5, default=50, label="Buyers whom the scarf will suit"
    ),
    low_value=Money(
        low=60,
        high=200,
        step=20,
        live_step=5,
        default=120,
        label="What it will be worth to the others",
    ),
    looks_ahead=Choice(options=_BUYERS, default="think ahead", label="Buyers"),
)
def ahead_or_on_the_spot(high_share: float, low_value: float, looks_ahead: bool) -> Shown:
    """Profit on a buyer, sold to before or after he knows what the scarf is worth to him."""
    sale = _sale(low_value, high_share, looks_ahead)
    table = pd.DataFrame(
        {
            "worth if it suits (yuan)": [_HIGH],
            "worth if not (yuan)": [low_value],
            "buyers it suits (%)": [100 * high_share],
            "price on the spot (yuan)": [float(sale.spot_price)],
            "price ahead (yuan)": [float(sale.advance_price)],
            _SPOT: [float(sale.spot_profit)],
            _AHEAD: [float(sale.advance_profit)],
            "paid too much if it does not suit (yuan)": [float(sale.regret)],
        }
    ).round(10)
    row = table.iloc[0]
    return Shown(_two_sales(high_share, looks_ahead, row), _what_is_earned(looks_ahead, row), table)


def _what_is_earned(looks_ahead: bool, row: pd.Series) -> str:
    cheaper_later = row["price on the spot (yuan)"] < row["price ahead (yuan)"]
    why = "though" if cheaper_later else "since" if looks_ahead else "and"
    return minus(
        f"Buyers pay {row['price ahead (yuan)']:.0f} yuan ahead of time, {why} the price on the "
        f"spot will be {row['price on the spot (yuan)']:.0f}. The shop earns {row[_AHEAD]:.0f} "
        f"yuan a buyer ahead and {row[_SPOT]:.0f} on the spot. Whoever finds that the scarf does "
        f"not suit has then paid {row['paid too much if it does not suit (yuan)']:.0f} yuan too "
        "much."
    )


def _two_sales(share: float, looks_ahead: bool, row: pd.Series) -> Figure:
    figure, axes = new_axes(box=(48, 46, 14, 12), height=300)
    axes.set(xlim=(_LOWEST, _HIGH), ylim=(-72, 130), xticks=range(40, 221, 40))
    axes.set(yticks=range(-50, 126, 25))
    axes.set_xlabel("worth to a buyer whom it does not suit, yuan")
    axes.set_ylabel("profit, yuan a buyer")
    hide_edges(axes, "bottom")
    axes.grid(axis="y")
    axes.axhline(0, color=INK_SOFT, linewidth=1)
    _profit_lines(axes, share, looks_ahead)
    start = _sale(_LOWEST, share)  # where the spot profit is above the other, with room about it
    named: list[Text] = []
    for name, amount, heights, colour in (
        (f"on the spot {row[_SPOT]:.0f}", start.spot_profit, (5, 12, 20), TRADITIONAL),
        (f"ahead {row[_AHEAD]:.0f}", start.advance_profit, (-17, 5, -24, -31, 12), INTERNET),
    ):
        label = axes.text(0, 0, minus(name), color=colour, weight="semibold")
        halo(label)
        x = _BESIDE + 5
        spots = [(x, float(amount) + height, "left", "baseline") for height in heights]
        place_label(axes, label, spots, axes.lines, *named)
        named.append(label)
    low = row["worth if not (yuan)"]
    axes.plot(low, row[_SPOT], "o", color=TRADITIONAL, markersize=9)
    axes.plot(low, row[_AHEAD], "o", color=INTERNET, markersize=9)
    return figure


def _profit_lines(axes: Axes, share: float, looks_ahead: bool) -> None:
    """Draw both profits over the low value; past the credible limit buyers wait."""
    credible = BATCH.cost + share * (_HIGH - BATCH.cost)  # beyond, the spot price is the low one
    values = np.array([_LOWEST, credible, _HIGH])
    spot = [float(_sale(value, share).spot_profit) for value in values]
    end = credible * (1 - 1e-9) if looks_ahead else _HIGH
    reach = [_LOWEST, end]
    ahead = [float(_sale(value, share, looks_ahead).advance_profit) for value in reach]
    (line,) = axes.plot(reach, ahead, color=INTERNET, label="ahead")
    leave_trace(line)
    if looks_ahead:
        axes.plot([credible] * 2, [ahead[1], spot[1]], color=INTERNET, linewidth=1)
        axes.plot(values[1:], spot[1:], color=INTERNET, linewidth=6)  # one profit, both colours
        if credible < _HIGH - 45:
            axes.text(credible + 6, credible - 122, "buyers wait", color=INK_SOFT)
    axes.plot(values, spot, color=TRADITIONAL, label="on the spot")


# ---------------------------------------------------------------------------------------------
# What early orders tell

_CATEGORIES = {
    "bread": "BAKED BREAD/BUNS/ROLLS",
    "beef": "BEEF",
    "eggs": "EGGS",
    "milk": "FLUID MILK PRODUCTS",
    "tropical fruit": "TROPICAL FRUIT",
}
_ERROR, _ERROR_BLIND = "forecast misses by (%)", "without orders (%)"
_KEPT, _KEPT_BLIND = "profit kept (%)", "profit kept without orders (%)"


_BEGINS = {"Monday": "Monday", "Sunday": "Sunday"}


def _orders(category: str, seen: int, begins: str) -> tuple[Array, Array, dict[str, float]]:
    """Demand and order of each week, and what they come to."""
    early, whole = seen_in_first_days(weeks(category, begins), seen)
    salvage = BATCH.salvage
    told = forecast_from_early(early, whole)
    order = np.asarray(
        order_quantity(BATCH.price, BATCH.cost, salvage, NormalDemand(told.forecast, told.spread))
    )
    sold = np.minimum(whole, order)
    profit = (BATCH.price - salvage) * sold.sum() - (BATCH.cost - salvage) * order.sum()
    mean = whole.mean()
    chi = float(np.corrcoef(early, whole)[0, 1]) if seen else 0.0
    return (
        whole,
        order,
        {
            "correlation": chi,
            "error": 100 * float(np.sqrt(np.mean(told.error**2))) / mean,
            "order": 100 * order.mean() / mean,
            "kept": 100 * profit / ((BATCH.price - BATCH.cost) * whole.sum()),
        },
    )


def _guess_left() -> Guess:
    blind, told = (_orders("BAKED BREAD/BUNS/ROLLS", n, "Monday")[2]["error"] for n in (0, 3))
    return Guess.between(
        "Bread: the orders of the first three of seven days are in before the week's batch is "
        "made. How much of the uncertainty about the week is left?",
        float(told / blind),
        (1 / 4, 0.45, 2 / 3),
        ("Less than a quarter", "A quarter to 45 %", "45 % to two thirds", "More"),
        at={"seen": 3, "category": "bread"},
        because=f"{100 * told / blind:.0f} %: the forecast misses by {told:.1f} % of an average "
        f"week instead of {blind:.1f} %. Three sevenths of the orders are known, and the rest is "
        "nearly as uncertain as before. Let the week begin on Sunday, for bread and for milk.",
    )


@explore(
    guess=_guess_left,
    challenge=Challenge(
        "Find early orders after which the shop earns less than it would without any.",
        lambda table: table[_KEPT][0] < table[_KEPT_BLIND][0] - 0.05,
        "These days hardly go with what is called the week here: see the correlation among the "
        "numbers. Let the week begin on the other day, and look again.",
    ),
    seen=Count(
        low=0,
        high=6,
        step=1,
        default=1,
        label="First days whose orders are in",
        unit="days",
        one="day",
    ),
    begins=Choice(options=_BEGINS, default="Monday", label="The week begins on"),
    category=Choice(options=_CATEGORIES, default="milk", label="Goods"),
)
def early_orders(seen: int, begins: str, category: str) -> Shown:
    """Fifty-one weeks of real demand, and what a shop would order after the first days."""
    demand, order, told = _orders(category, seen, begins)
    blind = _orders(category, 0, begins)[2]
    table = pd.DataFrame(
        {
            "week begins on": [begins],
            "days seen (number)": [seen],
            "weeks (number)": [demand.size],
            "correlation of early and all orders (number)": [told["correlation"]],
            _ERROR: [told["error"]],
            _ERROR_BLIND: [blind["error"]],
            "average order (% of average demand)": [told["order"]],
            "without orders, average order (%)": [blind["order"]],
            _KEPT: [told["kept"]],
            _KEPT_BLIND: [blind["kept"]],
        }
    ).round(9)
    row = table.iloc[0]
    return Shown(_weeks_drawn(demand, order, row), _what_is_known(seen, row), table)


def _what_is_known(seen: int, row: pd.Series) -> str:
    days = "no orders" if seen == 0 else f"{seen} of 7 days"
    compared = "" if seen == 0 else f", against {row[_ERROR_BLIND]:.1f} % without orders"
    kept = "" if seen == 0 else f"; without orders, {row[_KEPT_BLIND]:.1f} %"
    return (
        f"With {days} seen, the forecast misses by {row[_ERROR]:.1f} % of an average "
        f"week{compared}. The order is {row['average order (% of average demand)']:.1f} % of "
        f"average demand, and the shop keeps {row[_KEPT]:.1f} % of the profit that it would make "
        f"if it knew each week's demand{kept}."
    )


def _weeks_drawn(demand: Array, order: Array, row: pd.Series) -> Figure:
    figure, axes = new_axes(box=(48, 46, 12, 8), height=300)
    count, mean = demand.size, demand.mean()
    axes.set(xlim=(0, count), ylim=(50, 250), yticks=range(50, 201, 50), xticks=(0, 13, 26, 39, 51))
    axes.set_xticklabels(["January", "April", "July", "October", ""], ha="left")
    axes.set_xlabel("weeks of 2017")
    axes.set_ylabel("% of an average week")
    axes.grid(axis="y")
    edges = np.arange(count + 1)
    for pieces, name, colour, width in (
        (demand, "wanted", GREY_3, 1),
        (order, "ordered", INTERNET, 2.2),
    ):
        line = axes.stairs(
            100 * pieces / mean, edges, color=colour, linewidth=width, baseline=None, label=name
        )
    leave_trace(line)
    axes.text(0.6, 238, "ordered", color=INTERNET, weight="semibold")
    axes.text(0.6, 221, "wanted (thin line)", color=GREY_3, weight="semibold")
    axes.text(count, 238, f"forecast misses by {row[_ERROR]:.1f} %", color=INK, ha="right")
    axes.text(count, 221, f"profit kept {row[_KEPT]:.1f} %", color=INK, ha="right")
    return figure
