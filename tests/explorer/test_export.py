"""A notebook that was exported, or opened again: the kernel is gone, the picture stays."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest
import toys
from bs4 import BeautifulSoup
from nbclient import NotebookClient
from nbconvert import HTMLExporter

HERE = Path(__file__).resolve().parent
SECONDS = 60


@pytest.fixture(scope="module")
def executed() -> nbformat.NotebookNode:
    """Return a notebook that shows an explorer, run as `nbconvert --execute` runs it."""
    cell = nbformat.v4.new_code_cell("from toys import loan_rate\nloan_rate")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    path = os.pathsep.join([str(HERE), str(HERE.parents[1] / "book")])
    env = {k: v for k, v in os.environ.items() if not k.startswith("EXPLORER_")}
    client = NotebookClient(notebook, timeout=SECONDS, kernel_name="python3")
    return client.execute(env=env | {"PYTHONPATH": path})


@pytest.mark.parametrize("state_is_saved", [True, False])
def test_an_exported_notebook_shows_picture_and_sentence_once(
    executed: nbformat.NotebookNode, state_is_saved: bool
) -> None:
    notebook = nbformat.from_dict(executed)
    assert "widgets" in notebook.metadata
    if not state_is_saved:  # as JupyterLab saves
        del notebook.metadata["widgets"]
    html, _ = HTMLExporter().from_notebook_node(notebook)
    cell = BeautifulSoup(html, "html.parser").select_one(".jp-OutputArea")
    assert cell is not None
    assert len(cell.select("svg[aria-labelledby]")) == 1
    assert cell.get_text().count(toys.loan_rate.show((2, 3)).sentence) == 1
    assert "VBox" not in cell.get_text()


def test_a_notebook_without_pictures_keeps_the_sentence(executed: nbformat.NotebookNode) -> None:
    told = [output.data.get("text/plain") for output in executed.cells[0].outputs]
    assert told == ["", toys.loan_rate.show((2, 3)).sentence]
