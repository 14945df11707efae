"""A real lending spread: the rate less what was lost."""

from __future__ import annotations

from typing import NamedTuple

from netfin.checks import (
    Numbers,
    bounded_above_zero,
    bounded_either_side,
    fraction,
    matching,
    positive,
)


class RealisedSpread(NamedTuple):
    """What a group of loans charged, lost and kept, a year on the balance outstanding."""

    rate: Numbers
    yearly_loss: Numbers
    remaining: Numbers


def realised_spread(rate: Numbers, net_return: Numbers, principal_lost: Numbers) -> RealisedSpread:
    """Compute, from money paid and lost, what was left of a loan rate after its losses.

    Interest received, I = net return + principal lost, is the rate times the balance on which
    it was paid, so that balance was I/r yuan-years for each yuan lent, early repayment and all.
    Hence

        loss a year = r·L/I,        remaining = r·(I − L)/I.

    Parameters
    ----------
    rate : float or ndarray
        Average contracted rate r a year, above 0.
    net_return : float or ndarray
        Everything the borrowers paid, less everything lent, for each yuan lent, over the whole
        life of the loans. Late fees are counted as interest.
    principal_lost : float or ndarray
        Principal L that was never repaid, after recoveries, for each yuan lent, from 0 to 1.

    Returns
    -------
    RealisedSpread
        Rate, loss and what is left, fractions a year of the balance outstanding.

    Raises
    ------
    ValueError
        Naming `rate`, `net_return` or `principal_lost`, where it is out of its range, or shapes do
        not match.

    Source
    ------
    Arithmetic.
    """
    charged = bounded_above_zero("rate", rate)
    returned = bounded_either_side("net_return", net_return)
    lost = fraction("principal_lost", principal_lost)
    matching(rate=charged, net_return=returned, principal_lost=lost)
    interest = positive("net_return plus principal_lost", returned + lost)
    loss = charged * lost / interest
    return RealisedSpread(charged, loss, charged - loss)
