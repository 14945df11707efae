"""An instructor's guide taken apart: its sections, links to states and anchors, tables, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import parse_qsl

# `[words](spread.html#name?axis=value)`, or **a number** that is said of what was linked last.
_LINK_OR_NUMBER = re.compile(
    r"\]\(([a-z0-9-]+)\.html(?:#([^)?]*)(?:\?([^)]*))?)?\)|\*\*([^*]+)\*\*"
)


@dataclass(frozen=True)
class Link:
    """A link to a chapter, to an anchor of it or to a state of an explorer."""

    slug: str
    anchor: str = ""
    state: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        query = "&".join(f"{key}={value}" for key, value in self.state)
        return f"{self.slug}.html#{self.anchor}" + (f"?{query}" if query else "")


@dataclass(frozen=True)
class Guide:
    """The guide of a chapter, `teaching/<slug>/guide.md`."""

    slug: str
    text: str

    @classmethod
    def read(cls, root: Path, slug: str) -> Guide:
        return cls(slug, (root / "teaching" / slug / "guide.md").read_text("utf-8"))

    @cached_property
    def sections(self) -> dict[str, str]:
        """Headings of level 2 with what stands below them."""
        parts = re.split(r"^## (.+)$", self.text, flags=re.MULTILINE)[1:]
        return dict(zip(parts[::2], parts[1::2], strict=True))

    def section(self, beginning: str) -> str:
        """Return the section whose heading begins so; empty if there is none."""
        found = (text for name, text in self.sections.items() if name.startswith(beginning))
        return next(found, "")

    def said(self) -> Iterator[tuple[Link | None, str]]:
        """Yield each link with an empty text, and each bold text with the link before it.

        A link holds to the end of its paragraph, list entry or row.
        """
        for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-|]|\d+\.) )", self.text):
            link: Link | None = None
            for slug, anchor, query, bold in _LINK_OR_NUMBER.findall(block):
                if slug:
                    link = Link(slug, anchor, tuple(parse_qsl(query, keep_blank_values=True)))
                yield link, bold

    def links(self) -> list[Link]:
        return [link for link, bold in self.said() if link and not bold]


def rows(section: str) -> list[list[str]]:
    """Return the cells of a section's tables, without headings and rules."""
    found: list[list[str]] = []
    for line in section.splitlines():
        if not line.startswith("|"):
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if all(set(cell) <= set(":- ") for cell in cells):
            found.pop()  # the row above a rule is its heading
        else:
            found.append(cells)
    return found
