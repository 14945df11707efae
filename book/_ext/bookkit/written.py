"""Write the pages that may look different, take the others from the last site, and index all.

A page is written if it has been read, or if what pages share has changed; every other one is
copied from the site that `last_site` names, byte for byte what writing it would give. With no such
site all pages are written.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bookkit.made_of import sources_of
from bookkit.shared import note_targets, shared

SHOWN = "shared_digests"
WHY = "shared_changed"  # for `report.json`: what made all pages be written
WORDS = "words.json"
# What Sphinx's index knows of each page by itself, and of each word the pages that have it.
BY_PAGE = ("_titles", "_filenames", "_all_titles", "_index_entries")
BY_WORD = ("_mapping", "_title_mapping")

Words = dict[str, dict[str, Any]]


class Writing:
    """What one build writes."""

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self.sources = sources_of(app)

    def take_over(self, app: Sphinx) -> None:
        """Decide in Sphinx's place what is written, and keep the index page by page."""
        builder: Any = app.builder
        if builder.format != "html" or builder.name != "html":
            return
        self.dump: Callable[[], None] = builder.dump_search_index
        builder.get_outdated_docs = list
        builder.load_indexer = self.empty
        builder.dump_search_index = self.index

    def outdated(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return the pages to be written besides those read; copy the others.

        The first page is always written: without any, Sphinx would write no site.
        """
        old, now = env.__dict__.get(SHOWN, {}), shared(env, self.sources)
        env.__dict__[SHOWN] = now
        env.__dict__[WHY] = sorted(k for k in old | now if old.get(k) != now.get(k))
        last, here = Path(app.config.last_site or "no such site"), Path(app.outdir)
        known = {page for page in env.found_docs if (last / f"{page}.html").is_file()}
        kept = set() if env.__dict__[WHY] else known
        images = {f"{app.builder.imagedir}/{name}" for _, name in env.images.values()}
        for name in sorted({f"{page}.html" for page in kept} | images):
            if (last / name).is_file() and kept:
                (here / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(last / name, here / name)
        return [app.config.root_doc, *sorted(env.found_docs - kept)]

    def empty(self, _docnames: Iterable[str]) -> None:
        """Begin with an index of no page."""
        for name in (*BY_PAGE, *BY_WORD):
            getattr(self.indexer, name).clear()

    @property
    def indexer(self) -> Any:
        """Return Sphinx's index."""
        builder: Any = self.app.builder
        return builder.indexer

    def index(self) -> None:
        """Write the index of all pages, those just written as they are now.

        Sphinx's own way, to read its index back, loses entries.
        """
        file = Path(self.app.doctreedir) / WORDS
        kept: Words = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        kept |= {page: self.words_of(page) for page in self.indexer._titles}
        kept = {page: kept[page] for page in sorted(kept.keys() & self.app.env.found_docs)}
        file.write_text(json.dumps(kept), encoding="utf-8")
        self.fill(json.loads(file.read_text(encoding="utf-8")))
        self.dump()

    def words_of(self, page: str) -> dict[str, Any]:
        """Return all that the index knows of one page."""
        by_page = {name: getattr(self.indexer, name).get(page) for name in BY_PAGE}
        return by_page | {
            name: sorted(
                word for word, pages in getattr(self.indexer, name).items() if page in pages
            )
            for name in BY_WORD
        }

    def fill(self, kept: Words) -> None:
        """Put pages into the index, in their order."""
        self.empty([])
        for page, known in kept.items():
            for name in BY_PAGE:
                getattr(self.indexer, name)[page] = known[name]
            for name in BY_WORD:
                for word in known[name]:
                    getattr(self.indexer, name).setdefault(word, set()).add(page)


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to the start of the build, and to the time when all pages are read and numbered."""
    writing = Writing(app)
    app.add_config_value("last_site", "", "")
    app.connect("builder-inited", writing.take_over)
    app.connect("doctree-read", note_targets)
    app.connect("env-get-updated", writing.outdated, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
