"""A real lending spread: the rate less what was lost."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from netfin.arrays import plain
from netfin.checks import Numbers, finite, fraction, non_negative, positive


class RealisedSpread(NamedTuple):
    """What a group of loans charged, lost and kept, a year on the balance outstanding."""

    rate: Numbers
    yearly_loss: Numbers
    remaining: Numbers


class ChargedOffShare(NamedTuple):
    """Share of loans charged off, when some are not finished yet."""

    at_least: Numbers
    of_finished: Numbers
    at_most: Numbers


def charged_off_share(
    charged_off: Numbers, repaid: Numbers, late: Numbers = 0.0, current: Numbers = 0.0
) -> ChargedOffShare:
    """Bound the share of loans that end charged off while some are still running.

    At least those charged off already, with every unfinished loan repaid; at most those and
    every late or current loan. Between them lies the share among finished loans.

    Parameters
    ----------
    charged_off, repaid, late, current : float or ndarray
        Numbers of loans, 0 or more; at least one of them finished.
    """
    lost = non_negative("charged_off", charged_off)
    finished = lost + non_negative("repaid", repaid)
    unfinished = non_negative("late", late) + non_negative("current", current)
    positive("charged_off plus repaid", finished)
    everyone = finished + unfinished
    return ChargedOffShare(lost / everyone, lost / finished, (lost + unfinished) / everyone)


def default_intensity(charged_off: Numbers, years: Numbers) -> Numbers:
    """Turn a share of loans charged off over their life into a rate of default a year.

        λ = −ln(1 − share) / years

    Parameters
    ----------
    charged_off : float or ndarray
        Share of loans charged off, from 0 to below 1.
    years : float or ndarray
        Years over which a loan could default, above 0: the term, or less if most repay early.

    Notes
    -----
    Exact if each running loan is equally likely to default in every month. The simpler share/years
    counts the defaulted as if they still ran, and is too low by about half the share. If instead
    defaults come at an even pace and the balance falls in a straight line, the true rate is
    (share/years)/(1 − share/3), and λ is too high by 1 % of itself where 6 % are charged off and
    by 7 % where 30 % are.
    """
    share = fraction("charged_off", charged_off, open_right=True)
    return plain(-np.log1p(-share) / positive("years", years))


def loan_rate_minus_loss(
    rate: Numbers, charged_off: Numbers, years: Numbers, loss_given_default: Numbers
) -> RealisedSpread:
    """Estimate, from counts of loans, what is left of a loan rate after its losses.

    The loss a year is λ·LGD on the balance outstanding, whatever the schedule of repayment:
    the balances cancel. Interest that a late borrower leaves unpaid before the loan is charged
    off (λ·r/12 for each month of waiting) is not counted.

    Parameters
    ----------
    rate : float or ndarray
        Contracted rate r a year, 0 or more.
    charged_off, years
        As in `default_intensity`.
    loss_given_default : float or ndarray
        Share lost of the balance *outstanding at default*, from 0 to 1. This is larger than the
        share of the original amount, of which a part had been repaid.
    """
    charged = non_negative("rate", rate)
    severity = fraction("loss_given_default", loss_given_default)
    loss = default_intensity(charged_off, years) * severity
    return RealisedSpread(charged, loss, charged - loss)


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
    """
    charged = positive("rate", rate)
    lost = fraction("principal_lost", principal_lost)
    interest = positive("net_return plus principal_lost", finite("net_return", net_return) + lost)
    loss = charged * lost / interest
    return RealisedSpread(charged, loss, charged - loss)
