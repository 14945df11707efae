"""The words of a question for another program: as HTML, its numbers as they are typed."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt

from bookkit.readers.quizzes import Choose, Number, Question

ALL_THAT_HOLD = "Choose all that hold."
_INLINE = MarkdownIt("commonmark", {"html": False})
_KNOWN = re.compile(r"</?(?:em|strong)>|[^<]")


@cache  # each format asks for the same texts
def html(markdown: str) -> str:
    """Turn a line of a question into HTML that is XML as well; it has plain words and emphasis."""
    written: str = _INLINE.renderInline(one_line(markdown))
    if re.sub(_KNOWN, "", written) or "$" in markdown or "{" in markdown:
        raise ValueError(f"{markdown!r} has more than words and *emphasis*, which quiz files lack")
    return written


def one_line(text: str) -> str:
    """Put a text on one line."""
    return re.sub(r"[ \n]+", " ", text).strip()  # a space that keeps words together stays


def prompt(question: Question) -> str:
    """Return what is asked, and how it is to be answered."""
    if isinstance(question, Choose):
        return f"{question.ask} {ALL_THAT_HOLD}" if question.several else question.ask
    return f"{question.ask} {question.wanted}"


def typed(value: float) -> str:
    """Write a number as it is typed: no powers of ten, no more digits than say something."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def mistake(number: Number) -> str:
    """Name a usual mistake, and say why it is one."""
    return f"{number}: {number.why}"
