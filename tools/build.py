"""Build the book in a staging folder and swap it in when it is whole.

A build is a transaction. It works on a copy of the last good state (Sphinx's doctrees and the
cells' outputs), and only a build without a warning replaces state and site. So a failed build
leaves both as they were, and no warning is lost because its page had been read already.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import signal
import sys
import textwrap
import time
from contextlib import suppress
from pathlib import Path

import children
from alone import alone
from places import OUTPUT, ROOT, variables_of_a_build
from refusal import RefusalError, make_folder, plainly
from swap import KEPT, recover, swap

WIDTH = 120  # of a line that says why a page was redone


def stage(output: Path) -> Path:
    """Return an empty build folder that holds a copy of the last good state.

    The folder's path is the same for every build, because doctrees name files in it.
    """
    build = output / "staging"
    shutil.rmtree(build, ignore_errors=True)
    build.mkdir(parents=True)
    for name in KEPT:
        if (output / "state" / name).is_dir():
            shutil.copytree(output / "state" / name, build / name)
    return build


def run_sphinx(build: Path) -> bool:
    """Do what `jupyter-book build -W -n --keep-going` does; tell whether all went well."""
    from jupyter_book.sphinx import build_sphinx  # the settings of this process must come first
    from sphinx.util.console import nocolor

    settings = {
        "external_toc_path": (ROOT / "_toc.yml").as_posix(),
        "latex_individualpages": False,
        "nitpicky": True,
    }
    if not sys.stdout.isatty():
        nocolor()
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
    """Return what `book/_ext/bookkit/fresh.py` wrote about this build."""
    file = folder / "report.json"
    report: dict[str, object] = json.loads(file.read_text()) if file.is_file() else {}
    return report


def summary(report: dict[str, object]) -> str:
    """Say in a few lines what was redone and why."""
    pages = report.get("pages", [])
    assert isinstance(pages, list)
    lines = [f"{page['page']}: {page['seconds']:.1f} s, {page['why']}" for page in pages]
    lines = [textwrap.shorten(line, WIDTH, placeholder=" …") for line in lines]
    head = f"{len(pages)} pages redone in {report['seconds']:.1f} s"
    return "\n  ".join([head, *lines])


def build(output: Path) -> int:
    """Build the whole book below `output`; return a process exit code."""
    started = time.perf_counter()
    recover(output)
    folder = stage(output)
    # Compiled explorers are kept by content, so a failed build may leave its own behind.
    os.environ.setdefault("EXPLORER_CACHE", str(output / "explorers"))
    whole = run_sphinx(folder)
    report = read_report(folder)
    if not whole:
        reason = report.get("failure", "the reasons are printed above")
        print(f"The book was not built, an older one is left as it was: {reason}", file=sys.stderr)
        return 1
    swap(folder, output)
    report["seconds"] = round(time.perf_counter() - started, 2)
    (output / "report.json").write_text(json.dumps(report, indent=2) + "\n")
    print(summary(report))
    print(f"Open {output / 'html' / 'index.html'}")
    return 0


def end_at_ctrl_c(lock: Path) -> None:
    """Let Ctrl-C end this process at once: nothing is half done outside the staging folder.

    Else the notebook's client would shut down its kernel and then report that the kernel has died.
    """

    def refuse(*_words: object) -> None:
        raise RuntimeError  # as where signals are not supported, which the client expects

    def stop(*_words: object) -> None:
        with suppress(OSError):
            lock.unlink()
        os._exit(children.STOPPED)

    setattr(asyncio.SelectorEventLoop, "add_signal_handler", refuse)  # noqa: B010
    signal.signal(signal.SIGINT, stop)


def main() -> int:
    """Read the command line and build, alone in the folder."""
    parser = argparse.ArgumentParser(description="Build the book.")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder to build in")
    output = parser.parse_args().output.resolve()
    variables = variables_of_a_build()
    if dict(os.environ) != variables:  # Python reads some of them only when it starts
        return children.run([sys.executable, *sys.argv], env=variables)
    try:
        make_folder(output)
        lock = output / "build.lock"
        with plainly(), alone(lock, "build"):
            end_at_ctrl_c(lock)
            return build(output)
    except RefusalError as reason:
        print(f"The book was not built, an older one is left as it was: {reason}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(children.STOPPED)
