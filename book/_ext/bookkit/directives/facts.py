"""`fact`: a number from `data/facts.csv` with its source; `facts-table`: all that the book uses.

    It costs {fact}`INT-01`.             amount, place, period and citation
    It costs {fact:value}`INT-01`.       the amount alone

The amount leads to a note with the source, which links to the page of facts.
An unknown id, and a fact that nobody has verified, fail the build. A claim is worded as somebody's,
unless its sentence has just named who makes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from bookkit.directives.base import (
    BookDirective,
    UsesDomain,
    bibliography,
    cited,
    data_folder,
    row,
    table,
)
from bookkit.directives.note import note, opens
from bookkit.fresh import note_code
from bookkit.page.html_tag import Tag
from bookkit.readers.works import described
from bookkit.worked_out import worked_out

FACTS = "facts.csv"
READER = "import netfin.facts"
SENTENCE_ENDS = re.compile(r"[.?!](\s|$)")
HEAD = ("Number", "What it is", "Place and time", "Source", "Seen in")

logger = logging.getLogger(__name__)


class FactsTableNode(nodes.General, nodes.Element):  # type: ignore[misc]
    """Where the table of facts goes once all pages are read."""


class Told(nodes.General, nodes.Inline, nodes.Element):  # type: ignore[misc]
    """What follows an amount in brackets, until its sentence is known."""

    def written(self, named: str) -> list[nodes.Node]:
        """Return the brackets; a claim of whom the sentence has named last does not repeat it."""
        (source,) = self.children
        again = self["by"] and source["reftarget"] == named
        by = [] if again else [nodes.Text(self["by"]), source]
        where = [nodes.Text(self["where"])] if self["where"] else []
        between = [nodes.Text("; ")] if where and by else []
        inner = [*where, *between, *by]
        return [nodes.Text(" ("), *inner, nodes.Text(")")] if inner else []


def uses(env: BuildEnvironment) -> dict[str, list[str]]:
    """Return the ids of the facts that each page uses, in the order of the page."""
    used: dict[str, list[str]] = env.domaindata["fact"]["used"]
    return used


def row_id(fact_id: str) -> str:
    """Return the id of a fact's row on the page of facts."""
    return f"fact-{fact_id.lower()}"


def use_id(fact_id: str) -> str:
    """Return the id of the place on a page that uses a fact first."""
    return f"uses-{fact_id.lower()}"


def every(env: BuildEnvironment) -> dict[str, Any]:
    """Return all facts by their id; the page depends on them."""
    file = data_folder(env) / FACTS
    env.note_dependency(str(file))
    return worked_out(env, FACTS, [READER], lambda: read(file), [file])


def read(file: Path) -> dict[str, Any]:
    """Read the facts as the models do."""
    from netfin import facts

    found = facts.load(file.parent)
    return {name: SimpleNamespace(**told(fact)) for name, fact in found.items()}


def told(fact: Any) -> dict[str, Any]:
    """Return of a fact what pages tell, in nothing but texts."""
    written = {each.name: str(getattr(fact, each.name)) for each in fields(fact)}
    return written | {"amount": fact.amount}


def find(env: BuildEnvironment, fact_id: str) -> Any:
    """Look up a fact for the page that is read; one that may not be printed is an error."""
    fact = every(env).get(fact_id)
    note_code(env, READER)
    if fact is None:
        raise ValueError(f"there is no fact {fact_id!r} in {FACTS}")
    if fact.status == "recalled":
        raise ValueError(f"the fact {fact_id!r} is only recalled: verify it before printing it")
    return fact


def amount(env: BuildEnvironment, fact: Any) -> Tag:
    """Return number and unit as the link to the fact's note; the first use has an id."""
    used = uses(env).setdefault(env.docname, [])
    first = {} if fact.id in used else {"id": use_id(fact.id)}
    if first:
        used.append(fact.id)
    return opens(fact.id, "fact", nodes.Text(fact.amount), **first)


def notes(app: Sphinx) -> Iterator[Tag]:
    """Yield the notes of a page: what is known of each fact, and its row on the page of facts."""
    env = app.env
    page = env.domaindata["fact"]["page"]
    used = uses(env).get(env.docname, [])
    facts = every(env) if used else {}
    for name in used:
        door = app.builder.get_relative_uri(env.docname, page) if page else ""
        doors = ("All facts", f"{door}#{row_id(name)}") if door else None
        yield note(name, doors, *known(env, facts[name]))


def known(env: BuildEnvironment, fact: Any) -> list[nodes.Node]:
    """Write what is known of a fact: first what the sentence around it does not say, its source."""
    seen = f"Seen in: {fact.seen_in}."
    measured = f"What it is: {fact.statement} ({fact.place}, {fact.period})."
    parts = (".", "A claim." if fact.status == "claim" else "",
             described(bibliography(env)[fact.bibkey]), seen, fact.note, measured)  # fmt: skip
    lead = nodes.strong("", f"{fact.amount} {fact.basis}".strip())
    return [lead, nodes.Text(" ".join(filter(None, parts)))]


