"""A pool cut into tranches: who bears its loss, first to last.

Losses, tranches and spreads are shares of the pool's principal, over one year. Every function
takes floats or numpy arrays that broadcast against each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, NamedTuple

import numpy as np

from netfin.arrays import plain
from netfin.checks import Numbers, fraction, instance
from netfin.pool import POOL, PoolTerms, expected_loss_up_to, loss_quantile
from netfin.terms import About, Terms, matching_terms


@dataclass(frozen=True)
class Tranching(Terms):
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

    def consistent(self) -> None:
        """Refuse tranches that are more than the pool."""
        if np.any(np.asarray(self.senior) < 0.0):
            raise ValueError(
                "junior and mezzanine must together be a number from 0 to 1, not "
                f"{self.junior} and {self.mezzanine}"
            )

    @property
    def senior(self) -> Numbers:
        """What is left of the pool above junior and mezzanine."""
        return 1.0 - self.junior - self.mezzanine


TRANCHING = Tranching()
"""The tranches 7/4/89, without excess spread."""


class TrancheLosses(NamedTuple):
    """A loss, shared out among those who bear it, first to last; the parts add up to it."""

    excess_spread: Numbers
    junior: Numbers
    mezzanine: Numbers
    senior: Numbers

    @property
    def total(self) -> Numbers:
        """The loss of the whole pool."""
        return self.excess_spread + self.junior + self.mezzanine + self.senior


def waterfall(loss: Numbers, tranching: Tranching = TRANCHING) -> TrancheLosses:
    """Share out a loss: excess spread, junior, mezzanine, senior.

    Parameters
    ----------
    loss : float or ndarray
        From 0 to 1, of the pool's principal.
    tranching : Tranching
        The tranches.

    Returns
    -------
    TrancheLosses
        What each bears, as shares of the pool; the parts add up to the loss.

    Raises
    ------
    ValueError
        Naming `loss`, where it is out of its range.
    TypeError
        Naming `tranching`, where it is of another type.

    Notes
    -----
    The excess spread is what borrowers pay beyond what the notes and the servicer get; it would
    be the originator's income, so a loss that it absorbs is the originator's all the same.

    Source
    ------
    Definition: losses in order of rank, as in Coval, Jurek & Stafford (2009).
    """
    lost = fraction("loss", loss)
    instance("tranching", tranching, Tranching)
    matching_terms(loss=lost, tranching=tranching)
    return _cut(lambda limit: np.minimum(lost, limit), lost, tranching)


def expected_tranche_losses(
    pool: PoolTerms = POOL, tranching: Tranching = TRANCHING
) -> TrancheLosses:
    """Compute the expected loss of each tranche, as a share of the pool; they add up to PD·LGD.

    Parameters
    ----------
    pool : PoolTerms
        The loans.
    tranching : Tranching
        The tranches.

    Returns
    -------
    TrancheLosses
        Averages over all years.

    Raises
    ------
    TypeError
        Naming `pool` or `tranching`, where it is of another type.

    Source
    ------
    Pykhtin & Dev (2002): differences of `expected_loss_up_to`.
    """
    instance("pool", pool, PoolTerms)
    instance("tranching", tranching, Tranching)
    matching_terms(pool=pool, tranching=tranching)
    return _cut(lambda limit: expected_loss_up_to(limit, pool), pool.expected_loss, tranching)


def tranche_losses_at(
    level: Numbers, pool: PoolTerms = POOL, tranching: Tranching = TRANCHING
) -> TrancheLosses:
    """Share out the loss of the year at a level, 0.999 for the worst of a thousand.

    Parameters
    ----------
    level : float or ndarray
        As in `loss_quantile`.
    pool : PoolTerms
        The loans.
    tranching : Tranching
        The tranches.

    Returns
    -------
    TrancheLosses
        What each bears in that year.

    Raises
    ------
    ValueError
        Naming `level`, where it is out of its range.
    TypeError
        Naming `pool` or `tranching`, where it is of another type.

    Source
    ------
    Arithmetic: `loss_quantile`, shared out by `waterfall`.
    """
    lost = loss_quantile(level, pool)
    instance("tranching", tranching, Tranching)
    matching_terms(level=level, pool=pool, tranching=tranching)
    return waterfall(lost, tranching)


def _cut(
    up_to: Callable[[Numbers], Numbers], whole: Numbers, tranching: Tranching
) -> TrancheLosses:
    """Cut a loss at the tranches' limits, given what is lost up to each."""
    first = tranching.excess_spread
    second = np.minimum(first + tranching.junior, 1.0)
    third = np.minimum(second + tranching.mezzanine, 1.0)
    steps = [0.0 * whole, *(up_to(limit) for limit in (first, second, third)), whole]
    parts = [np.maximum(high - low, 0.0) for low, high in pairwise(steps)]
    return TrancheLosses(*(plain(part) for part in parts))
