"""What a class answered, marked with the questions of the teacher's own copy of the project.

A book without solutions marks nothing, and what a file says of itself can be changed by hand. So
each answer and guess is marked here, by the question under its name, if that asks with the same
words; one of another edition keeps what its file says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import unescape
from typing import Any

import typed_number
from bookkit.readers.quizzes import Choose, Question
from explorer.shown import Guess
from handed_in import Student
from record import LONGEST
from wording import html

Keys = Mapping[str, Question]
Guesses = Mapping[str, Guess | None]
_QUOTES = str.maketrans("’‘“”", "''\"\"")  # pages set them, files of questions do not


def words(markdown: str) -> str:
    """Return the words of a question or a choice as a page shows them."""
    return " ".join(unescape(re.sub(r"<[^<>]*>", "", html(markdown))).split())


def alike(one: str, other: str) -> bool:
    """Tell whether a file's text and the book's are the same words."""
    first, second = (" ".join(each.translate(_QUOTES).split())[:LONGEST] for each in (one, other))
    return first == second


def chosen(question: Choose, answer: Iterable[str]) -> list[int] | None:
    """Return which of the choices were taken; none where one of them is not offered here."""
    texts = [words(each.text) for each in question.choices]
    found = [next((n for n, each in enumerate(texts) if alike(each, one)), -1) for one in answer]
    return None if -1 in found else found


def result(question: Question, answer: list[str]) -> str:
    """Return right, near or wrong; nothing for what cannot be an answer to the question."""
    if not answer:
        return ""
    if not isinstance(question, Choose):
        return typed_number.result(question, answer[0])
    taken = chosen(question, answer)
    if taken is None:
        return ""
    right = {n for n, each in enumerate(question.choices) if each.right}
    return "right" if set(taken) == right else "wrong"


def right_answer(question: Question) -> str:
    """Return what would have been right."""
    if isinstance(question, Choose):
        return "; ".join(words(each.text) for each in question.choices if each.right)
    return str(question.answer)


def marked(entry: dict[str, Any], question: Question | None) -> dict[str, Any]:
    """Return a question's entry with its results by this copy and with the right answer."""
    if question is None or not alike(entry.get("asked", ""), words(question.ask)):
        return entry
    new = entry | {"right": right_answer(question)}
    if found := result(question, entry.get("answer", [])):
        new["result"] = found
    first = entry.get("first")
    if first and (found := result(question, first["answer"])):
        new["first"] = first | {"result": found}
    if not first:  # the page tells that it was solved only where another answer has come since
        new.pop("solved", None)
    return new


def settled(entry: dict[str, Any], asked: Guess | None) -> dict[str, Any]:
    """Return an explorer's entry with the answer by this copy's model, if it offers the guess."""
    if asked is None or not alike(entry.get("asked", ""), asked.question):
        return entry
    made = entry.get("guess", "")
    offered = not made or any(alike(made, option) for option in asked.ranges)
    return entry | {"right": asked.ranges[asked.right]} if offered else entry


def mark(student: Student, keys: Keys, guesses: Guesses) -> Student:
    """Return a student whose answers and guesses are marked."""
    tables = dict(student.record.tables)
    quiz, explorers = tables["quiz"].items(), tables["explorers"].items()
    tables["quiz"] = {name: marked(each, keys.get(name)) for name, each in quiz}
    tables["explorers"] = {name: settled(each, guesses.get(name)) for name, each in explorers}
    return replace(student, record=replace(student.record, tables=tables))
