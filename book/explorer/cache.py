"""A content cache for compiled explorers: what they are made from decides, never a time stamp."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

# An environment variable: the folder that keeps what builds have made; unset, nothing is kept.
CACHE = "EXPLORER_CACHE"
VERSIONS = 3  # of each text: going back and forth between two branches makes nothing anew


def content_key(parts: Iterable[str], files: Iterable[Path], root: Path) -> str:
    """One digest of texts and files; where the project lies on the disk plays no part in it."""
    digest = hashlib.sha256()
    versions = [f"{name} {version(name)}" for name in ("matplotlib", "numpy", "pandas")]
    for text in (*parts, *versions, sys.version):
        digest.update(text.encode() + b"\0")
    for path in sorted(path.resolve() for path in files):
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def files_below(paths: Iterable[Path], pattern: str = "*") -> Iterator[Path]:
    """Files as they are, and the files inside folders, hidden and private folders apart."""
    for path in paths:
        if path.is_file():
            yield path
        for file in path.rglob(pattern):
            folders = file.relative_to(path).parts[:-1]
            if file.is_file() and not any(part.startswith((".", "_")) for part in folders):
                yield file


class Store:
    """Texts kept in a folder by name and key; of each name the versions used last."""

    def __init__(self, folder: Path, ending: str = ".html") -> None:
        self.folder = folder
        self.ending = ending

    def get(self, name: str, key: str) -> str | None:
        path = self._path(name, key)
        try:
            text = path.read_text(encoding="utf-8")
            path.touch()
        except FileNotFoundError:
            return None
        return text

    def put(self, name: str, key: str, text: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self._path(name, key)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_text(text, encoding="utf-8")
        part.replace(path)  # a build stopped half-way leaves no half text behind
        others = (old for old in self.folder.glob(f"{name}@*{self.ending}") if old != path)
        for old in sorted(others, key=_last_used, reverse=True)[VERSIONS - 1 :]:
            old.unlink(missing_ok=True)

    def _path(self, name: str, key: str) -> Path:
        return self.folder / f"{name}@{key[:32]}{self.ending}"


def _last_used(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except FileNotFoundError:  # another build was faster
        return 0
