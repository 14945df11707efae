"""Cases drawn by five designs: in how many a statement is true, and what decides it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.stats import qmc

from netfin.checks import Array, choice, count, instance
from netfin.turning.statement import Statement

POINTS = 4096
"""Cases in each design: Sobol' points come in powers of two."""
GENERAL = 0.95
"""Share that a general wording needs in every design, and in which an approximate rule agrees."""
_SEED = 20_261_125
_LEAST = 0.1  # of the cases drawn, or the ranges do not fit the model


class Design(StrEnum):
    """How cases are drawn."""

    AS_GIVEN = "ranges as given"
    HALVED = "ranges halved"
    WIDENED = "ranges widened by half"
    EVENLY = "drawn evenly instead of by ratio"
    TOGETHER = "the two deciders move together"


_STRETCH = {Design.HALVED: 0.5, Design.WIDENED: 1.5}


@dataclass(frozen=True)
class Tally:
    """How the cases of one design came out."""

    share: float  # of the cases that the model takes, those in which the statement is true
    agreement: float  # those in which the rule says the same
    taken: int
    outside: int  # cases that the model does not take


def _sobol(columns: int, points: int) -> Array:
    """Draw Sobol' points, a column for each dimension; their number is a power of two."""
    points = count("points", points, least=2)
    if points & (points - 1) or points > 2**20:
        raise ValueError(f"points must be a power of two up to {2**20}, not {points}")
    return np.asarray(qmc.Sobol(columns, seed=_SEED).random(points))


def _drawn(
    statement: Statement, places: Array, design: Design = Design.AS_GIVEN
) -> dict[str, Array]:
    """Turn places in the unit cube, a column for each decider, into values of the parameters."""
    column = dict(zip(statement.deciders, places.T, strict=True))
    stretch = _STRETCH.get(design, 1.0)
    evenly = design is Design.EVENLY
    return {each.name: each.at(column[each.decider], stretch, evenly) for each in statement.ranges}


def tally(statement: Statement, design: Design, two: Sequence[str], points: int) -> Tally:
    """Count in one design; `two` deciders move together where that is the design.

    Parameters
    ----------
    statement : Statement
        What is counted.
    design : Design
        How its ranges are drawn.
    two : sequence of str
        The two deciders that move together where that is the design.
    points : int
        Cases drawn, a power of 2.

    Returns
    -------
    Tally
        Shares of cases, from 0 to 1, and counts of cases.

    Raises
    ------
    ValueError
        Naming `design` or `points`, where it is out of its range.
    TypeError
        Naming `statement`, where it is of another type.

    Source
    ------
    Ours: counts.
    """
    statement = instance("statement", statement, Statement)
    design = choice("design", design, Design)
    places = _sobol(len(statement.deciders), points)
    if design is Design.TOGETHER:
        one, other = (statement.deciders.index(each) for each in two)
        places[:, other] = places[:, one]
    draw = _drawn(statement, places, design)
    taken = statement.takes(draw)
    inside = {name: values[taken] for name, values in draw.items()}
    number, drawn = int(taken.sum()), taken.size
    if number < _LEAST * drawn:
        raise ValueError(f"{statement.name}: the model takes only {number} of {drawn}, {design}")
    true = statement.truth(inside)
    agrees = float(np.mean(statement.rule.holds(inside) == true))
    return Tally(float(true.mean()), agrees, number, drawn - number)


def total_effects(statement: Statement, points: int) -> dict[str, float]:
    """Find the total-effect index of each decider, the largest first; none without variation.

    E[(f(A) − f(A with column i of B))²] / 2·Var f, over the pairs of cases that the
    model takes. First-order indices mislead where the answer is yes or no.

    Parameters
    ----------
    statement : Statement
        What is tried.
    points : int
        Pairs of cases drawn, a power of 2.

    Returns
    -------
    dict of str to float
        Indices by decider, 0 or more; above 1 where interactions are strong.

    Raises
    ------
    ValueError
        Naming `points`, where it is out of its range.
    TypeError
        Naming `statement`, where it is of another type.

    Source
    ------
    Jansen (1999).
    """
    deciders = instance("statement", statement, Statement).deciders
    both = _sobol(2 * len(deciders), points)
    first, second = both[:, : len(deciders)], both[:, len(deciders) :]
    true, taken = statement.tried(_drawn(statement, first))
    variance = float(np.var(true[taken])) if taken.any() else 0.0
    if variance == 0.0:
        return {}
    found = {}
    for column, name in enumerate(deciders):
        mixed = first.copy()
        mixed[:, column] = second[:, column]
        other, too = statement.tried(_drawn(statement, mixed))
        pairs = taken & too
        changed = int(np.sum(true[pairs] != other[pairs]))
        found[name] = changed / max(int(pairs.sum()), 1) / (2.0 * variance)
    return dict(sorted(found.items(), key=lambda each: -each[1]))
