"""The explorers of the chapter Two ways to run a shop, computed by the models alone."""

from __future__ import annotations

from oracle import Expected, Oracle

from netfin import data
from netfin.merchants.bidding import contest, sellers_that_come
from netfin.merchants.kinds import fit_two_kinds
from netfin.merchants.pool import CustomerTerms, in_year
from netfin.merchants.sale import ShopTerms, what_is_left


def fill_the_hole(fee: float, parcels: float, returned: float) -> Expected:
    left = what_is_left(ShopTerms(fee=fee, parcels=parcels, returned=returned))
    takes = [100 * float(each) for each in left]
    return Expected(
        {
            "line": [
                "goods",
                "staff, office",
                "visitors",
                "fake orders",
                "platform's fee",
                "parcels",
                "left",
            ],
            "orders that come back (%)": [100 * returned] * 7,
            "takes (yuan of 100 kept)": takes,
        },
        said=[100, takes[2] + takes[3], abs(takes[6])],
    )


def returned_click(returned: float, marketing: float, fakes: bool) -> Expected:
    fake = 0.1 if fakes else 0.0
    terms = ShopTerms(marketing=marketing, fake_orders=fake, returned=returned)
    left = 100 * float(what_is_left(terms).left)
    return Expected(
        {
            "come back (%)": [100 * returned],
            "visitors (% of orders)": [100 * marketing],
            "fake orders (% of orders)": [100 * fake],
            "paid for an order kept (clicks)": [1 / (1 - returned)],
            "left (yuan of 100 kept)": [left],
        },
        said=[100, abs(left)],
    )


def more_bidders(sellers: int, entry_cost: float, decides: float) -> Expected:
    bids = contest(float(sellers), decides)
    words = {1.0: "wholly", 0.5: "by half"}
    each = 100 * float(bids.left_each) - 100 * entry_cost
    return Expected(
        {
            "who bid (sellers)": [sellers],
            "cost of entering (thousand yuan)": [100 * entry_cost],
            "the bid decides": [words[decides]],
            "each bids (thousand yuan)": [100 * float(bids.each)],
            "bid together (thousand yuan)": [100 * float(bids.together)],
            "each keeps after entering (thousand yuan)": [each],
            "come (sellers)": [float(sellers_that_come(entry_cost, decides))],
        },
        said=[100, abs(each)],
    )


def who_comes_back(year: int, fickle: float, loyal_share: float) -> Expected:
    terms = CustomerTerms(loyal_share=loyal_share, fickle=fickle)
    now, first = in_year(float(year), terms), in_year(1.0, terms)
    return Expected(
        {
            "year": [year],
            "the fickle come again (%)": [100 * fickle],
            "loyal, of the new (%)": [100 * loyal_share],
            "still there (of 100)": [100 * float(now.still)],
            "come again (of 100 in that year)": [100 * float(now.returns)],
            "one of them is worth (yuan)": [float(now.worth)],
            "a newcomer is worth (yuan)": [float(first.worth)],
            "a newcomer costs (yuan)": [100],
        },
        said=[100],
    )


def bought_again() -> Expected:
    bought = data.load("cdnow_customers_1997_1998")["purchase_days"]
    seen = [100 * float((bought > k).sum() / (bought >= k).sum()) for k in range(1, 11)]
    share, loyal, fickle = fit_two_kinds(bought.to_numpy(dtype=float))
    fitted = [
        100
        * (share * loyal**k + (1 - share) * fickle**k)
        / (share * loyal ** (k - 1) + (1 - share) * fickle ** (k - 1))
        for k in range(1, 11)
    ]
    return Expected(
        {
            "so far (purchases)": [*range(1, 11)],
            "bought once more (of 100)": [round(each, 4) for each in seen],
            "two kinds who never change (of 100)": [round(each, 4) for each in fitted],
        },
        said=[100],
    )


ORACLES: dict[str, Oracle] = {
    "who-comes-back": who_comes_back,
    "fill-the-hole": fill_the_hole,
    "returned-click": returned_click,
    "more-bidders": more_bidders,
    "bought-again": bought_again,
}
