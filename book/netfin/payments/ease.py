"""How easy a payment is: seconds at the till, and what somebody pays for them."""

from __future__ import annotations

import numpy as np

from netfin.arrays import plain
from netfin.checks import Numbers, bounded, fraction
from netfin.terms import matching_terms

_HOUR = 3600.0  # seconds


def cost_of_paying(ticket: Numbers, seconds: Numbers, hour: Numbers, fee: Numbers) -> Numbers:
    """Compute what a payment costs whoever makes it, in time and money.

    Parameters
    ----------
    ticket : float or ndarray
        What is bought, yuan.
    seconds : float or ndarray
        Time at the till, 0 or more.
    hour : float or ndarray
        What an hour is worth to the customer, yuan.
    fee : float or ndarray
        Share of the ticket that the customer bears, in the price or openly, from 0 to 1.

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
    Definition: time at its worth, and fees.
    """
    bought, took = bounded("ticket", ticket), bounded("seconds", seconds)
    worth, borne = bounded("hour", hour), fraction("fee", fee)
    matching_terms(ticket=bought, seconds=took, hour=worth, fee=borne)
    return plain(np.asarray(took) * worth / _HOUR + np.asarray(borne) * bought)
