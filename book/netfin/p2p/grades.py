"""What a grade charged and lost, and what a young loan file cannot tell yet.

All functions take floats or numpy arrays that broadcast against each other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from netfin.checks import (
    Numbers,
    bounded,
    bounded_either_side,
    finite,
    fraction,
    matching,
    positive,
)
from netfin.realised import realised_spread


class DefaultBounds(NamedTuple):
    """Which share of some loans will have been given up once all have ended."""

    so_far: Numbers
    of_finished: Numbers
    at_most: Numbers


def default_bounds(charged_off: Numbers, repaid: Numbers, running: Numbers) -> DefaultBounds:
    """Bound the share of loans that will have failed, from a file in which some still run.

    Parameters
    ----------
    charged_off, repaid : float or ndarray
        Loans that have ended, given up or repaid; one of either at least.
    running : float or ndarray
        Loans that have not, late ones included.

    Returns
    -------
    DefaultBounds
        `so_far`, as if every running loan will be repaid, the least; `of_finished`, of those that
        have ended, which leaves running loans out; `at_most`, as if every running loan fails.

    Raises
    ------
    ValueError
        Naming a parameter that is below 0, or where no loan has ended, or shapes do not match.

    Source
    ------
    Arithmetic.
    """
    failed, done = bounded("charged_off", charged_off), bounded("repaid", repaid)
    open_ = bounded("running", running)
    matching(charged_off=failed, repaid=done, running=open_)
    ended = positive("charged_off plus repaid", failed + done)
    every = ended + open_
    return DefaultBounds(failed / every, failed / ended, (failed + open_) / every)


class FeeAndRest(NamedTuple):
    """What a saver's fee took of a group of loans, and what was left, a year on the balance."""

    fee: Numbers
    left: Numbers


def left_after_fee(
    rate: Numbers, net_return: Numbers, principal_lost: Numbers, fee_on_payments: Numbers
) -> FeeAndRest:
    """Take from a realised spread a fee that is a share of every payment.

        fee a year = φ·(1 + net return)·r/I,    the balance having been I/r yuan-years

    Parameters
    ----------
    rate, net_return, principal_lost : float or ndarray
        As in `realised_spread`.
    fee_on_payments : float or ndarray
        φ, share of what borrowers pay, from 0 to 1.

    Returns
    -------
    FeeAndRest
        Fractions a year of the balance outstanding.

    Raises
    ------
    ValueError
        Naming a parameter that is out of its range, or shapes that do not match.

    Source
    ------
    Arithmetic, from `realised_spread`.
    """
    share = fraction("fee_on_payments", fee_on_payments)
    returned = bounded_either_side("net_return", net_return)
    lost = fraction("principal_lost", principal_lost)
    spread = realised_spread(rate, returned, lost)
    matching(rate=spread.rate, net_return=returned, principal_lost=lost, fee_on_payments=share)
    with np.errstate(over="ignore"):  # where next to no interest was paid the balance has no end
        fee = share * (1.0 + returned) * (spread.rate / np.asarray(returned + lost))
    fee = finite("what rate, net_return and principal_lost leave of the fee", fee)
    return FeeAndRest(fee, spread.remaining - fee)
