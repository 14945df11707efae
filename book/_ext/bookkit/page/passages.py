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

from bookkit.page.markup import INLINE, Element, parsed

HEADINGS = ("h1", "h2", "h3", "h4")
LEFT_OUT_TAGS = {
    "script", "style", "svg", "pre", "form", "noscript", "nav", "summary", *HEADINGS,
}  # fmt: skip
LEFT_OUT = {
    "caption-number", "dataframe", "deeper-way", "fact-notes", "glossary-tools", "headerlink",
    "math", "model-link", "my-chapter", "notes", "visually-hidden",
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


def is_left_out(element: Element) -> bool:
    """Tell whether the search knows nothing of what stands in an element."""
    if element.tag in LEFT_OUT_TAGS or element.attributes.keys() & {"hidden", "popover"}:
        return True
    if element.tag == "button":  # one that is read bears a number or a word with its note
        return "popovertarget" not in element.attributes
    if element.tag == "table":
        return not any(each.tag == "tr" and each.id for each in element.below())
    if element.tag == "tr":
        return not element.id
    if element.tag == "details" and (summary := element.first("summary")):
        return plain("".join(pieces(summary))) in FOLDED_AWAY
    return bool(LEFT_OUT.intersection(element.classes))


def pieces(element: Element) -> Iterator[str]:
    """Yield the words in an element that are read."""
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif not is_left_out(child):
            between = "" if child.tag in INLINE else " "
            yield between
            yield from pieces(child)
            yield between


def words(element: Element | None) -> str:
    """Return the words in an element, if it is there."""
    return plain("".join(pieces(element))) if element else ""


def heading(section: Element) -> str:
    """Return the title of a section."""
    return next((words(each) for each in section.elements if each.tag in HEADINGS), "")


def explorer(element: Element, anchor: str, caption: str) -> Passage:
    """Make a passage of an explorer; its reply and what it asks for come after the guess."""
    script = element.first("script")
    told = json.loads("".join(map(str, script.children))) if script else {}
    question = words(element.first("mx-question")).removeprefix("Guess first.").strip()
    sentence = words(element.first("mx-sentence"))
    after = [told.get("because"), words(element.first("mx-task")), told.get("found")]
    shown = f"{question} {sentence}" if caption else sentence
    return Passage("explorer", anchor, caption or question, shown.strip(),
                   plain(" ".join(filter(None, after))))  # fmt: skip


def figure(element: Element) -> Passage:
    """Make a passage of a figure with a number, or of the explorer in it."""
    caption = words(element.first("caption-text"))
    inner = element.first("model-explorer")
    return explorer(inner, element.id, caption) if inner else Passage(
        "figure", element.id, caption, "")  # fmt: skip


def claim(element: Element, section: Section) -> Passage:
    """Make a passage of a claim on the board; its section is the verdict."""
    first = element.first("p")
    others = Element("", {}, [each for each in element.elements if each is not first])
    text = f"{element.id.upper()}. {section.title}. {words(others)}"
    return Passage("claim", element.id, words(first), text)


def fact(row: Element) -> Passage:
    """Make a passage of a cited number: what it is, where and when, by whom."""
    number, what, when, whose = [words(cell) for cell in row.elements][:4]
    first, _, more = what.partition(". ")
    text = ". ".join(filter(None, (more.rstrip("."), when, whose)))
    return Passage("fact", row.id, f"{number}: {first.rstrip('.')}", text)


def source(element: Element) -> Passage:
    """Make a passage of a work in the list of references."""
    label = words(element.first("label")).strip("[]")
    return Passage("source", element.id, label, PAGES.sub("", words(element.first("p"))))


def statement(element: Element) -> Passage:
    """Make a passage of a headline statement, without how often it holds and what was tried."""
    said = element.first("said")
    kind = words(element.first("kind"))
    aside = {"said", "counted"}
    others = [each for each in element.elements if each.tag == "p" and not aside & {*each.classes}]
    title = words(said).removeprefix(kind).strip()
    return Passage("statement", element.id, title, words(Element("", {}, [*others])))


def entries(listed: Element, kind: str) -> Iterator[Passage]:
    """Yield a passage for each entry of the glossary, or of the models without their arguments."""
    terms: list[Element] = []
    for each in listed.elements:
        if each.tag == "dt":
            terms.append(each)
        elif each.tag == "dd" and terms:
            title, told = " ".join(map(words, terms)), words(each)
            if kind == "model":
                title, told = title.partition("(")[0], words(each.first("p"))
            yield Passage(kind, terms[0].id, title, told)
            terms = []


def listed_kind(element: Element) -> str:
    """Tell of what a list of definitions is one, if it is one that is searched."""
    if "models" in element.classes:
        return "model"
    terms = (each.id for each in element.elements if each.tag == "dt")
    return "term" if any(anchor.startswith("term-") for anchor in terms) else ""


# What has a passage of its own: how it is known, and what makes the passage.
ALONE: tuple[tuple[Callable[[Element], bool], Callable[[Element], Passage]], ...] = (
    (lambda each: each.tag == "figure" and bool(each.id), figure),
    (lambda each: each.tag == "model-explorer", lambda each: explorer(each, each.id, "")),
    (lambda each: each.tag == "tr" and each.id.startswith("fact-"), fact),
    (lambda each: "citation" in each.classes and bool(each.id), source),
    (lambda each: "statement" in each.classes and bool(each.id), statement),
)


def own(element: Element, section: Section) -> list[Passage] | None:
    """Return the passages that an element makes; None if its words belong to its section."""
    if element.tag == "li" and CLAIM.fullmatch(element.id):
        return [claim(element, section)]
    if element.tag == "dl" and (kind := listed_kind(element)):
        return list(entries(element, kind))
    return next(([make(element)] for known, make in ALONE if known(element)), None)


def gather(element: Element, section: Section, found: list[Section | Passage]) -> None:
    """Go through an element, adding its words to the section and what is found to the list."""
    for child in element.children:
        if isinstance(child, str):
            section.pieces.append(child)
        elif is_left_out(child):
            continue
        elif child.tag == "section" and child.id:
            kind = "model" if child.id.startswith("module-") else "section"
            inner = Section(kind, child.id, heading(child))
            found.append(inner)
            gather(child, inner, found)
        elif (made := own(child, section)) is not None:
            found += made
        else:
            between = "" if child.tag in INLINE else " "
            section.pieces.append(between)
            gather(child, section, found)
            section.pieces.append(between)


def passages(html: str) -> list[Passage]:
    """Return what can be found on a page, the page itself first."""
    found: list[Section | Passage] = []
    gather(parsed(html), Section("", "", ""), found)
    made = [each.passage() if isinstance(each, Section) else each for each in found]
    whole = [each._replace(kind="page", anchor="") for each in made[:1]]
    return [each for each in (*whole, *made[1:]) if each.title]
