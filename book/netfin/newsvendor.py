"""The newsvendor: how much to order before demand is known, and what that is expected to earn.

A shop buys at a unit cost, sells at a price and gets a salvage value for what is left over. It
orders once. Money is in yuan, quantities in pieces; price, cost, salvage value and order are
floats or numpy arrays that broadcast against each other. Demand is an object that knows three
things: the chance that it stays below a level, its quantiles, and what would be sold of an order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainc, gammaincinv, ndtr, ndtri

from netfin.checks import Numbers, finite, fraction, non_negative, positive

# ---------------------------------------------------------------------------------------------
# Demand


class Demand(Protocol):
    """What a model has to know of an uncertain demand D."""

    def below(self, level: Numbers) -> Numbers:
        """Give the chance that D is at most `level`, F(level)."""

    def quantile(self, probability: Numbers) -> Numbers:
        """Give the smallest level that D stays at or below with this probability."""

    def expected_sales(self, order: Numbers) -> Numbers:
        """Give E[min(D, order)], what is sold of an order on average."""


@dataclass(frozen=True)
class NormalDemand:
    """Normal demand, the textbooks' usual case.

    Parameters
    ----------
    mean, sd : float or ndarray
        Pieces; both above 0. A normal variable may fall below zero, with probability
        Φ(−mean/sd): where that matters, use `GammaDemand` or a sample.
    """

    mean: Numbers
    sd: Numbers

    def __post_init__(self) -> None:
        _store(self, mean=positive("mean", self.mean), sd=positive("sd", self.sd))

    def below(self, level: Numbers) -> Numbers:
        """Give Φ((level − mean)/sd)."""
        return _number(ndtr((level - self.mean) / self.sd))

    def quantile(self, probability: Numbers) -> Numbers:
        """Give mean + sd·Φ⁻¹(probability)."""
        return _number(self.mean + self.sd * ndtri(_inner(probability)))

    def expected_sales(self, order: Numbers) -> Numbers:
        """Give mean − sd·(φ(z) − z(1 − Φ(z))), with z = (order − mean)/sd.

        The bracket is the standard normal loss function (Cachon & Terwiesch, *Matching Supply
        with Demand*, the chapter on the newsvendor).
        """
        z = (finite("order", order) - self.mean) / self.sd
        density = np.exp(-0.5 * z**2) / np.sqrt(2.0 * np.pi)
        return _number(self.mean - self.sd * (density - z * ndtr(-z)))


@dataclass(frozen=True)
class GammaDemand:
    """Gamma demand: never negative, skewed to the right; exponential where sd = mean.

    Parameters
    ----------
    mean, sd : float or ndarray
        Pieces; both above 0. With sd at most the mean the hazard rate never falls, which the
        loan models need.
    """

    mean: Numbers
    sd: Numbers

    def __post_init__(self) -> None:
        _store(self, mean=positive("mean", self.mean), sd=positive("sd", self.sd))

    @property
    def shape(self) -> Numbers:
        """(mean/sd)², one over the squared coefficient of variation."""
        return (self.mean / self.sd) ** 2

    @property
    def scale(self) -> Numbers:
        """sd²/mean, pieces."""
        return self.sd**2 / self.mean

    def below(self, level: Numbers) -> Numbers:
        """Give the regularised incomplete gamma function at level/scale; 0 below zero."""
        return _number(gammainc(self.shape, np.maximum(level, 0.0) / self.scale))

    def quantile(self, probability: Numbers) -> Numbers:
        """Invert `below`."""
        return _number(self.scale * gammaincinv(self.shape, _inner(probability)))

    def expected_sales(self, order: Numbers) -> Numbers:
        """Give mean·G(k + 1, order/scale) + order·(1 − F(order)), k the shape."""
        pieces = non_negative("order", order)
        lower = self.mean * gammainc(self.shape + 1.0, pieces / self.scale)
        return _number(lower + pieces * (1.0 - self.below(pieces)))


@dataclass(frozen=True)
class SampleDemand:
    """Demand that takes each of the observed values with the same chance.

    Parameters
    ----------
    observed : ndarray
        One or more observations, pieces, 0 or more, in any order; kept sorted.
    """

    observed: NDArray[np.float64]

    def __post_init__(self) -> None:
        values = np.sort(np.atleast_1d(np.asarray(non_negative("observed", self.observed))))
        if values.ndim != 1 or values.size == 0:
            raise ValueError(f"observed must be a list of one or more numbers, not {values.shape}")
        values.setflags(write=False)
        _store(self, observed=values)

    def below(self, level: Numbers) -> Numbers:
        """Give the share of the observations at or below `level`."""
        return _number(np.searchsorted(self.observed, level, side="right") / self.observed.size)

    def quantile(self, probability: Numbers) -> Numbers:
        """Give the smallest observation at or below which this share of them lies."""
        rank = np.ceil(np.asarray(_inner(probability)) * self.observed.size - 1e-9)
        return _number(self.observed[np.maximum(rank, 1).astype(int) - 1])

    def expected_sales(self, order: Numbers) -> Numbers:
        """Give the mean of min(observation, order), from the sorted observations' sums."""
        pieces = np.asarray(non_negative("order", order))
        sums = np.concatenate([[0.0], np.cumsum(self.observed)])
        sold_out = np.searchsorted(self.observed, pieces, side="right")
        left = self.observed.size - sold_out
        return _number((sums[sold_out] + pieces * left) / self.observed.size)


def _store(frozen: object, **values: object) -> None:
    """Set fields of a frozen dataclass to their checked values."""
    for name, value in values.items():
        object.__setattr__(frozen, name, value)


def _inner(probability: Numbers) -> Numbers:
    """Accept a probability strictly between 0 and 1."""
    checked = fraction("probability", probability, open_right=True)
    return positive("probability", checked)


def _number(value: object) -> Numbers:
    """Give a scalar as a float, an array as it is."""
    array = np.asarray(value, dtype=np.float64)
    return float(array) if array.ndim == 0 else array


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

    Notes
    -----
    Arrow, Harris & Marschak (1951); any textbook of operations, for example Cachon & Terwiesch.
    """
    price, cost, salvage = _goods(price, cost, salvage)
    return (price - cost) / (price - salvage)


def order_quantity(price: Numbers, cost: Numbers, salvage: Numbers, demand: Demand) -> Numbers:
    """Find the order with the highest expected profit, F⁻¹((P − C)/(P − v)), in pieces.

    Parameters
    ----------
    price, cost, salvage : float or ndarray
        As in `critical_fractile`.
    demand : Demand
        `NormalDemand`, `GammaDemand` or `SampleDemand`.
    """
    return demand.quantile(critical_fractile(price, cost, salvage))


def expected_revenue(order: Numbers, price: Numbers, salvage: Numbers, demand: Demand) -> Numbers:
    """Compute what an order brings in on average: vQ + (P − v)·E[min(D, Q)], yuan."""
    pieces = non_negative("order", order)
    return salvage * pieces + (price - salvage) * demand.expected_sales(pieces)


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
    """
    price, cost, salvage = _goods(price, cost, salvage)
    return expected_revenue(order, price, salvage, demand) - cost * order


def _goods(price: Numbers, cost: Numbers, salvage: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Check that a piece sells above its cost and is left over below it."""
    price, cost = positive("price", price), positive("cost", cost)
    salvage = non_negative("salvage", salvage)
    if np.any(np.asarray(price) <= cost):
        raise ValueError(f"price must be above the cost {cost}, not {price}")
    if np.any(np.asarray(cost) <= salvage):
        raise ValueError(f"salvage must be below the cost {cost}, not {salvage}")
    return price, cost, salvage
