"""One saver and many notes: what is left in a year, and how often it is less than was lent.

A note is a small part of a loan to one borrower. Returns are for each yuan lent, over one year; a
note that is paid brings the gain, one that is not takes the loss. All functions take floats or
numpy arrays that broadcast against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from scipy.special import betainc, ndtr, ndtri

from netfin.arrays import plain
from netfin.checks import (
    Array,
    Numbers,
    above_zero,
    below_one,
    fraction,
    instance,
    whole_number,
)
from netfin.pool import PoolTerms, chance_beyond, default_share
from netfin.terms import About, Terms, matching_terms

_MOST = 10_000  # notes: beyond, they are as good as infinitely many
_NODES, _WIDEST = 1001, 8.5  # kinds of year, and how far from the middle: beyond lies 1e-17
_FAR = 38.0  # standard deviations: beyond, no float is above 0
_TO_THE_NOTE = 1e-9  # against rounding: a return of exactly 0 is no loss


@dataclass(frozen=True)
class NoteTerms(Terms):
    """A note: what it brings, what it takes, how often, and how far notes fail together."""

    gain: Annotated[
        Numbers, About("g_n", "a year", "our round number: the rate of the note", check=above_zero)
    ] = 0.14
    loss: Annotated[
        Numbers,
        About(
            "l_n",
            "share of what was lent",
            "our round number: what is not recovered, and no interest",
            check=above_zero,
        ),
    ] = 0.65
    default_probability: Annotated[
        Numbers, About("PD", "share of loans a year", "our assumption: ordinary borrowers")
    ] = 0.05
    asset_correlation: Annotated[
        Numbers,
        About("ρ", "correlation", "our assumption: each borrower has luck of his own",
              check=below_one),
    ] = 0.0  # fmt: skip

    @property
    def pool(self) -> PoolTerms:
        """The notes as a pool of loans."""
        return PoolTerms(self.default_probability, self.loss, self.asset_correlation)


NOTE = NoteTerms()
"""The notes of Mr Zhou's platform."""


def expected_return(terms: NoteTerms = NOTE) -> Numbers:
    """Compute what a note brings on average, g·(1 − PD) − l·PD.

    Parameters
    ----------
    terms : NoteTerms
        Its correlation plays no part.

    Returns
    -------
    float or ndarray
        For each yuan lent; below 0 where defaults take more than the others bring.

    Raises
    ------
    TypeError
        If the terms are no `NoteTerms`.

    Source
    ------
    Arithmetic.
    """
    instance("terms", terms, NoteTerms)
    return terms.gain * (1.0 - terms.default_probability) - terms.loss * terms.default_probability


def turning_default(terms: NoteTerms = NOTE) -> Numbers:
    """Find the share of defaults at which notes bring nothing on average.

        PD* = g / (g + l)

    Parameters
    ----------
    terms : NoteTerms
        Gain and loss.

    Returns
    -------
    float or ndarray
        Share of the notes, between 0 and 1.

    Raises
    ------
    TypeError
        If the terms are no `NoteTerms`.

    Source
    ------
    Arithmetic: the root of `expected_return`.
    """
    instance("terms", terms, NoteTerms)
    return terms.gain / (terms.gain + terms.loss)


def chance_of_loss(notes: Numbers, terms: NoteTerms = NOTE) -> Numbers:
    """Compute in which share of years a saver with so many notes ends with less than was lent.

        P(D > N·PD*),    D defaults among N notes: binomial, in years that are all alike

    Parameters
    ----------
    notes : float or ndarray
        N, whole, from 1 to 10,000.
    terms : NoteTerms
        With a correlation above 0 a year is good or bad for all borrowers together, and the
        chance is the mean over the kinds of year.

    Returns
    -------
    float or ndarray
        From 0 to 1. A year that ends with what was lent is none.

    Raises
    ------
    ValueError
        If notes are not whole or out of their range, or shapes do not match.
    TypeError
        If the terms are no `NoteTerms`.

    Source
    ------
    Vasicek (2002), before his limit of many loans.
    """
    held = whole_number("notes", notes)
    if np.any(np.asarray(held) > _MOST):
        raise ValueError(f"notes must be whole numbers of at most {_MOST:,}, not {notes}")
    instance("terms", terms, NoteTerms)
    shape = matching_terms(notes=held, terms=terms)
    number = np.broadcast_to(held, shape)[..., None]
    bearable = number * np.asarray(turning_default(terms))[..., None] + _TO_THE_NOTE
    years, weights = _kinds_of_year()
    each = NoteTerms(*(np.asarray(part)[..., None] for part in vars(terms).values()))
    shares = np.asarray(default_share(years, each.pool))
    borne = np.minimum(np.floor(bearable), number)
    rest = number - borne  # above 0 but for rounding: the binomial's tail is an incomplete beta
    short = np.where(rest > 0.0, betainc(borne + 1.0, np.maximum(rest, 1.0), shares), 0.0)
    return plain(np.broadcast_to(np.clip(short @ weights, 0.0, 1.0), shape))


