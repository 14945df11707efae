"""A book without solutions: `solutions` in the configuration is `folded`, as always, or `none`.

With `none` they are taken out of a page's source, before anything is made of it: what page,
notebook, search and paper never had, they cannot show. Hints stay. A quiz then comes without its
key (`directives.quiz`, `home.questions`), and a zip without the code that computes the numbers
which solutions speak (`directives.take_home`).

What a page says of solutions is not so in every book. There it is said twice, with solutions first:

    {solved}`their solutions are folded|their solutions are not in this copy`
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

from bookkit.home.markdown import FENCE

KINDS = ("folded", "none")
EXERCISES = "Exercises"
STAYS, NEVER_STAYS = ("Hint",), ("Solution",)  # what a fold is called, in exercises and elsewhere
HEADING = re.compile(r"## +(.*?) *")
TWICE = re.compile(r"([^|]*)\|([^|]*)")


def without(text: str) -> str:
    """Return a page's source with empty lines in the place of its solutions."""
    kept: list[str] = []
    section, end, gone = "", "", False
    for line in text.splitlines():
        begins = FENCE.fullmatch(line) if not end else None
        if begins:
            end = begins["mark"]
            gone = begins["name"] == "dropdown" and is_solution(begins["argument"].strip(), section)
        elif not end and (heading := HEADING.fullmatch(line)):
            section = heading[1]
        kept.append("" if gone else line)
        if end and not begins and closes(line, end):
            end, gone = "", False
    return "\n".join(kept) + "\n"


def closes(line: str, mark: str) -> bool:
    """Tell whether a line ends the block that a mark has begun."""
    return set(line.strip()) == {mark[0]} and len(line.strip()) >= len(mark)


def is_solution(title: str, section: str) -> bool:
    """Tell whether what is folded under a title solves an exercise: all but hints do."""
    return title in NEVER_STAYS or (section == EXERCISES and title not in STAYS)


def are_left_out(app: Sphinx) -> bool:
    """Tell whether the book that is built has no solutions."""
    return str(app.config.solutions) == "none"


def source_of(app: Sphinx, text: str) -> str:
    """Return a page's source as it is to be read in this build."""
    return without(text) if are_left_out(app) else text


def said(twice: str, *, solved: bool) -> str:
    """Return what is said in a book of one kind; either way may be empty."""
    ways = TWICE.fullmatch(twice)
    if not ways:
        raise ValueError(f"solved: must be two ways to say it, with one | between, is {twice!r}")
    return ways[1 if solved else 2]


class SolvedRole(SphinxRole):
    """Say of solutions what is so in the book that is built."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Choose the words; one way alone fails the build."""
        try:
            return [nodes.Text(said(self.text, solved=self.config.solutions != "none"))], []
        except ValueError as fault:
            return [], [self.inliner.reporter.error(str(fault), line=self.lineno)]


def tell(app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doc: object) -> None:
    """Tell the layout whether there are solutions to print."""
    context["solved"] = not are_left_out(app)


def reading(app: Sphinx, _page: str, source: list[str]) -> None:
    """Take the solutions out of the page that is read."""
    source[0] = source_of(app, source[0])


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to the reading of pages; a build of one kind reads every page of another anew."""
    app.add_config_value("solutions", "folded", "env")
    app.add_role("solved", SolvedRole())
    app.connect("source-read", reading)
    app.connect("html-page-context", tell)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
