"""A generation that was served first: how much of it is still there when others come."""

from __future__ import annotations

import numpy as np

from netfin.arrays import plain
from netfin.checks import Numbers, bounded, fraction, matching


def still_there(years: Numbers, leave_at_once: Numbers, switching: Numbers) -> Numbers:
    """Compute the share of a generation that stays with whoever served it first.

        (1 − l)(1 − σ)^t

    Parameters
    ----------
    years : float or ndarray
        t, years since others can be had, 0 or more.
    leave_at_once : float or ndarray
        l, share who leave as soon as others can be had.
    switching : float or ndarray
        σ, share of those left who leave in a year.

    Returns
    -------
    float or ndarray
        Share of the generation.

    Raises
    ------
    ValueError
        If a share is none, years are below 0, or shapes do not match.

    Source
    ------
    Arithmetic: a part that leaves, and a constant rate for the rest.
    """
    time, gone = np.asarray(bounded("years", years)), fraction("leave_at_once", leave_at_once)
    leave = np.asarray(fraction("switching", switching))
    matching(years=time, leave_at_once=gone, switching=leave)
    return plain((1.0 - np.asarray(gone)) * (1.0 - leave) ** time)


def years_together(switching: Numbers, life: Numbers) -> Numbers:
    """Compute how many years a customer stays, who leaves at a constant rate or at the end.

        (1 − (1 − σ)^L)/σ, counting the first year whole

    Parameters
    ----------
    switching : float or ndarray
        σ, share of customers who leave in a year.
    life : float or ndarray
        L, years until a customer no longer buys at all.

    Returns
    -------
    float or ndarray
        Years on average; L where nobody leaves.

    Raises
    ------
    ValueError
        If the share is none, years are below 0, or shapes do not match.

    Source
    ------
    Arithmetic: a geometric sum.
    """
    leave, years = np.asarray(fraction("switching", switching)), np.asarray(bounded("life", life))
    shape = matching(switching=leave, life=years)
    leave, years = (np.broadcast_to(each, shape) for each in (leave, years))
    stayed = 1.0 - (1.0 - leave) ** years
    return plain(np.where(leave > 0.0, stayed / np.where(leave > 0.0, leave, 1.0), years))
