"""Hold lines and branches of the models and of the explorer to the coverage that is promised."""

from __future__ import annotations

import json
import sys
from collections import Counter

from places import OUTPUT
from refusal import ended

LEAST = 95.0  # per cent
PACKAGES = ("netfin", "explorer")


def shares(package: str, files: dict[str, dict[str, dict[str, int]]]) -> dict[str, float]:
    """Return the per cent of lines and of branches of a package that tests reach."""
    total: Counter[str] = Counter()
    for name, file in files.items():
        if f"/{package}/" in f"/{name}":
            total.update(file["summary"])
    return {
        "lines": 100 * total["covered_lines"] / max(total["num_statements"], 1),
        "branches": 100 * total["covered_branches"] / max(total["num_branches"], 1),
    }


def main() -> int:
    """Print each share; fail if one is too small."""
    files = json.loads((OUTPUT / "coverage.json").read_text())["files"]
    enough = True
    for package in PACKAGES:
        for what, share in shares(package, files).items():
            verdict = "ok" if share >= LEAST else f"FAILED: {LEAST:.0f} % is the least"
            print(f"  {package + ', ' + what:<22}{share:6.1f} %  {verdict}")
            enough = enough and share >= LEAST
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(ended(main))
