"""Works of the bibliography as docstrings name them: Stiglitz & Weiss (1981), all authors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pybtex.richtext import Text

# Where a work may have been published, in the order in which it is told; the first one counts.
PLACES = ("published", "journal", "booktitle", "institution", "publisher", "howpublished")
UNPUBLISHED = "none found"  # how the field `published` of a working paper may begin


def surnames(entry: Any) -> list[str]:
    """Return the authors' surnames, or the one name of an institution."""
    people = entry.persons["author"]
    return [" ".join(map(str, each.rich_prelast_names + each.rich_last_names)) for each in people]


def known_as(entry: Any) -> tuple[str, str]:
    """Return how the authors of a work are named together, and its year."""
    *others, last = surnames(entry)
    return f"{', '.join(others)} & {last}" if others else last, entry.fields["year"]


def dollars(field: str) -> str:
    """Return a field with its dollars as they are read: pybtex leaves the mark of LaTeX there."""
    return field.replace(r"\$", "$")


def plain(field: str) -> str:
    """Return a field of an entry without the marks of LaTeX."""
    words: str = Text.from_latex(dollars(field)).render_as("text")
    return words


def described(entry: Any) -> str:
    """Tell of a work who wrote it, what it is called, its year and where it was published."""
    fields = entry.fields
    who, year = known_as(entry)
    title = plain(fields["title"])
    told = f"{who} ({year}): {title}" + ("" if title[-1] in ".?!" else ".")
    places = [fields[name] for name in PLACES if name in fields]
    places = [each for each in places if not each.startswith(UNPUBLISHED)]
    return f"{told} {plain(places[0])}." if places else told


class Works:
    """The works that can be named; not those of the same authors and year, which need a letter."""

    def __init__(self, entries: Mapping[str, Any]) -> None:
        listed = [(known_as(entry), key) for key, entry in entries.items()]
        several = Counter(name for name, _ in listed)
        self.keys = {name: key for name, key in listed if several[name] == 1}
        authors = sorted({re.escape(who) for who, _ in self.keys}, key=len, reverse=True)
        self._named = re.compile(rf"(?<!& )\b({'|'.join(authors)}),? (\()?(\d{{4}})\b(?(2)\)|)")

    def parts(self, text: str) -> Iterator[tuple[str, str | None]]:
        """Cut a text, its lines joined, into what names a work, with the key, and the rest."""
        text, end = " ".join(text.split()), 0
        for found in self._named.finditer(text):
            if key := self.keys.get((found[1], found[3])):
                yield text[end : found.start()], None
                yield found[0], key
                end = found.end()
        yield text[end:], None
