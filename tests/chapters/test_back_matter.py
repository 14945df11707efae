"""Tables made from code and catalogue say what these say."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from html import unescape

from netfin import facts, lending
from netfin.data import catalogue
from netfin.spread import arrangements
from netfin.terms import parameters

Build = Callable[[str], subprocess.CompletedProcess[str]]


def rows(html: str) -> list[list[str]]:
    """Return the text of all table cells, row by row, with typewriter's apostrophes."""
    found = re.findall(r"<tr[^>]*>(.*?)</tr>", html.replace("’", "'"), flags=re.S)
    cells = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, flags=re.S) for row in found]
    return [[unescape(re.sub(r"<[^>]+>", "", each)).strip() for each in row] for row in cells]


def test_the_parameter_table_equals_the_code(build: Build, tmp_path):
    done = build("```{parameters} netfin.lending.LendingTerms BANK\n```\n")
    assert done.returncode == 0, done.stderr
    head, *body = rows((tmp_path / "out" / "index.html").read_text("utf-8"))
    assert head == ["Symbol", "In code", "BANK", "Unit", "Source", "Date"]
    about = parameters(lending.LendingTerms)
    assert [row[1] for row in body] == list(about)
    for _, name, bank, unit, source, day in body:
        assert float(bank) == getattr(lending.BANK, name)
        told = (about[name].unit, about[name].source, about[name].as_of or "—")
        assert (unit, source, day) == told


def test_a_lender_with_sources_of_its_own_is_not_told_with_anothers(build: Build):
    done = build("```{parameters} netfin.lending.LendingTerms BANK SHOP_PLATFORM\n```\n")
    assert done.returncode != 0
    assert "SHOP_PLATFORM is of ShopLenderTerms: its sources stand there" in done.stderr


def test_a_default_that_leans_on_a_fact_shows_it_with_its_date(build: Build, tmp_path):
    assert build("```{parameters} netfin.spread.arrangements.PlatformTerms\n```\n").returncode == 0
    html = (tmp_path / "out" / "index.html").read_text("utf-8")
    source, day = next(row[-2:] for row in rows(html) if row[1:2] == ["interest_share"])
    name = parameters(arrangements.PlatformTerms)["interest_share"].fact
    fact = facts.load()[name]
    assert (
        f"({fact.amount} {fact.basis}; Ant Group 2020" in source
    )  # and a letter, if there are several
    assert day == fact.period
    assert f'id="about-{name.lower()}"' in html


def test_without_objects_the_table_has_the_defaults(build: Build, tmp_path):
    assert build("```{parameters} netfin.spread.arrangements.PlatformTerms\n```\n").returncode == 0
    _, *body = rows((tmp_path / "out" / "index.html").read_text("utf-8"))
    found = {row[1]: float(row[2]) for row in body}
    assert found == {name: getattr(arrangements.PLATFORM, name) for name in found}
    assert list(found) == list(parameters(arrangements.PlatformTerms))


def test_an_unknown_class_fails_the_build(build: Build):
    done = build("```{parameters} netfin.spread.Nothing\n```\n")
    assert done.returncode != 0
    assert "has no attribute 'Nothing'" in done.stderr


def test_the_data_page_shows_the_catalogue(build: Build, tmp_path):
    assert build("Text.").returncode == 0
    html = (tmp_path / "out" / "data.html").read_text("utf-8")
    shown = {row[0] for row in rows(html)}
    for data_set in catalogue().values():
        assert data_set.sha256 in html
        assert data_set.file in html
        assert {column.name for column in data_set.columns} <= shown
