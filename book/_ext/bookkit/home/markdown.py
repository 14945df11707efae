"""What is written in the notebooks: ordinary Markdown, which every program for notebooks shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

FENCE = re.compile(r"(?P<mark>`{3,}|:{3,})(?:\{(?P<name>[\w-]+)\}(?P<argument>.*)|[\w+-]*\s*)")


@dataclass(frozen=True)
class Block:
    """A directive: its name, what stands behind the name, and what stands in it."""

    name: str
    argument: str
    body: str


def blocks(text: str) -> Iterator[str | Block]:
    """Cut a text into its directives and what stands between them, code included."""
    lines, told = iter(text.splitlines()), list[str]()
    for line in lines:
        found = FENCE.fullmatch(line)
        inside = list(_until(lines, found["mark"])) if found else []
        if found and found["name"]:
            yield "\n".join(told)
            yield Block(found["name"], found["argument"].strip(), "\n".join(inside))
            told = []
        else:
            told += [line, *inside, *([found["mark"]] if found else [])]
    yield "\n".join(told)


def _until(lines: Iterator[str], mark: str) -> Iterator[str]:
    """Yield the lines up to the end of a fence that began with a mark."""
    for line in lines:
        if set(line.strip()) == {mark[0]} and len(line.strip()) >= len(mark):
            return
        yield line
    raise ValueError(f"a block that begins with {mark} has no end")


def paragraphs(*each: str) -> str:
    """Join what stands apart, without what is empty."""
    return "\n\n".join(part.strip("\n") for part in each if part.strip())


def fold(summary: str, *inside: str) -> str:
    """Fold a text under some words. The empty lines make what is inside Markdown again."""
    return paragraphs(f"<details><summary>{summary}</summary>", *inside, "</details>")


def cell(text: str) -> str:
    """Write a text for a cell of a table: on one line, its bars no borders."""
    return " ".join(text.split()).replace("|", r"\|")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(cell, line))} |" for line in lines)


def bullets(lines: Iterable[str]) -> str:
    """Write a list."""
    return "\n".join(f"- {line}" for line in lines)


def plain(text: str) -> str:
    """Write words that are no Markdown so that Markdown shows them as they are."""
    return re.sub(r"([\\`*_$<\[\]])", r"\\\1", text)
