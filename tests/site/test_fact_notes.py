"""A number, a word and a citation open notes, beside them, by keyboard and by touch, on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from axe import violations
from reader import Reader
from test_pages import sideways

MakeReader = Callable[..., Reader]
PAGE = "book/spread.html"
PHONE = {"width": 360, "height": 700}
LOW = {"width": 320, "height": 200}  # a laptop's window at 400 %
# A note that is higher than its room scrolls, and shows that there is more.
UNSEEN = """each => each.scrollHeight > each.clientHeight + 1
  && !getComputedStyle(each).backgroundAttachment.includes("local")"""
KINDS = {"fact": "facts.html#fact-", "term": "glossary.html#term-", "cite": "references.html#id"}


def first(page: Page, kind: str = "fact") -> tuple[Locator, Locator]:
    """Return the first link of a kind and its note."""
    link = page.locator(f"a.{kind}").first
    return link, page.locator(str(link.get_attribute("href")))


def box(found: Locator) -> Any:
    """Return where something stands in the window."""
    return found.evaluate("each => each.getBoundingClientRect().toJSON()")


def test_by_keyboard_a_note_opens_leads_on_and_closes(read: MakeReader) -> None:
    page = read().open(PAGE)
    link, note = first(page)
    expect(note).to_be_hidden()
    for _ in range(2):
        link.focus()
        page.keyboard.press("Enter")
        expect(note).to_be_visible()
        expect(note).to_contain_text("Philippon (2015): Has the US Finance Industry")
        page.keyboard.press("Tab")
        expect(note.get_by_role("link", name="All facts")).to_be_focused()
        page.keyboard.press("Escape")
        expect(note).to_be_hidden()
        expect(link).to_be_focused()


def test_who_leaves_a_note_by_tab_goes_on_in_the_text(read: MakeReader) -> None:
    page = read().open(PAGE)
    link, note = first(page)
    link.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(note).to_be_hidden()
    expect(page.locator("a.cite").first).to_be_focused()


@pytest.mark.parametrize("kind", KINDS)
def test_in_a_wide_window_a_note_stands_in_the_margin_at_its_line(
    read: MakeReader, kind: str
) -> None:
    page = read(viewport={"width": 1280, "height": 720}).open(PAGE)
    link, note = first(page, kind)
    link.evaluate("each => each.scrollIntoView()")
    link.click()
    line, told = box(link), box(note)
    assert told["left"] >= box(page.locator("main"))["right"]
    assert told["right"] <= page.evaluate("document.documentElement.clientWidth")
    assert abs(told["top"] - line["top"]) < 1
    expect(note).to_be_in_viewport(ratio=1)
    beside = page.locator(".on-this-page.wide")  # in the same margin: never half covered
    expect(beside).to_be_hidden()
    page.keyboard.press("Escape")
    expect(beside).to_be_visible()


@pytest.mark.parametrize("window", [PHONE, {"width": 320, "height": 256}, LOW])
def test_in_a_narrow_window_each_note_stands_whole_beside_its_number(
    read: MakeReader, window: Any
) -> None:
    page = read(viewport=window).open(PAGE)
    for link in [page.locator(f"a.{kind}").nth(place) for kind in KINDS for place in (0, 4)]:
        note = page.locator(str(link.get_attribute("href")))
        link.evaluate("each => { each.scrollIntoView({ block: 'end' }); each.click(); }")
        expect(note).to_be_in_viewport(ratio=1)
        line, told = box(link), box(note)
        assert told["top"] - line["bottom"] < 6
        assert line["top"] - told["bottom"] < 6
        assert line["bottom"] > 0
        assert not note.evaluate(UNSEEN)
        assert sideways(page) == 0
        note.get_by_role("button").click()
        expect(note).to_be_hidden()


def test_by_touch_a_note_opens_and_closes(read: MakeReader) -> None:
    page = read(viewport=PHONE, has_touch=True).open(PAGE)
    link, note = first(page)
    link.tap()
    expect(note).to_be_in_viewport(ratio=1)
    doors = [door.bounding_box() for door in note.locator(":is(a, button)").all()]
    assert len(doors) == 2
    assert [door for door in doors if door is None or door["height"] < 44] == []
    note.get_by_role("button", name="Close").tap()
    expect(note).to_be_hidden()


def test_without_a_script_a_link_leads_to_its_note_in_the_list(read: MakeReader) -> None:
    page = read(java_script_enabled=False).open(PAGE)
    link, note = first(page, "term")
    link.click()
    expect(note).to_be_in_viewport()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_open_note_is_sound(read: MakeReader, theme: str) -> None:
    page = read(viewport=PHONE, color_scheme=theme).open(PAGE)
    link, note = first(page, "term")
    link.click()
    expect(note).to_be_visible()
    assert sideways(page) == 0
    assert violations(page) == []


def test_on_paper_the_notes_are_a_list_at_the_end(read: MakeReader) -> None:
    page = read().open(PAGE)
    link, note = first(page)
    link.click()
    note.get_by_role("button").click()
    page.emulate_media(media="print")
    expect(note).to_be_visible()
    expect(page.get_by_text("Notes: numbers, words and sources of this page")).to_be_visible()
    expect(note.locator("button")).to_be_hidden()
    assert link.evaluate("link => getComputedStyle(link).textDecorationLine") == "none"


def test_every_link_has_one_note_that_leads_to_its_list(read: MakeReader) -> None:
    page = read().open(PAGE)
    wanted = "links => [...new Set(links.map(link => link.hash))].sort()"
    opens = page.locator(", ".join(f"a.{kind}" for kind in KINDS)).evaluate_all(wanted)
    ids = "all => all.map(each => `#${each.id}`).sort()"
    notes = page.locator(".notes > div").evaluate_all(ids)
    assert notes == opens
    for kind, place in KINDS.items():
        _, note = first(page, kind)
        assert str(note.locator("a").get_attribute("href")).startswith(place)


def test_a_term_is_linked_once_a_chapter_with_its_chinese_name(read: MakeReader) -> None:
    page = read().open(PAGE)
    names = page.locator("a.term").evaluate_all("all => all.map(each => each.hash)")
    assert len(names) > 15
    assert len(names) == len(set(names))
    barred = ":is(h1, h2, h3, code, pre, table, form, figure, .ruling, .question) a.term"
    assert page.locator(barred).count() == 0
    _, note = first(page, "term")
    assert note.locator("[lang=zh]").inner_text()
