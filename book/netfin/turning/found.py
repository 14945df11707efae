"""What is found of a statement: answer, shares, deciders, turns, boundary; wording held to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from joblib import Parallel, delayed

from netfin.arrays import bisect
from netfin.checks import Array, instance
from netfin.turning.designs import GENERAL, POINTS, Design, Tally, tally, total_effects
from netfin.turning.statement import Kind, Statement, Truth

_ALONG = 257  # points on a parameter's range among which changes are looked for
_GRID = 41  # points on each side of the picture of the boundary


@dataclass(frozen=True)
class Decider:
    """What a statement hangs on, and where it turns along it, all else at the defaults.

    index : total effect (Jansen): the share of the statement's variation that is gone once this
        is known with everything else.
    turns : the value at each turn on the range, for each parameter that is drawn together.
    """

    name: str
    index: float
    turns: tuple[Mapping[str, float], ...]


@dataclass(frozen=True)
class Boundary:
    """The two deciders from end to end, all else at the defaults.

    across, up : the parameters on the axes.
    x, y : their values.
    lead : by how much the rule's left side is above its right, rows upwards.
    holds : where the statement is true.
    taken : what the model takes.
    """

    across: str
    up: str
    x: Array
    y: Array
    lead: Array
    holds: Truth
    taken: Truth


@dataclass(frozen=True)
class Turning:
    """All that is printed of a statement.

    `constant` is True or False if the statement is so in every case that was tried, whatever the
    design; such a statement has no deciders. `deciders` come with the strongest first; `boundary`
    is there for two of them.
    """

    statement: Statement
    at_default: bool
    left: float
    right: float
    tallies: Mapping[Design, Tally]
    constant: bool | None
    deciders: tuple[Decider, ...]
    boundary: Boundary | None


def turning(statement: Statement, points: int = POINTS) -> Turning:
    """Find where a statement turns, and hold its wording to what was found.

    The designs are computed by joblib: a `parallel_config` around the call sends them elsewhere.

    Parameters
    ----------
    statement : Statement
        The statement; its functions take arrays.
    points : int
        Number of cases in each design, a power of two.

    Returns
    -------
    Turning
        Answer, rule, shares, deciders and boundary.

    Raises
    ------
    ValueError
        Naming the statement, if its wording says more than was found: a general one below 95 of
        100 in a design, a possible one without a state, an exact rule that differs in a case.
    TypeError
        Naming `statement`, where it is of another type.

    Source
    ------
    Ours: the parts are `tally` and `total_effects`.
    """
    statement = instance("statement", statement, Statement)
    default = statement.state()
    if not statement.takes(default)[0]:
        raise ValueError(f"{statement.name}: the model does not take the defaults")
    indices = total_effects(statement, points)
    two = tuple(indices)[:2]
    designs = [each for each in Design if each is not Design.TOGETHER or len(two) == 2]
    counted = Parallel()(delayed(tally)(statement, each, two, points) for each in designs)
    tallies = dict(zip(designs, counted, strict=True))
    shares = {each.share for each in tallies.values()}
    found = Turning(
        statement,
        at_default=bool(statement.truth(default)[0]),
        left=float(np.ravel(statement.rule.left(default))[0]),
        right=float(np.ravel(statement.rule.right(default))[0]),
        tallies=MappingProxyType(tallies),
        constant=bool(shares.pop()) if shares in ({0.0}, {1.0}) else None,
        deciders=tuple(
            Decider(name, each, _turns(statement, name)) for name, each in indices.items()
        ),
        boundary=_boundary(statement, *two) if len(two) == 2 else None,
    )
    _hold_to_its_word(found)
    return found


def _hold_to_its_word(found: Turning) -> None:
    """Refuse a wording that says more than was found."""
    said = found.statement
    for design, counts in found.tallies.items():
        if said.rule.exact and counts.agreement < 1.0:
            raise ValueError(f"{said.name}: the exact rule differs from the statement, {design}")
        if counts.agreement < GENERAL:
            raise ValueError(
                f"{said.name}: the rule agrees in {100 * counts.agreement:.1f} of 100 cases, "
                f"{design}; {100 * GENERAL:.0f} are needed"
            )
        if said.kind is Kind.GENERAL and counts.share < GENERAL:
            raise ValueError(
                f"{said.name}: a general wording needs {100 * GENERAL:.0f} of 100 in every design, "
                f"but has {100 * counts.share:.1f}, {design}"
            )
    if said.kind is Kind.POSSIBLE:
        _check_shown(said)


def _check_shown(said: Statement) -> None:
    """Hold a possible statement to the state that it shows."""
    if not said.shown:
        raise ValueError(
            f"{said.name}: a possible wording needs shown, a state in which it is true"
        )
    for name, value in said.shown.items():
        span = said.range_of(name)
        if not span.low <= value <= span.high:
            raise ValueError(
                f"{said.name}: shown, {name} must lie from {span.low:g} to {span.high:g}, "
                f"not {value:g}"
            )
    state = said.state({name: np.full(1, value) for name, value in said.shown.items()})
    if not said.takes(state)[0] or not said.truth(state)[0]:
        raise ValueError(f"{said.name}: it is not true in the state shown")


def _moved(statement: Statement, decider: str, way: Array) -> dict[str, Array]:
    """Move a decider along its range, and with it what is tied to it; all else stays."""
    moved = {each.name: each.along(way) for each in statement.ranges if each.decider == decider}
    return statement.state(moved, way.size)


def _turns(statement: Statement, decider: str) -> tuple[Mapping[str, float], ...]:
    """Find every turn along a decider, to the last bit, by halving on the yes or no itself."""
    way = np.linspace(-1.0, 1.0, _ALONG)
    draw = _moved(statement, decider, way)
    true, taken = statement.tried(draw)
    turns = []
    for one, other in pairwise(range(_ALONG)):
        if taken[one] and taken[other] and true[one] != true[other]:
            up = 1.0 if true[other] else -1.0

            def side(at: Array, up: float = up) -> Array:
                return up * np.where(statement.truth(_moved(statement, decider, at)), 1.0, -1.0)

            root = bisect(side, way[one : one + 1], way[other : other + 1])
            names = [each.name for each in statement.ranges if each.decider == decider]
            at = _moved(statement, decider, root)
            turns.append(MappingProxyType({name: float(at[name][0]) for name in names}))
    return tuple(turns)


def _boundary(statement: Statement, across: str, up: str) -> Boundary:
    """Go through two deciders together, from end to end."""
    x, y = statement.range_of(across), statement.range_of(up)
    even = np.linspace(0.0, 1.0, _GRID)
    one, other = (grid.ravel() for grid in np.meshgrid(x.way(even), y.way(even)))
    draw = _moved(statement, across, one)
    draw |= {e.name: e.along(other) for e in statement.ranges if e.decider == up}
    true, taken = statement.tried(draw)
    inside = {name: values[taken] for name, values in draw.items()}
    lead = np.zeros(taken.size)
    lead[taken] = statement.rule.left(inside) - statement.rule.right(inside)
    square = (_GRID, _GRID)
    return Boundary(
        x.name, y.name, x.at(even), y.at(even),
        lead.reshape(square), true.reshape(square), taken.reshape(square),
    )  # fmt: skip
