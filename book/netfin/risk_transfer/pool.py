"""Who holds the risk of a pool of loans: the losses of a pool, and of the slices it is cut into.

Losses, slices and spreads are shares of the pool's principal, over one year. Every function takes
floats or numpy arrays that broadcast against each other; what holds for ten thousand small loans
is computed as for infinitely many.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, owens_t

from netfin.checks import Numbers, below_one, finite, fraction, whole_number
from netfin.terms import About, Terms

_FAR = 40.0  # standard deviations: what lies beyond has probability 0 in a float
_TINY = 1e-300
_BASEL_LEVEL = 0.999


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


@dataclass(frozen=True)
class Structure(Terms):
    """How a pool is cut: who pays for the first loss, and who for the next."""

    junior: Annotated[
        Numbers, About("ω_J", "share of the pool", "one Huabei securitisation, 2020: 7 %")
    ] = 0.07
    mezzanine: Annotated[
        Numbers, About("ω_M", "share of the pool", "one Huabei securitisation, 2020: 4 %")
    ] = 0.04
    excess_spread: Annotated[
        Numbers,
        About("ξ", "share of the pool a year", "none, for the reader to raise"),
    ] = 0.0

    def __post_init__(self) -> None:
        super().__post_init__()
        if np.any(np.asarray(self.senior) < 0.0):
            raise ValueError(
                "junior and mezzanine must together be a number from 0 to 1, not "
                f"{self.junior} and {self.mezzanine}"
            )

    @property
    def senior(self) -> Numbers:
        """What is left of the pool above junior and mezzanine."""
        return 1.0 - self.junior - self.mezzanine


STRUCTURE = Structure()
"""The slices 7/4/89, without excess spread."""


class Slices(NamedTuple):
    """A loss, shared out among those who bear it, first to last; the parts add up to it."""

    excess_spread: Numbers
    junior: Numbers
    mezzanine: Numbers
    senior: Numbers

    @property
    def total(self) -> Numbers:
        """The loss of the whole pool."""
        return self.excess_spread + self.junior + self.mezzanine + self.senior


# ---------------------------------------------------------------------------------------------
# The loss of the pool


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

    Notes
    -----
    A borrower defaults when √ρ·Z + √(1 − ρ)·ε falls below Φ⁻¹(PD), Z and ε independent standard
    normal: Vasicek (1987; 2002, "The distribution of loan portfolio value", *Risk* 15).
    """
    year = finite("factor", factor)
    return _share(year, pool)


def _share(year: Numbers, pool: PoolTerms) -> Numbers:
    rho = pool.asset_correlation
    threshold = ndtri(pool.default_probability)
    return _plain(ndtr((threshold - np.sqrt(rho) * year) / np.sqrt(1.0 - rho)))


def loss_quantile(level: Numbers, pool: PoolTerms = POOL) -> Numbers:
    """Find the loss that a large pool exceeds with chance 1 − level.

    Parameters
    ----------
    level : float or ndarray
        From 0 to below 1; 0.999 asks for the year that is exceeded once in a thousand.
    pool : PoolTerms
        The loans.

    Notes
    -----
    LGD·p(Φ⁻¹(1 − level)), Vasicek (2002). With 0.999 it is the heart of Basel's formula.
    """
    chance = fraction("level", level, open_right=True)
    year = -np.clip(ndtri(chance), -_FAR, _FAR)
    return pool.loss_given_default * _share(year, pool)


def loss_probability(loss: Numbers, pool: PoolTerms = POOL) -> Numbers:
    """Find the probability that a large pool loses at most a given share in a year.

    Parameters
    ----------
    loss : float or ndarray
        From 0 to 1.
    pool : PoolTerms
        The loans; its loss given default above 0.
    """
    return _plain(ndtr(-_year_of(fraction("loss", loss), pool)))


def _year_of(loss: Numbers, pool: PoolTerms) -> NDArray[np.float64]:
    """Find the factor Z at which the pool loses just so much; every better year costs less."""
    rho, lgd = np.asarray(pool.asset_correlation), np.asarray(pool.loss_given_default)
    if np.any(lgd == 0.0):
        raise ValueError("loss_given_default must be a number above 0 and at most 1, not 0")
    share = np.minimum(np.asarray(loss) / lgd, 1.0)  # beyond LGD nothing is left to lose
    reached = np.clip(ndtri(share), -_FAR, _FAR)
    threshold = np.clip(ndtri(pool.default_probability), -_FAR, _FAR)
    gap = threshold - np.sqrt(1.0 - rho) * reached
    with np.errstate(divide="ignore", invalid="ignore"):
        year = np.where(rho > 0.0, gap / np.sqrt(rho), np.where(gap > 0.0, _FAR, -_FAR))
    year = np.where(share == 1.0, -_FAR, np.where(share == 0.0, _FAR, year))
    return np.clip(year, -_FAR, _FAR)


def simulate_pool(
    rng: np.random.Generator, loans: int, years: int, pool: PoolTerms = POOL
) -> NDArray[np.float64]:
    """Draw the loss of a pool of so many loans in so many independent years.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the years and the borrowers' luck come from.
    loans, years : int
        1 or more; a thousand years of a pool of ten thousand loans take a few milliseconds.
    pool : PoolTerms
        With numbers, not arrays.
    """
    count = int(whole_number("loans", loans))
    draws = int(whole_number("years", years))
    shares = _share(rng.standard_normal(draws), pool)
    return np.asarray(pool.loss_given_default * rng.binomial(count, shares) / count)


# ---------------------------------------------------------------------------------------------
# Capital