def _kinds_of_year() -> tuple[Array, Array]:
    """Give kinds of year, in standard deviations, and how often each occurs.

    Evenly spaced: for a smooth function that the bell curve takes to 0 at both ends no rule is
    better.
    """
    years = np.linspace(-_WIDEST, _WIDEST, _NODES)
    weights = np.exp(-0.5 * years**2)
    return years, np.asarray(weights / weights.sum())


def chance_of_loss_at_most(terms: NoteTerms = NOTE) -> Numbers:
    """Compute the same for a saver with infinitely many notes.

        Φ((Φ⁻¹(PD) − √(1 − ρ)·Φ⁻¹(PD*)) / √ρ)

    Parameters
    ----------
    terms : NoteTerms
        Without correlation the chance is 0 or 1.

    Returns
    -------
    float or ndarray
        From 0 to 1.

    Raises
    ------
    TypeError
        If the terms are no `NoteTerms`.

    Source
    ------
    Vasicek (2002): a share of the notes above PD* fails.
    """
    instance("terms", terms, NoteTerms)
    return chance_beyond(terms.loss * np.asarray(turning_default(terms)), terms.pool)


def spreading_turns_at(terms: NoteTerms = NOTE) -> Numbers:
    """Find the share of defaults from which spreading makes losing years more frequent.

        Φ⁻¹(PD) = Φ⁻¹(PD*)·√((1 + √ρ) / (1 − √ρ))

    Parameters
    ----------
    terms : NoteTerms
        Gain, loss and correlation; its own default probability plays no part.

    Returns
    -------
    float or ndarray
        Share of the notes at which infinitely many notes lose in as many years as one does. PD*
        without correlation; where the gain is below the loss, less with it.

    Raises
    ------
    TypeError
        If the terms are no `NoteTerms`.

    Source
    ------
    Ours: one note loses in PD of the years, infinitely many as in `chance_of_loss_at_most`, from
    Vasicek (2002); set equal.
    """
    instance("terms", terms, NoteTerms)
    root = np.sqrt(terms.asset_correlation)
    return plain(ndtr(ndtri(turning_default(terms)) * np.sqrt((1.0 + root) / (1.0 - root))))


def worst_return(level: Numbers, terms: NoteTerms = NOTE) -> Numbers:
    """Find the return of very many notes that is undercut in a share 1 − level of the years.

    Parameters
    ----------
    level : float or ndarray
        From 0 to 1; 0.99 asks for the year that one in a hundred is worse than.
    terms : NoteTerms
        The notes.

    Returns
    -------
    float or ndarray
        For each yuan lent: g − (g + l)·p, with p the share that defaults in such a year.

    Raises
    ------
    ValueError
        If the level is not from 0 to 1, or shapes do not match.
    TypeError
        If the terms are no `NoteTerms`.

    Source
    ------
    Vasicek (2002): the quantile of his distribution.
    """
    chance = fraction("level", level)
    instance("terms", terms, NoteTerms)
    matching_terms(level=chance, terms=terms)
    year = np.clip(-np.asarray(ndtri(chance)), -_FAR, _FAR)
    return plain(
        terms.gain - (terms.gain + terms.loss) * np.asarray(default_share(year, terms.pool))
    )
