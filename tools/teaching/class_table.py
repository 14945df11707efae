"""What a class has handed in as one table: a line for each guess, challenge, answer, verdict."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from handed_in import Student
from marking import alike
from record import plain

COLUMNS = (
    "student", "page", "kind", "name", "asked", "first", "first_result", "answer", "result",
    "right_answer", "before", "after", "book", "after_the_book",
)  # fmt: skip
WHOSE = ("name_typed", "file")  # asked for expressly
NUMBER = re.compile(r"[-+]?\d+([.,]\d+)?\s?%?")
Row = dict[str, str]


def rows_of(student: Student) -> Iterator[Row]:
    """Yield the lines of one student."""
    makers = {"explorers": (guess, challenge), "quiz": (question,), "verdicts": (verdict,)}
    for table, kinds in makers.items():
        for name, entry in student.record.tables[table].items():
            for make in kinds:
                if row := make(entry):
                    yield {
                        "student": student.pseudonym, "page": entry.get("page", ""),
                        "kind": make.__name__, "name": name, **row,
                    }  # fmt: skip


def guess(entry: dict[str, Any]) -> Row:
    """Return what a student guessed at an explorer, first and at last; nothing if not asked."""
    if not entry.get("guess") and not entry.get("step"):
        return {}
    made, right = entry.get("guess", ""), entry.get("right", "")
    if not made:
        result = "skipped"
    elif entry.get("step") != "told" or not right:
        result = "open"
    else:
        result = "right" if alike(made, right) else "wrong"
    told = {"asked": entry.get("asked", ""), "first": entry.get("first", "")}
    return told | {"answer": made, "result": result, "right_answer": right}


def challenge(entry: dict[str, Any]) -> Row:
    """Return whether a student met an explorer's challenge; nothing if it was not set."""
    if not entry.get("challenge") and not entry.get("found"):
        return {}
    return {"asked": entry.get("challenge", ""), "result": "met" if entry.get("found") else "open"}


def question(entry: dict[str, Any]) -> Row:
    """Return what a student answered, first and at last; marked (`marking`) also what is right."""
    first = entry.get("first", {"answer": [], "result": ""})
    return {
        "asked": entry.get("asked", ""),
        "first": "; ".join(first["answer"]),
        "first_result": first["result"],
        "answer": "; ".join(entry.get("answer", [])),
        "result": "right before" if entry.get("solved") else entry.get("result", ""),
        "right_answer": entry.get("right", ""),
    }


def verdict(entry: dict[str, Any]) -> Row:
    """Return how a student judged a claim, and whether the book's verdict was open by then."""
    row = {key: entry.get(key, "") for key in ("before", "after", "book")}
    known = "yes" if entry.get("changed") else "no"
    return row | {"after_the_book": known} if row["before"] or row["after"] else {}


def in_a_cell(text: str) -> str:
    """Keep a spreadsheet from computing what a student wrote.

    In half of Europe it begins a cell at each semicolon, in East Asia it takes wide signs too.
    """
    return ";".join(map(_not_computed, plain(text).split(";")))


def _not_computed(part: str) -> str:
    bare = unicodedata.normalize("NFKC", part).strip(' "')
    risky = bare.startswith(("=", "+", "-", "@")) and not NUMBER.fullmatch(bare)
    return f"'{part}" if risky else part


def table(students: Iterable[Student], with_names: bool) -> str:
    """Write the table as CSV, without names and files unless they are asked for."""
    text = io.StringIO()
    columns = (*COLUMNS, *(WHOSE if with_names else ()))
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    for student in students:
        whose = {"name_typed": student.record.name, "file": student.file} if with_names else {}
        for row in rows_of(student):
            writer.writerow({key: in_a_cell(value) for key, value in (row | whose).items()})
    return text.getvalue()
