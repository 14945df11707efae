"""One cut-off or several: what each rule for cutting a score does to each group."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from netfin.arrays import bisect, ratio
from netfin.checks import (
    Array,
    Check,
    Numbers,
    below_one,
    bounded,
    bounded_either_side,
    choice,
    divisor,
    finite,
    fraction,
    instance,
    matching,
    one,
    table,
    vector,
    whole_number,
)

_LEAST_BAD = 1e-15  # share; one less could let the share approved grow beyond all numbers


def _percent(name: str, value: ArrayLike) -> Numbers:
    """Return numbers from 0 to 100."""
    return fraction(name, value, upto=100.0)


def _people(name: str, value: ArrayLike) -> Numbers:
    """Return numbers of people, whole and bounded."""
    return bounded(name, whole_number(name, value))


_NUMBERS: Mapping[str, Check] = {
    "score": bounded_either_side,
    "cdf_pct": finite,  # its end is near 100 and may be above by rounding
    "bad_rate_pct": _percent,
    "n_group": _people,
}


class Rule(StrEnum):
    """How the groups' cut-offs are chosen, at a given number of approvals in all."""

    ONE_CUT_OFF = "one cut-off"
    EQUAL_APPROVAL = "equal approval"
    EQUAL_OPPORTUNITY = "equal opportunity"
    EQUAL_DEFAULT = "equal default"


class Groups(NamedTuple):
    """Groups of applicants along one score, best first: running shares of each group.

    `score`, shape (scores,), falls; `good` and `bad`, shape (groups, scores + 1), begin with 0
    and end with the group's good and bad as shares of the group; `size` adds up to 1.
    """

    names: tuple[str, ...]
    size: Array
    score: Array
    good: Array
    bad: Array


class Outcome(NamedTuple):
    """What a rule does, by group: arrays of shape (groups,)."""

    approved: Array
    good_approved: Array
    bad_approved: Array
    default_rate: Array
    cut_off: Array


def groups(scores: pd.DataFrame) -> Groups:
    """Read groups from a table with a row for each score of each group.

    Parameters
    ----------
    scores : DataFrame
        Columns `score`; `group`; `cdf_pct`, the part of the group at this score or below, in %;
        `bad_rate_pct`, the bad at this score, in %; `n_group`, how many people the group counts,
        the same in all its rows. Groups are named by texts, or all by whole numbers.

    Returns
    -------
    Groups
        In the order of their names.

    Raises
    ------
    ValueError
        Where a value is missing or none, a group lacks a score or has it twice, its shares do
        not rise to 100 %, or its number of people changes.
    TypeError
        Naming `scores`, where it is of another type.

    Source
    ------
    Ours: an arrangement of data.
    """
    frame = _by_group(table("scores", scores, ("group", *_NUMBERS)))
    names = list(frame["group"].unique())
    by_score = frame.set_index(["score", "group"]).unstack("group")  # noqa: PD010
    if by_score.isna().to_numpy().any():
        raise ValueError("scores must hold every score of every group, without a gap")
    below, bad_rate, people = (
        by_score[column][names].to_numpy() / 100.0
        for column in ("cdf_pct", "bad_rate_pct", "n_group")
    )
    mass = np.diff(below, axis=0, prepend=0.0)[::-1]
    if (mass < 0.0).any() or not np.allclose(below[-1], 1.0):
        raise ValueError("scores must have a cdf_pct that rises to 100 in every group")
    bad = mass * bad_rate[::-1]
    good, lost = (
        np.vstack([each[:1] * 0.0, np.cumsum(each, axis=0)]).T for each in (mass - bad, bad)
    )
    scale = by_score.index.to_numpy(dtype=np.float64)[::-1]
    return Groups(tuple(map(str, names)), people[0] / people[0].sum(), scale, good, lost)


