"""What `start.py` does, command by command. Standard library only, up to the children it runs."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from functools import partial
from getpass import getpass
from pathlib import Path

import children
import environment
import places
from refusal import RefusalError, ended

BOOK, LAB, TEST = (environment.LOCKS[:count] for count in (1, 2, 4))
TEACH = (environment.LOCKS[0], environment.LOCKS[-1])
JUPYTERLAB = (
    "-m", "jupyterlab", f"--LabApp.app_settings_dir={places.ROOT / 'tools' / 'lab'}",
    "--KernelManager.transport_encryption=auto",  # without it each kernel prints a warning
)  # fmt: skip
EXTENSIONS = str(places.ROOT / "book" / "_ext")
SEEN = (
    "words behind the command stand in the list of processes; leave the secret out, and it is "
    "asked for."
)
TAUGHT = ("quizzes", "guides", "handouts", "slides")
SOLUTIONS = ("folded", "none", "apart")
CACHES = (".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache")


def run(python: Path, *words: str, folder: str = "", **variables: str) -> int:
    """Run a Python of the environment, in a folder of the project; return its exit code."""
    env = places.variables() | variables
    return children.run([str(python), *words], cwd=str(places.ROOT / folder), env=env)


def tool(name: str) -> str:
    """Return the path of a tool."""
    return str(places.ROOT / "tools" / name)


def build(python: Path, *words: str, **variables: str) -> int:
    """Build a book; return the exit code."""
    env = places.variables_of_a_build() | variables
    return children.run([str(python), tool("build.py"), *words], cwd=str(places.ROOT), env=env)


def book() -> int:
    """Build the book into _build/html, warnings as errors; SOLUTIONS=none or apart leaves them out.

    With apart they are written into _build/solutions, out of a book that has them.
    """
    asked = os.environ.get("SOLUTIONS") or SOLUTIONS[0]
    if asked not in SOLUTIONS:
        raise RefusalError(f"SOLUTIONS is {asked!r}; it can be {', '.join(SOLUTIONS)}.")
    python = environment.prepare(*(TEST if asked == "apart" else BOOK))
    if asked == SOLUTIONS[0]:
        return build(python)
    return build(python, "--solutions", "none") or (apart(python) if asked == "apart" else 0)


def apart(python: Path) -> int:
    """Write the solutions beside a book that has none."""
    solved, cache = places.OUTPUT / "with-solutions", str(places.OUTPUT / "explorers")
    code = build(python, "--output", str(solved), EXPLORER_CACHE=cache)
    return code or run(python, tool("apart.py"), str(solved), PYTHONPATH=EXTENSIONS)


def watch() -> int:
    """Build the book now and each time a file is saved, until Ctrl-C."""
    python = environment.prepare(*BOOK)
    env = places.variables_of_a_build()
    return children.run([str(python), tool("watch.py")], cwd=str(places.ROOT), env=env)


def site() -> int:
    """Make the folder for any host, with PDFs and an offline zip; ONLY=pages leaves out PDFs."""
    python = environment.prepare(*TEST)
    if code := book():
        return code
    only = ("--only", os.environ["ONLY"]) if os.environ.get("ONLY") else ()
    return run(python, tool("publish.py"), *only, PYTHONPATH=EXTENSIONS)


def lab() -> int:
    """Open the chapters as notebooks in JupyterLab."""
    return run(environment.prepare(*LAB), *JUPYTERLAB, folder="book")


def notebooks() -> int:
    """Build, and lay the chapters as plain notebooks beside their sources, for other editors."""
    python = environment.prepare(*BOOK)
    return book() or run(python, tool("notebooks.py"))


def suite(*words: str) -> int:
    """Run the suite; setting up is timed as one of its stages."""
    started = time.perf_counter()
    python = environment.prepare(*TEST)
    seconds = f"{time.perf_counter() - started:.1f}"
    return run(python, tool("suite.py"), "--setup-seconds", seconds, *words)


def test() -> int:
    """Checks, build, tests; in a browser, changed pages in full and a share of the others."""
    return suite()


def test_all() -> int:
    """The same, with every page in full."""
    return suite("--all")


def check() -> int:
    """Lint, types, import directions, spelling, models: under a minute."""
    return run(environment.prepare(*TEST), tool("check.py"))


def chapter(name: str) -> int:
    """Begin the chapter NAME of data/chapters.yml as a draft; print what is left to write."""
    return run(environment.prepare(*TEST), tool("begin.py"), name, PYTHONPATH=EXTENSIONS)


def where(name: str) -> int:
    """List the files of the chapter NAME, and its rows in the lists that chapters share."""
    return run(environment.prepare(*BOOK), tool("where.py"), name, PYTHONPATH=EXTENSIONS)


def teach(secret: str) -> int:
    """Write quizzes, banks (numbers from SECRET), guides, hand-outs, slides; ONLY=guides is one.

    Quizzes and banks alone need a secret; it reaches the tool by its environment. Typed when it is
    asked for, or given as `SECRET=… start.py teach`, it stays out of the list of processes, which
    `--secret` does not.
    """
    only = os.environ.get("ONLY", "")
    if only not in ("", *TAUGHT):
        raise RefusalError(f"ONLY is {only!r}; of teach it can be {', '.join(TAUGHT)}.")
    paths = os.pathsep.join((EXTENSIONS, str(places.ROOT / "book"), str(places.ROOT / "tools")))
    python = environment.prepare(*(TEACH if only in TAUGHT[:2] else TEST))
    if only == TAUGHT[1]:
        return run(python, tool("teaching/guides.py"), PYTHONPATH=paths)
    if only in ("", TAUGHT[0]):
        code = run(python, tool("teaching/teach.py"), PYTHONPATH=paths, SECRET=secret)
        if code or only:
            return code
    words = ("--only", only) if only else ()
    return book() or run(python, tool("teaching/lesson.py"), *words, PYTHONPATH=paths)


def class_(folder: str) -> int:
    """Read the My book files in FOLDER into a table and a page of pictures; NAMES=shown names them.

    Nothing leaves this machine.
    """
    paths = os.pathsep.join((EXTENSIONS, str(places.ROOT / "book"), str(places.ROOT / "tools")))
    words = (tool("teaching/class_.py"), str(Path(folder).resolve()))
    return run(environment.prepare(*BOOK), *words, PYTHONPATH=paths)


def names() -> int:
    """Enter new addresses, anchors and numbers of the built book in data/names.yml: they stay."""
    if code := book():
        return code
    return run(environment.prepare(*BOOK), tool("names.py"), PYTHONPATH=EXTENSIONS)


def release(version: str) -> int:
    """Date and tag the edition VERSION, on a commit that test-all has passed on.

    Nothing is pushed.
    """
    return run(environment.prepare(*TEST), tool("release.py"), version, PYTHONPATH=EXTENSIONS)


def bench() -> int:
    """Print build times, page weights, slider latency, model speed; ONLY=loans prints one part."""
    python = environment.prepare(*TEST)
    if code := book():
        return code
    only = ("--only", os.environ["ONLY"]) if os.environ.get("ONLY") else ()
    paths = os.pathsep.join(str(places.ROOT / name) for name in ("book", "tools"))
    return run(python, tool("bench/run.py"), *only, PYTHONPATH=paths)


def lock() -> int:
    """Pin requirements*.in again, with hashes; UV_UPGRADE=1 takes newer versions.

    For every platform and Python from 3.11; pins stay unless an .in file asks otherwise.
    """
    python = environment.prepare(*TEST)
    upgrade = ("--upgrade",) if os.environ.get("UV_UPGRADE") else ()
    how = ("--quiet", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header")
    for name in environment.LOCKS:
        files = ("--output-file", name, str(Path(name).with_suffix(".in")))
        if code := run(python, "-m", "uv", "pip", "compile", *how, *upgrade, *files):
            return code
    return 0


def clean() -> int:
    """Remove everything that is built; the environment in .venv stays."""
    for folder in (places.OUTPUT, *(places.ROOT / name for name in CACHES)):
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def said(command: Callable[..., int]) -> str:
    """Return the sentence that says what a command does."""
    return (command.__doc__ or "").splitlines()[0]


COMMANDS: dict[str, Callable[..., int]] = {
    "book": book,
    "watch": watch,
    "site": site,
    "lab": lab,
    "notebooks": notebooks,
    "test": test,
    "test-all": test_all,
    "check": check,
    "chapter": chapter,
    "where": where,
    "names": names,
    "class": class_,
    "teach": teach,
    "release": release,
    "bench": bench,
    "lock": lock,
    "clean": clean,
}
TAKES = {
    "chapter": "NAME",
    "where": "NAME",
    "release": "VERSION",
    "class": "FOLDER",
    "teach": "SECRET",
}


def usage() -> str:
    """Say which commands there are."""
    lines = [f"  {name:<10}{said(command)}" for name, command in COMMANDS.items()]
    return "\n".join(
        [
            "Usage: start.py COMMAND [what it takes] [BUILD=folder] [PYTHON=python]",
            *lines,
        ]
    )


def is_secretless() -> bool:
    """Tell whether what is to be written for teachers needs no secret."""
    return os.environ.get("ONLY") in TAUGHT[1:]


def secret_typed() -> str:
    """Ask for the secret, unseen, where one is needed and somebody can be asked."""
    if is_secretless() or not sys.stdin.isatty():
        return ""
    return getpass("A secret of yours, from which the questions' numbers are drawn: ")


def called(words: list[str]) -> Callable[[], int] | str:
    """Return the command with what it takes, or what is wrong with the words."""
    name, *given = words
    if name in TAKES:  # also as an option: --name p2p, --name=p2p
        option = f"--{TAKES[name].lower()}"
        given = [word.removeprefix(f"{option}=") for word in given if word != option]
    if name == "teach" and len(given) > 1:
        return "teach takes one SECRET; leave its words out, and it asks for them at a terminal."
    if name not in COMMANDS or len(given) > (name in TAKES):
        return f"{' '.join(words)!r} is no command; there are {', '.join(COMMANDS)}."
    if name not in TAKES:
        return COMMANDS[name]
    taken = given[0] if given else os.environ.get(TAKES[name], "")
    if name == "teach":
        typed = (*sys.argv, os.environ.get("MAKEFLAGS", ""))
        if given or any("SECRET=" in word for word in typed):
            print(f"start: {SEEN}", file=sys.stderr)
        taken = taken or secret_typed()
    if not taken and not (name == "teach" and is_secretless()):
        way = "which it asks for at a terminal" if name == "teach" else ""
        return f"{name} takes a {TAKES[name]}, {way or f'as in `start.py {name} {TAKES[name]}`'}."
    return partial(COMMANDS[name], taken)


def main(words: list[str]) -> int:
    """Run the command that is named; return an exit code."""
    if words in ([], ["help"], ["--help"], ["-h"]):
        print(usage())
        return 0
    command = called(words)
    if isinstance(command, str):
        print(f"start: {command}", file=sys.stderr)
        return 2
    return ended(command)
