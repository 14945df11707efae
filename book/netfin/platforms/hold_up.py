"""On somebody else's ground: being shut out, hiding under names, what outsiders keep."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated, NamedTuple

import numpy as np

from netfin.arrays import plain
from netfin.checks import Numbers, above_zero, count, fraction, instance, matching
from netfin.terms import About, Terms, matching_terms

_elastic = partial(fraction, upto=100.0)


@dataclass(frozen=True)
class GuideTerms(Terms):
    """A guide that sends buyers to a larger platform for a commission; shares of those sales."""

    commission: Annotated[Numbers, About("τ_g", "of the sales it sends", "our assumption")] = 0.03
    margin: Annotated[
        Numbers, About("m_g", "of sales, before the commission", "our assumption", above_zero)
    ] = 0.06
    would_come: Annotated[Numbers, About("h_g", "of the buyers it sends", "our assumption")] = 0.20
    own_customers: Annotated[Numbers, About("s_g", "of the guide's income", "our assumption")] = (
        0.20
    )
    fixed_cost: Annotated[Numbers, About("F_g", "of the guide's income", "our assumption")] = 0.40


GUIDE = GuideTerms()
"""The guide of the text."""


class CutOff(NamedTuple):
    """What shutting out the guide brings.

    `platform_gains`: of the sales that it sent. `gains_above`: share who would come anyway beyond
    which the platform gains. `guide_left`: of the guide's income before, after its fixed cost.
    """

    platform_gains: Numbers
    gains_above: Numbers
    guide_left: Numbers


def shut_out(terms: GuideTerms = GUIDE) -> CutOff:
    """Compute what a platform gains by shutting out a guide, and what is left of the guide.

    With the guide the platform earns m − τ on all that it sends; without it m on the share h who
    come anyway. It gains τ − (1 − h)m, which is above 0 where h > 1 − τ/m.

    Parameters
    ----------
    terms : GuideTerms
        Commission, margin, who would come anyway; the guide's own customers and fixed cost.

    Returns
    -------
    CutOff
        Shares of the sales sent and of the guide's income; below 0 the guide lives on savings.
        `gains_above` is below 0 where the commission is above the margin.

    Raises
    ------
    TypeError
        If the terms are no `GuideTerms`.

    Source
    ------
    Ours: an outside option on either side.
    """
    terms = instance("terms", terms, GuideTerms)
    shape = matching_terms(terms=terms)
    gains = np.asarray(terms.commission) - (1.0 - np.asarray(terms.would_come)) * terms.margin
    above = 1.0 - np.asarray(terms.commission) / terms.margin
    left = np.asarray(terms.own_customers) - terms.fixed_cost
    return CutOff(*(plain(np.array(np.broadcast_to(each, shape))) for each in (gains, above, left)))


class NamesLeft(NamedTuple):
    """What is left of a business under several names."""

    expected: Numbers
    all_lost: Numbers


def under_names(names: int, found: Numbers, together: Numbers = 0.0) -> NamesLeft:
    """Compute what is left of a business that hides under several names of equal size.

    Each name is found and shut out with the same chance, either each by itself or, with a chance
    of its own, all together by one draw. That any one which is found gives all away is worse.

    Parameters
    ----------
    names : int
        Number of names, 1 or more.
    found : float or ndarray
        d, chance that a name is found.
    together : float or ndarray
        Chance that all are found or missed together.

    Returns
    -------
    NamesLeft
        Share of the business left on average, 1 − d whatever the number of names, and chance
        that nothing is left.

    Raises
    ------
    ValueError
        If names are no whole number, a chance is none, or shapes do not match.

    Source
    ------
    Arithmetic: independent chances and one that is shared.
    """
    number = count("names", names)
    chance, linked = fraction("found", found), fraction("together", together)
    shape = matching(found=chance, together=linked)
    chance, linked = (np.broadcast_to(each, shape) for each in (chance, linked))
    lost = linked * chance + (1.0 - linked) * chance**number
    return NamesLeft(plain(1.0 - chance), plain(lost))


class Opened(NamedTuple):
    """An open platform: what outsiders keep, how much they make, what its owner gets of it."""

    kept: Numbers
    made: Numbers
    owner: Numbers


def open_to_outsiders(take: Numbers, copied: Numbers, response: Numbers) -> Opened:
    """Compute how much outsiders make for a platform, and what its owner gets.

    Of what an outsider makes he keeps k = (1 − τ)(1 − c) on average. What is made is k^e, counted
    against what would be made if he kept all, and the owner gets the rest, (1 − k)k^e.

    Parameters
    ----------
    take : float or ndarray
        τ, share of sales that the owner takes.
    copied : float or ndarray
        c, share of the work whose market the owner takes over.
    response : float or ndarray
        e, by how many per cent more is made for each per cent that outsiders keep; 0 to 100.

    Returns
    -------
    Opened
        Shares of a unit of work, of what would be made, and of its worth.

    Raises
    ------
    ValueError
        If a share is none, the response is below 0 or above 100, or shapes do not match.

    Source
    ------
    Ours: supply with one elasticity; what is copied is worth to the owner what it was to its maker.
    """
    taken, lost = fraction("take", take), fraction("copied", copied)
    power = _elastic("response", response)
    matching(take=taken, copied=lost, response=power)
    kept = (1.0 - np.asarray(taken)) * (1.0 - np.asarray(lost)) + 0.0 * np.asarray(power)
    made = kept**power
    return Opened(plain(kept), plain(made), plain((1.0 - kept) * made))


def best_kept(response: Numbers) -> Numbers:
    """Find the share that an owner leaves to outsiders when he wants most for himself.

        k = e/(1 + e)

    Parameters
    ----------
    response : float or ndarray
        e, as for `open_to_outsiders`.

    Returns
    -------
    float or ndarray
        Share that outsiders keep, after fees and copying.

    Raises
    ------
    ValueError
        If the response is below 0 or above 100.

    Source
    ------
    Arithmetic: the first-order condition of (1 − k)k^e.
    """
    power = np.asarray(_elastic("response", response))
    return plain(power / (1.0 + power))
