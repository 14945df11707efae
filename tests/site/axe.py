"""The newest axe-core, locked and fetched by npm, and what it finds wrong on a page."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"
CORE = MODULES / "axe-core"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What another width or theme may break; the others read names and roles, which stay.
SEEN = [
    "color-contrast",
    "link-in-text-block",
    "scrollable-region-focusable",
    "target-size",
]


def _version(file: Path, *keys: str) -> str | None:
    """Return a version out of a file of npm's, None where there is no such file."""
    if not file.is_file():
        return None
    found: Any = json.loads(file.read_text(encoding="utf-8"))
    for key in (*keys, "version"):
        found = found[key]
    return str(found)


def _fetch(folder: Path) -> str:
    """Have npm install the locked version in a folder; return axe's script."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HERE / name, folder)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    env = os.environ | {"PATH": path}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    assert done.returncode == 0, f"axe-core could not be fetched by npm:\n{done.stderr}"
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@cache
def source() -> str:
    """Return axe's script, installed anew where another version than the locked one lies there.

    It is put in place whole: another process of tests may be fetching it too.
    """
    locked = _version(HERE / "package-lock.json", "packages", "node_modules/axe-core")
    if _version(CORE / "package.json") == locked:
        return (CORE / "axe.min.js").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(dir=HERE) as folder:
        script = _fetch(Path(folder))
        shutil.rmtree(MODULES, ignore_errors=True)
        with suppress(OSError):  # the other one was first
            (Path(folder) / MODULES.name).rename(MODULES)
    return script


def violations(
    page: Page, within: str | None = None, rules: Sequence[str] | None = None
) -> list[str]:
    """Return what axe finds wrong, on the whole page or within what a selector finds.

    By all rules, or by some.
    """
    page.evaluate(f"() => {{ {source()} }}")
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    options = {"runOnly": only, "resultTypes": ["violations"]}
    run = "([within, options]) => axe.run(within ?? document, options)"
    found = page.evaluate(run, [within, options])
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
