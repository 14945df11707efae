"""A page of pictures of what a class has done: no names, no pseudonyms, no script.

It is made as a tree and written by the library, so what students wrote can only be text in it. Of
their files it takes what the book has asked; the questions are in the book's own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from bookkit.readers.claims import Claims
from bookkit.readers.verdicts import DIRECTIONS
from class_table import guess
from handed_in import Student
from record import plain

STYLE = """
:root { color-scheme: light dark; --line: #8886; }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem;
  font: 1rem/1.45 system-ui, sans-serif; overflow-wrap: anywhere; }
h1, h2, h3, h4 { line-height: 1.25; margin: 1.6rem 0 .5rem; } h3 { font-size: 1.05rem; }
h4 { font-size: 1rem; margin: 1rem 0 .3rem; }
figure { margin: 0 0 1.2rem; break-inside: avoid; }
.row { display: grid; grid-template-columns: minmax(7rem, 14rem) 1fr;
  gap: .2rem .8rem; margin: .3rem 0; }
svg { display: block; width: 100%; height: 1.1rem; background: var(--line); }
.told { grid-column: 2; font-size: .85rem; margin: 0; }
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
# Dark to light, so that neighbours differ also without colour.
COLOURS = ("#0d4a49", "#5a9d98", "#cfe3e0", "#e0a070", "#a84c08")
ANSWERED = ("right at once", "right later", "nearly", "not right yet")
MOST_OPTIONS = 8
LONGEST = 160  # characters of a student's words
Parts = list[tuple[str, int]]


@dataclass(frozen=True)
class Asked:
    """What the book asks: its claims, and by page the explorers and the questions' words."""

    claims: Claims
    explorers: dict[str, list[str]]
    questions: dict[str, dict[str, str]]


def add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """Add an element with a text."""
    named = {key.rstrip("_").replace("_", "-"): plain(each) for key, each in attributes.items()}
    child = ET.SubElement(parent, tag, named)
    child.text = plain(text)
    return child


def bar(figure: ET.Element, label: str, parts: Parts, of: int) -> None:
    """Add a bar of coloured parts; what they are and how many is said in words below it."""
    row = add(figure, "div", class_="row")
    add(row, "span", label)
    told = ", ".join(f"{what}: {count}" for what, count in parts if count) or "nobody"
    picture = add(row, "svg", viewBox="0 0 100 1", preserveAspectRatio="none", role="img",
                  aria_label=f"{label}: {told}")  # fmt: skip
    left = 0.0
    for (_, count), colour in zip(parts, COLOURS, strict=False):
        width = 100 * count / max(of, 1)
        place = {"x": f"{left:.2f}", "width": f"{width:.2f}", "height": "1", "fill": colour}
        if count:
            add(picture, "rect", **place)
        left += width
    add(row, "p", told, class_="told")


def entries(students: Iterable[Student], table: str, name: str) -> list[dict[str, Any]]:
    """Return what the students have under a name."""
    found = (student.record.tables[table].get(name) for student in students)
    return [entry for entry in found if entry is not None]


def of_claims(section: ET.Element, asked: Asked, slug: str, students: tuple[Student, ...]) -> None:
    """Add how the class judged the chapter's claims before and after."""
    for claim in asked.claims.of_chapter(slug):
        found = entries(students, "verdicts", claim.id)
        if not any(each.get(when) for each in found for when in ("before", "after")):
            continue
        figure = add(section, "figure")
        add(figure, "h4", f"{claim.id}. {claim.claim}")
        for when in ("before", "after"):
            counts = Counter(each[when] for each in found if each.get(when))
            parts = [(badge.en, counts[key]) for key, badge in DIRECTIONS.items()]
            bar(figure, f"{when.capitalize()} reading", parts, len(students))
        both = [each for each in found if each.get("before") and each.get("after")]
        changed = sum(each["before"] != each["after"] for each in both)
        knew = sum(bool(each.get("changed")) for each in both)
        add(figure, "p", f"Of {len(both)} who judged twice {changed} changed their mind; {knew} "
            "judged the second time with the book's verdict open.")  # fmt: skip


