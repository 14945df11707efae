"""Scores as two bells: the binormal model of equal spread, in which an AUC is a distance.

Good applicants score D on average, bad ones 0, and both scatter with a standard deviation of 1.
Every function takes floats or numpy arrays that broadcast against each other.
"""

from __future__ import annotations

import numpy as np
from scipy.special import logit, ndtr, ndtri

from netfin.arrays import plain
from netfin.checks import Numbers, below_one, finite, fraction, inner, matching
from netfin.lending import BANK, LendingTerms
from netfin.scoring.cut_offs import costs_but_defaults, cut_off

_NO_DISTANCE = 1e-9  # stands for none where one divides by it; far below what shows
_FURTHEST = 1e300  # of two distances so large the combined one is still a number


def better_than_chance(name: str, value: Numbers) -> Numbers:
    """Return areas under a curve that is no worse than a coin's: from 0.5 to below 1.

    Parameters
    ----------
    name : str
        The parameter as the caller knows it, for the message.
    value : float or ndarray
        Areas, from 0.5 to below 1.

    Returns
    -------
    float or ndarray
        The areas, from 0.5 to below 1.

    Source
    ------
    Ours: a check.
    """
    areas = finite(name, value)
    wrong = (np.asarray(areas) < 0.5) | (np.asarray(areas) >= 1.0)
    if np.any(wrong):
        raise ValueError(f"{name} must be a number from 0.5 to below 1, not {value}")
    return areas


def binormal_separation(area: Numbers) -> Numbers:
    """Find how many standard deviations apart good and bad stand at an AUC: D = √2·Φ⁻¹(AUC).

    Parameters
    ----------
    area : float or ndarray
        AUC, from 0.5 to below 1.

    Returns
    -------
    float or ndarray
        D, 0 or more.

    Raises
    ------
    ValueError
        Naming `area`, where it is out of its range.

    Source
    ------
    Green & Swets (1966), who call it d′.
    """
    return plain(np.sqrt(2.0) * ndtri(better_than_chance("area", area)))


def binormal_auc(separation: Numbers) -> Numbers:
    """Turn a separation D, a number or an array, into the AUC, Φ(D/√2).

    Parameters
    ----------
    separation : float or ndarray
        D, standard deviations between the means of good and bad, 0 or more.

    Returns
    -------
    float or ndarray
        AUC, from 0.5 to 1.

    Raises
    ------
    ValueError
        Naming `separation`, where it is out of its range.

    Source
    ------
    Green & Swets (1966).
    """
    return plain(ndtr(finite("separation", separation) / np.sqrt(2.0)))


def combined_separation(first: Numbers, second: Numbers, correlation: Numbers = 0.0) -> Numbers:
    """Combine two scores with the best weights.

        D² = (D₁² + D₂² − 2χD₁D₂) / (1 − χ²)

    Parameters
    ----------
    first, second : float or ndarray
        Separations of the two scores, from 0 to 1e300.
    correlation : float or ndarray
        χ of the two within the good and within the bad, above −1 and below 1. At χ = D₂/D₁
        (the weaker over the stronger) the weaker adds nothing. Beyond, its best weight is
        negative and D rises again: a noise gauge for the stronger, and hardly a second opinion.

    Returns
    -------
    float or ndarray
        Standard deviations between good and bad by the two together, never below the stronger's.

    Raises
    ------
    ValueError
        Naming `first`, `second` or `correlation`, where it is out of its range, or shapes do not
        match.

    Source
    ------
    Su & Liu (1993): Fisher's linear discriminant maximises the AUC of normal scores.
    """
    one, two = (
        fraction(name, value, upto=_FURTHEST)
        for name, value in (("first", first), ("second", second))
    )
    shared = finite("correlation", correlation)
    if np.any(np.abs(shared) >= 1.0):
        raise ValueError(f"correlation must be above -1 and below 1, not {correlation}")
    matching(first=one, second=two, correlation=shared)
    # D₁² + D₂² − 2χD₁D₂, in a form that cannot fall below 0 by rounding, and no square overflows
    product = np.sqrt(2.0 * (1.0 - shared)) * np.sqrt(one) * np.sqrt(two)
    above = np.hypot(np.subtract(one, two), product)
    return plain(above / np.sqrt((1.0 - shared) * (1.0 + shared)))


def best_profit(
    area: Numbers,
    default_probability: Numbers,
    rate: Numbers,
    terms: LendingTerms = BANK,
    cheating: Numbers = 0.0,
) -> Numbers:
    """Compute the profit for each yuan applied for when a binormal score is cut where it pays.

    With D the separation, an applicant's default probability is PD* at the score
    s* = D/2 + ln(odds of bad / odds of PD*)/D. A score without separation approves all or
    nobody. Where a share q of the bad is scored like the good, the ratio of odds under the
    logarithm becomes (1 − q) / (odds of PD* / odds of bad − q), and nobody is approved where
    this is not above 0.

    Parameters
    ----------
    area : float or ndarray
        AUC from 0.5 to below 1, without cheats.
    default_probability : float or ndarray
        Share of bad at the door, above 0 and below 1.
    rate, terms : float or ndarray, LendingTerms
        As in `cut_off`.
    cheating : float or ndarray
        q, share of the bad that buys the looks of the good, from 0 to below 1.

    Returns
    -------
    float or ndarray
        Yuan a year for each yuan applied for, never below 0: one may always refuse everybody.

    Raises
    ------
    ValueError
        Naming `area`, `default_probability`, `rate` or `cheating`, where it is out of its range, or
        shapes do not match.
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Ours: `cut_off` on a binormal score.
    """
    distance = np.maximum(binormal_separation(area), _NO_DISTANCE)
    share = inner("default_probability", default_probability)
    alike = below_one("cheating", cheating)
    limit, costs = cut_off(rate, terms), costs_but_defaults(terms)
    matching(area=distance, default_probability=share, rate=limit, cheating=alike)
    with np.errstate(divide="ignore", over="ignore"):
        bearable = np.exp(logit(limit) - logit(share)) - alike
        odds = np.log((1.0 - alike) / np.maximum(bearable, 0.0))
    score = distance / 2.0 + odds / distance
    good, bad = ndtr(distance - score), ndtr(-score)
    gain = (1.0 - share) * good * (np.asarray(rate) - costs)
    lost = share * ((1.0 - alike) * bad + alike * good)
    return plain(gain - lost * (terms.loss_given_default + costs))


def gamed_auc(area: Numbers, cheating: Numbers) -> Numbers:
    """Compute what is left of a score when a share of the bad buys the looks of the good.

        AUC′ = (1 − q_c)·AUC + q_c/2

    A bad applicant who buys enough is scored like a good one, and against them the score is a
    coin.

    Parameters
    ----------
    area : float or ndarray
        AUC without cheats, from 0 to 1.
    cheating : float or ndarray
        q_c, share of the bad that cheats, from 0 to 1.

    Returns
    -------
    float or ndarray
        AUC′, from 0 to 1.

    Raises
    ------
    ValueError
        Naming `area` or `cheating`, where it is out of its range, or shapes do not match.

    Source
    ------
    Ours: Goodhart's law with a price; Frankel & Kartik (2019) let the price decide who cheats.
    """
    honest, share = fraction("area", area), fraction("cheating", cheating)
    matching(area=honest, cheating=share)
    return (1.0 - share) * honest + share / 2.0
