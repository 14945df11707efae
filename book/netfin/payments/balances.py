"""Balances that wait with a firm: float, prepaid cards, tokens, and the queue for refunds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated, NamedTuple

import numpy as np

from netfin.annuity import DAYS_A_YEAR, MONTHS_A_YEAR
from netfin.arrays import bisect, plain
from netfin.checks import (
    Array,
    Numbers,
    bounded,
    bounded_above_zero,
    fraction,
    instance,
    whole_number,
)
from netfin.terms import About, Terms, matching_terms

_SPENT = partial(fraction, upto=0.99)  # something must be used
_LONGEST = 1200  # months
_LONGEST_QUEUE = 1e12  # days


def _months(name: str, value: object) -> Numbers:
    """Take a whole number of months, up to a hundred years."""
    return whole_number(name, fraction(name, value, upto=_LONGEST))  # type: ignore[arg-type]


@dataclass(frozen=True)
class CardTerms(Terms):
    """A prepaid card: paid for today, used up evenly, month by month."""

    bonus: Annotated[
        Numbers, About("h_c", "of what is paid", "our assumption: 100 buy no more than 100")
    ] = 0.0
    never_used: Annotated[
        Numbers,
        About("b_c", "of the card's value", "our assumption", check=_SPENT),
    ] = 0.05
    months: Annotated[Numbers, About("T_c", "months", "our assumption", check=_months)] = 12.0


CARD = CardTerms()
"""A year's card of a tea shop."""


def customers_loan_rate(terms: CardTerms = CARD) -> Numbers:
    """Find what a shop pays, a year, on the money that customers have paid ahead.

    One yuan comes in today; (1 + h)(1 − b)/T yuan of goods, at the till's prices, go out at the end
    of each of T months. The rate is that at which the goods, discounted, are worth the yuan.

    Parameters
    ----------
    terms : CardTerms
        Bonus, share never used, months.

    Returns
    -------
    float or ndarray
        A year, with interest on interest; below 0 where less is handed out than was paid.

    Raises
    ------
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Definition: internal rate of return.
    """
    terms = instance("terms", terms, CardTerms)
    bonus, never, months = np.broadcast_arrays(*map(np.asarray, vars(terms).values()))
    back = (1.0 + bonus) * (1.0 - never)
    # 1 = back · mean(d, …, d^T): the mean is at least d^((T + 1)/2), and at most d where d < 1,
    # else d^T; so log d lies between these two
    high = -2.0 * np.log(back) / (months + 1.0)
    low = -np.log(back) / np.where(back < 1.0, months, 1.0)

    def over(log_discount: Array) -> Array:
        return np.asarray(back * _mean_discount(log_discount, months) - 1.0)

    return plain(np.expm1(-MONTHS_A_YEAR * bisect(over, low - 1e-12, high + 1e-12)))


def _mean_discount(log_discount: Array, months: Array) -> Array:
    """Mean of the discount factors of months 1 to T."""
    small = np.abs(log_discount) < 1e-12
    safe = np.where(small, 1.0, log_discount)
    total = np.exp(safe) * np.expm1(months * safe) / np.expm1(safe)
    return np.where(small, 1.0 + log_discount * (months + 1.0) / 2.0, total / months)


def average_balance(flow: Numbers, days: Numbers) -> Numbers:
    """Compute the money that waits: what comes in a year times how long it stays.

    Parameters
    ----------
    flow : float or ndarray
        Yuan a year, 0 or more.
    days : float or ndarray
        How long a yuan waits on average, 0 or more.

    Returns
    -------
    float or ndarray
        Yuan.

    Raises
    ------
    ValueError
        Naming what is out of its range, or shapes that do not match.

    Source
    ------
    Definition: a stock is a flow times the time it stays.
    """
    coming, stay = bounded("flow", flow), bounded("days", days)
    matching_terms(flow=coming, days=stay)
    return plain(np.asarray(coming) * stay / DAYS_A_YEAR)


