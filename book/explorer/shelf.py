"""A folder of data sets, and which of them a piece of code may read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .imports import Closure, files_named

Entries = dict[str, dict[str, object]]


@dataclass(frozen=True)
class Shelf:
    """A folder of data sets, read by one module, with an entry for each in a catalogue.

    folder : where the files lie.
    reader : the module that reads them; code that does not import it reads none.
    catalogue : the TOML file in the folder that names sets: `[name]`, `file = "..."`.
    """

    folder: Path
    reader: Path
    catalogue: str = "catalogue.toml"

    def entries(self) -> Entries:
        """Return the catalogue; a folder may do without."""
        file = self.folder / self.catalogue
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        return _entries(text)

    def used(self, code: Closure) -> tuple[set[Path], Entries]:
        """Return the files that code may read, and their entries.

        A file that it names in full in a literal; a set also by that name without its ending, or by
        the name in the catalogue. Code that can read sets and names none might read any. Code that
        imports what cannot be known might read every file, and the whole catalogue.
        """
        catalogue = self.entries()
        entries = {str(entry.get("file", "")): name for name, entry in catalogue.items()}
        files = {f for f in self.folder.rglob("*") if f.is_file() and f.name != self.catalogue}
        sets = {f for f in files if f.name in entries} if catalogue else files
        listed = {self.folder / self.catalogue}
        if code.opaque:
            return files | listed, {}
        named = files_named(code.words, files)
        named |= {f for f in sets if _is_named(f, entries.get(f.name, ""), code.words)}
        if not named and self.reader in code.files:
            return sets | listed, {}
        names = {entries[file.name] for file in named if file.name in entries}
        return named, {name: entry for name, entry in catalogue.items() if name in names}


@cache
def _entries(text: str) -> Entries:
    return tomllib.loads(text)


def _is_named(file: Path, catalogued: str, words: frozenset[str]) -> bool:
    stem = file.name.partition(".")[0]
    return not words.isdisjoint({stem, catalogued} - {""})
