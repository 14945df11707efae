"""The newest axe-core, locked and fetched by npm, and what it finds wrong on a page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

HERE = Path(__file__).resolve().parent
CORE = HERE / "node_modules" / "axe-core"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def _version(file: Path, *keys: str) -> str | None:
    """Return a version out of a file of npm's, None where there is no such file."""
    if not file.is_file():
        return None
    found: Any = json.loads(file.read_text(encoding="utf-8"))
    for key in (*keys, "version"):
        found = found[key]
    return str(found)


@cache
def source() -> str:
    """Return axe's script, installed anew where another version than the locked one lies there."""
    locked = _version(HERE / "package-lock.json", "packages", "node_modules/axe-core")
    if _version(CORE / "package.json") != locked:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        env = os.environ | {"PATH": path}
        done = subprocess.run(command, cwd=HERE, env=env, capture_output=True, text=True)
        assert done.returncode == 0, f"axe-core could not be fetched by npm:\n{done.stderr}"
    return (CORE / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, within: str | None = None) -> list[str]:
    """Return what axe finds wrong, on the whole page or within what a selector finds."""
    page.evaluate(f"() => {{ {source()} }}")
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    run = "([within, options]) => axe.run(within ?? document, options)"
    found = page.evaluate(run, [within, options])
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
