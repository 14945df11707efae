"""The first use of a term in a chapter leads to its note, out of `data/glossary.csv`.

In running text alone: not in headings, code, formulas, links, tables, boxes and claims.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from bookkit.directives.base import load
from bookkit.directives.note import Door, note, opens
from bookkit.page.html_tag import Tag, chinese
from bookkit.readers.chapters import load_parts, titles
from bookkit.readers.terms import Terms
from bookkit.readers.words import read_glossary

FILE = "glossary.csv"
KIND = "term"
AROUND = (nodes.document, nodes.section, nodes.bullet_list, nodes.enumerated_list, nodes.list_item,
          nodes.block_quote, nodes.paragraph, nodes.emphasis, nodes.strong)  # fmt: skip


def running(doctree: nodes.document) -> list[nodes.Text]:
    """List the pieces of running text of a page."""
    return [text for text in doctree.findall(nodes.Text) if is_running(text)]


def is_running(text: nodes.Text) -> bool:
    """Tell whether a text stands in a paragraph, with nothing around it but what may be."""
    around = []
    node: Any = text.parent
    while node is not None:
        around.append(node)
        node = node.parent
    inside = any(isinstance(each, nodes.paragraph) for each in around)
    return inside and all(isinstance(each, AROUND) for each in around)


class Linked:
    """Links the terms of the chapters; which pages these are is read once a build."""

    def read(self, app: Sphinx) -> None:
        """Read which pages are chapters; what is wrong in the list, the map says."""
        self.chapters: frozenset[str] = frozenset()
        with suppress(ValueError):
            self.chapters = frozenset(titles(load_parts(Path(app.srcdir, "data", "chapters.yml"))))

    def link(self, app: Sphinx, doctree: nodes.document) -> None:
        """Link the first use of each term; the page then depends on the glossary."""
        if posixpath.basename(app.env.docname) not in self.chapters:
            return
        try:
            rows = load(app.env, read_glossary, FILE)
        except ValueError as fault:
            raise ExtensionError(str(fault)) from None
        terms, used = Terms(row["English"] for row in rows), set[str]()
        for text in running(doctree):
            parts = list(terms.parts(str(text), used))
            if len(parts) > 1:
                text.parent.replace(text, [piece(*part) for part in parts if part[0]])


def piece(words: str, term: str | None) -> nodes.Node:
    """Return words as they are, or as the link to a term's note."""
    return opens(term, KIND, nodes.Text(words)) if term else nodes.Text(words)


def where(app: Sphinx, term: str) -> Door | None:
    """Return the door to a term's place in the glossary, if the book has one."""
    env = app.env
    place = env.domaindata["std"]["objects"].get(("term", term))
    if place is None:
        return None
    page = app.builder.get_relative_uri(env.docname, place[0])
    return "Glossary", f"{page}#{place[1]}"


def notes(app: Sphinx, document: nodes.document) -> Iterator[Tag]:
    """Yield the notes of the terms that a page links."""
    links = [each for each in document.findall(Tag) if each["attributes"].get("class") == KIND]
    if not links:
        return
    env: BuildEnvironment = app.env
    by_link = {opens(row["English"], KIND)["attributes"]["href"]: row
               for row in load(env, read_glossary, FILE)}  # fmt: skip
    for link in links:
        row = by_link[link["attributes"]["href"]]
        english = nodes.strong("", row["English"])
        rest = nodes.Text(f": {row['Definition']}")
        yield note(row["English"], where(app, row["English"]), english, nodes.Text(" "),
                   chinese(row["Chinese"]), rest)  # fmt: skip


def setup(app: Sphinx) -> dict[str, Any]:
    """Link the terms of each page before what it depends on is recorded, and boxes are made."""
    app.setup_extension("bookkit.page.html_tag")
    linked = Linked()
    app.connect("builder-inited", linked.read)
    app.connect("doctree-read", linked.link, priority=300)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
