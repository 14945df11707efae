"""The newsvendor: how much to order before demand is known, and what that is expected to earn.

A shop buys at a unit cost, sells at a price and gets a salvage value for what is left over. It
orders once. Money is in yuan, quantities in pieces; price, cost, salvage value and order are
floats or numpy arrays that broadcast against each other, each at most 10¹⁵. Demand is an object
that knows three things: the chance that it stays below a level, its quantiles, and what would be
sold of an order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammainc, gammaincc, gammaincinv, ndtr, ndtri

from netfin.arrays import plain
from netfin.checks import (
    Array,
    Numbers,
    bounded,
    bounded_above_zero,
    finite,
    inner,
    instance,
    matching,
    non_negative,
    vector,
)
from netfin.terms import About, Terms

_LEAST = float(np.nextafter(0.0, 1.0))
LEAST_SWING, MOST_SWING = 1e-6, 1e3  # of a gamma demand, its sd over its mean

# ---------------------------------------------------------------------------------------------
# Demand


@runtime_checkable
class Demand(Protocol):
    """What a model has to know of an uncertain demand D."""

    def below(self, level: Numbers) -> Numbers:
        """Give the chance that D is at most `level`, F(level)."""

    def quantile(self, probability: Numbers) -> Numbers:
        """Give the smallest level that D stays at or below with this probability."""

    def expected_sales(self, order: Numbers) -> Numbers:
        """Give E[min(D, order)], what is sold of an order on average."""


@dataclass(frozen=True)
class NormalDemand(Terms):
    """Normal demand, the textbooks' usual case.

    Parameters
    ----------
    mean, sd : float or ndarray
        Pieces; both above 0. A normal variable may fall below zero, with probability
        Φ(−mean/sd): where that matters, use `GammaDemand` or a sample.
    """

    mean: Annotated[
        Numbers, About("E[D]", "pieces", "as the caller says", check=bounded_above_zero)
    ]
    sd: Annotated[Numbers, About("sd[D]", "pieces", "as the caller says", check=bounded_above_zero)]

    def below(self, level: Numbers) -> Numbers:
        """Give Φ((level − mean)/sd)."""
        reached = finite("level", level)
        matching(level=reached, mean=self.mean, sd=self.sd)
        return plain(ndtr(_over(reached - self.mean, self.sd)))

    def quantile(self, probability: Numbers) -> Numbers:
        """Give mean + sd·Φ⁻¹(probability)."""
        chance = inner("probability", probability)
        matching(probability=chance, mean=self.mean, sd=self.sd)
        return plain(self.mean + self.sd * ndtri(chance))

    def expected_sales(self, order: Numbers) -> Numbers:
        """Give mean·Φ(z) + order·(1 − Φ(z)) − sd·φ(z), with z = (order − mean)/sd.

        It is mean less sd times the standard normal loss function (Cachon & Terwiesch 2013,
        chapter 12).
        """
        pieces = finite("order", order)
        matching(order=pieces, mean=self.mean, sd=self.sd)
        z = _over(pieces - self.mean, self.sd)
        with np.errstate(over="ignore"):
            density = np.exp(-0.5 * np.square(z)) / np.sqrt(2.0 * np.pi)
        return plain(self.mean * ndtr(z) + pieces * ndtr(-z) - self.sd * density)


@dataclass(frozen=True)
class GammaDemand(Terms):
    """Gamma demand: never negative, skewed to the right; exponential where sd = mean.

    Parameters
    ----------
    mean, sd : float or ndarray
        Pieces; both above 0, and the sd from a millionth of the mean to a thousand times it. With
        sd at most the mean the hazard rate never falls, which the loan models need.
    """

    mean: Annotated[
        Numbers, About("E[D]", "pieces", "as the caller says", check=bounded_above_zero)
    ]
    sd: Annotated[Numbers, About("sd[D]", "pieces", "as the caller says", check=bounded_above_zero)]

    def consistent(self) -> None:
        """Refuse a swing for which the gamma function has too few digits."""
        swing = np.asarray(self.sd / self.mean)
        if np.any((swing < LEAST_SWING) | (swing > MOST_SWING)):
            raise ValueError(
                f"sd must be from {LEAST_SWING:g} to {MOST_SWING:,.0f} times the mean "
                f"{self.mean}, not {self.sd}"
            )

    @property
    def shape(self) -> Numbers:
        """(mean/sd)², one over the squared coefficient of variation."""
        return (self.mean / self.sd) ** 2

    @property
    def scale(self) -> Numbers:
        """sd²/mean, pieces."""
        return np.maximum(self.sd * (self.sd / self.mean), _LEAST)

    def below(self, level: Numbers) -> Numbers:
        """Give the regularised incomplete gamma function at level/scale; 0 below zero."""
        reached = np.maximum(finite("level", level), 0.0)
        matching(level=reached, mean=self.mean, sd=self.sd)
        return plain(gammainc(self.shape, _over(reached, self.scale)))

    def quantile(self, probability: Numbers) -> Numbers:
        """Invert `below`."""
        chance = inner("probability", probability)
        matching(probability=chance, mean=self.mean, sd=self.sd)
        return plain(self.scale * gammaincinv(self.shape, chance))

    def expected_sales(self, order: Numbers) -> Numbers:
        """Give mean·G(k + 1, order/scale) + order·(1 − F(order)), k the shape."""
        pieces = non_negative("order", order)
        matching(order=pieces, mean=self.mean, sd=self.sd)
        scales = _over(pieces, self.scale)
        lower = self.mean * gammainc(self.shape + 1.0, scales)
        return plain(lower + pieces * gammaincc(self.shape, scales))


def _over(above: Numbers, below: Numbers) -> Numbers:
    """Divide; what is too large for a float is infinite, and no chance is left beyond it."""
    with np.errstate(over="ignore"):
        return plain(np.divide(above, below))


def _observations(name: str, value: ArrayLike) -> Array:
    """Return one or more observations of 0 or more, sorted, and not to be changed."""
    values = np.sort(vector(name, value, bounded))
    values.setflags(write=False)
    return values


@dataclass(frozen=True)
class SampleDemand(Terms):
    """Demand that takes each of the observed values with the same chance.

    Parameters
    ----------
    observed : ndarray
        One or more observations, pieces, 0 or more, in any order; kept sorted.
    """

    observed: Annotated[Array, About("D_i", "pieces", "as the caller says", check=_observations)]

    def below(self, level: Numbers) -> Numbers:
        """Give the share of the observations at or below `level`."""
        reached = finite("level", level)
        return plain(np.searchsorted(self.observed, reached, side="right") / self.observed.size)

    def quantile(self, probability: Numbers) -> Numbers:
        """Give the smallest observation at or below which this share of them lies."""
        rank = np.ceil(np.asarray(inner("probability", probability)) * self.observed.size - 1e-9)
        return plain(self.observed[np.maximum(rank, 1).astype(int) - 1])

    def expected_sales(self, order: Numbers) -> Numbers:
        """Give the mean of min(observation, order), from the sorted observations' sums."""
        pieces = np.asarray(non_negative("order", order))
        sums = np.concatenate([[0.0], np.cumsum(self.observed)])
        sold_out = np.searchsorted(self.observed, pieces, side="right")
        left = self.observed.size - sold_out
        return plain((sums[sold_out] + pieces * left) / self.observed.size)


