"""What is left of money of which a part is in use. To write: the chapter's own first idea."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from netfin.checks import Numbers, fraction, instance
from netfin.terms import About, Terms, matching_terms

IN_USE = 0.5
"""Share of the money that is in use: our assumption."""


@dataclass(frozen=True)
class PlatformsTerms(Terms):
    """What money brings and costs. To write: the parameters of the chapter, each with its source.

    Their rows in `data/notation.csv` are those of a draft: give them the symbols of the field.
    """

    gain: Annotated[Numbers, About("g_platforms", "a year", "our assumption")] = 0.05
    cost: Annotated[Numbers, About("c_platforms", "a year", "our assumption")] = 0.02


TERMS = PlatformsTerms()
"""The default terms."""


def what_is_left(in_use: Numbers, terms: PlatformsTerms = TERMS) -> Numbers:
    """Compute what is left of each yuan, of which a share is in use and all costs something.

        u·g − c

    Parameters
    ----------
    in_use : float or ndarray
        u, share of the money, from 0 to 1.
    terms : PlatformsTerms
        Gain and cost, which broadcast against the share.

    Returns
    -------
    float or ndarray
        Yuan a year for each yuan; below 0 where the money costs more than it brings.

    Raises
    ------
    ValueError
        If the share is not from 0 to 1, or the shapes do not match.
    TypeError
        If the terms are no `PlatformsTerms`.

    Source
    ------
    Ours: a toy. To write: the work that has the formula, and where.
    """
    share = fraction("in_use", in_use)
    instance("terms", terms, PlatformsTerms)
    matching_terms(in_use=share, terms=terms)
    return share * terms.gain - terms.cost
