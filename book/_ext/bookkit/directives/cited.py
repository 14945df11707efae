"""Citations lead to notes: who wrote the work, its title, its year and where it was published.

From the note a link leads on to the entry among the references. Where the entries themselves
stand, citations stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from bookkit.directives.base import bibliography
from bookkit.directives.note import note, opens
from bookkit.page.html_tag import Tag
from bookkit.readers.works import described

KIND = "cite"


def entries(app: Sphinx) -> dict[str, str]:
    """Return the keys of all works by the address of their entries, as seen from this page."""
    domain: Any = app.env.get_domain("cite")
    page = app.env.docname
    return {
        f"{app.builder.get_relative_uri(page, each.bibliography_key.docname)}#{each.citation_id}":
        each.key
        for each in domain.citations
        if each.bibliography_key.docname != page
    }  # fmt: skip


def notes(app: Sphinx, document: nodes.document) -> Iterator[Tag]:
    """Yield a note for each work that the page cites, and let its citations lead there."""
    keys, seen = entries(app), set[str]()
    for link in list(document.findall(nodes.reference)):
        address = link.get("refuri", "")
        if key := keys.get(address):
            link.replace_self(opens(key, KIND, *link.children))
            if key not in seen:
                seen.add(key)
                told = nodes.Text(described(bibliography(app.env)[key]))
                yield note(key, ("References", address), told)
