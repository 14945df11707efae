"""Where a chapter's headline statements turn, beside its verdict.

    ```{where-it-turns} spread
    ```

The statements are those of `netfin/<chapter>/statements.py`. Each is printed with the answer at our
numbers, its rule, its tipping values and boundary, and last the count of cases; all numbers lie
beside the page as CSV. A wording that says more than was found fails the build.
"""

from __future__ import annotations

import csv
import io
import posixpath
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bookkit.directives.base import row, table
from bookkit.directives.claims import ClaimsDirective, led
from bookkit.directives.facts import amount, cited, find
from bookkit.fresh import kept, note_code
from bookkit.page.html_tag import tag

HEAD = ("Parameter", "Ours", "From", "To", "Drawn", "Why these ends")
COLUMNS = ("statement", "kind", "what", "name", "value")


def module_of(chapter: str) -> str:
    """Name the module of a chapter's statements."""
    return f"netfin.{chapter.replace('-', '_')}.statements"


def note_statements(env: BuildEnvironment, chapter: str) -> None:
    """Note what a page depends on that prints a chapter's statements."""
    note_code(env, f"import {module_of(chapter)}", "import figures.turning")


@cache
def found(chapter: str) -> tuple[Any, ...]:
    """Compute all statements of a chapter, once a build; none where it has no such module."""
    from netfin.turning import turning

    package = module_of(chapter).rpartition(".")[0]
    if find_spec(package) is None or find_spec(module_of(chapter)) is None:
        return ()
    return tuple(turning(each) for each in import_module(module_of(chapter)).STATEMENTS)


def address(chapter: str, name: str) -> str:
    """Return the id of a statement on its chapter's page."""
    return str(nodes.make_id(f"turns-{chapter}-{name}"))


class WhereItTurns(ClaimsDirective):
    """Print a chapter's headline statements."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Compute, hold the wordings to what was found, lay out; note the numbers as a file."""
        chapter = self.arguments[0]
        try:
            all_found = found(chapter)
        except ValueError as fault:
            self.fail(fault)
        if not all_found:
            self.fail(f"there is no {module_of(chapter)} with STATEMENTS")
        note_statements(self.env, chapter)
        for name in sorted({each for one in all_found for each in one.statement.claims}):
            self.own(name)
        file = f"{chapter}-turning.csv"
        kept(self.env, "page_numbers")[self.env.docname] = {file: numbers(all_found)}
        box = nodes.container(classes=["turning"])
        box += [self.statement(chapter, each) for each in all_found]
        link = tag("a", nodes.Text("All these numbers as CSV"), href=file, download="")
        box += nodes.paragraph("", "", link)
        return [box]

    def statement(self, chapter: str, one: Any) -> nodes.container:
        """Lay out one statement: answer, rule, tipping values, boundary, count, ranges."""
        from figures import turning as words

        said, name = one.statement, address(chapter, one.statement.name)
        box = nodes.container(ids=[name], classes=["statement"])
        kind = nodes.inline(said.kind, said.kind.capitalize(), classes=["kind"])
        box += nodes.paragraph("", "", kind, nodes.Text(f" {said.words}"), classes=["said"])
        told = {
            "The answer.": words.answer(one),
            "The turning rule.": words.turning_rule(one),
            "Where it tips.": words.tipping(one),
        }
        for lead, text in told.items():
            if text:
                box += nodes.paragraph("", "", *led(lead, nodes.Text(text)))
        if one.boundary is not None:
            box += picture(name, one)
        box += nodes.paragraph("", words.counted(one), classes=["counted"])
        box += nodes.paragraph("", "", *led("Not covered.", nodes.Text(said.left_out)))
        summary = tag("summary", nodes.Text("The ranges, and why these"))
        box += tag("details", summary, self.ranges(said))
        return box

    def ranges(self, said: Any) -> nodes.table:
        """List the ranges with their reasons."""
        from figures.turning import capital, written

        rows = []
        for each in said.ranges:
            ends = (written(value, each.unit) for value in (each.default, each.low, each.high))
            drawn = "by ratio" if each.by_ratio else "evenly"
            drawn += f", with {each.tied}" if each.tied else ""
            cells = [[nodes.Text(text)] for text in (capital(each.label), *ends, drawn)]
            rows.append(row([*cells, self.reason(each)]))
        return table(HEAD, rows)

    def reason(self, each: Any) -> list[nodes.Node]:
        """Say why a range has these ends, and who says so."""
        from figures.turning import capital

        if each.ours:
            return [nodes.Text(f"Ours: {each.reason}.")]
        told: list[nodes.Node] = [nodes.Text(capital(each.reason))]
        told += [nodes.Text(f" ({each.source})")] if each.source else []
        for name in each.facts:
            try:
                fact = find(self.env, name)
            except ValueError as fault:
                self.fail(fault)
            told += [nodes.Text("; "), amount(self.env, fact), nodes.Text(" "),
                     cited(fact.bibkey, "label", self.env.docname)]  # fmt: skip
        return [*told, nodes.Text(".")]


def picture(name: str, one: Any) -> nodes.Node:
    """Draw the boundary; the words below it are its text alternative."""
    from explorer.svg import compose, draw
    from figures.style import explore
    from figures.turning import alternative, boundary_picture

    style, told = explore.style, f"{name}-told"
    with style.context():
        drawing = draw(boundary_picture(one), style, name)
    svg = "\n".join(compose(drawing, drawing, told, style))
    words = tag("figcaption", nodes.Text(alternative(one)), id=told)
    return tag("figure", nodes.raw("", svg, format="html"), words)


def numbers(all_found: tuple[Any, ...]) -> str:
    """Write all numbers of a chapter's statements as CSV, one a line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in all_found:
        writer.writerows((one.statement.name, one.statement.kind, *each) for each in _lines(one))
    return text.getvalue()


def _lines(one: Any) -> Iterator[tuple[str, str, object]]:
    """Yield what, name and value of each number of a statement."""
    yield "at our numbers", "statement", one.at_default
    yield "at our numbers", "rule, left side", one.left
    yield "at our numbers", "rule, right side", one.right
    for design, counts in one.tallies.items():
        yield "share of cases", design, counts.share
        yield "cases in which the rule agrees", design, counts.agreement
        yield "cases", design, counts.taken
        yield "cases outside the model", design, counts.outside
    for decider in one.deciders:
        yield "total effect", decider.name, decider.index
        for turn in decider.turns:
            yield from (("turns at", name, value) for name, value in turn.items())
    for each in one.statement.ranges:
        ends = {"default": each.default, "low": each.low, "high": each.high}
        yield from ((f"range, {what}", each.name, value) for what, value in ends.items())


def forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop the numbers that a page had, before it is read again or when it is gone."""
    kept(env, "page_numbers").pop(docname, None)


def merge(
    _app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment
) -> None:
    """Take over the numbers of the pages that another process has read."""
    read = kept(other, "page_numbers")
    kept(env, "page_numbers").update({page: read[page] for page in docnames if page in read})


def write(app: Sphinx, error: Exception | None) -> None:
    """Write the files of numbers, each beside its page."""
    if error is not None or app.builder.format != "html":
        return
    for page, files in kept(app.env, "page_numbers").items():
        for name, text in files.items():
            Path(app.outdir, posixpath.dirname(page), name).write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    for part in ("bookkit.page.html_tag", "bookkit.directives.facts"):
        app.setup_extension(part)
    app.add_directive("where-it-turns", WhereItTurns)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
