"""The chapters of this copy, which quizzes, banks and guides are written of: one way for all three.

A chapter is in it when `_toc.yml` has its page and `data/chapters.yml` does not call it a draft.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bookkit.readers import checks
from bookkit.readers.chapters import drafts, load_parts, titles


def _files(part: Any) -> Iterator[str]:
    """Yield the files that a part of the contents names."""
    if isinstance(part, list):
        for each in part:
            yield from _files(each)
    elif isinstance(part, dict):
        yield from (str(part[key]) for key in ("root", "file") if key in part)
        yield from (file for each in part.values() for file in _files(each))


def pages(root: Path) -> list[str]:
    """Return the names of all pages of the contents, in their order."""
    with checks.within("_toc.yml"):
        return [Path(file).stem for file in _files(checks.read(root / "_toc.yml"))]


def standing(root: Path) -> dict[str, str]:
    """Return the titles of the chapters of this copy, in the book's order."""
    parts, held = load_parts(root / "data" / "chapters.yml"), set(pages(root))
    begun = drafts(parts)
    return {slug: title for slug, title in titles(parts).items() if slug in held - begun}
