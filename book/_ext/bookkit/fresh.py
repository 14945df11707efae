"""Make Sphinx read exactly the pages that are out of date, and run their cells only where needed.

Sphinx looks at a page's own source and the files its directives note. A page of this book also
depends on what its cells import, on the data these read, and on the locked packages. Each page
therefore carries a record {file: digest}; a page whose record has changed is read again. The
same record says why, and `report.json` beside the site passes that on. What is run, `runs` decides.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from functools import cached_property
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from myst_nb.core.read import create_nb_reader
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bookkit import runs
from bookkit.made_of import Record, digest_of, sources_of
from bookkit.shared import TARGETS


def kept(env: BuildEnvironment, what: str) -> dict[str, Any]:
    """Return what is kept of each page: its `page_records`, `page_code` or `page_seconds`."""
    by_page: dict[str, Any] = env.__dict__.setdefault(what, {})
    return by_page


def note_code(env: BuildEnvironment, *sources: str) -> None:
    """Note Python that a directive has run for the page that is read, by its source."""
    kept(env, "page_code").setdefault(env.docname, set()).update(sources)


def note_part(env: BuildEnvironment, file: Path, reader: Callable[[Path], object]) -> None:
    """Note that the page that is read shows of a file only what a reader finds in it."""
    kept(env, "page_parts").setdefault(env.docname, set()).add((str(file), reader))


def forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop what was noted of a page, before it is read again or when it is gone."""
    for what in ("page_code", "page_parts", TARGETS):
        kept(env, what).pop(docname, None)


def merge(
    _app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment
) -> None:
    """Take over what another process has noted of the pages that it read."""
    for what in ("page_code", "page_parts", "page_seconds", TARGETS):
        found = kept(other, what)
        kept(env, what).update({page: found[page] for page in docnames if page in found})


