"""The book itself builds to the same bytes each time, wherever it is built."""

from __future__ import annotations

import io
import json
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from myst_nb.core.read import read_myst_markdown_notebook
from myst_parser.config.main import MdParserConfig

from bookkit import runs
from bookkit.made_of import Sources
from explorer.cache import CACHE
from places import OUTPUT
from small_book import ROOT, Book


@pytest.mark.whole
def test_a_cold_build_equals_the_book_that_make_built(tmp_path: Path) -> None:
    """On a clean checkout both are cold; elsewhere this compares a cold and a warm build."""
    command = [sys.executable, "tools/build.py", "--output", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    book = Book(ROOT)
    built, cold = book.site(str(OUTPUT)), book.site(str(tmp_path))
    assert sorted(built) == sorted(cold), "is _build/html of these sources? run `make book` first"
    assert [name for name in cold if cold[name] != built[name]] == []


def test_every_page_of_the_contents_was_built() -> None:
    report = json.loads((OUTPUT / "report.json").read_text())
    assert {"pages", "seconds"} <= set(report)
    contents = (ROOT / "_toc.yml").read_text().split()
    pages = [word for word in contents if word.startswith("book/")]
    assert pages
    assert [p for p in pages if not (OUTPUT / "html" / f"{p}.html").is_file()] == []


def test_no_quiz_makes_a_notebook_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a page's cells are run for is the same with other quizzes."""
    monkeypatch.setenv(CACHE, str(OUTPUT / "explorers"))  # where the build keeps what is imported
    edited = Sources(ROOT)
    texts = (file.read_text("utf-8") for file in (ROOT / "book").glob("*.md"))
    pages = [read_myst_markdown_notebook(text, MdParserConfig()) for text in texts
             if "{code-cell}" in text]  # fmt: skip
    quizzes = sorted((ROOT / "data" / "quizzes").glob("*.yml"))
    edited.digests = dict.fromkeys(quizzes, "edited")
    assert quizzes
    now, then = ([runs.key_of(page, each) for page in pages] for each in (Sources(ROOT), edited))
    assert now == then != []


def test_a_quiz_is_read_by_the_page_that_shows_it() -> None:
    made_of = json.loads((OUTPUT / "report.json").read_text())["made_of"]
    for page, files in made_of.items():
        text = (ROOT / f"{page}.md").read_text()
        shown = {f"{name}.yml" for name in re.findall(r"^```+\{quiz\} (\S+)", text, re.MULTILINE)}
        if "```{outcomes}" in text:  # it counts the questions of all chapters
            shown |= {f"{file.name} [count]" for file in (ROOT / "data" / "quizzes").glob("*.yml")}
        found = {file for file in files if file.startswith("data/quizzes/")}
        assert found == {f"data/quizzes/{name}" for name in shown}, page


class Classes(pickle.Unpickler):
    """Reads what was kept, and notes whose classes that asks for."""

    def __init__(self, file: Path) -> None:
        super().__init__(io.BytesIO(file.read_bytes()))
        self.modules: set[str] = set()

    def find_class(self, module: str, name: str) -> Any:
        """Find a class."""
        self.modules.add(module)
        return super().find_class(module, name)


def test_to_read_what_builds_keep_imports_no_model() -> None:
    kept = Classes(OUTPUT / "state" / ".doctrees" / "environment.pickle")
    kept.load()
    assert kept.modules
    ours = {"netfin", "figures", "numpy", "pandas"}
    assert [each for each in kept.modules if each.partition(".")[0] in ours] == []
