"""The loss leader: a parcel below cost, and the second purchase that pays for it or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from netfin.arrays import plain
from netfin.checks import Numbers, bounded, bounded_above_zero, instance
from netfin.terms import About, Terms


@dataclass(frozen=True)
class LeaderTerms(Terms):
    """What a first parcel loses, and what those who come back leave later."""

    loss: Annotated[Numbers, About("l_f", "yuan a parcel", "our assumption", check=bounded)] = 3.0
    back: Annotated[Numbers, About("s_b", "of first buyers", "our assumption")] = 0.10
    later_margin: Annotated[
        Numbers,
        About("m_l", "yuan, of all later purchases", "our assumption", check=bounded_above_zero),
    ] = 20.0


LEADER = LeaderTerms()
"""A scarf that is sold below cost."""


def gain_per_parcel(terms: LeaderTerms = LEADER) -> Numbers:
    """Compute what a parcel below cost brings in the end: s·m − l.

    Parameters
    ----------
    terms : LeaderTerms
        Loss, share who come back, later margin.

    Returns
    -------
    float or ndarray
        Yuan; below 0 where later purchases do not pay for the parcels.

    Raises
    ------
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Arithmetic.
    """
    terms = instance("terms", terms, LeaderTerms)
    return plain(np.asarray(terms.back) * terms.later_margin - terms.loss)


def must_come_back(terms: LeaderTerms = LEADER) -> Numbers:
    """Find the share of first buyers who have to come back: l/m, above 1 where all do not suffice.

    Parameters
    ----------
    terms : LeaderTerms
        Loss and later margin; the share who do come back does not matter.

    Returns
    -------
    float or ndarray
        Share of first buyers.

    Raises
    ------
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Arithmetic: `gain_per_parcel` set to 0.
    """
    terms = instance("terms", terms, LeaderTerms)
    return plain(np.asarray(terms.loss) / terms.later_margin)
