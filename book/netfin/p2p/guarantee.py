"""A platform that promises the principal, and the pot from which it would pay.

Rates and losses are shares of the loans, over one year. All functions take floats or numpy arrays
that broadcast against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from netfin.arrays import plain, ratio
from netfin.checks import Numbers, fraction, instance
from netfin.pool import PoolTerms, chance_beyond, loss_quantile
from netfin.terms import About, Terms, matching_terms


@dataclass(frozen=True)
class GuaranteeTerms(Terms):
    """A pot of money, and what borrowers pay into it."""

    pot: Annotated[Numbers, About("q", "share of the loans", "our round number")] = 0.05
    fee: Annotated[
        Numbers, About("φ_q", "share of the loans a year", "our assumption: a little over the loss")
    ] = 0.04


POT = GuaranteeTerms()
"""The pot of Mr Zhou's platform."""
GUARANTEED = PoolTerms(default_probability=0.05, loss_given_default=0.65, asset_correlation=0.10)
"""The loans of Mr Zhou's platform, whose borrowers share good years and bad."""


def pot_fails(terms: GuaranteeTerms = POT, loans: PoolTerms = GUARANTEED) -> Numbers:
    """Compute in which share of years the pot and the year's fees do not cover the losses.

    Parameters
    ----------
    terms : GuaranteeTerms
        The pot, full at the beginning of the year, and the fee.
    loans : PoolTerms
        What is guaranteed; a loss counts principal alone.

    Returns
    -------
    float or ndarray
        From 0 to 1.

    Raises
    ------
    ValueError
        If shapes do not match.
    TypeError
        If the terms are no `GuaranteeTerms`, or the loans no `PoolTerms`.

    Source
    ------
    Vasicek (2002): the distribution of a pool's loss.
    """
    return chance_beyond(_at_hand(terms, loans), loans)


def years_to_fill(
    level: Numbers, terms: GuaranteeTerms = POT, loans: PoolTerms = GUARANTEED
) -> Numbers:
    """Compute how long fees must be saved, in average years, until the promise is as safe as asked.

        (ℓ_level − φ) / (φ − PD·LGD)

    Parameters
    ----------
    level : float or ndarray
        From 0 to 1; 0.999 asks for a pot that fails in one year of a thousand.
    terms : GuaranteeTerms
        Its fee; the pot is empty at first.
    loans : PoolTerms
        As in `pot_fails`.

    Returns
    -------
    float or ndarray
        Years; infinite where the fee is no more than the loss of an average year.

    Raises
    ------
    ValueError
        If the level is not from 0 to 1, or shapes do not match.
    TypeError
        If the terms are no `GuaranteeTerms`, or the loans no `PoolTerms`.

    Source
    ------
    Ours: the loss of Vasicek (2002), paid from what fees leave.
    """
    chance = fraction("level", level)
    _at_hand(terms, loans)
    matching_terms(level=chance, terms=terms, loans=loans)
    needed = loss_quantile(chance, loans) - terms.fee
    saved = terms.fee - loans.expected_loss
    return ratio(np.maximum(needed, 0.0), np.maximum(saved, 0.0), np.inf)


def _at_hand(terms: GuaranteeTerms, loans: PoolTerms) -> Numbers:
    """Add a year's fees to the pot, of a whole year's loans at most."""
    instance("terms", terms, GuaranteeTerms)
    instance("loans", loans, PoolTerms)
    matching_terms(terms=terms, loans=loans)
    return plain(np.minimum(terms.pot + np.asarray(terms.fee), 1.0))
