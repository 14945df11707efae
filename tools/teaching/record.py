"""The record in a "My book" file, read as strictly as the book's own page reads it.

What is allowed stands in `book/_static/memory.js`, how it lies in a file in `docs/my-book.md`. A
file comes from somebody else: whatever is not as it must be is a `ValueError` in one sentence, and
what is returned holds nothing that was not looked at.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FORMAT, VERSION = "why-shops-become-banks", 1
LARGEST = 4_000_000  # bytes of a file
LONGEST = 500  # characters of a text
MOST = 2000  # entries of a table
MOST_CHOSEN = 20  # texts of an answer, controls of an explorer
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
HOLDER, END = '<script type="application/json" id="my-book">', "</script"

Check = Callable[[object], bool]
Entries = dict[str, dict[str, Any]]


def is_text(value: object) -> bool:
    """Take a text of at most 500 characters, counted as a browser counts them."""
    return isinstance(value, str) and len(value.encode("utf-16-le", "surrogatepass")) <= 2 * LONGEST


def is_name(value: object) -> bool:
    """Take letters and digits of any script, and after the first one also `_`, `.` and `-`."""
    if not isinstance(value, str) or not 0 < len(value) <= 100 or value[0] in "_.-":
        return False
    return all(each in "_.-" or unicodedata.category(each)[0] in "LN" for each in value)


def is_count(value: object) -> bool:
    """Take a whole number, also one written 8.0."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 <= value <= MOST and value == int(value)


def is_date(value: object) -> bool:
    """Take a day."""
    return isinstance(value, str) and DATE.fullmatch(value) is not None


def is_texts(value: object) -> bool:
    """Take a few texts."""
    return isinstance(value, list) and len(value) <= MOST_CHOSEN and all(map(is_text, value))


def is_state(value: object) -> bool:
    """Take a few texts by name."""
    return isinstance(value, dict) and all(map(is_name, value)) and is_texts([*value.values()])


def is_one_of(*words: object) -> Check:
    """Make a check that a value is one of some; true is not 1."""
    return lambda value: any(type(value) is type(each) and value == each for each in words)


is_truth = is_one_of(True, False)
is_result = is_one_of("right", "wrong", "near")
is_direction = is_one_of("holds", "holds-if", "too-strong", "fails", "cannot-be-told")


def is_try(value: object) -> bool:
    """Take an answer with its result, and nothing else."""
    if not isinstance(value, dict) or value.keys() != {"answer", "result"}:
        return False
    return is_texts(value["answer"]) and is_result(value["result"])


TABLES: dict[str, dict[str, Check]] = {
    "pages": {
        "title": is_text, "place": is_name, "heading": is_text, "read": is_date,
        "questions": is_count, "guesses": is_count, "challenges": is_count, "end": is_truth,
    },
    "verdicts": {
        "before": is_direction, "after": is_direction, "book": is_direction,
        "changed": is_truth, "page": is_name,
    },
    "explorers": {
        "page": is_name, "state": is_state, "asked": is_text, "first": is_text, "guess": is_text,
        "right": is_text, "step": is_one_of("noted", "told"), "challenge": is_text,
        "found": is_truth,
    },
    "quiz": {
        "page": is_name, "asked": is_text, "first": is_try, "answer": is_texts,
        "result": is_result, "solved": is_truth,
    },
}  # fmt: skip


@dataclass(frozen=True)
class Record:
    """What a student has done, table by table; the name if one was typed, and the day."""

    tables: Mapping[str, Entries]
    name: str = ""
    saved: str = ""

    def entries(self) -> Iterator[dict[str, Any]]:
        """Yield all entries of all tables."""
        for table in self.tables.values():
            yield from table.values()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was guessed, answered or judged."""
        return not any(self.tables[each] for each in ("verdicts", "explorers", "quiz"))


def read_record(file: Path) -> Record:
    """Read a file; a fault is one sentence without the file's name."""
    try:
        size = file.stat().st_size
        content = file.read_bytes() if 0 < size <= LARGEST else b""
    except OSError as fault:
        raise ValueError("cannot be read") from fault
    if not content:
        raise ValueError("is larger than 4 megabytes, and no My book is" if size else "is empty")
    text = content.decode("utf-8-sig", "replace")
    value = parsed(held_in(text))
    tables = check(value)
    name, saved = value.get("name"), value.get("saved")
    return Record(
        tables,
        name[:100].strip() if isinstance(name, str) else "",
        saved if isinstance(saved, str) and is_date(saved) else "",
    )


def held_in(text: str) -> str:
    """Find the JSON of a file, as the book's page does: it is alone, or in the element for it."""
    if text.lstrip().startswith("{"):
        return text
    _, _, rest = text.partition(HOLDER)
    held, end, _ = rest.partition(END)
    if not end:
        raise ValueError("holds no My book; one is made with “Save to a file”")
    return held


def parsed(text: str) -> dict[str, Any]:
    """Parse JSON as a browser does, which knows no NaN and no Infinity."""
    try:
        value = json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError) as fault:
        raise ValueError("is damaged: what it holds of My book is no JSON") from fault
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise ValueError("is not a file of what this book remembers")
    return value


def refuse(constant: str) -> None:
    """Refuse what is no JSON."""
    raise ValueError(constant)


def check(value: Mapping[str, Any]) -> dict[str, Entries]:
    """Make a clean copy of the tables; what is not known is left out."""
    version = value.get("version")
    if isinstance(version, bool) or not isinstance(version, int | float) or version % 1:
        raise ValueError("does not say which version it has")
    if version > VERSION:
        raise ValueError(f"comes from a newer edition of the book (version {str(version)[:20]})")
    if version < 1:
        raise ValueError("does not say which version it has")
    if "last" in value and not is_name(value["last"]):
        raise ValueError("is damaged: “last” cannot be read")
    return {table: check_table(table, value.get(table, {})) for table in TABLES}


def check_table(table: str, entries: object) -> Entries:
    """Make a clean copy of a table."""
    if not isinstance(entries, dict):
        raise ValueError(f"is damaged: “{table}” cannot be read")
    if len(entries) > MOST:
        found = len(entries)
        raise ValueError(f"is damaged: “{table}” holds {found} entries, at most {MOST} can be")
    return {name: check_entry(table, name, entry) for name, entry in entries.items()}


def check_entry(table: str, name: str, entry: object) -> dict[str, Any]:
    """Make a clean copy of an entry."""
    where = f"the entry “{plain(name)[:60]}” under “{table}”"
    if not is_name(name) or not isinstance(entry, dict):
        raise ValueError(f"is damaged: {where} cannot be read")
    known = {key: allowed for key, allowed in TABLES[table].items() if key in entry}
    for key, allowed in known.items():
        if not allowed(entry[key]):
            raise ValueError(f"is damaged: “{key}” of {where} cannot be read")
    return {key: entry[key] for key in known}


def plain(text: str) -> str:
    """Put a space for each sign that could steer a terminal, a table or a page."""
    return "".join(" " if unicodedata.category(each)[0] == "C" else each for each in text)
