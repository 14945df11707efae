"""Make Sphinx read, and so execute, exactly the pages that are out of date.

Sphinx looks at a page's own source and the files its directives note. A page of this book also
depends on what its cells import, on the data these read, and on the locked packages. Each page
therefore carries a record {file: digest}; a page whose record has changed is read again. The
same record says why, and `report.json` beside the site passes that on.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from myst_nb.core.read import create_nb_reader
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from explorer.imports import Closure, closure, names_file
from explorer.shelf import Shelf

Record = dict[str, str]

DATA_READER = "netfin/data.py"
CATALOGUE = "catalogue.toml"


def kept(env: BuildEnvironment, what: str) -> dict[str, Any]:
    """Return what is kept of each page: its `page_records`, `page_code` or `page_seconds`."""
    by_page: dict[str, Any] = env.__dict__.setdefault(what, {})
    return by_page


def note_code(env: BuildEnvironment, *sources: str) -> None:
    """Note Python that a directive has run for the page that is read, by its source."""
    kept(env, "page_code").setdefault(env.docname, set()).update(sources)


def forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop the code that a page had, before it is read again or when it is gone."""
    kept(env, "page_code").pop(docname, None)


def merge(
    _app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment
) -> None:
    """Take over what another process has noted of the pages that it read."""
    for what in ("page_code", "page_seconds"):
        found = kept(other, what)
        kept(env, what).update({page: found[page] for page in docnames if page in found})


def digest_of(value: object) -> str:
    """Return the digest of a value out of a configuration file."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


class Freshness:
    """The records of one build's pages, and what became of each page."""

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self.root = Path(app.srcdir)
        self.book = self.root / "book"
        self.digests: dict[Path, str] = {}
        self.why: dict[str, str] = {}
        self.begun: dict[str, Record] = {}

    def digest(self, file: Path) -> str:
        """Return the digest of a file as it was when first asked for in this build."""
        if file not in self.digests:
            content = file.read_bytes() if file.is_file() else b"missing"
            self.digests[file] = hashlib.sha256(content).hexdigest()
        return self.digests[file]

    def record(self, files: set[Path]) -> Record:
        """Return {path: digest}, paths relative to the project where they can be."""
        inside = {file for file in files if file.is_relative_to(self.root)}
        record = {file.relative_to(self.root).as_posix(): self.digest(file) for file in inside}
        return record | {file.as_posix(): self.digest(file) for file in files - inside}

    def shared(self) -> Record:
        """Return what every page depends on: packages, configuration, extensions, Python."""
        files = {self.root / "requirements.txt", self.root / "_config.yml"}
        for name in sorted(self.app.extensions):
            path = Path(getattr(sys.modules.get(name), "__file__", None) or self.root.parent)
            if path.is_relative_to(self.book):
                files |= set(path.parent.rglob("*.py"))
        return self.record(files) | {"Python": sys.version.split()[0]}

    def cells(self, source: Path) -> list[str]:
        """Return the source of a page's code cells; a plain page has none."""
        text = source.read_text(encoding="utf-8")
        env: Any = self.app.env
        reader = create_nb_reader(str(source), env.myst_config, env.mystnb_config, text)
        if reader is None:
            return []
        return [cell.source for cell in reader.read(text).cells if cell.cell_type == "code"]

    def data(self, code: Closure) -> Record:
        """Return the data sets that the code may read, with their catalogue entries."""
        files, entries = Shelf(self.root / "data", self.book / DATA_READER).used(code)
        named = {f"data/{CATALOGUE} [{name}]": digest_of(each) for name, each in entries.items()}
        return named | self.record(files)

    def static(self, code: Closure) -> Record:
        """Return the fonts and other files of book/_static that the code names in a literal."""
        files = (file for file in (self.book / "_static").rglob("*") if file.is_file())
        return self.record({file for file in files if names_file(code.words, file)})

    def made_of(self, sources: Iterable[str]) -> Record:
        """Return what a piece of Python depends on: modules, and data and other files it names."""
        code = closure(sources, self.book)
        return self.record({*code.files}) | self.data(code) | self.static(code)

    def page(self, docname: str) -> Record:
        """Return the record of a page as far as it is known before the page is read."""
        source = Path(self.app.env.doc2path(docname))
        return self.record({source}) | self.made_of(self.cells(source)) | self.shared()

    def noted(self, docname: str) -> Record:
        """Return the files and the code that the page's directives noted while it was read."""
        env = self.app.env
        files = self.record({self.root / name for name in env.dependencies[docname]})
        code = kept(env, "page_code").get(docname)
        return files | (self.made_of(code) if code else {})

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
            elif differing := sorted(k for k in old | now if old.get(k) != now.get(k)):
                self.why[docname] = f"changed: {', '.join(differing)}"
        return list(self.why)

    def before_read(self, _app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Note which pages are read, Sphinx's own choice included."""
        kept(env, "page_seconds").clear()
        self.why = {name: self.why.get(name, "touched") for name in docnames}

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

    def failure(self, error: Exception) -> str:
        """Say in one line which page and cell an error is about, as far as it tells."""
        cause = error.__cause__
        if cause is None or not str(error).endswith(".md"):
            return f"{type(error).__name__}: {error}"
        source = Path(str(error))
        text = re.sub(r"\x1b\[[0-9;]*m", "", str(cause)).rstrip()
        hits = [i for i, cell in enumerate(self.cells(source), start=1) if cell.strip() in text]
        where = f"code cell {hits[0]}" if hits else "a code cell"
        return f"{source.relative_to(self.root).as_posix()}, {where}: {text.splitlines()[-1]}"

    def report(self, app: Sphinx, error: Exception | None) -> None:
        """Write beside the site what was redone, why, and what each page is made of."""
        pages = [
            {"page": name, "why": self.why[name], "seconds": seconds}
            for name, seconds in sorted(kept(app.env, "page_seconds").items())
        ]
        records = kept(app.env, "page_records")
        made_of = {name: sorted(record) for name, record in sorted(records.items())}
        content: dict[str, object] = {"pages": pages, "made_of": made_of}
        if error is not None:
            content["failure"] = self.failure(error)
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
    app.connect("build-finished", fresh.report)
    return {"version": "1", "env_version": 2, "parallel_read_safe": True}
