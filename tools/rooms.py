"""Where the files of a chapter lie, and which of them wait for its author."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

MARK = "To write"
PLACES = (
    "book/{slug}.md",
    "book/netfin/{package}/**/*.py",
    "book/figures/{package}/**/*.py",
    "data/quizzes/{slug}.yml",
    "teaching/{slug}/*",
    "tests/models/{package}/**/*.py",
    "tests/chapters/oracles/{package}.py",
    "tests/chapters/prose/test_{package}.py",
)


def package_of(slug: str) -> str:
    """Return the name that a chapter has where Python needs one."""
    return slug.replace("-", "_")


def files_of(root: Path, slug: str) -> list[str]:
    """List the files that are a chapter's own."""
    patterns = (each.format(slug=slug, package=package_of(slug)) for each in PLACES)
    found = (path for pattern in patterns for path in sorted(root.glob(pattern)))
    return [path.relative_to(root).as_posix() for path in found]


def to_write(root: Path, file: str) -> Iterator[str]:
    """Yield place and words of what a file leaves to its author."""
    lines = (root / file).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if MARK in line:
            rest = line[line.index(MARK) + len(MARK) :].partition("*")[0]
            words = rest.strip(' :.,"') or "the solution"
            yield f"{file}:{number}: {words}"
