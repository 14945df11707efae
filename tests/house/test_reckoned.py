"""A solution without an equation reckons what the figure says, or tells where it is read off."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]
from bs4 import BeautifulSoup
from chapter import standing

import confirm
import handouts
import material
from places import OUTPUT
from reckoned import Line, reckoned

NEAR = 1e-3  # of numbers of six digits, reckoned with


@cache
def chapter(slug: str) -> material.Chapter:
    """Read a chapter of the built book."""
    return material.chapter(OUTPUT / "html", slug, slug)


def states(explorer: material.Explorer) -> Iterator[material.State]:
    """Yield all states of a figure."""
    yield from itertools.product(*(range(len(each.texts)) for each in explorer.controls))


def agrees(line: Line, state: material.State) -> bool | None:
    """Tell whether a line gives what the figure has in a state; None where it has no number."""
    try:
        shown, made = line.gives(state), line.value(state)
    except ValueError:
        return None
    return abs(made - shown) <= NEAR * max(1, abs(shown))


@pytest.mark.parametrize("slug", standing())
def test_every_sheet_without_an_equation_has_lines_that_give_what_the_figure_has(slug: str) -> None:
    read = chapter(slug)
    asked = [each for each in read.explorers if each.asks]
    equations = confirm.confirmed(read, asked)
    lines = reckoned(read)  # refuses what the figure does not have
    assert set(lines) == {each.name for each in asked} - set(equations)
    assert all(lines.values())
    solutions = handouts.documents(read, "A book", handouts.Place(""))[f"{slug}-solutions"][1]
    found = BeautifulSoup(solutions, "html.parser")
    for name, every in lines.items():
        told = [material.words(BeautifulSoup(each.written(), "html.parser")) for each in every]
        assert all(" = " in each or " ≈ " in each or "To be read off: " in each for each in told)
        printed = [material.words(each) for each in found.select("article.solution > p")]
        assert [each for each in told if each not in printed] == [], name
    sheets = handouts.documents(read, "A book", handouts.Place(""))[slug][1]
    assert "To be read off" not in sheets


@pytest.mark.parametrize("slug", standing())
def test_a_line_holds_wherever_the_figure_is_moved_or_says_while_what(slug: str) -> None:
    for name, every in reckoned(chapter(slug)).items():
        for line in (each for each in every if "gives" in each.entry):
            found = [one for state in states(line.explorer)
                     if (one := agrees(line, state)) is not None]  # fmt: skip
            assert sum(found) >= 3, (name, line.entry)
            assert all(found) != ("while" in line.entry), (name, line.entry)


HOLE = "left | takes"


@pytest.mark.parametrize(("line", "told"), [
    ({"gives": HOLE, "line": "100 - [goods | takes]"}, "gives 70, and the figure's table has 2"),
    ({"gives": "takes", "line": "1"}, "'takes' must name a row too"),
    ({"gives": "left | none", "line": "1"}, "the column 'none' must be the beginning of one of"),
    ({"gives": HOLE, "line": "[p | takes]"}, "the row 'p' must be the beginning of one of"),
    ({"gives": HOLE, "line": "<Cost>"}, "the control 'Cost' must be the beginning of one of"),
    ({"gives": "goods | takes", "line": "30"}, "the move changes nothing"),
    ({"says": "yuan", "line": "99"}, "it gives 99, which the figure does not say"),
    ({"read": "goods | takes", "because": "So."}, "the move changes nothing"),
    ({"read": HOLE}, "must have the keys of one of these"),
    ({"read": HOLE, "because": "So.", "while": "always"}, "unknown key while"),
    ({"gives": HOLE, "line": "100 - "}, "fails"),
])  # fmt: skip
def test_a_wrong_line_is_refused(line: dict[str, str], told: str, tmp_path: Path) -> None:
    file = tmp_path / "reckon.yml"
    file.write_text(yaml.safe_dump({"fill-the-hole": [line]}), "utf-8")
    with pytest.raises(ValueError, match=r"merchants/reckon\.yml, fill-the-hole: ") as fault:
        reckoned(chapter("merchants"), file)
    assert told in str(fault.value)


def test_a_line_is_written_in_the_numbers_of_the_figure() -> None:
    (line,) = reckoned(chapter("merchants"))["who-comes-back"]
    assert line.written() == (
        "<p>Reckoned: come again (of 100 in that year): 100 × (50 × 0.9<sup>4</sup> + (100 − 50) × "
        "(30 / 100)<sup>4</sup>) / 37.8 = 87.86.</p>"
    )
    (line,) = reckoned(chapter("contagion"))["two-counts"]
    assert line.written().endswith("118 − 140.5 ≈ −22.52.</p>"), "printed numbers give −22.5"


def test_a_chapter_without_lines_has_none(tmp_path: Path) -> None:
    assert reckoned(chapter("merchants"), tmp_path / "reckon.yml") == {}
