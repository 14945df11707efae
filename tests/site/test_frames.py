"""A page in a frame of another host, which may forbid it to copy, to save, and more."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from axe import violations
from built import Built, explorers
from reader import EXPLORING, Reader, serving, until

FRAME = """<!doctype html><html lang="en"><title>Platform</title><link rel="icon" href="data:,">
<h1>Platform</h1><iframe title="Book" src="{}" {} width="700" height="900"></iframe>"""
WAYS = {
    "an ordinary frame": "",
    "no downloads": 'sandbox="allow-scripts allow-same-origin"',
    "no origin": 'sandbox="allow-scripts"',
}


class Platform:
    """Another host, whose page shows one explorer of the book in a frame."""

    def __init__(self, host: Path, book: str, port: int, built: Built) -> None:
        self.host, self.built, self.port = host, built, port
        self.source = f"{book}{built.page}?embed={built.name}"

    def page(self, way: str) -> str:
        text = FRAME.format(self.source, way)
        (self.host / "page.html").write_text(text, encoding="utf-8")
        return f"http://localhost:{self.port}/page.html"  # the book's host is 127.0.0.1

    @property
    def link(self) -> str:
        """Return the address of the state at the far end of the first control."""
        return f"{self.source}{self.built.link(self.far)}"

    @property
    def far(self) -> tuple[int, ...]:
        return (self.built.shape[0] - 1, *self.built.default[1:])


@pytest.fixture(params=EXPLORING[1:2])
def platform(request: pytest.FixtureRequest, site: Path, tmp_path: Path) -> Iterator[Platform]:
    built = next(built for built in explorers(site, request.param) if built.axes)
    with serving(site) as book, serving(tmp_path) as host:
        yield Platform(tmp_path, book.url(""), host.port, built)


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Reader]:
    reader = Reader(chromium, "")  # two hosts
    yield reader
    reader.leave()


def at_the_far_end(page: Page, built: Built) -> Locator:
    frame: FrameLocator = page.frame_locator("iframe")
    explorer = frame.locator(f'model-explorer[id="{built.name}"]')
    explorer.locator(".mx-control input[type=range]").first.press("End")
    return explorer


def test_a_state_in_a_frame_leaves_the_page_around_it_where_it_is(
    reader: Reader, platform: Platform
) -> None:
    tall = FRAME.replace("<iframe", '<p style="height: 1500px">Before.</p><iframe')
    text = tall.format(platform.link, "")
    (platform.host / "page.html").write_text(text, encoding="utf-8")
    page = reader.open(f"http://localhost:{platform.port}/page.html")
    explorer = page.frame_locator("iframe").locator(f'model-explorer[id="{platform.built.name}"]')
    slider = explorer.locator(".mx-control input[type=range]").first
    expect(slider).to_have_value(str(platform.far[0]))
    assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize("way", WAYS)
def test_a_link_that_cannot_be_copied_is_offered(
    reader: Reader, platform: Platform, way: str
) -> None:
    page = reader.open(platform.page(WAYS[way]))
    explorer = at_the_far_end(page, platform.built)
    explorer.locator(".mx-link").click()
    said, field = explorer.locator(".mx-message"), explorer.locator(".mx-offer")
    expect(said).to_contain_text("Your browser lets this page copy nothing.")
    expect(field).to_have_value(platform.link)
    taken = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert field.evaluate(taken) == platform.link
    expect(field).to_be_focused()
    explorer.locator(".mx-control input[type=range]").first.press("Home")
    expect(field).to_have_count(0)  # the link would be that of another state
    expect(said).to_be_empty()


@pytest.mark.parametrize("way", WAYS)
def test_numbers_that_may_not_be_saved_are_offered(
    reader: Reader, platform: Platform, way: str
) -> None:
    page = reader.open(platform.page(WAYS[way]))
    built = platform.built
    explorer = at_the_far_end(page, built)
    explorer.locator(".mx-csv").first.click()
    expect(explorer.locator(".mx-message")).to_contain_text("If no file comes")
    field = explorer.locator(".mx-offer")
    rows = list(csv.reader(io.StringIO(field.input_value())))
    table = built.tables[built.index(platform.far)]
    numbers = [row for row in rows if not row[0].startswith("# ")]
    assert numbers[: len(table)] == [[str(cell) for cell in row] for row in table]
    if way == "an ordinary frame":
        inside = page.frames[1]
        assert inside.evaluate("document.activeElement.className") == "mx-offer"
        assert inside.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_offered_is_accessible(reader: Reader, platform: Platform) -> None:
    alone = reader.open(platform.source)
    alone.evaluate(
        """name => document.getElementById(name).offer("1,2", "Take them from here:", "Numbers")""",
        platform.built.name,
    )
    expect(alone.get_by_role("textbox", name="Numbers")).to_be_focused()
    assert violations(alone, "model-explorer.mx-kept") == []


HEIGHTS = """addEventListener("message", ({data}) => {
  if (data.type === "model-explorer-height") (window.told ??= []).push(data);
});"""


def test_the_page_around_is_told_how_high_the_frame_would_be(
    reader: Reader, platform: Platform
) -> None:
    reader.context.add_init_script(HEIGHTS)
    page = reader.open(platform.page(""))
    until(page, "window.told")
    told = page.evaluate("told.at(-1)")
    inside = page.frames[1]
    assert told["id"] == platform.built.name
    height = "Math.ceil(document.documentElement.getBoundingClientRect().height)"
    assert told["height"] == inside.evaluate(height)
    page.locator("iframe").evaluate("(frame, height) => { frame.height = height; }", told["height"])
    until(inside, "height => innerHeight === height", told["height"])
    assert inside.evaluate("document.documentElement.scrollHeight <= innerHeight")
    inside.locator("model-explorer.mx-kept summary").click()
    until(page, "height => told.at(-1).height > height", told["height"])


@pytest.mark.parametrize("platform", EXPLORING[:2], indirect=True)
def test_an_explorer_alone_has_its_title_and_names_its_source(
    reader: Reader, platform: Platform
) -> None:
    alone = reader.open(platform.source)
    title, source = alone.locator(":is(figcaption, .mx-title):visible"), alone.locator(".mx-source")
    expect(title).to_have_count(1)
    expect(title).not_to_be_empty()
    expect(source).to_contain_text("CC BY 4.0")
    link = source.locator("a")
    expect(link).to_contain_text("edition")
    assert str(link.get_attribute("href")).endswith(f"{platform.built.page}#{platform.built.name}")
    boxes = [each.bounding_box() for each in (title, alone.locator(".mx-picture:visible"), source)]
    tops = [box["y"] for box in boxes if box]
    assert tops == sorted(tops)
    assert len(tops) == 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_around_may_choose_light_or_dark(
    chromium: Browser, platform: Platform, theme: str
) -> None:
    other = {"light": "dark", "dark": "light"}[theme]
    reader = Reader(chromium, "", color_scheme=other)
    shown = "document.documentElement.dataset.theme"
    assert reader.open(platform.source).evaluate(shown) == other
    assert reader.open(f"{platform.source}&theme={theme}").evaluate(shown) == theme
    assert reader.open(platform.source).evaluate(shown) == other  # asked for once, not chosen
    reader.leave()


def test_a_frame_that_names_no_explorer_says_so(reader: Reader, platform: Platform) -> None:
    page = reader.open(platform.source.replace(platform.built.name, "nowhere"))
    expect(page.locator(".mx-banner")).to_contain_text("asks for “nowhere” alone")
    expect(page.locator(".mx-banner")).to_be_in_viewport(ratio=1)
    expect(page.locator("h1")).to_be_visible()


def test_where_the_page_stands_alone_it_says_what_it_asked_for(
    reader: Reader, platform: Platform
) -> None:
    page = reader.open(platform.source)
    explorer = page.locator(f'model-explorer[id="{platform.built.name}"]')
    with page.expect_download() as download:
        explorer.locator(".mx-csv").first.click()
    name = download.value.suggested_filename
    expect(explorer.locator(".mx-message")).to_contain_text(f"asked to save {name}.")
    expect(explorer.locator(".mx-offer")).to_have_count(0)
