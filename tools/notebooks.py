"""Lay the chapters as plain notebooks beside their sources, for editors that open no others.

They come out of the built book. One that has been worked on since it was laid there stays.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from places import OUTPUT, ROOT
from refusal import ended

RECORD = "notebooks.json"  # in _build: what was laid beside the sources last, by name


def digest(file: Path) -> str:
    """Return the digest of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def lay(built: Path, book: Path, record: Path) -> list[str]:
    """Copy what is new; say in a line of each notebook what became of it."""
    known: dict[str, str] = json.loads(record.read_text("utf-8")) if record.is_file() else {}
    said = []
    for file in sorted(built.glob("*.ipynb")):
        target = book / file.name
        if target.is_file() and digest(target) not in (known.get(file.name), digest(file)):
            said.append(f"{target} has been worked on and stays; move it away to have the new one.")
            continue
        target.write_bytes(file.read_bytes())
        known[file.name] = digest(file)
        said.append(str(target))
    record.write_text(json.dumps(known, indent=1), encoding="utf-8")
    return said


def main() -> int:
    """Lay all notebooks of the built book."""
    print("\n".join(lay(OUTPUT / "html" / "notebooks", ROOT / "book", OUTPUT / RECORD)))
    return 0


if __name__ == "__main__":
    sys.exit(ended(main))
