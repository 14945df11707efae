"""The notes of a page, in one list at its end: numbers, words, works; see `note.py`."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from bookkit.directives import cited, facts, terms
from bookkit.page.html_tag import tag

TITLE = "Notes: numbers, words and sources of this page"


class Notes(SphinxPostTransform):
    """Add the notes, once citations are resolved."""

    default_priority = 15
    formats = ("html",)

    def run(self, **_options: Any) -> None:
        """Change one page."""
        app, page = self.app, self.document
        told = [*facts.notes(app), *terms.notes(app, page), *cited.notes(app, page)]
        if told:
            title = tag("p", nodes.Text(TITLE), class_="notes-title")
            page.next_node(nodes.section).append(tag("div", title, *told, class_="notes"))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the transform."""
    app.setup_extension("bookkit.directives.terms")
    app.setup_extension("bookkit.page.scripts")
    app.add_post_transform(Notes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
