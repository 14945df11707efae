"""Explorers on paper: a sheet each to guess, check and reckon on, and their solutions apart.

A sheet is read off the page: the question with its options, the picture as it begins, where to
move; and the equation that the move confirms, if one does (`confirm.py`). Where none does, the
solution has lines that lead to numbers of the picture (`reckoned.py`). What a teacher wants
otherwise is changed in the HTML file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import algebra
from confirm import Confirmed, confirmed
from material import Chapter, Explorer, State
from paper import code
from reckoned import Line, reckoned

STYLE = Path(__file__).with_name("handouts.css")
LINES = '<p class="line"></p>'
NORMAL = ("Φ is the distribution function of the standard normal distribution, Φ⁻¹ its inverse: "
          "a table or a spreadsheet has them.")  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where the book is found: on the web, or in the zip of its site."""

    address: str  # with `/` at its end; empty where it has none

    def of(self, slug: str, anchor: str) -> str:
        """Say where an explorer is found, as a link with its QR code where it has an address."""
        there = f"{self.address}book/{slug}.html#{anchor}"
        if not self.address:
            told = f"<code>{escape(there)}</code>"
            return f'<p class="place">In the folder or zip of the book: {told}</p>'
        return f'<div class="place">{code(there)}<p>{escape(there)}</p></div>'


