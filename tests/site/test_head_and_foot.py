"""What every page says of itself: in its head to searchers, at its foot to those who cite it."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
import yaml

from bookkit.page.description import LONGEST, shortened
from bookkit.page.foot import data_as_of
from bookkit.readers.edition import citation, reference, retrieved
from reader import PAGES, ROOT

CITED = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def described(site: Path, name: str) -> str:
    html = (site / name).read_text(encoding="utf-8")
    found: list[str] = re.findall(r'<meta name="description" content="([^"]*)">', html)
    assert len(found) == 1, name
    return unescape(found[0])


def test_every_page_has_a_description_of_its_own(site: Path) -> None:
    told = {name: described(site, name) for name in PAGES}
    assert [name for name, text in told.items() if not 40 <= len(text) <= LONGEST] == []
    assert len(set(told.values())) == len(PAGES)
    assert told["book/index.html"].startswith("Why do the owners of online shops")


def test_a_description_ends_with_a_sentence_or_a_word() -> None:
    assert shortened("Short.") == "Short."
    first = (
        "A first sentence of some length, such as opens a chapter, comes before all of the rest."
    )
    assert shortened(f"{first} {'b' * 200}") == first
    words = "word " * 60
    assert shortened(words) == "word " * 31 + "word…"
    assert len(shortened(words)) <= LONGEST


@pytest.mark.parametrize("name", PAGES)
def test_every_page_ends_with_edition_data_licence_and_a_way_to_report(
    site: Path, name: str
) -> None:
    foot = (site / name).read_text(encoding="utf-8").partition('<footer class="colophon">')[2]
    assert f"Edition {CITED['version']} of " in foot
    assert re.search(r"Data as of \d{1,2} [A-Z][a-z]+ \d{4}\.", foot)
    assert f"Page {name}." in foot
    assert 'rel="license"' in foot
    assert re.search(r'href="[^"]*#report-an-error">Report an error on this page</a>', foot)


def test_the_errata_know_the_edition_and_teachers_how_to_cite_it(site: Path) -> None:
    assert f"## Edition {CITED['version']}\n" in (ROOT / "book" / "errata.md").read_text("utf-8")
    teaching = (site / "book" / "teaching.html").read_text(encoding="utf-8")
    text = unescape(re.sub(r"<[^>]+>", "", teaching)).replace("’", "'")
    assert reference(citation(ROOT / "CITATION.cff")) in text


def test_a_page_is_as_new_as_the_newest_data_behind_it() -> None:
    days = {"old": date(2026, 1, 31), "new": date(2026, 11, 2), "other": date(2026, 12, 24)}
    record = ["book/netfin/data.py", "data/catalogue.toml [old]", "data/catalogue.toml [new]"]
    assert data_as_of(days, record) == "2 November 2026"
    assert data_as_of(days, ["data/new.csv"]) == "24 December 2026"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("version:", "edition:", "CITATION.cff: version is missing"),
        ('"2026-', '"November 2026-', "CITATION.cff: date-released must be a day such as"),
    ],
)
def test_a_faulty_citation_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "CITATION.cff").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(said)):
        citation(tmp_path / "CITATION.cff")


def test_data_without_a_day_are_refused(tmp_path: Path) -> None:
    (tmp_path / "catalogue.toml").write_text('[harvest]\nretrieved = "May"\n')
    with pytest.raises(ValueError, match=r"harvest: retrieved must be a day such as"):
        retrieved(tmp_path / "catalogue.toml")
