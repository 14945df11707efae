"""What the pages say where the site has an address; without one they say none of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bookkit.page.address import moves
from small_book import Book, as_built

BASE = "https://example.org/school/shops"
HEAD = re.compile(r'rel="canonical"|property="og:|class="cite-chapter"')


@pytest.fixture(scope="module")
def addressed(built_once: Book) -> dict[str, bytes]:
    """Return the small book's site where it has an address, and a page that has moved."""
    book = as_built(built_once)
    book.edit("_config.yml", 'html: {baseurl: ""}', f"html: {{baseurl: '{BASE}'}}")
    (book.root / "data" / "moved.yml").write_text("first: alpha\n")
    book.built()
    return book.site()


def test_a_site_without_an_address_names_none(first_build: Book) -> None:
    site = first_build.site()
    assert not {"sitemap.xml", "_static/card.png", "book/alpha.bib"} & site.keys()
    pages = [content.decode() for name, content in site.items() if name.endswith(".html")]
    assert [page for page in pages if HEAD.search(page)] == []


def test_a_site_with_an_address_says_it_everywhere(addressed: dict[str, bytes]) -> None:
    site = addressed
    page = site["book/alpha.html"].decode()
    assert f'<link rel="canonical" href="{BASE}/book/alpha.html" />' in page
    said = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', page))
    assert said["title"] == "Alpha"
    assert said["url"] == f"{BASE}/book/alpha.html"
    assert said["description"].startswith("The rate is")
    assert said["image"] == f"{BASE}/_static/card.png"
    assert site["_static/card.png"].startswith(b"\x89PNG")
    listed = re.findall("<loc>(.*?)</loc>", site["sitemap.xml"].decode())
    assert listed == [f"{BASE}/book/{name}.html" for name in ("alpha", "beta", "index")]
    moved = site["book/first.html"].decode()
    assert '<a href="alpha.html">' in moved
    assert f'rel="canonical" href="{BASE}/book/alpha.html"' in moved


def test_a_chapter_is_cited_by_people_and_by_programs(addressed: dict[str, bytes]) -> None:
    site = addressed
    page = site["book/alpha.html"].decode()
    assert "Alpha. In Why Shops Become Banks" in page
    assert b"cite-chapter" not in site["book/beta.html"]  # which is no chapter
    for name in re.findall(r'<a href="(alpha\.[\w.]+)" download>', page):
        assert f"book/{name}" in site
    [entry] = json.loads(site["book/alpha.csl.json"])
    assert (entry["type"], entry["title"]) == ("chapter", "Alpha")
    assert entry["URL"] == f"{BASE}/book/alpha.html"
    bib = site["book/alpha.bib"].decode()
    assert bib.startswith("@incollection{alpha,\n")
    assert f"url = {{{BASE}/book/alpha.html}}" in bib
    assert bib.count("{") == bib.count("}")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("alpha: beta", "book/alpha: there is such a page"),
        ("old: gamma", "book/old: must lead to a page of the book, is 'book/gamma'"),
        ("[old]", "must be places such as"),
    ],
)
def test_a_page_that_cannot_have_moved_is_refused(tmp_path: Path, told: str, why: str) -> None:
    file = tmp_path / "moved.yml"
    file.write_text(told)
    with pytest.raises(ValueError, match=re.escape(why)):
        moves(file, {"book/alpha", "book/beta"})
