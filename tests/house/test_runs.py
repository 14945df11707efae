"""Notebooks are run ahead of the pages: the longest first, on their share of the cores."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from bookkit import runs
from bookkit.runs import CellError, Notebook
from explorer.cache import CACHE

CORES = 2


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, int]]:
    """Return, once they have run, the pages and the cores that each was given."""
    order: list[tuple[str, int]] = []

    async def run(notebook: Notebook, _timeout: int, cores: int) -> None:
        order.append((notebook.page, cores))
        notebook.at = 1
        if "dead" in notebook.code[0].source:
            raise RuntimeError("the kernel died")
        notebook.seconds = float(len(notebook.code[0].source))
        runs.store().put(notebook.page, notebook.key, runs.outputs_of(notebook))

    monkeypatch.setenv(CACHE, str(tmp_path / "explorers"))
    monkeypatch.setattr(runs, "run", run)
    monkeypatch.setattr(runs, "cores_here", lambda: CORES)
    return order


def notebook(page: str, source: str, key: str = "1") -> Notebook:
    """Return a notebook of one cell."""
    return Notebook(page, Path(f"{page}.md"), new_notebook(cells=[new_code_cell(source)]), key)


def test_what_took_longest_runs_first(started: list[tuple[str, int]]) -> None:
    runs.run_all([notebook("a", "1"), notebook("b", "1 + 1"), notebook("c", "11")], 9)
    assert [page for page, _ in started] == ["b", "c", "a"]  # nothing is known but their code
    started.clear()
    again = [notebook("a", "1 + 1 + 1", "2"), notebook("b", "1", "2"), notebook("new", "1")]
    runs.run_all(again, 9)
    assert [page for page, _ in started] == ["new", "b", "a"]  # as they took the last time


@pytest.mark.parametrize(("pages", "cores"), [("a", 2), ("ab", 1), ("abc", 1)])
def test_cores_are_shared_out(started: list[tuple[str, int]], pages: str, cores: int) -> None:
    runs.run_all([notebook(page, "1") for page in pages], 9)
    assert {given for _, given in started} == {cores}


def test_what_has_run_does_not_run_again(started: list[tuple[str, int]]) -> None:
    assert [each.page for each in runs.run_all([notebook("a", "1")], 9)] == ["a"]
    assert runs.run_all([notebook("a", "1")], 9) == []
    assert len(started) == 1


@pytest.mark.usefixtures("started")
def test_all_that_fail_are_named_and_the_others_kept() -> None:
    both = [notebook("a", "dead"), notebook("b", "1"), notebook("c", "dead")]
    with pytest.raises(CellError, match=r"a\.md, code cell 1: the kernel died; c\.md, code cell 1"):
        runs.run_all(both, 9)
    kept = runs.store().get("b", "1")
    assert kept is not None
    assert json.loads(kept)["seconds"] == 1.0
