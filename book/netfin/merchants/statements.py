"""The headline statements of the chapter: returned clicks, fans, the second purchase, bidders."""

from __future__ import annotations

import numpy as np

from netfin.checks import Array
from netfin.merchants.bidding import contest
from netfin.merchants.fans import (
    FANS,
    FansTerms,
    loss_that_turns,
    lost_in_a_month,
    refuse_or_accept,
)
from netfin.merchants.leader import LEADER, gain_per_parcel, must_come_back
from netfin.merchants.sale import SHOP, ShopTerms, returns_that_ruin, what_is_left
from netfin.turning import Draw, Kind, Range, Rule, Statement, Truth, from_draw

_ours = Range.half_to_twice
_ANY = (0.0, 1e15)
_SELLERS = (1.0, 1e6)


def _shop(draw: Draw) -> ShopTerms:
    return from_draw(SHOP, "shop", draw)


RETURNED = Statement(
    name="returned-click",
    claims=("C5-01",),
    kind=Kind.CONDITIONAL,
    words="A shop that buys its visitors and its fake orders, with no other cost than the four "
    "that the article names, loses money.",
    holds=lambda draw: np.asarray(what_is_left(_shop(draw)).left) < 0.0,
    rule=Rule(
        "The share of orders that come back is more than one less marketing and fake orders, "
        "divided by what goods and staff leave of a sale.",
        left=lambda draw: draw["shop.returned"],
        right=lambda draw: np.asarray(returns_that_ruin(_shop(draw))),
    ),
    ranges=(
        Range("shop.returned", 0.0, 0.0, 0.80, "the share of orders that come back",
              "from none, as in the article, to the most that is reported of live streams",
              facts=("ECM-30a", "ECM-30b"), by_ratio=False, domain=(0.0, 0.99)),
        _ours("shop.marketing", SHOP.marketing, "marketing, of what is ordered"),
        _ours("shop.fake_orders", SHOP.fake_orders, "fake orders, of what is ordered"),
        _ours("shop.goods", SHOP.goods, "goods, of what is kept", by_ratio=False),
        _ours("shop.staff", SHOP.staff, "staff and office, of what is kept", by_ratio=False),
    ),
    left_out="Fees, parcels, unsold and damaged goods, tax, and shops whose marketing is counted "
    "on what is kept, so that returned clicks are in it already.",
    inside=lambda draw: np.asarray(draw["shop.goods"] + draw["shop.staff"] < 1.0),
)  # fmt: skip


def _fans(draw: Draw) -> FansTerms:
    return from_draw(FANS, "fans", draw)


def _refusing_is_better(draw: Draw) -> Truth:
    worth = refuse_or_accept(_fans(draw))
    return np.asarray(np.asarray(worth.refused) > worth.accepted)


REFUSED = Statement(
    name="refused-offer",
    claims=("C1-01", "C1-02"),
    kind=Kind.CONDITIONAL,
    words="An account that refuses to advertise every day is worth more than one that takes the "
    "money.",
    holds=_refusing_is_better,
    rule=Rule(
        "A month of advertisements costs more than this share of the followers: the offer divided "
        "by the commission, times the discount less the growth, divided by one and the growth.",
        left=lambda draw: np.asarray(lost_in_a_month(_fans(draw))),
        right=lambda draw: np.asarray(loss_that_turns(_fans(draw))),
    ),
    ranges=(
        Range("fans.burn", float(FANS.burn), 0.0005, 0.01, "followers lost by an advertisement",
              "a quarter of what was measured to five times as much; larger accounts lose more"),
        _ours("fans.commission", FANS.commission, "the commission", unit="thousand yuan",
              domain=_ANY),
        _ours("fans.offer", FANS.offer, "the offer", unit="thousand yuan", domain=_ANY),
        _ours("fans.posts", FANS.posts, "advertisements a month", unit="", domain=(0.0, 1000.0)),
        Range("fans.growth", float(FANS.growth), 0.0, 0.0095, "growth of followers, a month",
              "from none to nearly the discount, beyond which the model has no value",
              by_ratio=False),
        _ours("fans.discount", FANS.discount, "the discount, a month", domain=(1e-4, 1.0)),
    ),
    left_out="Accounts that grow as fast as money is discounted or faster, in all of which "
    "refusing wins in the end; offers that come once, ads that followers like, ads that cost "
    "attention and no follower, and a name that is worth something apart from its followers.",
    inside=lambda draw: np.asarray(draw["fans.growth"] < draw["fans.discount"]),
)  # fmt: skip

SECOND = Statement(
    name="second-purchase",
    claims=("C1-05",),
    kind=Kind.CONDITIONAL,
    words="A parcel sold below cost gains in the end.",
    holds=lambda draw: np.asarray(gain_per_parcel(from_draw(LEADER, "leader", draw))) > 0.0,
    rule=Rule(
        "The share of first buyers who come back is more than the loss on a parcel, divided by "
        "what all later purchases of one who comes back leave.",
        left=lambda draw: draw["leader.back"],
        right=lambda draw: np.asarray(must_come_back(from_draw(LEADER, "leader", draw))),
    ),
    ranges=(
        Range("leader.back", float(LEADER.back), 0.05, 0.31, "first buyers who come back",
              "from half our number to those of the firms that made a profit",
              facts=("ECM-35b", "ECM-35c"), by_ratio=False),
        _ours("leader.loss", LEADER.loss, "the loss on a parcel", unit="yuan", domain=_ANY),
        _ours("leader.later_margin", LEADER.later_margin, "what later purchases leave",
              unit="yuan", domain=_ANY),
    ),
    left_out="Customers, old or new, who would have paid the full price and cost the margin too, "
    "and buyers who tell others.",
)  # fmt: skip


def _bid(draw: Draw) -> Array:
    sellers = np.floor(draw["sellers"] + 0.5)
    return np.asarray(contest(sellers, draw["decisive"]).together)


HALF = Statement(
    name="more-bidders",
    claims=("C5-03",),
    kind=Kind.CONDITIONAL,
    words="Equal sellers who bid for visitors hand more than half of what these are worth to "
    "whoever sells them.",
    holds=lambda draw: _bid(draw) > 0.5,
    rule=Rule(
        "How far the bid decides, from nothing to one, is more than half the number of sellers "
        "divided by that number less one.",
        left=lambda draw: draw["decisive"],
        right=lambda draw: _needed(np.floor(draw["sellers"] + 0.5)),
        unit="",
    ),
    ranges=(
        Range("sellers", 2.0, 1.0, 20.0, "the number of sellers",
              "from one to twenty; with two sellers the article's marketing share is nearly that "
              "of the model", unit="", domain=_SELLERS, whole=True),
        Range("decisive", 1.0, 0.25, 1.0, "how far the bid decides",
              "from a quarter to the textbook's one, beyond which there may be no calm end",
              unit="", by_ratio=False, domain=(1e-9, 1.0)),
    ),
    left_out="Sellers who are unlike each other, visitors who come by themselves, and platforms "
    "that ask less than they could.",
)  # fmt: skip


def _needed(sellers: Array) -> Array:
    """How far the bid has to decide; for one seller more than it can."""
    return np.where(sellers > 1.0, sellers / (2.0 * np.maximum(sellers - 1.0, 1.0)), 2.0)


STATEMENTS = (RETURNED, REFUSED, SECOND, HALF)
