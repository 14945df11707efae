"""Run the suite in stages: checks, build, tests. Stage times come at the end.

The tests of commands and builds, which are child processes, run beside all the others. Visits to
pages that have not changed are sampled (`selection.py`), unless `--all` asks for every one.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time

import browser
import children
from places import OUTPUT, ROOT, variables

COVERAGE = ["--cov", "--cov-report=term", f"--cov-report=json:{OUTPUT / 'coverage.json'}"]
BESIDE = "tests/house"


def stages(*, everything: bool) -> dict[str, list[str]]:
    """Return the stages' commands by name."""
    chosen = [] if everything else ["--sample"]
    return {
        "lint, types": ["tools/check.py", "--no-models"],
        "build": ["tools/build.py"],
        "tests": ["-m", "pytest", f"--ignore={BESIDE}", *chosen, *COVERAGE],
        "coverage": ["tools/coverage_gate.py"],
    }


def run(command: list[str]) -> tuple[bool, float]:
    """Run a Python command in the project's root; return success and seconds."""
    started = time.perf_counter()
    code = children.run([sys.executable, *command], cwd=str(ROOT), env=variables())
    return code == 0, time.perf_counter() - started


def run_tests(command: list[str]) -> tuple[bool, float]:
    """Run the tests, those of commands and builds beside the others; what they print comes last."""
    with tempfile.TemporaryFile() as printed:
        beside = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", BESIDE]
        with subprocess.Popen(
            beside, cwd=ROOT, env=variables(), stdout=printed, stderr=printed
        ) as house:
            started = time.perf_counter()
            passed, _ = run(command)
            house.wait()
        seconds = time.perf_counter() - started
        printed.seek(0)
        print(f"\n== {BESIDE}, run beside them ==\n{printed.read().decode()}", flush=True)
    return passed and house.returncode == 0, seconds


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
        passed, seconds[stage] = run_tests(command) if stage == "tests" else run(command)
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
