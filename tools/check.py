"""Run the fast gates: lint, types, spelling, import directions, rooms, the models' tests."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time

import jupytext

from places import OUTPUT, ROOT, variables
from refusal import ended

# A cell shows its last line, imports where it needs to and has no docstring.
NOT_IN_CELLS = "B018,D,E402,I001"
MODELS = "models"
ROOMS = ["tests/house/test_rooms.py", "tests/house/test_chapter_rooms.py"]
TYPED = ["book/netfin", "book/figures", "book/explorer", "book/_ext", "tools", "start.py"]


def write_cells() -> list[str]:
    """Write the chapters' code as modules; return their paths.

    Not with `jupytext --check`, which writes the chapters themselves anew.
    """
    folder = OUTPUT / "cells"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for page in sorted((ROOT / "book").glob("*.md")):
        if "{code-cell}" in page.read_text(encoding="utf-8"):
            notebook = jupytext.read(page)
            notebook.cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
            for cell in notebook.cells:
                cell.metadata.clear()  # captions are prose
            jupytext.write(notebook, folder / f"{page.stem}.py", fmt="py:percent")
    return [str(file) for file in sorted(folder.glob("*.py"))]


def commands() -> dict[str, list[str]]:
    """Return the gates by name, cheapest first.

    Not by the scripts of .venv, which name the folder that they were installed in.
    """
    ruff = ["-m", "ruff", "check", "--quiet", "--output-format", "concise"]
    lint_imports = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    cells = ["--config", "pyproject.toml", "--ignore", NOT_IN_CELLS, *write_cells()]
    return {
        "ruff": [*ruff, "."],
        "ruff format": ["-m", "ruff", "format", "--check", "--output-format", "concise", "."],
        "ruff, chapter cells": [*ruff, *cells],
        "codespell": ["-m", "codespell_lib"],
        "import directions": ["-c", lint_imports, "--no-cache"],
        "rooms": ["-m", "pytest", "--quiet", *ROOMS],
        "mypy": ["-m", "mypy", *TYPED],
        MODELS: ["-m", "pytest", "--quiet", "tests/models"],
    }


def run(name: str, command: list[str]) -> bool:
    """Run one gate, print its time, and its output if it fails."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=variables(PYTHONPATH=os.pathsep.join(["book", "book/_ext"])),
        capture_output=True,
        text=True,
    )
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"  {name:<22}{verdict:<8}{time.perf_counter() - started:5.1f} s", flush=True)
    if done.returncode != 0:
        print(done.stdout + done.stderr)
    return done.returncode == 0


def main() -> int:
    """Run every gate, also after a failure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-models", action="store_true", help="their tests are run elsewhere")
    left_out = [MODELS] if parser.parse_args().no_models else []
    gates = {name: words for name, words in commands().items() if name not in left_out}
    passed = [run(name, command) for name, command in gates.items()]
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(ended(main))
