"""The book built cold, warm, after edits of each kind, and while it is watched."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import programs
import yaml  # type: ignore[import-untyped]

import places
from places import ROOT

COPY = places.OUTPUT / "bench"  # of the project, to edit
OUTPUT = COPY / places.OUTPUT.name
NEEDED = ("_config.yml", "_toc.yml", "CITATION.cff", "requirements.txt", "book", "data", "tools")
CHAPTER = "spread"
# What is edited, in which file, by a line at its end.
EDITS = {
    "a word of prose": (f"book/{CHAPTER}.md", "\nOne word more.\n"),
    "a quiz": (f"data/quizzes/{CHAPTER}.yml", "# A word.\n"),
    "an extension": ("book/_ext/bookkit/page/foot.py", "# A word.\n"),
    "a model": (f"book/netfin/{CHAPTER}/__init__.py", "# A word.\n"),
}


def copy() -> None:
    """Copy what a build needs, without what one has made."""
    shutil.rmtree(COPY, ignore_errors=True)
    COPY.mkdir(parents=True)
    for name in NEEDED:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.ipynb")
            shutil.copytree(ROOT / name, COPY / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, COPY / name)


def built() -> tuple[float, dict[str, Any]]:
    """Build; return the seconds until the command ended, and the build's report."""
    started = time.perf_counter()
    programs.output([sys.executable, "tools/build.py", "--output", str(OUTPUT)], COPY)
    seconds = time.perf_counter() - started
    report: dict[str, Any] = json.loads((OUTPUT / "report.json").read_text())
    return seconds, report


def took() -> str:
    """Build; say how long that took and what was done."""
    seconds, report = built()
    done = (
        f"{len(report['pages'])} read, {len(report['run'])} run, {len(report['written'])} written"
    )
    return f"{seconds:.1f} s ({done})"


def cold() -> str:
    """Build the whole book for the first time; say how long that took for each chapter, too."""
    seconds, report = built()
    parts = yaml.safe_load((ROOT / "data" / "chapters.yml").read_text("utf-8"))["parts"]
    listed = {f"book/{chapter['slug']}" for part in parts for chapter in part["chapters"]}
    chapters = len(listed & set(report["run"]))
    return f"{seconds:.1f} s, or {seconds / chapters:.1f} s for each of {chapters} chapters"


def edit(file: str, words: str) -> None:
    """Add words to a file."""
    with (COPY / file).open("a", encoding="utf-8") as stream:
        stream.write(words)


def after(file: str, words: str) -> str:
    """Edit a file and build; say how long that took."""
    edit(file, words)
    return took()


def chapter_cold() -> str:
    """Forget what a chapter printed, and all pictures; build it."""
    shutil.rmtree(OUTPUT / "explorers")
    for kept in (OUTPUT / "runs").glob(f"book.{CHAPTER}@*"):
        kept.unlink()
    return after(*EDITS["a word of prose"])


def watched() -> str:
    """Say how long it takes from saving a file to the built page, the second time."""
    command = [sys.executable, "-u", "tools/watch.py", "--output", str(OUTPUT)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=COPY, stdout=pipe, stderr=pipe, text=True) as watching:
        assert watching.stdout is not None
        said = iter(watching.stdout.readline, "")
        for _ in range(2):
            next(line for line in said if line.startswith("Watching"))
            started = time.perf_counter()
            edit(*EDITS["a word of prose"])
        next(line for line in said if line.startswith("Open "))
        seconds = time.perf_counter() - started
        watching.terminate()
    return f"{seconds:.1f} s"


def measure() -> Iterator[tuple[str, Callable[[], str]]]:
    """Build everything, then nothing, then what an edit of each kind asks for."""
    copy()
    yield "whole book, cold", cold
    report = json.loads((OUTPUT / "report.json").read_text())
    for page, seconds in report["run"].items():
        yield f"{page}, cold, beside others", partial(str, f"{seconds:.1f} s")
    yield "nothing to do", took
    for name, (file, words) in EDITS.items():
        yield f"after an edit of {name}", partial(after, file, words)
    yield f"{CHAPTER}, cold, alone", chapter_cold
    yield "watched, from saving a word to its page", watched
