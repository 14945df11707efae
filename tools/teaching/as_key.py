"""The key of a bank for its teacher: each question with its answer and all reasons, as a page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from bookkit.readers.quizzes import Choose, Number
from deal import Item
from wording import html, prompt, typed

PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ max-width: 45em; margin: 2em auto; padding: 0 1em; font: 1em/1.5 sans-serif }}
.right > span {{ font-weight: bold }}
</style>
<h1>{title}</h1>
<p>For the teacher alone: made from your secret, which makes it again.</p>
{body}
</html>
"""


def written(title: str, items: list[Item]) -> str:
    """Write the key of a chapter."""
    body = "\n".join(line for _, each in groupby(items, _question) for line in question([*each]))
    return PAGE.format(title=escape(title), body=body)


def _question(item: Item) -> str:
    return item.varies or item.name


def question(items: list[Item]) -> Iterator[str]:
    """Write a question with all its variants."""
    yield f"<h2>{_question(items[0])}</h2>"
    for each in items:
        heading = f"<h3>{each.name}</h3>" if each.varies else ""
        yield f'<section id="{each.name}">{heading}'
        yield f"<p>{html(prompt(each.question))}</p>"
        yield f"<ul>{''.join(answers(each))}</ul></section>"


def answers(item: Item) -> Iterator[str]:
    """Write the answers, the right ones marked by a word and not by their looks alone."""
    asked = item.question
    if isinstance(asked, Choose):
        for each in asked.choices:
            yield answer(html(each.text), each.why, right=each.right)
        return
    yield answer(told(asked.answer), asked.answer.why, right=True)
    for one in asked.wrong:
        yield answer(told(one), one.why, right=False)


def told(number: Number) -> str:
    """Write a number, and how near counts as it."""
    return f"{escape(str(number))} (± {typed(number.tolerance)})"


def answer(words: str, why: str, *, right: bool) -> str:
    """Write an answer with its reason."""
    sign = "right" if right else "wrong"
    return (
        f'<li class="{sign}"><b>{sign.capitalize()}:</b> <span>{words}</span> '
        f"<em>{html(why)}</em></li>\n"
    )
