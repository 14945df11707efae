"""Pictures of supply-chain finance: days waited, invoices sold early, goods pledged twice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from explorer import Challenge, Count, Guess, Percent, Shown, Switch, leave_trace
from figures.panels import cell, hide_edges, minus
from figures.style import (
    GREY_1,
    GREY_2,
    GREY_3,
    INK,
    INK_SOFT,
    INTERNET,
    SCALE,
    TRADITIONAL,
    explore,
    new_axes,
)
from netfin.checks import Array
from netfin.supply_chain.invoices import (
    INVOICE,
    Gains,
    InvoiceTerms,
    longest_term,
    reverse_factoring,
    waiting_cost,
)
from netfin.supply_chain.pledges import Pledged, pledged_again
from netfin.supply_chain.trade_credit import cash_conversion_cycle

# ---------------------------------------------------------------------------------------------
# The cash conversion cycle

CYCLES = {
    "Ms Lin, to a department store": (45, 60, 15),
    "Ms Lin, on a platform": (45, 7, 15),
    "The department store itself": (30, 1, 60),
}
"""Days in stock, until paid, and until the supplier is paid: our examples."""


@explore()
def cash_cycle() -> Shown:
    """Days between paying for goods and being paid for them, of three sellers."""
    stock, receivable, payable = (np.array(part) for part in zip(*CYCLES.values(), strict=True))
    cycle = np.asarray(cash_conversion_cycle(stock, receivable, payable))
    table = pd.DataFrame(
        {
            "seller": list(CYCLES),
            "in stock (days)": stock,
            "until paid (days)": receivable,
            "until it pays (days)": payable,
            "cycle (days)": cycle,
        }
    )
    sentence = (
        f"Ms Lin waits {cycle[0]:.0f} days for the money that she has laid out when she sells to a "
        f"department store and {cycle[1]:.0f} when she sells on a platform; the department store "
        f"has its customers' money {-cycle[2]:.0f} days before it pays her."
    )
    return Shown(_timelines(table), sentence, table)


def _timelines(table: pd.DataFrame) -> Figure:
    figure, axes = new_axes(box=(10, 46, 12, 8), height=380)
    axes.set(xlim=(0, 110), ylim=(3.0, -0.25), yticks=[], xticks=range(0, 106, 15))
    axes.set_xlabel("days after the goods arrive")
    hide_edges(axes, "left")
    axes.grid(axis="x")
    for row, (seller, stock, waits, pays, cycle) in enumerate(table.itertuples(index=False)):
        y = row + 0.22
        axes.text(0, row - 0.02, seller, color=INK, weight="semibold")
        axes.barh(y, stock, 0.2, color=GREY_1, edgecolor=GREY_2)
        axes.barh(y, waits, 0.2, stock, color=SCALE[0], edgecolor=SCALE[2])
        paid = stock + waits
        colour = INK if cycle > 0 else SCALE[3]
        axes.plot([pays, paid], [y + 0.28] * 2, color=colour, linewidth=5, solid_capstyle="butt")
        days = f"{abs(cycle):.0f} days " + ("out of pocket" if cycle > 0 else "of others' money")
        axes.text(min(pays, paid), y + 0.48, days, color=colour, weight="semibold", va="center")
    axes.text(22, 0.22, "in stock", color=INK, ha="center", va="center")
    axes.text(75, 0.22, "not yet paid for", color=INK, ha="center", va="center")
    return figure


# ---------------------------------------------------------------------------------------------
# Reverse factoring, and the extension of terms that eats it

_LATER = np.array([0.0, 120.0])
_PARTIES = ("supplier", "buyer", "platform", "together")


def _guess_term() -> Guess:
    neighbour = replace(INVOICE, supplier_rate=0.06)
    longest = float(longest_term(neighbour))
    programme = 100 * float(INVOICE.programme_rate)
    return Guess.between(
        f"The programme costs {programme:.1f} % a year and a fee of {1000 * INVOICE.fee:.0f} yuan "
        f"in 1,000, and buys an invoice after {INVOICE.approval_days:.0f} days. Before, the buyer "
        f"paid after {INVOICE.days:.0f} days. The own credit of Ms Lin's neighbour costs 6 %. At "
        "which term is his gain gone?",
        longest,
        (75, 90, 120),
        ("60 to 75 days", "75 to 90 days", "90 to 120 days", "Beyond 120 days"),
        f"At {longest:.0f} days. The ratio of the two rates would allow "
        f"{INVOICE.days * float(neighbour.supplier_rate / INVOICE.programme_rate):.0f}; the days "
        "until approval and the fee take the rest. Who has good credit has little to gain.",
        {"supplier_rate": 6},
        mark="x",
        where=0,
    )


def _together_gain_and_she_loses(table: pd.DataFrame) -> bool:
    """Tell whether she loses where the programme runs and her own credit is as dear as at first."""
    hers, together = (cell(table, row, "gain (yuan an invoice)") for row in (0, 3))
    as_dear = cell(table, 0, "supplier gains up to (days)") >= float(longest_term()) - 1e-6
    return bool(table["programme"][0] == "runs") and as_dear and hers < 0 < together


@explore(
    guess=_guess_term,
    challenge=Challenge(
        "The programme runs, and Ms Lin's own credit costs 12 % or more. Find a state in which the "
        "three together gain and she loses.",
        _together_gain_and_she_loses,
        "The days cost her more than the rate saves, and the sum still looks like a success. The "
        "better her own credit, the fewer days it takes.",
    ),
    extension=Count(
        low=0,
        high=120,
        step=15,
        live_step=5,
        default=30,
        label="The buyer pays later by",
        unit="days",
        one="day",
    ),
    supplier_rate=Percent(
        low=6, high=15, step=3, live_step=1, default=12, label="What Ms Lin's own credit costs"
    ),
    closed=Switch(label="The bank closes the programme"),
)
def later_payment(extension: int, supplier_rate: float, closed: bool) -> Shown:
    """What each party gains on an invoice, over the buyer's term of payment."""
    invoice = replace(INVOICE, supplier_rate=supplier_rate)
    term = invoice.days + extension
    gains = reverse_factoring(term, invoice)
    if closed:
        gains = Gains(_waiting_gain(term, invoice), gains.buyer, 0.0)
    longest = float(longest_term(invoice))
    amounts = [gains.supplier, gains.buyer, gains.platform, gains.total]
    table = pd.DataFrame(
        {
            "party": _PARTIES,
            "gain (yuan an invoice)": [round(float(amount), 9) for amount in amounts],
            "buyer pays after (days)": term,
            "supplier gains up to (days)": longest,
            "programme": "closed" if closed else "runs",
        }
    )
    sentence = _who_gains(term, gains, longest, closed)
    return Shown(_gains(invoice, extension, gains, closed), sentence, table)


