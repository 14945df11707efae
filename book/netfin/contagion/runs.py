"""Runs: money that may be called back any day, lent for a year; and fear among many platforms.

Amounts are for each yuan brought by savers. Shares are of all savers. Every function of a share
takes a float or an array.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray

from netfin.checks import Numbers, finite, fraction, non_negative, positive, whole_number
from netfin.terms import About

_STEPS = 4_000  # of the integrals over the share that leaves


class Rule(StrEnum):
    """What stands between a doubt and a run."""

    NOTHING = "no rule"
    SUSPENSION = "suspension"
    INSURANCE = "insurance"


@dataclass(frozen=True)
class Platform:
    """What savers are promised, and what their money was put into; single numbers."""

    early_promise: Annotated[
        float, About("c_1", "yuan for each yuan", "our assumption: the money back, any day")
    ] = 1.0
    long_return: Annotated[
        float, About("R", "yuan for each yuan lent", "our assumption: 10 % a year after losses")
    ] = 1.10
    sale_price: Annotated[
        float, About("ζ", "yuan for each yuan lent", "our assumption: loans sold in a hurry")
    ] = 0.70
    cash_share: Annotated[
        float, About("γ", "share of the money", "our assumption: what is needed in calm times")
    ] = 0.10
    early_needs: Annotated[
        float, About("μ_1", "share of savers", "our assumption: who need their money early")
    ] = 0.10

    def __post_init__(self) -> None:
        for name in ("early_promise", "long_return"):
            object.__setattr__(self, name, float(positive(name, getattr(self, name))))
        price = fraction("sale_price", positive("sale_price", self.sale_price))
        object.__setattr__(self, "sale_price", float(price))
        object.__setattr__(self, "cash_share", float(fraction("cash_share", self.cash_share)))
        needs = fraction("early_needs", self.early_needs, open_right=True)
        object.__setattr__(self, "early_needs", float(needs))

    @property
    def raised_at_once(self) -> float:
        """Cash and what all loans fetch in a hurry, γ + (1 − γ)ζ."""
        return self.cash_share + (1.0 - self.cash_share) * self.sale_price


PLATFORM = Platform()
"""A platform that promises savers their money back any day."""

TEXTBOOK = Platform(1.28, 2.0, 1.0, 0.0, 0.25)
"""The contract of Diamond (2007): 1.28 early, loans that double the money and can be stopped."""


# ---------------------------------------------------------------------------------------------
# One platform


def leave_payoff(share: Numbers, platform: Platform = PLATFORM) -> Numbers:
    """Return what one who leaves gets when a share of all savers leaves: c_1 or an equal part."""
    leaving = np.asarray(fraction("share", share))
    queue = np.maximum(leaving, np.finfo(float).tiny)
    paid = np.minimum(platform.early_promise, platform.raised_at_once / queue)
    return _plain(paid)


def wait_payoff(share: Numbers, platform: Platform = PLATFORM) -> Numbers:
    """Return what one who waits gets when a share of all savers leaves, if the loans are good.

    The platform pays out of its cash and then sells loans at ζ; those who wait share the rest:

        c_2(x) = (γ − c_1 x + R(1 − γ)) / (1 − x)               while c_1 x ≤ γ,
        c_2(x) = R(1 − γ − (c_1 x − γ)/ζ) / (1 − x), or nothing   beyond.

    Parameters
    ----------
    share : float or ndarray
        x, below 1: somebody waits.

    Notes
    -----
    Diamond & Dybvig (1983) with ζ = 1 and γ = 0; loans that lose in a hurried sale as in Cooper
    & Ross (1998).
    """
    leaving = np.asarray(fraction("share", share, open_right=True))
    withdrawn = platform.early_promise * leaving
    loans = 1.0 - platform.cash_share
    sold = np.maximum(withdrawn - platform.cash_share, 0.0) / platform.sale_price
    left = np.maximum(platform.cash_share - withdrawn, 0.0)
    left = left + platform.long_return * np.maximum(loans - sold, 0.0)
    return _plain(left / (1.0 - leaving))


def tipping_point(platform: Platform = PLATFORM) -> float:
    """Find the share of savers beyond which it is better to leave than to wait.

    c_2(x*) = c_1 gives x* = (R(1 − γ + γ/ζ) − c_1) / (c_1 (R/ζ − 1)), if that is beyond the cash.

    Returns
    -------
    float
        Between 0 and 1; infinite if the platform could pay everybody at once, so that no run can
        hurt it; 0 if waiting does not pay even when nobody leaves.
    """
    if platform.raised_at_once >= platform.early_promise:
        return math.inf
    if float(wait_payoff(0.0, platform)) <= platform.early_promise:
        return 0.0
    growth = platform.long_return / platform.sale_price
    held = platform.cash_share / platform.sale_price
    gain = platform.long_return * (1.0 - platform.cash_share + held) - platform.early_promise
    return gain / (platform.early_promise * (growth - 1.0))


class Payoffs(NamedTuple):
    """What leaving and waiting bring under a rule, and the point where waiting stops paying."""

    leave: Numbers
    wait: Numbers
    tipping_point: float


def payoffs(share: Numbers, rule: Rule = Rule.NOTHING, platform: Platform = PLATFORM) -> Payoffs:
    """Return what savers get when a share of them asks for its money, under a rule.

    Suspension: the platform pays only as many as need their money early, μ_1; others who ask wait
    with the rest. Insurance: somebody outside makes up what is short of the promise, c_1.

    Parameters
    ----------
    share : float or ndarray
        Those who ask for their money, from μ_1 to below 1.

    Notes
    -----
    Diamond & Dybvig (1983), sections III and IV. Suspension stops runs because μ_1 is known and the
    paid are those in need; with μ_1 unknown it leaves people in need without their money.
    """
    asking = np.asarray(fraction("share", share, open_right=True))
    if np.any(asking < platform.early_needs):
        raise ValueError(f"share must be at least early_needs, {platform.early_needs:g}")
    leave, wait = leave_payoff(asking, platform), wait_payoff(asking, platform)
    if rule is Rule.NOTHING:
        return Payoffs(leave, wait, tipping_point(platform))
    promise = platform.early_promise
    if rule is Rule.INSURANCE:
        return Payoffs(
            _plain(np.maximum(leave, promise)), _plain(np.maximum(wait, promise)), math.inf
        )
    paid = platform.early_needs / np.maximum(asking, np.finfo(float).tiny)
    kept = float(wait_payoff(platform.early_needs, platform))
    stays = math.inf if kept >= promise else 0.0
    first = float(leave_payoff(platform.early_needs, platform))
    return Payoffs(_plain(paid * first + (1 - paid) * kept), _plain(kept + 0 * asking), stays)


class Contract(NamedTuple):
    """What a saver gets early or late."""

    early: float
    late: float


def best_contract(long_return: float, early_needs: float, risk_aversion: float) -> Contract:
    """Find the contract that savers who do not know when they will need money like best.

    Maximise μ_1 u(c_1) + (1 − μ_1) u(c_2) with μ_1 c_1 + (1 − μ_1) c_2 / R = 1 and constant
    relative risk aversion A: u'(c_1) = R u'(c_2), so c_2 = c_1 R^(1/A).

    Parameters
    ----------
    long_return : float
        R, at least 1; loans stopped early return what was put in.
    early_needs : float
        μ_1, the share who will need their money early.
    risk_aversion : float
        A, above 0. With A = 1 early leavers get their own money back and nothing more.

    Notes
    -----
    Diamond & Dybvig (1983), equations 1a to 1c. Diamond (2007): R = 2, μ_1 = 1/4 and A = 2 give
    1.28 and 1.813.
    """
    if positive("long_return", long_return) < 1.0:
        raise ValueError(f"long_return must be a number of 1 or more, not {long_return:g}")
    share = float(fraction("early_needs", early_needs))
    ratio = float(long_return) ** (1.0 / float(positive("risk_aversion", risk_aversion)))
    early = 1.0 / (share + (1.0 - share) * ratio / float(long_return))
    return Contract(early, early * ratio)


class Fear(NamedTuple):
    """Chances that the loans are good, below which savers leave.

    Below `alone` each leaves even if nobody else does; up to `together` because others might.
    """

    alone: float
    together: float


def run_thresholds(
    platform: Platform = PLATFORM, utility: Callable[[Numbers], Numbers] | None = None
) -> Fear:
    """Find how sure of the loans savers must be to stay, when each has news of his own.

    The loans return R with probability θ and otherwise nothing. Each saver sees θ almost exactly
    and knows no more about the others than that any share of them may leave, from μ_1 to all:

        ∫ θ* u(c_2(x)) + (1 − θ*) u(cash left(x)) dx = ∫ u(leave(x)) dx     over x from μ_1 to 1,

    while alone he compares the same at x = μ_1.

    Parameters
    ----------
    platform : Platform
        One that some run can hurt, or the two thresholds need not be in order.
    utility : callable, optional
        u, with u(0) = 0; by default the amount itself.

    Returns
    -------
    Fear
        A threshold above 1 has no meaning as a chance: no news is then good enough, and the upper
        dominance region, where all stay whatever the others do, has to be assumed.

    Notes
    -----
    Goldstein & Pauzner (2005), their θ* for vanishing noise, with p(θ) = θ; even odds for all
    shares as in Morris & Shin (2001).
    """
    felt = utility or _amount
    needs = platform.early_needs
    width = (1.0 - needs) / _STEPS
    shares = needs + width * (np.arange(_STEPS) + 0.5)
    levels = []
    for each in (needs, shares):
        others = np.atleast_1d(np.asarray(each, dtype=np.float64))
        cash = np.maximum(platform.cash_share - platform.early_promise * others, 0.0)
        bad = np.sum(felt(cash / (1.0 - others)))
        good = np.sum(felt(wait_payoff(others, platform)))
        levels.append(float((np.sum(felt(leave_payoff(others, platform))) - bad) / (good - bad)))
    return Fear(*levels)


def _amount(received: Numbers) -> Numbers:
    """Value money by its amount."""
    return received


def _plain(values: NDArray[np.float64]) -> Numbers:
    """Return one number as a float, several as an array."""
    return float(values) if np.ndim(values) == 0 else values


# ---------------------------------------------------------------------------------------------
# Many platforms: an illustration


JUNE, JULY = 30, 20
"""The days of the two counts: all of June 2018, and July up to the 20th."""


class Summer(NamedTuple):
    """Failures day by day that add up to two counts, and what they would be without the rule."""

    background: float
    rule: float
    daily: NDArray[np.float64]
    without_rule: NDArray[np.float64]


def failures(
    background: float, rule: float, feedback: float, delay: float, days: tuple[int, int]
) -> NDArray[np.float64]:
    """Follow platforms' failures day by day when each failure brings some more.

    Fear J decays at 1/H a day and is fed by failures, so that each brings G more in all:

        n_t = ν + ξ·(second period) + G J_t,      J_t+1 = J_t + (n_t − J_t)/H,      J_1 = 0.

    Parameters
    ----------
    background, rule : float
        ν and ξ, failures a day from outside, and what the rule adds or takes in the second period.
    feedback : float
        G, failures that each failure brings.
    delay : float
        H, days that fear lasts on average, 1 or more.
    days : (int, int)
        Length of the two periods.

    Notes
    -----
    The mean of a self-exciting process (Hawkes 1971), in days. Platforms are many and few fail, so
    that none run out. An illustration: no daily data stand behind it.
    """
    first, second = (int(whole_number("days", each)) for each in days)
    memory = float(positive("delay", delay))
    if memory < 1.0:
        raise ValueError(f"delay must be a number of 1 or more, not {delay:g}")
    brings = float(non_negative("feedback", feedback))
    outside = np.full(first + second, float(finite("background", background)))
    outside[first:] += float(finite("rule", rule))
    fear, daily = 0.0, np.empty(first + second)
    for day, pushed in enumerate(outside):
        daily[day] = pushed + brings * fear
        fear += (daily[day] - fear) / memory
    return daily


def same_two_counts(
    feedback: float, delay: float, counts: tuple[float, float], days: tuple[int, int] = (JUNE, JULY)
) -> Summer:
    """Find the background and the rule's effect with which the model gives both counts exactly.

    Failures are linear in ν and ξ, so for every feedback G there is one pair that fits.

    Parameters
    ----------
    feedback, delay, days
        As for `failures`.
    counts : (float, float)
        Failures counted in the two periods.
    """
    first, second = (float(non_negative("counts", each)) for each in counts)
    split = int(days[0])
    from_background = failures(1.0, 0.0, feedback, delay, days)
    from_rule = failures(0.0, 1.0, feedback, delay, days)
    background = first / float(from_background[:split].sum())
    calm = background * from_background
    rule = (second - float(calm[split:].sum())) / float(from_rule[split:].sum())
    return Summer(background, rule, calm + rule * from_rule, calm)
