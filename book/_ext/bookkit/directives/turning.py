"""Where a chapter's headline statements turn, beside its verdict.

    ```{where-it-turns} spread
    ```

The statements are those of `netfin/<chapter>/statements.py`. Each is printed with the answer at our
numbers; folded are its rule, its tipping values and boundary, and the count of cases. All numbers
lie beside the page as CSV. A wording that says more than was found fails the build.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bookkit.directives.base import cited, row, table
from bookkit.directives.claims import ClaimsDirective, led
from bookkit.directives.facts import amount, find
from bookkit.directives.verdict import why
from bookkit.fresh import kept, note_code
from bookkit.page.html_tag import tag
from bookkit.statements import code, module_of, told, told_id

HEAD = ("Parameter", "Ours", "From", "To", "Drawn", "Why these ends")


class WhereItTurns(ClaimsDirective):
    """Print a chapter's headline statements."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Compute, hold the wordings to what was found, lay out; note the numbers as a file."""
        chapter = self.arguments[0]
        try:
            all_told = told(self.env.app, chapter)
        except ValueError as fault:
            self.fail(fault)
        statements = all_told["statements"]
        if not statements:
            self.fail(f"there is no {module_of(chapter)} with STATEMENTS")
        note_code(self.env, *code(chapter))
        for name in sorted({each for one in statements for each in one["claims"]}):
            self.own(name)
        file = f"{chapter}-turning.csv"
        kept(self.env, "page_numbers")[self.env.docname] = {file: all_told["numbers"]}
        box = nodes.container(classes=["turning"])
        box += tag("h3", nodes.Text("Where it turns"))
        box += [self.statement(each) for each in statements]
        link = tag("a", nodes.Text("All these numbers as CSV"), href=file, download="")
        box += nodes.paragraph("", "", link)
        return [box]

    def statement(self, one: dict[str, Any]) -> nodes.container:
        """Lay out one statement: answer, rule, tipping values, boundary, count, ranges."""
        box = nodes.container(ids=[one["id"]], classes=["statement"])
        kind = nodes.inline(one["kind"], one["kind"].capitalize(), classes=["kind"])
        box += nodes.paragraph("", "", kind, nodes.Text(f" {one['words']}"), classes=["said"])
        box += said("The answer.", one["answer"])
        summary = tag("summary", nodes.Text("The ranges, and why these"))
        ranges = tag("details", summary, self.ranges(one["ranges"]))
        box += why("The rule, where it tips, how often it holds", *reasons(one), ranges)
        return box

    def ranges(self, ranges: list[dict[str, Any]]) -> nodes.table:
        """List the ranges with their reasons."""
        rows = []
        for each in ranges:
            cells = [[nodes.Text(text)] for text in each["cells"]]
            rows.append(row([*cells, self.reason(each)]))
        return table(HEAD, rows, "cards")

    def reason(self, each: dict[str, Any]) -> list[nodes.Node]:
        """Say why a range has these ends, and who says so."""
        reason: list[nodes.Node] = [nodes.Text(each["reason"])]
        if each["ours"]:
            return reason
        reason += [nodes.Text(f" ({each['source']})")] if each["source"] else []
        for name in each["facts"]:
            try:
                fact = find(self.env, name)
            except ValueError as fault:
                self.fail(fault)
            reason += [nodes.Text("; "), amount(self.env, fact), nodes.Text(" "),
                       cited(fact.bibkey, "label", self.env.docname)]  # fmt: skip
        return [*reason, nodes.Text(".")]


def said(lead: str, text: str) -> nodes.paragraph:
    """Write a sentence behind its lead."""
    return nodes.paragraph("", "", *led(lead, nodes.Text(text)))


def reasons(one: dict[str, Any]) -> list[nodes.Node]:
    """Lay out what carries the answer: rule, tipping values, boundary, count, what is left out."""
    parts = {"The turning rule.": one["rule"], "Where it tips.": one["tipping"]}
    lines: list[nodes.Node] = [said(lead, text) for lead, text in parts.items() if text]
    lines += [picture(one)] if one["picture"] else []
    lines.append(nodes.paragraph("", one["counted"], classes=["counted"]))
    return [*lines, said("Not covered.", one["left out"])]


def picture(one: dict[str, Any]) -> nodes.Node:
    """Show the boundary; the words below it are its text alternative."""
    words = tag("figcaption", nodes.Text(one["alternative"]), id=told_id(one["id"]))
    return tag("figure", nodes.raw("", one["picture"], format="html"), words)


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
