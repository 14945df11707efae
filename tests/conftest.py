"""What all tests share: the built book, and the time that each part of the suite took."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the seconds of each folder of tests/."""
    seconds: dict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                parts = report.nodeid.split("/")
                seconds["/".join(parts[:2]) if len(parts) > 2 else parts[0]] += report.duration
    terminalreporter.section("seconds by folder")
    for folder, took in sorted(seconds.items()):
        terminalreporter.write_line(f"{folder:<22}{took:7.1f} s")
