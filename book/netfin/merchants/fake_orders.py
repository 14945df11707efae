"""Fake orders as an arms race between two shops, and the fine that ends it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated, NamedTuple

import numpy as np

from netfin.arrays import plain
from netfin.checks import Numbers, bounded, divisor, instance
from netfin.terms import About, Terms

_CAUGHT = partial(divisor, least=1e-6)


@dataclass(frozen=True)
class BrushTerms(Terms):
    """Two equal shops; shares of the sales that each has while neither buys fake orders."""

    margin: Annotated[
        Numbers, About("m_x", "of a sale", "the article: 100 less goods and staff")
    ] = 0.58
    drawn: Annotated[
        Numbers,
        About("δ_x", "of the rival's sales", "our assumption: what one who fakes alone draws"),
    ] = 0.30
    cost: Annotated[Numbers, About("c_x", "of a shop's sales", "the article")] = 0.10
    caught: Annotated[
        Numbers,
        About(
            "q_x",
            "chance",
            "about one in four stores that bought fake orders was visibly penalised",
            check=_CAUGHT,
            fact="ECM-02",
        ),
    ] = 0.25
    fine: Annotated[
        Numbers, About("K_x", "of a shop's sales", "our assumption: none", check=bounded)
    ] = 0.0


BRUSH = BrushTerms()
"""The article's shop and one like it."""


class Race(NamedTuple):
    """What a shop gains, of its sales, against a street where nobody fakes.

    `alone`: faking while the rival does not. `left_behind`: the rival alone fakes. `both`: both do.
    `faking_pays`: a shop does better by faking, whatever the rival does.
    """

    alone: Numbers
    left_behind: Numbers
    both: Numbers
    faking_pays: Numbers


def brushing(terms: BrushTerms = BRUSH) -> Race:
    """Compute what two equal shops gain by fake orders, one alone or both.

    Alone one draws δ of the rival's sales and pays c and, if caught, K; if both fake, neither draws
    anything. To fake gains δm − c − qK, whatever the other does.

    Parameters
    ----------
    terms : BrushTerms
        Margin, draw, cost, chance to be caught, fine.

    Returns
    -------
    Race
        Shares of a shop's sales; `faking_pays` is 1 or 0.

    Raises
    ------
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Ours: a prisoners' dilemma.
    """
    terms = instance("terms", terms, BrushTerms)
    margin, drawn, cost, caught, fine = np.broadcast_arrays(*map(np.asarray, vars(terms).values()))
    spent = cost + caught * fine
    alone = margin * drawn - spent
    pays = np.where(alone > 0.0, 1.0, 0.0)
    return Race(*map(plain, (alone, -margin * drawn, -spent, pays)))


def fine_that_ends_it(terms: BrushTerms = BRUSH) -> Numbers:
    """Find the fine at which fake orders gain nothing: (δm − c)/q, and 0 where they gain nothing.

    Parameters
    ----------
    terms : BrushTerms
        As in `brushing`; the fine does not matter.

    Returns
    -------
    float or ndarray
        Share of a shop's sales.

    Raises
    ------
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Arithmetic: `brushing` solved for the fine.
    """
    terms = instance("terms", terms, BrushTerms)
    gain = np.asarray(terms.margin) * terms.drawn - terms.cost
    return plain(np.maximum(gain, 0.0) / terms.caught)
