"""What the search can find on a page: its sections, and the things in them that have an anchor.

A passage is told by the page's markup, so that its anchor is there. Its words are those that are
read: code, forms, formulas apart from the text, tables but that of the facts, notes, and hints and
solutions are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

HEADINGS = ("h1", "h2", "h3", "h4")
LEFT_OUT_TAGS = {
    "script", "style", "svg", "pre", "form", "noscript", "nav", "summary", *HEADINGS,
}  # fmt: skip
LEFT_OUT = {
    "caption-number", "core-mark", "dataframe", "deeper-way", "glossary-tools", "headerlink",
    "levels", "math", "model-link", "my-chapter", "notes", "visually-hidden",
}  # fmt: skip
# Between these and their neighbours there is no space, if none is written.
INLINE = {
    "a", "abbr", "b", "bdi", "button", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup", "u", "math", "mi", "mn", "mo", "mrow", "msub", "msup", "mtext",
}  # fmt: skip
FOLDED_AWAY = ("Hint", "Solution")
CLAIM = re.compile(r"c\d+-\d+")
ADDRESS = re.compile(r"(URL: )?https?://\S+|doi:\S+")
PAGES = re.compile(r",? \d+(\(\d+\))?:\d+–\d+")  # of a journal, with its volume


class Passage(NamedTuple):
    """A place in the book: its kind, and the words by which it is found.

    Words that are unseen lead to it, but are not shown, for they tell what the reader is to guess.
    """

    kind: str
    anchor: str
    title: str
    text: str
    unseen: str = ""


@dataclass
class Section:
    """A section while it is gone through."""

    kind: str
    anchor: str
    title: str
    pieces: list[str] = field(default_factory=list)

    def passage(self) -> Passage:
        """Return what it has come to."""
        return Passage(self.kind, self.anchor, self.title, plain("".join(self.pieces)))


def plain(text: str) -> str:
    """Return a text in one line, without addresses of the web."""
    return " ".join(ADDRESS.sub("", text).split())


def anchor(element: Tag) -> str:
    """Return the anchor of an element, if it has one."""
    return str(element.get("id", ""))


def classes(element: Tag) -> list[str]:
    """Return the classes of an element."""
    return [*(element.get("class") or [])]


def inside(element: Tag) -> list[Tag]:
    """Return the elements that stand directly in an element."""
    return element.find_all(True, recursive=False)


def is_left_out(element: Tag) -> bool:
    """Tell whether the search knows nothing of what stands in an element."""
    if element.name in LEFT_OUT_TAGS or element.attrs.keys() & {"hidden", "popover"}:
        return True
    if element.name == "button":  # one that is read bears a number or a word with its note
        return "popovertarget" not in element.attrs
    if element.name == "table":
        return not any(map(anchor, element.find_all("tr")))
    if element.name == "tr":
        return not anchor(element)
    if element.name == "details" and (summary := element.find("summary")):
        return plain("".join(pieces(summary))) in FOLDED_AWAY
    return bool(LEFT_OUT.intersection(classes(element)))


def is_text(node: object) -> bool:
    """Tell whether a node is text, and no comment."""
    return isinstance(node, NavigableString) and not isinstance(node, PreformattedString)


def pieces(element: Tag) -> Iterator[str]:
    """Yield the words in an element that are read."""
    for child in element.children:
        if is_text(child):
            yield str(child)
        elif isinstance(child, Tag) and not is_left_out(child):
            between = "" if child.name in INLINE else " "
            yield between
            yield from pieces(child)
            yield between


def words(*elements: Tag | None) -> str:
    """Return the words in elements, of those that are there."""
    return plain(" ".join("".join(pieces(each)) for each in elements if each is not None))


def heading(section: Tag) -> str:
    """Return the title of a section."""
    return next((words(each) for each in inside(section) if each.name in HEADINGS), "")


def explorer(element: Tag, place: str, caption: str) -> Passage:
    """Make a passage of an explorer; its reply and what it asks for come after the guess."""
    script = element.find("script")
    told = json.loads(script.string or "{}") if script else {}
    question = words(element.select_one(".mx-question")).removeprefix("Guess first.").strip()
    sentence = words(element.select_one(".mx-sentence"))
    after = [told.get("because"), words(element.select_one(".mx-task")), told.get("found")]
    shown = f"{question} {sentence}" if caption else sentence
    return Passage("explorer", place, caption or question, shown.strip(),
                   plain(" ".join(filter(None, after))))  # fmt: skip


def figure(element: Tag) -> Passage:
    """Make a passage of a figure with a number, or of the explorer in it."""
    caption = words(element.select_one(".caption-text"))
    inner = element.find("model-explorer")
    place = anchor(element)
    return explorer(inner, place, caption) if inner else Passage("figure", place, caption, "")


def claim(element: Tag, section: Section) -> Passage:
    """Make a passage of a claim on the board; its section is the verdict."""
    first = element.find("p")
    others = [each for each in inside(element) if each is not first and not is_left_out(each)]
    text = f"{anchor(element).upper()}. {section.title}. {words(*others)}"
    return Passage("claim", anchor(element), words(first), text)


def fact(row: Tag) -> Passage:
    """Make a passage of a cited number: what it is, where and when, by whom."""
    number, what, when, whose = [words(cell) for cell in inside(row)][:4]
    first, _, more = what.partition(". ")
    text = ". ".join(filter(None, (more.rstrip("."), when, whose)))
    return Passage("fact", anchor(row), f"{number}: {first.rstrip('.')}", text)


def source(element: Tag) -> Passage:
    """Make a passage of a work in the list of references."""
    label = words(element.select_one(".label")).strip("[]")
    return Passage("source", anchor(element), label, PAGES.sub("", words(element.find("p"))))


def statement(element: Tag) -> Passage:
    """Make a passage of a headline statement, without how often it holds and what was tried."""
    said = element.select_one(".said")
    kind = words(element.select_one(".kind"))
    aside = {"said", "counted"}
    others = [each for each in inside(element) if each.name == "p" and not aside & {*classes(each)}]
    title = words(said).removeprefix(kind).strip()
    return Passage("statement", anchor(element), title, words(*others))


def entries(listed: Tag, kind: str) -> Iterator[Passage]:
    """Yield a passage for each entry of the glossary, or of the models without their arguments."""
    terms: list[Tag] = []
    for each in inside(listed):
        if each.name == "dt":
            terms.append(each)
        elif each.name == "dd" and terms:
            title, told = " ".join(map(words, terms)), words(each)
            if kind == "model":
                title, told = title.partition("(")[0], words(each.find("p"))
            yield Passage(kind, anchor(terms[0]), title, told)
            terms = []


def listed_kind(element: Tag) -> str:
    """Tell of what a list of definitions is one, if it is one that is searched."""
    if "models" in classes(element):
        return "model"
    terms = (anchor(each) for each in inside(element) if each.name == "dt")
    return "term" if any(term.startswith("term-") for term in terms) else ""


# What has a passage of its own: how it is known, and what makes the passage.
ALONE: tuple[tuple[Callable[[Tag], bool], Callable[[Tag], Passage]], ...] = (
    (lambda each: each.name == "figure" and bool(anchor(each)), figure),
    (lambda each: each.name == "model-explorer", lambda each: explorer(each, anchor(each), "")),
    (lambda each: each.name == "tr" and anchor(each).startswith("fact-"), fact),
    (lambda each: "citation" in classes(each) and bool(anchor(each)), source),
    (lambda each: "statement" in classes(each) and bool(anchor(each)), statement),
)


def own(element: Tag, section: Section) -> list[Passage] | None:
    """Return the passages that an element makes; None if its words belong to its section."""
    if element.name == "li" and CLAIM.fullmatch(anchor(element)):
        return [claim(element, section)]
    if element.name == "dl" and (kind := listed_kind(element)):
        return list(entries(element, kind))
    return next(([make(element)] for known, make in ALONE if known(element)), None)


def gather(element: Tag, section: Section, found: list[Section | Passage]) -> None:
    """Go through an element, adding its words to the section and what is found to the list."""
    for child in element.children:
        if is_text(child):
            section.pieces.append(str(child))
        elif not isinstance(child, Tag) or is_left_out(child):
            continue
        elif child.name == "section" and (place := anchor(child)):
            kind = "model" if place.startswith("module-") else "section"
            inner = Section(kind, place, heading(child))
            found.append(inner)
            gather(child, inner, found)
        elif (made := own(child, section)) is not None:
            found += made
        else:
            between = "" if child.name in INLINE else " "
            section.pieces.append(between)
            gather(child, section, found)
            section.pieces.append(between)


def passages(html: str) -> list[Passage]:
    """Return what can be found on a page, the page itself first."""
    found: list[Section | Passage] = []
    gather(BeautifulSoup(html, "html.parser"), Section("", "", ""), found)
    made = [each.passage() if isinstance(each, Section) else each for each in found]
    whole = [each._replace(kind="page", anchor="") for each in made[:1]]
    return [each for each in (*whole, *made[1:]) if each.title]
