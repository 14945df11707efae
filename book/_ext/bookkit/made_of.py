"""What a piece of the book is made of: files, each with the digest of its content."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx

from explorer.imports import Closure, closure, files_named
from explorer.shelf import Shelf

Record = dict[str, str]

DATA_READER = "netfin/data.py"
CATALOGUE = "catalogue.toml"
LOCK = "requirements.txt"


def digest_of(value: object) -> str:
    """Return the digest of a value that can be written as JSON, or as a text."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


class Sources:
    """The project's files as they were when first asked for in this build."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.book = root / "book"
        self.shelf = Shelf(root / "data", self.book / DATA_READER, CATALOGUE)
        self.digests: dict[Path, str] = {}
        self.names: dict[Path, str] = {}
        self.modules: dict[str, set[Path]] = {}
        self.found: dict[tuple[str, ...], Record] = {}

    @cached_property
    def static_files(self) -> list[Path]:
        """Return the files of book/_static."""
        return [file for file in (self.book / "_static").rglob("*") if file.is_file()]

    @cached_property
    def ours(self) -> str:
        """Return the digest of the extensions."""
        return digest_of(self.below("book/_ext"))

    def digest(self, file: Path) -> str:
        """Return the digest of a file; one that is missing has one too."""
        if file not in self.digests:
            content = file.read_bytes() if file.is_file() else b"missing"
            self.digests[file] = hashlib.sha256(content).hexdigest()
        return self.digests[file]

    def record(self, files: Iterable[Path]) -> Record:
        """Return {path: digest}, paths relative to the project where they can be."""
        return {self.name(file): self.digest(file) for file in files}

    def name(self, file: Path) -> str:
        """Return how a file is called; pages share most, so each is asked for often."""
        if file not in self.names:
            within = file.is_relative_to(self.root)
            self.names[file] = (file.relative_to(self.root) if within else file).as_posix()
        return self.names[file]

    def below(self, *folders: str) -> Record:
        """Return the record of all files in folders of the project, compiled ones apart."""
        found = (file for folder in folders for file in (self.root / folder).rglob("*"))
        return self.record(f for f in found if f.is_file() and f.parent.name != "__pycache__")

    def data(self, code: Closure) -> Record:
        """Return the data sets that the code may read, with their catalogue entries."""
        files, entries = self.shelf.used(code)
        named = {f"data/{CATALOGUE} [{name}]": digest_of(each) for name, each in entries.items()}
        return named | self.record(files)

    def static(self, code: Closure) -> Record:
        """Return the fonts and other files of book/_static that the code names in a literal."""
        return self.record(files_named(code.words, self.static_files))

    def made_of(self, sources: Iterable[str]) -> Record:
        """Return what a piece of Python depends on: modules, and data and other files it names."""
        asked = tuple(sources)
        if asked not in self.found:
            code = closure(asked, self.book, self.modules)
            self.found[asked] = self.record(code.files) | self.data(code) | self.static(code)
        return self.found[asked]

    def packages(self) -> Record:
        """Return what all code runs in: the locked packages, Python."""
        return self.record([self.root / LOCK]) | {"Python": sys.version.split()[0]}


_of_builds: WeakKeyDictionary[Sphinx, Sources] = WeakKeyDictionary()


def sources_of(app: Sphinx) -> Sources:
    """Return the files of the project that is built."""
    return _of_builds.setdefault(app, Sources(Path(app.srcdir)))
