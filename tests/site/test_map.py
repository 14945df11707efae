"""Start: the door into the book, and the map, as readers of all kinds meet them."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bookkit.readers.chapters import Chapter, load_parts
from reader import NO_STORAGE, PAGES, ROOT, Reader

MakeReader = Callable[..., Reader]
CHAPTERS = [c for part in load_parts(ROOT / "data" / "chapters.yml") for c in part.chapters]
OPEN = [
    chapter for chapter in CHAPTERS if f"book/{chapter.slug}.html" in PAGES and not chapter.draft
]
FIRST, SECOND = OPEN[:2]


def time_of(site: Path, chapter: Chapter) -> str:
    """Return how long a chapter takes, as its page says."""
    page = (site / "book" / f"{chapter.slug}.html").read_text(encoding="utf-8")
    (said,) = re.findall(r"The core path takes (about \d+ minutes):", page)
    return str(said)


@pytest.fixture
def about(site: Path) -> str:
    """Return how long the first chapter takes."""
    return time_of(site, FIRST)


MIDDLES = """() => [...document.querySelectorAll(".station-dot")].map(dot => {
  const box = dot.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2].map(Math.round);
})"""


def index(read: MakeReader, width: int, height: int = 900, **options: object) -> Page:
    return read(viewport={"width": width, "height": height}, **options).open("book/index.html")


def remember(page: Page, **tables: Any) -> None:
    """Have the browser keep a record, in which there is at least what these tables say."""
    head = {"format": "why-shops-become-banks", "version": 1}
    page.evaluate("record => BookMemory.replace(record)", head | tables)


def test_every_chapter_is_a_station_and_those_that_stand_are_linked(read: MakeReader) -> None:
    page = index(read, 1280)
    names = [name.strip() for name in page.locator(".station-name").all_text_contents()]
    planned = [c.title + (" (planned)" if c not in OPEN else "") for c in CHAPTERS]
    assert names == planned
    links = page.locator(".chapter-map a")
    assert [link.get_attribute("href") for link in links.all()] == [f"{c.slug}.html" for c in OPEN]
    assert f"so far: {len(OPEN)} of {len(CHAPTERS)}," in page.inner_text(".chapter-map")


def test_the_chapters_that_stand_are_numbered_in_the_order_of_the_contents(
    read: MakeReader,
) -> None:
    page = index(read, 1280)
    numbered = page.locator(".station-dot").all_text_contents()
    expected = {chapter: str(n) for n, chapter in enumerate(OPEN, start=1)}
    assert numbered == [expected.get(chapter, "") for chapter in CHAPTERS]
    names = page.locator("#contents a").all_text_contents()
    assert [name for name in names if name in [c.title for c in OPEN]] == [c.title for c in OPEN]


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_the_route_runs_straight_down(read: MakeReader, width: int) -> None:
    dots = index(read, width).evaluate(MIDDLES)
    assert len(dots) == len(CHAPTERS)
    assert len({left for left, _ in dots}) == 1
    assert all(above[1] < below[1] for above, below in pairwise(dots))


@pytest.mark.parametrize("width", [360, 1366])
def test_what_is_planned_is_quiet(read: MakeReader, width: int) -> None:
    """A small line each, so that the map of a book in the making is not mostly of what is not."""
    page = index(read, width)
    size = "name => parseFloat(getComputedStyle(name).fontSize)"
    quiet, loud = (page.locator(f".{kind} .station-name").first for kind in ("planned", "open"))
    assert quiet.evaluate(size) < loud.evaluate(size)
    heights = [box["height"] for each in page.locator(".station.planned").all()
               if (box := each.bounding_box())]  # fmt: skip
    assert max(heights) <= 32


@pytest.mark.parametrize("width", [360, 1280])
def test_what_stands_on_the_map_can_be_read(read: MakeReader, width: int) -> None:
    sizes = index(read, width).evaluate(
        """() => [...document.querySelectorAll(".chapter-map :is(p, span)")]
                 .map(p => parseFloat(getComputedStyle(p).fontSize))"""
    )
    assert len(sizes) > 2 * len(CHAPTERS)
    assert min(sizes) >= 13


def test_a_station_is_reached_and_opened_by_keyboard(read: MakeReader) -> None:
    page = index(read, 360)
    link = page.locator(".chapter-map a").first
    page.locator(".chapter-map").evaluate("map => { map.tabIndex = -1; map.focus(); }")
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    assert link.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/book/{OPEN[0].slug}.html")


def test_the_map_reads_without_scripts_and_on_paper(read: MakeReader, about: str) -> None:
    page = index(read, 1280, java_script_enabled=False)
    expect(page.locator(".station")).to_have_count(len(CHAPTERS))
    expect(page.get_by_text(CHAPTERS[-1].question)).to_be_visible()
    expect(page.get_by_text(about).first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text(CHAPTERS[-1].question)).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (360, 740)])
def test_the_first_link_into_the_book_is_seen_at_once(
    read: MakeReader, about: str, width: int, height: int
) -> None:
    page = index(read, width, height)
    door = page.locator("article a:not(.headerlink)").first
    expect(door).to_have_attribute("href", f"{FIRST.slug}.html")
    words = door.inner_text().replace("\n", " ")
    assert words == f"Begin: {FIRST.title} {about}"
    box = door.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["y"] + box["height"] <= height * 0.6


def test_a_reader_who_comes_back_goes_on_where_reading_stopped(read: MakeReader) -> None:
    reader = read()
    page = reader.open("book/index.html")
    box = page.locator(".begin a").bounding_box()
    there = {"title": "From elsewhere", "place": "the-claims", "heading": "The <b>claims</b>"}
    remember(page, last=SECOND.slug, pages={SECOND.slug: there})
    for seen in (page, reader.open("book/index.html")):
        door = seen.locator(".begin a")
        expect(door).to_contain_text(f"Continue: {SECOND.title} The <b>claims</b>")
        expect(door).to_have_attribute("href", f"{SECOND.slug}.html#the-claims")
        now = door.bounding_box()
        assert now is not None
        assert box is not None
        assert now["height"] == box["height"]  # nothing below it moves
    assert reader.problems == []


@pytest.mark.parametrize("last", ["nowhere", "constructor", "index", CHAPTERS[0].slug])
def test_a_place_that_is_no_chapter_of_this_edition_leads_nowhere(
    read: MakeReader, last: str
) -> None:
    page = index(read, 1280)
    remember(page, last=last, pages={last: {"title": "x", "place": "y", "heading": "z"}})
    expect(page.locator(".begin a")).to_contain_text("Begin:")
    expect(page.locator(".begin a")).to_have_attribute("href", f"{FIRST.slug}.html")


def test_stations_fill_as_the_reader_goes_on(read: MakeReader, about: str) -> None:
    page = index(read, 1280)
    station = page.locator(f".station[data-page='{FIRST.slug}']")
    expect(station.locator(".station-told")).to_have_text(about)
    totals = {"read": "2026-11-26", "questions": 3, "challenges": 1}
    quiz = {f"quiz-{n}": {"page": FIRST.slug, "result": result}
            for n, result in enumerate(["right", "wrong", "near"])}  # fmt: skip
    met = {"explorer": {"page": FIRST.slug, "found": True}}
    remember(page, pages={FIRST.slug: totals}, quiz=quiz, explorers=met)
    expect(station.locator(".station-told")).to_have_text(
        "1 of 3 questions right, 1 of 1 challenges"
    )
    assert station.evaluate("station => station.style.getPropertyValue('--done')") == "0.5"
    guessed = {"explorer": met["explorer"] | {"guess": "The savers"}}
    judged = {"C3-01": {"page": FIRST.slug, "before": "holds"}}
    remember(page, pages={FIRST.slug: totals}, explorers=guessed, verdicts=judged)
    expect(station.locator(".station-told")).to_have_text(
        "0 of 3 questions right, 1 of 1 challenges; 1 guess and 1 claim judged"
    )
    remember(page, verdicts=judged)  # a judgement alone leaves its mark
    expect(station.locator(".station-told")).to_have_text("1 claim judged")
    assert "begun" in (station.get_attribute("class") or "")
    right = {name: entry | {"result": "right"} for name, entry in quiz.items()}
    remember(page, pages={FIRST.slug: totals}, quiz=right, explorers=met)
    assert "finished" in (station.get_attribute("class") or "")
    page.evaluate("BookMemory.erase()")
    expect(station.locator(".station-told")).to_have_text(about)


def test_a_chapter_read_to_its_end_leads_to_the_next(read: MakeReader, site: Path) -> None:
    page = index(read, 1280)
    there = {"place": "further-reading", "heading": "Further reading", "end": True}
    remember(page, last=FIRST.slug, pages={FIRST.slug: there})
    door = page.locator(".begin a")
    expect(door).to_contain_text(f"Next: {SECOND.title} {time_of(site, SECOND)}")
    expect(door).to_have_attribute("href", f"{SECOND.slug}.html")


def test_start_tells_of_a_changed_mind_and_of_questions_to_try_again(read: MakeReader) -> None:
    page = index(read, 1280)
    expect(page.locator(".begin-more")).to_have_count(0)
    verdicts = {"C3-01": {"before": "holds", "after": "fails", "book": "fails"},
                "C3-02": {"before": "holds", "after": "holds", "book": "fails"},
                "C3-03": {"book": "fails"}}  # fmt: skip
    quiz = {f"quiz-spread-{n}": {"page": FIRST.slug, **entry} for n, entry in
            {10: {"result": "near"}, 1: {"result": "right"}, 2: {"result": "wrong"},
             3: {"result": "wrong", "solved": True}}.items()}  # fmt: skip
    remember(page, last=FIRST.slug, verdicts=verdicts, quiz=quiz)
    line = page.locator(".begin-more")
    expect(line).to_contain_text("Of 2 claims judged after reading you changed your mind on 1")
    expect(line).to_contain_text("and agree with the book on 1.")
    link = line.get_by_role("link")
    expect(link).to_have_text(f"{FIRST.title}: 2 questions to try again")
    expect(link).to_have_attribute("href", f"{FIRST.slug}.html#quiz-spread-2")


def test_start_is_whole_where_storage_is_blocked(read: MakeReader) -> None:
    reader = read()
    reader.context.add_init_script(NO_STORAGE)
    page = reader.open("book/index.html")
    expect(page.locator(".begin a")).to_contain_text("Begin:")
    assert reader.problems == []