def _by_group(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the table in the order of its groups, every value checked, naming the column."""
    columns = {
        name: vector(f"{name} of scores", scores[name].infer_objects().to_numpy(), check)
        for name, check in _NUMBERS.items()
    }
    groups = scores["group"].tolist()
    kinds = ", ".join(sorted({type(each).__name__ for each in groups}))
    if kinds not in ("str", "int"):
        raise ValueError(
            f"group of scores must be a text, or else a whole number, in every row, not {kinds}"
        )
    frame = pd.DataFrame({"group": groups, **columns}).sort_values("group", kind="stable")
    _refuse_repeated(frame)
    return frame


def _refuse_repeated(frame: pd.DataFrame) -> None:
    """Refuse a table that tells the same twice: a score of a group, or how many people it has."""
    if (again := frame.duplicated(["score", "group"])).any():
        row = frame[again].iloc[0]
        raise ValueError(
            f"scores must hold each score of each group once, but {row['score']:g} of "
            f"{row['group']} is there again"
        )
    for group, people in frame.groupby("group")["n_group"]:
        if people.min() < people.max():
            raise ValueError(
                f"n_group of scores must be the same in all rows of a group, not "
                f"{people.min():.12g} and {people.max():.12g} in {group}"
            )


def _at(people: Groups, depth: Array) -> Array:
    """Approve the best of each group down to a depth; on a step between two scores, by lot.

    Returns
    -------
    ndarray, shape (3, groups)
        Good and bad approved, as shares of the group, and the score at the line.
    """
    whole = people.good + people.bad
    steps = np.tile(np.append(people.score, people.score[-1]), (len(depth), 1))
    return np.array(
        [
            [np.interp(*each) for each in zip(depth, whole, heights, strict=True)]
            for heights in (people.good, people.bad, steps)
        ]
    )


def _depths(people: Groups, rule: Rule, level: float) -> Array:
    """Find how deep each group is approved; a higher level of the rule's own measure, deeper."""
    whole = people.good + people.bad
    rows = range(len(people.names))
    match rule:
        case Rule.EQUAL_APPROVAL:
            return np.full(len(rows), level)
        case Rule.ONE_CUT_OFF:
            place = level * len(people.score)
            return np.array([np.interp(place, np.arange(whole.shape[1]), whole[i]) for i in rows])
        case Rule.EQUAL_OPPORTUNITY:
            wanted = level * people.good[:, -1]
            return np.array([np.interp(wanted[i], people.good[i], whole[i]) for i in rows])
        case Rule.EQUAL_DEFAULT:
            return np.array([_deepest(whole[i], people.bad[i], level) for i in rows])


def _deepest(whole: Array, bad: Array, level: float) -> float:
    """Find the deepest approval of a group at which no more than a share of it is bad."""
    over = bad - level * whole
    last = int(np.flatnonzero(over <= 0.0)[-1])
    if last == len(whole) - 1:
        return float(whole[-1])
    part = -over[last] / (over[last + 1] - over[last])
    return float(whole[last] + part * (whole[last + 1] - whole[last]))


def outcomes(people: Groups, rule: Rule, approval_rate: float) -> Outcome:
    """Apply a rule so that a given share of all applicants is approved.

    Parameters
    ----------
    people : Groups
        As from `groups`.
    rule : Rule
        One cut-off for all; the same share of every group; the same share of every group's good
        (Hardt, Price & Srebro 2016); or the same default rate among those approved.
    approval_rate : float
        Share of all applicants, the same under every rule, from 0 to 1.

    Returns
    -------
    Outcome
        Where a rule jumps from fewer approvals to more, by lot between the two, so that the
        share approved is met. The default rate is 0 where nobody of a group is approved.

    Raises
    ------
    ValueError
        Naming `rule` or `approval_rate`, where it is out of its range.
    TypeError
        Naming `people`, where it is of another type.

    Notes
    -----
    The four agree only where groups have the same share of bad, or the score makes no errors
    (Chouldechova 2017; Kleinberg, Mullainathan & Raghavan 2017).

    Source
    ------
    Hardt, Price & Srebro (2016) for equal opportunity; the others are definitions.
    """
    people, rule = instance("people", people, Groups), choice("rule", rule, Rule)
    wanted = one(fraction)("approval_rate", approval_rate)

    def reached(level: float) -> float:
        return float(people.size @ _depths(people, rule, level))

    level = float(bisect(lambda at: np.asarray(reached(float(at)) - wanted), 0.0, 1.0))
    before = float(np.nextafter(level, 0.0))
    fewer, more = reached(before), reached(level)
    lot = float(np.clip(ratio(wanted - fewer, more - fewer, 1.0), 0.0, 1.0))
    low, high = (_at(people, _depths(people, rule, each)) for each in (before, level))
    good, bad, line = low + lot * (high - low)
    whole = good + bad
    good_in_all, bad_in_all = people.good[:, -1], people.bad[:, -1]
    return Outcome(
        whole,
        np.asarray(ratio(good, good_in_all, 0.0)),
        np.asarray(ratio(bad, bad_in_all, 0.0)),
        np.asarray(ratio(bad, whole, 0.0)),
        line,
    )


def bad_approved(share_of_bad: Numbers, default_rate: Numbers, good_approved: Numbers) -> Numbers:
    """Compute the share of a group's bad who are approved, from three other numbers.

        bad approved = (1 − p)/p · d/(1 − d) · good approved

    with p the group's share of bad and d the default rate among its approved. An identity, and
    the reason why groups with unequal p cannot agree in all three.

    Parameters
    ----------
    share_of_bad : float or ndarray
        p, from 1e-15 to 1.
    default_rate : float or ndarray
        d, from 0 to below 1.
    good_approved : float or ndarray
        Share of the group's good, from 0 to 1.

    Returns
    -------
    float or ndarray
        Above 1 where no group can have these three numbers.

    Raises
    ------
    ValueError
        Naming `share_of_bad`, `default_rate` or `good_approved`, where it is out of its range, or
        shapes do not match.

    Source
    ------
    Chouldechova (2017), equation 2.6, with good and bad in the places of negative and positive.
    """
    share, default = (
        divisor("share_of_bad", share_of_bad, least=_LEAST_BAD),
        below_one("default_rate", default_rate),
    )
    good = fraction("good_approved", good_approved)
    matching(share_of_bad=share, default_rate=default, good_approved=good)
    return (1.0 - share) / share * default / (1.0 - default) * good
