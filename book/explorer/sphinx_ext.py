"""The explorer's Sphinx side: static mode on, script and style where needed, budgets."""

from __future__ import annotations

import gzip
import os
import re
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode, HideInputCells
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform

from .cache import CACHE
from .explore import STATIC

FILES = Path(__file__).parent / "static"
SCRIPTS = ("explorer_guess.js", "explorer.js", "explorer_page.js")  # in this order
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
    if not _explorers(doctree):
        return
    for script in SCRIPTS:
        app.add_js_file(script, loading_method="defer")
    app.add_css_file("explorer.css")
    for name in ("source", "licence"):
        if text := getattr(app.config, f"explorer_{name}"):
            meta = f'<meta name="explorer-{name}" content="{escape(text)}">'
            context["metatags"] = f"{context.get('metatags', '')}\n{meta}"


class Stages(SphinxPostTransform):
    """Number and caption stand above an explorer, as its title; its folded code below it."""

    default_priority = HideInputCells.default_priority + 1
    formats = ("html",)

    def run(self, **_: Any) -> None:
        for picture in list(self.document.findall(nodes.raw)):
            if _OPENING.search(picture.astext()):
                _title_first(picture)
                _code_last(picture)


def _title_first(picture: nodes.Element) -> None:
    figure = _around(picture, nodes.figure)
    captions = [child for child in figure or () if isinstance(child, nodes.caption)]
    for caption in captions:
        figure.remove(caption)
        figure.insert(0, caption)


def _is_titled(node: nodes.Node | None) -> bool:
    return isinstance(node, nodes.figure) and isinstance(node.children[0], nodes.caption)


def _visit(self: Any, node: nodes.Element) -> None:
    """Write the opening of a figure or a caption as the translator does."""
    getattr(type(self), f"visit_{node.tagname}")(self, node)


def _depart_caption(self: Any, node: nodes.Element) -> None:
    """Close a title: docutils leaves a caption open, for a legend that may follow."""
    type(self).depart_caption(self, node)
    if _is_titled(node.parent):
        self.body.append("</figcaption>\n")


def _depart_figure(self: Any, node: nodes.Element) -> None:
    if _is_titled(node):
        self.body.append("</figure>\n")
    else:
        type(self).depart_figure(self, node)


def _code_last(picture: nodes.Element) -> None:
    cell = picture.parent
    while cell is not None and cell.get("nb_element") != "cell_code":
        cell = cell.parent
    folds = [child for child in cell or () if isinstance(child, HideCodeCellNode)]
    for fold in folds:
        fold["prompt_show"] = fold["prompt_hide"] = "Code of this figure"
        cell.remove(fold)
        cell.append(fold)


def _around(node: nodes.Element, kind: type[nodes.Element]) -> Any:
    while node is not None and not isinstance(node, kind):
        node = node.parent
    return node


def _check_page(app: Sphinx, doctree: nodes.document, page: str) -> None:
    explorers = _explorers(doctree)
    states = sum(count for _, count in explorers)
    if states > MOST_STATES_A_PAGE:
        listed = ", ".join(f"{name} {count}" for name, count in explorers)
        raise ExtensionError(
            f"{page}: {states} states of explorers ({listed}); at most {MOST_STATES_A_PAGE} a page"
        )


class Book:
    """What one build writes of a book."""

    def __init__(self) -> None:
        self.written: set[str] = set()

    def note(self, _app: Sphinx, page: str, *_more: object) -> None:
        """Note that a page is written; others may have been taken from an earlier build."""
        self.written.add(page)

    def check(self, app: Sphinx, error: Exception | None) -> None:
        """Hold every written page to its weight, and the names of explorers to one home each.

        Ids clash where a name occurs twice on a page, links do where it occurs twice in the book.
        """
        if error or app.builder.name != "html":
            return
        homes: dict[str, str] = {}
        for page in sorted(app.env.found_docs):
            text = Path(app.outdir, f"{page}.html").read_bytes()
            names = [name for name, _ in _OPENING.findall(text.decode())]
            for name in names:
                if name in homes:
                    raise ExtensionError(
                        f"explorer {name!r} stands in {homes[name]} and in {page}; once is allowed"
                    )
                homes[name] = page
            if names and page in self.written:
                _check_weight(page, text)


def _check_weight(page: str, text: bytes) -> None:
    weight = len(gzip.compress(text, mtime=0))
    if weight > HEAVIEST_PAGE:
        raise ExtensionError(
            f"{page} weighs {weight:,} bytes compressed; at most {HEAVIEST_PAGE:,} are allowed"
        )


def setup(app: Sphinx) -> dict[str, bool]:
    """Registered under `sphinx.local_extensions` in Jupyter Book's configuration."""
    book = Book()
    app.add_config_value("explorer_source", "", "html")
    app.add_config_value("explorer_licence", "", "html")
    app.add_post_transform(Stages)
    app.add_node(nodes.caption, override=True, html=(_visit, _depart_caption))
    app.add_node(nodes.figure, override=True, html=(_visit, _depart_figure))
    app.connect("builder-inited", _prepare)
    app.connect("html-page-context", _add_files)
    app.connect("doctree-resolved", _check_page)
    app.connect("html-page-context", book.note)
    app.connect("build-finished", book.check)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
