"""The page of a chapter that is a draft says so under its title."""

from __future__ import annotations

import posixpath
from contextlib import suppress
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from bookkit.readers.chapters import drafts, load_parts

NOTICE = (
    "This chapter is a draft. Its text, numbers and verdicts are not finished and not checked, and "
    "may change; please do not cite it."
)


class Drafts:
    """The drafts of the book that is built; the list of chapters is read once a build."""

    def read(self, app: Sphinx) -> None:
        """Read which chapters are drafts; what is wrong in the list, the map says."""
        self.file = Path(app.srcdir, "data", "chapters.yml")
        self.named: frozenset[str] = frozenset()
        with suppress(ValueError):
            self.named = drafts(load_parts(self.file))

    def mark(self, app: Sphinx, doctree: nodes.document) -> None:
        """Put the notice under the title; the page then depends on the list that asks for it.

        A page that becomes a draft is read again for its claims, which depend on that list too.
        """
        if posixpath.basename(app.env.docname) in self.named:
            app.env.note_dependency(str(self.file))
            notice = nodes.admonition("", nodes.paragraph("", NOTICE), classes=["draft"])
            title = next(iter(doctree.findall(nodes.title)))
            title.parent.insert(title.parent.index(title) + 1, notice)


def setup(app: Sphinx) -> dict[str, Any]:
    """Mark each page before what it depends on is recorded."""
    found = Drafts()
    app.connect("builder-inited", found.read)
    app.connect("doctree-read", found.mark, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
