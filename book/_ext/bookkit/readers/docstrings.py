"""The documentation of a function, taken apart: what it takes, gives and refuses, and who says so.

The form is numpy's: a sentence, perhaps a text, then sections under underlined headings.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEADING = re.compile(r"^([A-Z][a-z]+)\n-{3,}\n", re.MULTILINE)
SECTIONS = ("Parameters", "Returns", "Raises", "Notes", "Source")


@dataclass(frozen=True)
class Item:
    """One entry of a section: names, if it has some, the kind of thing, and what is said of it."""

    names: tuple[str, ...]
    kind: str
    text: str


@dataclass(frozen=True)
class Docstring:
    """A docstring's parts; what is not there is empty."""

    sentence: str
    text: str
    parameters: tuple[Item, ...]
    returns: tuple[Item, ...]
    raises: tuple[Item, ...]
    notes: str
    source: str


def _items(section: str, named: bool) -> Iterator[Item]:
    """Yield the entries of a section: a line at the margin, then what is indented below it."""
    for found in re.finditer(r"^(\S.*)\n?((?:(?: +.*|)(?:\n|$))*)", section, re.MULTILINE):
        head, text = found[1], inspect.cleandoc(found[2])
        names, colon, kind = head.partition(" : ")
        if named:
            listed = tuple(each.strip() for each in names.split(","))
            yield Item(listed, kind.strip(), text)
        else:
            yield Item((names,) if colon else (), kind if colon else head, text)


def read_docstring(text: str) -> Docstring:
    """Take a docstring apart; an unknown heading is a fault.

    Raises
    ------
    ValueError
        Naming the heading.
    """
    before, *rest = _HEADING.split(inspect.cleandoc(text))
    sections = dict(zip(rest[::2], (each.strip("\n") for each in rest[1::2]), strict=True))
    if unknown := sorted(set(sections) - set(SECTIONS)):
        raise ValueError(f"headings are {', '.join(SECTIONS)}, not {', '.join(unknown)}")
    sentence, _, body = before.strip().partition("\n\n")
    return Docstring(
        " ".join(sentence.split()),
        body.strip("\n"),
        tuple(_items(sections.get("Parameters", ""), named=True)),
        tuple(_items(sections.get("Returns", ""), named=False)),
        tuple(_items(sections.get("Raises", ""), named=False)),
        sections.get("Notes", ""),
        sections.get("Source", ""),
    )
