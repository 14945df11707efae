"""The book's own Sphinx extension.

`readers` read the lists in `data/`, `directives` print them, `page` finishes the pages; `fresh`
decides which are read and run again, `written` which are written. Each part is an extension by
itself.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

# In this order, which is that of handlers of one event with one priority.
PARTS = (
    "bookkit.page.solutions",
    "bookkit.page.absent",
    "bookkit.fresh",
    "bookkit.bones",
    "bookkit.written",
    "bookkit.page.lean",
    "bookkit.page.joined",
    "bookkit.page.draft",
    "bookkit.page.tables",
    "bookkit.page.typography",
    "bookkit.page.mathml",
    "bookkit.page.minutes",
    "bookkit.directives.models",
    "bookkit.directives.source",
    "sphinxcontrib.bibtex",
    "bookkit.directives.references",
    "bookkit.directives.facts",
    "bookkit.directives.notes",
    "bookkit.directives.parameters",
    "bookkit.directives.data",
    "bookkit.directives.claims",
    "bookkit.directives.core_path",
    "bookkit.directives.ask_verdicts",
    "bookkit.directives.verdict",
    "bookkit.directives.turning",
    "bookkit.directives.board",
    "bookkit.directives.quiz",
    "bookkit.directives.take_home",
    "bookkit.page.foot",
    "bookkit.directives.citation",
    "bookkit.page.description",
    "bookkit.page.address",
    "bookkit.page.policy",
    "bookkit.page.not_found",
    "bookkit.page.search",
    "bookkit.directives.map",
    "bookkit.directives.outcomes",
    "bookkit.directives.my_book",
    "bookkit.directives.words",
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register all parts."""
    for part in PARTS:
        app.setup_extension(part)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
