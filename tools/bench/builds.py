"""The book built cold, warm, and with one chapter redone."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "_build" / "bench"


def build() -> dict[str, Any]:
    """Build into the bench's own folder; return the build's report."""
    command = [sys.executable, "tools/build.py", "--output", str(OUTPUT)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    report: dict[str, Any] = json.loads((OUTPUT / "report.json").read_text())
    return report


def measure() -> Iterator[tuple[str, str]]:
    """Build everything, then nothing, then each page that has cells with its frames in cache."""
    shutil.rmtree(OUTPUT, ignore_errors=True)
    cold = build()
    executed = {page["page"]: page["seconds"] for page in cold["pages"] if page["seconds"] >= 0.1}
    yield "whole book, cold", f"{cold['seconds']:.1f} s"
    for page, seconds in executed.items():
        yield f"{page}, cold", f"{seconds:.1f} s"
    yield "nothing to do", f"{build()['seconds']:.1f} s"
    for page in executed:
        (OUTPUT / "state" / ".doctrees" / f"{page}.doctree").unlink()
        warm = build()
        seconds = next(each["seconds"] for each in warm["pages"] if each["page"] == page)
        yield f"{page}, warm", f"{seconds:.1f} s of a build of {warm['seconds']:.1f} s"
