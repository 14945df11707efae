"""Other programs that a measurement runs."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

SECONDS = 1500


def output(command: list[str], folder: Path, env: Mapping[str, str] | None = None) -> str:
    """Return what a program prints; its last words are the message if it fails."""
    done = subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, timeout=SECONDS
    )
    if done.returncode != 0:
        words = (done.stderr or done.stdout).strip().splitlines() or ["it says nothing"]
        raise RuntimeError(f"{Path(command[0]).name} ended with {done.returncode}: {words[-1]}")
    return done.stdout
