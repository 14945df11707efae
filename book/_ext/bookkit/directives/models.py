"""`models`: every public function and class of `netfin`, out of the docstrings.

    ```{models}
    ```

An entry links to the pages that show the code, tabulate the parameters or import the name in a
cell; a listing and a table link back to the entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from bookkit.directives.base import (
    BookDirective,
    UsesDomain,
    bibliography,
    cited,
    code_folder,
    data_folder,
)
from bookkit.readers.docstrings import Item
from bookkit.readers.models import Model, about, find, modules, public
from bookkit.readers.works import Works

PACKAGE = "netfin"
SHARED = "Shared by all chapters"
CELL = re.compile(r"^```\{code-cell\}.*?^```$", re.MULTILINE | re.DOTALL)
IMPORT = re.compile(rf"^from ({PACKAGE}[\w.]*) import (?:\(([^)]*)\)|(.*))$", re.MULTILINE)
SHOWN = re.compile(r"^```\{(show-source|parameters)\} (\S+)", re.MULTILINE)
ENTRY = re.compile(r"^(?:\* |(?=\w[\w, ]* : ))", re.MULTILINE)
INLINE = re.compile(r"(`[^`]+`|\*[^*\n]+\*)")


class Place(nodes.General, nodes.Element):  # type: ignore[misc]
    """Where links go once all pages are read: to pages, or to the entry of a name."""


def entry_id(name: str) -> str:
    """Return the id of an entry: its name, for `Payoffs` and `payoffs` are two."""
    return re.sub(r"[._]+", "-", name)


def home_of(name: str, folder: Path) -> str | None:
    """Return a name with the module that defines it; None where it is no function or class."""
    module, _, short = name.rpartition(".")
    try:
        file, node = find(short, module, folder)
    except ValueError:
        return None
    parts = file.relative_to(folder).with_suffix("").parts
    return ".".join([*(part for part in parts if part != "__init__"), node.name])


def spoken_of(text: str) -> Iterator[str]:
    """Yield the names that the source of a page shows, tabulates or imports."""
    yield from (found[2] for found in SHOWN.finditer(text))
    for module, many, one in IMPORT.findall("\n".join(CELL.findall(text))):
        names = (each.partition(" as ")[0].strip() for each in (many or one).split(","))
        yield from (f"{module}.{name}" for name in names if name)


def note_uses(app: Sphinx, docname: str, source: list[str]) -> None:
    """Remember which models a page speaks of."""
    found = {home_of(name, code_folder(app.env)) for name in spoken_of(source[0])} - {None}
    if found:
        app.env.domaindata["model"]["used"][docname] = sorted(map(str, found))


def inline(text: str) -> list[nodes.Node]:
    """Write a text, its code and emphasis as such."""
    made: list[nodes.Node] = []
    for part in INLINE.split(re.sub(r"\s+", " ", text)):
        if part.startswith("`"):
            made.append(nodes.literal(part[1:-1], part[1:-1]))
        elif part.startswith("*"):
            made.append(nodes.emphasis(part[1:-1], part[1:-1]))
        else:
            made.append(nodes.Text(part))
    return made


def listing(lines: Iterable[str]) -> nodes.bullet_list:
    """Write lines as a list."""
    written = (nodes.paragraph("", "", *inline(line)) for line in lines)
    return nodes.bullet_list("", *(nodes.list_item("", line) for line in written))


def entries(block: str) -> Iterator[str]:
    """Yield the entries of a list: `* each`, or `names : what is said of them`."""
    for entry in filter(None, ENTRY.split(block)):
        names, colon, said = entry.strip().partition(" : ")
        yield f"`{names}`: {said}" if colon else names


def prose(text: str) -> Iterator[nodes.Node]:
    """Yield paragraphs and lists of a docstring; what is indented is a formula or an example."""
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        if block.startswith("    "):
            code = "\n".join(line[4:] for line in block.splitlines())
            yield nodes.literal_block(code, code, language="text")
        elif ENTRY.match(block):
            yield listing(entries(block))
        elif block:
            yield nodes.paragraph("", "", *inline(block))


def items(lead: str, listed: Iterable[Item]) -> Iterator[nodes.Node]:
    """Yield a section of a docstring as a list under its name."""
    lines = []
    for each in listed:
        parts = [", ".join(f"`{name}`" for name in each.names), each.kind]
        head = ", ".join(filter(None, parts))
        said = " ".join(each.text.split())
        lines.append(f"{head}: {said}" if said else head)
    if lines:
        yield nodes.paragraph("", lead, classes=["lead"])
        yield listing(lines)


class Models(BookDirective):
    """List the models."""

    def run(self) -> list[nodes.Node]:
        """Read all modules; the page depends on each, and remembers that it has the list."""
        self.env.domaindata["model"]["page"] = self.env.docname
        listed = list(modules(code_folder(self.env), PACKAGE))
        self.note(data_folder(self.env) / "references.bib", *(file for _, file in listed))
        self.works = Works(bibliography(self.env))
        made = []
        for package, group in groupby(listed, lambda each: self.package(each[0])):
            section = nodes.section(ids=[nodes.make_id(f"models-{package}")])
            section += nodes.title(package, package)
            for module, file in group:
                section += self.module(module, file)
            made.append(section)
        return made

    def package(self, module: str) -> str:
        """Name the part of the page that a module stands in."""
        parts = module.split(".")
        return SHARED if len(parts) == 2 else ".".join(parts[:2])

    def module(self, module: str, file: Path) -> nodes.section:
        """Lay out a module."""
        section = nodes.section(ids=[nodes.make_id(f"module-{module}")])
        section += nodes.title(module, module.partition(".")[2])
        section += nodes.paragraph("", "", *inline(about(file)))
        entries = [self.model(each) for each in public(module, file)]
        if entries:
            section += nodes.definition_list("", *entries, classes=["models"])
        return section

    def model(self, model: Model) -> nodes.definition_list_item:
        """Lay out a function or a class."""
        said = model.said
        name = nodes.literal(model.call, model.call)
        term = nodes.term("", "", name, ids=[entry_id(model.name)])
        told = nodes.definition("", nodes.paragraph("", "", *inline(said.sentence)))
        told += list(prose(said.text))
        told += list(items("Takes", said.parameters))
        taken = {name for item in said.parameters for name in item.names}
        held = (Item((name,), unit, "") for name, unit in model.fields if name not in taken)
        told += list(items("Holds", held))
        told += list(items("Gives", said.returns))
        told += list(items("Raises", said.raises))
        told += list(prose(said.notes))
        told += self.source(said.source)
        told += Place("", to="pages", name=model.name)
        return nodes.definition_list_item("", term, told)

    def source(self, text: str) -> list[nodes.Node]:
        """Say whose a model is; the works are cited."""
        made: list[nodes.Node] = []
        for part, key in self.works.parts(text):
            made += [cited(key, "t", self.env.docname)] if key else inline(part)
        lead = nodes.paragraph("", "Source", classes=["lead"])
        return [lead, nodes.paragraph("", "", *made)] if text else []


class Links(SphinxPostTransform):
    """Fill in the links between the list and the pages."""

    default_priority = 5

    def run(self, **_options: Any) -> None:
        """Change one page."""
        data = self.env.domaindata["model"]
        for place in list(self.document.findall(Place)):
            links = self.pages(data["used"], place) if place["to"] == "pages" else []
            if place["to"] == "entry" and data["page"]:
                links = [self.link(data["page"], entry_id(place["name"]), "All about it")]
            parts = [part for link in links for part in (nodes.Text(", "), link)][1:]
            lead = [nodes.Text("Explained in ")] if links and place["to"] == "pages" else []
            place.replace_self(
                [nodes.paragraph("", "", *lead, *parts, classes=["model-link"])] if parts else []
            )

    def pages(self, used: dict[str, list[str]], place: Place) -> list[nodes.Node]:
        """Link to the pages that speak of a model."""
        titles = {page: self.env.titles[page].astext() for page in sorted(used)}
        return [
            self.link(page, "", title)
            for page, title in titles.items()
            if place["name"] in used[page]
        ]

    def link(self, page: str, anchor: str, words: str) -> nodes.reference:
        """Link to a place in the book."""
        address = self.app.builder.get_relative_uri(self.env.docname, page)
        place = f"{address}#{anchor}" if anchor else address
        return nodes.reference(words, words, internal=True, refuri=place)


class ModelDomain(UsesDomain):
    """What Sphinx keeps of the models between builds."""

    name = "model"
    label = "Models"


def entry_link(env: BuildEnvironment, name: str) -> list[nodes.Node]:
    """Return room for the link to a model's entry; none for what is no model of ours."""
    home = home_of(name, code_folder(env))
    return [Place("", to="entry", name=home)] if home and home.startswith(f"{PACKAGE}.") else []


def setup(app: Sphinx) -> dict[str, bool]:
    """Register directive, domain and transform."""
    app.add_domain(ModelDomain)
    app.add_directive("models", Models)
    app.add_node(Place)
    app.add_post_transform(Links)
    app.connect("source-read", note_uses)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