def table(rows: Sequence[Sequence[Any]], head: Sequence[Any]) -> str:
    """Return a table."""
    heads = "".join(f"<th>{escape(str(each))}</th>" for each in head)
    lines = ("".join(f"<td>{escape(_number(each))}</td>" for each in row) for row in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _number(value: Any) -> str:
    """Write a number to four digits, and one of what is counted whole."""
    if isinstance(value, float):
        return algebra.digits(value)
    return str(value).replace("-", "−") if isinstance(value, int) else str(value)


def guess(explorer: Explorer) -> str:
    """Ask for the guess, and leave room for its reason."""
    boxes = "".join(f"<li>{escape(each)}</li>" for each in explorer.options)
    return (
        f"<section><h3>1. Guess</h3><p>{escape(explorer.question)}</p>"
        f'<ul class="boxes">{boxes}</ul><p>Because:</p>{LINES}{LINES}</section>'
    )


def _moved(explorer: Explorer, state: State) -> str:
    """Say what is moved to get to a state."""
    every = [f"{escape(label)}: from {escape(one)} to {escape(two)}"
             for label, one, two in explorer.moves(state)]  # fmt: skip
    return "; ".join(every)


def check(slug: str, explorer: Explorer, place: Place) -> str:
    """Show the picture as it begins, and say where to move it."""
    said = escape(explorer.sentence(explorer.start))
    task = ""
    if explorer.task:
        found = "".join(f"{escape(each.label)}: <i></i> " for each in explorer.controls)
        task = f'<p class="task"><b>Then:</b> {escape(explorer.task)} Found at {found}</p>'
    return (
        f'<section><h3>2. Check on the figure</h3><div class="figure">'
        f"{explorer.picture(explorer.start)}<div>"
        f'<p class="said">As it begins: {said}</p>{place.of(slug, explorer.anchor(explorer.start))}'
        f"</div></div><p><b>Move.</b> {_moved(explorer, explorer.end)}. "
        f"What does the figure say now?</p>{LINES}{LINES}{task}</section>"
    )


def reckon(explorer: Explorer, equation: Confirmed | None) -> str:
    """Give the equation that the move confirms, with its numbers; if none does, the picture's."""
    if equation is None:
        head, *rows = explorer.table(explorer.start)
        told = ("No equation goes with this move. These are numbers of the picture as it begins. "
                "Show how one of them follows from what you know, step by step; then try what "
                "it becomes after the move.")  # fmt: skip
        return f"<p>{told}</p>{table(rows, head)}"
    found = f"Find {_math(equation.letters[equation.find].written)}" if equation.find else "Compute"
    asked = (f"{found} before and after the move, with these numbers{_solved(equation)}. "
             f"{_times(equation)} Compare with the figure.")  # fmt: skip
    if "Φ" in equation.formula.get_text():
        asked += " " + NORMAL
    return f'{equation.formula}<div class="given">{_letters(equation)}<p>{asked}</p></div>'


def _math(written: str) -> str:
    return f"<math>{written}</math>"


def _solved(equation: Confirmed) -> str:
    """Say for what value of a side a letter is found, where the equation does not say it."""
    if "is" not in equation.entry:
        return ""
    return f", so that the right side is {algebra.digits(float(equation.entry['is']))}"


def _times(equation: Confirmed) -> str:
    by = "It" if equation.times == 1 else f"Multiplied by {algebra.digits(equation.times)} it"
    return f"{by} gives: {escape(equation.entry['gives'])}."


def _letters(equation: Confirmed) -> str:
    """List the letters with their numbers before and after the move."""
    rows = []
    for each in equation.letters.values():
        told = map(algebra.digits, each.numbers) if each.numbers else ("?", "?")
        cells = "".join(f"<td>{one}</td>" for one in told)
        rows.append(
            f"<tr><td>{_math(each.written)}</td><td>{escape(each.meaning)}</td>{cells}</tr>"
        )
    heads = "<th>letter</th><th>what it is</th><th>before</th><th>after</th>"
    body = "".join(rows)
    return f'<table class="letters"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def computed(explorer: Explorer, equation: Confirmed | None, lines: Sequence[Line] = ()) -> str:
    """Compute the equation before and after the move; where there is none give tables and lines."""
    if equation is None:
        (head, *before), (_, *after) = map(explorer.table, (explorer.start, explorer.end))
        follows = "".join(each.written() for each in lines)
        return (
            f"<p>The numbers of the figure as it begins:</p>{table(before, head)}"
            f"<p>And after the move:</p>{table(after, head)}{follows}"
        )
    told = [f"{equation.formula}{_letters(equation)}"]
    for at, when in enumerate(("Before", "After")):
        times = "" if equation.times == 1 else f"Times {algebra.digits(equation.times)}: "
        number = algebra.digits(equation.value(at))
        told.append(f"<p>{when}: {_found(equation, at)}</p>{equation.filled(at)}<p>{times}{number} "
                    f"{escape(equation.entry['gives'])}, as the figure says.</p>")  # fmt: skip
    return "".join(told)


def _found(equation: Confirmed, at: int) -> str:
    """Say what the letter is that was to be found."""
    if not equation.find:
        return ""
    number = algebra.digits(equation.numbers(at)[equation.find])
    return f"{_math(equation.letters[equation.find].written)} is {number}, for"


def sheet(
    chapter: Chapter, explorer: Explorer, place: Place, equation: Confirmed | None = None
) -> str:
    """Return the sheet of an explorer."""
    title = escape(explorer.title or explorer.name.replace("-", " "))
    number = f"{escape(explorer.number)} " if explorer.number else ""
    third = "Confirm by algebra" if equation else "Confirm by reckoning"
    return (
        f'<article class="sheet" id="{explorer.name}"><header><p>{escape(chapter.title)}</p>'
        f'<p class="who">Name <i></i> Date <i></i></p></header><h2>{number}{title}</h2>'
        f"{guess(explorer)}{check(chapter.slug, explorer, place)}"
        f'<section class="reckon"><h3>3. {third}</h3>{reckon(explorer, equation)}'
        '<div class="room"></div></section></article>'
    )


def solution(
    chapter: Chapter,
    explorer: Explorer,
    place: Place,
    equation: Confirmed | None = None,
    lines: Sequence[Line] = (),
) -> str:
    """Return what a teacher has to an explorer's sheet."""
    title = escape(explorer.title or explorer.name.replace("-", " "))
    told = [
        f"<p>{escape(explorer.question)}</p>",
        f"<p><b>{escape(explorer.right)}.</b> {escape(explorer.held['because'])}</p>",
        f"<p>{_moved(explorer, explorer.end)}. {escape(explorer.sentence(explorer.end))}</p>",
        place.of(chapter.slug, explorer.anchor(explorer.end)),
        _met(explorer),
        computed(explorer, equation, lines),
    ]
    number = f"{escape(explorer.number)} " if explorer.number else ""
    return f'<article class="solution"><h2>{number}{title}</h2>{"".join(told)}</article>'


def _met(explorer: Explorer) -> str:
    """Say where the challenge is met, nearest to the start."""
    if explorer.met is None:
        return ""
    count, found = len(explorer.held["met"]), escape(explorer.held["found"])
    told = f"met in {count} states, nearest to the start: " if count > 1 else "met in one state: "
    return (f"<p><b>Challenge.</b> {escape(explorer.task)} It is {told}"
            f"{_moved(explorer, explorer.met)}. {found}</p>")  # fmt: skip


def document(title: str, parts: Iterable[str]) -> str:
    """Return the file of a chapter's sheets, or of their solutions."""
    link = '<link rel="stylesheet" href="../_static/faces.css">'
    head = f'<meta charset="utf-8"><title>{escape(title)}</title>{link}'
    style = f"<style>{STYLE.read_text('utf-8')}</style>"
    body = f"<body><main><h1>{escape(title)}</h1>{''.join(parts)}</main></body>"
    return f'<!doctype html>\n<html lang="en"><head>{head}{style}</head>{body}</html>\n'


def documents(chapter: Chapter, book: str, place: Place) -> dict[str, tuple[str, str]]:
    """Return a chapter's two documents, by the names of their files: titles and texts."""
    asked = [each for each in chapter.explorers if each.asks]
    known = confirmed(chapter, asked)
    equations = [known.get(each.name) for each in asked]
    every = [*zip(asked, equations, strict=True)]
    sheets = [sheet(chapter, each, place, equation) for each, equation in every]
    follows = reckoned(chapter)
    solutions = [solution(chapter, each, place, equation, follows.get(each.name, ()))
                 for each, equation in every]  # fmt: skip
    made = {
        chapter.slug: ("Hand-outs", sheets),
        f"{chapter.slug}-solutions": ("Solutions of the hand-outs", solutions),
    }
    titles = {name: f"{kind}: {chapter.title} – {book}" for name, (kind, _) in made.items()}
    return {
        name: (titles[name], document(titles[name], parts)) for name, (_, parts) in made.items()
    }
