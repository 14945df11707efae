"""What the tests need from npm: packages as the lock beside this file pins them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"


def _json(file: Path) -> Any:
    """Return what a file of npm's holds, nothing where there is no such file."""
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def _is_fetched() -> bool:
    """Tell whether the locked versions lie there, all of them."""
    packages = _json(HERE / "package-lock.json")["packages"]
    locked = {name: each["version"] for name, each in packages.items() if name}
    there = {name: _json(HERE / name / "package.json").get("version") for name in locked}
    return there == locked


def _fetch(folder: Path) -> None:
    """Have npm install the locked versions in a folder."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HERE / name, folder)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    env = os.environ | {"PATH": path}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    assert done.returncode == 0, f"npm could not fetch what the tests need:\n{done.stderr}"


@cache
def file_of(package: str, name: str) -> str:
    """Return a file of a package, fetched anew where other versions than the locked ones lie there.

    It is put in place whole: another process of tests may be fetching it too.
    """
    if _is_fetched():
        return (MODULES / package / name).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(dir=HERE) as folder:
        _fetch(Path(folder))
        text = (Path(folder) / MODULES.name / package / name).read_text(encoding="utf-8")
        shutil.rmtree(MODULES, ignore_errors=True)
        with suppress(OSError):  # the other one was first
            (Path(folder) / MODULES.name).rename(MODULES)
    return text
