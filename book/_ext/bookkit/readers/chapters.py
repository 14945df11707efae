"""The chapters of the book, written and unwritten: `data/chapters.yml`, read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

LONGEST_QUESTION = 12  # words
_SLUG = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True)
class Chapter:
    """One chapter; its slug is its file's name in book/ and its address."""

    slug: str
    title: str
    question: str

    def __post_init__(self) -> None:
        """Refuse what has no address or does not fit on the map."""
        if not _SLUG.fullmatch(self.slug):
            raise ValueError(f"slug must be small letters, digits and -, is {self.slug!r}")
        if not self.title.strip():
            raise ValueError(f"{self.slug}: title must be some text, is {self.title!r}")
        words = len(self.question.split())
        if not self.question.endswith("?") or words > LONGEST_QUESTION:
            raise ValueError(f"{self.slug}: question must end in ? and have at most "
                             f"{LONGEST_QUESTION} words, is {self.question!r}")  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A part of the book."""

    title: str
    chapters: tuple[Chapter, ...]


def _entry(content: object, keys: set[str], where: str) -> Mapping[str, Any]:
    """Take a mapping that has these keys and no other, each with something in it."""
    found = set(content) if isinstance(content, Mapping) else set()
    if not isinstance(content, Mapping) or found != keys:
        allowed = ", ".join(sorted(keys))
        raise ValueError(f"{where}: keys must be {allowed}, are {', '.join(sorted(found)) or None}")
    if empty := sorted(key for key in keys if not content[key]):
        raise ValueError(f"{where}: {', '.join(empty)} is empty")
    return content


def _part(content: object, number: int) -> Part:
    """Make a part of an entry."""
    entry = _entry(content, {"title", "chapters"}, f"part {number}")
    keys = {each.name for each in fields(Chapter)}
    rows = enumerate(entry["chapters"], start=1)
    made = (_entry(row, keys, f"part {number}, chapter {place}") for place, row in rows)
    return Part(entry["title"], tuple(Chapter(**{k: str(row[k]) for k in keys}) for row in made))


def load_parts(file: Path) -> tuple[Part, ...]:
    """Read and check the chapters; a fault names the file and the entry."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        listed = enumerate(_entry(content, {"parts"}, "the file")["parts"], start=1)
        parts = tuple(_part(entry, number) for number, entry in listed)
        slugs = [chapter.slug for part in parts for chapter in part.chapters]
        if twice := sorted({slug for slug in slugs if slugs.count(slug) > 1}):
            raise ValueError(f"slug {', '.join(twice)} stands twice")
    except (ValueError, yaml.YAMLError) as fault:
        raise ValueError(f"{file.name}: {fault}") from None
    return parts


def titles(parts: tuple[Part, ...]) -> dict[str, str]:
    """Look up the chapters' titles by slug, in the book's order."""
    return {chapter.slug: chapter.title for part in parts for chapter in part.chapters}
