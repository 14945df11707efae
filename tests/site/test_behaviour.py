"""What a reader does around the text: change the theme, open the contents."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from reader import NO_STORAGE, OURS, Reader, until

MakeReader = Callable[..., Reader]
THEME = "document.documentElement.dataset.theme"
KEY = f"{OURS}theme"


def test_the_theme_follows_the_system_until_one_is_chosen(read: MakeReader) -> None:
    page = read(color_scheme="light").open("book/reading.html")
    assert page.evaluate(THEME) == "light"
    page.emulate_media(color_scheme="dark")
    until(page, f"{THEME} === 'dark'")
    page.locator(".theme-button").click()
    assert page.evaluate(THEME) == "light"
    page.emulate_media(color_scheme="light")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(THEME) == "light"


def test_the_theme_changes_where_storage_is_blocked(read: MakeReader) -> None:
    reader = read(color_scheme="light")
    reader.context.add_init_script(NO_STORAGE)
    page = reader.open("book/index.html")
    page.locator(".theme-button").click()
    assert page.evaluate(THEME) == "dark"
    assert reader.problems == []


def test_a_chosen_theme_stays(read: MakeReader) -> None:
    reader = read(color_scheme="light")
    page = reader.open("book/reading.html")
    button = page.locator(".theme-button")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.reload()
    assert page.evaluate(THEME) == "dark"
    assert reader.open("book/spread.html").evaluate(THEME) == "dark"


@pytest.mark.parametrize("key", [KEY, "theme"])
def test_a_stored_word_that_is_no_theme_of_ours_is_none(read: MakeReader, key: str) -> None:
    """Other books lie on the same host, and some keep their theme under "theme"."""
    page = read(color_scheme="dark").open("book/reading.html")
    for word in ("auto", "system", "Dark", '"dark"', "true", "undefined", ""):
        page.emulate_media(color_scheme="dark")
        page.evaluate("([key, word]) => localStorage.setItem(key, word)", [key, word])
        page.reload()
        assert page.evaluate(THEME) == "dark", word
        page.emulate_media(color_scheme="light")
        until(page, f"{THEME} === 'light'")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_of_another_book_is_not_taken(read: MakeReader, theme: str) -> None:
    page = read(color_scheme="dark" if theme == "light" else "light").open("book/reading.html")
    page.evaluate("theme => localStorage.setItem('theme', theme)", theme)
    page.reload()
    assert page.evaluate(THEME) != theme


def test_every_stored_word_bears_the_name_of_the_book(read: MakeReader) -> None:
    page = read().open("book/spread.html")
    page.locator(".theme-button").click()
    for verdict in page.locator("form[data-when=before] .own-verdict").all():
        verdict.locator("input").first.check()
    keys = page.evaluate("Object.keys(localStorage)")
    assert len(keys) > 1
    assert [key for key in keys if not f"{key}:".startswith(OURS)] == []


def test_a_theme_in_the_address_is_for_files_alone(read: MakeReader) -> None:
    """A link on the web must not change what the reader sees of the book."""
    page = read(color_scheme="light").open("book/reading.html?theme=dark")
    assert page.evaluate(THEME) == "light"


def test_a_chosen_theme_stays_for_files(read_file: Reader) -> None:
    page = read_file.open("book/reading.html")
    page.locator(".theme-button").click()
    assert read_file.open("book/spread.html").evaluate(THEME) == "dark"


def test_contents_open_and_close_on_a_phone(read: MakeReader) -> None:
    page = read(viewport={"width": 360, "height": 700}).open("book/spread.html")
    contents = page.locator("#contents")
    button = page.get_by_role("button", name="Contents of the book", exact=True)
    expect(contents).to_be_hidden()
    button.click()
    expect(contents).to_be_visible()
    expect(contents.locator("a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(contents).to_be_hidden()
    expect(button).to_be_focused()


def test_things_to_touch_are_large_enough(read: MakeReader) -> None:
    page = read(viewport={"width": 360, "height": 700}, has_touch=True).open("book/spread.html")
    page.locator(".menu-button").click()
    targets = page.locator(".topbar :is(a, button):visible, #contents a, .prev-next a")
    sizes = {target.inner_text(): target.bounding_box() for target in targets.all()}
    assert sizes
    assert [name for name, box in sizes.items() if box is None or box["height"] < 44] == []


def test_the_keyboard_reaches_the_text_first(read: MakeReader) -> None:
    page = read().open("book/spread.html")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()
