"""Run the fast gates: lint, types, spelling, import directions, rooms, the models' tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import jupytext

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# A cell shows its last line, imports where it needs to and has no docstring.
NOT_IN_CELLS = "B018,D,E402,I001"
ROOMS = ["tests/house/test_rooms.py", "tests/house/test_chapter_rooms.py"]
TYPED = ["book/netfin", "book/explorer", "book/_ext", "tools"]


def write_cells() -> list[str]:
    """Write the chapters' code as modules; return their paths.

    Not with `jupytext --check`, which writes the chapters themselves anew.
    """
    folder = ROOT / "_build" / "cells"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for page in sorted((ROOT / "book").glob("*.md")):
        if "{code-cell}" in page.read_text(encoding="utf-8"):
            notebook = jupytext.read(page)
            notebook.cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
            for cell in notebook.cells:
                cell.metadata.clear()  # captions are prose
            jupytext.write(notebook, folder / f"{page.stem}.py", fmt="py:percent")
    return [str(file.relative_to(ROOT)) for file in sorted(folder.glob("*.py"))]


def commands() -> dict[str, list[str]]:
    """Return the gates by name, cheapest first."""
    ruff = ["ruff", "check", "--quiet", "--output-format", "concise"]
    return {
        "ruff": [*ruff, "."],
        "ruff format": ["ruff", "format", "--check", "--output-format", "concise", "."],
        "ruff, chapter cells": [*ruff, "--ignore", NOT_IN_CELLS, *write_cells()],
        "codespell": ["codespell"],
        "import directions": ["lint-imports", "--no-cache"],
        "rooms": ["pytest", "--quiet", *ROOMS],
        "mypy": ["mypy", *TYPED],
        "models": ["pytest", "--quiet", "tests/models"],
    }


def run(name: str, command: list[str]) -> bool:
    """Run one gate, print its time, and its output if it fails."""
    started = time.perf_counter()
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", "")])
    env = os.environ | {"PATH": path, "PYTHONPATH": os.pathsep.join(["book", "book/_ext"])}
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
