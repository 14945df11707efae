"""Fixtures of the tests that visit the built book: its server, browsers, readers."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from marionette_driver.marionette import Marionette
from playwright.sync_api import Browser, sync_playwright

import browser as browsers
from places import OUTPUT
from reader import PATIENCE, Reader, Server, free_port, serving

FAILED = pytest.StashKey[bool]()
KEPT = OUTPUT / "failures"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    flags = browsers.CHROMIUM_FLAGS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.chromium(), args=flags)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marionette]:
    path = browsers.firefox()
    if path is None:
        pytest.skip("no Firefox is installed and Debian's firefox-esr could not be fetched")
    log = str(tmp_path_factory.mktemp("firefox") / "log")
    options = {"headless": True, "startup_timeout": PATIENCE, "gecko_log": log}
    driver = Marionette(bin=path, port=free_port(), **options)
    driver.start_session()
    yield driver
    driver.delete_session()
    driver.cleanup()


@pytest.fixture
def server(site: Path) -> Iterator[Server]:
    """Return a server of its own for each test, so that what it was asked is this test's."""
    with serving(site) as server:
        yield server


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember whether a test failed, for what its reader saw is kept then."""
    report = yield
    if call.when == "call":
        item.stash[FAILED] = report.failed
    return report


def leave(reader: Reader, item: pytest.Item) -> None:
    """Close a reader's pages; those of a test that failed are kept as pictures."""
    if item.stash.get(FAILED, False):
        name = re.sub(r"[^\w.-]+", "-", item.nodeid.removeprefix("tests/site/"))
        for number, page in enumerate(reader.context.pages):
            page.screenshot(path=KEPT / f"{name}-{number}.png")
    reader.context.close()


@pytest.fixture
def read(
    request: pytest.FixtureRequest, chromium: Browser, server: Server
) -> Iterator[Callable[..., Reader]]:
    """Return a maker of readers over http; their options are those of a browser context."""
    readers: list[Reader] = []

    def make(**options: object) -> Reader:
        readers.append(Reader(chromium, server.url(""), **options))
        return readers[-1]

    yield make
    for reader in readers:
        leave(reader, request.node)


@pytest.fixture
def read_file(request: pytest.FixtureRequest, chromium: Browser, site: Path) -> Iterator[Reader]:
    """Return a reader who has the book as files."""
    reader = Reader(chromium, f"{site.as_uri()}/")
    yield reader
    leave(reader, request.node)
