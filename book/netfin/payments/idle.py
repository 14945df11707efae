"""Money that waits between payday and spending: cash in hand, and the door to a fund."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

import numpy as np

from netfin.annuity import MONTHS_A_YEAR
from netfin.arrays import plain
from netfin.checks import Array, Numbers, bounded, bounded_above_zero, divisor, fraction, instance
from netfin.terms import About, Terms, matching_terms

_FEWEST = 2  # transfers: one in, one out
_WHOLE = 1e9  # transfers; beyond, whole numbers lie as close as real ones


def _rate(name: str, value: object) -> Numbers:
    """Take a rate that can be divided by."""
    return divisor(name, value, least=1e-9)  # type: ignore[arg-type]


@dataclass(frozen=True)
class SaverTerms(Terms):
    """Whose money waits, what moving it costs, and what a fund pays for it."""

    monthly_pay: Annotated[
        Numbers,
        About("Y_m", "yuan a month", "our assumption: a clerk's pay", check=bounded_above_zero),
    ] = 3000.0
    trouble: Annotated[
        Numbers,
        About("F_t", "yuan a transfer", "our assumption: a few minutes' time", check=bounded),
    ] = 2.0
    fund_yield: Annotated[
        Numbers,
        About(
            "i_f",
            "a year, above what the account pays",
            "the fund's 3.96 % less the account's 0.35 %, April 2017",
            check=_rate,
            fact="PAY-04b",
        ),
    ] = 0.036


CLERK = SaverTerms()
"""A clerk who is paid once a month and spends evenly."""


class CashPlan(NamedTuple):
    """How often money is fetched in a year, how much lies in hand, and what both cost a year."""

    withdrawals: Numbers
    average_cash: Numbers
    cost: Numbers


def cash_in_hand(spending: Numbers, trouble: Numbers, rate: Numbers) -> CashPlan:
    """Find how often to fetch cash when each trip costs trouble and cash in hand costs interest.

        N* = sqrt(i·Y / 2F),   M* = sqrt(F·Y / 2i),   cost F·N* + i·M* = sqrt(2·F·Y·i)

    Parameters
    ----------
    spending : float or ndarray
        Y, yuan a year, above 0.
    trouble : float or ndarray
        F, yuan for each withdrawal, above 0.
    rate : float or ndarray
        i, what the money would earn a year, from 1e-9 to 1.

    Returns
    -------
    CashPlan
        Withdrawals a year as a real number, average cash and cost in yuan.

    Raises
    ------
    ValueError
        Naming what is out of its range, or shapes that do not match.

    Source
    ------
    Baumol (1952); Tobin (1956).
    """
    spent = bounded_above_zero("spending", spending)
    each = bounded_above_zero("trouble", trouble)
    paid = _rate("rate", rate)
    matching_terms(spending=spent, trouble=each, rate=paid)
    root, held = np.sqrt(each), np.sqrt(spent) * np.sqrt(np.asarray(paid) / 2.0)
    cash = root * np.sqrt(spent) / np.sqrt(2.0 * np.asarray(paid))
    return CashPlan(plain(held / root), plain(cash), plain(2.0 * held * root))


def pay_at_the_door(terms: SaverTerms = CLERK) -> Numbers:
    """Find the monthly pay above which moving idle pay into the fund is worth its trouble.

        Y > 8F / (i/12)

    With n transfers a month, one in and n − 1 out, i/12·Y·(n − 1)/2n is earned and n·F spent. The
    first two earn i/12·Y/4 and cost 2F, and no other number is worth while below that pay.

    Parameters
    ----------
    terms : SaverTerms
        Trouble and yield; the pay does not matter.

    Returns
    -------
    float or ndarray
        Yuan a month.

    Raises
    ------
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Tobin (1956): his n of two or more, with the first two transfers' gain set to 0.
    """
    terms = instance("terms", terms, SaverTerms)
    return plain(8.0 * MONTHS_A_YEAR * np.asarray(terms.trouble) / terms.fund_yield)


def trouble_at_the_door(terms: SaverTerms = CLERK) -> Numbers:
    """Find the trouble below which the fund is used: Y·i/(12·8), yuan a transfer.

    Parameters
    ----------
    terms : SaverTerms
        Pay and yield; the trouble does not matter.

    Returns
    -------
    float or ndarray
        Yuan a transfer.

    Raises
    ------
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Arithmetic: `pay_at_the_door` solved for F.
    """
    terms = instance("terms", terms, SaverTerms)
    return plain(np.asarray(terms.monthly_pay) * terms.fund_yield / (8.0 * MONTHS_A_YEAR))


def yield_at_the_door(terms: SaverTerms = CLERK) -> Numbers:
    """Find the yield above which the fund is used: 12·8·F/Y, a year.

    Parameters
    ----------
    terms : SaverTerms
        Pay and trouble; the yield does not matter.

    Returns
    -------
    float or ndarray
        A year; may be above 1.

    Raises
    ------
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Arithmetic: `pay_at_the_door` solved for i.
    """
    terms = instance("terms", terms, SaverTerms)
    return plain(8.0 * MONTHS_A_YEAR * np.asarray(terms.trouble) / terms.monthly_pay)


class Moved(NamedTuple):
    """What a saver does with a month's pay: transfers, yuan in the fund, yuan gained a year."""

    transfers: Numbers
    in_fund: Numbers
    gain: Numbers