def float_income(balance: Numbers, rate: Numbers, handed_on: Numbers = 0.0) -> Numbers:
    """Compute what a firm earns a year on balances that wait.

    Parameters
    ----------
    balance : float or ndarray
        Yuan, 0 or more.
    rate : float or ndarray
        A year, from 0 to 1.
    handed_on : float or ndarray
        Share of the interest that goes to a fund of the industry.

    Returns
    -------
    float or ndarray
        Yuan a year.

    Raises
    ------
    ValueError
        Naming what is out of its range, or shapes that do not match.

    Source
    ------
    Arithmetic.
    """
    waiting, paid = bounded("balance", balance), fraction("rate", rate)
    given = fraction("handed_on", handed_on)
    matching_terms(balance=waiting, rate=paid, handed_on=given)
    return plain(np.asarray(waiting) * paid * (1.0 - np.asarray(given)))


class Seigniorage(NamedTuple):
    """What issuing tokens brings a year: interest saved on the debt, and tokens never used."""

    outstanding: Numbers
    interest_saved: Numbers
    never_used: Numbers


def seigniorage(
    sold: Numbers, days: Numbers, rate: Numbers, never_used: Numbers, backing: Numbers = 0.0
) -> Seigniorage:
    """Compute what a platform gains a year by issuing money of its own.

    Parameters
    ----------
    sold : float or ndarray
        Tokens sold a year, yuan.
    days : float or ndarray
        How many days a token waits before it is used, on average.
    rate : float or ndarray
        What the platform would pay for the money elsewhere, a year.
    never_used : float or ndarray
        Share of the tokens that nobody ever uses; they count as used up at the average date.
    backing : float or ndarray
        Share of what is outstanding that must lie where it earns nothing.

    Returns
    -------
    Seigniorage
        Yuan; the last two a year.

    Raises
    ------
    ValueError
        Naming what is out of its range, or shapes that do not match.

    Source
    ------
    Definition: an issuer's gain from money that costs it no interest.
    """
    coming, stay = bounded("sold", sold), bounded("days", days)
    paid, idle = fraction("rate", rate), fraction("backing", backing)
    lost = fraction("never_used", never_used)
    matching_terms(sold=coming, days=stay, rate=paid, backing=idle, never_used=lost)
    outstanding = np.asarray(average_balance(coming, stay))
    saved = outstanding * paid * (1.0 - np.asarray(idle))
    return Seigniorage(plain(outstanding), plain(saved), plain(np.asarray(coming) * lost))


class Wait(NamedTuple):
    """A queue for refunds: days until the last place is paid; worth today of last and average."""

    days: Numbers
    last: Numbers
    average: Numbers


def refund_queue(deposit: Numbers, places: Numbers, paid_a_day: Numbers, rate: Numbers) -> Wait:
    """Compute what a place in a queue for refunds is worth today.

    Parameters
    ----------
    deposit : float or ndarray
        Yuan owed to each.
    places : float or ndarray
        How many wait, above 0.
    paid_a_day : float or ndarray
        How many are paid a day, above 0.
    rate : float or ndarray
        Discount rate a year, continuous, from 0 to 1.

    Returns
    -------
    Wait
        Days, and yuan today, if the pace lasts and the firm too.

    Raises
    ------
    ValueError
        Naming what is out of its range, or shapes that do not match.

    Source
    ------
    Arithmetic: present value, with continuous interest.
    """
    owed, waiting = bounded("deposit", deposit), bounded_above_zero("places", places)
    pace, interest = bounded_above_zero("paid_a_day", paid_a_day), fraction("rate", rate)
    matching_terms(deposit=owed, places=waiting, paid_a_day=pace, rate=interest)
    if np.any(np.asarray(waiting) / _LONGEST_QUEUE > pace):
        raise ValueError(
            f"paid_a_day must be a number above places / {_LONGEST_QUEUE:g}, not {paid_a_day}"
        )
    days = np.asarray(waiting) / pace
    late = np.asarray(interest) * days / DAYS_A_YEAR
    safe = np.where(late > 0.0, late, 1.0)
    mean = np.where(late > 0.0, -np.expm1(-safe) / safe, 1.0)
    return Wait(plain(days), plain(owed * np.exp(-late)), plain(owed * mean))
