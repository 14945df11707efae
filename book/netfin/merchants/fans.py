"""Fans against advertisements: an account that earns commission, and money that costs followers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated, NamedTuple

import numpy as np

from netfin.arrays import plain
from netfin.checks import Numbers, bounded, bounded_above_zero, divisor, fraction, instance
from netfin.terms import About, Terms

_BURN = partial(fraction, upto=0.99)
_DISCOUNT = partial(divisor, least=1e-4)
_MOST_POSTS = partial(fraction, upto=1000.0)
_LONGEST = 600  # months


@dataclass(frozen=True)
class FansTerms(Terms):
    """An account's money in a month, and what an advertisement takes of its followers."""

    followers: Annotated[
        Numbers, About("N_f", "million", "the article", check=bounded_above_zero)
    ] = 2.0
    commission: Annotated[
        Numbers,
        About(
            "c_f",
            "thousand yuan a month",
            "the article, with all followers",
            check=bounded_above_zero,
        ),
    ] = 20.0
    offer: Annotated[
        Numbers,
        About("a_f", "thousand yuan a month", "the article, with all followers", check=bounded),
    ] = 300.0
    burn: Annotated[
        Numbers,
        About("b_f", "of followers an advertisement", "YouTube", check=_BURN, fact="ECM-26"),
    ] = 0.0019
    posts: Annotated[
        Numbers, About("n_f", "advertisements a month", "the article: daily", check=_MOST_POSTS)
    ] = 30.0
    growth: Annotated[Numbers, About("g_f", "a month", "our assumption: none")] = 0.0
    discount: Annotated[Numbers, About("i_m", "a month", "our assumption", check=_DISCOUNT)] = 0.01


FANS = FansTerms()
"""The article's account."""


def lost_in_a_month(terms: FansTerms = FANS) -> Numbers:
    """Compute the share of followers that a month of advertisements costs: 1 − (1 − b)^n.

    Parameters
    ----------
    terms : FansTerms
        Burn and number of advertisements.

    Returns
    -------
    float or ndarray
        From 0 to 1.

    Raises
    ------
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Arithmetic: each advertisement takes its share of those who are left.
    """
    terms = instance("terms", terms, FansTerms)
    return plain(-np.expm1(np.asarray(terms.posts) * np.log1p(-np.asarray(terms.burn))))


class Worth(NamedTuple):
    """What the account is worth today, thousand yuan: with the offer refused, and accepted."""

    refused: Numbers
    accepted: Numbers


def refuse_or_accept(terms: FansTerms = FANS) -> Worth:
    """Value an account that refuses an offer for ever, and one that takes it every month.

    Income follows followers, who grow by g and, with advertisements, shrink by λ a month:

        c / (1 − (1+g)/(1+i))   against   (c + a) / (1 − (1+g)(1−λ)/(1+i))

    Parameters
    ----------
    terms : FansTerms
        Growth must be below the discount, or a refused offer is worth more than any number.

    Returns
    -------
    Worth
        Thousand yuan today, this month's income as the first.

    Raises
    ------
    ValueError
        If growth is not below the discount.
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Definition: present values of two rows of payments.
    """
    terms = instance("terms", terms, FansTerms)
    growth, rate = np.asarray(terms.growth), np.asarray(terms.discount)
    if np.any(growth >= rate):
        raise ValueError(
            f"terms: growth must be a number below the discount {terms.discount}, "
            f"not {terms.growth}"
        )
    factor, lost = (1.0 + growth) / (1.0 + rate), np.asarray(lost_in_a_month(terms))
    refused = np.asarray(terms.commission) / (1.0 - factor)
    both = np.asarray(terms.commission) + terms.offer
    accepted = both / (1.0 - factor * (1.0 - lost))
    return Worth(*map(plain, np.broadcast_arrays(refused, accepted)))


def loss_that_turns(terms: FansTerms = FANS) -> Numbers:
    """Find the share of followers lost a month above which refusing is worth more.

        λ* = (a/c)·(i − g)/(1 + g)

    Parameters
    ----------
    terms : FansTerms
        Burn and number of advertisements do not matter.

    Returns
    -------
    float or ndarray
        A month; above 1 where the offer is worth more even if all followers leave at once, and 0
        where growth is not below the discount.

    Raises
    ------
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Arithmetic: `refuse_or_accept` solved for λ.
    """
    terms = instance("terms", terms, FansTerms)
    growth = np.asarray(terms.growth)
    gap = np.maximum(np.asarray(terms.discount) - growth, 0.0) / (1.0 + growth)
    return plain(np.asarray(terms.offer) / terms.commission * gap)


def months_until_refusing_pays(terms: FansTerms = FANS) -> Numbers:
    """Find after how many months an account that refuses has earned as much, in today's money.

    Parameters
    ----------
    terms : FansTerms
        Growth may be above the discount.

    Returns
    -------
    float or ndarray
        A whole number; infinite if fifty years do not suffice.

    Raises
    ------
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Definition: discounted payback, of the difference of two rows of payments.
    """
    terms = instance("terms", terms, FansTerms)
    factor = (1.0 + np.asarray(terms.growth)) / (1.0 + np.asarray(terms.discount))
    stay = 1.0 - np.asarray(lost_in_a_month(terms))
    both = np.asarray(terms.commission) + terms.offer
    ahead, paid = np.asarray(0.0), np.asarray(np.inf)
    for month in range(_LONGEST):
        ahead = ahead + factor**month * (np.asarray(terms.commission) - both * stay**month)
        paid = np.where(np.isinf(paid) & (ahead >= 0.0), float(month + 1), paid)
    return plain(paid)
