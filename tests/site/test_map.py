"""The map of the chapters, as readers with wide and narrow windows, keyboards and paper meet it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from bookkit.readers.chapters import load_parts
from reader import PAGES, ROOT, Reader

MakeReader = Callable[..., Reader]
CHAPTERS = [c for part in load_parts(ROOT / "data" / "chapters.yml") for c in part.chapters]
OPEN = [
    chapter for chapter in CHAPTERS if f"book/{chapter.slug}.html" in PAGES and not chapter.draft
]
DOTS = """() => [...document.querySelectorAll(".station-name")].map(name => {
  const box = name.parentElement.getBoundingClientRect();
  const dot = getComputedStyle(name, "::before");
  return [box.left + parseFloat(dot.left), box.top + (parseFloat(dot.top) || 0)].map(Math.round);
})"""


def index(read: MakeReader, width: int, **options: object) -> Page:
    return read(viewport={"width": width, "height": 900}, **options).open("book/index.html")


def test_every_chapter_is_a_station_and_those_that_stand_are_linked(read: MakeReader) -> None:
    page = index(read, 1280)
    names = [name.strip() for name in page.locator(".station-name").all_text_contents()]
    planned = [c.title + (" (planned)" if c not in OPEN else "") for c in CHAPTERS]
    assert names == planned
    links = page.locator(".chapter-map a")
    assert [link.get_attribute("href") for link in links.all()] == [f"{c.slug}.html" for c in OPEN]
    assert f"so far: {len(OPEN)} of {len(CHAPTERS)}," in page.inner_text(".chapter-map")


def test_on_a_phone_the_route_runs_straight_down(read: MakeReader) -> None:
    dots = index(read, 360).evaluate(DOTS)
    assert len(dots) == len(CHAPTERS)
    assert len({left for left, _ in dots}) == 1
    assert all(above[1] < below[1] for above, below in pairwise(dots))


def test_on_a_desk_the_route_goes_to_and_fro(read: MakeReader) -> None:
    dots = index(read, 1280).evaluate(DOTS)
    rows: dict[int, list[int]] = {}
    for left, top in dots:
        rows.setdefault(top, []).append(left)
    assert list(rows) == sorted(rows)
    assert [len(row) for row in rows.values()] == [4, 5, 4, 2]
    ways = [row == sorted(row) for row in rows.values()]
    assert ways == [True, False, True, False]
    assert all(row == sorted(row, reverse=True) for row in list(rows.values())[1::2])


@pytest.mark.parametrize("width", [360, 1280])
def test_what_stands_on_the_map_can_be_read(read: MakeReader, width: int) -> None:
    sizes = index(read, width).evaluate(
        """() => [...document.querySelectorAll(".chapter-map p")]
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


def test_the_map_reads_without_scripts_and_on_paper(read: MakeReader) -> None:
    page = index(read, 360, java_script_enabled=False)
    expect(page.locator(".station")).to_have_count(len(CHAPTERS))
    expect(page.get_by_text(CHAPTERS[-1].question)).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text(CHAPTERS[-1].question)).to_be_visible()
