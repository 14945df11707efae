"""A pool of customers: loyalty that grows by itself, and what a newcomer may cost."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated, NamedTuple

import numpy as np

from netfin.arrays import plain
from netfin.checks import (
    Array,
    Numbers,
    bounded,
    bounded_above_zero,
    divisor,
    fraction,
    instance,
    whole_number,
)
from netfin.terms import About, Terms, matching_terms

_RETURNS = partial(fraction, upto=0.99)  # nobody comes for ever
_DISCOUNT = partial(divisor, least=1e-3)
_MOST_YEARS = 200


def _years(name: str, value: object) -> Numbers:
    """Take a whole number of years, up to two hundred."""
    years = whole_number(name, value)  # type: ignore[arg-type]
    if np.any(np.asarray(years) > _MOST_YEARS):
        raise ValueError(f"{name} must be a whole number up to {_MOST_YEARS}, not {value!r}")
    return years


@dataclass(frozen=True)
class CustomerTerms(Terms):
    """Two kinds of customers who buy once a year as long as they come, and never change."""

    loyal_share: Annotated[Numbers, About("s_l", "of new customers", "our assumption")] = 0.5
    loyal: Annotated[
        Numbers, About("r_l", "chance a year", "our assumption: to come again", check=_RETURNS)
    ] = 0.9
    fickle: Annotated[
        Numbers, About("r_f", "chance a year", "our assumption: to come again", check=_RETURNS)
    ] = 0.3
    margin: Annotated[
        Numbers,
        About(
            "m_a", "yuan a purchase", "our assumption, before marketing", check=bounded_above_zero
        ),
    ] = 40.0
    price: Annotated[
        Numbers, About("k_n", "yuan", "our assumption: clicks for a newcomer", check=bounded)
    ] = 100.0
    discount: Annotated[Numbers, About("d_r", "a year", "our assumption", check=_DISCOUNT)] = 0.10


CUSTOMERS = CustomerTerms()
"""The customers of Ms Lin's shop."""


def lifetime_multiple(returns: Numbers, discount: Numbers) -> Numbers:
    """Compute how many of today's margins a customer is worth, the first purchase counted.

        (1 + d) / (1 + d − r)

    Parameters
    ----------
    returns : float or ndarray
        r, chance a year to come again, from 0 to 0.99.
    discount : float or ndarray
        d, a year, from 0.001 to 1.

    Returns
    -------
    float or ndarray
        1 or more.

    Raises
    ------
    ValueError
        Naming what is out of its range, or shapes that do not match.

    Source
    ------
    Gupta & Lehmann (2003): their multiple r/(1 + d − r), with the first purchase added.
    """
    again, rate = _RETURNS("returns", returns), _DISCOUNT("discount", discount)
    matching_terms(returns=again, discount=rate)
    grown = 1.0 + np.asarray(rate)
    return plain(grown / (grown - again))


class InYear(NamedTuple):
    """The customers in their k-th year.

    `still`: of those who began. `loyal_share`: the loyal among them. `returns`: how many of them
    come for another year. `worth`: yuan of margins, from this year's purchase on.
    """

    still: Numbers
    loyal_share: Numbers
    returns: Numbers
    worth: Numbers


def in_year(year: Numbers, terms: CustomerTerms = CUSTOMERS) -> InYear:
    """Compute who is left in a year, how loyal they seem, and what one of them is worth.

    Nobody changes; the fickle leave first, so that those who stay are loyal more and more.

    Parameters
    ----------
    year : float or ndarray
        k, a whole number from 1, the year of the first purchase, to 200.
    terms : CustomerTerms
        The two kinds, margin and discount.

    Returns
    -------
    InYear
        Shares of customers, and yuan.

    Raises
    ------
    ValueError
        Naming the year, where it is out of its range, or shapes that do not match.
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Fader & Hardie (2010): sorting in a mixed population, here of two kinds.
    """
    years, terms = np.asarray(_years("year", year)), instance("terms", terms, CustomerTerms)
    matching_terms(year=years, terms=terms)
    loyal, fickle = np.asarray(terms.loyal), np.asarray(terms.fickle)
    first = np.asarray(terms.loyal_share) * loyal ** (years - 1.0)
    second = (1.0 - np.asarray(terms.loyal_share)) * fickle ** (years - 1.0)
    still = first + second
    share = np.where(still > 0.0, first / np.where(still > 0.0, still, 1.0), _last(terms, still))
    worth = share * _worth(terms, loyal) + (1.0 - share) * _worth(terms, fickle)
    again = share * loyal + (1.0 - share) * fickle
    return InYear(*map(plain, np.broadcast_arrays(still, share, again, worth)))


def _last(terms: CustomerTerms, still: Array) -> Array:
    """The loyal among the last customers, where so few are left that their number is 0."""
    more = np.asarray(terms.loyal) > np.asarray(terms.fickle)
    lasting = np.where(more & (np.asarray(terms.loyal_share) > 0.0), 1.0, 0.0)
    same = np.asarray(terms.loyal) == np.asarray(terms.fickle)
    return np.asarray(np.where(same, terms.loyal_share, lasting) + 0.0 * still)


def _worth(terms: CustomerTerms, returns: Array) -> Array:
    """Yuan of margins of a customer of one kind."""
    multiple = np.asarray(lifetime_multiple(returns, terms.discount))
    return np.asarray(terms.margin * multiple)


def worth_by_the_average(terms: CustomerTerms = CUSTOMERS, year: Numbers = 1.0) -> Numbers:
    """Value a newcomer as if all came again as often as the customers of one year do on average.

    Parameters
    ----------
    terms : CustomerTerms
        The two kinds, margin and discount.
    year : float or ndarray
        The year whose customers are asked; 1 are all newcomers.

    Returns
    -------
    float or ndarray
        Yuan: too little by the first year's average, too much by that of late years, where kinds
        differ.

    Raises
    ------
    ValueError
        Naming the year, where it is out of its range, or shapes that do not match.
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Fader & Hardie (2010): the valuation that they warn of.
    """
    terms = instance("terms", terms, CustomerTerms)
    return plain(_worth(terms, np.asarray(in_year(year, terms).returns)))


def years_to_pay_back(terms: CustomerTerms = CUSTOMERS) -> Numbers:
    """Find after how many yearly purchases a newcomer's margins have paid what the newcomer cost.

    Parameters
    ----------
    terms : CustomerTerms
        Single numbers or arrays.

    Returns
    -------
    float or ndarray
        A whole number of purchases, today's as the first; infinite if two hundred do not pay.

    Raises
    ------
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Definition: discounted payback.
    """
    terms = instance("terms", terms, CustomerTerms)
    shape = matching_terms(terms=terms)
    earned, paid = np.zeros(shape), np.full(shape, np.inf)
    for year in range(1, _MOST_YEARS + 1):
        now = np.asarray(terms.margin) * in_year(float(year), terms).still
        earned = earned + now / (1.0 + np.asarray(terms.discount)) ** (year - 1)
        paid = np.where(np.isinf(paid) & (earned >= terms.price), float(year), paid)
    return plain(paid)
