"""Each chapter as a plain notebook, alone and in a zip with what it needs; links to both.

    ```{take-home}
    ```

The directive lists all chapters with their notebooks. A notebook is written when its page is read,
as far as the page knows it; what other pages decide is filled in at the end of each build. So it
is always of the same sources as its page. Data sets and the bibliography lie beside it.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError

from bookkit import runs
from bookkit.directives.base import BookDirective, bibliography, row, table
from bookkit.directives.facts import every
from bookkit.directives.parameters import parameters_of
from bookkit.directives.quiz import questions_of
from bookkit.fresh import kept
from bookkit.home import notebook, zips
from bookkit.home.addresses import Published
from bookkit.home.roles import Shared
from bookkit.home.sources import Sources
from bookkit.made_of import Record, digest_of, sources_of
from bookkit.page import solutions
from bookkit.page.html_tag import tag
from bookkit.readers.chapters import load_parts, titles
from bookkit.readers.claims import load_claims
from bookkit.readers.edition import CITATION, citation, edition
from bookkit.readers.listing import shortened
from bookkit.readers.models import find
from bookkit.readers.works import described
from bookkit.statements import told

FOLDER = "notebooks"  # of the site
KEPT = "page_notebooks"
ZIPPED = "zips.json"  # beside the environment: what each zip was made of
BIBLIOGRAPHY = "references.bib"
SPEAKS = "prose.py"  # computes the numbers in a chapter's text, those of its solutions among them


class NotebookError(SphinxError):
    """A chapter that cannot be written as a plain notebook."""

    category = "Notebook to take home"


def slug_of(page: str) -> str:
    """Return the name of a chapter by its page."""
    return posixpath.basename(page)


def place(slug: str) -> str:
    """Return where a chapter's notebook lies in a zip."""
    return f"book/{slug}.ipynb"


def last_site(app: Sphinx) -> Path:
    """Return the folder of the notebooks of the site that was built before this one."""
    return Path(app.config.last_site or "no such site", FOLDER)


def published(app: Sphinx) -> Published:
    """Return where the book is published, and how its zip is called."""
    name = nodes.make_id(app.config.html_title or "book")
    return Published(str(name), app.config.html_theme_options.get("repository_url", ""))


