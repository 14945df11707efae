"""What a lender that sells its loans keeps: its stake in their quality, and how far it can lend.

Shares are fractions of the pool or of the loan, rates are a year. Every function takes floats or
numpy arrays that broadcast against each other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
from scipy.special import ndtr, ndtri

from netfin.arrays import plain
from netfin.checks import (
    Array,
    Numbers,
    bounded,
    divisor,
    fraction,
    inner,
    instance,
    matching,
    one,
    positive,
    whole_number,
)
from netfin.pool import POOL, PoolTerms, expected_loss_up_to
from netfin.terms import About, Terms, matching_terms, single

_LEVELS = 2001  # of screening, of which the best is taken: steps of half a thousandth


@dataclass(frozen=True)
class Retention(Terms):
    """What a lender keeps of a pool: a part of every loan, and a first loss of the rest."""

    vertical: Annotated[
        Numbers, About("ν", "share of every loan", "the reader's choice: 5 % or 30 % by rule")
    ] = 0.0
    first_loss: Annotated[
        Numbers, About("η", "share of the rest", "United States: 5 % of the securities' value")
    ] = 0.05


# ---------------------------------------------------------------------------------------------
# The stake in the next loan


def first_loss_stake(first_loss: Numbers, pool: PoolTerms = POOL) -> Numbers:
    """Find which part of one more yuan of expected loss the holder of the first loss bears.

        ψ = ∂E[min(ℓ, η)] / ∂E[ℓ] = Φ((Φ⁻¹(η/LGD) − √(1 − ρ)·Φ⁻¹(PD)) / √ρ)

    Parameters
    ----------
    first_loss : float or ndarray
        η, the thickness of the slice, from 0 to 1; at LGD or more it bears every loss.
    pool : PoolTerms
        The loans: PD strictly between 0 and 1, LGD and ρ above 0.

    Returns
    -------
    float or ndarray
        From 0 to 1: the share of the incentive to screen that keeping all the loans would give.

    Raises
    ------
    ValueError
        Naming `first_loss`, where it is out of its range.
    TypeError
        Naming `pool`, where it is of another type.

    Notes
    -----
    It is the probability that the slice is *not yet* used up in the years in which a loan just at
    its threshold stands or falls.

    Source
    ------
    Ours: the derivative of `expected_loss_up_to` by PD, divided by LGD.
    """
    thickness = fraction("first_loss", first_loss)
    _together(pool, first_loss=thickness)
    threshold = ndtri(inner("default_probability", pool.default_probability))
    rho = pool.asset_correlation
    reached = ndtri(_part_of_lgd(thickness, pool))
    return plain(ndtr((reached - np.sqrt(1.0 - rho) * threshold) / np.sqrt(rho)))


def _together(pool: PoolTerms, **others: Numbers) -> None:
    """Refuse a pool in which a stake has no meaning, and shapes that do not match."""
    instance("pool", pool, PoolTerms)
    matching_terms(pool=pool, **others)
    for name in ("loss_given_default", "asset_correlation"):
        positive(name, getattr(pool, name))


def _part_of_lgd(thickness: Numbers, pool: PoolTerms) -> Array:
    """Find how many of the loans must default before a first loss is used up, at most all."""
    return np.asarray(np.minimum(thickness / np.asarray(pool.loss_given_default), 1.0))


def marginal_stake(retention: Retention, pool: PoolTerms = POOL) -> Numbers:
    """Find which part of one more yuan of expected loss a lender bears: ν + (1 − ν)·ψ.

    A part of every loan bears that part of any loss, whatever the year; an L-shaped retention
    has both parts.

    Parameters
    ----------
    retention : Retention
        What the lender keeps.
    pool : PoolTerms
        As in `first_loss_stake`.

    Returns
    -------
    float or ndarray
        From 0 to 1.

    Raises
    ------
    TypeError
        Naming `retention` or `pool`, where it is of another type.

    Source
    ------
    Ours, from `first_loss_stake`.
    """
    instance("retention", retention, Retention)
    instance("pool", pool, PoolTerms)
    matching_terms(retention=retention, pool=pool)
    sold = 1.0 - retention.vertical
    return retention.vertical + sold * first_loss_stake(retention.first_loss, pool)


def default_probability_at_stake(
    stake: Numbers, first_loss: Numbers, pool: PoolTerms = POOL
) -> Numbers:
    """Find the default probability from which on a first loss gives no more than a given stake.

        PD = Φ((Φ⁻¹(η/LGD) − √ρ·Φ⁻¹(ψ)) / √(1 − ρ))

    It is 0 where the first loss never gives more: without thickness, and at a stake of 1.

    Parameters
    ----------
    stake : float or ndarray
        ψ, from 0 to 1: the vertical share to compare with.
    first_loss : float or ndarray
        η, from 0 to 1.
    pool : PoolTerms
        LGD and ρ above 0; its PD plays no part.

    Returns
    -------
    float or ndarray
        From 0 to 1; 1 where the stake is more at any default probability.

    Raises
    ------
    ValueError
        Naming `stake` or `first_loss`, where it is out of its range, or shapes do not match.
    TypeError
        Naming `pool`, where it is of another type.

    Source
    ------
    Arithmetic: `first_loss_stake` solved for PD.
    """
    aimed = fraction("stake", stake)
    thickness = fraction("first_loss", first_loss)
    _together(pool, stake=aimed, first_loss=thickness)
    part, rho = _part_of_lgd(thickness, pool), pool.asset_correlation
    never = (part == 0.0) | (np.asarray(aimed) == 1.0)
    part, aimed = np.where(never, 0.5, part), np.where(never, 0.5, aimed)
    chance = ndtr((ndtri(part) - np.sqrt(rho) * ndtri(aimed)) / np.sqrt(1.0 - rho))
    return plain(np.where(never, 0.0, chance))


def screening(
    retention: Retention, unscreened: Numbers, reach: float, pool: PoolTerms = POOL
) -> Numbers:
    """Find how far a lender screens, as a share of what it would do if it kept every loan.

    Screening lowers the default probability from P to P − x and costs LGD·x²/(2·reach) for each
    yuan lent, so that a lender that keeps everything would choose x = reach. One that keeps a
    part chooses the x that costs it least, its own expected loss included.

    Parameters
    ----------
    retention : Retention
        What the lender keeps, with numbers, not arrays.
    unscreened : float or ndarray
        P, the default probability without screening, above 0 and below 1.
    reach : float
        By how much full screening lowers it, above 0 and below P.
    pool : PoolTerms
        LGD and ρ, with numbers; its PD plays no part.

    Returns
    -------
    float or ndarray
        x/reach, from 0 to 1, to half a thousandth.

    Raises
    ------
    ValueError
        Naming `unscreened` or `reach`, where it is out of its range.
    TypeError
        Naming `retention` or `pool`, where it is of another type.

    Notes
    -----
    The first loss is worth screening for only while it may survive, and it survives only if the
    lender screens. So two levels may each be the best near themselves; the cheaper one is taken,
    and a small change of P can make the lender jump from one to the other.

    Source
    ------
    Ours: effort that costs its square, chosen by who bears the loss, as lenders choose it in
    Holmström & Tirole (1997).
    """
    without = positive("unscreened", unscreened)
    full = one(positive)("reach", reach)
    if np.any(np.asarray(without) <= full) or np.any(np.asarray(without) >= 1.0):
        raise ValueError(
            f"unscreened must be a number above reach = {full:g} and below 1, not {unscreened}"
        )
    single("retention", instance("retention", retention, Retention))
    single("pool", instance("pool", pool, PoolTerms))
    lowered = full * np.linspace(0.0, 1.0, _LEVELS)
    loans = replace(pool, default_probability=np.asarray(without)[..., None] - lowered)
    cost = _borne(retention, loans) + pool.loss_given_default * np.square(lowered) / (2.0 * full)
    return plain(lowered[np.argmin(cost, axis=-1)] / full)


def _borne(retention: Retention, loans: PoolTerms) -> Numbers:
    """What a lender is expected to lose of a pool by what it keeps."""
    first = expected_loss_up_to(retention.first_loss, loans)
    return retention.vertical * loans.expected_loss + (1.0 - retention.vertical) * first


# ---------------------------------------------------------------------------------------------
# Sell, lend again


def credit_multiplier(rounds: Numbers, retained: Numbers) -> Numbers:
    """Compute what a yuan of own money has lent when it is lent, sold and lent again.

        1 + (1 − h) + (1 − h)² + … = (1 − (1 − h)ʲ) / h

    Parameters
    ----------
    rounds : float or ndarray
        Rounds of lending j, a whole number of 1 or more; in the first nothing has been sold yet.
    retained : float or ndarray
        h, the share of each pool that the lender keeps and pays for itself, from 0 to 1. With 0
        nothing holds it back, and each round lends the whole yuan again.

    Returns
    -------
    float or ndarray
        Yuan lent for each yuan of its own.

    Raises
    ------
    ValueError
        Naming `rounds` or `retained`, where it is out of its range, or shapes do not match.

    Source
    ------
    Arithmetic: a geometric series.
    """
    count = bounded("rounds", whole_number("rounds", rounds))
    share = fraction("retained", retained)
    matching(rounds=count, retained=share)
    some = np.where((np.asarray(share) > 0.0) & (np.asarray(share) < 1.0), share, 0.5)
    lent = -np.expm1(count * np.log1p(-some)) / some
    return plain(np.where(some == share, lent, np.where(np.asarray(share) > 0.0, 1.0, count)))


def credit_multiplier_limit(retained: Numbers) -> Numbers:
    """Compute what a yuan of own money lends in the end, the limit of `credit_multiplier`: 1/h.

    Parameters
    ----------
    retained : float or ndarray
        h, the share of each pool that the lender keeps, above 0 and at most 1.

    Returns
    -------
    float or ndarray
        Yuan lent for each yuan of own money, 1 or more.

    Raises
    ------
    ValueError
        Naming `retained`, where it is out of its range.

    Source
    ------
    Arithmetic: a geometric series.
    """
    return 1.0 / divisor("retained", retained)
