"""Zips of notebooks with all that they need; of the same files always the same bytes."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ALWAYS = ("requirements-run.txt", "LICENSE", "LICENSE-text", "CITATION.cff")
CONTAINER = ("binder/requirements.txt", "binder/runtime.txt")  # for places that build one
CATALOGUE = "data/catalogue.toml"
EPOCH = (1980, 1, 1, 0, 0, 0)  # files in a zip have times; these have none
PACKED = (".gz",)

Files = dict[str, bytes]


def files(root: Path, names: Iterable[str]) -> Files:
    """Read files of the project by their names; one that is not there is left out."""
    every = sorted({name.partition(" [")[0] for name in names})
    return {name: (root / name).read_bytes() for name in every if (root / name).is_file()}


def licences(catalogue: Mapping[str, Any], names: Iterable[str]) -> Files:
    """Write beside each data set what it is, whose, and what may be done with it."""
    wanted = set(names)
    return {
        f"data/{each.file}.license": licence(each).encode()
        for each in catalogue.values()
        if f"data/{each.file}" in wanted
    }


def licence(data_set: Any) -> str:
    """Say what a data set is and which licence it has."""
    lines = {"File": data_set.file, "Title": data_set.title, "Source": data_set.source,
             "Taken from": data_set.origin, "Retrieved": data_set.retrieved,
             "Licence": f"{data_set.licence}. {data_set.licence_note}",
             "SHA-256": data_set.sha256}  # fmt: skip
    return "".join(f"{name}: {' '.join(str(text).split())}\n" for name, text in lines.items())


def digest(content: Files) -> str:
    """Return the digest of files with their names."""
    each = (f"{name} {hashlib.sha256(content[name]).hexdigest()}" for name in sorted(content))
    return hashlib.sha256("\n".join(each).encode()).hexdigest()


def zipped(content: Files, folder: str) -> bytes:
    """Pack files into a folder of a zip, in the order of their names."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(content):
            entry = zipfile.ZipInfo(f"{folder}/{name}", EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            entry.compress_type = (
                zipfile.ZIP_STORED if name.endswith(PACKED) else zipfile.ZIP_DEFLATED
            )
            archive.writestr(entry, content[name], compresslevel=9)
    return target.getvalue()