def _waiting_gain(term: float, invoice: InvoiceTerms) -> float:
    """What the supplier gains, or mostly loses, if it waits for a term instead of the old one."""
    before, now = (waiting_cost(days, invoice) for days in (invoice.days, term))
    return float(before - now)


def _who_gains(term: float, gains: Gains, longest: float, closed: bool) -> str:
    supplier, buyer = float(gains.supplier), float(gains.buyer)
    verb = "gains" if supplier >= 0 else "loses"
    amount = f"{verb} {abs(supplier):,.0f} yuan on an invoice of 100,000"
    if closed and supplier == 0:
        return f"The programme is closed, the term is {term:.0f} days, and all is as it was before."
    if closed:
        return (
            f"The programme is closed and the term of {term:.0f} days stays: Ms Lin waits at her "
            f"own rate and {amount}; the buyer keeps its {buyer:,.0f}."
        )
    return (
        f"Paid after {term:.0f} days, Ms Lin sells the invoice early and {amount}; the buyer gains "
        f"{buyer:,.0f}, the platform {float(gains.platform):,.0f}. Her gain is gone at "
        f"{longest:.0f} days."
    )


def _gain_axes(start: float) -> tuple[Figure, Axes]:
    """Axes for what two parties gain, over the days until the buyer pays."""
    figure, axes = new_axes(box=(66, 46, 14, 12), height=306)
    axes.set(xlim=(start, start + 120), ylim=(-5200, 2300), xticks=range(60, 181, 30))
    axes.set_yticks(range(-5000, 2001, 1000))
    axes.set_yticklabels([minus(f"{y:,}") for y in range(-5000, 2001, 1000)])
    axes.set_xlabel("the buyer pays after, days")
    axes.set_ylabel("gain on an invoice of 100,000, yuan")
    axes.grid(axis="y")
    axes.axhline(0, color=INK_SOFT, linewidth=1)
    hide_edges(axes, "bottom")
    return figure, axes


