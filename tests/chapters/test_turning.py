"""Where statements turn, on the page: every part in its order, numbers in a file."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from chapter import standing

from bookkit import statements
from bookkit.made_of import sources_of
from bookkit.statements import address, found, numbers, told
from explorer.cache import CACHE
from explorer.signs import typeset
from explorer.svg import draw, faults_of
from figures.style import explore
from figures.turning import (
    alternative,
    boundary_picture,
    counted,
    in_short,
    of_100,
    tipping,
    written,
)
from netfin.turning import Design, Tally

ROOT = Path(__file__).resolve().parents[2]
Build = Callable[[str], subprocess.CompletedProcess[str]]
MODELS = ROOT / "book" / "netfin"
STATED = [
    slug for slug in standing() if (MODELS / slug.replace("-", "_") / "statements.py").is_file()
]
PARTS = ("The answer.", "The turning rule.", "Where it tips.", "<figure>", 'class="counted"',
         "Not covered.", "<details>")  # fmt: skip


def test_some_chapter_has_statements() -> None:
    assert "spread" in STATED


@pytest.mark.parametrize("slug", STATED)
def test_a_statement_is_printed_part_by_part(site: Path, slug: str) -> None:
    html = (site / "book" / f"{slug}.html").read_text("utf-8")
    shown = re.findall(r'class="statement docutils container" id="([^"]+)"', html)
    assert shown == [address(slug, one.statement.name) for one in found(slug)]
    for one, block in zip(
        found(slug), re.split('class="statement docutils', html)[1:], strict=True
    ):
        wanted = [part for part in PARTS if one.boundary is not None or "<" not in part]
        places = [block.index(part) for part in wanted]
        assert places == sorted(places)
        plain = re.sub(r"<[^>]+>", "", block).replace("’", "'")
        assert counted(one) in plain
        if one.boundary is not None:
            told = f'id="{address(slug, one.statement.name)}-told">{typeset(alternative(one))}'
            assert told in block


@pytest.mark.parametrize("slug", STATED)
def test_the_numbers_lie_beside_the_page(site: Path, slug: str) -> None:
    html = (site / "book" / f"{slug}.html").read_text("utf-8")
    assert html.count(f'href="{slug}-turning.csv"') == 1
    text = (site / "book" / f"{slug}-turning.csv").read_text("utf-8")
    assert text == numbers(found(slug))
    rows = list(csv.DictReader(io.StringIO(text)))
    for one in found(slug):
        shares = {
            row["name"]: float(row["value"])
            for row in rows
            if (row["statement"], row["what"]) == (one.statement.name, "share of cases")
        }
        assert shares == {name: tally.share for name, tally in one.tallies.items()}  # fmt: skip


@pytest.mark.parametrize("slug", STATED)
def test_the_claims_page_leads_to_each_statement(site: Path, slug: str) -> None:
    html = (site / "book" / "claims.html").read_text("utf-8").replace("’", "'")
    for one in found(slug):
        place = f'href="{slug}.html#{address(slug, one.statement.name)}"'
        assert html.count(place) == len(one.statement.claims)
        assert in_short(one).capitalize() in html


class App:
    """A build of this book."""

    srcdir = ROOT


def test_statements_are_worked_out_once_for_each_state_of_their_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def search(chapter: str) -> tuple[Any, ...]:
        asked.append(chapter)
        return found(chapter)

    monkeypatch.setenv(CACHE, str(tmp_path / "explorers"))
    monkeypatch.setattr(statements, "found", search)
    builds: list[Any] = [App() for _ in range(3)]
    assert told(builds[0], "spread") == told(builds[1], "spread")
    assert asked == ["spread"]
    sources_of(builds[2]).digests[ROOT / "book/netfin/spread/statements.py"] = "edited"
    told(builds[2], "spread")
    assert asked == ["spread", "spread"]


@pytest.mark.parametrize("slug", STATED)
def test_pictures_keep_to_the_style(slug: str) -> None:
    for one in found(slug):
        if one.boundary is not None:
            with explore.style.context():
                made = draw(boundary_picture(one), explore.style, "a")
            assert (made.width, made.height) == (400, 254)
            assert faults_of(made, explore.style) == []


def test_what_has_no_statements_fails_the_build(build: Build) -> None:
    done = build("```{where-it-turns} nothing\n```\n\n```{where-it-turns} spread\n```")
    assert done.returncode != 0
    assert "there is no netfin.nothing.statements with STATEMENTS" in done.stderr


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0"), (1e-4, "fewer than 1"), (0.053, "5"), (0.9999, "more than 99"), (1.0, "100")],
)
def test_only_all_is_100_and_only_none_is_0(share: float, text: str) -> None:
    assert of_100(share) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(0.02709, "%", "2.71_%"), (0.3, "%", "30_%"), (0.005, "%", "0.5_%"), (-0.01, "%", "−1_%"),
     (12_345.6, "yuan", "12,346_yuan"), (0.75, "yuan", "0.75_yuan"), (0.0, "", "0")],
)  # fmt: skip
def test_numbers_are_written_with_three_digits(value: float, unit: str, text: str) -> None:
    assert written(value, unit) == text.replace("_", "\N{NO-BREAK SPACE}")


def test_the_count_says_what_it_counts() -> None:
    one = found("spread")[0]
    share = of_100(one.tallies[Design.AS_GIVEN].share)
    assert counted(one).startswith(f"In {share} of 100 of the cases we tried (")
    assert "it is not the chance that the statement is true." in counted(one)


@pytest.mark.parametrize(
    ("outside", "told"),
    [
        ({}, ""),
        (
            {Design.AS_GIVEN: 14},
            " It does not speak of 14 of the 4,096 cases drawn so; they are left out.",
        ),
        (
            {Design.AS_GIVEN: 14, Design.WIDENED: 707},
            " It does not speak of 14 of the 4,096 cases drawn so, "
            "nor of 707 with ranges widened by half; they are left out.",
        ),
        (
            {Design.WIDENED: 88},
            " It speaks of all 4,096 cases drawn so, and not of 88 with ranges widened by half; "
            "they are left out.",
        ),
    ],
)
def test_cases_left_out_are_told_by_design(outside: dict[Design, int], told: str) -> None:
    tallies = {
        each: Tally(0.5, 1.0, 4096 - outside.get(each, 0), outside.get(each, 0)) for each in Design
    }
    one = replace(found("spread")[0], tallies=tallies, constant=None)
    assert counted(one).endswith(f"it is not the chance that the statement is true.{told}")


def test_what_counts_in_whole_numbers_turns_between_two_of_them() -> None:
    [one] = [each for each in found("merchants") if each.statement.name == "more-bidders"]
    assert "the number of sellers: between 2 and 3;" in tipping(one)


def test_the_others_that_turn_it_are_told() -> None:
    [one] = [each for each in found("spread") if each.statement.name == "dearest-money"]
    turning = [each for each in one.deciders[2:] if each.turns]
    assert turning
    assert "Of the others, " in tipping(one)
    for each in turning:
        assert one.statement.range_of(each.name).label in tipping(one)
