"""The core path: its minutes, its explorers, what goes deeper, and how much is shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from docutils import nodes
from playwright.sync_api import Page, expect

from bookkit.directives.core_path import fold_rungs
from bookkit.page.html_tag import Tag
from bookkit.page.minutes import minutes
from reader import EXPLORING, NO_STORAGE, OPEN_DEEPER, OURS, PAGES, Reader, until

MakeReader = Callable[..., Reader]
CHAPTERS = [page for page in EXPLORING if page != PAGES[0]]
DEEPER = "section[id^='go-deeper'] > .deeper"
# What a sentence says with a formula or a Greek letter.
SYMBOLS = """() => {
  const apart = "#exercises, #parameters, .notes, .rung, pre, svg, model-explorer";
  const words = [...document.querySelectorAll("main :is(p, li, td, h2, h3, figcaption)")]
    .filter((each) => each.checkVisibility() && !each.closest(apart));
  const symbol = (each) => each.querySelector("math") || /[\\u0391-\\u03c9]/.test(each.innerText);
  return words.filter(symbol).map((each) => each.innerText.slice(0, 200));
}"""
PHONE = {"width": 360, "height": 740}


def as_found(read: MakeReader, page: str = "book/spread.html", **options: object) -> Page:
    """Open a page, and leave folded what is."""
    return read(**options).open(page, deeper=False)


def shown(page: Page, what: str) -> bool:
    """Tell whether all of something is shown, or none."""
    (seen,) = {bool(each.evaluate("e => e.checkVisibility()")) for each in page.locator(what).all()}
    return seen


def picture(name: str, states: int) -> nodes.raw:
    return nodes.raw("", f'<model-explorer id="{name}" data-states="{states}">', format="html")


def test_minutes_are_counted_by_the_rule() -> None:
    told = nodes.paragraph("", "word " * 500)
    code = nodes.literal_block("", "word " * 500)
    equation = nodes.math_block("", "a + b")
    assert minutes([nodes.section("", told, code)], []) == 3
    assert minutes([nodes.section("", told, equation)], []) == 3
    assert minutes([nodes.section("", told, equation, equation)], []) == 4
    played, other = picture("played", 60), picture("other", 60)
    assert minutes([nodes.section("", played, other)], ["played"]) == 4
    assert minutes([nodes.section("")], []) == 1


def test_what_names_an_equation_s_symbols_is_folded_with_it() -> None:
    symbols, other = (nodes.container("", classes=[each]) for each in ("symbols", "other"))
    first, second, third = (nodes.math_block("", each) for each in "abc")
    section = nodes.section("", symbols, nodes.target(), first, second, other, third)
    fold_rungs(section)
    folds = [[*each.findall(nodes.container)] for each in section if isinstance(each, Tag)]
    assert folds == [[symbols], [], []]
    assert other.parent is section


@pytest.mark.parametrize("address", CHAPTERS)
def test_the_page_tells_its_path_and_how_long_it_takes(site: Path, address: str) -> None:
    page = (site / address).read_text("utf-8")
    (path,) = re.findall(r"The core path takes about (\d+) minutes", page)
    contents = page[page.index('<aside class="on-this-page wide"') :]
    beside = dict(
        re.findall(r'href="#([^"]+)">[^<]*<span class="minutes">([^<]+)</span>', contents)
    )
    told = re.findall(
        r'<section id="([^"]+)">\n<h2>', page.partition('<section id="check-yourself')[0]
    )
    assert list(beside) == told
    core = [name for name in told if not name.startswith("go-deeper")]
    opening = int(path) - sum(int(beside[name].removesuffix(" min")) for name in core)
    assert 1 <= opening <= 4
    assert all(beside[name].startswith("+") for name in told if name not in core)
    marks = re.findall(r'<p class="core-mark">([^<]*)</p>', page)
    assert marks == [f"Core path: explorer {n} of {len(marks)}" for n in range(1, len(marks) + 1)]
    assert len(marks) == 2


def test_what_goes_deeper_is_folded_and_opens(read: MakeReader) -> None:
    page = as_found(read)
    first = page.locator(DEEPER).first
    button = page.get_by_role("button", name="Read it here").first
    assert first.get_attribute("hidden") == "until-found"
    expect(page.get_by_text(re.compile(r"Off the core path, \d+ minutes?\.")).first).to_be_visible()
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(first.locator("p").first).to_be_visible()
    button.press("Enter")
    assert first.get_attribute("hidden") == "until-found"
    page.locator(".deeper-way a").first.click()
    expect(page.locator("#verdict h2")).to_be_in_viewport()
    page.locator("aside.wide a[href^='#go-deeper']").first.click()
    expect(first.locator("p").first).to_be_in_viewport()
    expect(page.locator(DEEPER).nth(1).locator("p").first).to_be_hidden()
    page.reload()  # what was open is open again, and nothing else
    expect(first.locator("p").first).to_be_visible()
    expect(page.locator(DEEPER).nth(1).locator("p").first).to_be_hidden()


def test_what_leads_into_what_is_folded_opens_it(read: MakeReader) -> None:
    page = as_found(read, "book/spread.html#turned-away")
    expect(page.locator("#turned-away .mx-picture")).to_be_in_viewport()
    expect(page.locator("#true-price")).to_be_hidden()
    page.evaluate("location.hash = 'fig-true-price'")
    expect(page.locator("#fig-true-price")).to_be_in_viewport()
    page = as_found(read, "book/spread.html?embed=turned-away")
    expect(page.locator("#turned-away .mx-picture")).to_be_in_viewport()


@pytest.mark.parametrize(("level", "equations", "code"), [
    ("words", False, False), ("with algebra", True, False), ("with code", True, True),
])  # fmt: skip
def test_paper_has_what_the_reader_s_level_shows(
    read: MakeReader, level: str, equations: bool, code: bool
) -> None:
    page = as_found(read)
    page.get_by_label(level, exact=True).check()
    page.emulate_media(media="print")
    assert shown(page, f"{DEEPER} > p")
    assert shown(page, "[data-rung=algebra] div.math") is equations
    assert shown(page, "[data-rung=code] pre") is code
    assert not shown(page, ".rung > summary")


def test_without_scripts_nothing_goes_missing(read: MakeReader) -> None:
    page = as_found(read, java_script_enabled=False)
    expect(page.locator(f"{DEEPER} p").first).to_be_visible()
    expect(page.locator("div.math").first).to_be_visible()
    expect(page.locator(".levels")).to_be_hidden()


def test_the_level_folds_and_is_remembered(read: MakeReader) -> None:
    reader = read()
    page = reader.open("book/spread.html", deeper=False)
    algebra, code = "section:not([id^=go-deeper]) > .rung div.math", ".rung pre"
    expect(page.get_by_label("with algebra", exact=True)).to_be_checked()
    assert (shown(page, algebra), shown(page, code)) == (True, False)
    expect(page.locator(".rung[data-rung=algebra] > summary").first).to_be_hidden()
    page.get_by_label("words", exact=True).check()
    assert (shown(page, algebra), shown(page, code)) == (False, False)
    expect(page.locator(".rung[data-rung=algebra] > summary").first).to_be_visible()
    page.reload()
    assert (shown(page, algebra), shown(page, code)) == (False, False)
    page.evaluate("location.hash = 'equation-eq-spread-parts'")
    expect(page.locator("#equation-eq-spread-parts math")).to_be_in_viewport()
    other = reader.open("book/scoring.html", deeper=False)
    expect(other.get_by_label("words", exact=True)).to_be_checked()
    other.get_by_label("with code", exact=True).check()
    until(page, "document.documentElement.dataset.level === 'code'")
    assert (shown(page, algebra), shown(page, code)) == (True, True)
    assert page.evaluate(f"localStorage.getItem('{OURS}level')") == "code"
    assert reader.problems == []


@pytest.mark.parametrize("address", CHAPTERS)
def test_words_need_no_symbols(read: MakeReader, address: str) -> None:
    """Exercises and the list of parameters say what their symbols are."""
    page = as_found(read, address)
    page.get_by_label("words", exact=True).check()
    page.evaluate(OPEN_DEEPER)
    assert page.evaluate(SYMBOLS) == []


def test_the_level_changes_where_storage_is_blocked(read: MakeReader) -> None:
    reader = read()
    reader.context.add_init_script(NO_STORAGE)
    page = reader.open("book/spread.html", deeper=False)
    page.get_by_label("with code", exact=True).check()
    assert shown(page, ".rung pre")
    assert reader.problems == []


def test_on_this_page_marks_where_one_is(read: MakeReader) -> None:
    page = as_found(read)
    marked = page.locator("aside.wide a[aria-current]")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # of quick keys one may be lost
    expect(marked).to_have_text("Further reading")
    page.evaluate("scrollTo(0, 0)")
    expect(marked).to_have_count(0)
    page.locator("aside.wide a[href='#verdict']").click()
    expect(marked).to_contain_text("Verdict")


def test_on_a_phone_the_page_s_contents_are_at_hand(read: MakeReader) -> None:
    page = as_found(read, viewport=PHONE)
    places = page.locator("#contents .here")
    page.keyboard.press("End")
    page.locator(".menu-button").dispatch_event("click")  # a click of playwright's own scrolls
    expect(places.locator("[aria-current]")).to_have_text("Further reading")
    places.get_by_role("link", name="Takeaways").click()
    expect(places).to_be_hidden()
    expect(page.locator("#takeaways h2")).to_be_in_viewport()
    page.locator(".menu-button").click()
    places.get_by_role("link", name="Top of the page").click()
    expect(page.locator("h1")).to_be_in_viewport()
