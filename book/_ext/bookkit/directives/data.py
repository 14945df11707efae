"""`data-catalogue`: every data set of `data/catalogue.toml`, with its source and its columns."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from facts import table

CATALOGUE = Path(__file__).resolve().parents[2] / "data" / "catalogue.toml"
HEAD = ("Column", "What it holds", "Unit", "May hold")


def may_hold(column: Any) -> str:
    """Say which values a column allows."""
    if column.one_of:
        return ", ".join(column.one_of)
    kind = {"text": "text", "whole": "whole number", "number": "number"}[column.type]
    if math.isinf(column.high):
        return kind if math.isinf(column.low) else f"{kind} from {column.low:g}"
    return f"{kind} from {column.low:g} to {column.high:g}"


def told(data_set: Any) -> nodes.definition_list:
    """Return what is said of a data set as a whole."""
    terms = {
        "File": f"data/{data_set.file}, {data_set.rows} rows",
        "Source": data_set.source,
        "Taken from": data_set.origin,
        "Retrieved": data_set.retrieved,
        "Licence": f"{data_set.licence}. {data_set.licence_note}",
        "SHA-256": data_set.sha256,
        "Notes": data_set.notes,
    }
    return nodes.definition_list(
        "",
        *(
            nodes.definition_list_item(
                "", nodes.term(name, name), nodes.definition("", nodes.paragraph(text, text))
            )
            for name, text in terms.items()
        ),
    )


def section(data_set: Any) -> nodes.section:
    """Return one data set as a section, whose address is the data set's name."""
    rows = []
    for column in data_set.columns:
        texts = (column.description, column.unit, may_hold(column))
        cells: list[nodes.Node] = [nodes.literal(column.name, column.name), *map(nodes.Text, texts)]
        entries = [nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells]
        rows.append(nodes.row("", *entries))
    title = nodes.title(data_set.title, data_set.title)
    ids = [nodes.make_id(data_set.name)]
    return nodes.section("", title, told(data_set), table(HEAD, rows), ids=ids)


class DataCatalogue(SphinxDirective):
    """Print the whole catalogue."""

    def run(self) -> list[nodes.Node]:
        """Read the catalogue as the chapters' loader does."""
        from netfin.data import catalogue

        self.env.note_dependency(str(CATALOGUE))
        return [section(data_set) for data_set in catalogue(CATALOGUE.parent).values()]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("data-catalogue", DataCatalogue)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