class FactRole(SphinxRole):
    """Print a fact."""

    def __init__(self, *, whole: bool) -> None:
        self.whole = whole

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Find the fact; what cannot be printed fails the build."""
        try:
            fact = find(self.env, self.text)
        except ValueError as fault:
            logger.warning("%s: %s", self.env.docname, fault, location=self.get_location())
            return [nodes.inline(self.rawtext, self.text)], []
        return self.printed(fact, claim=fact.status == "claim"), []

    def printed(self, fact: Any, *, claim: bool) -> list[nodes.Node]:
        """Word the fact, a claim with the name of who makes it."""
        told: list[nodes.Node] = [amount(self.env, fact)]
        where = f"{fact.place}, {fact.period}" if self.whole else ""
        if self.whole and fact.basis:
            told.append(nodes.Text(f" {fact.basis}"))
        if self.whole or claim:
            source = cited(fact.bibkey, "label", self.env.docname)
            told.append(Told("", source, where=where, by="reported by " if claim else ""))
        return told


class Attributions(SphinxTransform):
    """Write where and by whom a fact is told; who has just been named makes the next claim too."""

    default_priority = 500

    def apply(self, **_options: Any) -> None:
        """Go through the sentences of a page."""
        for block in {
            id(told.parent): told.parent for told in self.document.findall(Told)
        }.values():
            named = ""
            for each in list(block.children):
                if isinstance(each, Told):
                    each.replace_self(each.written(named))
                keys = [found["reftarget"] for found in each.findall(pending_xref)
                        if found["refdomain"] == "cite"]  # fmt: skip
                named = keys[-1] if keys else named
                if not isinstance(each, Told) and SENTENCE_ENDS.search(each.astext()):
                    named = ""


class FactsTable(BookDirective):
    """Leave room for the table of all facts used."""

    def run(self) -> list[nodes.Node]:
        """Remember which page has the table."""
        every(self.env)
        note_code(self.env, READER)
        self.env.domaindata["fact"]["page"] = self.env.docname
        return [FactsTableNode()]


class Tables(SphinxPostTransform):
    """Fill in the table, before citations are resolved."""

    default_priority = 5

    def run(self, **_options: Any) -> None:
        """Change one page."""
        for place in list(self.document.findall(FactsTableNode)):
            place.replace_self(self.by_page())

    def link(self, page: str, anchor: str) -> str:
        """Return the address of a place in the book as seen from this page."""
        builder = self.app.builder
        return f"{builder.get_relative_uri(self.env.docname, page)}#{anchor}"

    def by_page(self) -> list[nodes.Node]:
        """Return a table for each page that uses facts, in the book's order."""
        facts = every(self.env)
        seen: set[str] = set()
        told: list[nodes.Node] = []
        for page in sorted(uses(self.env)):
            title = self.env.titles[page].astext()
            rows = []
            for fact_id in uses(self.env)[page]:
                rows.append(self.row(facts[fact_id], page, first=fact_id not in seen))
                seen.add(fact_id)
            told += [nodes.rubric(title, title), table(HEAD, rows, "facts")]
        return told or [nodes.paragraph("", "No page uses a fact yet.")]

    def row(self, fact: Any, page: str, *, first: bool) -> nodes.row:
        """Return a fact as a row, which bears the fact's id where it stands first."""
        place = self.link(page, use_id(fact.id))
        amount = nodes.reference(fact.amount, fact.amount, internal=True, refuri=place)
        what = f"{fact.statement}. {fact.note}".strip()
        cells: list[list[nodes.Node]] = [
            [amount, nodes.Text(f" {fact.basis}" if fact.basis else "")],
            [nodes.Text(what)],
            [nodes.Text(f"{fact.place}, {fact.period}")],
            [cited(fact.bibkey, "label", self.env.docname)],
            [nodes.Text(fact.seen_in + (" (a claim)" if fact.status == "claim" else ""))],
        ]
        return row(cells, ids=[row_id(fact.id)] if first else [])


class FactDomain(UsesDomain):
    """What Sphinx keeps of the facts between builds, and the role of the bare amount."""

    name = "fact"
    label = "Facts"
    roles = {"value": FactRole(whole=False)}  # noqa: RUF012


def setup(app: Sphinx) -> dict[str, bool]:
    """Register roles, directive and transform."""
    app.setup_extension("bookkit.page.html_tag")
    app.add_domain(FactDomain)
    app.add_role("fact", FactRole(whole=True))
    app.add_directive("facts-table", FactsTable)
    app.add_node(FactsTableNode)
    app.add_transform(Attributions)
    app.add_post_transform(Tables)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
