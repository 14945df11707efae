"""A chapter as a plain notebook: prose and code, no outputs, and first of all how to run it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bookkit.home.addresses import Published
from bookkit.home.directives import written
from bookkit.home.markdown import paragraphs
from bookkit.home.roles import Shared, notes
from bookkit.home.sources import Sources

NUMBER = "application/papermill.record/text/plain"
HIDDEN = "remove-cell"  # the tag of the cell that hands the prose its numbers
HEADING = re.compile(r"\n(?=#{2,3} )")
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
NEEDED = "netfin"  # the package by which the book's folders are found
HOW = """\
**How to run this notebook.** It is a chapter of *{about.title}*, edition {about.edition}. It needs
Python 3.11 or newer and, beside it, the folders `netfin`, `figures` and `explorer`. All of it lies
in `{slug}.zip`, where you found this notebook. Unpack that, and in its folder:

1. `python3 -m venv .venv`, then `.venv/bin/python -m pip install -r requirements-run.txt`
   (on Windows `py -m venv .venv`, and `.venv\\Scripts\\python` here and below)
2. `.venv/bin/python -m jupyterlab book/{slug}.ipynb`, or open that file in VS Code, PyCharm or
   Jupyter Notebook with the same Python
3. run all cells; the sliders answer as long as the notebook is running.

Links to other chapters work where all notebooks lie in one folder, as in `{archive}.zip`.
{about.licence}."""
HERE = """\
# Finds the book's folders: beside this notebook, or in `book` of the folder that is open.
import sys
from importlib.util import find_spec

if find_spec("{needed}") is None:
    sys.path.append("book")
if find_spec("{needed}") is None:
    raise ModuleNotFoundError("Unpack the chapter's zip and open the notebook that lies in it.")"""
FETCHED = """\
# Fetches the book's code where it does not lie beside this notebook, as on Colab.
import sys
from importlib.util import find_spec
from io import BytesIO
from urllib.request import urlopen
from zipfile import ZipFile

if find_spec("{needed}") is None:
    sys.path.append("book")
if find_spec("{needed}") is None:
    with urlopen("{address}") as answer:
        ZipFile(BytesIO(answer.read())).extractall()
    sys.path.insert(0, "{folder}/book")"""

Cell = tuple[str, str]  # "markdown" or "code", and the source


@dataclass(frozen=True)
class Edition:
    """What a notebook says of the book that it is from."""

    title: str
    edition: str
    licence: str = "Text and figures CC BY 4.0, code MIT; each data set under its own licence"


def numbers_of(cells: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the numbers that a chapter's cells have said, by name, as the text prints them."""
    numbers = {}
    for cell in cells:
        for output in cell.get("outputs", ()):
            name = output.get("metadata", {}).get("scrapbook", {}).get("name")
            if name and NUMBER in output.get("data", {}):
                numbers[name] = _said(output["data"][NUMBER])
    return numbers


def _said(told: str) -> str:
    """Return a number as it is printed: a text was written down in quotation marks."""
    return str(ast.literal_eval(told)) if told[:1] in "'\"" else told


def cells_of(cells: Sequence[Mapping[str, Any]], sources: Sources) -> list[Cell]:
    """Write a chapter's cells, citations and numbers of figures still to come."""
    told: list[Cell] = []
    for cell in cells:
        if cell["cell_type"] == "markdown":
            told += sections(written(cell["source"], sources))
        elif HIDDEN not in cell["metadata"].get("tags", []):
            told.append(("code", cell["source"]))
            told += captions(cell["metadata"], sources)
    if sources.used:
        told.append(("markdown", paragraphs("## Numbers and where they come from", notes(sources))))
    return told


def sections(text: str) -> Iterator[Cell]:
    """Give each heading a cell of its own, with what stands under it."""
    yield from (("markdown", part) for part in HEADING.split(text) if part.strip())


def captions(metadata: Mapping[str, Any], sources: Sources) -> Iterator[Cell]:
    """Write the caption of a cell's figure below it."""
    figure = metadata.get("mystnb", {}).get("figure")
    if figure:
        label = f"**{{numref}}`{figure['name']}`.**" if "name" in figure else ""
        yield "markdown", f"{label} {written(figure['caption'], sources)}".strip()


def how_to_run(slug: str, about: Edition, published: Published) -> list[Cell]:
    """Say first of all how the notebook is run, and find the book's code or say where it is."""
    said = HOW.format(slug=slug, about=about, archive=published.archive)
    return [("markdown", said), ("code", _find(published))]


def _find(published: Published) -> str:
    """Write the cell that looks for the book's code."""
    if not published.repository:
        return HERE.format(needed=NEEDED)
    return FETCHED.format(needed=NEEDED, address=published.download, folder=published.folder)


def notebook(
    slug: str, cells: Sequence[Cell], shared: Shared, first: Sequence[Cell]
) -> dict[str, Any]:
    """Return the notebook, all citations and references written out."""
    told = [(kind, shared.resolved(text) if kind == "markdown" else text) for kind, text in cells]
    title, *rest = told
    if shared.cited:
        rest.append(("markdown", paragraphs("## Works cited", shared.bibliography())))
    every = [*first[:1], title, *first[1:], *rest]
    made = [_cell(number, *each) for number, each in enumerate(every)]
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    return {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _cell(number: int, kind: str, source: str) -> dict[str, Any]:
    lines = source.strip("\n").splitlines(keepends=True)
    made = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": lines}
    return made | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def text_of(made: Mapping[str, Any]) -> str:
    """Write a notebook as the file that programs open."""
    return json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
