"""Where the commands write, and the environment of variables that their children see.

Everything is written to `.venv` and `_build`, in this folder or in the one that `BUILD` names.
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("BUILD") or ROOT).resolve()
VENV = HOME / ".venv"
OUTPUT = HOME / "_build"

HARMLESS = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")
# What a user has set for other projects and what would reach into this one.
FOREIGN = (
    "BUILD",
    "SOLUTIONS",
    "VIRTUAL_ENV",
    "__PYVENV_LAUNCHER__",
    "JUPYTER_PATH",
    "MATPLOTLIBRC",
    "MPLBACKEND",
    "PYTEST_ADDOPTS",
    "PYTEST_PLUGINS",
)


def interpreter(venv: Path) -> Path:
    """Return the Python of a virtual environment: Windows has another layout."""
    windows = venv / "Scripts" / "python.exe"
    return windows if windows.exists() or os.name == "nt" else venv / "bin" / "python"


def written_elsewhere() -> dict[str, str]:
    """Return the settings that make the tools write to `BUILD` instead of this folder."""
    if HOME == ROOT:
        return {}
    return {
        "BUILD": str(HOME),
        "SITE_DIR": str(OUTPUT / "html"),
        "COVERAGE_FILE": str(OUTPUT / ".coverage"),
        "RUFF_CACHE_DIR": str(OUTPUT / "ruff"),
        "MYPY_CACHE_DIR": str(OUTPUT / "mypy"),
        "HYPOTHESIS_STORAGE_DIRECTORY": str(OUTPUT / "hypothesis"),
    }


def variables(**more: str) -> dict[str, str]:
    """Return the user's environment without what is meant for other projects, and `more`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in HARMLESS or not (name in FOREIGN or name.startswith("PYTHON"))
    }
    ours = {"PYTHONNOUSERSITE": "1", "PYTHONUTF8": "1", "JUPYTER_PREFER_ENV_PATH": "1"}
    return kept | ours | written_elsewhere() | more


def variables_of_a_build() -> dict[str, str]:
    """Return the environment of a build: the order of sets must not reach the pages.

    Nor what the user's own IPython runs when it starts.
    """
    return variables(PYTHONHASHSEED="0", IPYTHONDIR=str(OUTPUT / "ipython"))
