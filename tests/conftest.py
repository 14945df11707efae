"""What all tests share: the built book, which of them are run, and the time that each took."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from reader import PAGES
from selection import Selection, Visit, select

CHOSEN = pytest.StashKey[tuple[Selection, list[Visit]]]()
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built site: $SITE_DIR, what `make book` built, else one built now."""
    named = Path(os.environ.get("SITE_DIR", ROOT / "_build" / "html"))
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
    return Visit(item.nodeid.partition("[")[0].rpartition("::")[2], address, str(params))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, if asked to, some visits to pages that have not changed."""
    if not config.getoption("--sample"):
        return
    selection = select(ROOT, PAGES)
    visits = [visit_of(item) for item in items]
    kept = selection.kept(visits)
    left_out = [item for item, keep in zip(items, kept, strict=True) if not keep]
    items[:] = [item for item, keep in zip(items, kept, strict=True) if keep]
    config.hook.pytest_deselected(items=left_out)
    config.stash[CHOSEN] = (selection, [visit_of(item) for item in left_out])


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
    if CHOSEN in config.stash:
        selection, left_out = config.stash[CHOSEN]
        terminalreporter.section("pages")
        for line in selection.told(left_out):
            terminalreporter.write_line(line)
