"""The crowd as a judge: what many opinions are worth, and who is left for those who have none.

All functions take floats or numpy arrays that broadcast against each other.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from netfin.arrays import plain, ratio
from netfin.checks import Numbers, bounded, fraction, instance, matching
from netfin.p2p.notes import NOTE, NoteTerms, turning_default
from netfin.terms import matching_terms


def effective_opinions(opinions: Numbers, correlation: Numbers) -> Numbers:
    """Count the independent opinions that as many correlated ones are worth.

        n / (1 + (n − 1)·χ)

    Parameters
    ----------
    opinions : float or ndarray
        n, 1 or more; all equally good.
    correlation : float or ndarray
        χ, of any two opinions' errors, from 0 to 1.

    Returns
    -------
    float or ndarray
        From 1 to n, and never more than 1/χ.

    Raises
    ------
    ValueError
        Naming `opinions` or `correlation`, where it is out of its range, or shapes do not match.

    Source
    ------
    Clemen & Winkler (1985), for experts who are all alike.
    """
    number, shared = bounded("opinions", opinions), fraction("correlation", correlation)
    matching(opinions=number, correlation=shared)
    if np.any(np.asarray(number) < 1.0):
        raise ValueError(f"opinions must be numbers of 1 or more, not {opinions}")
    return plain(number / (1.0 + (number - 1.0) * np.asarray(shared)))


def crowd_auc(auc: Numbers, opinions: Numbers, correlation: Numbers) -> Numbers:
    """Compute how well the mean of many opinions tells good borrowers from bad.

        Φ(√m·Φ⁻¹(AUC)),    m from `effective_opinions`

    Parameters
    ----------
    auc : float or ndarray
        Of one opinion: the chance that it sets a good borrower above a bad one, from 0 to 1.
    opinions, correlation : float or ndarray
        As in `effective_opinions`.

    Returns
    -------
    float or ndarray
        The same chance for the mean of the opinions.

    Raises
    ------
    ValueError
        Naming `auc`, `opinions` or `correlation`, where it is out of its range, or shapes do not
        match.

    Source
    ------
    Ours: normal signals of one strength, whose mean has m times the squared distance of one.
    """
    single = fraction("auc", auc)
    worth = effective_opinions(opinions, correlation)
    matching(auc=single, opinions=worth)
    return plain(ndtr(np.sqrt(worth) * ndtri(single)))


def passive_return(experts: Numbers, terms: NoteTerms = NOTE) -> Numbers:
    """Compute what is left for savers who fund what others have passed over.

        g − (g + l)·PD/(1 − e)

    Parameters
    ----------
    experts : float or ndarray
        e, share of all the money that comes from savers who see which loans will fail, and fund
        the others; from 0 to 1 − PD, for beyond there is no good loan left for them.
    terms : NoteTerms
        Its default probability is that of all loans together; its correlation plays no part.

    Returns
    -------
    float or ndarray
        A year, for each yuan. Where the experts' money is all there is, −l.

    Raises
    ------
    ValueError
        If the experts are out of their range, or shapes do not match.
    TypeError
        If the terms are no `NoteTerms`.

    Source
    ------
    Ours: the extreme case of the informed investors of Vallée & Zeng (2019).
    """
    share = fraction("experts", experts)
    instance("terms", terms, NoteTerms)
    matching_terms(experts=share, terms=terms)
    good = 1.0 - np.asarray(terms.default_probability)
    if np.any(np.asarray(share) > good):
        raise ValueError(f"experts must be numbers from 0 to 1 − PD, {good}, not {experts}")
    bad = np.minimum(ratio(terms.default_probability, 1.0 - np.asarray(share), 1.0), 1.0)
    return plain(terms.gain - (terms.gain + terms.loss) * bad)


def experts_who_empty(terms: NoteTerms = NOTE) -> Numbers:
    """Find the share of experts at which nothing is left for the others, 1 − PD/PD*.

    Parameters
    ----------
    terms : NoteTerms
        As in `passive_return`.

    Returns
    -------
    float or ndarray
        Share of all the money; 0 where notes bring nothing without experts.

    Raises
    ------
    TypeError
        If the terms are no `NoteTerms`.

    Source
    ------
    Arithmetic: the root of `passive_return`.
    """
    instance("terms", terms, NoteTerms)
    needed = 1.0 - np.asarray(terms.default_probability) / np.asarray(turning_default(terms))
    return plain(np.maximum(needed, 0.0))
