"""A folder as a zip that is the same bytes whenever and wherever it is made."""

from __future__ import annotations

import stat
import zipfile
from datetime import date
from pathlib import Path

UNIX = 3  # the system whose permissions an entry tells
READABLE = (stat.S_IFREG | 0o644) << 16


def pack(folder: Path, target: Path, top: str, day: date) -> None:
    """Write all files of a folder into a zip, below a folder of the name `top`."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in files:
            place = f"{top}/{file.relative_to(folder).as_posix()}"
            entry = zipfile.ZipInfo(place, (day.year, day.month, day.day, 0, 0, 0))
            entry.create_system, entry.external_attr = UNIX, READABLE
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())
