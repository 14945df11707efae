"""The explorer's Sphinx side: static mode on, script and style where needed, budgets."""

from __future__ import annotations

import gzip
import os
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from .cache import CACHE
from .explore import STATIC

FILES = Path(__file__).parent / "static"
MOST_STATES_A_PAGE = 500
HEAVIEST_PAGE = 160_000  # bytes, compressed
_OPENING = re.compile(r'<model-explorer id="([^"]+)"[^>]* data-states="(\d+)"')


def _prepare(app: Sphinx) -> None:
    """Kernels inherit the environment: this makes them compile frames instead of widgets."""
    os.environ[STATIC] = "1"
    os.environ.setdefault(CACHE, str(Path(app.doctreedir).parent / "explorers"))
    app.config.html_static_path.append(str(FILES))


def _explorers(doctree: nodes.document | None) -> list[tuple[str, int]]:
    if doctree is None:
        return []
    raw = "".join(node.astext() for node in doctree.findall(nodes.raw))
    return [(name, int(states)) for name, states in _OPENING.findall(raw)]


def _add_files(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if _explorers(doctree):
        app.add_js_file("explorer.js", loading_method="defer")
        app.add_css_file("explorer.css")


def _check_page(app: Sphinx, doctree: nodes.document, page: str) -> None:
    explorers = _explorers(doctree)
    states = sum(count for _, count in explorers)
    if states > MOST_STATES_A_PAGE:
        listed = ", ".join(f"{name} {count}" for name, count in explorers)
        raise ExtensionError(
            f"{page}: {states} states of explorers ({listed}); at most {MOST_STATES_A_PAGE} a page"
        )


def _check_book(app: Sphinx, error: Exception | None) -> None:
    """Hold every written page to its weight, and the names of explorers to one home each.

    Ids clash where a name occurs twice on a page, links do where it occurs twice in the book.
    """
    if error or app.builder.name != "html":
        return
    homes: dict[str, str] = {}
    for page in sorted(app.env.found_docs):
        written = Path(app.outdir, f"{page}.html").read_bytes()
        names = [name for name, _ in _OPENING.findall(written.decode())]
        for name in names:
            if name in homes:
                raise ExtensionError(
                    f"explorer {name!r} stands in {homes[name]} and in {page}; once is allowed"
                )
            homes[name] = page
        weight = len(gzip.compress(written, mtime=0))
        if names and weight > HEAVIEST_PAGE:
            raise ExtensionError(
                f"{page} weighs {weight:,} bytes compressed; at most {HEAVIEST_PAGE:,} are allowed"
            )


def setup(app: Sphinx) -> dict[str, bool]:
    """Registered under `sphinx.local_extensions` in Jupyter Book's configuration."""
    app.connect("builder-inited", _prepare)
    app.connect("html-page-context", _add_files)
    app.connect("doctree-resolved", _check_page)
    app.connect("build-finished", _check_book)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
