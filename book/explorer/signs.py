"""How text is set: true minus signs, curly quotation marks, percent signs kept to their numbers."""

from __future__ import annotations

import re

# Each sign is one character before and after, so that texts keep their length.
_TYPE = (
    (re.compile(r"(?<=\S)\s%"), "\u00a0%"),  # no line begins with a percent sign
    (re.compile(r"(?<![^\s(\[/,:;~≈=<>±×·|–—])-(?=[\d.]*\d)"), "\u2212"),
    (re.compile(r"(?<![^\s(\[/–—“\"])'(?!\s)"), "‘"),
    (re.compile(r"'"), "’"),
    (re.compile(r"(?<![^\s(\[/–—‘])\"(?!\s)"), "“"),
    (re.compile(r"\""), "”"),
)


def typeset(text: str, before: str = "") -> str:
    """The text with true minus signs and quotation marks, and no break before a percent sign.

    before : what stands in front of it, such as the words before a link.
    """
    whole = before + text
    for sign, put in _TYPE:
        whole = sign.sub(put, whole)
    return whole[len(before) :]