def _gains(invoice: InvoiceTerms, extension: int, gains: Gains, closed: bool) -> Figure:
    start = invoice.days
    figure, axes = _gain_axes(start)
    terms = start + _LATER
    sells = np.asarray(reverse_factoring(terms, invoice).supplier)
    waits = np.array([_waiting_gain(float(term), invoice) for term in terms])
    buyer = np.asarray(reverse_factoring(terms, invoice).buyer)
    axes.plot(terms, buyer, color=GREY_3, linewidth=1.6, label="the buyer")
    (waiting,) = axes.plot(
        terms, waits, color=TRADITIONAL, linewidth=_width(closed), label="Ms Lin waits"
    )
    (selling,) = axes.plot(
        terms, sells, color=INTERNET, linewidth=_width(not closed), label="Ms Lin sells"
    )
    now, supplier = start + extension, float(gains.supplier)
    colour = TRADITIONAL if closed else INTERNET
    (dot,) = axes.plot(now, supplier, "o", color=colour, markersize=9, clip_on=False, zorder=5)
    axes.plot(now, float(gains.buyer), "o", color=GREY_3, markersize=6, clip_on=False)
    leave_trace(waiting, selling, dot)
    axes.text(178, 1830, "the buyer", color=GREY_3, ha="right", weight="semibold")
    bold = ("normal", "semibold")[:: -1 if closed else 1]  # as is the line that counts
    axes.text(64, -3600, "Ms Lin sells the invoice", color=INTERNET, weight=bold[1])
    axes.text(64, -4160, "Ms Lin waits for her money", color=TRADITIONAL, weight=bold[0])
    got = minus(f"she gets {supplier + 0.0:+,.0f} yuan") if abs(supplier) >= 0.5 else "as before"
    axes.text(64, -4850, got, color=colour)
    return figure


def _width(live: bool) -> float:
    return 2.6 if live else 1.0


# ---------------------------------------------------------------------------------------------
# One pile of goods, several pledges

_OUTSIDE = "outside the registry"
_COVERAGES = np.linspace(0.0, 1.0, 21)


def _guess_outside() -> Guess:
    before, after = (_lost_outside(3, share) for share in (0.0, 0.5))
    return Guess.between(
        f"A cheat pledges one pile of metal to three lenders; each loses {before:.0f} % of its "
        "loan. Now half of all lenders join a registry, and the law pays the registered pledge "
        "first. What does a lender that stays outside lose?",
        after,
        (0.5, before - 1, before + 1),
        ("Nothing, he is found out", "Less than before", "About the same", "More"),
        f"{after:.0f} % instead of {before:.0f} %: the registered lender is paid first, "
        "and those outside share what is left.",
        {"coverage": 50, "asked": 3, "priority": True},
        mark="y",
        where=50,
        said=(0, None, before, None),
    )


def _lost_outside(asked: int, coverage: float) -> float:
    """What a lender outside the registry loses, % of its loan, where the law pays it second."""
    share = pledged_again(asked, coverage).loss_share_outside
    return 100 * share if share is not None else 0.0


