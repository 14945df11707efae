"""The checker of accessibility itself: what it finds, and how npm fetches it."""

from __future__ import annotations

import subprocess

from playwright.sync_api import Browser

from axe import violations
from reader import ROOT


def test_a_fault_is_found(chromium: Browser) -> None:
    page = chromium.new_page()
    fold = '<details><summary aria-label="Toggle">Show the code</summary>x</details>'
    page.set_content(f"<html lang=en><title>x</title><main><h1>x</h1>{fold}</main>")
    assert [found.partition(":")[0] for found in violations(page)] == [
        "label-content-name-mismatch"
    ]
    assert violations(page, "h1") == []
    page.close()


def test_locks_name_no_registry() -> None:
    """Each reader's npm asks the registry that it is set to."""
    listed = subprocess.run(["git", "ls-files", "*package-lock.json"], cwd=ROOT, check=True,
                            capture_output=True, text=True).stdout.split()  # fmt: skip
    assert "tests/site/package-lock.json" in listed
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in listed}
    assert [name for name, text in texts.items() if '"resolved": "http' in text] == []
