"""What all tests share: the built book, which of them are run, and the time that each took."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from places import OUTPUT
from reader import PAGES
from selection import Visit, select

# It takes two seconds to import and checks addresses that no notebook has.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

TOLD = pytest.StashKey[list[str]]()
ROOT = Path(__file__).resolve().parent.parent
# In the browser's folder, files whose tests one process runs; elsewhere it does so with every file.
TOGETHER = ("tests/site/test_lab.py", "tests/site/test_links.py")
# The tests that alone have to cover what is measured: of models, explorer and the reader of facts.
# To measure makes a test slower, the ends of the floats by half, and these reach little that the
# others do not.
COVERING = ("tests/models/", "tests/explorer/", "tests/chapters/test_facts.py")
BEYOND = "tests/models/test_ends.py"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built site: $SITE_DIR, what `make book` built, else one built now."""
    named = Path(os.environ.get("SITE_DIR", OUTPUT / "html"))
    if (named / "index.html").is_file():
        return named
    output = tmp_path_factory.mktemp("site")
    subprocess.run(
        [sys.executable, "tools/build.py", "--output", str(output)], cwd=ROOT, check=True
    )
    return output / "html"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--sample", action="store_true", help="visit pages that have not changed only now and then"
    )


def visit_of(item: pytest.Item) -> Visit:
    """Name the page that a test is about, if it says so by a parameter `address`."""
    call = getattr(item, "callspec", None)
    params = dict(call.params) if call else {}
    address = str(params.pop("address", ""))
    name = getattr(item, "originalname", None) or item.name
    return Visit(name, address, str(params), item.get_closest_marker("engine") is not None)


def sample(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out some visits to pages that have not changed, and what is for `make test-all`."""
    selection = select(ROOT, PAGES, OUTPUT / "report.json")
    kept = selection.kept([visit_of(item) for item in items])
    left_out = [
        item
        for item, keep in zip(items, kept, strict=True)
        if not keep or item.get_closest_marker("whole")
    ]
    items[:] = [item for item in items if item not in set(left_out)]
    config.hook.pytest_deselected(items=left_out)
    config.stash[TOLD] = selection.told(visit_of(item) for item in left_out)


class InGroups(LoadScopeScheduling):  # type: ignore[misc]
    """Hand tests out file by file, then one by one those that visit the site.

    So what a file sets up is set up once, and the visits, which come last, fill up both processes.
    Not xdist's own groups, which this pytest does not let it write into a test's name.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        for browser in ("firefox", "webkit"):  # one of each
            if browser in nodeid:
                return browser
        alone = file.startswith("tests/site/") and file not in TOGETHER
        return nodeid if alone else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> InGroups:
    return InGroups(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Look for no garbage while tests are gathered, nor later among what was gathered.

    Nearly all of it stays, and to look through it again and again is two fifths of the time.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Measure the coverage of few tests, and sample, if asked to."""
    for item in items:
        if not item.nodeid.startswith(COVERING) or item.nodeid.startswith(BEYOND):
            item.add_marker("no_cover")
    if config.getoption("--sample"):
        sample(config, items)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand what was chosen from a process of tests to the one that prints the summary."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["told"] = session.config.stash.get(TOLD, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take what was chosen from a process of tests; all choose alike."""
    if told := getattr(node, "workeroutput", {}).get("told"):
        node.config.stash[TOLD] = told


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the seconds of each folder of tests/, and what was chosen."""
    seconds: dict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                parts = report.nodeid.split("/")
                seconds["/".join(parts[:2]) if len(parts) > 2 else parts[0]] += report.duration
    terminalreporter.section("seconds by folder")
    for folder, took in sorted(seconds.items()):
        terminalreporter.write_line(f"{folder:<22}{took:7.1f} s")
    if TOLD in config.stash:
        terminalreporter.section("pages")
        for line in config.stash[TOLD]:
            terminalreporter.write_line(line)
