"""The one-tap fund: what its savers hold in a run, and what banks pay for the money it took."""

from __future__ import annotations

import numpy as np

from netfin.arrays import plain, ratio
from netfin.checks import Numbers, below_one, fraction, one
from netfin.runs import DepositContract
from netfin.terms import matching_terms


def money_fund(loss: float, sale_cost: float = 0.0, cash_share: float = 0.0) -> DepositContract:
    """Make the contract of a fund that pays every yuan back at par, whatever it has lost.

    Parameters
    ----------
    loss : float
        d, share of the fund that is lost, from 0 to below 1.
    sale_cost : float
        Share of the worth that is lost by selling in a hurry, from 0 to below 1.
    cash_share : float
        Share held in cash; the loss is in the rest.

    Returns
    -------
    DepositContract
        With it `netfin.runs.wait_payoff` gives what those who stay hold when a share x leaves:
        1 − d/(1 − x) without cash and costs of selling.

    Raises
    ------
    ValueError
        Naming what is out of its range.

    Source
    ------
    Arithmetic: the contract of `netfin.runs`, with a promise of 1 and loans worth 1 − d.
    """
    worth = 1.0 - float(one(below_one)("loss", loss))
    kept = 1.0 - float(one(below_one)("sale_cost", sale_cost))
    cash = float(one(fraction)("cash_share", cash_share))
    return DepositContract(1.0, worth, worth * kept, cash, 0.0)


def bank_pays(moved: Numbers, deposit_rate: Numbers, fund_rate: Numbers) -> Numbers:
    """Compute what a bank pays on average when savers' money comes back through a fund.

    Parameters
    ----------
    moved : float or ndarray
        Share of the deposits that went into the fund, which lends them to the bank.
    deposit_rate : float or ndarray
        What the bank pays to those who stayed, a year.
    fund_rate : float or ndarray
        What it pays the fund, a year.

    Returns
    -------
    float or ndarray
        A year, on all of the money.

    Raises
    ------
    ValueError
        Naming what is out of its range, or shapes that do not match.

    Source
    ------
    Arithmetic: a weighted average.
    """
    gone, low = fraction("moved", moved), fraction("deposit_rate", deposit_rate)
    high = fraction("fund_rate", fund_rate)
    matching_terms(moved=gone, deposit_rate=low, fund_rate=high)
    return plain(np.asarray(low) + np.asarray(gone) * (np.asarray(high) - low))


def bank_matches_above(deposit_rate: Numbers, fund_rate: Numbers, fund_fee: Numbers) -> Numbers:
    """Find the share that must leave before a bank does better to pay everybody the fund's yield.

        s* = (i − r) / (i + fee − r)

    Parameters
    ----------
    deposit_rate : float or ndarray
        r, what the bank pays now, a year.
    fund_rate : float or ndarray
        i, what the fund pays its savers, a year.
    fund_fee : float or ndarray
        What the fund keeps, a year; the bank pays i + fee.

    Returns
    -------
    float or ndarray
        A share; 0 where the bank pays as much already.

    Raises
    ------
    ValueError
        Naming what is out of its range, or shapes that do not match.

    Source
    ------
    Arithmetic: `bank_pays` set equal to i.
    """
    low, high = fraction("deposit_rate", deposit_rate), fraction("fund_rate", fund_rate)
    fee = fraction("fund_fee", fund_fee)
    matching_terms(deposit_rate=low, fund_rate=high, fund_fee=fee)
    gap = np.maximum(np.asarray(high) - low, 0.0)
    return ratio(gap, gap + fee, 0.0)