def of_quiz(section: ET.Element, asked: Asked, slug: str, students: tuple[Student, ...]) -> None:
    """Add how the class answered the chapter's questions."""
    for name, words in asked.questions.get(slug, {}).items():
        found = entries(students, "quiz", name)
        if found:
            figure = add(section, "figure")
            add(figure, "h4", f"Question {name.rpartition('-')[2]}. {words}")
            marked = [entry for entry in found if entry.get("result") or entry.get("solved")]
            counts = Counter(map(answered, marked))
            parts = [(each, counts[each]) for each in ANSWERED]
            if marked:
                bar(figure, f"{len(marked)} answered", parts, len(students))
            if unmarked := len(found) - len(marked):
                add(figure, "p", f"{unmarked} answered in a book without solutions: unmarked.")


def answered(entry: dict[str, Any]) -> str:
    """Say how an answer went."""
    result = entry.get("result")
    if result == "right" or entry.get("solved"):
        return ANSWERED[1 if entry.get("first", {}).get("result", "right") != "right" else 0]
    return ANSWERED[2 if result == "near" else 3]


def of_explorers(
    section: ET.Element, asked: Asked, slug: str, students: tuple[Student, ...]
) -> None:
    """Add what the class guessed, and how many met the challenge."""
    for name in asked.explorers.get(slug, []):
        found = entries(students, "explorers", name)
        rows = [row for entry in found if (row := guess(entry))]
        met = [entry for entry in found if entry.get("found")]
        if not rows and not met:
            continue
        figure = add(section, "figure")
        add(figure, "h4", f"Explorer {name.replace('-', ' ')}: "
            + most([row["asked"] for row in rows]))  # fmt: skip
        right = most([row["right_answer"] for row in rows if row["result"] in ("right", "wrong")])
        made = Counter(cut(row["first"] or row["answer"] or "no guess") for row in rows)
        for words, count in made.most_common(MOST_OPTIONS):
            mark = " (the model's answer)" if words == right else ""
            bar(figure, words + mark, [("first guess of", count)], len(students))
        if rest := len(made) - MOST_OPTIONS > 0 and len(rows) - sum(
            count for _, count in made.most_common(MOST_OPTIONS)
        ):
            add(figure, "p", f"{rest} guessed something else.")
        if right and right not in made:
            add(figure, "p", f"The model's answer: {right}")
        bar(figure, "Challenge", [("met by", len(met))], len(students))


def most(texts: list[str]) -> str:
    """Return what most files say; one that was changed by hand is outvoted."""
    return cut(Counter(texts).most_common(1)[0][0]) if texts else ""


def cut(text: str) -> str:
    """Shorten a text that would fill the page."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


PICTURES = {"Claims": of_claims, "Questions": of_quiz, "Guesses and challenges": of_explorers}


def chapters(body: ET.Element, asked: Asked, students: tuple[Student, ...]) -> Iterator[str]:
    """Add the chapters in which something was done; yield their titles."""
    for slug, title in asked.claims.chapters.items():
        chapter = ET.Element("section")
        add(chapter, "h2", title)
        for heading, pictures in PICTURES.items():
            part = ET.Element("section")
            add(part, "h3", heading)
            pictures(part, asked, slug, students)
            if len(part) > 1:
                chapter.append(part)
        if len(chapter) > 1:
            body.append(chapter)
            yield title


def page(asked: Asked, students: tuple[Student, ...], left_out: int) -> str:
    """Write the page of a class."""
    html = ET.Element("html", {"lang": "en"})
    head, body = add(html, "head"), add(html, "body")
    ET.SubElement(head, "meta", {"charset": "utf-8"})
    ET.SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})
    ET.SubElement(head, "meta", {"name": "viewport", "content": "width=device-width"})
    add(head, "title", "What the class has done")
    ET.SubElement(head, "style").text = STYLE
    add(body, "h1", "What the class has done")
    files = "file counts" if len(students) == 1 else "files count"
    add(body, "p", f"{len(students)} {files}, {left_out} left out. Each bar is as long as the "
        "share of these students. A file shows what somebody did, and proves nothing.")  # fmt: skip
    if not list(chapters(body, asked, students)):
        add(body, "p", "Nothing was guessed, answered or judged of what this edition asks.")
    return "<!doctype html>\n" + ET.tostring(html, encoding="unicode", method="html") + "\n"