# ---------------------------------------------------------------------------------------------
# The order


def critical_fractile(price: Numbers, cost: Numbers, salvage: Numbers = 0.0) -> Numbers:
    """Find the chance of having enough that the best order gives: (P − C)/(P − v).

    One more piece earns P − C if it sells and loses C − v if it does not.

    Parameters
    ----------
    price, cost, salvage : float or ndarray
        P, C and v, yuan a piece, with P > C > v ≥ 0.

    Returns
    -------
    float or ndarray
        A number above 0 and below 1.

    Raises
    ------
    ValueError
        If a price is not above the cost, or a cost not above the salvage value: then the best
        order is nothing, or without limit.

    Source
    ------
    Arrow, Harris & Marschak (1951); Cachon & Terwiesch (2013), chapter 12.
    """
    price, cost, salvage = _goods(price, cost, salvage)
    fractile = (price - cost) / (price - salvage)
    if np.any(np.asarray(fractile) >= 1.0):
        raise ValueError(f"cost must be more than nothing beside the price {price}, not {cost}")
    return fractile


def order_quantity(price: Numbers, cost: Numbers, salvage: Numbers, demand: Demand) -> Numbers:
    """Find the order with the highest expected profit, F⁻¹((P − C)/(P − v)), in pieces.

    Parameters
    ----------
    price, cost, salvage : float or ndarray
        As in `critical_fractile`.
    demand : Demand
        `NormalDemand`, `GammaDemand` or `SampleDemand`.

    Returns
    -------
    float or ndarray
        Pieces, never below 0: where a normal demand has its fractile there, nothing is the best
        order, since profit falls with every piece and less than nothing cannot be ordered.

    Raises
    ------
    ValueError
        Naming `price`, `cost` or `salvage`, where it is out of its range, or shapes do not match.
    TypeError
        Naming `demand`, where it is of another type.

    Source
    ------
    Arrow, Harris & Marschak (1951); Cachon & Terwiesch (2013), chapter 12.
    """
    fractile = critical_fractile(price, cost, salvage)
    wanted = _demand(demand, price=price, cost=cost, salvage=salvage).quantile(fractile)
    return plain(np.maximum(wanted, 0.0))


