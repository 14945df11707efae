"""What all tests share: the time that each part of the suite took, in the closing summary."""

from __future__ import annotations

from collections import defaultdict

import pytest


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
