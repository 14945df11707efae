"""The chapters of the book, written and unwritten: `data/chapters.yml`, read and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path

from bookkit.readers import checks

LONGEST_QUESTION = 12  # words
DRAFT = "draft"
_SLUG = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True)
class Chapter:
    """One chapter; its slug is its file's name in book/ and its address."""

    slug: str
    title: str
    question: str
    draft: bool = False  # has a page, and does not stand yet

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

    def __post_init__(self) -> None:
        """Refuse a part without chapters."""
        if not self.chapters:
            raise ValueError("chapters is empty")


def _chapter(content: object) -> Chapter:
    """Make a chapter of an entry."""
    keys = {each.name for each in fields(Chapter)} - {DRAFT}
    row = checks.entry(content, keys, {"state"})
    if row.get("state", DRAFT) != DRAFT:
        raise ValueError(f"{row['slug']}: state must be draft or absent, is {row['state']!r}")
    words = {key: str(row[key]) for key in keys}
    return Chapter(**words, draft="state" in row)


def _part(content: object) -> Part:
    """Make a part of an entry."""
    part = checks.entry(content, {"title", "chapters"})
    chapters = []
    for place, row in enumerate(checks.entries(part, "chapters"), start=1):
        with checks.within(f"chapter {place}"):
            chapters.append(_chapter(row))
    return Part(part["title"], tuple(chapters))


def load_parts(file: Path) -> tuple[Part, ...]:
    """Read and check the chapters; a fault names the file and the entry."""
    parts = []
    with checks.within(file.name):
        listed = checks.entry(checks.read(file), {"parts"})
        for number, content in enumerate(checks.entries(listed, "parts"), start=1):
            with checks.within(f"part {number}"):
                parts.append(_part(content))
        checks.unique("slug", (chapter.slug for part in parts for chapter in part.chapters))
    return tuple(parts)


def drafts(parts: tuple[Part, ...]) -> frozenset[str]:
    """Return the slugs of the chapters that are drafts."""
    return frozenset(each.slug for part in parts for each in part.chapters if each.draft)


def titles(parts: tuple[Part, ...]) -> dict[str, str]:
    """Look up the chapters' titles by slug, in the book's order."""
    return {chapter.slug: chapter.title for part in parts for chapter in part.chapters}
