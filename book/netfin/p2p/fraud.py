"""A fund that promises more than it earns: its cash, its debts, and how long it lives.

Rates are a year, compounded at every moment; money is counted in what savers bring in the first
year. All functions take floats or numpy arrays that broadcast against each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated

import numpy as np

from netfin.arrays import bisect, plain
from netfin.checks import Array, Numbers, fraction, instance, positive
from netfin.terms import About, Terms, matching_terms

_FASTEST = 10.0  # a year: beyond, a century has no float
_NEAR = 1e-4  # exponents that are as good as equal
_DOUBLINGS = 60

_rate = partial(fraction, upto=_FASTEST)
_rate_above_zero = partial(fraction, upto=_FASTEST, open_left=True)


@dataclass(frozen=True)
class FraudTerms(Terms):
    """What a fund promises, what it earns, and what its savers do."""

    promised_rate: Annotated[
        Numbers,
        About(
            "r_p",
            "a year, at every moment",
            "our round number: inside what one fraud promised",
            check=_rate,
        ),
    ] = 0.12
    withdrawal_rate: Annotated[
        Numbers,
        About("r_w", "of the balance a year", "our assumption", check=_rate_above_zero),
    ] = 0.30
    growth: Annotated[
        Numbers,
        About(
            "r_i", "a year, at every moment", "our assumption: as much comes each year", check=_rate
        ),
    ] = 0.0
    earned_rate: Annotated[
        Numbers,
        About("r_e", "a year, at every moment", "our assumption: nothing is invested",
              check=_rate),
    ] = 0.0  # fmt: skip

    @property
    def balance_growth(self) -> Numbers:
        """By how much a balance grows on paper while its owner takes out a part."""
        return self.promised_rate - self.withdrawal_rate


FRAUD = FraudTerms()
"""A fraud that invests nothing and promises 12 %."""


def owed(years: Numbers, terms: FraudTerms = FRAUD) -> Numbers:
    """Compute what savers are told that they have.

        ∫₀ᵗ e^(r_i·u)·e^((r_p − r_w)(t − u)) du

    Parameters
    ----------
    years : float or ndarray
        t, above 0 and at most 60.
    terms : FraudTerms
        What it earns plays no part.

    Returns
    -------
    float or ndarray
        In units of what comes in during the first year, were it constant.

    Raises
    ------
    ValueError
        If the years are out of their range, or shapes do not match.
    TypeError
        If the terms are no `FraudTerms`.

    Source
    ------
    Artzrouni (2009), section 2, without a first deposit.
    """
    time = _years(years, terms)
    return plain(_two(terms.growth, terms.balance_growth, time))


def cash(years: Numbers, terms: FraudTerms = FRAUD) -> Numbers:
    """Compute what the fund has: what came in and what that earned, less what savers took out.

        S′ = r_e·S + e^(r_i·t) − r_w·owed(t),    S(0) = 0

    Parameters
    ----------
    years : float or ndarray
        As in `owed`.
    terms : FraudTerms
        The fund.

    Returns
    -------
    float or ndarray
        In the same unit as `owed`; below 0 it cannot pay.

    Raises
    ------
    ValueError
        If the years are out of their range, or shapes do not match.
    TypeError
        If the terms are no `FraudTerms`.

    Source
    ------
    Artzrouni (2009), section 2, without a first deposit.
    """
    return plain(_cash(_years(years, terms), terms, 0.0))


def lifetime(terms: FraudTerms = FRAUD) -> Numbers:
    """Find how long the fund lives: the year in which its cash is gone.

    Parameters
    ----------
    terms : FraudTerms
        The fund.

    Returns
    -------
    float or ndarray
        Years; infinite where what it earns, or the growth of new money, is not below the promise.

    Raises
    ------
    TypeError
        If the terms are no `FraudTerms`.

    Notes
    -----
    Cash is a sum of three exponentials that is 0 at the start and rises: it is 0 once more at most.

    Source
    ------
    Artzrouni (2009), section 2, without a first deposit.
    """
    return _first(terms, lambda time: -np.asarray(_cash_scaled(time, terms)))


def cash_peak(terms: FraudTerms = FRAUD) -> Numbers:
    """Find the year in which savers first take out more than comes in.

    Parameters
    ----------
    terms : FraudTerms
        The fund; what it earns plays no part.

    Returns
    -------
    float or ndarray
        Years; infinite where new money grows at least as fast as the promise. If the fund earns
        nothing its cash is highest then.

    Raises
    ------
    TypeError
        If the terms are no `FraudTerms`.

    Source
    ------
    Artzrouni (2009), section 2: where r_w·owed is equal to the inflow.
    """
    instance("terms", terms, FraudTerms)
    idle = FraudTerms(terms.promised_rate, terms.withdrawal_rate, terms.growth, 0.0)

    def beyond(time: Array) -> Array:
        gap = np.asarray(idle.growth) - idle.balance_growth
        told = _two(0.0, -gap, time)  # of the inflow at that time
        return np.asarray(idle.withdrawal_rate * told - 1.0)

    return _first(idle, beyond)


def _first(terms: FraudTerms, rises: Callable[[Array], Array]) -> Numbers:
    """Find where a function of the year is first above 0, if new money grows too slowly."""
    instance("terms", terms, FraudTerms)
    shape = matching_terms(terms=terms)
    best = np.maximum(terms.growth, terms.earned_rate)
    ends = np.broadcast_to(np.asarray(best < terms.promised_rate), shape)
    late = np.full(shape, 1.0)
    for _ in range(_DOUBLINGS):
        early = ends & (rises(late) <= 0.0)
        if not early.any():
            break
        late = np.where(early, 2.0 * late, late)
    found = bisect(lambda time: np.where(ends, rises(time), time - late), late / 2.0**40, late)
    return plain(np.where(ends, found, np.inf))


def _years(years: Numbers, terms: FraudTerms) -> Array:
    """Check a number of years against terms."""
    time = np.asarray(fraction("years", positive("years", years), upto=60.0))
    instance("terms", terms, FraudTerms)
    matching_terms(years=time, terms=terms)
    return time


def _cash_scaled(time: Array, terms: FraudTerms) -> Array:
    """Compute cash over the fastest growth of all, which a float holds at any time."""
    rates = (terms.growth, terms.balance_growth, terms.earned_rate)
    return _cash(time, terms, np.maximum(np.maximum(*rates[:2]), rates[2]))


def _cash(time: Array, terms: FraudTerms, scale: Numbers) -> Array:
    new, told, earned = (
        np.asarray(each) - scale for each in (terms.growth, terms.balance_growth, terms.earned_rate)
    )
    return np.asarray(
        _two(new, earned, time) - terms.withdrawal_rate * _three(new, told, earned, time)
    )


def _two(first: Numbers, second: Numbers, time: Array) -> Array:
    """(e^(xt) − e^(yt)) / (x − y), or t·e^(xt) where both are the same."""
    gap = np.asarray(first) - np.asarray(second)
    spread = np.abs(gap) * time
    safe = np.where(spread > 0.0, spread, 1.0)
    faster = np.maximum(first, second)
    return np.asarray(time * np.exp(faster * time)
                      * np.where(spread > 0.0, -np.expm1(-spread) / safe, 1.0))  # fmt: skip


def _three(first: Numbers, second: Numbers, third: Numbers, time: Array) -> Array:
    """The same for three exponents: ∫ of e^(x(t − u)) over the two of y and z."""
    low, middle, high = np.sort(np.broadcast_arrays(first, second, third), axis=0)
    gap = high - low
    near = gap * time < _NEAR
    safe = np.where(near, 1.0, gap)
    apart = (_two(high, middle, time) - _two(middle, low, time)) / safe
    mean = (low + middle + high) / 3.0
    return np.where(near, 0.5 * time**2 * np.exp(mean * time), apart)
