"""What every chapter must have on its built page. A check yields what is wrong and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from chapter import Chapter

from bookkit.readers.quizzes import Numeric, load_quiz
from built import Built, explorers
from netfin.terms import parameters

EXPLORERS = 3
SENTENCE = 6  # words, the least that say something
SOURCED = ("Unit", "Source", "Date")
FILE = re.compile(r"\w\.(?:png|svg|jpe?g|gif|webp|py|csv|html)\b|^[\w-]+$")

Faults = Iterator[str]


@dataclass(frozen=True)
class Page:
    """A chapter and its page in a built site."""

    chapter: Chapter
    site: Path

    @property
    def name(self) -> str:
        return f"book/{self.chapter.slug}.html"

    @cached_property
    def main(self) -> Tag:
        """The page's text, without the states that explorers keep."""
        html = (self.site / self.name).read_text("utf-8")
        html = re.sub(r"<script\b.*?</script>", "", html, flags=re.DOTALL)
        found = BeautifulSoup(html, "html.parser").main
        assert isinstance(found, Tag), f"{self.name} has no main part; build it again"
        return found

    @cached_property
    def explorers(self) -> list[Built]:
        return list(explorers(self.site, self.name))


def enough_explorers(page: Page) -> Faults:
    """Count the explorers that move."""
    moving = [built.name for built in page.explorers if built.axes]
    if len(moving) < EXPLORERS:
        yield f"{page.name}: shows {len(moving)} explorers with controls; show {EXPLORERS}"


def framed(page: Page) -> Faults:
    """Hold every picture to a figure with a label and a caption."""
    for picture in page.main.find_all(["model-explorer", "img"]):
        name = picture.get("id") or picture.get("src")
        figure = picture.find_parent("figure")
        if figure is None or not str(figure.get("id", "")).startswith("fig-"):
            yield (f"{page.name}: {name} stands in no labelled figure; give its cell "
                   "mystnb: figure: with name: fig-… and caption:")  # fmt: skip
        elif figure.figcaption is None or not figure.figcaption.get_text(strip=True):
            yield f"{page.name}: {name} has no caption; add caption: to its figure"


def alternatives(page: Page) -> Faults:
    """Hold the words that stand for a picture to a sentence that says what is seen."""
    told = {str(each.get("src")): {str(each.get("alt", ""))} for each in page.main.find_all("img")}
    told |= {built.name: set(built.sentences) for built in page.explorers}
    for name, sentences in told.items():
        for said in sorted(sentences):
            if len(said.split()) < SENTENCE or FILE.search(said) or not said.endswith((".", "?")):
                yield f"{page.name}: {name} is told as {said!r}; say in a sentence what is seen"


def quiz_numbers(page: Page) -> Faults:
    """Hold the quiz's numbers on the page to the models as they are now."""
    for number, question in enumerate(load_quiz(page.chapter.quiz), start=1):
        form = page.main.find(id=f"quiz-{page.chapter.slug}-{number}")
        if form is None:
            yield f"{page.name}: question {number} of the quiz is not there; build the page again"
        elif isinstance(question, Numeric):
            items = form.find_all("li")
            values = [float(item["data-value"]) for item in items]
            asked = [each.value for each in (question.answer, *question.wrong)]
            if values != asked or items[0]["data-right"] != "true":
                yield (f"{page.name}: question {number} holds {values}, the model says {asked}; "
                       "build the page again")  # fmt: skip


GROUPED = re.compile(r"(?<=\d),(?=\d{3})")  # the page says 100,000


def parameter_tables(page: Page) -> Faults:
    """Hold each table of parameters to the code, cell by cell."""
    placed = [part for part in page.chapter.parts if part.kind == "parameters"]
    tables = page.main.select("section#parameters table")
    if len(tables) != len(placed):
        yield f"{page.name}: has {len(tables)} tables of parameters, its source {len(placed)}"
    for part, table in zip(placed, tables, strict=False):
        rows = [[*row.find_all(["th", "td"])] for row in table.find_all("tr")]
        head, *seen = [[cell.get_text(strip=True) for cell in row] for row in rows]
        if tuple(head[-3:]) != SOURCED:
            yield f"{page.name}: the table of {part.text} must end in {', '.join(SOURCED)}"
        told = [[GROUPED.sub("", cell) for cell in row[1:-3]] for row in seen]
        if told != _expected(part.text):
            yield (f"{page.name}: the table of {part.text} does not equal the code; "
                   "build the page again")  # fmt: skip


def _expected(argument: str) -> list[list[str]]:
    """Name each parameter with its values, straight from the code."""
    path, *names = argument.split()
    module, _, name = path.rpartition(".")
    found = vars(import_module(module))
    shown: list[Any] = [found[each] for each in names] or [found[name]()]
    return [
        [key, *(f"{getattr(each, key):g}" for each in shown)] for key in parameters(found[name])
    ]


CHECKS: tuple[Callable[[Page], Faults], ...] = (
    enough_explorers, framed, alternatives, quiz_numbers, parameter_tables,
)  # fmt: skip
