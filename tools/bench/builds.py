"""The book built cold, warm, and with one chapter redone."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import programs

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "_build" / "bench"


def build() -> dict[str, Any]:
    """Build into the bench's own folder; return the build's report."""
    programs.output([sys.executable, "tools/build.py", "--output", str(OUTPUT)], ROOT)
    report: dict[str, Any] = json.loads((OUTPUT / "report.json").read_text())
    return report


def took() -> str:
    """Build; say how long that took."""
    return f"{build()['seconds']:.1f} s"


def warm(page: str) -> str:
    """Make a page out of date and build; say how long that took."""
    (OUTPUT / "state" / ".doctrees" / f"{page}.doctree").unlink()
    report = build()
    seconds = next(each["seconds"] for each in report["pages"] if each["page"] == page)
    return f"{seconds:.1f} s of a build of {report['seconds']:.1f} s"


def measure() -> Iterator[tuple[str, Callable[[], str]]]:
    """Build everything, then nothing, then each page that has cells with its frames in cache."""
    shutil.rmtree(OUTPUT, ignore_errors=True)
    yield "whole book, cold", took
    cold = json.loads((OUTPUT / "report.json").read_text())
    executed = {page["page"]: page["seconds"] for page in cold["pages"] if page["seconds"] >= 0.1}
    for page, seconds in executed.items():
        yield f"{page}, cold", partial(str, f"{seconds:.1f} s")
    yield "nothing to do", took
    for page in executed:
        yield f"{page}, warm", partial(warm, page)
