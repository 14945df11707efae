"""A reader meets nothing of the reader before, though a browser opens but one tab for both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from profiles import CHANGED, WAITING
from reader import Reader, Server

PAGE = "book/reading.html"
STORED = "localStorage.length + sessionStorage.length + document.cookie.length"
OPTIONS: dict[str, object] = {"viewport": {"width": 640, "height": 480}}


@pytest.fixture
def home(server: Server) -> Iterator[str]:
    """Return an address that both readers visit."""
    yield server.url("")
    for key in [key for key in WAITING if key[1] == repr(OPTIONS)]:
        WAITING.pop(key).close()


def test_a_profile_is_lent_again_without_a_trace(chromium: Browser, home: str) -> None:
    first = Reader(chromium, home, **OPTIONS)
    page = first.open(PAGE)
    page.evaluate("localStorage.setItem('a', 'b'); document.cookie = 'a=b'")
    page.evaluate("sessionStorage.setItem('a', 'b')")
    page.evaluate("for (const way of ['#a', '#b', '#c']) history.pushState(null, '', way)")
    page.evaluate("addEventListener('pagehide', () => localStorage.setItem('late', 'c'))")
    page.evaluate("console.error('mine')")
    first.leave()
    lent = page
    second = Reader(chromium, home, **OPTIONS)
    page = second.open(PAGE)
    assert page.evaluate(STORED) == 0
    assert page.evaluate("history.length") <= 2
    page.evaluate("console.error('hers')")
    assert page == lent
    assert (first.problems, second.problems) == (["error: mine"], ["error: hers"])
    second.leave()


def test_a_tab_that_was_changed_is_not_lent_again(chromium: Browser, home: str) -> None:
    first = Reader(chromium, home, **OPTIONS)
    page = first.open(PAGE)
    page.emulate_media(media="print", color_scheme="dark")
    first.leave()
    second = Reader(chromium, home, **OPTIONS)
    page = second.open(PAGE)
    assert page.evaluate("matchMedia('screen and (prefers-color-scheme: light)').matches")
    page.set_viewport_size({"width": 320, "height": 480})
    second.leave()
    third = Reader(chromium, home, **OPTIONS)
    page = third.open(PAGE)
    assert page.evaluate("innerWidth") == 640
    heard: list[object] = []
    page.on("console", lambda said: heard.append(said))
    third.leave()
    fourth = Reader(chromium, home, **OPTIONS)
    fourth.open(PAGE).evaluate("console.log('another')")
    assert heard == []
    fourth.leave()


@pytest.mark.parametrize("way", ["by its reader", "by its page"])
def test_a_profile_that_was_changed_is_not_lent_again(
    chromium: Browser, home: str, way: str
) -> None:
    first = Reader(chromium, home, **OPTIONS)
    page = first.open(PAGE)
    (first if way == "by its reader" else page).context.add_init_script("window.changed = true")
    first.leave()
    second = Reader(chromium, home, **OPTIONS)
    assert second.open(PAGE).evaluate("window.changed") is None
    second.leave()
    assert not CHANGED


def test_two_readers_at_once_have_two_profiles(chromium: Browser, home: str) -> None:
    readers = [Reader(chromium, home, **OPTIONS) for _ in range(2)]
    pages = [reader.open(PAGE) for reader in readers]
    pages[0].evaluate("localStorage.setItem('a', 'b')")
    assert pages[1].evaluate("localStorage.length") == 0
    for reader in readers:
        reader.leave()
