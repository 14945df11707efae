"""Questions in GIFT; variants lie in a category each, to draw one of them at random."""

from __future__ import annotations

import re

from as_moodle import category, weights
from bookkit.readers.quizzes import Numeric
from deal import Item
from wording import html, prompt, typed

_SIGNS = re.compile(r"[~=#{}:\\]")


def escaped(markdown: str) -> str:
    """Write words as HTML, the format's own signs escaped."""
    return _SIGNS.sub(r"\\\g<0>", html(markdown))


def written(title: str, items: list[Item]) -> str:
    """Write the file of a chapter."""
    blocks: list[str] = []
    place = ""
    for each in items:
        if (now := category(title, each)) != place:
            place = now
            blocks.append(f"$CATEGORY: {place}")
        answers = "\n".join(f"  {line}" for line in lines(each))
        sign = "#" if isinstance(each.question, Numeric) else ""
        asked = escaped(prompt(each.question))
        blocks.append(f"::{each.name}::[html]{asked} {{{sign}\n{answers}\n}}")
    return "\n\n".join(blocks) + "\n"


def lines(item: Item) -> list[str]:
    """Return the answers, a line each."""
    asked = item.question
    if isinstance(asked, Numeric):
        numbers = (asked.answer, *asked.wrong)
        return [
            f"={'' if each is asked.answer else '%0%'}{typed(each.value)}:{typed(each.tolerance)}"
            f"#{escaped(each.why)}"
            for each in numbers
        ]
    signs = [
        f"~%{weight}%" if asked.several else "=" if choice.right else "~"
        for choice, weight in zip(asked.choices, weights(asked), strict=True)
    ]
    return [
        f"{sign}{escaped(choice.text)}#{escaped(choice.why)}"
        for sign, choice in zip(signs, asked.choices, strict=True)
    ]
