"""A note that is repaid by the month: what came back before the borrower stopped.

All functions take floats or numpy arrays that broadcast against each other.
"""

from __future__ import annotations

import numpy as np

from netfin.annuity import MONTHS_A_YEAR, worth_of_payments
from netfin.arrays import plain
from netfin.checks import Array, Numbers, fraction, matching, whole_number


def monthly_payment(rate: Numbers, months: Numbers) -> Numbers:
    """Compute the equal payment a month that repays one yuan.

        i / (1 − (1 + i)^−n),    i a twelfth of the yearly rate

    Parameters
    ----------
    rate : float or ndarray
        A year, from 0 to 1.
    months : float or ndarray
        n, whole, 1 or more.

    Returns
    -------
    float or ndarray
        Yuan a month for each yuan lent.

    Raises
    ------
    ValueError
        Naming `rate` or `months`, where it is out of its range, or shapes do not match.

    Source
    ------
    Arithmetic.
    """
    monthly, term = _monthly(rate), whole_number("months", months)
    matching(rate=monthly, months=term)
    return plain(1.0 / np.asarray(worth_of_payments(monthly, term)))


def still_owed(paid: Numbers, rate: Numbers, months: Numbers) -> Numbers:
    """Compute what is owed of one yuan after so many payments.

        (1 − (1 + i)^−(n − k)) / (1 − (1 + i)^−n)

    Parameters
    ----------
    paid : float or ndarray
        k, payments made; whole, from 0 to `months`.
    rate, months : float or ndarray
        As in `monthly_payment`.

    Returns
    -------
    float or ndarray
        Yuan for each yuan lent: what the payments to come are worth at the note's own rate.

    Raises
    ------
    ValueError
        Naming `paid`, `rate` or `months`, where it is out of its range, or shapes do not match.

    Source
    ------
    Arithmetic.
    """
    made = whole_number("paid", paid, least=0)
    payment, term = monthly_payment(rate, months), whole_number("months", months)
    matching(paid=made, rate=payment, months=term)
    left = np.asarray(term) - np.asarray(made)
    if np.any(left < 0.0):
        raise ValueError(f"paid must be whole numbers from 0 to months, {months}, not {paid}")
    return plain(np.asarray(payment) * np.asarray(worth_of_payments(_monthly(rate), left)))


def money_back(paid: Numbers, rate: Numbers, months: Numbers, recovery: Numbers) -> Numbers:
    """Add up what came back of one yuan whose borrower stopped after so many payments.

    Parameters
    ----------
    paid, rate, months : float or ndarray
        As in `still_owed`.
    recovery : float or ndarray
        Share of what is still owed that is recovered, from 0 to 1.

    Returns
    -------
    float or ndarray
        Yuan for each yuan lent, not discounted: above 1 the saver has lost nothing but time.

    Raises
    ------
    ValueError
        Naming the parameter that is out of its range, or shapes that do not match.

    Source
    ------
    Arithmetic.
    """
    owed, payment = still_owed(paid, rate, months), monthly_payment(rate, months)
    recovered = fraction("recovery", recovery)
    matching(paid=owed, rate=payment, recovery=recovered)
    return plain(np.asarray(paid) * np.asarray(payment) + recovered * np.asarray(owed))


def _monthly(rate: Numbers) -> Array:
    """A twelfth of a yearly rate, from 0 to 1."""
    return np.asarray(fraction("rate", rate)) / MONTHS_A_YEAR
