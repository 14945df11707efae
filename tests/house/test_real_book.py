"""The book itself builds to the same bytes each time, wherever it is built."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from places import OUTPUT
from small_book import ROOT, Book


@pytest.mark.whole
def test_a_cold_build_equals_the_book_that_make_built(tmp_path: Path) -> None:
    """On a clean checkout both are cold; elsewhere this compares a cold and a warm build."""
    command = [sys.executable, "tools/build.py", "--output", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    book = Book(ROOT)
    built, cold = book.site(str(OUTPUT)), book.site(str(tmp_path))
    assert sorted(built) == sorted(cold), "is _build/html of these sources? run `make book` first"
    assert [name for name in cold if cold[name] != built[name]] == []


def test_every_page_of_the_contents_was_built() -> None:
    report = json.loads((OUTPUT / "report.json").read_text())
    assert {"pages", "seconds"} <= set(report)
    contents = (ROOT / "_toc.yml").read_text().split()
    pages = [word for word in contents if word.startswith("book/")]
    assert pages
    assert [p for p in pages if not (OUTPUT / "html" / f"{p}.html").is_file()] == []
