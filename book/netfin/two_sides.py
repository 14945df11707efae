"""A price with two sides: what a firm in between asks of either."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

import numpy as np

from netfin.arrays import plain
from netfin.checks import Numbers, fraction, instance
from netfin.terms import About, Terms, matching_terms


@dataclass(frozen=True)
class TwoSidesTerms(Terms):
    """What either side pays at most, and what a payment costs to make; shares of a sale."""

    user_choke: Annotated[
        Numbers, About("A_B", "of a sale", "our assumption: no user pays more")
    ] = 0.002
    shop_choke: Annotated[
        Numbers, About("A_S", "of a sale", "our assumption: no shop pays more")
    ] = 0.010
    payment_cost: Annotated[Numbers, About("c_p", "of a sale", "our assumption")] = 0.001

    def consistent(self) -> None:
        """Refuse a payment that costs more than both sides would ever pay."""
        left = np.asarray(self.user_choke) + self.shop_choke - self.payment_cost
        if np.any(left <= 0.0):
            raise ValueError(
                "payment_cost must be a number below user_choke and shop_choke together, "
                f"not {self.payment_cost}"
            )


TWO_SIDES = TwoSidesTerms()
"""A wallet whose users would pay little and whose shops would pay more."""


class Prices(NamedTuple):
    """What users and shops pay; below 0 a side is paid to come."""

    users: Numbers
    shops: Numbers


def best_prices(terms: TwoSidesTerms = TWO_SIDES) -> Prices:
    """Find the two prices that earn a lone firm in between most.

    Users are many as A_B − p_B, shops as A_S − p_S, and payments are their product. The margin
    p_B + p_S − c is a third of A_B + A_S − c, and each side pays its choke price less that margin.

    Parameters
    ----------
    terms : TwoSidesTerms
        Choke prices and cost.

    Returns
    -------
    Prices
        Shares of a sale; users are paid where 2A_B + c < A_S.

    Raises
    ------
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Rochet & Tirole (2003), proposition 1, with linear demands.
    """
    terms = instance("terms", terms, TwoSidesTerms)
    margin = (np.asarray(terms.user_choke) + terms.shop_choke - terms.payment_cost) / 3.0
    return Prices(plain(terms.user_choke - margin), plain(terms.shop_choke - margin))


def capped_prices(cap: Numbers, terms: TwoSidesTerms = TWO_SIDES) -> Prices:
    """Find the prices when shops may be charged no more than a cap.

    Parameters
    ----------
    cap : float or ndarray
        Most that a shop may be charged, share of a sale.
    terms : TwoSidesTerms
        Choke prices and cost.

    Returns
    -------
    Prices
        As without a cap where that is not reached; else p_B = (A_B − p_S + c)/2, at most A_B.

    Raises
    ------
    ValueError
        If the cap is no share, or shapes do not match.
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Arithmetic: the first-order condition of `best_prices` for users alone.
    """
    limit, terms = fraction("cap", cap), instance("terms", terms, TwoSidesTerms)
    matching_terms(cap=limit, terms=terms)
    shops = np.minimum(limit, np.asarray(best_prices(terms).shops))
    users = (np.asarray(terms.user_choke) - shops + terms.payment_cost) / 2.0
    return Prices(plain(np.minimum(users, terms.user_choke)), plain(shops))