def move_pay(terms: SaverTerms = CLERK) -> Moved:
    """Find how a saver moves a month's pay into the fund and back, in whole transfers or not.

    Parameters
    ----------
    terms : SaverTerms
        Pay, trouble and yield.

    Returns
    -------
    Moved
        Transfers a month, 0 or 2 and more, infinite where they are no trouble; the average in the
        fund, at most half the pay; the gain a year, net of trouble. At the door itself, nothing.

    Raises
    ------
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Tobin (1956).
    """
    terms = instance("terms", terms, SaverTerms)
    earned, each, pay = np.broadcast_arrays(
        np.asarray(terms.fund_yield) * terms.monthly_pay / MONTHS_A_YEAR,
        terms.trouble,
        terms.monthly_pay,
    )
    number, gain = _best_number(earned, each)
    used = gain > 0.0
    share = np.where(used, (1.0 - 1.0 / number) / 2.0, 0.0)
    return Moved(
        plain(np.where(used, number, 0.0)),
        plain(pay * share),
        plain(np.where(used, MONTHS_A_YEAR * gain, 0.0)),
    )


def _best_number(earned: Array, each: Array) -> tuple[Array, Array]:
    """Find the best number of transfers, of two or more, and what it gains in a month."""
    with np.errstate(divide="ignore", over="ignore"):
        best = np.sqrt(earned / 2.0 / np.asarray(each))
    low = np.maximum(np.where(best < _WHOLE, np.floor(best), best), _FEWEST)
    high = np.where(low < _WHOLE, low + 1.0, low)
    gain_low, gain_high = _month_gain(low, earned, each), _month_gain(high, earned, each)
    return np.where(gain_high > gain_low, high, low), np.maximum(gain_low, gain_high)


def _month_gain(number: Array, earned: Array, each: Array) -> Array:
    """Interest less trouble in a month; for very many transfers as if at the best real number."""
    whole = np.minimum(number, _WHOLE)
    exact = earned * (1.0 - 1.0 / whole) / 2.0 - whole * each
    many = earned / 2.0 - 2.0 * np.sqrt(earned / 2.0) * np.sqrt(each)
    return np.where(number < _WHOLE, exact, many)


def yearly_fee_of_leaving(spending: Numbers, exit_fee: Numbers) -> Numbers:
    """Compute what a fee on money taken out costs a year: it does not depend on how often.

    Parameters
    ----------
    spending : float or ndarray
        Y, yuan a year that leave the wallet, 0 or more.
    exit_fee : float or ndarray
        Share of what is taken out, from 0 to 1.

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
    Arithmetic: N withdrawals of Y/N each.
    """
    spent, taken = bounded("spending", spending), fraction("exit_fee", exit_fee)
    matching_terms(spending=spent, exit_fee=taken)
    return plain(np.asarray(spent) * taken)
