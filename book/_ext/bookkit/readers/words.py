"""The glossary and the notation: `data/glossary.csv` and `data/notation.csv`, read and checked."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bookkit.readers import checks

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
    with checks.within(file.name):
        for column in unique:
            checks.unique(column, (row[column] for row in rows))
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