@explore(
    guess=_guess_outside,
    challenge=Challenge(
        "Find a state in which even a lender that uses the registry loses more than half of its "
        "loan.",
        lambda table: (
            table["loses, of its loan (%)"][0] not in ("",)
            and float(table["loses, of its loan (%)"][0]) > 50
        ),
        "To be on record helps little where the law pays all alike: the lenders that never looked "
        "share the pile with the one that did.",
    ),
    asked=Count(
        low=2,
        high=8,
        step=1,
        default=3,
        label="The cheat asks",
        unit="lenders",
        one="lender",
    ),
    coverage=Percent(
        low=0, high=100, step=25, live_step=5, default=0, label="Lenders that use the registry"
    ),
    priority=Switch(label="The law pays the registered pledge first"),
)
def pledged_twice(asked: int, coverage: float, priority: bool) -> Shown:
    """What lenders inside and outside a registry lose when the same goods are pledged again."""
    here = pledged_again(asked, coverage, priority=priority)
    shares = [_percent(here.loss_share_inside), _percent(here.loss_share_outside)]
    table = pd.DataFrame(
        {
            "lender": ["uses the registry", "does not", "all"],
            "loses, of its loan (%)": [*shares, 100 * round(float(here.loss_share), 12)],
            "loans on the same goods (number)": float(here.loans),
            "lent (% of the goods' value)": 100 * float(here.lent),
        }
    )
    return Shown(_loss_curves(asked, coverage, priority, here), _who_loses(here, shares), table)


def _percent(share: float | None) -> float | str:
    return "" if share is None else 100 * round(share, 12)


def _who_loses(here: Pledged, shares: list[float | str]) -> str:
    inside, outside = shares
    loses = [
        f"a lender {where} the registry loses "
        + (f"{share:.0f} % of its loan" if share else "nothing")
        for where, share in (("in", inside), ("outside", outside))
        if not isinstance(share, str)
    ]
    return (
        f"On the same goods the cheat gets {float(here.loans):.1f} loans, "
        f"{100 * float(here.lent):.0f} % of their value in all; {' and '.join(loses)}."
    )


def _loss_curves(asked: int, coverage: float, priority: bool, here: Pledged) -> Figure:
    figure, axes = new_axes(box=(50, 46, 16, 12))
    axes.set(xlim=(0, 100), ylim=(0, 105), xticks=range(0, 101, 25), yticks=range(0, 101, 25))
    axes.set_xlabel("lenders that use the registry, %")
    axes.set_ylabel("lost, % of a lender's loan")
    axes.grid(axis="y")
    each = [pledged_again(asked, share, priority=priority) for share in _COVERAGES]
    outside, inside = (
        100 * np.array([share for share in shares if share is not None])
        for shares in zip(*((e.loss_share_outside, e.loss_share_inside) for e in each), strict=True)
    )
    (out,) = axes.plot(100 * _COVERAGES[:-1], outside, color=INK, label=_OUTSIDE)
    (inn,) = axes.plot(
        100 * _COVERAGES[1:], inside, color=SCALE[3], clip_on=False, label="in the registry"
    )
    leave_trace(out, inn)
    for share, colour in ((here.loss_share_outside, INK), (here.loss_share_inside, SCALE[3])):
        if share is not None:
            place = (100 * coverage, 100 * share)
            axes.plot(*place, "o", color=colour, markersize=9, clip_on=False, zorder=5)
    _name_curves(axes, outside, inside)
    return figure


def _name_curves(axes: Axes, outside: Array, inside: Array) -> None:
    top = float(outside[9:].max())  # over the part below the name
    axes.text(97, min(top + 4, 97), _OUTSIDE, ha="right", color=INK, weight="semibold")
    middle = float(inside[6])
    axes.text(4, max(middle - 14, 4), "in the registry", color=SCALE[3], weight="semibold")
