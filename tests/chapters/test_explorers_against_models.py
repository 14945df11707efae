"""The numbers on the built pages are those of the models, whatever draws and packs them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from oracle import book_explorers, book_oracles, same, unfounded

from built import Built, Positions, explorers
from reader import PAGES

EXPLORERS = book_explorers()
ORACLES = book_oracles()
SAMPLE = 25  # states drawn besides the corners, the same ones in every run


@pytest.fixture(scope="module")
def on_pages(site: Path) -> dict[str, Built]:
    return {built.name: built for page in PAGES for built in explorers(site, page)}


def states(built: Built) -> list[Positions]:
    everywhere = built.all_positions()
    drawn = random.Random(built.name).sample(everywhere, min(SAMPLE, len(everywhere)))
    return [*built.corners(), built.default, *drawn]


def test_every_explorer_has_a_page_and_an_oracle(on_pages: dict[str, Built]) -> None:
    assert EXPLORERS
    assert set(on_pages) == set(EXPLORERS) == set(ORACLES)


@pytest.mark.parametrize("name", EXPLORERS)
def test_the_page_holds_the_models_numbers(on_pages: dict[str, Built], name: str) -> None:
    built, axes = on_pages[name], EXPLORERS[name].axes
    assert [axis["name"] for axis in built.axes] == list(axes)
    for positions in states(built):
        moved = list(zip(axes.items(), positions, strict=True))
        expected = ORACLES[name](**{key: a.argument(a.values[at]) for (key, a), at in moved})
        seen = built.tables[built.index(positions)]
        assert seen[0] == expected.rows[0]
        assert len(seen) == len(expected.rows)
        for row, right in zip(seen, expected.rows, strict=True):
            different = [pair for pair in zip(row, right, strict=True) if not same(*pair)]
            assert different == [], f"{name} at {positions}"


@pytest.mark.parametrize("name", EXPLORERS)
def test_the_sentence_s_numbers_are_the_table_s(on_pages: dict[str, Built], name: str) -> None:
    built, axes = on_pages[name], EXPLORERS[name].axes
    for positions in states(built):
        values = [axis.values[at] for axis, at in zip(axes.values(), positions, strict=True)]
        arguments = [axis.argument(v) for axis, v in zip(axes.values(), values, strict=True)]
        expected = ORACLES[name](**dict(zip(axes, arguments, strict=True)))
        cells = [cell for row in expected.rows for cell in row]
        known = [k for k in (*cells, *values, *expected.said) if isinstance(k, int | float)]
        sentence = built.sentences[built.index(positions)]
        assert any(character.isdigit() for character in sentence)
        assert unfounded(sentence, known) == [], sentence


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
