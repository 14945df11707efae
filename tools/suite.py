"""Run the whole suite in stages: checks, build, one pytest run. Stage times come at the end."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

import browser

ROOT = Path(__file__).resolve().parent.parent
COVERAGE = ["--cov", "--cov-report=term", "--cov-report=json:_build/coverage.json"]
STAGES = {
    "lint, types, models": ["tools/check.py"],
    "build": ["tools/build.py"],
    "tests": ["-m", "pytest", *COVERAGE],
    "coverage": ["tools/coverage_gate.py"],
}


def run(command: list[str]) -> tuple[bool, float]:
    """Run a Python command in the project's root; return success and seconds."""
    started = time.perf_counter()
    done = subprocess.run([sys.executable, *command], cwd=ROOT)
    return done.returncode == 0, time.perf_counter() - started


def main() -> int:
    """Run all stages in turn, stopping at the first that fails."""
    parser = argparse.ArgumentParser(description="Run the whole suite.")
    parser.add_argument("--setup-seconds", type=float, default=0.0)
    seconds = {"setup": parser.parse_args().setup_seconds}
    started = time.perf_counter()
    browser.chromium()
    seconds["setup"] += time.perf_counter() - started
    passed = True
    for stage, command in STAGES.items():
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
        sys.exit(f"make test: {error}")
