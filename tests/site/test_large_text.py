"""At 400 %, and with text twice as large by the browser, no page is wider than its window."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

import browser as browsers
from cut import cut
from reader import OPEN_DEEPER, PAGES, Reader, Server
from test_pages import sideways

TWICE = "--blink-settings=defaultFontSize=32"
# What stands out of the window and scrolls in no box, formulas as wholes.
OUT = """
() => {
  const inBox = (e) => e && e !== document.body
    && (getComputedStyle(e).overflowX !== "visible" || inBox(e.parentElement));
  const told = (e) => `${e.localName}.${e.className}: ${e.textContent.trim().slice(0, 40)}`;
  const whole = (e) => !e.closest("svg") && !e.parentElement.closest("math");
  return [...document.querySelectorAll("body *")].filter((e) => whole(e)
    && e.getBoundingClientRect().right > innerWidth + 1 && !inBox(e.parentElement)).map(told);
}
"""


@pytest.fixture(scope="module")
def large(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """Return a tab of such a browser; each test has a server, so an origin, of its own."""
    find = browsers.shell if request.config.getoption("--sample") else browsers.chromium
    flags = [*browsers.CHROMIUM_FLAGS, browsers.AS_WIDE, TWICE]
    browser = chromium.browser_type.launch(executable_path=find(), args=flags)
    yield browser.new_page()
    browser.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", PAGES)
def test_text_twice_as_large_fits(large: Page, server: Server, address: str, width: int) -> None:
    large.set_viewport_size({"width": width, "height": 740})
    large.goto(server.url(address))
    assert large.evaluate("getComputedStyle(document.documentElement).fontSize") > "32px"
    if large.locator(".deeper").count():
        large.evaluate(OPEN_DEEPER)
    assert cut(large) == []  # and every fold is open
    assert large.evaluate(OUT) == []
    assert sideways(large) == 0


@pytest.mark.parametrize("address", PAGES)
def test_a_page_fits_at_400_percent(read: Callable[..., Reader], address: str) -> None:
    page = read(viewport={"width": 320, "height": 256}).open(address)
    assert sideways(page) == 0
    assert cut(page) == []
