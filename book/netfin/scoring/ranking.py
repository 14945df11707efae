"""What a credit score is worth: how well it ranks, how well it is calibrated, where to cut it.

A score is a number for each applicant, higher for safer. `bad` is 1 for an applicant who did
default and 0 for one who did not.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri
from scipy.stats import rankdata

from netfin.checks import Numbers, finite, fraction, whole_number
from netfin.lending import BANK, LendingTerms

Vector = NDArray[np.float64]


# ---------------------------------------------------------------------------------------------
# How well a score ranks


class Roc(NamedTuple):
    """What a rising cut-off turns down: shares from nobody to everybody."""

    good_refused: Vector
    bad_refused: Vector


class Calibration(NamedTuple):
    """Applicants in groups of rising predicted default: what was foretold, and what came."""

    predicted: Vector
    observed: Vector
    applicants: Vector


def _scored(score: ArrayLike, bad: ArrayLike) -> tuple[Vector, NDArray[np.bool_]]:
    """Check scores and outcomes against each other; both kinds of outcome must occur."""
    scores = np.atleast_1d(finite("score", score))
    outcome = np.atleast_1d(finite("bad", bad))
    if not np.isin(outcome, (0.0, 1.0)).all():
        raise ValueError("bad must be 0 or 1 for every applicant")
    if scores.shape != outcome.shape:
        raise ValueError(
            f"score and bad must be of one length, not {scores.shape} and {outcome.shape}"
        )
    if outcome.min() == outcome.max():
        raise ValueError("bad must hold both outcomes, 0 and 1")
    return scores, outcome == 1.0


def auc(score: ArrayLike, bad: ArrayLike) -> float:
    """Compute how often a good applicant is scored above a bad one, ties counting half.

    The area under the ROC curve is this share of pairs (Hanley & McNeil 1982), the statistic of
    Mann and Whitney: with ranks of all scores, (sum of the good's ranks − n(n+1)/2) / (n·m).

    Parameters
    ----------
    score : array_like, shape (applicants,)
        Higher is safer.
    bad : array_like, shape (applicants,)
        1 or 0; both must occur.
    """
    scores, is_bad = _scored(score, bad)
    good = int((~is_bad).sum())
    ranks = rankdata(scores)
    return float((ranks[~is_bad].sum() - good * (good + 1) / 2) / (good * (len(scores) - good)))


def gini(area: Numbers) -> Numbers:
    """Turn an AUC into the Gini coefficient (accuracy ratio), 2·AUC − 1."""
    return 2.0 * fraction("area", area) - 1.0


def roc(score: ArrayLike, bad: ArrayLike) -> Roc:
    """Trace what a rising cut-off turns down, of the good and of the bad; equal scores together."""
    scores, is_bad = _scored(score, bad)
    values, place = np.unique(scores, return_inverse=True)
    counts = [np.bincount(place, weights=kind, minlength=len(values)) for kind in (~is_bad, is_bad)]
    good, refused = (np.concatenate([[0.0], np.cumsum(each)]) / each.sum() for each in counts)
    return Roc(good, refused)


def kolmogorov_smirnov(score: ArrayLike, bad: ArrayLike) -> float:
    """Compute the widest gap between bad and good refused, over all cut-offs."""
    curve = roc(score, bad)
    return float(np.abs(curve.bad_refused - curve.good_refused).max())


def resample(bad: ArrayLike, draws: int, generator: np.random.Generator) -> Vector:
    """Draw how often each applicant is counted: a bootstrap of the good and of the bad.

    Returns
    -------
    ndarray, shape (draws, applicants)
        Each row counts as many good and as many bad as the sample has, drawn with replacement
        (Efron & Tibshirani 1993, chapter 8).
    """
    is_bad = np.atleast_1d(finite("bad", bad)) == 1.0
    counts = np.zeros((int(whole_number("draws", draws)), is_bad.size))
    for kind in (is_bad, ~is_bad):
        size = int(kind.sum())
        counts[:, kind] = generator.multinomial(size, np.full(size, 1.0 / size), len(counts))
    return counts


def bootstrap_auc(score: ArrayLike, bad: ArrayLike, counts: Vector) -> Vector:
    """Compute the AUC of each draw of a bootstrap.

    Parameters
    ----------
    score, bad : array_like, shape (applicants,)
    counts : ndarray, shape (draws, applicants)
        From `resample`; two scores with the same counts are compared draw by draw.

    Returns
    -------
    ndarray, shape (draws,)
        Its quantiles are the interval.
    """
    scores, is_bad = _scored(score, bad)
    # +1 where the good applicant stands above the bad one, 0 where level, −1 where below.
    order = np.sign(scores[~is_bad][None, :] - scores[is_bad][:, None])
    good, lost = counts[:, ~is_bad], counts[:, is_bad]
    won = ((lost @ order) * good).sum(axis=1) / (good.sum(axis=1) * lost.sum(axis=1))
    return np.asarray((1.0 + won) / 2.0)


def calibration(default_probability: ArrayLike, bad: ArrayLike, groups: int = 10) -> Calibration:
    """Compare predicted and observed default in groups of equal size, safest group first."""
    predicted, is_bad = _scored(fraction("default_probability", default_probability), bad)
    count = int(whole_number("groups", groups))
    if count > len(predicted):
        raise ValueError(f"groups must be at most the {len(predicted)} applicants, not {count}")
    parts = np.array_split(np.argsort(predicted, kind="stable"), count)
    return Calibration(
        np.array([predicted[part].mean() for part in parts]),
        np.array([is_bad[part].mean() for part in parts]),
        np.array([float(len(part)) for part in parts]),
    )


# ---------------------------------------------------------------------------------------------
# From the sample to the applicants at the door


def recalibrate(default_probability: Numbers, sample_rate: Numbers, true_rate: Numbers) -> Numbers:
    """Carry probabilities from a sample with one share of bad to a population with another.

    The odds are multiplied by (b′/(1 − b′)) / (b/(1 − b)): the ranking stays, the level moves.

    Parameters
    ----------
    default_probability : float or ndarray
        As estimated on the sample.
    sample_rate, true_rate : float or ndarray
        Shares of bad, b in the sample and b′ in the population; above 0 and below 1.

    Notes
    -----
    Elkan (2001), theorem 2; King & Zeng (2001), prior correction.
    """
    estimated = fraction("default_probability", default_probability)
    seen, due = _share("sample_rate", sample_rate), _share("true_rate", true_rate)
    factor = due / (1.0 - due) * (1.0 - seen) / seen
    return estimated * factor / (1.0 - estimated + estimated * factor)


def _share(name: str, value: Numbers) -> Numbers:
    """Check a share that is neither nothing nor everything."""
    checked = fraction(name, value)
    if np.any((np.asarray(checked) == 0.0) | (np.asarray(checked) == 1.0)):
        raise ValueError(f"{name} must be a number above 0 and below 1, not {value}")
    return checked


# ---------------------------------------------------------------------------------------------
# Where to cut


class Strategy(NamedTuple):
    """Lending to the safest first: one entry for each number of applicants approved, from 0."""

    approved: Vector
    default_rate: Vector
    profit: Vector


def cut_off(rate: Numbers, terms: LendingTerms = BANK) -> Numbers:
    """Find the default probability up to which a loan at a given rate pays its costs.

        PD* = (r − f − κ(k_e − f) − o − π) / (r + LGD)

    The break-even rate of the spread, read the other way: at PD*, it is r.

    Parameters
    ----------
    rate : float or ndarray
        The loan rate r a year, at least the lender's costs without any default, and so low that
        PD* is a probability.
    terms : LendingTerms
        The lender; its default probability plays no part.
    """
    asked = finite("rate", rate)
    margin = asked - _costs(terms)
    if np.any(np.asarray(margin) < 0.0):
        raise ValueError(f"rate must be at least the costs {_costs(terms)}, not {rate}")
    return margin / (asked + terms.loss_given_default)


def _costs(terms: LendingTerms) -> Numbers:
    """All costs but defaults, for each yuan lent."""
    return terms.cost - terms.expected_loss


def strategy(
    score: ArrayLike,
    bad: ArrayLike,
    rate: float,
    terms: LendingTerms = BANK,
    true_rate: float | None = None,
    weights: ArrayLike | None = None,
) -> Strategy:
    """Follow share approved, default rate and profit as lending goes from safe to risky.

    Parameters
    ----------
    score, bad : array_like, shape (applicants,)
        Scores made without knowing these outcomes, or the profit is a dream.
    rate : float
        The same loan rate for all.
    terms : LendingTerms
        The lender's costs.
    true_rate : float, optional
        Share of bad among the applicants at the door, to which the sample is weighted.
    weights : array_like, shape (..., applicants), optional
        How often each applicant is counted, such as draws of a bootstrap.

    Returns
    -------
    Strategy
        Arrays of shape (..., applicants + 1). Profit is for each yuan applied for.
    """
    scores, is_bad = _scored(score, bad)
    asked = float(finite("rate", rate))
    counted = np.ones(len(scores)) if weights is None else np.asarray(weights, dtype=float)
    if true_rate is not None:
        share = float(_share("true_rate", true_rate))
        part = np.where(is_bad, (counted * is_bad).sum(-1)[..., None], 0.0)
        part = np.where(is_bad, part, (counted * ~is_bad).sum(-1)[..., None])
        counted = counted / part * np.where(is_bad, share, 1.0 - share)
    order = np.argsort(-scores, kind="stable")
    counted, lost = counted[..., order], is_bad[order]
    earned = np.where(lost, -terms.loss_given_default, asked) - _costs(terms)
    sums = [_running(counted), _running(counted * lost), _running(counted * earned)]
    with np.errstate(invalid="ignore"):
        default = np.where(sums[0] > 0.0, sums[1] / sums[0], 0.0)
    everyone = sums[0][..., -1:]
    return Strategy(sums[0] / everyone, default, sums[2] / everyone)


def _running(amounts: Vector) -> Vector:
    """Sum along the last axis, beginning with nothing."""
    return np.concatenate([np.zeros((*amounts.shape[:-1], 1)), np.cumsum(amounts, axis=-1)], -1)


def at_depth(depth: ArrayLike, followed: Strategy) -> Strategy:
    """Read a strategy at given shares approved, by lot among the last to be approved.

    Parameters
    ----------
    depth : array_like, shape (depths,)
        Shares of all applicants, from 0 to 1.
    followed : Strategy
        Of shape (..., applicants + 1), as from `strategy`.

    Returns
    -------
    Strategy
        Of shape (..., depths).
    """
    wanted = np.atleast_1d(fraction("depth", depth))
    shares = followed.approved.reshape(-1, followed.approved.shape[-1])
    flat = [
        np.array([np.interp(wanted, *row) for row in zip(shares, sums, strict=True)])
        for sums in (shares * followed.default_rate.reshape(shares.shape),
                     followed.profit.reshape(shares.shape))
    ]  # fmt: skip
    lost, profit = (each.reshape(*followed.approved.shape[:-1], -1) for each in flat)
    rate = np.divide(lost, wanted, out=np.zeros_like(lost), where=wanted > 0.0)
    return Strategy(np.broadcast_to(wanted, lost.shape), rate, profit)


# ---------------------------------------------------------------------------------------------
# Scores as two bells: the equal-variance binormal model


def separation(area: Numbers) -> Numbers:
    """Find how many standard deviations apart good and bad stand at an AUC: D = √2·Φ⁻¹(AUC).

    Green & Swets (1966). An AUC of 0.5 to below 1.
    """
    checked = fraction("area", area, open_right=True)
    if np.any(np.asarray(checked) < 0.5):
        raise ValueError(f"area must be a number from 0.5 to below 1, not {area}")
    return _numbers(np.sqrt(2.0) * ndtri(checked))


def auc_of(distance: Numbers) -> Numbers:
    """Turn a separation D into the AUC, Φ(D/√2)."""
    return _numbers(ndtr(finite("distance", distance) / np.sqrt(2.0)))


def combined_separation(first: Numbers, second: Numbers, correlation: Numbers = 0.0) -> Numbers:
    """Combine two scores with the best weights.

        D² = (D₁² + D₂² − 2χD₁D₂) / (1 − χ²)

    Parameters
    ----------
    first, second : float or ndarray
        Separations of the two scores.
    correlation : float or ndarray
        χ of the two within the good and within the bad, above −1 and below 1. At χ = D₂/D₁
        (the weaker over the stronger) the weaker adds nothing. Beyond, its best weight is
        negative and D rises again: a noise gauge for the stronger, and hardly a second opinion.

    Notes
    -----
    Su & Liu (1993): Fisher's linear discriminant maximises the AUC of normal scores.
    """
    one, two = finite("first", first), finite("second", second)
    shared = finite("correlation", correlation)
    if np.any(np.abs(shared) >= 1.0):
        raise ValueError(f"correlation must be above -1 and below 1, not {correlation}")
    return _numbers(np.sqrt((one**2 + two**2 - 2.0 * shared * one * two) / (1.0 - shared**2)))


def best_profit(
    area: Numbers,
    default_probability: Numbers,
    rate: Numbers,
    terms: LendingTerms = BANK,
    cheating: Numbers = 0.0,
) -> Numbers:
    """Compute the profit for each yuan applied for when a binormal score is cut where it pays.

    With D the separation, good scores normal around D and bad around 0, an applicant's default
    probability is PD* at s* = D/2 + ln(odds of bad / odds of PD*)/D. A score without separation
    approves all or nobody. Where a share q of the bad is scored like the good, the ratio of odds
    under the logarithm becomes (1 − q) / (odds of PD* / odds of bad − q), and nobody is approved
    where this is not above 0.

    Parameters
    ----------
    area : float or ndarray
        AUC from 0.5 to below 1, without cheats.
    default_probability : float or ndarray
        Share of bad at the door, above 0 and below 1.
    rate, terms
        As in `cut_off`.
    cheating : float or ndarray
        q, share of the bad that buys the looks of the good, from 0 to below 1.
    """
    share = _share("default_probability", default_probability)
    limit = _share("cut-off at this rate", cut_off(rate, terms))
    alike = fraction("cheating", cheating, open_right=True)
    # An AUC of exactly one half would divide by 0; this distance is far below what shows.
    distance = np.maximum(separation(area), 1e-9)
    bearable = (1.0 - share) / share * limit / (1.0 - limit) - alike
    with np.errstate(divide="ignore"):
        odds = np.log((1.0 - alike) / np.maximum(bearable, 0.0))
    score = distance / 2.0 + odds / distance
    good, bad = ndtr(distance - score), ndtr(-score)
    gain = (1.0 - share) * good * (rate - _costs(terms))
    lost = share * ((1.0 - alike) * bad + alike * good)
    return _numbers(gain - lost * (terms.loss_given_default + _costs(terms)))


def _numbers(value: ArrayLike) -> Numbers:
    """Give back a plain float where one number was asked about."""
    array = np.asarray(value, dtype=np.float64)
    return float(array) if array.ndim == 0 else array


def gamed_auc(area: Numbers, cheating: Numbers) -> Numbers:
    """Compute what is left of a score when a share of the bad buys the looks of the good.

        AUC′ = (1 − q_c)·AUC + q_c/2

    A bad applicant who buys enough is scored like a good one, and against them the score is a
    coin. Goodhart's law with a price; Frankel & Kartik (2019) let the price decide who cheats.
    """
    share = fraction("cheating", cheating)
    return (1.0 - share) * fraction("area", area) + share / 2.0
