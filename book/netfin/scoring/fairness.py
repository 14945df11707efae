"""One cut-off or several: what each rule for cutting a score does to each group."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from netfin.checks import Numbers, fraction

Vector = NDArray[np.float64]

_HALVINGS = 60
_DEPTHS = np.linspace(0.0, 1.0, 2001)  # shares of a group approved, on which rules are searched


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
    size: Vector
    score: Vector
    good: Vector
    bad: Vector


class Outcome(NamedTuple):
    """What a rule does, by group: arrays of shape (groups,)."""

    approved: Vector
    good_approved: Vector
    bad_approved: Vector
    default_rate: Vector
    cut_off: Vector


def groups(table: pd.DataFrame) -> Groups:
    """Read groups from a table of score, group, cdf_pct, bad_rate_pct and n_group."""
    names = tuple(sorted(table["group"].unique()))
    by_score = {
        column: table.pivot_table(column, "score", "group")[list(names)].to_numpy()
        for column in ("cdf_pct", "bad_rate_pct", "n_group")
    }
    mass = np.diff(by_score["cdf_pct"] / 100.0, axis=0, prepend=0.0)[::-1]
    bad = mass * by_score["bad_rate_pct"][::-1] / 100.0
    running = [
        np.concatenate([np.zeros((len(names), 1)), np.cumsum(each.T, axis=1)], axis=1)
        for each in (mass - bad, bad)
    ]
    size = by_score["n_group"][0] / by_score["n_group"][0].sum()
    return Groups(names, size, np.sort(table["score"].unique())[::-1].astype(float), *running)


def _at(people: Groups, depth: Vector) -> Outcome:
    """Approve the best of each group down to a depth; on a step between two scores, by lot."""
    rows = range(len(people.names))
    whole = people.good + people.bad
    steps = np.append(people.score, people.score[-1])
    good = np.array([np.interp(depth[i], whole[i], people.good[i]) for i in rows])
    bad = np.array([np.interp(depth[i], whole[i], people.bad[i]) for i in rows])
    limit = np.array([np.interp(depth[i], whole[i], steps) for i in rows])
    default = np.divide(bad, good + bad, out=np.zeros_like(bad), where=good + bad > 0.0)
    all_good, all_bad = people.good[:, -1], people.bad[:, -1]
    return Outcome(good + bad, good / all_good, bad / all_bad, default, limit)


def _depths(people: Groups, rule: Rule, level: float) -> Vector:
    """Find how deep each group is approved; a higher level of the rule's own measure, deeper."""
    whole = people.good + people.bad
    rows = range(len(people.names))
    if rule is Rule.EQUAL_APPROVAL:
        return np.full(len(rows), level)
    if rule is Rule.ONE_CUT_OFF:
        place = level * len(people.score)
        return np.array([np.interp(place, np.arange(whole.shape[1]), whole[i]) for i in rows])
    if rule is Rule.EQUAL_OPPORTUNITY:
        wanted = level * people.good[:, -1]
        return np.array([np.interp(wanted[i], people.good[i], whole[i]) for i in rows])
    return np.array([_deepest(people, i, level) for i in rows])


def _deepest(people: Groups, row: int, level: float) -> float:
    """Find the deepest approval of a group at which no more than a share of it is bad."""
    whole = people.good[row] + people.bad[row]
    bad = np.interp(_DEPTHS, whole, people.bad[row])
    return float(_DEPTHS[bad <= level * _DEPTHS].max())


def outcomes(people: Groups, rule: Rule, approval: float) -> Outcome:
    """Apply a rule so that a given share of all applicants is approved.

    Parameters
    ----------
    people : Groups
    rule : Rule
        One cut-off for all; the same share of every group; the same share of every group's good
        (Hardt, Price & Srebro 2016); or the same default rate among those approved.
    approval : float
        Share of all applicants, the same under every rule, from 0 to 1.

    Notes
    -----
    The four agree only where groups have the same share of bad, or the score makes no errors
    (Chouldechova 2017; Kleinberg, Mullainathan & Raghavan 2016).
    """
    wanted = float(fraction("approval", approval))
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        level = (low + high) / 2.0
        reached = float(people.size @ _depths(people, Rule(rule), level))
        low, high = (level, high) if reached < wanted else (low, level)
    return _at(people, _depths(people, Rule(rule), high))


def bad_approved(share_of_bad: Numbers, default_rate: Numbers, good_approved: Numbers) -> Numbers:
    """Compute the share of a group's bad who are approved, from three other numbers.

        bad approved = (1 − p)/p · d/(1 − d) · good approved

    with p the group's share of bad and d the default rate among its approved. An identity, and
    the reason why groups with unequal p cannot agree in all three.

    Notes
    -----
    Chouldechova (2017), equation 2.6, with good and bad in the places of negative and positive.
    """
    share = fraction("share_of_bad", share_of_bad)
    default = fraction("default_rate", default_rate, open_right=True)
    if np.any(np.asarray(share) == 0.0):
        raise ValueError(f"share_of_bad must be a number above 0 up to 1, not {share_of_bad}")
    odds = default / (1.0 - default)
    return (1.0 - share) / share * odds * fraction("good_approved", good_approved)
