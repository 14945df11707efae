"""What a pool of many small loans loses in good years and bad.

Losses are shares of the pool's principal, over one year. Every function takes
floats or numpy arrays that broadcast against each other; what holds for ten thousand small loans
is computed as for infinitely many.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from scipy.special import ndtr, ndtri, owens_t

from netfin.arrays import plain, ratio
from netfin.checks import Array, Numbers, below_one, count, finite, fraction, instance
from netfin.terms import About, Terms, matching_terms, single

_FAR = 40.0  # standard deviations: what lies beyond has probability 0 in a float
_TINY = 1e-300
_MOST = 10**9  # loans or years: beyond, a draw takes more memory or time than anyone has


@dataclass(frozen=True)
class PoolTerms(Terms):
    """A pool of many small, equal loans whose borrowers share good years and bad."""

    default_probability: Annotated[
        Numbers,
        About("PD", "share of loans a year", "our assumption: the small shops of the first model"),
    ] = 0.03
    loss_given_default: Annotated[
        Numbers,
        About("LGD", "share of principal", "our round number, as in the chapter on the spread"),
    ] = 0.60
    asset_correlation: Annotated[
        Numbers,
        About(
            "ρ",
            "correlation",
            "our round number: Basel's formula has 0.08 for a retail loan with PD 3 %",
            check=below_one,
        ),
    ] = 0.10

    @property
    def expected_loss(self) -> Numbers:
        """PD·LGD, the loss of an average year."""
        return self.default_probability * self.loss_given_default


POOL = PoolTerms()
"""A pool of loans to small shops."""


def default_share(factor: Numbers, pool: PoolTerms = POOL) -> Numbers:
    """Find the share of a large pool's loans that default in a year of a given kind.

        p(Z) = Φ((Φ⁻¹(PD) − √ρ·Z) / √(1 − ρ))

    Parameters
    ----------
    factor : float or ndarray
        Z, how good the year is for all borrowers together: 0 is middling, 1 a standard deviation
        better, −3 a year of which a thousand hold one or two.
    pool : PoolTerms
        Its loss given default plays no part.

    Returns
    -------
    float or ndarray
        From 0 to 1.

    Raises
    ------
    ValueError
        Naming `factor`, where it is out of its range, or shapes do not match.
    TypeError
        Naming `pool`, where it is of another type.

    Notes
    -----
    A borrower defaults when √ρ·Z + √(1 − ρ)·ε falls below Φ⁻¹(PD), Z and ε independent standard
    normal.

    Source
    ------
    Vasicek (2002).
    """
    year = finite("factor", factor)
    instance("pool", pool, PoolTerms)
    matching_terms(factor=year, pool=pool)
    return _share(year, pool)


def _share(year: Numbers, pool: PoolTerms) -> Numbers:
    """Find the share that defaults, in a year infinitely good or bad too."""
    rho, chance = np.asarray(pool.asset_correlation), np.asarray(pool.default_probability)
    certain = (chance == 0.0) | (chance == 1.0)
    threshold = ndtri(np.where(certain, 0.5, chance))
    together = np.sqrt(rho) * np.where(rho > 0.0, year, 0.0)
    defaulted = ndtr((threshold - together) / np.sqrt(1.0 - rho))
    return plain(np.where(certain, chance, defaulted))


def loss_quantile(level: Numbers, pool: PoolTerms = POOL) -> Numbers:
    """Find the loss that a large pool exceeds with chance 1 − level.

    Parameters
    ----------
    level : float or ndarray
        From 0 to 1; 0.999 asks for the year that is exceeded once in a thousand. At 1 it is the
        most that can be lost, LGD where the borrowers are linked at all.
    pool : PoolTerms
        The loans.

    Returns
    -------
    float or ndarray
        Share of the pool's principal.

    Raises
    ------
    ValueError
        Naming `level`, where it is out of its range, or shapes do not match.
    TypeError
        Naming `pool`, where it is of another type.

    Source
    ------
    Vasicek (2002): LGD·p(Φ⁻¹(1 − level)). With 0.999 it is the heart of Basel's formula.
    """
    chance = fraction("level", level)
    instance("pool", pool, PoolTerms)
    matching_terms(level=chance, pool=pool)
    return pool.loss_given_default * _share(-plain(ndtri(chance)), pool)


def chance_beyond(limit: Numbers, pool: PoolTerms = POOL) -> Numbers:
    """Compute in which share of years a large pool loses more than a limit.

        Φ((Φ⁻¹(PD) − √(1 − ρ)·Φ⁻¹(limit/LGD)) / √ρ)

    Parameters
    ----------
    limit : float or ndarray
        From 0 to 1.
    pool : PoolTerms
        The loans.

    Returns
    -------
    float or ndarray
        From 0 to 1. Where borrowers are not linked the loss is the same each year: 0 or 1.

    Raises
    ------
    ValueError
        Naming `limit`, where it is out of its range, or shapes do not match.
    TypeError
        Naming `pool`, where it is of another type.

    Source
    ------
    Vasicek (2002): his distribution of the loss, of which `loss_quantile` is the inverse.
    """
    most = fraction("limit", limit)
    instance("pool", pool, PoolTerms)
    matching_terms(limit=most, pool=pool)
    nothing_to_lose = np.asarray(pool.expected_loss) == 0.0
    return plain(np.where(nothing_to_lose, 0.0, ndtr(_year_of(most, pool))))


def simulate_pool(
    rng: np.random.Generator, loans: int, years: int, pool: PoolTerms = POOL
) -> Array:
    """Draw the loss of a pool of so many loans in so many independent years.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the years and the borrowers' luck come from.
    loans, years : int
        From 1 to a thousand million; a thousand years of a pool of ten thousand loans take a few
        milliseconds.
    pool : PoolTerms
        With numbers, not arrays.

    Returns
    -------
    ndarray
        Shares of the pool's principal, one for each year.

    Raises
    ------
    ValueError
        Naming `loans` or `years`, where it is out of its range, or `pool`, where it holds arrays.
    TypeError
        Naming `rng` or `pool`, where it is of another type.

    Source
    ------
    Vasicek (2002), before his limit of many loans.
    """
    instance("rng", rng, np.random.Generator)
    borrowers, draws = count("loans", loans), count("years", years)
    for name, number in (("loans", borrowers), ("years", draws)):
        if number > _MOST:
            raise ValueError(f"{name} must be a whole number of at most {_MOST:,}, not {number:,}")
    single("pool", instance("pool", pool, PoolTerms))
    shares = _share(rng.standard_normal(draws), pool)
    return np.asarray(pool.loss_given_default * rng.binomial(borrowers, shares) / borrowers)


def expected_loss_up_to(limit: Numbers, pool: PoolTerms = POOL) -> Numbers:
    """Compute the expected loss of whoever pays for losses up to a limit, E[min(ℓ, limit)].

        LGD·(PD − Φ₂(Φ⁻¹(PD), z; √ρ)) + limit·Φ(z),    where the pool loses `limit` at Z = z

    Parameters
    ----------
    limit : float or ndarray
        From 0 to 1.
    pool : PoolTerms
        The loans.

    Returns
    -------
    float or ndarray
        Share of the pool's principal.

    Raises
    ------
    ValueError
        Naming `limit`, where it is out of its range, or shapes do not match.
    TypeError
        Naming `pool`, where it is of another type.

    Notes
    -----
    Φ₂ is the bivariate normal distribution, here by the T function of Owen (1956), so the result is
    exact to rounding.

    Source
    ------
    Pykhtin & Dev (2002).
    """
    most = fraction("limit", limit)
    instance("pool", pool, PoolTerms)
    matching_terms(limit=most, pool=pool)
    year = _year_of(most, pool)
    threshold = np.clip(ndtri(pool.default_probability), -_FAR, _FAR)
    both = _bivariate_normal(threshold, year, np.sqrt(pool.asset_correlation))
    below = np.maximum(pool.default_probability - both, 0.0)  # rounding, not a range
    return plain(pool.loss_given_default * below + most * ndtr(year))


def _year_of(loss: Numbers, pool: PoolTerms) -> Array:
    """Find the factor Z at which the pool loses just so much; every better year costs less."""
    rho, lgd = np.asarray(pool.asset_correlation), np.asarray(pool.loss_given_default)
    share = np.minimum(ratio(loss, lgd, 1.0), 1.0)  # beyond LGD nothing is left to lose
    reached = np.clip(ndtri(share), -_FAR, _FAR)
    threshold = np.clip(ndtri(pool.default_probability), -_FAR, _FAR)
    gap = threshold - np.sqrt(1.0 - rho) * reached
    year = np.asarray(ratio(gap, np.sqrt(rho), np.where(gap > 0.0, _FAR, -_FAR)))
    year = np.where(share == 1.0, -_FAR, np.where(share == 0.0, _FAR, year))
    return np.asarray(np.clip(year, -_FAR, _FAR))


def _bivariate_normal(h: Array, k: Array, correlation: Numbers) -> Array:
    """Φ₂(h, k; r) for finite h and k and 0 ≤ r < 1, by Owen's T function."""
    h, k = (np.where(each == 0.0, _TINY, each) for each in (h, k))
    root = np.sqrt(1.0 - np.square(correlation))
    with np.errstate(over="ignore"):
        sides = owens_t(h, (k - correlation * h) / (h * root)) + owens_t(
            k, (h - correlation * k) / (k * root)
        )
    apart = np.where((h < 0.0) != (k < 0.0), 0.5, 0.0)
    return np.asarray(0.5 * (ndtr(h) + ndtr(k)) - sides - apart)
