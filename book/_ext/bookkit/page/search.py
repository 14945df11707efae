"""The search page, and the texts that it searches: one script, asked for at the first search.

What is found on a page is noted when the page is written, and kept for the pages that are not. Of
a page whose head says `nosearch: true` (Sphinx's word) title and first words alone are found.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from bookkit.page.passages import Passage, passages
from bookkit.page.traditional import pairs

KEPT = "passages.json"
TEXTS = "searchtexts.js"
ENGINE = "_static/minisearch/minisearch.js"
PAGE = "search"

Found = dict[str, list[Passage]]


def texts(found: Found) -> str:
    """Return the script: the pages with their titles, the passages with their page's place, and
    the traditional forms of the Chinese characters in them.
    """
    pages = [[f"{page}.html", here[0].title] for page, here in found.items()]
    rows = [[place, *each] for place, here in enumerate(found.values()) for each in here]
    content: dict[str, Any] = {"pages": pages, "passages": rows}
    content |= {"traditional": pairs(json.dumps(rows, ensure_ascii=False))}
    packed = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"BookSearch.texts = {packed};\n"


class Search:
    """What one build finds on its pages."""

    def __init__(self) -> None:
        self.found: Found = {}

    def begin(self, app: Sphinx) -> None:
        """Leave Sphinx's own index and page of search away."""
        builder: Any = app.builder
        builder.search = False

    def note(
        self, app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object
    ) -> None:
        """Note what is found on a page that is written; give the page of search its script."""
        if page == PAGE:
            app.add_js_file("search.js", loading_method="defer")
        elif page in app.env.found_docs:
            found = passages(context["body"])
            self.found[page] = found[:1] if "nosearch" in app.env.metadata[page] else found

    def of_all(self, app: Sphinx) -> Found:
        """Return what is found on all pages, and keep it for the next build."""
        file = Path(app.doctreedir) / KEPT
        kept: Found = json.loads(file.read_text("utf-8")) if file.is_file() else {}
        kept |= self.found
        here = {page: kept[page] for page in sorted(kept.keys() & app.env.found_docs)}
        file.write_text(json.dumps(here, ensure_ascii=False), "utf-8")
        return {page: [Passage(*each) for each in made] for page, made in here.items() if made}

    def page(self, app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
        """Write the texts, and hand on the page that asks for them."""
        script = texts(self.of_all(app))
        Path(app.outdir, TEXTS).write_text(script, "utf-8")
        engine = Path(app.srcdir, "book", ENGINE).read_bytes()
        sums = {ENGINE: zlib.crc32(engine), TEXTS: zlib.crc32(script.encode())}
        needs = [f"{name}?v={check:08x}" for name, check in sums.items()]
        yield PAGE, {"search_needs": " ".join(needs)}, f"{PAGE}.html"


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to the writing of pages, and to what comes after it."""
    search = Search()
    app.connect("builder-inited", search.begin)
    app.connect("html-page-context", search.note)
    app.connect("html-collect-pages", search.page)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
