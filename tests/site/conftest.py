"""Fixtures of the tests that visit the built book: its server, browsers, readers, explorers.

Explorers are those of the book, and toys that use what the book does not.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
import toys
from marionette_driver.marionette import Marionette
from playwright.sync_api import Browser, Page, expect, sync_playwright

import asking
import browser as browsers
from built import explorers
from explorer.page import compiled
from explorer.sphinx_ext import FILES, SCRIPTS
from places import OUTPUT
from reader import EXPLORING, PATIENCE, Reader, Server, free_port, serving
from visits import TOYS, MakeVisit, Visit
from webkit import WebKit, driven

TOY_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Toys</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="explorer.css">
{}</head>
<body><main><h1>Toys</h1>{}</main></body></html>
"""

FAILED = pytest.StashKey[bool]()
KEPT = OUTPUT / "failures"


@pytest.fixture(scope="session")
def chromium(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Return the browser that readers have; the short suite takes its engine alone, unpaced."""
    short = request.config.getoption("--sample")
    find = browsers.shell if short else browsers.chromium
    flags = [*browsers.CHROMIUM_FLAGS, browsers.AS_WIDE, *([browsers.UNPACED] if short else [])]
    expect.set_options(timeout=1000 * PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=flags)
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


@pytest.fixture(scope="session")
def webkit() -> Iterator[WebKit]:
    paths = browsers.webkit()
    if paths is None:
        pytest.skip("no WebKit is installed, and Debian's webkit2gtk-driver and xvfb could not be")
    with driven(*paths) as driver:
        yield driver


@pytest.fixture
def server(site: Path) -> Iterator[Server]:
    """Return a server of its own for each test, so that what it was asked is this test's."""
    with serving(site) as server:
        yield server


@pytest.fixture(scope="session")
def asking_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of one page that asks its reader."""
    return asking.build(tmp_path_factory.mktemp("asking"))


@pytest.fixture
def asking_server(asking_site: Path) -> Iterator[Server]:
    with serving(asking_site) as server:
        yield server


@pytest.fixture
def ask(chromium: Browser, asking_server: Server) -> Iterator[Callable[..., Page]]:
    """Return an opener of the page that asks, all questions shown; nothing may go wrong on it."""
    readers: list[Reader] = []

    def make(way: str = "all", **options: object) -> Page:
        readers.append(Reader(chromium, asking_server.url(""), **options))
        page = readers[-1].open("spread.html")
        if readers[-1].scripted:
            page.locator(f"[name=quiz-way][value={way}]").check()
        return page

    yield make
    for reader in readers:
        reader.leave()
        assert [problem for problem in reader.problems if "icon.svg" not in problem] == []


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
        for number, page in enumerate(reader.pages):
            page.screenshot(path=KEPT / f"{name}-{number}.png")
    reader.leave()


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


@pytest.fixture(scope="session")
def toy_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two pages of toys, the second of them damaged."""
    folder = tmp_path_factory.mktemp("toys")
    shutil.copytree(FILES, folder, dirs_exist_ok=True)
    scripts = "".join(f'<script defer src="{name}"></script>' for name in SCRIPTS)
    markup = "\n".join(compiled(toy) for toy in toys.TOYS)
    (folder / TOYS).write_text(TOY_PAGE.format(scripts, markup), encoding="utf-8")
    damaged = compiled(toys.loan_rate).replace('"axes"', "axes")
    (folder / "damaged.html").write_text(TOY_PAGE.format(scripts, damaged), encoding="utf-8")
    return folder


@pytest.fixture(params=[*EXPLORING, TOYS])
def address(request: pytest.FixtureRequest) -> str:
    """Return in turn each page with explorers, and the toys' page."""
    return str(request.param)


@pytest.fixture
def folder(address: str, request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue("toy_site" if address == TOYS else "site")
    return found


@pytest.fixture
def visiting(chromium: Browser, folder: Path, address: str) -> Iterator[MakeVisit]:
    """Return a maker of visits over http, whose options are those of a browser context."""
    found = list(explorers(folder, address))
    assert found
    readers: list[Reader] = []
    with serving(folder) as server:

        def make(**options: object) -> Visit:
            readers.append(Reader(chromium, server.url(""), **options))
            return Visit(readers[-1], address, found)

        yield make
        for reader in readers:
            reader.leave()


@pytest.fixture
def visit(visiting: MakeVisit) -> Visit:
    return visiting()


@pytest.fixture
def visit_as_files(chromium: Browser, folder: Path, address: str) -> Iterator[Visit]:
    reader = Reader(chromium, f"{folder.as_uri()}/")
    yield Visit(reader, address, list(explorers(folder, address)))
    reader.leave()
