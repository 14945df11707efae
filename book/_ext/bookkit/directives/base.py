"""What the directives share: the project's files, faults in one line, tables, links to pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from bookkit.fresh import note_part

T = TypeVar("T")
Cells = Iterable[Sequence[nodes.Node]]

_read: WeakKeyDictionary[Sphinx, dict[tuple[Any, Path], Any]] = WeakKeyDictionary()


def data_folder(env: BuildEnvironment) -> Path:
    """Return the folder of the data of the book that is built."""
    return Path(env.srcdir, "data")


def code_folder(env: BuildEnvironment) -> Path:
    """Return the folder of the code of the book that is built."""
    return Path(env.srcdir, "book")


def load(env: BuildEnvironment, loader: Callable[[Path], T], name: str, *beside: str) -> T:
    """Load a file of data/ once a build; the page depends on it, and on those read beside it."""
    file = data_folder(env) / name
    for each in (file, *map(file.with_name, beside)):
        env.note_dependency(str(each))
    read = _read.setdefault(env.app, {})
    if (loader, file) not in read:
        read[loader, file] = loader(file)
    found: T = read[loader, file]
    return found


def row(cells: Cells, **attributes: Any) -> nodes.row:
    """Return a row of a table, a paragraph in each cell."""
    entries = (nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells)
    return nodes.row("", *entries, **attributes)


def table(head: Iterable[str], rows: list[nodes.row], class_: str = "") -> nodes.table:
    """Return a table with a row of headings; `class_` is for the style sheet."""
    titles = row([nodes.Text(text)] for text in head)
    group = nodes.tgroup("", cols=len(titles))
    group += [nodes.colspec(colwidth=1) for _ in titles]
    group += [nodes.thead("", titles), nodes.tbody("", *rows)]
    return nodes.table("", group, classes=["colwidths-auto", *class_.split()])


def bibliography(env: BuildEnvironment) -> Mapping[str, Any]:
    """Return the entries of the bibliography by their keys."""
    domain: Any = env.get_domain("cite")
    entries: Mapping[str, Any] = domain.bibdata.data.entries
    return entries


def cited(key: str, how: str, docname: str) -> nodes.Node:
    """Cite a source of the bibliography; `how` is one of the bibliography's roles."""
    return addnodes.pending_xref(
        "",
        nodes.inline(key, key),
        refdomain="cite",
        reftype=how,
        reftarget=key,
        refdoc=docname,
        refwarn=True,
    )


class UsesDomain(Domain):
    """What Sphinx keeps between builds: what each page uses, and which page lists it all."""

    initial_data = {"used": {}, "page": None}  # noqa: RUF012

    def clear_doc(self, docname: str) -> None:
        """Drop what a page used, before it is read again or when it is gone."""
        self.data["used"].pop(docname, None)
        if self.data["page"] == docname:
            self.data["page"] = None

    def merge_domaindata(self, docnames: list[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        for page in otherdata["used"].keys() & docnames:
            self.data["used"][page] = otherdata["used"][page]
        if otherdata["page"] in docnames:
            self.data["page"] = otherdata["page"]


class BookDirective(SphinxDirective):
    """A directive of this book; what is wrong with it fails the build in one line."""

    def fail(self, fault: object) -> NoReturn:
        """End the page with a fault."""
        raise self.error(f"{self.name}: {fault}")

    def load(self, loader: Callable[[Path], T], name: str, *beside: str) -> T:
        """Load a file of data/ for this page."""
        try:
            return load(self.env, loader, name, *beside)
        except ValueError as fault:
            self.fail(fault)

    def found(self, reader: Callable[[Path], T], file: Path) -> T:
        """Read a file of which the page shows, and depends on, only what is read."""
        note_part(self.env, file, reader)
        try:
            return reader(file)
        except (ValueError, OSError) as fault:
            self.fail(fault)

    def note(self, *files: Path) -> None:
        """Note files that the page depends on."""
        for file in files:
            self.env.note_dependency(str(file))

    def link(self, page: str, title: str = "") -> addnodes.pending_xref:
        """Refer to a page by a title, or else by whatever title it has."""
        inner = nodes.inline(title, title) if title else nodes.inline()
        reference = addnodes.pending_xref(
            "", inner, refdomain="std", reftype="doc", refexplicit=bool(title),
            reftarget=f"/{page}", refdoc=self.env.docname, refwarn=True,
        )  # fmt: skip
        self.set_source_info(reference)
        return reference
