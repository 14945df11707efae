"""A chapter that is saved as a notebook changes where its author changed it, and nowhere else.

The server opens and saves a text file by jupytext's contents manager; so do these tests.
"""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.kernelspec import get_kernel_spec
from jupyter_server.services.contents.filemanager import FileContentsManager
from jupytext.sync_contentsmanager import build_sync_jupytext_contents_manager_class

from small_book import ROOT

PAGES = sorted((ROOT / "book").glob("*.md"))
CHAPTERS = [page for page in PAGES if "{code-cell}" in page.read_text("utf-8")]
Manager = build_sync_jupytext_contents_manager_class(FileContentsManager)


class Desk:
    """A folder in which one page is worked on."""

    def __init__(self, folder: Path, page: Path) -> None:
        self.page = Path(shutil.copy(page, folder))
        self.manager = Manager(root_dir=str(folder))
        self.before = self.page.read_text("utf-8").splitlines()
        self.notebook: dict[str, Any] = self.manager.get(page.name, type="notebook")["content"]

    def run(self) -> None:
        """Leave in the notebook what a front end notes of a kernel and of cells that have run."""
        spec = get_kernel_spec("python3")
        # JupyterLab sends keys in the order of the alphabet.
        kernel = {"display_name": spec.display_name, "language": spec.language, "name": "python3"}
        language = {"name": "python", "version": "3.11", "pygments_lexer": "ipython3"}
        self.notebook["metadata"] |= {"kernelspec": kernel, "language_info": language}
        for number, cell in enumerate(self.notebook["cells"]):
            cell["metadata"]["trusted"] = True
            if cell["cell_type"] == "code":
                output = {"output_type": "stream", "name": "stdout", "text": "done"}
                cell |= {"execution_count": number, "outputs": [output]}

    def saved(self) -> list[str]:
        """Save; return the lines that have changed, each with - or + before it."""
        self.manager.save({"type": "notebook", "content": self.notebook}, self.page.name)
        now = self.page.read_text("utf-8").splitlines()
        changes = difflib.unified_diff(self.before, now, lineterm="", n=0)
        return [line for line in changes if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize("has_run", [False, True])
@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_saved_as_a_notebook_is_unchanged(tmp_path: Path, page: Path, has_run: bool) -> None:
    desk = Desk(tmp_path, page)
    if has_run:
        desk.run()
    changed = desk.saved()
    assert changed == [], f"{page.name} is not written as JupyterLab writes it: save it there once"


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda path: path.stem)
def test_an_edit_changes_the_edited_line(tmp_path: Path, page: Path) -> None:
    desk = Desk(tmp_path, page)
    desk.run()
    cell = [cell for cell in desk.notebook["cells"] if cell["cell_type"] == "code"][-1]
    last = cell["source"].splitlines()[-1]
    cell["source"] += "  # mine"
    assert desk.saved() == [f"-{last}", f"+{last}  # mine"]