class Chapters:
    """The chapters of one build as notebooks."""

    def begin(self, app: Sphinx) -> None:
        """Look up which pages are chapters; what is wrong in the list, the map says."""
        self.root = Path(app.srcdir)
        self.list = self.root / "data" / "chapters.yml"
        self.slugs: Mapping[str, str] = {}
        self.written: set[str] = set()
        with suppress(ValueError, OSError):
            self.slugs = titles(load_parts(self.list))
        self.published = published(app)

    def source(self, name: str) -> str:
        """Return the code of a model as the page shows it."""
        module, _, short = name.rpartition(".")
        file, definition = find(short, module, self.root / "book")
        return shortened(definition, file.read_text(encoding="utf-8").splitlines())

    def sources(self, app: Sphinx, slug: str, numbers: dict[str, str]) -> Sources:
        """Return what roles and directives of a chapter stand for."""
        data, env = self.root / "data", app.env
        facts, claims = {}, None
        if (data / "facts.csv").is_file():
            facts = every(env)
        if (data / "claims.yml").is_file():
            claims = load_claims(data / "claims.yml")
        return Sources(
            slug, numbers, facts, claims,  # type: ignore[arg-type]
            quiz=lambda name: questions_of(env, name),
            statements=lambda name: told(app, name)["statements"],
            parameters=lambda words: parameters_of(env, words),
            source=self.source, solved=not solutions.are_left_out(app),
        )  # fmt: skip

    def read(self, app: Sphinx, _doctree: nodes.document) -> None:
        """Write the page that is read as a notebook, as far as it can be."""
        env: Any = app.env
        path = env.doc2path(env.docname)
        reader = env.mystnb_config.custom_formats.get(path)
        slug = slug_of(env.docname)
        if reader is None:
            return
        env.note_dependency(str(self.list))
        if slug not in self.slugs:
            return
        text = solutions.source_of(app, Path(path).read_text(encoding="utf-8"))
        content = runs.with_outputs(text, **reader[1])
        try:
            sources = self.sources(app, slug, notebook.numbers_of(content.cells))
            kept(env, KEPT)[env.docname] = notebook.cells_of(content.cells, sources)
        except ValueError as fault:
            raise NotebookError(f"{env.docname}: {fault}") from None

    def shared(self, app: Sphinx) -> Shared:
        """Collect what pages say of each other."""
        env: Any = app.env
        works = bibliography(env)
        labels = {each.key: each.formatted_entry.label for each in env.get_domain("cite").citations}
        names = {slug_of(page): title.astext() for page, title in env.titles.items()}
        pages = frozenset(map(slug_of, kept(env, KEPT)))
        site = app.config.html_baseurl or ""

        @cache
        def about(key: str) -> tuple[str, str]:
            return described(works[key]), address_of(works[key])

        return Shared(labels, about, numbers(env), pages, names, site, self.slugs)

    def notebooks(self, app: Sphinx) -> dict[str, str]:
        """Write out all notebooks, by name; where a page is the last site's, its notebook is too.

        For what pages share decides of both whether they look different.
        """
        cited = citation(self.root / CITATION)
        about = notebook.Edition(str(cited["title"]), edition(cited))
        last, written, shared = last_site(app), {}, None
        for page, cells in sorted(kept(app.env, KEPT).items()):
            slug = slug_of(page)
            before = last / f"{slug}.ipynb"
            if page not in self.written and before.is_file():
                written[slug] = before.read_text(encoding="utf-8")
                continue
            first = notebook.how_to_run(slug, about, self.published)
            shared = shared or self.shared(app)
            try:
                made = notebook.notebook(slug, cells, replace(shared, cited=[]), first)
            except ValueError as fault:
                raise NotebookError(f"{page}: {fault}") from None
            written[slug] = notebook.text_of(made)
        return written

    def needs(self, app: Sphinx, cells: list[notebook.Cell], slug: str) -> set[str]:
        """Return the files that a chapter's code, and all modules of its packages, are made of."""
        book, package = self.root / "book", slug.replace("-", "_")
        code = [text for kind, text in cells if kind == "code"]
        for name in ("netfin", "figures"):
            for file in sorted((book / name / package).rglob("*.py")):
                parts = file.relative_to(book).with_suffix("").parts
                code.append(f"import {'.'.join(parts).removesuffix('.__init__')}")
        wanted = {*sources_of(app).made_of(code), *zips.ALWAYS, zips.CATALOGUE}
        speaks = f"book/figures/{package}/{SPEAKS}"  # of the hidden cell, which no notebook has
        unsaid = solutions.are_left_out(app)
        return {each for each in wanted if not (unsaid and each.partition(" [")[0] == speaks)}

    def archives(self, app: Sphinx, written: dict[str, str]) -> dict[str, Record]:
        """Return what each zip is made of: one a chapter, one of all, by its name."""
        made: dict[str, Record] = {}
        for page, cells in sorted(kept(app.env, KEPT).items()):
            slug = slug_of(page)
            noted = {place(slug): digest_of([written[slug], sources_of(app).ours])}
            made[slug] = self.record(app, self.needs(app, cells, slug)) | noted
        every = {name: digest for record in made.values() for name, digest in record.items()}
        every |= self.record(app, zips.CONTAINER)
        return made | ({self.published.archive: every} if made else {})

    @cached_property
    def catalogue(self) -> dict[str, dict[str, Any]]:
        """Return what is said of each data set, by the name of its file."""
        return zips.catalogued(self.root)

    def record(self, app: Sphinx, names: Iterable[str]) -> Record:
        """Return the record of files of the project, of those that are there."""
        files = {self.root / name.partition(" [")[0] for name in names}
        return sources_of(app).record(file for file in files if file.is_file())

    def content(self, names: Iterable[str], written: dict[str, str]) -> zips.Files:
        """Return the files of a zip; each data set has its licence beside it."""
        files = zips.files(self.root, names)
        noted = {place(slug): text.encode() for slug, text in written.items()}
        licences = zips.licences(self.catalogue, files)
        return files | licences | {name: noted[name] for name in names if name in noted}

    def finish(self, app: Sphinx, error: Exception | None) -> None:
        """Write notebooks, zips, data sets and the bibliography into the site."""
        if error is not None or app.builder.format != "html":
            return
        folder = Path(app.outdir, FOLDER)
        if written := self.notebooks(app):
            folder.mkdir(exist_ok=True)
        for slug, text in written.items():
            (folder / f"{slug}.ipynb").write_text(text, encoding="utf-8", newline="\n")
        if written:
            self.pack(app, folder, written)
        self.data(Path(app.outdir, "data"))

    def pack(self, app: Sphinx, folder: Path, written: dict[str, str]) -> None:
        """Write the zips; one of the same files as before is the last site's."""
        noted = Path(app.doctreedir, ZIPPED)  # the environment has been written before
        before = json.loads(noted.read_text("utf-8")) if noted.is_file() else {}
        archives, day = self.archives(app, written), citation(self.root / CITATION)["released"]
        for name, now in archives.items():
            file = last_site(app) / f"{name}.zip"
            same = before.get(name) == now and file.is_file()
            made = file.read_bytes() if same else zips.packed(self.content(now, written), name, day)
            (folder / file.name).write_bytes(made)
        noted.write_text(json.dumps(archives), "utf-8")

    def data(self, folder: Path) -> None:
        """Lay data sets, each with its licence beside it, and the bibliography into the site."""
        names = [f"data/{file}" for file in self.catalogue]
        content = zips.files(self.root, [*names, f"data/{BIBLIOGRAPHY}"])
        folder.mkdir(exist_ok=True)
        for name, written in (content | zips.licences(self.catalogue, content)).items():
            (folder / posixpath.basename(name)).write_bytes(written)

    def link(
        self, app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object
    ) -> None:
        """Hand the layout the links of a chapter, and note that its page is written."""
        self.written.add(page)
        if page in kept(app.env, KEPT):
            up = app.builder.get_relative_uri(page, "index").removesuffix("index.html")
            context["take_home"] = links(self.published, slug_of(page), up)


