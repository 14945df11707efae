"""What a lesson is made of, read off the pages of the built book: sections, explorers, formulas."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from html import escape
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag

import algebra
from bookkit.readers.words import read_notation
from explorer.packing import unpacked
from places import ROOT

# Letters that a chapter's formulas use in another sense than the book's page of notation.
OWN = {
    "platforms": "a e k x y θ",
    "contagion": "j",
    "scoring": "d j",
    "p2p": "D N PD* d e m n t u χ",
}
State = tuple[int, ...]  # of each control the number of its value
HEADING = "section[id]:has(> h2)"
EQUATION = '[id^="equation-"] > math'


@dataclass(frozen=True)
class Control:
    """What a reader moves, its values as they are read and as an address has them."""

    label: str
    name: str
    default: int
    texts: Sequence[str]
    tokens: Sequence[str]


@dataclass(frozen=True)
class Explorer:
    """An explorer of a page, with all its states."""

    name: str
    number: str  # Fig. 1; empty where it has none
    caption: str
    section: str
    question: str
    options: Sequence[str]
    task: str
    held: Mapping[str, Any]  # what the page holds for its script

    @cached_property
    def controls(self) -> list[Control]:
        """Its controls, in the order of its states."""
        labels = self.held["labels"]
        return [Control(label, each["name"], each["default"], each["texts"], each["tokens"])
                for label, each in zip(labels, self.held["axes"], strict=True)]  # fmt: skip

    @property
    def title(self) -> str:
        """The first words of its caption."""
        return self.caption.partition(":")[0].rstrip(".")

    @property
    def asks(self) -> bool:
        """Tell whether a guess is asked for: the others show data, and nothing to be settled."""
        return self.held.get("right") is not None

    @property
    def right(self) -> str:
        """The answer to its question."""
        return str(self.options[self.held["right"]])

    @property
    def start(self) -> State:
        """The state in which it begins."""
        return tuple(each.default for each in self.controls)

    @property
    def end(self) -> State:
        """The state in which the answer to its question can be seen."""
        return tuple(self.held["at"])

    @property
    def met(self) -> State | None:
        """The state nearest to the start that meets its challenge."""
        every = [self._state(index) for index in self.held["met"]]
        return min(every, key=lambda state: math.dist(state, self.start)) if every else None

    def _state(self, index: int) -> State:
        found: list[int] = []
        for each in reversed(self.controls):
            index, place = divmod(index, len(each.texts))
            found.insert(0, place)
        return tuple(found)

    def _index(self, state: State) -> int:
        index = 0
        for each, place in zip(self.controls, state, strict=True):
            index = index * len(each.texts) + place
        return index

    def _frame(self, what: str, state: State) -> list[str]:
        return unpacked(self.held[what])[self._index(state)]

    def picture(self, state: State) -> str:
        """Return the picture of a state, which says what its sentence says."""
        drawn = "\n".join(self._frame("pictures", state))
        named = f'aria-label="{escape(self.sentence(state))}" class="picture"'
        return re.sub(r'aria-labelledby="[^"]*"', lambda _: named, drawn, count=1)

    def sentence(self, state: State) -> str:
        """Return what the picture of a state says."""
        return "".join(self._frame("sentences", state))

    def table(self, state: State) -> list[list[Any]]:
        """Return the numbers in the picture of a state, below their headings."""
        return [json.loads(row) for row in self._frame("tables", state)]

    def moves(self, state: State) -> list[tuple[str, str, str]]:
        """Return what is moved to get there: the control, and from where to where."""
        every = zip(self.controls, self.start, state, strict=True)
        return [(c.label, c.texts[one], c.texts[two]) for c, one, two in every if one != two]

    def settings(self, state: State) -> str:
        """Say where each control stands in a state."""
        every = zip(self.controls, state, strict=True)
        return "; ".join(f"{each.label}: {each.texts[place]}" for each, place in every)

    def state(self, asked: Mapping[str, str]) -> State:
        """Return the state that an address asks for."""
        return tuple(each.tokens.index(asked[each.name]) if each.name in asked else each.default
                     for each in self.controls)  # fmt: skip

    def anchor(self, state: State) -> str:
        """Return the end of the address that shows a state."""
        every = zip(self.controls, state, strict=True)
        told = "&".join(f"{each.name}={each.tokens[place]}" for each, place in every)
        return f"{self.name}?{told}" if told else self.name


@dataclass(frozen=True)
class Chapter:
    """A chapter of the built book."""

    slug: str
    title: str
    text: Tag

    @cached_property
    def sections(self) -> list[Tag]:
        """Its sections."""
        return self.text.select(HEADING)

    @cached_property
    def explorers(self) -> list[Explorer]:
        """Its explorers, in the order of the page."""
        return [_explorer(each) for each in self.text.select("model-explorer")]

    def formula(self, label: str) -> Tag:
        """Return one of its formulas by its label."""
        every = {str(each.parent["id"]): each for each in self.text.select(EQUATION) if each.parent}
        if f"equation-{label}" not in every:
            known = ", ".join(each.removeprefix("equation-") for each in every)
            raise ValueError(f"{self.slug} has no equation {label}; it has {known}")
        return every[f"equation-{label}"]

    def letters(self, formula: Tag) -> list[tuple[str, str]]:
        """Return the letters of a formula that mean here what they mean in the book."""
        found = {
            algebra.name(each): str(each) for each in algebra.letters([algebra.plain(formula)])
        }
        own, book = OWN.get(self.slug, "").split(), notation()
        told = [(written, book.get(named) or book.get(named.rstrip("*"))) for named, written in
                found.items() if named not in own]  # fmt: skip
        return [(written, means["meaning"]) for written, means in told if means]


@cache
def notation() -> dict[str, dict[str, str]]:
    """Return what the book's letters mean and how the models name them, by the letters."""
    return {row["symbol"]: row for row in read_notation(ROOT / "data" / "notation.csv")}


def chapter(html: Path, slug: str, title: str) -> Chapter:
    """Read a chapter."""
    return Chapter(slug, title, article(html / "book" / f"{slug}.html"))


def article(page: Path) -> Tag:
    """Return the text of a page."""
    found = BeautifulSoup(page.read_text("utf-8"), "html.parser").article
    assert found is not None, page
    for mark in found.select(".headerlink, .wbr, wbr"):
        mark.decompose()
    return found


def words(element: Tag | None) -> str:
    """Return the words of an element, in one line."""
    return " ".join(element.get_text().split()) if element else ""


def inner(element: Tag) -> str:
    """Return what stands in an element, as it is written."""
    return element.decode_contents().strip()


def _explorer(element: Tag) -> Explorer:
    """Read an explorer."""
    script = element.select_one('script[type="application/json"]')
    held = json.loads(script.string or "{}") if script else {"axes": [], "met": []}
    labels = [words(each) for each in element.select(".mx-control > :is(label, legend)")]
    figure = element.find_parent("figure")
    section = next((each for each in element.find_parents("section") if each.h2), None)
    question = words(element.select_one(".mx-question")).removeprefix("Guess first.").strip()
    return Explorer(
        name=str(element["id"]),
        number=words(figure.select_one(".caption-number")) if figure else "",
        caption=words(figure.select_one(".caption-text")) if figure else "",
        section=words(section.h2) if section else "",
        question=question,
        options=[words(each) for each in element.select(".mx-option")],
        task=words(element.select_one(".mx-task")),
        held=held | {"labels": labels},
    )
