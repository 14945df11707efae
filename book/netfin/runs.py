"""Runs: money that may be called back any day, lent for a year.

Amounts are for each yuan brought by savers. Shares are of all savers. Functions of a share take a
float or an array.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, NamedTuple

import numpy as np

from netfin.arrays import plain
from netfin.checks import (
    Array,
    Numbers,
    above_zero,
    below_one,
    bounded,
    choice,
    finite,
    fraction,
    instance,
    one,
    positive,
)
from netfin.terms import About, Terms

_STEPS = 4_000  # of the integrals over the share that leaves
_LEAST, _MOST = 1e-100, 1e100  # yuan for each yuan: beyond, quotients of two are no floats


class Rule(StrEnum):
    """What stands between a doubt and a run."""

    NOTHING = "no rule"
    SUSPENSION = "suspension"
    INSURANCE = "insurance"


@dataclass(frozen=True)
class DepositContract(Terms):
    """What savers are promised, and what their money was put into; single numbers."""

    early_promise: Annotated[
        float,
        About(
            "c_1",
            "yuan for each yuan",
            "our assumption: the money back, any day",
            check=one(positive),
        ),
    ] = 1.0
    long_return: Annotated[
        float,
        About(
            "R",
            "yuan for each yuan lent",
            "our assumption: 10 % a year after losses",
            check=one(positive),
        ),
    ] = 1.10
    sale_price: Annotated[
        float,
        About(
            "ζ",
            "yuan for each yuan lent",
            "our assumption: loans sold in a hurry",
            check=one(above_zero),
        ),
    ] = 0.70
    cash_share: Annotated[
        float,
        About(
            "γ",
            "share of the money",
            "our assumption: what is needed in calm times",
            check=one(fraction),
        ),
    ] = 0.10
    early_needs: Annotated[
        float,
        About(
            "μ_1",
            "share of savers",
            "our assumption: who need their money early",
            check=one(below_one),
        ),
    ] = 0.10

    def consistent(self) -> None:
        """Refuse amounts so small or large that what is computed of them is no number."""
        for name in ("early_promise", "long_return", "sale_price"):
            amount = getattr(self, name)
            if not _LEAST <= amount <= _MOST:
                raise ValueError(
                    f"{name} must be a number from {_LEAST:g} to {_MOST:g}, not {amount:g}"
                )

    @property
    def raised_at_once(self) -> float:
        """Cash and what all loans fetch in a hurry, γ + (1 − γ)ζ."""
        return self.cash_share + (1.0 - self.cash_share) * self.sale_price


PLATFORM = DepositContract()
"""A platform that promises savers their money back any day."""

TEXTBOOK = DepositContract(1.28, 2.0, 1.0, 0.0, 0.25)
"""The contract of Diamond (2007): 1.28 early, loans that double the money and can be stopped."""


def leave_payoff(share: Numbers, contract: DepositContract = PLATFORM) -> Numbers:
    """Return what one who leaves gets when a share of all savers leaves: c_1 or an equal part.

    Parameters
    ----------
    share : float or ndarray
        x, from 0 to 1.
    contract : DepositContract
        What is promised, and what there is.

    Returns
    -------
    float or ndarray
        Yuan for each yuan, on average over those who leave.

    Raises
    ------
    ValueError
        If a share is out of its range.
    TypeError
        Naming `contract`, where it is of another type.

    Source
    ------
    Diamond & Dybvig (1983), with the price of a hurried sale of `wait_payoff`.
    """
    contract = instance("contract", contract, DepositContract)
    leaving = np.asarray(fraction("share", share))
    wanted = contract.early_promise * leaving
    part = contract.raised_at_once / np.maximum(wanted, contract.raised_at_once)
    return plain(contract.early_promise * part)


def wait_payoff(share: Numbers, contract: DepositContract = PLATFORM) -> Numbers:
    """Return what one who waits gets when a share of all savers leaves, if the loans are good.

    The platform pays out of its cash and then sells loans at ζ; those who wait share the rest:

        c_2(x) = (γ − c_1 x + R(1 − γ)) / (1 − x)               while c_1 x ≤ γ,
        c_2(x) = R(1 − γ − (c_1 x − γ)/ζ) / (1 − x), or nothing   beyond.

    Parameters
    ----------
    share : float or ndarray
        x, from 0 to below 1: somebody waits.
    contract : DepositContract
        What is promised, and what there is.

    Returns
    -------
    float or ndarray
        c_2, yuan for each yuan.

    Raises
    ------
    ValueError
        If a share is out of its range.
    TypeError
        Naming `contract`, where it is of another type.

    Source
    ------
    Diamond & Dybvig (1983) with ζ = 1 and γ = 0; loans that lose in a hurried sale as in Cooper &
    Ross (1998).
    """
    contract = instance("contract", contract, DepositContract)
    leaving = np.asarray(below_one("share", share))
    withdrawn = contract.early_promise * leaving
    loans = 1.0 - contract.cash_share
    sold = np.maximum(withdrawn - contract.cash_share, 0.0) / contract.sale_price
    left = np.maximum(contract.cash_share - withdrawn, 0.0)
    left = left + contract.long_return * np.maximum(loans - sold, 0.0)
    return plain(left / (1.0 - leaving))


def tipping_point(contract: DepositContract = PLATFORM) -> float:
    """Find the share of savers beyond which it is better to leave than to wait.

    c_2(x*) = c_1 gives x* = (R(1 − γ + γ/ζ) − c_1) / (c_1 (R/ζ − 1)), if that is beyond the cash.

    Parameters
    ----------
    contract : DepositContract
        What is promised, and what there is.

    Returns
    -------
    float
        Share of savers, from μ_1 to 1; infinite if the platform could pay everybody at once, so
        that no run can hurt it; 0 if waiting does not pay even when just those in need leave.

    Raises
    ------
    TypeError
        Naming `contract`, where it is of another type.

    Source
    ------
    Arithmetic: the condition solved for x, with `wait_payoff`.
    """
    contract = instance("contract", contract, DepositContract)
    if contract.raised_at_once >= contract.early_promise:
        return math.inf
    if float(wait_payoff(contract.early_needs, contract)) <= contract.early_promise:
        return 0.0
    growth = contract.long_return / contract.sale_price
    held = contract.cash_share / contract.sale_price
    gain = contract.long_return * (1.0 - contract.cash_share + held) - contract.early_promise
    return gain / (contract.early_promise * (growth - 1.0))


class Payoffs(NamedTuple):
    """What leaving and waiting bring under a rule, and the point where waiting stops paying."""

    leave: Numbers
    wait: Numbers
    tipping_point: float


def payoffs(
    share: Numbers, rule: Rule = Rule.NOTHING, contract: DepositContract = PLATFORM
) -> Payoffs:
    """Return what savers get when a share of them asks for its money, under a rule.

    Suspension: the platform pays only as many as need their money early, μ_1; others who ask wait
    with the rest. Insurance: somebody outside makes up what is short of the promise, c_1.

    Parameters
    ----------
    share : float or ndarray
        Those who ask for their money, from μ_1 to below 1.
    rule : Rule
        What stands between a doubt and a run.
    contract : DepositContract
        What is promised, and what there is.

    Returns
    -------
    Payoffs
        Yuan for each yuan, as many as shares; the tipping point as from `tipping_point`.

    Raises
    ------
    ValueError
        If a share is out of its range, or the rule is none.
    TypeError
        Naming `contract`, where it is of another type.

    Notes
    -----
    Suspension stops runs because μ_1 is known and the paid are those in need; with μ_1 unknown it
    leaves people in need without their money.

    Source
    ------
    Diamond & Dybvig (1983), sections III and IV.
    """
    rule, contract = choice("rule", rule, Rule), instance("contract", contract, DepositContract)
    asking = np.asarray(below_one("share", share))
    if np.any(asking < contract.early_needs):
        least = contract.early_needs
        raise ValueError(
            f"share must be a number from early_needs, {least:g}, to below 1, not {asking.min():g}"
        )
    if rule is Rule.SUSPENSION:
        return _suspended(asking, contract)
    leave, wait = leave_payoff(asking, contract), wait_payoff(asking, contract)
    if rule is Rule.NOTHING:
        return Payoffs(leave, wait, tipping_point(contract))
    promise = contract.early_promise
    return Payoffs(plain(np.maximum(leave, promise)), plain(np.maximum(wait, promise)), math.inf)


def _suspended(asking: Array, contract: DepositContract) -> Payoffs:
    """Pay only those in need, whoever asks."""
    paid = contract.early_needs / np.maximum(asking, np.finfo(float).tiny)
    stay = float(wait_payoff(contract.early_needs, contract))
    first = float(leave_payoff(contract.early_needs, contract))
    point = math.inf if stay >= contract.early_promise else 0.0
    return Payoffs(plain(paid * first + (1 - paid) * stay), plain(stay + 0 * asking), point)


class Consumption(NamedTuple):
    """What a saver gets early or late."""

    early: float
    late: float


def optimal_deposit_contract(
    long_return: float, early_needs: float, risk_aversion: float
) -> Consumption:
    """Find the contract that savers who do not know when they will need money like best.

    Maximise μ_1 u(c_1) + (1 − μ_1) u(c_2) with μ_1 c_1 + (1 − μ_1) c_2 / R = 1 and constant
    relative risk aversion A: u'(c_1) = R u'(c_2), so c_2 = c_1 R^(1/A).

    Parameters
    ----------
    long_return : float
        R, at least 1; loans stopped early return what was put in.
    early_needs : float
        μ_1, the share who will need their money early, from 0 to below 1.
    risk_aversion : float
        A, above 0. With A = 1 early leavers get their own money back and nothing more.

    Returns
    -------
    Consumption
        c_1 and c_2, yuan for each yuan.

    Raises
    ------
    ValueError
        If a number is out of its range.

    Source
    ------
    Diamond & Dybvig (1983), equations 1a to 1c; Diamond (2007) has R = 2, μ_1 = 1/4 and A = 2,
    which give 1.28 and 1.813.
    """
    growth = float(one(bounded)("long_return", long_return))
    if growth < 1.0:
        raise ValueError(f"long_return must be a number of 1 or more, not {growth:g}")
    share = float(one(below_one)("early_needs", early_needs))
    caution = float(one(positive)("risk_aversion", risk_aversion))
    # c_1/c_2 and not its inverse: that may be beyond all floats where A is small
    ratio = math.exp(-math.log(growth) / caution) if growth > 1.0 else 1.0
    late = 1.0 / (share * ratio + (1.0 - share) / growth)
    return Consumption(late * ratio, late)


class RunThresholds(NamedTuple):
    """Chances that the loans are good, below which savers leave.

    Below `lower_dominance` each leaves even if nobody else does; up to `global_game` because
    others might.
    """

    lower_dominance: float
    global_game: float


def run_thresholds(
    contract: DepositContract = PLATFORM, utility: Callable[[Array], Array] | None = None
) -> RunThresholds:
    """Find how sure of the loans savers must be to stay, when each has news of his own.

    The loans return R with probability θ and otherwise nothing. Each saver sees θ almost exactly
    and knows no more about the others than that any share of them may leave, from μ_1 to all:

        ∫ θ* u(c_2(x)) + (1 − θ*) u(cash left(x)) dx = ∫ u(leave(x)) dx     over x from μ_1 to 1,

    while alone he compares the same at x = μ_1.

    Parameters
    ----------
    contract : DepositContract
        One that some run can hurt, or the two thresholds need not be in order.
    utility : callable, optional
        u of an array of amounts, with u(0) = 0; by default the amount itself.

    Returns
    -------
    RunThresholds
        A threshold above 1 has no meaning as a chance: no news is then good enough, and the upper
        dominance region, where all stay whatever the others do, has to be assumed.

    Raises
    ------
    ValueError
        If good loans leave those who wait no more than bad ones when just μ_1 leave, so that θ
        does not matter; if `utility` is not 0 at 0, or gives no finite number.
    TypeError
        If `utility` is no function.

    Source
    ------
    Goldstein & Pauzner (2005), their θ* for vanishing noise, with p(θ) = θ; even odds for all
    shares as in Morris & Shin (2003).
    """
    contract = instance("contract", contract, DepositContract)
    felt = _checked(utility)
    needs = contract.early_needs
    width = (1.0 - needs) / _STEPS
    shares = np.asarray(needs + width * (np.arange(_STEPS) + 0.5), dtype=np.float64)
    alone = np.array([needs], dtype=np.float64)
    return RunThresholds(_indifferent(alone, contract, felt), _indifferent(shares, contract, felt))


def _indifferent(others: Array, contract: DepositContract, felt: Callable[..., Array]) -> float:
    """Find θ at which leaving and waiting are worth the same, over these shares of others."""
    cash = np.maximum(contract.cash_share - contract.early_promise * others, 0.0)
    bad = float(np.sum(felt(cash / (1.0 - others))))
    good = float(np.sum(felt(wait_payoff(others, contract))))
    if good <= bad:
        raise ValueError(
            "contract must leave more to those who wait if the loans are good than if they are "
            f"bad, when early_needs leave, {contract.early_needs:g}"
        )
    return (float(np.sum(felt(leave_payoff(others, contract)))) - bad) / (good - bad)


def _checked(utility: Callable[[Array], Array] | None) -> Callable[..., Array]:
    """Return a utility that is refused where it is not 0 at 0, or no finite number."""
    if utility is None:
        return np.asarray
    if not callable(utility):
        raise TypeError(f"utility must be a function of an amount, not {utility!r}")

    def felt(amounts: Array) -> Array:
        with np.errstate(all="ignore"):
            return np.asarray(finite("utility", utility(np.asarray(amounts))))

    if np.any(felt(np.zeros(1)) != 0.0):
        raise ValueError(f"utility must be 0 at 0, not {felt(np.zeros(1))[0]:g}")
    return felt
