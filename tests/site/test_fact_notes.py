"""A cited number opens its note by keyboard, by touch and without a script, and prints with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from axe import violations
from reader import Reader
from test_pages import sideways

MakeReader = Callable[..., Reader]
PAGE = "book/spread.html"


def first_fact(page: Page) -> tuple[Locator, Locator]:
    """Return the first number and its note."""
    fact = page.locator("button.fact").first
    return fact, page.locator(f"#{fact.get_attribute('popovertarget')}")


def test_by_keyboard_a_note_opens_leads_on_and_closes(read: MakeReader) -> None:
    page = read().open(PAGE)
    fact, note = first_fact(page)
    expect(note).to_be_hidden()
    fact.focus()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    expect(note).to_contain_text("Philippon: Has the US Finance Industry Become Less Efficient?")
    page.keyboard.press("Tab")
    expect(note.get_by_role("link", name="All facts")).to_be_focused()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(fact).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False])
def test_by_touch_a_note_opens_and_closes(read: MakeReader, scripts: bool) -> None:
    phone = {"width": 360, "height": 700}
    page = read(viewport=phone, has_touch=True, java_script_enabled=scripts).open(PAGE)
    fact, note = first_fact(page)
    fact.tap()
    expect(note).to_be_in_viewport(ratio=1)
    sizes = [door.bounding_box() for door in note.locator(":is(a, button)").all()]
    assert [box for box in sizes if box is None or box["height"] < 44] == []
    note.get_by_role("button", name="Close").tap()
    expect(note).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_open_note_is_sound(read: MakeReader, theme: str) -> None:
    page = read(viewport={"width": 360, "height": 700}, color_scheme=theme).open(PAGE)
    fact, note = first_fact(page)
    fact.click()
    expect(note).to_be_visible()
    assert sideways(page) == 0
    assert violations(page) == []


def test_on_paper_the_notes_are_a_list_at_the_end(read: MakeReader) -> None:
    page = read().open(PAGE)
    fact, note = first_fact(page)
    page.emulate_media(media="print")
    expect(note).to_be_visible()
    expect(page.get_by_text("Numbers of this page and their sources")).to_be_visible()
    expect(note.get_by_role("button")).to_be_hidden()
    assert fact.evaluate("fact => getComputedStyle(fact).textDecorationLine") == "none"


def test_every_number_has_one_note_that_leads_to_its_row(read: MakeReader) -> None:
    page = read().open(PAGE)
    opens = {fact.get_attribute("popovertarget") for fact in page.locator("button.fact").all()}
    notes = [note.get_attribute("id") for note in page.locator(".fact-note").all()]
    assert sorted(notes, key=str) == sorted(opens, key=str)
    link = page.locator(".fact-note a").first
    assert link.get_attribute("href") == f"facts.html#{str(notes[0]).replace('about', 'fact')}"