class Freshness:
    """The records of one build's pages, and what became of each page."""

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self.root = Path(app.srcdir)
        self.sources = sources_of(app)
        self.why: dict[str, str] = {}
        self.begun: dict[str, Record] = {}
        self.ran: dict[str, float] = {}
        self.written: set[str] = set()

    @cached_property
    def shared(self) -> Record:
        """Return what every page depends on: packages, configuration, extensions."""
        files = {self.root / "_config.yml"}
        for name in sorted(self.app.extensions):
            path = Path(getattr(sys.modules.get(name), "__file__", None) or self.root.parent)
            if path.is_relative_to(self.sources.book):
                files |= set(path.parent.rglob("*.py"))
        return self.sources.record(files) | self.sources.packages()

    def notebook(self, source: Path) -> NotebookNode | None:
        """Return a page as a notebook that has not run; None for a plain page."""
        text = source.read_text(encoding="utf-8")
        env: Any = self.app.env
        reader = create_nb_reader(str(source), env.myst_config, env.mystnb_config, text)
        return reader.read(text) if reader else None

    def cells(self, docname: str, source: Path) -> list[str]:
        """Return the source of a page's code cells; a plain page has none."""
        key = digest_of([self.sources.digest(source), self.shared])
        known, cells = kept(self.app.env, "page_cells").get(docname, ("", []))
        if key != known:
            content = self.notebook(source)
            every = content.cells if content else []
            cells = [cell.source for cell in every if cell.cell_type == "code"]
            kept(self.app.env, "page_cells")[docname] = (key, cells)
        return list(cells)

    def page(self, docname: str) -> Record:
        """Return the record of a page as far as it is known before the page is read."""
        source = Path(self.app.env.doc2path(docname))
        made_of = self.sources.made_of(self.cells(docname, source))
        return self.sources.record([source]) | made_of | self.shared

    def noted(self, docname: str) -> Record:
        """Return the files and the code that the page's directives noted while it was read."""
        env = self.app.env
        files = self.sources.record({self.root / name for name in env.dependencies[docname]})
        code = kept(env, "page_code").get(docname)
        made_of = self.sources.made_of(code) if code else {}
        return files | made_of | dict(map(self.part, kept(env, "page_parts").get(docname, ())))

    def part(self, noted: tuple[str, Callable[[Path], object]]) -> tuple[str, str]:
        """Return name and digest of what a reader finds in a file; its text may tell it is old."""
        file, reader = Path(noted[0]), noted[1]
        (path,) = self.sources.record([file])
        name = f"{path} [{reader.__name__}]"
        parts, text = kept(self.app.env, "digests_of_parts"), self.sources.digest(file)
        if parts.get(name, ("",))[0] != text:
            try:
                found = reader(file)
            except (ValueError, OSError) as fault:  # the page is read and says so
                found = fault
            parts[name] = text, digest_of(found)
        return name, parts[name][1]

    def outdated(
        self, _app: Sphinx, env: BuildEnvironment, added: set[str], _changed: Any, _removed: Any
    ) -> list[str]:
        """Return the pages whose record differs from the one they were last read with."""
        records = kept(env, "page_records")
        for docname in sorted(env.found_docs):
            self.begun[docname] = self.page(docname)
            old = records.get(docname)
            now = self.begun[docname] | self.noted(docname)
            if docname in added or old is None:
                self.why[docname] = "new"
                self.forget_compiled(now)
            elif differing := sorted(k for k in old | now if old.get(k) != now.get(k)):
                self.why[docname] = f"changed: {', '.join(differing)}"
                self.forget_compiled(differing)
        return list(self.why)

    def forget_compiled(self, names: Iterable[str]) -> None:
        """Remove what Python keeps of sources: it takes one of the same second for the same."""
        for name in (name for name in names if name.endswith(".py")):
            Path(cache_from_source(str(self.root / name))).unlink(missing_ok=True)

    def before_read(self, _app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Note which pages are read, Sphinx's own choice included; run their cells."""
        kept(env, "page_seconds").clear()
        self.why = {name: self.why.get(name, "touched") for name in docnames}
        self.run(docnames)

    def run(self, docnames: list[str]) -> None:
        """Run what must run of the pages that are read, and let MyST-NB find the outputs."""
        env: Any = self.app.env
        notebooks = []
        for docname in docnames:
            source = Path(env.doc2path(docname))
            if (content := self.notebook(source)) is not None:
                key = runs.key_of(content, self.sources)
                notebooks.append(runs.Notebook(docname, source, content, key))
        ran = runs.run_all(notebooks, self.app.config["nb_execution_timeout"])
        self.ran = {notebook.page: notebook.seconds for notebook in ran}
        for each in notebooks:
            of_page = {"path": str(each.source), "page": each.page, "key": each.key}
            reader = (runs.READER, {"config": env.myst_config, **of_page}, False)
            env.mystnb_config.custom_formats[str(each.source)] = reader

    def reading(self, _app: Sphinx, _docname: str, _source: list[str]) -> None:
        """Start a page's clock."""
        self.started = time.perf_counter()

    def was_read(self, app: Sphinx, _doctree: Any) -> None:
        """Stop a page's clock."""
        seconds = round(time.perf_counter() - self.started, 2)
        kept(app.env, "page_seconds")[app.env.docname] = seconds

    def remember(self, _app: Sphinx, env: BuildEnvironment) -> None:
        """Keep the records of the pages just read, with what their directives noted."""
        records = kept(env, "page_records")
        for docname in self.why:
            records[docname] = self.begun[docname] | self.noted(docname)
        for gone in records.keys() - env.found_docs:
            del records[gone]
        env.__dict__["mystnb_config"].custom_formats.clear()

    def writing(self, app: Sphinx, page: str, *_more: object) -> None:
        """Note that a page is written."""
        if page in app.env.found_docs:
            self.written.add(page)

    def report(self, app: Sphinx, error: Exception | None) -> None:
        """Write beside the site what was redone, why, and what each page is made of.

        A page's seconds are those of its cells, where they ran, and of reading it.
        """
        pages = [
            {"page": name, "why": self.why[name], "seconds": round(s + self.ran.get(name, 0), 2)}
            for name, s in sorted(kept(app.env, "page_seconds").items())
            if name in self.why  # else of the build before, where this one ended early
        ]
        records = kept(app.env, "page_records")
        made_of = {name: sorted(record) for name, record in sorted(records.items())}
        content: dict[str, object] = {"pages": pages, "run": self.ran}
        content |= {"written": sorted(self.written), "made_of": made_of}
        content["all_written_for"] = app.env.__dict__.get("shared_changed", [])
        if error is not None:
            content["failure"] = str(error) or type(error).__name__
        file = Path(app.outdir).parent / "report.json"
        file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect a build's records to Sphinx."""
    fresh = Freshness(app)
    app.connect("env-get-outdated", fresh.outdated)
    app.connect("env-before-read-docs", fresh.before_read)
    app.connect("source-read", fresh.reading)
    app.connect("doctree-read", fresh.was_read)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.connect("env-updated", fresh.remember)
    app.connect("html-page-context", fresh.writing)
    app.connect("build-finished", fresh.report)
    return {"version": "1", "env_version": 3, "parallel_read_safe": True}
