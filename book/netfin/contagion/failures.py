"""Many platforms: failures that bring failures, and two counts that fit any strength of fear.

An illustration: no daily data stand behind it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from netfin.checks import (
    Array,
    Check,
    bounded_either_side,
    finite,
    non_negative,
    one,
    vector,
    whole_number,
)

JUNE_DAYS, JULY_DAYS = 30, 20
"""The days of the two counts: all of June 2018, and July up to the 20th."""

SPRING_DAYS = 151
"""From 1 January to 31 May 2018."""

_MOST_DAYS = 100_000

_MET = 1e-6
"""Counts are met if the days' sums are this near to them, as a part of them."""


class TwoCounts(NamedTuple):
    """Failures day by day that add up to two counts, and what they would be without the rule."""

    background: float
    rule: float
    daily: Array
    without_rule: Array


def self_exciting_failures(
    background: float,
    rule: float,
    feedback: float,
    delay: float,
    days: ArrayLike,
    fear: float = 0.0,
) -> Array:
    """Follow platforms' failures day by day when each failure brings some more.

    Fear J decays at 1/H a day and is fed by failures, so that each brings G more in all:

        n_t = ν + ξ·(second period) + G J_t,      J_t+1 = J_t + (n_t − J_t)/H.

    Parameters
    ----------
    background, rule : float
        ν and ξ, failures a day from outside, and what the rule adds or takes in the second period.
    feedback : float
        G, failures that each failure brings, 0 or more.
    delay : float
        H, days that fear lasts on average, 1 or more.
    days : (int, int)
        Length of the two periods, each 1 or more and 100,000 together at most.
    fear : float
        J_1, with which the first day begins: failures a day of the time before, 0 or more.

    Returns
    -------
    ndarray
        Failures of each day, both periods in a row.

    Raises
    ------
    ValueError
        If a number is out of its range, or failures grow beyond all floats.

    Notes
    -----
    Platforms are many and few fail, so that none run out.

    Source
    ------
    Hawkes (1971): the mean of a self-exciting process, in days.
    """
    first, second = (int(each) for each in _pair("days", days, whole_number))
    if first + second > _MOST_DAYS:
        raise ValueError(f"days must add up to at most {_MOST_DAYS:,}, not {first + second:,}")
    memory = float(one(finite)("delay", delay))
    if memory < 1.0:
        raise ValueError(f"delay must be a number of 1 or more, not {memory:g}")
    brings = float(one(non_negative)("feedback", feedback))
    outside = np.full(first + second, float(one(bounded_either_side)("background", background)))
    outside[first:] += float(one(bounded_either_side)("rule", rule))
    felt, daily = float(one(non_negative)("fear", fear)), np.empty(first + second)
    for day, pushed in enumerate(outside.tolist()):
        daily[day] = now = pushed + brings * felt
        felt += (now - felt) / memory
    if not np.all(np.isfinite(daily)):
        raise ValueError(
            "feedback, background, rule and fear must be small enough for failures to stay finite "
            f"over {first + second} days, not {brings:g}, {background:g}, {rule:g} and {fear:g}"
        )
    return daily


def fit_two_counts(
    feedback: float,
    delay: float,
    counts: ArrayLike,
    days: ArrayLike = (JUNE_DAYS, JULY_DAYS),
    fear: float = 0.0,
) -> TwoCounts:
    """Find the background and the rule's effect with which the model gives both counts exactly.

    Failures are linear in ν and ξ, so for every feedback G, and every fear to begin with, there is
    one pair that fits; ν is below 0 where that fear alone brings more than the first count.

    Parameters
    ----------
    feedback, delay, days, fear : float
        As for `self_exciting_failures`.
    counts : (float, float)
        Failures counted in the two periods, 0 or more.

    Returns
    -------
    TwoCounts
        ν and ξ, failures a day, and an array of the days with the rule and one without.

    Raises
    ------
    ValueError
        If a number is out of its range, or with this `feedback` the `counts` would need a day of
        less than no failures, or cannot be met to the accuracy of floats.

    Source
    ------
    Arithmetic: two linear equations in ν and ξ, of `self_exciting_failures`.
    """
    first, second = (float(each) for each in _pair("counts", counts, non_negative))
    split = int(_pair("days", days, whole_number)[0])
    from_background = self_exciting_failures(1.0, 0.0, feedback, delay, days)
    from_rule = self_exciting_failures(0.0, 1.0, feedback, delay, days)
    from_fear = self_exciting_failures(0.0, 0.0, feedback, delay, days, fear)
    with np.errstate(over="ignore", invalid="ignore"):  # what is not finite is not met
        june, outside = from_fear[:split].sum(), from_background[:split].sum()
        background = (first - float(june)) / float(outside)
        calm = background * from_background + from_fear
        rule = (second - float(calm[split:].sum())) / float(from_rule[split:].sum())
        daily = calm + rule * from_rule
        missed = abs(float(daily[split:].sum()) - second)
    near = _MET * max(first, second)
    if not (np.all(np.isfinite(daily)) and daily.min() >= -near and missed <= near):
        raise ValueError(
            f"counts must be met by days of 0 failures or more; with a feedback of {feedback:g} "
            f"and fear of {fear:g}, {first:g} and {second:g} are not: the least would be "
            f"{daily.min():.3g} a day"
        )
    return TwoCounts(background, rule, daily, calm)


def _pair(name: str, value: ArrayLike, check: Check) -> Array:
    """Check two numbers."""
    pair = vector(name, value, check)
    if pair.size != 2:
        raise ValueError(f"{name} must be two numbers, not {pair.size}")
    return pair
