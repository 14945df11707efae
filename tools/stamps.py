"""Tell whether anything that the book is built from has changed since it was built.

A file whose times and size are as they were is taken to be the same; of any other the content
decides. Nothing here imports what a build needs, so that nothing to do takes no time.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

INPUTS = ("_config.yml", "_toc.yml", "requirements.txt", "CITATION.cff", "book", "data", "tools",
          "requirements-run.txt", "LICENSE", "LICENSE-text", "binder")  # fmt: skip
IGNORED = ("__pycache__", ".ipynb_checkpoints")
IGNORED_ENDINGS = (".pyc", ".ipynb", "~", ".swp")

Stamp = tuple[list[int], str]  # times and size; digest
Stamps = dict[str, Stamp]
PYTHON: Stamp = ([], sys.version)


def _files(path: Path) -> Iterator[tuple[str, list[int]]]:
    """Yield the files at or below a path, with their times and size."""
    if path.is_file():
        yield str(path), _seen(path.stat())
    if not path.is_dir():
        return
    with os.scandir(path) as entries:  # which knows most of it already
        for entry in entries:
            if entry.name in IGNORED or entry.name.endswith(IGNORED_ENDINGS):
                continue
            if entry.is_dir():
                yield from _files(Path(entry.path))
            elif entry.is_file():
                yield entry.path, _seen(entry.stat())


def _seen(stat: os.stat_result) -> list[int]:
    """Return what changes whenever a file is written, also where its time is put back."""
    return [stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size]


def _digest(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def take(root: Path, known: Stamps) -> Stamps:
    """Return the stamps of all files that the book is built from; read those that look new."""
    stamps: Stamps = {"Python": PYTHON}
    for name in INPUTS:
        for path, seen in _files(root / name):
            short = path[len(str(root)) + 1 :]
            before = known.get(short)
            with suppress(FileNotFoundError):  # gone since it was listed
                digest = before[1] if before and before[0] == seen else _digest(path)
                stamps[short] = (seen, digest)
    return stamps


def read(file: Path) -> Stamps:
    """Return the stamps of the last build; none if there was no build."""
    if not file.is_file():
        return {}
    known = json.loads(file.read_text(encoding="utf-8"))
    return {name: (seen, digest) for name, (seen, digest) in known.items()}


def same(old: Stamps, new: Stamps) -> bool:
    """Tell whether the same files have the same content."""
    return {k: digest for k, (_, digest) in old.items()} == {
        k: digest for k, (_, digest) in new.items()
    }
