"""Zips, of the same files always the same bytes; what a zip of notebooks needs beside them."""

from __future__ import annotations

import io
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

ALWAYS = ("requirements-run.txt", "LICENSE", "LICENSE-text", "CITATION.cff")
CONTAINER = ("binder/requirements.txt", "binder/runtime.txt")  # for places that build one
CATALOGUE = "data/catalogue.toml"
EPOCH = date(1980, 1, 1)  # files in a zip have times; these have none
PACKED = (".gz",)
SAID = {
    "File": "file",
    "Title": "title",
    "Source": "source",
    "Taken from": "origin",
    "Retrieved": "retrieved",
    "Licence": "licence",
    "On the licence": "licence_note",
    "SHA-256": "sha256",
}

Files = dict[str, bytes]


def files(root: Path, names: Iterable[str]) -> Files:
    """Read files of the project by their names; one that is not there is left out."""
    every = sorted({name.partition(" [")[0] for name in names})
    return {name: (root / name).read_bytes() for name in every if (root / name).is_file()}


def catalogued(root: Path) -> dict[str, dict[str, Any]]:
    """Read what is said of each data set, by the name of its file."""
    text = (root / CATALOGUE).read_text(encoding="utf-8")
    return {entry["file"]: entry for entry in tomllib.loads(text).values()}


def licences(catalogue: Mapping[str, Mapping[str, Any]], names: Iterable[str]) -> Files:
    """Write beside each data set what it is, whose, and what may be done with it."""
    wanted = set(names)
    return {
        f"data/{file}.license": licence(entry).encode()
        for file, entry in catalogue.items()
        if f"data/{file}" in wanted
    }


def licence(entry: Mapping[str, Any]) -> str:
    """Say what a data set is and which licence it has."""
    told = {words: entry[key] for words, key in SAID.items() if key in entry}
    return "".join(f"{words}: {' '.join(str(text).split())}\n" for words, text in told.items())


def packed(content: Files, folder: str = "", day: date = EPOCH) -> bytes:
    """Pack files into a folder of a zip, in the order of their names, all as of one day."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(content):
            place = f"{folder}/{name}" if folder else name
            entry = zipfile.ZipInfo(place, (day.year, day.month, day.day, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            entry.compress_type = (
                zipfile.ZIP_STORED if name.endswith(PACKED) else zipfile.ZIP_DEFLATED
            )
            archive.writestr(entry, content[name], compresslevel=9)
    return target.getvalue()
