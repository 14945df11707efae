"""Lighthouse scores, out of 100."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import programs
import visit

import browser

HERE = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent
PROGRAM = "node_modules/lighthouse/cli/index.js"
CATEGORIES = "--only-categories=performance,accessibility,best-practices,seo"
# Asked for in the page's name, which the page's policy forbids: it lets a page make no connections.
# The book has no robots.txt (github.com/GoogleChrome/lighthouse/issues/16597).
SKIPPED = "--skip-audits=robots-txt"


def _run(*command: str) -> str:
    """Run a Node program of the locked Node in this folder; return what it prints."""
    env = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    return programs.output([*command], HERE, env | {"CHROME_PATH": browser.chromium()})


def scores(address: str) -> str:
    """Score a page as Lighthouse does by default: a slow phone."""
    flags = f"--chrome-flags={' '.join(browser.CHROMIUM_FLAGS)}"
    report = json.loads(
        _run("node", PROGRAM, address, "--quiet", "--output=json", CATEGORIES, SKIPPED, flags)
    )
    categories = report["categories"].values()
    return ", ".join(f"{each['title']} {100 * (each['score'] or 0):.0f}" for each in categories)


def measure() -> Iterator[tuple[str, Callable[[], str]]]:
    """Score each page."""
    if not (HERE / "node_modules").is_dir():
        _run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
    with visit.served() as address:
        for name in visit.pages():
            yield name, partial(scores, f"{address}/{name}")
