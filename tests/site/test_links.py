"""Every link between pages, and every file a page asks for, is there."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from reader import PAGES


class Links(HTMLParser):
    """The ids of a page, and what it links to or loads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.targets: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value for name, value in attrs if value}
        if "id" in values:
            self.ids.add(values["id"])
        wanted = "href" if tag in ("a", "link") else "src"
        if wanted in values:
            self.targets.append(values[wanted])


@cache
def parsed(file: Path) -> Links:
    """Read a page once, though many link to it."""
    return Links(file.read_text(encoding="utf-8"))


def broken(site: Path, name: str) -> list[str]:
    """Return the links of a page that lead nowhere in the site."""
    here = site / name
    lost = []
    for target in parsed(here).targets:
        parts = urlsplit(target)
        if parts.scheme:
            continue
        file = (here.parent / unquote(parts.path)).resolve() if parts.path else here
        # An explorer's link names the explorer, then the state: #name?axis=value
        anchor = unquote(parts.fragment).partition("?")[0]
        if not file.is_file() or (anchor and anchor not in parsed(file).ids):
            lost.append(target)
    return lost


def ill_formed(targets: list[str]) -> list[str]:
    """Return the links to other sites that a browser would not follow safely, or not at all."""
    parts = {target: urlsplit(target) for target in targets if not target.startswith("data:")}
    return [
        target
        for target, part in parts.items()
        if part.scheme not in ("", "mailto", "https")
        or (part.scheme == "https" and not re.fullmatch(r"[\w-]+(\.[\w-]+)+", part.netloc))
        or (part.scheme == "mailto" and "@" not in part.path)
        or re.search(r"\s", target)
    ]


@pytest.mark.parametrize("name", PAGES)
def test_links_of_a_page_lead_somewhere(site: Path, name: str) -> None:
    assert parsed(site / name).targets
    assert broken(site, name) == []


@pytest.mark.parametrize("name", PAGES)
def test_links_to_other_sites_are_well_formed(site: Path, name: str) -> None:
    faults = ill_formed(parsed(site / name).targets)
    assert not faults, f"{name}: write https://host.domain/…, without spaces: {faults}"


def test_an_ill_formed_link_is_seen() -> None:
    good = ["https://doi.org/10.1257/aer.1", "a.html#b", "mailto:a@b.org", "data:,", "#x?y=1"]
    bad = ["http://doi.org", "https://localhost/", "https://a b.org", "javascript:x", "mailto:a"]
    assert ill_formed([*good, *bad]) == bad


def test_a_broken_link_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<p id="here"><a href="b.html"></a><a href="#gone"></a>')
    assert broken(tmp_path, "a.html") == ["b.html", "#gone"]


def test_ids_are_unique_on_a_page(site: Path) -> None:
    for name in PAGES:
        html = (site / name).read_text(encoding="utf-8")
        twice = [mark for mark in parsed(site / name).ids if html.count(f' id="{mark}"') > 1]
        assert twice == [], name


def test_nothing_unused_is_shipped(site: Path) -> None:
    """The theme's icon fonts, maps and scripts were five megabytes."""
    files = [file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()]
    marks = ("fontawesome", "bootstrap", "thebe", "mathjax", "require", ".map", "_sources/")
    assert files
    assert [file for file in files if any(mark in file.lower() for mark in marks)] == []


def test_a_host_that_hides_underscores_is_told_not_to(site: Path) -> None:
    """GitHub Pages, from a branch, leaves out folders such as _static unless this file is there."""
    assert (site / "_static").is_dir()
    assert (site / ".nojekyll").is_file()
