"""Every page, as a reader meets it: in both themes, on a desk and on a phone, over http and file://."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from axe import SEEN, violations
from cut import cut
from reader import EXPLORING, PAGES, Reader, Server

DESK, PHONE = 1280, 360  # pixels wide
SHELL = (EXPLORING[0], "search.html")  # the two kinds of page: what surrounds the text is one
RAW = re.compile(
    r"(?<!\w)\$\$?(?!US\b|\d)[^\s$][^$\n]*\$(?!\d)|\\[a-zA-Z]+"
)  # a formula; US$5 is none
MOST_REQUESTS = 20
HEAVIEST_VISIT = 250_000  # bytes, compressed
HEAVIEST_SHELL = 120_000  # of these, for what all pages share

MakeReader = Callable[..., Reader]


def sideways(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return max(0, width)


@pytest.mark.parametrize(("theme", "width"), [("light", DESK), ("dark", PHONE)])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_sound(
    read: MakeReader, request: pytest.FixtureRequest, address: str, width: int, theme: str
) -> None:
    """By all rules; in the short suite a phone asks only what is seen, and all where `SHELL` is."""
    reader = read(viewport={"width": width, "height": 800}, color_scheme=theme)
    page = reader.open(address)
    assert page.evaluate("document.documentElement.dataset.theme") == theme
    short = request.config.getoption("--sample") and width == PHONE and address not in SHELL
    assert violations(page, rules=SEEN if short else None) == []
    assert sideways(page) == 0
    page.set_viewport_size({"width": DESK + PHONE - width, "height": 800})
    assert sideways(page) == 0
    if width == DESK:  # and now a phone: what is cut is so in all themes
        assert cut(page) == []
        page.set_viewport_size({"width": DESK, "height": 800})
        assert cut(page) == []
    assert reader.problems == []


@pytest.mark.parametrize("address", [*SHELL, "book/my-book.html", "book/notation.html"])
def test_a_page_is_sound_in_a_contrast_theme(read: MakeReader, address: str) -> None:
    page = read(forced_colors="active", viewport={"width": PHONE, "height": 800}).open(address)
    assert violations(page) == []


def test_bars_of_colour_stay_in_a_contrast_theme(read: MakeReader) -> None:
    page = read(forced_colors="active").open(EXPLORING[1])
    bar = "e => getComputedStyle(e, '::before').{}"
    ground = page.locator(".core-mark").first.evaluate(bar.format("backgroundColor"))
    canvas = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    assert ground not in (canvas, "rgba(0, 0, 0, 0)")
    assert "gradient" in page.locator("h1").evaluate(bar.format("backgroundImage"))
    assert page.locator("h1").evaluate(bar.format("forcedColorAdjust")) == "none"


@pytest.mark.parametrize("address", PAGES)
def test_a_page_opens_as_a_file(read_file: Reader, address: str) -> None:
    page = read_file.open(address)
    assert page.locator("h1").count() == 1
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family)"
    )
    assert any("Book Sans" in family for family in loaded)
    assert read_file.problems == []


@pytest.mark.parametrize("address", PAGES)
def test_a_first_visit_is_light(read: MakeReader, server: Server, address: str) -> None:
    read().open(address, until="networkidle")
    weights = {path: server.weight(path) for path in server.asked}
    own = weights.pop(f"/{address}")
    shell = sum(weight for path, weight in weights.items() if "/_static/" in path)
    assert len(server.asked) <= MOST_REQUESTS, server.asked
    assert shell <= HEAVIEST_SHELL, weights
    assert own + sum(weights.values()) <= HEAVIEST_VISIT, weights


def test_the_site_opens_at_its_root(read: MakeReader) -> None:
    page = read().open("")
    page.wait_for_url("**/book/index.html")
    assert page.locator("h1").inner_text()


@pytest.mark.parametrize("name", PAGES)
def test_formulas_are_mathml(site: Path, name: str) -> None:
    html = (site / name).read_text(encoding="utf-8")
    assert "mathjax" not in html.lower()
    prose = BeautifulSoup(html, "html.parser").main
    assert prose is not None
    for part in prose.find_all(["pre", "code", "math", "script", "style"]):
        part.decompose()
    assert RAW.findall(prose.get_text()) == []


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


# What is wider than a sheet or than a box that would scroll; links whose letters leave the line.
CUT = """() => {
  document.documentElement.classList.add("with-answers");
  for (const fold of document.querySelectorAll("article details")) fold.open = true;
  const right = document.querySelector("article").getBoundingClientRect().right + 1;
  const found = [];
  for (const part of document.querySelectorAll("article :is(div, table, pre, math, p, figure)")) {
    const style = getComputedStyle(part), wide = part.scrollWidth > part.clientWidth + 1;
    if (part.getClientRects().length && !part.closest("svg") && style.position !== "absolute"
        && (part.getBoundingClientRect().right > right || style.overflowX !== "visible" && wide))
      found.push(part.textContent.slice(0, 80));
  }
  for (const link of document.querySelectorAll(".fact, .term, .cite"))
    if (getComputedStyle(link).paddingTop !== "0px") found.push(link.textContent);
  return found;
}"""


@pytest.mark.parametrize("address", PAGES)
def test_on_paper_there_is_the_text_alone(read: MakeReader, address: str) -> None:
    page = read(color_scheme="dark").open(address)
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    parts = (".topbar", "#contents", ".on-this-page", ".prev-next", ".printing", "details.hide")
    for part in parts:
        assert not any(found.is_visible() for found in page.locator(part).all()), part
    ground = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    page.set_viewport_size({"width": 642, "height": 986})  # of the text on a sheet
    assert page.evaluate(CUT) == []
    assert page.pdf(format="A4", prefer_css_page_size=True).startswith(b"%PDF")


@pytest.mark.parametrize("address", EXPLORING[1:])
def test_on_paper_a_question_stands_with_its_answer(read: MakeReader, address: str) -> None:
    """So do a heading and the notes under it; across all columns it would stand alone."""
    page = read().open(address)
    page.emulate_media(media="print")
    leading = page.locator("#exercises > :has(+ .sd-dropdown), .notes-title")
    after = "all => all.map(each => getComputedStyle(each)).map(s => s.breakAfter + s.columnSpan)"
    assert set(leading.evaluate_all(after)) == {"avoidnone"}


def test_paper_has_answers_if_asked_for(read: MakeReader) -> None:
    """A chapter's own switch; a question of an explorer and its reply are both absent."""
    page = read().open(EXPLORING[1])
    answers = page.locator("form.quiz > details li, .ruling, #exercises details p")
    page.emulate_media(media="print")
    assert answers.count()
    assert not any(answer.is_visible() for answer in answers.all())
    absent = page.locator(".mx-guess, .own-verdict .quiz-told")
    assert not any(part.is_visible() for part in absent.all())
    page.emulate_media(media="screen")
    page.get_by_label("With answers, solutions and verdicts").check()
    page.emulate_media(media="print")
    assert answers.first.is_visible()
    assert answers.last.is_visible()
