"""A quiz as questions to read: what the page checks is folded under each."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_uppercase

from bookkit.home.markdown import bullets, fold, paragraphs, plain
from bookkit.readers.quizzes import Choose, Numeric, Question

LETTERS = ascii_uppercase
SEVERAL = "Several answers can be right."


def questions(every: Iterable[Question], *, solved: bool) -> str:
    """Write all questions of a chapter, with what is right and why where that is told."""
    numbered = enumerate(every, start=1)
    return paragraphs(*(question(number, each, solved=solved) for number, each in numbered))


def question(number: int, asked: Question, *, solved: bool) -> str:
    """Write one question, its answer folded."""
    told = (fold("Answer and reasons", key(asked)),) if solved else ()
    lead = f"**Question {number}.** {asked.ask.strip()}"
    if isinstance(asked, Numeric):
        return paragraphs(f"{lead} {asked.wanted}", *told)
    hint = f" {SEVERAL}" if asked.several else ""
    named = list(zip(LETTERS, asked.choices, strict=False))
    choices = bullets(f"**{letter}.** {choice.text}" for letter, choice in named)
    return paragraphs(lead + hint, choices, *told)


def key(asked: Question) -> str:
    """Say what is right, and why."""
    return numbers(asked) if isinstance(asked, Numeric) else reasons(asked)


def reasons(asked: Choose) -> str:
    """Say of each choice whether it is right, and why."""
    named = zip(LETTERS, asked.choices, strict=False)
    signs = {True: "right", False: "wrong"}
    return bullets(f"**{letter}, {signs[each.right]}.** {each.why}" for letter, each in named)


def numbers(asked: Numeric) -> str:
    """Give the right number and the usual mistakes, each with its reason."""
    lines = [f"**Right: {plain(str(asked.answer))}.** {asked.answer.why}"]
    lines += [f"**Wrong: {plain(str(each))}.** {each.why}" for each in asked.wrong]
    return bullets(lines)
