"""Who pays for the code: two tea shops, customers with and without a wallet, and a fee."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, NamedTuple

import numpy as np

from netfin.arrays import plain
from netfin.checks import Array, Numbers, choice, instance
from netfin.terms import About, Terms


class Codes(StrEnum):
    """Which shops of the street take the wallet."""

    NONE = "no shop"
    FIRST = "the first shop"
    BOTH = "both shops"


@dataclass(frozen=True)
class StreetTerms(Terms):
    """Two shops, one price each for all customers; shares of a sale."""

    fee: Annotated[Numbers, About("m_f", "of a sale", "our assumption")] = 0.006
    saving: Annotated[
        Numbers, About("b_S", "of a sale", "our assumption: no till to count, no change")
    ] = 0.002
    convenience: Annotated[
        Numbers, About("b_B", "of a sale", "our assumption: what the wallet is worth to its user")
    ] = 0.010
    wallet_share: Annotated[Numbers, About("α_w", "of the customers", "our assumption")] = 0.5
    margin: Annotated[
        Numbers, About("t_h", "of a sale", "our assumption: what customers pay for being near")
    ] = 0.20

    def consistent(self) -> None:
        """Refuse benefits so large that one shop would win all customers of a kind."""
        gap = np.asarray(self.margin) - self.fee - self.saving - self.convenience
        if np.any(gap <= 0.0):
            raise ValueError(
                "margin must be a number above fee, saving and convenience together, "
                f"not {self.margin}"
            )


STREET = StreetTerms()
"""The street of the text."""


class Outcome(NamedTuple):
    """What the code changes, against a street without: shares of a sale, for each customer.

    `price_first`, `price_second`: change of the prices. `profit_first`, `profit_second`: change of
    each shop's profit, for each customer of the street. `wallet`, `cash`: what customers with and
    without a wallet gain on average. `fees`: what the wallet's owner takes.
    """

    price_first: Numbers
    price_second: Numbers
    profit_first: Numbers
    profit_second: Numbers
    wallet: Numbers
    cash: Numbers
    fees: Numbers


def take_the_code(codes: Codes, terms: StreetTerms = STREET) -> Outcome:
    """Find prices, profits and customers' gains when no shop, one shop or both take the wallet.

    The shops stand at the ends of a street, customers evenly between; each goes where price, way
    and convenience are best for him. Each shop sets one price. With δ = m − b_S, what a sale by
    wallet costs a shop more than one by cash,

        one shop: its price moves by α(b_B + 2δ)/3, the other's by α(δ − b_B)/3;
        both: both prices rise by αδ, and profits are what they were.

    Parameters
    ----------
    codes : Codes
        Who takes the wallet.
    terms : StreetTerms
        Fee, benefits, customers.

    Returns
    -------
    Outcome
        Changes against a street without the code.

    Raises
    ------
    ValueError
        If `codes` is none.
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Rochet & Tirole (2002), their model of two shops, with users' convenience as a constant and
    the equilibrium with one shop solved too.
    """
    codes, terms = choice("codes", codes, Codes), instance("terms", terms, StreetTerms)
    parts = [np.asarray(each) for each in np.broadcast_arrays(*vars(terms).values())]
    if codes is Codes.NONE:
        return Outcome(*[plain(0.0 * parts[0])] * 7)
    return _both(*parts) if codes is Codes.BOTH else _first(*parts)


def _both(fee: Array, saving: Array, worth: Array, share: Array, margin: Array) -> Outcome:
    """Both shops pass on what the code costs."""
    price, zero = share * (fee - saving), 0.0 * margin
    changes = (price, price, zero, zero, worth - price, -price + 0.0, share * fee)
    return Outcome(*map(plain, changes))


def _first(fee: Array, saving: Array, worth: Array, share: Array, margin: Array) -> Outcome:
    """One shop draws wallet users, at a price of its own; the other answers."""
    extra = fee - saving
    up = share * (worth + 2.0 * extra) / 3.0
    other = share * (extra - worth) / 3.0
    by_wallet = share * _goes_first(worth + other - up, margin)
    by_cash = (1.0 - share) * _goes_first(other - up, margin)
    first = (margin + up) * (by_wallet + by_cash) - extra * by_wallet - margin / 2.0
    second = (margin + other) * (1.0 - by_wallet - by_cash) - margin / 2.0
    wallet, cash = _gained(worth - up, -other, margin), _gained(-up, -other, margin)
    return Outcome(*map(plain, (up, other, first, second, wallet, cash, fee * by_wallet)))


def _goes_first(advantage: Array, margin: Array) -> Array:
    """Share of a kind of customers who go to the first shop."""
    return np.asarray(0.5 + advantage / (2.0 * margin))


def _gained(first: Array, second: Array, margin: Array) -> Array:
    """Average gain of a kind of customers, with what each shop offers better than before."""
    return np.asarray((first + second) / 2.0 + (first - second) ** 2 / (4.0 * margin))