def expected_revenue(order: Numbers, price: Numbers, salvage: Numbers, demand: Demand) -> Numbers:
    """Compute what an order brings in on average: vQ + (P − v)·E[min(D, Q)], yuan.

    Parameters
    ----------
    order : float or ndarray
        Q, pieces, 0 or more.
    price, salvage : float or ndarray
        P and v, yuan a piece, with P > v ≥ 0.
    demand : Demand
        `NormalDemand`, `GammaDemand` or `SampleDemand`.

    Returns
    -------
    float or ndarray
        Yuan.

    Raises
    ------
    ValueError
        Naming `order`, `price` or `salvage`, where it is out of its range, or shapes do not match.
    TypeError
        Naming `demand`, where it is of another type.

    Source
    ------
    Cachon & Terwiesch (2013), chapter 12.
    """
    pieces, asked = bounded("order", order), bounded_above_zero("price", price)
    left = bounded("salvage", salvage)
    matching(order=pieces, price=asked, salvage=left)
    if np.any(np.asarray(asked) <= left):
        raise ValueError(f"salvage must be below the price {price}, not {salvage}")
    sold = _demand(demand, order=pieces, price=asked, salvage=left).expected_sales(pieces)
    return left * pieces + (asked - left) * sold


def expected_profit(
    order: Numbers, price: Numbers, cost: Numbers, salvage: Numbers, demand: Demand
) -> Numbers:
    """Compute what an order earns on average: vQ + (P − v)·E[min(D, Q)] − CQ, yuan.

    Parameters
    ----------
    order : float or ndarray
        Q, pieces, 0 or more.
    price, cost, salvage : float or ndarray
        As in `critical_fractile`.
    demand : Demand
        `NormalDemand`, `GammaDemand` or `SampleDemand`.

    Returns
    -------
    float or ndarray
        Yuan; below 0 where the order loses money on average.

    Raises
    ------
    ValueError
        Naming `order`, `price`, `cost` or `salvage`, where it is out of its range, or shapes do not
        match.
    TypeError
        Naming `demand`, where it is of another type.

    Source
    ------
    Cachon & Terwiesch (2013), chapter 12.
    """
    price, cost, salvage = _goods(price, cost, salvage)
    pieces = bounded("order", order)
    matching(order=pieces, price=price, cost=cost, salvage=salvage)
    return expected_revenue(pieces, price, salvage, demand) - cost * pieces


def _demand(value: object, **beside: Numbers) -> Demand:
    """Accept what knows its chances, quantiles and sales, and broadcasts with what is beside it."""
    kind: Any = Demand
    demand: Demand = instance("demand", value, kind)
    matching(**beside, demand=getattr(demand, "mean", 0.0) + getattr(demand, "sd", 0.0))
    return demand


def _goods(price: Numbers, cost: Numbers, salvage: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Check that a piece sells above its cost and is left over below it."""
    price, cost = bounded_above_zero("price", price), bounded_above_zero("cost", cost)
    salvage = bounded("salvage", salvage)
    matching(price=price, cost=cost, salvage=salvage)
    if np.any(np.asarray(price) <= cost):
        raise ValueError(f"price must be above the cost {cost}, not {price}")
    if np.any(np.asarray(cost) <= salvage):
        raise ValueError(f"salvage must be below the cost {cost}, not {salvage}")
    return price, cost, salvage
