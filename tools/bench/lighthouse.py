"""Lighthouse scores, out of 100."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import visit

import browser

HERE = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent
CATEGORIES = "--only-categories=performance,accessibility,best-practices,seo"


def _run(*command: str) -> str:
    """Run a Node program of the locked Node in this folder; return what it prints."""
    env = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    env |= {"CHROME_PATH": browser.chromium()}
    done = subprocess.run(command, cwd=HERE, env=env, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr}")
    return done.stdout


def measure() -> Iterator[tuple[str, str]]:
    """Score each page as Lighthouse does by default: a slow phone."""
    if not (HERE / "node_modules").is_dir():
        _run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
    flags = f"--chrome-flags={' '.join(browser.CHROMIUM_FLAGS)}"
    with visit.served() as address:
        for name in visit.pages():
            options = ("--quiet", "--output=json", CATEGORIES, flags)
            program = "node_modules/lighthouse/cli/index.js"
            report = json.loads(_run("node", program, f"{address}/{name}", *options))
            categories = report["categories"].values()
            scores = (f"{each['title']} {100 * (each['score'] or 0):.0f}" for each in categories)
            yield name, ", ".join(scores)
