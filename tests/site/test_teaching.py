"""What the page for teachers promises is there."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from reader import Reader

MakeReader = Callable[..., Reader]


def test_its_link_shows_one_explorer_alone_in_the_state_it_names(read: MakeReader) -> None:
    reader = read()
    page = reader.open("book/teaching.html")
    page.get_by_role("link", name="model alone").click()
    explorer = page.locator("model-explorer#shop-or-bank")
    expect(explorer).to_be_visible()
    expect(explorer.locator("output").first).to_have_text("1.0 yuan")
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
