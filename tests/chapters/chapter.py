"""A chapter's source taken apart: headings, prose, directives and cells, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from bookkit.readers.claims import Claim, load_claims

ROOT = Path(__file__).resolve().parents[2]
DIRECTIVE = re.compile(r"\{([^}]+)\}\s*(.*)")
# Directives that hold prose; what stands in them is read like the rest of the page.
HOLDING = {
    "div", "dropdown", "note", "tip", "warning", "important", "admonition", "margin", "table",
    "list-table", "verdict", "core-path",
}  # fmt: skip
_SETTINGS = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["parse"]
_CONFIG = MdParserConfig(enable_extensions=set(_SETTINGS["myst_enable_extensions"]))
_PARSER = create_md_parser(_CONFIG, RendererHTML)


def listed(root: Path = ROOT) -> list[str]:
    """Return the slugs of the book's chapters, written or not, in the book's order."""
    return list(load_claims(root / "data" / "claims.yml").chapters)


@cache
def drafts(root: Path = ROOT) -> tuple[str, ...]:
    """Return the slugs of the chapters that are drafts: pages that do not stand yet."""
    return tuple(sorted(load_claims(root / "data" / "claims.yml").drafts))


@cache
def standing(root: Path = ROOT) -> tuple[str, ...]:
    """Return the slugs of the chapters that are pages of the book and no drafts."""
    toc = yaml.safe_load((root / "_toc.yml").read_text("utf-8"))
    files = [page["file"] for part in toc["parts"] for page in part["chapters"]]
    return tuple(
        slug for slug in listed(root) if f"book/{slug}" in files and slug not in drafts(root)
    )


@dataclass(frozen=True)
class Part:
    """A heading, a paragraph, an equation, or a directive named by its kind."""

    kind: str
    line: int
    section: str  # the heading of level 2 that it stands under; empty above the first
    text: str  # as written; of a directive, its argument
    inline: tuple[Token, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    body: str = ""

    @property
    def plain(self) -> str:
        """The words, without what roles, formulas and code put among them."""
        return "".join(each.content for each in self.inline if each.type == "text")

    def roles(self, start: str) -> list[str]:
        """List what the roles with such a name are given."""
        roles = [each for each in self.inline if each.type == "myst_role"]
        return [each.content for each in roles if each.meta["name"].startswith(start)]


def _split(body: str) -> tuple[dict[str, Any], str]:
    """Split a directive's options from its content."""
    if block := re.match(r"---\n(.*?)\n---\n", body, re.DOTALL):
        return yaml.safe_load(block[1]) or {}, body[block.end() :]
    options = re.match(r"(?::[\w-]+:.*\n)*", body)
    assert options
    pairs = (line[1:].partition(":") for line in options[0].splitlines())
    return {key: yaml.safe_load(value) for key, _, value in pairs}, body[options.end() :]


def _directive(token: Token, line: int, section: str) -> Iterator[Part]:
    """Yield a directive, and the parts of the prose that it holds."""
    found = DIRECTIVE.match(token.info)
    kind, argument = (found[1], found[2]) if found else ("code", token.info)
    options, body = _split(token.content) if found else ({}, token.content)
    yield Part(kind, line, section, argument.strip(), (), options, body)
    if kind in HOLDING:
        skipped = token.content.count("\n") - body.count("\n")
        yield from _parts(body, line + 1 + skipped, section)


def _parts(text: str, first: int = 1, section: str = "") -> Iterator[Part]:
    """Take a text apart; `first` is the number of its first line."""
    line, level = first, None
    for token in _PARSER.parse(text):
        line = first + token.map[0] if token.map else line
        if token.type == "heading_open":
            level = token.tag
        elif token.type == "inline":
            section = token.content if level == "h2" else section
            yield Part(level or "prose", line, section, token.content, tuple(token.children or ()))
            level = None
        elif token.type.startswith("math_block"):
            yield Part("math", line, section, token.content)
        elif token.type in ("fence", "colon_fence"):
            yield from _directive(token, line, section)


@dataclass(frozen=True)
class Chapter:
    """One chapter, with the data that stand behind it."""

    slug: str
    root: Path = ROOT

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return tuple(_parts((self.root / "book" / f"{self.slug}.md").read_text("utf-8")))

    @cached_property
    def claims(self) -> list[Claim]:
        return load_claims(self.root / "data" / "claims.yml").of_chapter(self.slug)

    @property
    def quiz(self) -> Path:
        return self.root / "data" / "quizzes" / f"{self.slug}.yml"

    @property
    def headings(self) -> list[str]:
        return [part.text for part in self.of("h2")]

    def of(self, *kinds: str) -> list[Part]:
        return [part for part in self.parts if part.kind in kinds]

    def under(self, heading: str) -> list[Part]:
        """List the parts of the sections whose heading begins like this."""
        return [part for part in self.parts if part.section.startswith(heading)]

    def fault(self, part: Part | None, said: str) -> str:
        """Say what is wrong, and where."""
        where = f"book/{self.slug}.md"
        if part is not None:
            section = f"section “{part.section}”" if part.section else "the opening"
            where = f"{where}, line {part.line}, {section}"
        return f"{where}: {said}"
