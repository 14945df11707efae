"""What search engines show under a page's title: its opening words, whole sentences first."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

LONGEST = 160  # characters that are shown
SHORTEST = 80  # below that another sentence or paragraph is added


def shortened(text: str) -> str:
    """Cut a text after its last sentence within the limit, else after the last whole word."""
    if len(text) <= LONGEST:
        return text
    whole = re.match(rf"(.{{{SHORTEST},{LONGEST - 1}}}[.?!])(?= )", text)
    return whole[1] if whole else text[: text.rindex(" ", 0, LONGEST)].rstrip(" ,;:") + "…"


def opening(doctree: nodes.document) -> str:
    """Return a page's first paragraphs, as many as make a description."""
    told = ""
    for paragraph in doctree.findall(nodes.paragraph):
        if len(told) < SHORTEST:
            told = " ".join([*told.split(), *paragraph.astext().split()])
    return shortened(told)


def describe(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the description to the head of a page."""
    told = (
        opening(doctree)
        if doctree
        else f"Search the chapters, facts and terms of {app.config.html_title}."
    )
    context["description"] = told
    tag = f'<meta name="description" content="{escape(told)}">\n'
    context["metatags"] = context.get("metatags", "") + tag


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to the writing of pages."""
    app.connect("html-page-context", describe)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
