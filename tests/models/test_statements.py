"""The chapters' headline statements, counted again by another generator and by hand."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from functools import cache

import numpy as np
import pytest

import netfin
from bookkit.readers.chapters import drafts, load_parts
from netfin import facts
from netfin.data import DATA
from netfin.turning import Design, Statement, Turning, turning

N = 20_000  # beside the 4,096 points of a tally, more would hardly narrow what is allowed
DRAFTS = drafts(load_parts(DATA / "chapters.yml"))
MODULES = [
    importlib.import_module(each.name)
    for each in pkgutil.walk_packages(netfin.__path__, "netfin.")
    if each.name.endswith(".statements")
]
STATEMENTS = {
    f"{module.__name__.split('.')[1]}-{said.name}": said
    for module in MODULES
    for said in module.STATEMENTS
}


@cache  # for one at a time: a new chapter's gate asks for its own alone
def found(name: str) -> Turning:
    return turning(STATEMENTS[name])


def by_hand(said: Statement, design: Design, two: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Draw plainly; ranges halved or widened around the default, by ratio or not."""
    stretch = {Design.HALVED: 0.5, Design.WIDENED: 1.5}.get(design, 1.0)
    places = {name: np.random.default_rng([7, i]).random(N) for i, name in enumerate(said.deciders)}
    if design is Design.TOGETHER:
        places[two[1]] = places[two[0]]
    draw = {}
    for each in said.ranges:
        place = places[each.decider]
        if each.by_ratio and design is not Design.EVENLY:
            low = each.default * (each.low / each.default) ** stretch
            high = each.default * (each.high / each.default) ** stretch
            draw[each.name] = low ** (1 - place) * high**place
        else:
            low = each.default - stretch * (each.default - each.low)
            high = each.default + stretch * (each.high - each.default)
            draw[each.name] = low + place * (high - low)
    return draw


@pytest.mark.parametrize("name", STATEMENTS)
def test_plain_monte_carlo_finds_the_same_shares(name: str) -> None:
    one, said = found(name), STATEMENTS[name]
    for design, tally in one.tallies.items():
        draw = by_hand(said, design, tuple(each.name for each in one.deciders[:2]))
        true, taken = said.tried(draw)
        share = true[taken].mean()
        error = np.sqrt(max(share * (1 - share), 1 / N) * (1 / tally.taken + 1 / taken.sum()))
        assert abs(tally.share - share) <= 4 * error, design
        inside = {key: values[taken] for key, values in draw.items()}
        agrees = said.rule.holds(inside) == true[taken]
        assert agrees.all() if said.rule.exact else agrees.mean() >= 0.95


@pytest.mark.parametrize("name", STATEMENTS)
def test_nothing_is_not_a_number(name: str) -> None:
    one = found(name)
    numbers = [one.left, one.right]
    numbers += [tally.share for tally in one.tallies.values()]
    numbers += [decider.index for decider in one.deciders]
    numbers += [at for decider in one.deciders for turn in decider.turns for at in turn.values()]
    assert np.isfinite(numbers).all()


@pytest.mark.parametrize("name", STATEMENTS)
def test_the_answer_changes_at_a_tipping_value(name: str) -> None:
    said = STATEMENTS[name]
    for decider in found(name).deciders:
        for turn in decider.turns:
            sides = []
            for step in (1 - 1e-9, 1 + 1e-9):
                moved = {key: np.full(1, at * step) for key, at in turn.items()}
                sides.append(bool(said.truth(said.state(moved))[0]))
            assert sides[0] != sides[1], turn
            for key, at in turn.items():  # halfway between two numbers it is a rounding that turns
                span = said.range_of(key)
                halfway = at > 1 and abs(at % 1 - 0.5) < 1e-9
                assert span.whole == (span.unit != "%" and halfway), turn


@pytest.mark.parametrize("name", STATEMENTS)
def test_facts_behind_ranges_may_be_printed(name: str) -> None:
    known = facts.load()
    named = [fact for each in STATEMENTS[name].ranges for fact in each.facts]
    assert [fact for fact in named if fact not in known] == []
    assert [fact for fact in named if known[fact].status is facts.Status.RECALLED] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_a_chapter_has_a_few_statements_by_different_names(module: object) -> None:
    """Two at least, one in a draft; none or up to four on each of its claims."""
    said = module.STATEMENTS  # type: ignore[attr-defined]
    begun = module.__name__.split(".")[1].replace("_", "-") in DRAFTS  # type: ignore[attr-defined]
    assert len(said) >= (1 if begun else 2)
    assert max(Counter(claim for each in said for claim in each.claims).values()) <= 4
    assert len({each.name for each in said}) == len(said)