def links(where: Published, slug: str, up: str) -> list[tuple[str, str, bool]]:
    """Return words and address of each way to a chapter's notebook, and whether it is saved."""
    beside = f"{up}{FOLDER}/{slug}"
    made = [("Notebook", f"{beside}.ipynb", True), ("with models and data", f"{beside}.zip", True)]
    if where.repository:
        made += [("Colab", where.colab(slug), False), ("Binder", where.binder(slug), False)]
    return made


class TakeHome(BookDirective):
    """List the chapters with every way to their notebooks."""

    def run(self) -> list[nodes.Node]:
        """Make the table; the book's contents decide which chapters there are."""
        root, where = Path(self.env.srcdir), published(self.env.app)
        named = titles(self.load(load_parts, "chapters.yml"))
        self.note(root / "_toc.yml")
        pages = {slug_of(page): page for page in self.env.found_docs}
        up = "../" * self.env.docname.count("/")
        rows = []
        for slug in (slug for slug in named if slug in pages):
            ways: list[nodes.Node] = []
            for words, address, saved in links(where, slug, up):
                ways += [nodes.Text(", " if ways else ""), way(words, address, saved=saved)]
            rows.append(row([[self.link(pages[slug])], ways, *hub(where, slug)]))
        every = tag("p", way("All chapters in one zip", f"{up}{FOLDER}/{where.archive}.zip"))
        head = ("Chapter", "Its notebook", *(["On a JupyterHub"] if where.repository else []))
        return [table(head, rows, "cards"), every] if rows else []


def way(words: str, address: str, *, saved: bool = True) -> nodes.Node:
    """Return a link, which saves a file or leads to another place."""
    return tag("a", nodes.Text(words), href=address, **({"download": ""} if saved else {}))


def hub(where: Published, slug: str) -> list[list[nodes.Node]]:
    """Return what to write behind a hub's address; nothing where the book has none."""
    path = where.pull(slug) if where.repository else ""
    return [[nodes.literal(path, path)]] if path else []


def address_of(entry: Any) -> str:
    """Return where a work can be read."""
    doi = entry.fields.get("doi", "")
    return f"https://doi.org/{doi}" if doi else str(entry.fields.get("url", ""))


def numbers(env: BuildEnvironment) -> dict[str, str]:
    """Return the numbers of figures and equations by their labels."""
    found: dict[str, str] = {}
    names = {
        (page, id_): label for label, (page, id_) in env.domaindata["std"]["anonlabels"].items()
    }
    for page, kinds in env.toc_fignumbers.items():
        for kind in ("figure", "displaymath"):
            for id_, number in kinds.get(kind, {}).items():
                label = names.get((page, id_), id_).removeprefix("equation-")
                found[label] = ".".join(map(str, number))
    return found


def forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop the notebook of a page, before it is read again or when it is gone."""
    kept(env, KEPT).pop(docname, None)


def merge(
    _app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment
) -> None:
    """Take over the notebooks of the pages that another process has read."""
    read = kept(other, KEPT)
    kept(env, KEPT).update({page: read[page] for page in docnames if page in read})


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to the reading and writing of pages, and to the end of the build."""
    chapters = Chapters()
    app.setup_extension("bookkit.page.html_tag")
    app.setup_extension("bookkit.page.solutions")
    app.add_directive("take-home", TakeHome)
    app.connect("builder-inited", chapters.begin)
    app.connect("doctree-read", chapters.read)
    app.connect("html-page-context", chapters.link)
    app.connect("build-finished", chapters.finish)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
