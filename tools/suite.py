"""Run the suite in stages: checks, build, tests. Stage times come at the end.

The tests run in as many processes as there are cores, each with a browser of its own. Visits to
pages that have not changed are sampled (`selection.py`), unless `--all` asks for every one.
"""

from __future__ import annotations

import argparse
import os
import sys
import time

import browser
import children
from places import OUTPUT, ROOT, variables

COVERAGE = ["--cov", "--cov-report=term", f"--cov-report=json:{OUTPUT / 'coverage.json'}"]
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


def run(command: list[str]) -> tuple[bool, float]:
    """Run a Python command in the project's root; return success and seconds."""
    started = time.perf_counter()
    code = children.run([sys.executable, *command], cwd=str(ROOT), env=variables())
    return code == 0, time.perf_counter() - started


def main() -> int:
    """Run all stages in turn, stopping at the first that fails."""
    parser = argparse.ArgumentParser(description="Run the suite.")
    parser.add_argument("--setup-seconds", type=float, default=0.0)
    parser.add_argument("--all", action="store_true", help="make every visit to every page")
    asked = parser.parse_args()
    seconds = {"setup": asked.setup_seconds}
    started = time.perf_counter()
    browser.chromium()
    seconds["setup"] += time.perf_counter() - started
    passed = True
    for stage, command in stages(everything=asked.all).items():
        print(f"\n== {stage} ==", flush=True)
        passed, seconds[stage] = run(command)
        if not passed:
            break
    print("\nStage times")
    for stage, took in seconds.items():
        print(f"  {stage:<22}{took:6.0f} s")
    return 0 if passed else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except browser.NoBrowserError as error:
        sys.exit(f"start: {error}")
    except KeyboardInterrupt:
        sys.exit(children.STOPPED)
