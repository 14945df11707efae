"""Hand-outs and slides are read off the built pages: they say what page and model say."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup

import handouts
import lesson
import material
from netfin.lending import BANK, break_even_rate
from places import OUTPUT
from publish import Source, source
from small_book import ROOT

SITE = "https://example.org/shops/"


@pytest.fixture(scope="module")
def book() -> Source:
    """Return the book that `make book` has built."""
    return source(ROOT, OUTPUT / "html")


@pytest.fixture(scope="module")
def chapter(book: Source) -> material.Chapter:
    """Return the model chapter."""
    return material.chapter(book.html, "spread", "The intermediation spread")


def text(html: str) -> str:
    """Return the words of a piece of HTML."""
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def test_an_explorer_begins_as_on_its_page(chapter: material.Chapter) -> None:
    for each in chapter.explorers:
        element = chapter.text.select_one(f'[id="{each.name}"]')
        assert element is not None
        if each.asks:
            said = material.words(element.select_one(".mx-sentence"))
            assert " ".join(each.sentence(each.start).split()) == said
            assert len(each.table(each.start)) == len(element.select("tr"))
            drawn = BeautifulSoup(each.picture(each.start), "html.parser")
            assert len(drawn.select("path")) == len(element.select(".mx-picture svg path"))


def test_another_state_is_the_model_s(chapter: material.Chapter) -> None:
    explorer = next(each for each in chapter.explorers if each.name == "who-is-paid")
    assert explorer.moves(explorer.end) == [("Shops that default", "3\xa0%", "10\xa0%")]
    rate = 100 * break_even_rate(dataclasses.replace(BANK, default_probability=0.10))
    assert explorer.table(explorer.end)[1][1] == pytest.approx(rate, abs=0.001)
    assert explorer.anchor(explorer.end) == "who-is-paid?default_probability=10&operating_cost=2"


def test_the_nearest_state_meets_the_challenge(chapter: material.Chapter) -> None:
    explorer = next(each for each in chapter.explorers if each.name == "who-is-paid")
    assert explorer.met is not None
    bank, *platforms = [row[1] for row in explorer.table(explorer.met)[1:]]
    assert max(platforms) < bank


def test_a_formula_s_letters_have_the_chapter_s_numbers(chapter: material.Chapter) -> None:
    explorer = next(each for each in chapter.explorers if each.name == "who-is-paid")
    found = {text(each.written): each.values for each in explorer.symbols}
    assert found["k e"] == {"BANK": "0.12", "SHOP_PLATFORM": "0.15"}
    assert found["PD"]["BANK"] == f"{BANK.default_probability:g}"


def test_a_sheet_asks_and_does_not_answer(chapter: material.Chapter, book: Source) -> None:
    made = handouts.documents(chapter, book.title, handouts.Place(""))
    (_, sheets), (_, solutions) = made["spread"], made["spread-solutions"]
    for each in chapter.explorers:
        if each.asks:
            assert text(each.question) in text(sheets)
            assert all(text(option) in text(sheets) for option in each.options)
            assert text(each.held["because"]) not in text(sheets)
            assert text(each.held["because"]) in text(solutions)
            assert text(each.sentence(each.end)) not in text(sheets)
            assert f"book/spread.html#{each.anchor(each.start)}" in text(sheets)
    assert sheets.count('class="sheet"') == sum(each.asks for each in chapter.explorers)


def test_where_the_site_has_an_address_a_sheet_has_its_code(chapter: material.Chapter) -> None:
    explorer = next(each for each in chapter.explorers if each.asks)
    made = handouts.sheet(chapter, explorer, handouts.Place(SITE))
    assert f"{SITE}book/spread.html#{explorer.anchor(explorer.start)}" in text(made)
    assert "The address as a QR code" in made
    assert "QR" not in handouts.sheet(chapter, explorer, handouts.Place(""))


def print_chapters(book: Source, folder: Path, chosen: list[str]) -> None:
    """Print some chapters, and look for sheets that need more than their page."""
    lesson.share(book, folder)
    lesson.write_handouts(book, folder / "handouts", chosen)
    for slug in chosen:
        with pikepdf.open(folder / "handouts" / f"{slug}.pdf") as pdf:
            html = (folder / "handouts" / f"{slug}.html").read_text("utf-8")
            assert len(pdf.pages) == html.count('class="sheet"') > 0, slug
        styles = re.findall(r'href="([^"]+\.css)"', html)
        assert all((folder / "handouts" / each).is_file() for each in styles)


def test_each_sheet_is_a_page(book: Source, tmp_path: Path) -> None:
    print_chapters(book, tmp_path, ["spread"])


@pytest.mark.whole
def test_each_sheet_of_every_chapter_is_a_page(book: Source, tmp_path: Path) -> None:
    print_chapters(book, tmp_path, [page.rpartition("/")[2] for page in book.chapters()])
