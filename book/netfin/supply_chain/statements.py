"""The headline statements on supply chains: a longer term, the poorest shop, a bad half-year."""

from __future__ import annotations

import numpy as np

from netfin.arrays import bisect
from netfin.checks import Array
from netfin.newsvendor import GammaDemand
from netfin.supply_chain.inventory_loan import efficient_order
from netfin.supply_chain.invoices import INVOICE, InvoiceTerms, selling_cost, waiting_cost
from netfin.supply_chain.sales_loan import BAD_WEEKS, FIRST_BAD_WEEK, MILD, SHOP
from netfin.supply_chain.season import POSTED_RATE, SCARVES, SEASON
from netfin.turning import Draw, Kind, Range, Rule, Statement, Truth, from_draw

_HALF_TO_TWICE = "half to twice our number"
_NEARLY_ALL = 1.0 - 1e-6  # of the seasons sell less than the largest order that is looked at


def _invoice(draw: Draw) -> InvoiceTerms:
    return from_draw(INVOICE, "invoice", draw)


def _supplier_gains(draw: Draw) -> Truth:
    """Compare the old wait with the cheaper of selling and waiting out the new term."""
    invoice, term = _invoice(draw), INVOICE.days + draw["longer"]
    now = np.minimum(selling_cost(term, invoice), waiting_cost(term, invoice))
    return np.asarray(np.asarray(waiting_cost(INVOICE.days, invoice)) > now)


def _spared(draw: Draw) -> Array:
    """Compute what the supplier's own credit would cost from approval to the old term."""
    return np.asarray(_invoice(draw).supplier_rate * (INVOICE.days - INVOICE.approval_days) / 365.0)


def _bought(draw: Draw) -> Array:
    """Compute what the programme costs from approval to the new term, fee included."""
    days = INVOICE.days + draw["longer"] - INVOICE.approval_days
    return np.asarray(_invoice(draw).programme_rate * days / 365.0 + INVOICE.fee)


LONGER_TERM = Statement(
    name="longer-term",
    claims=("C6-11",),
    kind=Kind.CONDITIONAL,
    words="A supplier gains although its buyer pays later, by selling its invoices or by waiting, "
    "whichever is cheaper.",
    holds=_supplier_gains,
    rule=Rule(
        "The supplier's own rate over the days that it is spared is more than the programme's rate "
        "over the days that it buys instead, and the fee.",
        left=_spared,
        right=_bought,
    ),
    ranges=(
        Range("invoice.supplier_rate", float(np.asarray(INVOICE.supplier_rate)), 0.06, 0.24,
              "the supplier's own rate", _HALF_TO_TWICE),
        Range("invoice.programme_rate", float(np.asarray(INVOICE.programme_rate)), 0.02, 0.10,
              "the programme's rate",
              "from what Carillion's bank asked to what a Chinese retailer asked for its own loans",
              facts=("SCF-24c", "SCF-27a")),
        Range("longer", 37.0, 11.0, 55.0, "days that the buyer pays later",
              "least: British firms with programmes against firms without; most: Carillion",
              facts=("SCF-25a", "SCF-25b", "SCF-24a", "SCF-24b"), unit="days", by_ratio=False,
              domain=(0.0, 365.0)),
    ),
    left_out="The price of the goods, a refund of the charge, and a programme that closes.",
)  # fmt: skip


def _demand(draw: Draw) -> GammaDemand:
    return GammaDemand(SCARVES.mean, draw["spread"] * SCARVES.mean)


def _poorest_orders_more(draw: Draw) -> Truth:
    """Solve 1 − F(Q) = a(1 − F(aQ)), the order of a shop without money, in every case."""
    demand, hurdle = _demand(draw), np.asarray(SEASON.hurdle(draw["posted"]))

    def past(order: Array) -> Array:
        repays = 1.0 - np.asarray(demand.below(hurdle * order))
        return np.asarray(hurdle * repays - (1.0 - np.asarray(demand.below(order))))

    order = bisect(past, 0.0, demand.quantile(_NEARLY_ALL))
    return np.asarray(order > np.asarray(efficient_order(demand=demand)))


def _never_repaid(draw: Draw) -> Array:
    """Compute the chance that the sales of a sensible order do not repay its whole loan."""
    demand = _demand(draw)
    needed = SEASON.hurdle(draw["posted"]) * efficient_order(demand=demand)
    return np.asarray(demand.below(needed))


