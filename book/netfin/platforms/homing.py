"""One market or both: what two markets take from a seller, and from either side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

import numpy as np

from netfin.arrays import plain
from netfin.checks import Numbers, bounded, fraction, instance, matching
from netfin.terms import About, Terms


class Split(NamedTuple):
    """Of what all buyers are worth to a seller: the two fees, and what she keeps."""

    first_fee: Numbers
    second_fee: Numbers
    kept: Numbers


def seller_on_both(look_at_both: Numbers, first_share: Numbers = 0.5) -> Split:
    """Compute the fees of two markets on which a seller sells, and what she keeps.

    A buyer who looks at both is met on either, so that the second market adds nothing for him. Each
    market can take what she would lose without it: its own buyers who look nowhere else,

        first: (1 − b)s,   second: (1 − b)(1 − s),   kept: b.

    Parameters
    ----------
    look_at_both : float or ndarray
        b, share of the buyers who look at both markets.
    first_share : float or ndarray
        s, share of the others who look at the first.

    Returns
    -------
    Split
        Shares of what all buyers are worth to her; they sum to 1.

    Raises
    ------
    ValueError
        If a share is none, or shapes do not match.

    Source
    ------
    Anderson, Foros & Kind (2018), abstract: the principle of incremental pricing; with b = 0
    the sellers of Armstrong & Wright (2007), who are left with none of the gains.
    """
    both, first = fraction("look_at_both", look_at_both), fraction("first_share", first_share)
    shape = matching(look_at_both=both, first_share=first)
    both, first = (np.broadcast_to(each, shape) for each in (both, first))
    alone = 1.0 - both
    return Split(plain(alone * first), plain(alone * (1.0 - first)), plain(np.array(both)))


@dataclass(frozen=True)
class OneMarketTerms(Terms):
    """Two markets at the ends of a street, buyers and sellers evenly between, each on one only."""

    buyers_worth: Annotated[
        Numbers,
        About("α_S", "yuan a month, for all buyers, to a seller", "our assumption", bounded),
    ] = 80.0
    sellers_worth: Annotated[
        Numbers,
        About("α_B", "yuan a month, for all sellers, to a buyer", "our assumption", bounded),
    ] = 20.0
    buyers_way: Annotated[
        Numbers, About("t_B", "yuan a month, from end to end", "our assumption", bounded)
    ] = 100.0
    sellers_way: Annotated[
        Numbers, About("t_S", "yuan a month, from end to end", "our assumption", bounded)
    ] = 100.0

    def consistent(self) -> None:
        """Refuse pulls so strong that one market would win everybody."""
        pulls = np.asarray(self.buyers_worth) + self.sellers_worth
        if np.any(4.0 * np.asarray(self.buyers_way) * self.sellers_way <= pulls**2):
            raise ValueError(
                "buyers_way must be a number so large that 4 times buyers_way times sellers_way is "
                f"above the square of buyers_worth plus sellers_worth, not {self.buyers_way}"
            )


ONE_MARKET = OneMarketTerms()
"""Two markets, each side on one."""


class MarketPrices(NamedTuple):
    """What a market asks of a buyer and of a seller, and what it earns."""

    buyers: Numbers
    sellers: Numbers
    profit: Numbers


def one_market_prices(terms: OneMarketTerms = ONE_MARKET) -> MarketPrices:
    """Find the prices of two like markets when either side is on one only.

        buyers pay t_B − α_S, sellers t_S − α_B; each market earns half of their sum

    Parameters
    ----------
    terms : OneMarketTerms
        What either side is worth to the other, and how far apart the markets are.

    Returns
    -------
    MarketPrices
        Yuan a month, beyond what a member costs; below 0 a side is paid.

    Raises
    ------
    TypeError
        If the terms are no `OneMarketTerms`.

    Source
    ------
    Armstrong (2006), section 4, with membership fees.
    """
    terms = instance("terms", terms, OneMarketTerms)
    buyers = np.asarray(terms.buyers_way) - terms.buyers_worth
    sellers = np.asarray(terms.sellers_way) - terms.sellers_worth
    return MarketPrices(*map(plain, (buyers, sellers, (buyers + sellers) / 2.0)))
