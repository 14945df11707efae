"""Build the book in a staging folder and swap it in when it is whole.

A build is a transaction. It works on a copy of the last good state (Sphinx's doctrees and the
cells' outputs), and only a build without a warning replaces state and site. So a failed build
leaves both as they were, and no warning is lost because its page had been read already.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import textwrap
import time
from pathlib import Path

from jupyter_book.sphinx import build_sphinx
from sphinx.util.console import nocolor

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 120  # of a line that says why a page was redone
KEPT = (".doctrees", "jupyter_execute")


def recover(output: Path) -> None:
    """Put the last good site back if a former swap was killed halfway."""
    if (output / "html.previous").is_dir() and not (output / "html").is_dir():
        (output / "html.previous").rename(output / "html")


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


def swap(build: Path, output: Path) -> None:
    """Replace site and state by the new ones. Readers see the old site or the new one."""
    previous = output / "html.previous"
    shutil.rmtree(previous, ignore_errors=True)
    if (output / "html").exists():
        (output / "html").rename(previous)
    (build / "html").rename(output / "html")
    shutil.rmtree(previous, ignore_errors=True)
    shutil.rmtree(output / "state", ignore_errors=True)
    (output / "state").mkdir()
    for name in KEPT:
        if (build / name).is_dir():
            (build / name).rename(output / "state" / name)


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
    output.mkdir(parents=True, exist_ok=True)
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


def main() -> int:
    """Read the command line and build."""
    if os.environ.get("PYTHONHASHSEED") != "0":  # the order of sets must not reach the pages
        os.environ["PYTHONHASHSEED"] = "0"
        os.execv(sys.executable, [sys.executable, *sys.argv])
    parser = argparse.ArgumentParser(description="Build the book.")
    parser.add_argument("--output", type=Path, default=ROOT / "_build", help="folder to build in")
    return build(parser.parse_args().output.resolve())


if __name__ == "__main__":
    sys.exit(main())
