"""Enter what the built book calls its pages and their parts in `data/names.yml`: names that stay.

A link, an assignment and a reader's record hold these names: addresses of pages, anchors of
sections, figures, explorers, verdicts, claims, statements and questions. The numbers of questions
and exercises stand there with their words, for a number may not come to mean another one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from bookkit.readers.chapters import drafts, load_parts
from bookkit.readers.moved import Moved, leads_to, load_moved
from bookkit.readers.quizzes import asked, read_entries
from places import OUTPUT, ROOT
from refusal import RefusalError, ended

HEAD = """\
# Names that stay, page by page, as links and readers' records hold them: `start.py names` enters
# them, nothing takes them away. What is gone from the book needs a line in moved.yml.
"""
EXPLORER = "model-explorer"
NAMED = re.compile(rf'<(section|figure|{EXPLORER}|form|div|li)\b[^>]*?\sid="([^"]+)"')
ANCHORS = {  # tags, and those of their ids that are names
    "section": r"(?!id\d+$|module-).+",  # what is made from code moves as code does
    "figure": r"fig-.+",
    "form": r"quiz-.+-\d+",
    "div": r"(verdict|turns)-.+",
    "li": r"c\d+-\d+",
}
EXERCISE = re.compile(r"^\*\*(\d+)\. (.+?)\*\*", re.MULTILINE)
ALIKE = 0.6  # of the signs of a question's words, from which it is the same one in other words


@dataclass
class Page:
    """The names on a page; questions and exercises by number, with their words."""

    anchors: list[str] = field(default_factory=list)
    explorers: list[str] = field(default_factory=list)
    questions: dict[int, str] = field(default_factory=dict)
    exercises: dict[int, str] = field(default_factory=dict)

    @property
    def parts(self) -> list[str]:
        """List all that may stand in an address after the `#`."""
        return [*self.anchors, *self.explorers]


Names = dict[str, Page]


def parts(text: str) -> Page:
    """Return those names that stand on a built page."""
    found = list(dict.fromkeys(NAMED.findall(text)))
    return Page(
        [name for tag, name in found if tag in ANCHORS and re.fullmatch(ANCHORS[tag], name)],
        [name for tag, name in found if tag == EXPLORER],
    )


def page_of(root: Path, slug: str, text: str) -> Page:
    """Return the names on a page of the book."""
    page = parts(text)
    quiz, source = root / "data" / "quizzes" / f"{slug}.yml", root / "book" / f"{slug}.md"
    if quiz.is_file():
        page.questions = {n: asked(each) for n, each in enumerate(read_entries(quiz), start=1)}
    if source.is_file():
        _, _, exercises = source.read_text(encoding="utf-8").partition("\n## Exercises\n")
        page.exercises = {int(n): words.strip(".") for n, words in EXERCISE.findall(exercises)}
    return page


def standing(root: Path, site: Path) -> Names:
    """Return all names that the built book has; a draft's may still change."""
    left_out = drafts(load_parts(root / "data" / "chapters.yml"))
    return {
        file.relative_to(site).as_posix(): page_of(root, file.stem, file.read_text("utf-8"))
        for file in sorted((site / "book").glob("*.html"))
        if file.stem not in left_out
    }


def load_names(file: Path) -> Names:
    """Read the names that were entered; there are none before the first time."""
    content: dict[str, Any] = {}
    if file.is_file():
        content = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    return {address: Page(**page) for address, page in content.items()}


def gone(entered: Names, now: Names, moved: Moved) -> Iterator[str]:
    """Say of each name that was entered and is no longer there what is wrong."""
    for address, page in entered.items():
        for each in (address, *(f"{address}#{name}" for name in page.parts)):
            yield from astray(each, leads_to(each, moved), now)
        yield from renamed(address, page, now.get(leads_to(address, moved), Page()))


def astray(old: str, there: str, now: Names) -> Iterator[str]:
    """Say what is wrong with a name that was entered, and with where it leads."""
    if old == there and not stands(old, now):
        yield f"{old} is gone and has no line in data/moved.yml"
    elif not stands(there, now):
        yield f"{old} is gone and moved to {there}, which is not there"
    elif old != there and stands(old, now):
        yield f"{old} has moved to {there} by data/moved.yml, and is still there"


def stands(address: str, names: Names) -> bool:
    """Tell whether an address leads somewhere."""
    page, mark, anchor = address.partition("#")
    return page in names and (not mark or anchor in names[page].parts)


def renamed(address: str, page: Page, now: Page) -> Iterator[str]:
    """Say which numbers have come to mean another question or exercise, or none."""
    for what in ("questions", "exercises"):
        for number, words in getattr(page, what).items():
            new = getattr(now, what).get(number)
            if new is None or not alike(words, new):
                yield f"{address}: number {number} of the {what} was {words!r}, and is {new!r} now"


def alike(one: str, other: str) -> bool:
    """Tell whether words are the same but for how they are put."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def new(entered: Names, now: Names) -> Iterator[str]:
    """Name what the book has and was not entered yet."""
    for address, page in now.items():
        before = entered.get(address)
        if before is None:
            yield address
            continue
        yield from (f"{address}#{name}" for name in page.parts if name not in before.parts)
        for what in ("questions", "exercises"):
            numbers = getattr(page, what).keys() - getattr(before, what).keys()
            yield from (f"{address}, number {each} of the {what}" for each in sorted(numbers))


def together(entered: Names, now: Names) -> Names:
    """Return all names: those entered stay, in their order; words are those of today."""
    pages = {}
    for address in sorted({*entered, *now}):
        old, page = entered.get(address, Page()), now.get(address, Page())
        pages[address] = Page(
            list(dict.fromkeys([*old.anchors, *page.anchors])),
            list(dict.fromkeys([*old.explorers, *page.explorers])),
            old.questions | page.questions,
            old.exercises | page.exercises,
        )
    return pages


def written(names: Names) -> str:
    """Write the file."""
    content = {
        address: {key: value for key, value in vars(page).items() if value}
        for address, page in names.items()
    }
    text: str = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=96)
    return HEAD + text


def main() -> int:
    """Enter the new names of the book; refuse while one that was entered is gone."""
    file, site = ROOT / "data" / "names.yml", OUTPUT / "html"
    entered, now = load_names(file), standing(ROOT, site)
    if faults := list(gone(entered, now, load_moved(ROOT / "data" / "moved.yml"))):
        raise RefusalError("; ".join(faults) + ".")
    added = list(new(entered, now))
    file.write_text(written(together(entered, now)), encoding="utf-8")
    print("\n".join([*added, f"{len(added)} new names in data/names.yml."]))
    return 0


if __name__ == "__main__":
    sys.exit(ended(main))
