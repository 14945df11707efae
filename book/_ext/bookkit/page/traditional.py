"""Traditional Chinese characters, so that a search in them finds the book's simplified ones.

The table is OpenCC's, in `opencc/`, kept as it comes. A page gets only the rows that its texts use.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("opencc") / "TSCharacters.txt"


@cache
def table() -> dict[str, str]:
    """Return the simplified form of each traditional character; of several, the usual one."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = (line.split() for line in lines if line and not line.startswith("#"))
    return {old: new for old, new, *_others in rows if old != new}


def _used(text: str) -> Iterator[str]:
    """Yield each traditional character with its simplified form, where a text has that one."""
    here = set(text)
    yield from (f"{old}{new}" for old, new in table().items() if new in here)


def pairs(text: str) -> str:
    """Return the pairs that a text uses in one string, a traditional character before each."""
    return "".join(_used(text))
