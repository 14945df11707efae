"""`data-catalogue`: every data set of `data/catalogue.toml`, with its source and its columns.

Each can be saved, with a file beside it that says whose it is and under which licence;
`take_home.py` lays both into the site.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from bookkit.directives.base import BookDirective, row, table
from bookkit.fresh import note_code
from bookkit.page.html_tag import Tag, tag

HEAD = ("Column", "What it holds", "Unit", "May hold")


def may_hold(column: Any) -> str:
    """Say which values a column allows."""
    if column.one_of:
        return ", ".join(column.one_of)
    kind = {"whole": "whole number"}.get(column.type, column.type)
    if math.isinf(column.high):
        return kind if math.isinf(column.low) else f"{kind} from {column.low:g}"
    return f"{kind} from {column.low:g} to {column.high:g}"


def saved(words: str, address: str) -> Tag:
    """Return the link that saves a file."""
    return tag("a", nodes.Text(words), href=address, download="")


def told(data_set: Any, up: str) -> nodes.definition_list:
    """Return what is said of a data set as a whole; `up` leads from the page to the site."""
    address = f"{up}data/{data_set.file}"
    file = [saved(f"data/{data_set.file}", address), nodes.Text(f", {data_set.rows} rows (")]
    file += [saved("its licence as a file", f"{address}.license"), nodes.Text(")")]
    terms = {
        "Source": data_set.source,
        "Taken from": data_set.origin,
        "Retrieved": data_set.retrieved,
        "Licence": f"{data_set.licence}. {data_set.licence_note}",
        "SHA-256": data_set.sha256,
        "Notes": data_set.notes,
    }
    lines = {"File": file, **{name: [nodes.Text(text)] for name, text in terms.items()}}
    return nodes.definition_list(
        "",
        *(
            nodes.definition_list_item(
                "", nodes.term(name, name), nodes.definition("", nodes.paragraph("", "", *line))
            )
            for name, line in lines.items()
        ),
    )


def section(data_set: Any, up: str) -> nodes.section:
    """Return one data set as a section, whose address is the data set's name."""
    rows = []
    for column in data_set.columns:
        texts = (column.description, column.unit, may_hold(column))
        name = nodes.literal(column.name, column.name)
        rows.append(row([[name], *([nodes.Text(text)] for text in texts)]))
    title = nodes.title(data_set.title, data_set.title)
    ids = [nodes.make_id(data_set.name)]
    return nodes.section("", title, told(data_set, up), table(HEAD, rows, "cards"), ids=ids)


def read(file: Path) -> dict[str, Any]:
    """Read the catalogue as the chapters' loader does."""
    from netfin.data import catalogue

    return dict(catalogue(file.parent))


class DataCatalogue(BookDirective):
    """Print the whole catalogue."""

    def run(self) -> list[nodes.Node]:
        """Read the catalogue, which the page depends on."""
        note_code(self.env, "import netfin.data")
        up = "../" * self.env.docname.count("/")
        return [section(data_set, up) for data_set in self.load(read, "catalogue.toml").values()]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("data-catalogue", DataCatalogue)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