def _dearer(draw: Draw) -> Array:
    """Compute by which share the posted rate makes the last scarf harder to earn."""
    return np.asarray(1.0 - SEASON.hurdle(SEASON.money_cost) / SEASON.hurdle(draw["posted"]))


POOREST = Statement(
    name="poorest-shop",
    claims=("C6-04",),
    kind=Kind.CONDITIONAL,
    words="A shop without money that borrows at a posted rate orders more than is best for shop "
    "and bank together.",
    holds=_poorest_orders_more,
    rule=Rule(
        "The chance that a sensible order does not repay its loan is more than the share by which "
        "the posted rate makes the last piece harder to earn.",
        left=_never_repaid,
        right=_dearer,
    ),
    ranges=(
        Range("spread", float(SCARVES.sd / SCARVES.mean), 0.2, 1.0,
              "the swing of demand",
              "from goods that are easy to foresee to the widest swing that the model takes",
              domain=(0.0, 1.0), by_ratio=False),
        Range("posted", float(POSTED_RATE), SEASON.money_cost, 2.0 * float(POSTED_RATE),
              "the posted rate", "from what money costs the bank to twice our number",
              domain=(SEASON.money_cost, 1.0)),
    ),
    left_out="A shop with money of its own, and other margins and left-overs: thin margins and "
    "left-overs worth nothing make it worse, left-overs that fetch nearly their cost undo it.",
)  # fmt: skip

_SEASON_ENDS = FIRST_BAD_WEEK - 1 + BAD_WEEKS  # weeks after the start
_SOLD_LESS = np.arange(_SEASON_ENDS) >= FIRST_BAD_WEEK - 1


def _lives(draw: Draw, by_share: bool) -> Truth:
    """Tell which shops have cash at every week's end until the half-year is over.

    As `run_year` on sales that are normal but for the season: beyond it cash grows, and a share
    of less than normal sales has not repaid the loan before the year is over.
    """
    cash, depth, margin, instalment, surplus = (
        draw[each][:, None] for each in ("cash", "depth", "margin", "instalment", "surplus")
    )
    sold = 1.0 - depth * _SOLD_LESS
    due = instalment * (sold if by_share else 1.0)
    left = margin * sold - (margin - surplus - instalment) - due
    return np.asarray((cash + np.cumsum(left, axis=1) >= 0.0).all(axis=1))


def _fixed_instalments_close(draw: Draw) -> Truth:
    """Tell which shops there are, none with rent and wages below 0, that close if they owe fixed.

    Only of these does the statement speak.
    """
    a_shop = draw["margin"] >= draw["surplus"] + draw["instalment"]
    return np.asarray(a_shop & ~_lives(draw, by_share=False))


SHARE_OF_SALES = Statement(
    name="share-of-sales",
    claims=("C6-04",),
    kind=Kind.CONDITIONAL,
    words="A shop that fixed instalments would close in a bad half-year lives if it repays a "
    "share of its sales.",
    holds=lambda draw: _lives(draw, by_share=True),
    rule=Rule(
        "Cash at first, and what normal weeks would leave until the half-year is over, are more "
        "than the margin on the sales lost, less the instalment on them.",
        left=lambda draw: draw["cash"] + _SEASON_ENDS * draw["surplus"],
        right=lambda draw: BAD_WEEKS * draw["depth"] * (draw["margin"] - draw["instalment"]),
        unit="× a normal week's sales",
    ),
    ranges=(
        Range.half_to_twice("depth", MILD, "the share of sales lost", by_ratio=False),
        Range.half_to_twice("cash", 1.0, "cash at first", unit="× a normal week's sales",
                            domain=(0.0, 1e15)),
        Range.half_to_twice("margin", SHOP.gross_margin, "what the goods leave of sales",
                            by_ratio=False),
        Range.half_to_twice("instalment", SHOP.instalment, "the instalment's share of sales",
                            by_ratio=False),
        Range.half_to_twice("surplus", SHOP.surplus, "what is left of a normal week's sales",
                            by_ratio=False),
    ),
    inside=_fixed_instalments_close,
    left_out="Sales that swing from week to week, a season that begins or ends at another time, "
    "and shops that take their sales past the till. Whether the lender has more of it is another "
    "question.",
)  # fmt: skip

STATEMENTS = (LONGER_TERM, POOREST, SHARE_OF_SALES)
