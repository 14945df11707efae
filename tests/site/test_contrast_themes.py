"""Pages where the system paints them in its own few colours, as people with low vision set it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from reader import EXPLORING, OURS, PAGES, Reader, until
from test_explorers import CONTRASTS

MakeReader = Callable[..., Reader]
KEY = f"{OURS}theme"
THEMES = [("dark", None), ("light", None)]
CHOSEN = [pytest.param(*each, marks=pytest.mark.engine)
          for each in (("dark", "light"), ("light", "dark"))]  # fmt: skip
# What is seen of a part without its colours, for a contrast theme changes them or has few.
SHAPE = """(part, before) => {
  const style = getComputedStyle(part, before ? "::before" : null);
  const sign = getComputedStyle(part, "::before").content;
  return [style.borderWidth, style.borderTopStyle, style.textDecorationLine, sign].join(" ");
}"""

# Every text of the page whose contrast to what it stands on is less than 4.5.
FAINT = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => parts(colour).slice(0, 3).map((part) => part / 255)
    .map((part) => part <= 0.04 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, k) => sum + part * [0.2126, 0.7152, 0.0722][k], 0.05);
  const fill = (part) => getComputedStyle(part).backgroundColor;
  const plate = (part) => getComputedStyle(part).forcedColorAdjust === "auto";  // paper under words
  const ground = (part) => !part ? fill(document.documentElement)
    : (parts(fill(part))[3] ?? 1) > 0.5 ? fill(part) : ground(part.parentElement);
  const written = [...document.querySelectorAll("body :not(svg *)")].filter((part) =>
    part.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && [...part.childNodes].some((text) => text.nodeType === 3 && text.textContent.trim()));
  return written.filter((part) => {
    const both = [part, plate(part) ? document.body : part].map(ground).map(light);
    const word = light(getComputedStyle(part).color);
    return both.some((one) => Math.max(one, word) / Math.min(one, word) < 4.5);
  }).map((part) => `${part.localName}.${part.className}: ${part.textContent.slice(0, 40)}`);
}"""
# What can be reached by keyboard and does not show it, by itself or by what is around it.
UNSHOWN = """() => {
  const ring = (part, at) => part && getComputedStyle(part, at).outlineStyle !== "none";
  const seen = (part) => (ring(part) && part.checkVisibility({ opacityProperty: true }))
    || ring(part.closest("label")) || ring(part.closest(".mx-control"), "::after");
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((part) => part.checkVisibility({ visibilityProperty: true }));
  return stops.filter((part) => {
    part.focus({ preventScroll: true });
    return document.activeElement === part && !seen(part);
  }).map((part) => part.outerHTML.slice(0, 80));
}"""
# What a reader can do to a page, so that all its words are there.
BRING = """() => {
  document.querySelectorAll("main details").forEach((fold) => { fold.open = true; });
  document.querySelectorAll(".station.open").forEach((each) => each.classList.add("finished"));
  document.querySelectorAll(".to-finale button").forEach((each) => each.classList.add("ready"));
}"""


def painted(read: MakeReader, address: str, system: str, chosen: str | None) -> Page:
    """Open a page in a contrast theme, where the reader once chose a theme of the book."""
    reader = read(
        color_scheme=system, forced_colors="active", viewport={"width": 1366, "height": 768}
    )
    if chosen:
        reader.context.add_init_script(f"localStorage.setItem('{KEY}', '{chosen}')")
    return reader.open(address)


def shape(part: Locator, before: bool = False) -> str:
    return str(part.evaluate(SHAPE, before))


@pytest.mark.parametrize(("system", "chosen"), [*THEMES, *CHOSEN])
@pytest.mark.parametrize("address", EXPLORING)
def test_words_in_pictures_can_be_read(
    read: MakeReader, address: str, system: str, chosen: str | None
) -> None:
    page = painted(read, address, system, chosen)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"dark": "rgb(0, 0, 0)", "light": "rgb(255, 255, 255)"}[system]
    for explorer in page.locator("model-explorer").all():
        faint = [each for each in explorer.evaluate(CONTRASTS) if each[1] < 4.5]
        assert faint == [], explorer.get_attribute("id")


@pytest.mark.parametrize("system", ["dark", "light"])
@pytest.mark.parametrize("address", [*PAGES, "search.html?q=credit"])
def test_words_on_a_page_can_be_read(read: MakeReader, address: str, system: str) -> None:
    page = painted(read, address, system, None)
    page.evaluate(BRING)
    if "?" in address:
        until(page, "document.querySelector('.found mark') !== null")
    assert page.evaluate(FAINT) == []


@pytest.mark.parametrize("address", PAGES)
def test_what_the_keyboard_reaches_is_seen(read: MakeReader, address: str) -> None:
    page = painted(read, address, "dark", None)
    page.evaluate(BRING)
    page.keyboard.press("Tab")
    assert page.evaluate(UNSHOWN) == []


def test_the_section_one_is_in_is_seen(read: MakeReader) -> None:
    page = painted(read, "book/spread.html#verdict", "dark", None)
    marked = page.locator("aside.wide a[aria-current]")
    expect(marked).to_contain_text("Verdict")
    assert shape(marked) != shape(page.locator("aside.wide a:not([aria-current])").first)


def test_a_contrast_theme_that_comes_and_goes_is_followed(read: MakeReader) -> None:
    page = read(color_scheme="dark").open("book/spread.html")
    theme = "document.documentElement.dataset.theme"
    page.locator(".theme-button").click()
    assert page.evaluate(theme) == "light"
    page.emulate_media(forced_colors="active")
    until(page, f"{theme} === 'dark'")
    assert page.locator(".theme-button").is_hidden()
    page.emulate_media(forced_colors="none")
    until(page, f"{theme} === 'light'")


@pytest.mark.engine
@pytest.mark.parametrize("address", EXPLORING)
def test_a_guess_is_seen_to_be_chosen(read: MakeReader, address: str) -> None:
    page = painted(read, address, "dark", None)
    for guess in page.locator(".mx-guess").all():
        chosen, other = guess.locator(".mx-option").first, guess.locator(".mx-option").last
        assert shape(chosen) == shape(other)
        chosen.click()
        guess.locator("button.mx-again").click()
        assert shape(chosen) != shape(other)
        paint = "part => [getComputedStyle(part).color, getComputedStyle(part).backgroundColor]"
        assert chosen.evaluate(paint) == other.evaluate(paint)


def test_open_and_planned_stations_look_different(read: MakeReader) -> None:
    page = painted(read, "book/index.html", "dark", None)
    open_, planned = page.locator(".station.open"), page.locator(".station:not(.open)")
    for station in (open_.first, planned.first):
        assert station.is_visible()
    looks = [shape(station.locator(".station-dot")) for station in (open_.first, planned.first)]
    assert looks[0] != looks[1]
