"""Where a hundred yuan of kept sales go, when orders that come back have cost their click."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated, NamedTuple

import numpy as np

from netfin.arrays import plain
from netfin.checks import Numbers, fraction, instance
from netfin.terms import About, Terms

_RETURNED = partial(fraction, upto=0.99)  # something must be kept


@dataclass(frozen=True)
class ShopTerms(Terms):
    """The costs of a shop that buys its visitors: some for what is kept, some for what is ordered.

    The lines that the article gives stand as it gives them; those that it leaves out stand at 0.
    """

    goods: Annotated[
        Numbers, About("c_g", "of what is kept", "the article's women's-wear shop")
    ] = 0.30
    staff: Annotated[Numbers, About("c_s", "of what is kept", "the article, with its office")] = (
        0.12
    )
    marketing: Annotated[Numbers, About("m_v", "of what is ordered", "the article")] = 0.30
    fake_orders: Annotated[Numbers, About("f_o", "of what is ordered", "the article")] = 0.10
    fee: Annotated[
        Numbers, About("φ_s", "of what is kept", "the article names none: for the reader to fill")
    ] = 0.0
    parcels: Annotated[
        Numbers,
        About("c_d", "of what is ordered", "the article names none: for the reader to fill"),
    ] = 0.0
    returned: Annotated[
        Numbers,
        About(
            "ρ_o",
            "of what is ordered",
            "the article names none: for the reader to fill",
            check=_RETURNED,
        ),
    ] = 0.0


SHOP = ShopTerms()
"""The article's shop, with fake orders."""


class Left(NamedTuple):
    """Each line as a share of what is kept, and what is left; below 0 the shop pays to sell."""

    goods: Numbers
    staff: Numbers
    marketing: Numbers
    fake_orders: Numbers
    fee: Numbers
    parcels: Numbers
    left: Numbers


def what_is_left(terms: ShopTerms = SHOP) -> Left:
    """Compute what a shop keeps of each yuan that its customers do not send back.

        1 − c_g − c_s − φ − (m + f + c_d) / (1 − ρ)

    Goods that come back are sold again at full worth; clicks, fake orders and parcels have been
    paid for every order.

    Parameters
    ----------
    terms : ShopTerms
        Costs, and the share of orders that come back.

    Returns
    -------
    Left
        Shares of what is kept.

    Raises
    ------
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Arithmetic: an order that comes back brings nothing and has cost its click.
    """
    terms = instance("terms", terms, ShopTerms)
    goods, staff, marketing, fake, fee, parcels, returned = np.broadcast_arrays(
        *map(np.asarray, vars(terms).values())
    )
    kept = 1.0 - returned
    lines = (goods, staff, marketing / kept, fake / kept, fee, parcels / kept)
    return Left(*map(plain, (*lines, 1.0 - sum(lines))))


def returns_that_ruin(terms: ShopTerms = SHOP) -> Numbers:
    """Find the share of orders that must come back until nothing is left.

        ρ* = 1 − (m + f + c_d) / (1 − c_g − c_s − φ)

    Parameters
    ----------
    terms : ShopTerms
        Costs; the share that comes back does not matter.

    Returns
    -------
    float or ndarray
        From 0 to 1; 0 where nothing is left even if all is kept.

    Raises
    ------
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Arithmetic: `what_is_left` set to 0.
    """
    terms = instance("terms", terms, ShopTerms)
    margin = 1.0 - np.asarray(terms.goods) - terms.staff - terms.fee
    spent = np.asarray(terms.marketing) + terms.fake_orders + terms.parcels
    margin, spent = np.broadcast_arrays(margin, spent)
    earns = margin > spent
    safe = np.where(earns, margin, 1.0)
    return plain(np.where(earns, 1.0 - spent / safe, 0.0))
