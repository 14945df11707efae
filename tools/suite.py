"""Run the suite in stages: checks, build, tests. Stage times come at the end.

The tests run in as many processes as there are cores, each with a browser of its own. Visits to
pages that have not changed are sampled (`selection.py`), unless `--all` asks for every one.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from pathlib import Path

import browser
import children
from places import HOME, OUTPUT, ROOT, variables
from refusal import ended
from selection import git

COVERAGE = ["--cov", "--cov-report=term", f"--cov-report=json:{OUTPUT / 'coverage.json'}"]
RECORD = "passed.json"  # in _build: the commit on which the whole suite has passed
WORKERS = ["--numprocesses", str(os.cpu_count() or 1), "--dist", "loadscope"]


def stages(*, everything: bool) -> dict[str, list[str]]:
    """Return the stages' commands by name."""
    chosen = [] if everything else ["--sample"]
    return {
        "lint, types": ["tools/check.py", "--no-models"],
        "build": ["tools/build.py"],
        "tests": ["-m", "pytest", *WORKERS, *chosen, *COVERAGE],
        "coverage": ["tools/coverage_gate.py"],
    }


def environment() -> dict[str, str]:
    """Return the variables of a stage: hundreds of processes read what the first one compiles.

    Unless nothing may be written here.
    """
    kept = variables()
    if HOME == ROOT:
        kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept


def run(command: list[str]) -> tuple[bool, float]:
    """Run a Python command in the project's root; return success and seconds."""
    started = time.perf_counter()
    code = children.run([sys.executable, *command], cwd=str(ROOT), env=environment())
    return code == 0, time.perf_counter() - started


def clean_commit(root: Path) -> str | None:
    """Return the commit that is checked out, if nothing differs from it."""
    return None if git(root, "status", "--porcelain") else git(root, "rev-parse", "HEAD")


def passed_on(record: Path) -> str | None:
    """Return the commit on which the whole suite has passed last."""
    if not record.is_file():
        return None
    commit: str = json.loads(record.read_text(encoding="utf-8"))["commit"]
    return commit


def record_pass(record: Path, begun: str | None, ended: str | None) -> None:
    """Note the commit on which all has passed, if it was one and the same throughout."""
    if begun is not None and begun == ended:
        record.write_text(json.dumps({"commit": begun}), encoding="utf-8")


def run_stages(*, everything: bool, seconds: dict[str, float]) -> bool:
    """Run all stages in turn, stopping at the first that fails."""
    for stage, command in stages(everything=everything).items():
        print(f"\n== {stage} ==", flush=True)
        passed, seconds[stage] = run(command)
        if not passed:
            return False
    return True


def main() -> int:
    """Run the suite; what the whole one has passed on is noted."""
    parser = argparse.ArgumentParser(description="Run the suite.")
    parser.add_argument("--setup-seconds", type=float, default=0.0)
    parser.add_argument("--all", action="store_true", help="make every visit to every page")
    asked = parser.parse_args()
    seconds = {"setup": asked.setup_seconds}
    started = time.perf_counter()
    browser.chromium()
    if not asked.all:
        browser.fetch_shell()
    seconds["setup"] += time.perf_counter() - started
    shutil.rmtree(OUTPUT / "failures", ignore_errors=True)
    begun = clean_commit(ROOT)
    passed = run_stages(everything=asked.all, seconds=seconds)
    if passed and asked.all:
        record_pass(OUTPUT / RECORD, begun, clean_commit(ROOT))
    print("\nStage times")
    for stage, took in seconds.items():
        print(f"  {stage:<22}{took:6.0f} s")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(ended(main))
