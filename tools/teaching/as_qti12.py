"""Questions as a package in QTI 1.2 that Canvas imports: written as text and made by text2qti.

Of variants Canvas gives each student one. It knows no feedback on one wrong number: the usual
mistakes are told together, to whoever has another number than the right one.
"""

from __future__ import annotations

from text2qti.config import Config
from text2qti.qti import QTI
from text2qti.quiz import Quiz

from bookkit.readers.quizzes import Numeric
from deal import Item
from wording import html, mistake, one_line, prompt, typed


def package(title: str, items: list[Item], shown: bool = False) -> bytes:
    """Make the package of a chapter, whose results are `shown` to students who have answered."""
    quiz = Quiz(source(title, items, shown), config=Config(), source_name=title)
    # It adds up all questions of a group, of which a student gets one.
    quiz.points_possible = len({each.varies or each.name for each in items})
    content: bytes = QTI(quiz).zip_bytes()
    return content


def source(title: str, items: list[Item], shown: bool) -> str:
    """Write what text2qti reads."""
    answers = f"Show correct answers: {str(shown).lower()}"
    lines = [f"Quiz title: {title}", "Shuffle answers: true", answers, ""]
    varied = ""
    for number, each in enumerate(items, start=1):
        if each.varies != varied:
            lines += ["END_GROUP", ""] if varied else []
            opens = ["GROUP", "pick: 1", "points per question: 1", ""]
            lines += opens if each.varies else []
            varied = each.varies
        lines += [*question(number, each), ""]
    return "\n".join([*lines, *(["END_GROUP"] if varied else [])]) + "\n"


def question(number: int, item: Item) -> list[str]:
    """Write a question."""
    asked = item.question
    lines = [f"Title: {item.name}", f"{number}. {checked(prompt(asked))}"]
    if isinstance(asked, Numeric):
        mistakes = " ".join(mistake(each) for each in asked.wrong)
        told = [f"- Usual mistakes. {checked(mistakes)}"] if mistakes else []
        wanted = f"=   {typed(asked.answer.value)} +- {typed(asked.answer.tolerance)}"
        return [*lines, f"+ {checked(asked.answer.why)}", *told, wanted]
    for place, choice in enumerate(asked.choices):
        right, letter = choice.right, chr(ord("a") + place)
        single = f"{'*' if right else ''}{letter})"
        mark = f"[{'*' if right else ' '}]" if asked.several else single
        lines += [f"{mark} {checked(choice.text)}", f"... {checked(choice.why)}"]
    return lines


def checked(markdown: str) -> str:
    """Return words as they are, if they have no more than quiz files can."""
    html(markdown)
    return one_line(markdown)
