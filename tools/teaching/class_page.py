"""A page of pictures of what a class has done: no names, no pseudonyms, no script.

It is made as a tree and written by the library. Of students' files it takes what this copy of the
book asks and offers, and counts it: questions and answers are in the book's own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from bookkit.readers.claims import Claims
from bookkit.readers.quizzes import Choose, Question
from bookkit.readers.verdicts import DIRECTIONS
from class_table import guess
from explorer.shown import Guess
from handed_in import Student
from marking import alike, chosen, words
from record import plain
from typed_number import known
from wording import prompt

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
RIGHT, MODEL = " (right)", " (the model's answer)"
TERMS = {
    "first, first_result": "what was guessed or answered at first, where something else came later",
    "answer, result": "what stands there now; marked with questions and models of this copy",
    "right, wrong": "what it is by the model, or by the quiz's key",
    "near": "a number rounded too far, or reached with early rounding",
    "right before": "answered rightly once, and now answered again",
    "open, of a guess": "guessed, and the controls not yet moved to where the figure answers",
    "skipped": "the answer was shown without a guess",
    "met, open, of a challenge": "the state that was asked for was found, or not yet",
    "no result": "the answer is to another edition's question, and came without a mark",
    "before, after, book": "the student's verdicts before and after the chapter, and the book's",
    "after_the_book": "yes: the second verdict was given with the book's one open",
}
Parts = list[tuple[str, int]]


@dataclass(frozen=True)
class Asked:
    """What the book asks: its claims, and by page the explorers' guesses and the questions."""

    claims: Claims
    guesses: Mapping[str, Mapping[str, Guess | None]]
    questions: Mapping[str, Mapping[str, Question]]


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
    """Add how the class answered the chapter's questions, and what was answered first."""
    for name, question in asked.questions.get(slug, {}).items():
        found = entries(students, "quiz", name)
        if not found:
            continue
        figure = add(section, "figure")
        add(figure, "h4", f"Question {name.rpartition('-')[2]}. {words(prompt(question))}")
        results = [entry for entry in found if entry.get("result") or entry.get("solved")]
        counts = Counter(map(answered, results))
        bar(figure, f"{len(found)} answered", [(each, counts[each]) for each in ANSWERED],
            len(students))  # fmt: skip
        made = [entry.get("first", entry).get("answer", []) for entry in found if "right" in entry]
        for label, count in answers(question, made):
            bar(figure, label, [("first answer of", count)], len(students))
        if unmarked := len(found) - len(results):
            add(figure, "p", f"Unmarked: {unmarked}. This copy of the book does not ask or offer "
                "what was answered; it may be another edition.")  # fmt: skip


def answers(question: Question, made: list[list[str]]) -> Parts:
    """Return what can be answered, the right one marked, and how many did."""
    if isinstance(question, Choose):
        taken = Counter(n for each in made for n in {*(chosen(question, each) or ())})
        every = enumerate(question.choices)
        return [(words(each.text) + RIGHT * each.right, taken[n]) for n, each in every]
    numbers = (question.answer, *question.wrong)
    given = [known(question, each[0]) for each in made if each]
    parts = [(f"{each}{RIGHT * (each is question.answer)}", sum(one is each for one in given))
             for each in numbers]  # fmt: skip
    return [*parts, ("another number", sum(one is None for one in given))]


def answered(entry: dict[str, Any]) -> str:
    """Say how an answer went."""
    result = entry.get("result")
    if entry.get("first", entry).get("result") == "right":
        return ANSWERED[0]
    if result == "right" or entry.get("solved"):
        return ANSWERED[1]
    return ANSWERED[2 if result == "near" else 3]


def of_explorers(
    section: ET.Element, asked: Asked, slug: str, students: tuple[Student, ...]
) -> None:
    """Add what the class guessed, and how many met the challenge."""
    for name, question in asked.guesses.get(slug, {}).items():
        found = entries(students, "explorers", name)
        rows = [row for entry in found if (row := guess(entry))]
        met = [entry for entry in found if entry.get("found")]
        if not rows and not met:
            continue
        figure = add(section, "figure")
        told = f": {question.question}" if question else ""
        add(figure, "h4", f"Explorer {name.replace('-', ' ')}{told}")
        if question:
            guesses(figure, question, rows, len(students))
        bar(figure, "Challenge", [("met by", len(met))], len(students))


def guesses(figure: ET.Element, question: Guess, rows: list[dict[str, str]], of: int) -> None:
    """Add every option, the right one marked, with how many took it first."""
    made = [row["first"] or row["answer"] for row in rows if alike(row["asked"], question.question)]
    left = len(rows)
    for n, option in enumerate(question.ranges):
        count = sum(alike(each, option) for each in made)
        left -= count
        mark = MODEL if n == question.right else ""
        bar(figure, option + mark, [("first guess of", count)], of)
    if skipped := sum(not each for each in made):
        bar(figure, "no guess", [("shown without one to", skipped)], of)
    if left > skipped:
        add(figure, "p", f"{left - skipped} guessed what this edition does not ask or offer.")


def legend(body: ET.Element) -> None:
    """Say what the words of the table mean."""
    fold = add(body, "details")
    add(fold, "summary", "The words of class.csv")
    listed = add(fold, "dl")
    for term, meaning in TERMS.items():
        add(listed, "dt", term)
        add(listed, "dd", meaning)


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
    legend(body)
    return "<!doctype html>\n" + ET.tostring(html, encoding="unicode", method="html") + "\n"
