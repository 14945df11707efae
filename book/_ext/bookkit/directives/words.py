"""The glossary and the notation, out of `data/glossary.csv` and `data/notation.csv`.

    ```{glossary-list}
    ```
    ```{notation-list}
    ```

Every English and every Chinese term can be referred to by {term}`default`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.domains.std import Glossary
from sphinx.util.docutils import SphinxDirective

from html_tag import chinese

GLOSSARY = ("English", "Chinese", "Definition")
NOTATION = ("symbol", "latex", "meaning", "unit", "name")


def read_rows(file: Path, columns: tuple[str, ...], unique: Iterable[str]) -> list[dict[str, str]]:
    """Read a table whose every cell is filled and whose `unique` columns never repeat."""
    if not file.is_file():
        raise ValueError(f"{file.name} is missing from data/")
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, restkey="more", restval="")
        found = tuple(reader.fieldnames or ())
        rows: list[dict[str, Any]] = list(reader)
    if found != columns:
        raise ValueError(f"{file.name}: columns must be {', '.join(columns)}")
    for line, row in enumerate(rows, start=2):
        if "more" in row or not all(cell.strip() for cell in row.values()):
            raise ValueError(f"{file.name}, line {line}: needs {len(columns)} filled cells")
        for cell in row.values():
            if cell != cell.strip():
                raise ValueError(f"{file.name}, line {line}: {cell!r} begins or ends with a space")
    for column in unique:
        values = [row[column] for row in rows]
        if twice := sorted({value for value in values if values.count(value) > 1}):
            raise ValueError(f"{file.name}: {column} {', '.join(twice)} stands twice")
    return rows


def read_glossary(file: Path) -> list[dict[str, str]]:
    """Read the glossary: one entry for a term in either language."""
    return read_rows(file, GLOSSARY, ("English", "Chinese"))


def read_notation(file: Path) -> list[dict[str, str]]:
    """Read the notation: one meaning for a symbol, and one symbol for a meaning."""
    rows = read_rows(file, NOTATION, ("symbol", "latex", "meaning"))
    for line, row in enumerate(rows, start=2):
        for cell in row.values():
            if "|" in cell:
                raise ValueError(f"{file.name}, line {line}: {cell!r} holds |, which ends a cell; "
                                 r"write \vert")  # fmt: skip
    return rows


def file_of(directive: SphinxDirective, name: str) -> Path:
    """Find a file of data/ and note that the page depends on it."""
    file = Path(directive.env.srcdir, "data", name)
    directive.env.note_dependency(str(file))
    return file


class GlossaryList(Glossary):
    """Sphinx's own glossary, its entries taken from the file."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Write the entries as the glossary wants them; mark the Chinese terms as Chinese."""
        file = file_of(self, "glossary.csv")
        try:
            rows = read_glossary(file)
        except ValueError as fault:
            raise self.error(str(fault)) from None
        self.options["sorted"] = None
        lines = [
            line
            for row in rows
            for line in (row["English"], row["Chinese"], f"  {row['Definition']}", "")
        ]
        self.content = StringList(lines, str(file))
        made = super().run()
        for item in made[-1].findall(nodes.definition_list_item):
            term: Any = item.children[1]
            term[0] = chinese(term[0].astext())
        return made


class NotationList(SphinxDirective):
    """A table of the symbols."""

    def run(self) -> list[nodes.Node]:
        """Write the table in Markdown, so that formulas become what they are elsewhere."""
        file = file_of(self, "notation.csv")
        try:
            rows = read_notation(file)
        except ValueError as fault:
            raise self.error(str(fault)) from None
        lines = ["| Symbol | Meaning | Unit | In the code |", "| --- | --- | --- | --- |"]
        lines += [
            f"| ${row['latex']}$ | {row['meaning']} | {row['unit']} | `{row['name']}` |"
            for row in rows
        ]
        holder = nodes.Element()
        self.state.nested_parse(StringList(lines, str(file)), 0, holder)
        return list(holder.children)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives."""
    app.setup_extension("html_tag")
    app.add_directive("glossary-list", GlossaryList)
    app.add_directive("notation-list", NotationList)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
