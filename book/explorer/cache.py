"""A content cache for compiled explorers: what they were made from decides, never a time stamp."""

from __future__ import annotations

import ast
import hashlib
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

ENGINE = Path(__file__).parent


def import_closure(start: Path, root: Path) -> set[Path]:
    """The Python files below `root` that a file imports, directly or through others; itself included.

    Read from the source, not by importing. A package counts with all files in its folder that it
    needs to run: its `__init__` always, a submodule when it is named.
    """
    found: set[Path] = set()
    waiting = [start.resolve()]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imported(path, root.resolve())
    return found


def _imported(path: Path, root: Path) -> Iterator[Path]:
    package = path.parent.relative_to(root).parts if path.is_relative_to(root) else ()
    yield from (
        init
        for i in range(len(package))
        if (init := root.joinpath(*package[: i + 1], "__init__.py")).exists()
    )
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _files(alias.name.split("."), root)
        elif isinstance(node, ast.ImportFrom):
            base = [*package[: len(package) - node.level + 1]] if node.level else []
            base += node.module.split(".") if node.module else []
            for alias in node.names:
                yield from _files([*base, alias.name], root)


def _files(parts: list[str], root: Path) -> Iterator[Path]:
    for length in range(1, len(parts) + 1):
        stem = root.joinpath(*parts[:length])
        yield from (
            path for path in (stem.with_suffix(".py"), stem / "__init__.py") if path.is_file()
        )


def content_key(parts: Iterable[str], files: Iterable[Path], root: Path) -> str:
    """One digest of some texts and files; the place of the project on the disk plays no part in it."""
    digest = hashlib.sha256()
    versions = [f"{name} {version(name)}" for name in ("matplotlib", "numpy", "pandas")]
    for text in (*parts, *versions, sys.version):
        digest.update(text.encode() + b"\0")
    for path in sorted(path.resolve() for path in files):
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def files_below(paths: Iterable[Path]) -> Iterator[Path]:
    """Files as they are, folders as all files in them but compiled Python."""
    for path in paths:
        inside = path.rglob("*") if path.is_dir() else (path,)
        yield from (file for file in inside if file.is_file() and "__pycache__" not in file.parts)


class Store:
    """Texts kept in a folder by name and key; only the newest of a name is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str, key: str) -> str | None:
        path = self._path(name, key)
        return path.read_text(encoding="utf-8") if path.is_file() else None

    def put(self, name: str, key: str, text: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self._path(name, key)
        part = path.with_suffix(".part")
        part.write_text(text, encoding="utf-8")
        part.replace(path)  # a build stopped half-way leaves no half text behind
        for old in self.folder.glob(f"{name}@*.html"):
            if old != path:
                old.unlink(missing_ok=True)

    def _path(self, name: str, key: str) -> Path:
        return self.folder / f"{name}@{key[:32]}.html"
