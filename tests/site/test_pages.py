"""Every page, as a reader meets it: in both themes, on a desk and on a phone, over http and file://."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from reader import PAGES, Reader, Server

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
MOST_REQUESTS = 25
HEAVIEST_VISIT = 350_000  # bytes, compressed
HEAVIEST_SHELL = 120_000  # of these, for what all pages share

MakeReader = Callable[..., Reader]


def sideways(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return max(0, width)


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound(read: MakeReader, name: str, width: int, theme: str) -> None:
    reader = read(viewport={"width": width, "height": 800}, color_scheme=theme)
    page = reader.open(name)
    assert page.evaluate("document.documentElement.dataset.theme") == theme
    assert sideways(page) == 0
    assert violations(page) == []
    assert reader.problems == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_as_a_file(read_file: Reader, name: str) -> None:
    page = read_file.open(name)
    assert page.locator("h1").count() == 1
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family)"
    )
    assert any("Book Sans" in family for family in loaded)
    assert read_file.problems == []


@pytest.mark.parametrize("name", PAGES)
def test_a_first_visit_is_light(read: MakeReader, server: Server, name: str) -> None:
    read().open(name)
    weights = {path: server.weight(path) for path in server.asked}
    own = weights.pop(f"/{name}")
    shell = sum(weight for path, weight in weights.items() if "/_static/" in path)
    assert len(server.asked) <= MOST_REQUESTS, server.asked
    assert shell <= HEAVIEST_SHELL, weights
    assert own + sum(weights.values()) <= HEAVIEST_VISIT, weights


def test_the_site_opens_at_its_root(read: MakeReader) -> None:
    page = read().open("")
    page.wait_for_url("**/book/index.html")
    assert page.locator("h1").inner_text()


@pytest.mark.parametrize("name", PAGES)
def test_formulas_are_mathml(read: MakeReader, site: Path, name: str) -> None:
    assert "mathjax" not in (site / name).read_text(encoding="utf-8").lower()
    page = read().open(name)
    prose = page.evaluate(
        """() => { const copy = document.querySelector("main").cloneNode(true);
                   copy.querySelectorAll("pre, code, math").forEach(part => part.remove());
                   return copy.textContent; }"""
    )
    assert re.findall(r"\$\$?[^$]+\$|\\[a-zA-Z]+", prose) == []


def test_a_number_stands_beside_its_equation_and_is_linked(site: Path) -> None:
    """The first chapter's break-even rate is the equation that others refer to."""
    html = (site / "book" / "spread.html").read_text(encoding="utf-8")
    labels = re.findall(r'<div class="math" id="([^"]+)">\s*<math display="block">', html)
    numbers = re.findall(r'<span class="eqno">\((\d+)\)', html)
    assert labels
    assert len(labels) == len(set(numbers))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_without_scripts_the_page_still_reads(read: MakeReader, theme: str) -> None:
    page = read(java_script_enabled=False, color_scheme=theme).open("book/reading.html")
    ground = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert ground == {"light": "rgb(255, 253, 248)", "dark": "rgb(21, 24, 28)"}[theme]
    assert page.locator("#contents").is_visible()
    assert page.locator(".theme-button").is_hidden()


@pytest.mark.parametrize("name", PAGES)
def test_on_paper_there_is_the_text_alone(read: MakeReader, name: str) -> None:
    page = read(color_scheme="dark").open(name)
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    for part in (".topbar", "#contents", ".on-this-page", ".prev-next"):
        assert not any(found.is_visible() for found in page.locator(part).all()), part
    ground = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    assert page.pdf(format="A4", prefer_css_page_size=True).startswith(b"%PDF")
