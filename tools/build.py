"""Build the book in a staging folder and swap it in when it is whole.

A build is a transaction. It works on a copy of the last good state (Sphinx's doctrees and the
cells' outputs), and only a build without a warning replaces state and site. So a failed build
leaves both as they were, and no warning is lost because its page had been read already.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import shutil
import signal
import sys
import textwrap
import time
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import children
import stamps
from alone import alone
from places import OUTPUT, ROOT, variables_of_a_build
from refusal import RefusalError, ended, make_folder, plainly
from swap import KEPT, REPORT, STAMPS, recover, swap

WIDTH = 120  # of a line that says why a page was redone
NOTHING: dict[str, object] = {"pages": [], "run": {}, "written": [], "all_written_for": []}
UNUSED = {
    "cache": "NotebookClientCache",
    "direct": "NotebookClientDirect",
    "inline": "NotebookClientInline",
}
VALIDATORS = ("isoduration", "rfc3986_validator", "rfc3987_syntax")
SOLUTIONS = "solutions"  # name of what tells in stamps and report which kind a book is of
FOLDED = "folded"
KINDS = (FOLDED, "none")
NOT_BUILT = "The book was not built, an older one is left as it was: {}"


def stage(output: Path, *, anew: bool) -> Path:
    """Return an empty build folder that holds a copy of the last good state, unless built anew.

    The folder's path is the same for every build, because doctrees name files in it.
    """
    build = output / "staging"
    shutil.rmtree(build, ignore_errors=True)
    build.mkdir(parents=True)
    for name in KEPT:
        if not anew and (output / "state" / name).is_dir():
            shutil.copytree(output / "state" / name, build / name)
    return build


def import_lean() -> None:
    """Keep out what takes long to import and is used by nothing here.

    Validators of addresses and durations; MyST-NB's own ways to run cells, which need a database.
    """
    for name in VALIDATORS:
        sys.modules[name] = None  # type: ignore[assignment]
    for name, unused in UNUSED.items():
        module = ModuleType(f"myst_nb.core.execute.{name}")
        setattr(module, unused, None)
        sys.modules[module.__name__] = module


def read_plugins_once() -> None:
    """Look up but once what the installed packages offer as plug-ins: five libraries ask often."""
    from importlib import metadata  # late: it is slow, and nothing to do should not need it

    offered = metadata.entry_points()
    setattr(metadata, "entry_points", lambda **which: offered.select(**which))  # noqa: B010


def leave_garbage() -> None:
    """Look for no objects that refer to each other in a circle and to which nothing else refers.

    Trees of pages are made of such circles, so this takes a fifth of a build, and finds little.
    """
    gc.disable()


def run_sphinx(build: Path, last: Path | None, solutions: str) -> bool:
    """Do what `jupyter-book build -W -n --keep-going` does; tell whether all went well.

    Pages that stay as they are come from the `last` site, if that belongs to the state.
    """
    import_lean()
    read_plugins_once()
    leave_garbage()
    from jupyter_book.sphinx import build_sphinx  # the settings of this process must come first
    from sphinx.util.console import nocolor

    settings = {
        "external_toc_path": (ROOT / "_toc.yml").as_posix(),
        "latex_individualpages": False,
        "nitpicky": True,
        "last_site": str(last or ""),
        "solutions": solutions,
    }
    if not sys.stdout.isatty():
        nocolor()
    end_at_once()
    result = build_sphinx(
        ROOT,
        build / "html",
        noconfig=True,
        path_config=ROOT / "_config.yml",
        confoverrides=settings,
        warningiserror=True,
        keep_going=True,
    )
    return bool(result == 0)


def read_report(folder: Path) -> dict[str, object]:
    """Return what `book/_ext/bookkit/fresh.py` wrote about a build."""
    file = folder / REPORT
    report: dict[str, object] = json.loads(file.read_text()) if file.is_file() else {}
    return report


def write_report(report: dict[str, object], folder: Path, started: float) -> None:
    """Write what was done, with the seconds that it took so far."""
    report["seconds"] = round(time.perf_counter() - started, 2)
    part = folder / f"{REPORT}.part"
    part.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    part.replace(folder / REPORT)


def summary(report: dict[str, object]) -> str:
    """Say in a few lines what was redone and why."""
    pages, ran, written = report["pages"], report["run"], report["written"]
    assert isinstance(pages, list)
    assert isinstance(ran, dict)
    assert isinstance(written, list)
    lines = [f"{page['page']}: {page['seconds']:.1f} s, {page['why']}" for page in pages]
    lines = [textwrap.shorten(line, WIDTH, placeholder=" …") for line in lines]
    done = f"{len(pages)} pages read, {len(ran)} run, {len(written)} written"
    return "\n  ".join([f"{done} in {report['seconds']:.1f} s", *lines])


def is_built(output: Path) -> bool:
    """Tell whether there are a site, its state and its report."""
    return (output / "html").is_dir() and (output / "state").is_dir() and bool(read_report(output))


def kind_of(known: stamps.Stamps) -> str:
    """Tell from its stamps how a book has been built: a state without solutions is for no other."""
    return known.get(SOLUTIONS, ([], FOLDED))[1]


def not_built(reason: object) -> int:
    """Say why there is no new book; return the exit code."""
    print(NOT_BUILT.format(reason), file=sys.stderr)
    return 1


def build(output: Path, solutions: str = FOLDED) -> int:
    """Build the whole book below `output`; return a process exit code."""
    started = time.perf_counter()
    recover(output)
    known = stamps.read(output / STAMPS)
    now = stamps.take(ROOT, known)  # before anything is read: a later edit is for the next build
    now[SOLUTIONS] = ([], solutions)
    if stamps.same(known, now) and is_built(output):
        (output / STAMPS).write_text(json.dumps(now), encoding="utf-8")
        write_report(read_report(output) | NOTHING, output, started)
    else:
        anew = kind_of(known) != solutions
        folder = stage(output, anew=anew)
        # Compiled explorers are kept by content, so a failed build may leave its own behind.
        os.environ.setdefault("EXPLORER_CACHE", str(output / "explorers"))
        whole = run_sphinx(folder, output / "html" if known and not anew else None, solutions)
        report = read_report(folder) | {SOLUTIONS: solutions}
        if not whole:
            return not_built(report.get("failure", "the reasons are printed above"))
        (folder / STAMPS).write_text(json.dumps(now), encoding="utf-8")
        write_report(report, folder, started)
        swap(folder, output)
    print(summary(read_report(output)))
    print(f"Open {output / 'html' / 'index.html'}")
    return 0


def end_at_once() -> None:
    """Let notebooks' clients leave Ctrl-C to `end_at_ctrl_c`.

    Else they would shut down their kernels and then report that these have died.
    """
    import asyncio  # late: it is slow, and nothing to do should not need it

    def refuse(*_words: object) -> None:
        raise RuntimeError  # as where signals are not supported, which the client expects

    setattr(asyncio.SelectorEventLoop, "add_signal_handler", refuse)  # noqa: B010


def end_at_ctrl_c(lock: Path) -> None:
    """Let Ctrl-C end this process at once: nothing is half done outside the staging folder."""

    def stop(*_words: object) -> None:
        with suppress(OSError):
            lock.unlink()
        os._exit(children.STOPPED)

    signal.signal(signal.SIGINT, stop)


def build_alone(output: Path, solutions: str = FOLDED) -> int:
    """Build as the only process in the folder; return a process exit code."""
    try:
        make_folder(output)
        lock = output / "build.lock"
        with plainly(), alone(lock, "build"):
            end_at_ctrl_c(lock)
            return build(output, solutions)
    except RefusalError as reason:
        return not_built(reason)


def leave_at_once(code: int) -> NoReturn:
    """End without taking the pages' trees apart, which takes as long as to write a page."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # nobody may be reading any more
            stream.flush()
    os._exit(code)


def main() -> int:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description="Build the book.")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder to build in")
    parser.add_argument("--solutions", choices=KINDS, default=FOLDED, help="in the book or not")
    asked = parser.parse_args()
    variables = variables_of_a_build()
    if dict(os.environ) != variables:  # Python reads some of them only when it starts
        return children.run([sys.executable, *sys.argv], env=variables)
    leave_at_once(build_alone(asked.output.resolve(), asked.solutions))


if __name__ == "__main__":
    sys.exit(ended(main))
