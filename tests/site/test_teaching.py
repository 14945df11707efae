"""What the page for teachers promises is there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from chapter import ROOT, standing
from playwright.sync_api import Browser, expect

from reader import Reader, serving

MakeReader = Callable[..., Reader]
LISTENS = """<!doctype html><html lang="en"><title>Platform</title>
<script>const told = []; addEventListener("message", ({data}) => told.push(data));</script>"""


def page_of(site: Path, name: str) -> BeautifulSoup:
    """Read a built page of the book."""
    return BeautifulSoup((site / "book" / f"{name}.html").read_text("utf-8"), "html.parser")


def test_its_link_shows_one_explorer_alone_and_not_the_answer_to_its_guess(
    read: MakeReader,
) -> None:
    reader = read()
    page = reader.open("book/teaching.html")
    page.get_by_role("link", name="model alone").click()
    explorer = page.locator("model-explorer#shop-or-bank")
    expect(explorer).to_be_visible()
    expect(explorer.locator("output").first).to_have_text("0.0 yuan")
    expect(page.locator(".chapter-map")).to_be_hidden()
    expect(page.locator(".topbar")).to_be_hidden()
    assert reader.problems == []


def test_from_the_first_page_three_doors_lead_on(read: MakeReader) -> None:
    page = read(viewport={"width": 360, "height": 700}).open("book/index.html")
    doors = page.locator(".doors strong a")
    assert [door.get_attribute("href") for door in doors.all()] == [
        "reading.html",
        "running.html",
        "teaching.html",
    ]
    heights = [box["height"] for door in doors.all() if (box := door.bounding_box())]
    assert min(heights) >= 44


@pytest.mark.parametrize(("at", "slug"), list(enumerate(standing())))
def test_its_table_tells_what_each_chapter_holds(site: Path, at: int, slug: str) -> None:
    """Counted once more, on the chapter's own page."""
    row = page_of(site, "teaching").select("table.cards")[0].select("tbody tr")[at]
    title, outcomes, *told = (" ".join(cell.get_text().split()) for cell in row.select("td"))
    page = page_of(site, slug)
    text = " ".join(page.get_text().split())
    (core,) = re.findall(r"The core path takes about (\d+) minutes", text)
    deeper = re.findall(r"Off the core path, (\d+) minute", text)
    moving = [each for each in page.select("model-explorer") if each["data-states"] != "1"]
    exercises = page.select("#exercises > p > strong:first-child")
    numbered = [each for each in exercises if re.match(r"\d+\. ", each.get_text())]
    questions = page.select("form.quiz")
    minutes = f"{core}, {int(core) + sum(map(int, deeper))}"
    counted = f"{len(moving)}, {len(numbered)}, {len(questions)}"
    heading = page.select_one("h1")
    assert heading is not None
    assert heading.get_text().startswith(title)
    assert outcomes in text
    assert told == [minutes, counted]


def test_it_names_the_checker_that_is_locked(site: Path) -> None:
    lock = json.loads((ROOT / "tests/site/package-lock.json").read_text("utf-8"))
    version = lock["packages"]["node_modules/axe-core"]["version"]
    assert f"axe-core {version}" in page_of(site, "teaching").get_text()


@pytest.mark.parametrize("width", [700, 1000])
def test_its_frame_shows_the_explorer_as_it_begins_and_is_high_enough(
    chromium: Browser, site: Path, tmp_path: Path, width: int
) -> None:
    """As a platform on another host shows it."""
    frame = page_of(site, "teaching").select_one(".highlight-html pre")
    assert frame is not None
    with serving(site) as book, serving(tmp_path) as host:
        text = frame.get_text().replace("https://YOUR.COPY/", book.url(""))
        (tmp_path / "page.html").write_text(f"{LISTENS}{text}", encoding="utf-8")
        page = chromium.new_page(viewport={"width": width, "height": 900})
        page.goto(f"http://localhost:{host.port}/page.html")
        inside = page.frame_locator("iframe").locator("model-explorer#who-is-paid")
        expect(inside.locator("output").first).to_have_text("3 %")
        page.wait_for_function("told.length")
        asked = page.evaluate("told.at(-1).height")
        assert asked <= int(page.locator("iframe").get_attribute("height") or 0)
        page.close()
