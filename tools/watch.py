"""Build the book each time one of its files is saved, until Ctrl-C.

This process imports once what a build imports besides the project's own code, and forks one process
a build; where there is no fork, each build starts from nothing.
"""

from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import build
import children
import stamps
from places import OUTPUT, ROOT, variables_of_a_build
from refusal import ended

FIRST = ("jupyter_book.sphinx", "myst_nb.sphinx_ext", "sphinx_book_theme", "sphinxcontrib.bibtex")
PAUSE = 0.1  # seconds between two looks at the files' times
WRITING = 0.05  # seconds in which a file that has changed may change again, as editors save


def of_others() -> list[str]:
    """Return the names of the modules that this process has imported, the project's own apart."""
    files = {name: getattr(module, "__file__", None) for name, module in sys.modules.items()}
    return [n for n, file in files.items() if file and not _is_ours(Path(file))]


def _is_ours(file: Path) -> bool:
    return any(file.is_relative_to(ROOT / name) for name in ("book", "tools"))


def import_all(names: Iterable[str]) -> None:
    """Import what a build has imported; some cannot be imported by their own names."""
    for name in names:
        with suppress(Exception):
            importlib.import_module(name)


def built_in_a_fork(output: Path) -> None:
    """Build in a copy of this process; afterwards import what that one had to import."""
    read, write = os.pipe()
    sys.stdout.flush()
    if (child := os.fork()) == 0:
        os.close(read)
        code = build.build_alone(output)
        sys.stdout.flush()
        sys.stderr.flush()
        with os.fdopen(write, "w") as pipe:
            pipe.write("\n".join(of_others()))
        os._exit(code)
    os.close(write)
    with os.fdopen(read) as pipe:
        names = pipe.read().split()
    os.waitpid(child, 0)
    import_all(name for name in names if name not in sys.modules)


def built_anew(output: Path) -> None:
    """Build in a process that starts from nothing."""
    command = [sys.executable, str(ROOT / "tools" / "build.py"), "--output", str(output)]
    subprocess.run(command, check=False)


def watch(output: Path) -> None:
    """Build now, and then whenever a file has changed and changes no more."""
    if hasattr(os, "fork"):
        build.import_lean()
        build.read_plugins_once()
        import_all(FIRST)
    built: stamps.Stamps = {}
    known: stamps.Stamps = {}
    while True:
        before, known = known, stamps.take(ROOT, known)
        if known == before and not stamps.same(built, known):
            built = known
            (built_in_a_fork if hasattr(os, "fork") else built_anew)(output)
            print("Watching; Ctrl-C ends it.", flush=True)
        time.sleep(PAUSE if known == before else WRITING)


def main() -> int:
    """Read the command line and watch."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder to build in")
    output = parser.parse_args().output.resolve()
    variables = variables_of_a_build()
    if dict(os.environ) != variables:
        return children.run([sys.executable, *sys.argv], env=variables)
    watch(output)
    return 0


if __name__ == "__main__":
    sys.exit(ended(main))
