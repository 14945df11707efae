"""Run the fast gates: lint, types, spelling, import directions and the models' tests."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# A cell shows its last line, imports as it goes and needs no docstring; jupytext joins the cells.
CELL_LINT = "ruff check --quiet --ignore B018,D,E402,I001,F704,PLE1142 --config pyproject.toml {}"
TYPED = ["book/netfin", "book/explorer", "book/_ext/fresh.py", "tools"]


def notebooks() -> list[str]:
    """Return the chapters that have code cells."""
    pages = sorted((ROOT / "book").glob("*.md"))
    return [str(p.relative_to(ROOT)) for p in pages if "{code-cell}" in p.read_text("utf-8")]


def commands() -> dict[str, list[str]]:
    """Return the gates by name, cheapest first."""
    return {
        "ruff": ["ruff", "check", "--quiet", "."],
        "ruff format": ["ruff", "format", "--quiet", "--check", "."],
        "ruff, chapter cells": ["jupytext", "--quiet", "--check", CELL_LINT, *notebooks()],
        "codespell": ["codespell"],
        "import directions": ["lint-imports", "--no-cache"],
        "mypy": ["mypy", *TYPED],
        "models": ["pytest", "--quiet", "tests/models"],
    }


def run(name: str, command: list[str]) -> bool:
    """Run one gate, print its time, and its output if it fails."""
    started = time.perf_counter()
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", "")])
    env = os.environ | {"PATH": path, "PYTHONPATH": "book"}
    executable = str(BIN / command[0])
    done = subprocess.run(
        [executable, *command[1:]], cwd=ROOT, env=env, capture_output=True, text=True
    )
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"  {name:<22}{verdict:<8}{time.perf_counter() - started:5.1f} s", flush=True)
    if done.returncode != 0:
        print(done.stdout + done.stderr)
    return done.returncode == 0


def main() -> int:
    """Run every gate, also after a failure."""
    passed = [run(name, command) for name, command in commands().items()]
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
