"""Stock against growth market: of whom a new seller's customers come."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from netfin.arrays import plain
from netfin.checks import Numbers, bounded, bounded_above_zero
from netfin.terms import matching_terms


class Entry(NamedTuple):
    """Shares of all who might buy: the entrant's, the others' after it, and what is new."""

    entrant: Numbers
    incumbents: Numbers
    new: Numbers
    new_of_entrant: Numbers


def enter(incumbents: Numbers, entrant: Numbers, nothing: Numbers) -> Entry:
    """Compute what a new seller takes from others, and what would not have been bought at all.

    People choose as in a logit model: each choice in proportion to its attraction, and to buy
    nothing is one of them. Of the entrant's sales the share nothing/(incumbents + nothing) is new.

    Parameters
    ----------
    incumbents : float or ndarray
        Attraction of the sellers that are there, together; 0 or more.
    entrant : float or ndarray
        Attraction of the new one, above 0.
    nothing : float or ndarray
        Attraction of buying nothing, above 0.

    Returns
    -------
    Entry
        Shares of those who might buy; the last of the entrant's sales.

    Raises
    ------
    ValueError
        Naming what is out of its range, or shapes that do not match.

    Source
    ------
    McFadden (1974): conditional logit, with an outside option.
    """
    there = np.asarray(bounded("incumbents", incumbents))
    newcomer = np.asarray(bounded_above_zero("entrant", entrant))
    outside = np.asarray(bounded_above_zero("nothing", nothing))
    matching_terms(incumbents=there, entrant=newcomer, nothing=outside)
    before, after = there + outside, there + outside + newcomer
    share, fresh = newcomer / after, outside / before
    return Entry(*map(plain, (share, there / after, share * fresh, fresh + 0.0 * share)))