def unexpected_loss(pool: PoolTerms = POOL, level: Numbers = _BASEL_LEVEL) -> Numbers:
    """Compute what the year at a level costs beyond an average one: what capital is for."""
    return loss_quantile(level, pool) - pool.expected_loss


def basel_retail_correlation(default_probability: Numbers) -> Numbers:
    """Look up the correlation that the Basel rules give a retail loan, neither card nor mortgage.

        ρ = 0.03·w + 0.16·(1 − w),    w = (1 − e^(−35·PD)) / (1 − e^(−35))

    Notes
    -----
    Basel Committee on Banking Supervision (2006), paragraph 330: better borrowers hang more on
    the common year. Cards have 0.04, mortgages 0.15.
    """
    chance = fraction("default_probability", default_probability)
    weight = -np.expm1(-35.0 * chance) / -np.expm1(-35.0)
    return _plain(0.03 * weight + 0.16 * (1.0 - weight))


def basel_retail_capital(
    default_probability: Numbers,
    loss_given_default: Numbers,
    correlation: Numbers | None = None,
) -> Numbers:
    """Compute the capital that the Basel rules ask for a retail loan, as a share of it.

    Parameters
    ----------
    default_probability, loss_given_default : float or ndarray
        From 0 to 1.
    correlation : float or ndarray, optional
        By default that of `basel_retail_correlation`.

    Notes
    -----
    K of Basel Committee (2006), paragraphs 328 to 330: the unexpected loss at 99.9 %. The risk
    weight is 12.5·K; its published examples are in Annex 5.
    """
    chance = fraction("default_probability", default_probability)
    rho = basel_retail_correlation(chance) if correlation is None else correlation
    return unexpected_loss(PoolTerms(chance, loss_given_default, rho))


# ---------------------------------------------------------------------------------------------
# The slices


def expected_loss_up_to(limit: Numbers, pool: PoolTerms = POOL) -> Numbers:
    """Compute the expected loss of whoever pays for losses up to a limit, E[min(ℓ, limit)].

        LGD·(PD − Φ₂(Φ⁻¹(PD), z; √ρ)) + limit·Φ(z),    where the pool loses `limit` at Z = z

    Parameters
    ----------
    limit : float or ndarray
        From 0 to 1.
    pool : PoolTerms
        The loans; its loss given default above 0.

    Notes
    -----
    Φ₂ is the bivariate normal distribution, here by Owen's T function (Owen 1956), so the result
    is exact to rounding; Pykhtin & Dev (2002, "Credit risk in asset securitisations", *Risk* 15).
    """
    most = fraction("limit", limit)
    year = _year_of(most, pool)
    threshold = np.clip(ndtri(pool.default_probability), -_FAR, _FAR)
    both = _bivariate_normal(threshold, year, np.sqrt(pool.asset_correlation))
    below = np.maximum(pool.default_probability - both, 0.0)  # rounding, not a range
    return _plain(pool.loss_given_default * below + most * ndtr(year))


def waterfall(loss: Numbers, structure: Structure = STRUCTURE) -> Slices:
    """Share out a loss: excess spread, junior, mezzanine, senior.

    Parameters
    ----------
    loss : float or ndarray
        From 0 to 1, of the pool's principal.
    structure : Structure
        The slices.

    Returns
    -------
    Slices
        What each bears, as shares of the pool; the parts add up to the loss.

    Notes
    -----
    The excess spread is what borrowers pay beyond what the notes and the servicer get; it would
    be the originator's income, so a loss that it absorbs is the originator's all the same.
    """
    lost = fraction("loss", loss)
    return _cut(lambda limit: np.minimum(lost, limit), lost, structure)


def expected_slices(pool: PoolTerms = POOL, structure: Structure = STRUCTURE) -> Slices:
    """Compute the expected loss of each slice, as a share of the pool; they add up to PD·LGD."""
    return _cut(lambda limit: expected_loss_up_to(limit, pool), pool.expected_loss, structure)


def slices_at(level: Numbers, pool: PoolTerms = POOL, structure: Structure = STRUCTURE) -> Slices:
    """Share out the loss of the year at a level, 0.999 for the worst of a thousand."""
    return waterfall(loss_quantile(level, pool), structure)


def _cut(up_to: Callable[[Numbers], Numbers], whole: Numbers, structure: Structure) -> Slices:
    """Cut a loss at the slices' limits, given what is lost up to each."""
    first = structure.excess_spread
    second = np.minimum(first + structure.junior, 1.0)
    third = np.minimum(second + structure.mezzanine, 1.0)
    steps = [0.0 * whole, *(up_to(limit) for limit in (first, second, third)), whole]
    parts = [np.maximum(high - low, 0.0) for low, high in pairwise(steps)]
    return Slices(*(_plain(part) for part in parts))


def _bivariate_normal(
    h: NDArray[np.float64], k: NDArray[np.float64], correlation: Numbers
) -> NDArray[np.float64]:
    """Φ₂(h, k; r) for finite h and k and 0 ≤ r < 1, by Owen's T function."""
    h, k = (np.where(each == 0.0, _TINY, each) for each in (h, k))
    root = np.sqrt(1.0 - np.square(correlation))
    with np.errstate(over="ignore"):
        sides = owens_t(h, (k - correlation * h) / (h * root)) + owens_t(
            k, (h - correlation * k) / (k * root)
        )
    apart = np.where((h < 0.0) != (k < 0.0), 0.5, 0.0)
    return np.asarray(0.5 * (ndtr(h) + ndtr(k)) - sides - apart)


def _plain(numbers: object) -> Numbers:
    """Give a number back as a float, an array as it is."""
    array = np.asarray(numbers, dtype=np.float64)
    return float(array) if array.ndim == 0 else array
