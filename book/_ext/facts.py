"""`fact`: a number from `data/facts.csv` with its source; `facts-table`: all that the book uses.

    It costs {fact}`INT-01`.             amount, place, period and citation
    It costs {fact:value}`INT-01`.       the amount alone

The amount carries a tooltip with the source and links to its row on the page of facts. An unknown
id, and a fact that nobody has verified, fail the build. A claim is worded as somebody's claim.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from pybtex.richtext import Text
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from references import surnames

FACTS = Path(__file__).resolve().parents[2] / "data" / "facts.csv"
HEAD = ("Number", "What it is", "Place and time", "Source", "Seen in")

logger = logging.getLogger(__name__)


class FactsTableNode(nodes.General, nodes.Element):  # type: ignore[misc]
    """Where the table of facts goes once all pages are read."""


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


def cited(key: str, how: str, docname: str) -> nodes.Node:
    """Cite a source of the bibliography; `how` is one of the bibliography's roles."""
    return addnodes.pending_xref(
        "",
        nodes.inline(key, key),
        refdomain="cite",
        reftype=how,
        reftarget=key,
        refdoc=docname,
        refwarn=True,
    )


def source(env: BuildEnvironment, key: str) -> str:
    """Name a source in plain words: authors, title, year."""
    domain: Any = env.get_domain("cite")
    entry = domain.bibdata.data.entries[key]
    title = Text.from_latex(entry.fields["title"]).render_as("text")
    return f"{', '.join(surnames(entry))}: {title}, {entry.fields['year']}"


class FactRole(SphinxRole):
    """Print a fact."""

    def __init__(self, *, whole: bool) -> None:
        self.whole = whole

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Find the fact; what cannot be printed fails the build."""
        from netfin.facts import Status, load

        self.env.note_dependency(str(FACTS))
        fact = load(FACTS.parent).get(self.text)
        fault = None
        if fact is None:
            fault = f"there is no fact {self.text!r} in {FACTS.name}"
        elif fact.status is Status.RECALLED:
            fault = f"the fact {self.text!r} is only recalled: verify it before printing it"
        if fact is None or fault:
            logger.warning("%s: %s", self.env.docname, fault, location=self.get_location())
            return [nodes.inline(self.rawtext, self.text)], []
        return self.printed(fact, claim=fact.status is Status.CLAIM), []

    def printed(self, fact: Any, *, claim: bool) -> list[nodes.Node]:
        """Word the fact, a claim with the name of who makes it."""
        page = self.env.docname
        told: list[nodes.Node] = [self.amount(fact)]
        where = f"{fact.place}, {fact.period}"
        if self.whole and fact.basis:
            told.append(nodes.Text(f" {fact.basis}"))
        if claim:
            told += [nodes.Text(", according to "), cited(fact.bibkey, "t", page)]
        if self.whole and claim:
            told.append(nodes.Text(f" ({where})"))
        elif self.whole:
            told += [nodes.Text(f" ({where}; "), cited(fact.bibkey, "label", page), nodes.Text(")")]
        return told

    def amount(self, fact: Any) -> nodes.Node:
        """Return the number and its unit, with the source as tooltip and a mark to come back to."""
        used = uses(self.env).setdefault(self.env.docname, [])
        told = f"{fact.statement}. {source(self.env, fact.bibkey)}. {fact.note}".strip()
        short = nodes.abbreviation(fact.amount, fact.amount, explanation=told)
        amount = nodes.reference("", "", short, internal=True, fact=fact.id, classes=["fact"])
        if fact.id not in used:
            used.append(fact.id)
            amount["ids"].append(use_id(fact.id))
        return amount


class FactsTable(SphinxDirective):
    """Leave room for the table of all facts used."""

    def run(self) -> list[nodes.Node]:
        """Remember which page has the table."""
        self.env.note_dependency(str(FACTS))
        self.env.domaindata["fact"]["page"] = self.env.docname
        return [FactsTableNode()]


def table(head: tuple[str, ...], rows: list[nodes.row]) -> nodes.table:
    """Return a table with a row of headings."""
    group = nodes.tgroup("", cols=len(head))
    group += [nodes.colspec(colwidth=1) for _ in head]
    titles = [nodes.entry("", nodes.paragraph(text, text)) for text in head]
    group += [nodes.thead("", nodes.row("", *titles)), nodes.tbody("", *rows)]
    return nodes.table("", group, classes=["colwidths-auto"])


class Tables(SphinxPostTransform):
    """Fill in the table, and link every fact to its row, before citations are resolved."""

    default_priority = 5

    def run(self, **_options: Any) -> None:
        """Change one page."""
        page = self.env.domaindata["fact"]["page"]
        for amount in list(self.document.findall(nodes.reference)):
            if "fact" in amount and page:
                amount["refuri"] = self.link(page, row_id(amount["fact"]))
            elif "fact" in amount:
                amount.replace_self(nodes.inline("", "", *amount.children, ids=amount["ids"]))
        for place in list(self.document.findall(FactsTableNode)):
            place.replace_self(self.by_page())

    def link(self, page: str, anchor: str) -> str:
        """Return the address of a place in the book as seen from this page."""
        builder = self.app.builder
        return f"{builder.get_relative_uri(self.env.docname, page)}#{anchor}"

    def by_page(self) -> list[nodes.Node]:
        """Return a table for each page that uses facts, in the book's order."""
        from netfin.facts import load

        facts = load(FACTS.parent)
        seen: set[str] = set()
        told: list[nodes.Node] = []
        for page in sorted(uses(self.env)):
            title = self.env.titles[page].astext()
            rows = []
            for fact_id in uses(self.env)[page]:
                rows.append(self.row(facts[fact_id], page, first=fact_id not in seen))
                seen.add(fact_id)
            told += [nodes.rubric(title, title), table(HEAD, rows)]
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
        entries = [nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells]
        return nodes.row("", *entries, ids=[row_id(fact.id)] if first else [])


class FactDomain(Domain):
    """What Sphinx keeps of the facts between builds, and the role of the bare amount."""

    name = "fact"
    label = "Facts"
    roles = {"value": FactRole(whole=False)}  # noqa: RUF012
    initial_data = {"used": {}, "page": None}  # noqa: RUF012

    def clear_doc(self, docname: str) -> None:
        """Drop what a page used, before it is read again or when it is gone."""
        self.data["used"].pop(docname, None)
        if self.data["page"] == docname:
            self.data["page"] = None


def setup(app: Sphinx) -> dict[str, bool]:
    """Register roles, directive and transform."""
    app.add_domain(FactDomain)
    app.add_role("fact", FactRole(whole=True))
    app.add_directive("facts-table", FactsTable)
    app.add_node(FactsTableNode)
    app.add_post_transform(Tables)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
