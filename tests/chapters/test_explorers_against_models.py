"""The numbers on the built pages are those of the models, whatever draws and packs them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from oracle import Cell, Expected, book_explorers, book_oracles, same, unfounded

from built import Built, Positions, explorers
from explorer.axes import Value
from explorer.signs import typeset
from reader import EXPLORING, PAGES

EXPLORERS = book_explorers()
ORACLES = book_oracles()
SAMPLE = 25  # states drawn besides the corners, the same ones in every run


@pytest.fixture(scope="module")
def on_pages(site: Path) -> dict[str, Built]:
    return {built.name: built for page in PAGES for built in explorers(site, page)}


def states(name: str, built: Built) -> Iterator[tuple[Positions, list[Value]]]:
    """Yield all corners, the default and a sample: where the controls stand, and what they say."""
    axes = EXPLORERS[name].axes.values()
    texts = [[typeset(axis.text(value)) for value in axis.values] for axis in axes]
    assert [axis["texts"] for axis in built.axes] == texts, f"the page has another {name}; build it"
    everywhere = built.all_positions()
    drawn = random.Random(name).sample(everywhere, min(SAMPLE, len(everywhere)))
    for positions in (*built.corners(), built.default, *drawn):
        yield positions, [axis.values[at] for axis, at in zip(axes, positions, strict=True)]


def expected(name: str, values: list[Value]) -> Expected:
    axes = EXPLORERS[name].axes.items()
    moved = zip(axes, values, strict=True)
    return ORACLES[name](**{key: axis.argument(value) for (key, axis), value in moved})


def hold_table(seen: list[list[str | float]], right: list[list[Cell]], where: str) -> None:
    """Hold a table on the page to that of the models."""
    assert seen[0] == right[0], where
    assert [len(row) for row in seen] == [len(row) for row in right], where
    pairs = zip(itertools.chain(*seen), itertools.chain(*right), strict=True)
    assert [pair for pair in pairs if not same(*pair)] == [], where


def hold_sentence(sentence: str, right: Expected, values: list[Value], name: str) -> None:
    """Hold the numbers of a sentence to the table's, the controls' and those the oracle adds."""
    cells = [*itertools.chain(*right.rows), *values, *right.said]
    assert any(character.isdigit() for character in sentence), f"{name}: {sentence}"
    known = [cell for cell in cells if not isinstance(cell, str)]
    assert unfounded(sentence, known) == [], f"{name}: {sentence}"


def test_every_explorer_has_a_page_and_an_oracle(on_pages: dict[str, Built]) -> None:
    assert EXPLORERS
    assert set(on_pages) == set(EXPLORERS) == set(ORACLES)
    assert {built.page for built in on_pages.values()} == set(EXPLORING)


@pytest.mark.parametrize("address", EXPLORING)
def test_the_page_holds_the_models_numbers(on_pages: dict[str, Built], address: str) -> None:
    for name, built in on_pages.items():
        for positions, values in states(name, built) if built.page == address else ():
            index, right = built.index(positions), expected(name, values)
            hold_table(built.tables[index], right.rows, f"{name} at {values}")
            hold_sentence(built.sentences[index], right, values, name)


@pytest.mark.parametrize(
    ("sentence", "left_over"),
    [
        ("It costs 7.1 %.", []),
        ("It costs 7.2 %.", [7.2]),
        ("It gains −4.5 yuan.", []),
        ("It gains 4.5 yuan.", [4.5]),
        ("Of 12,000 yuan, 7 are left.", []),
        ("In 2007 it was 7.06.", [2007.0]),
    ],
)
def test_a_number_without_a_source_is_found(sentence: str, left_over: list[float]) -> None:
    assert unfounded(sentence, [7.0619, -4.4587, 12_000]) == left_over
