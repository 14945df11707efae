"""Scripts go to the pages that hold what they serve."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from bookkit.page.html_tag import Tag

# What a page must hold, by its class, and the scripts that it then needs, in their order.
NEEDED_FOR = {
    "begin": ("record_words.js", "start.js"),
    "core-path": ("levels.js",),
    "own-verdicts": ("ask_verdicts.js", "finale.js"),
    "quiz-frame": ("quiz.js",),
    "directions": ("show_verdicts.js",),
    "notes": ("notes.js",),
    "glossary-tools": ("glossary.js",),
    "my-book": ("record_words.js", "my_book_file.js", "my_book.js"),
}


def add_scripts(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Name a page's scripts."""
    if doctree is None:
        return
    there = {node["attributes"].get("class") for node in doctree.findall(Tag)}
    for name in [name for mark, names in NEEDED_FOR.items() if mark in there for name in names]:
        app.add_js_file(name, loading_method="defer")


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to the writing of pages."""
    app.connect("html-page-context", add_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
