"""Every line in its room: imports, dependencies and the papers that describe them."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import jupytext
import pytest
import yaml

from small_book import ROOT

BOOK = ROOT / "book"
IN_BROWSERS = {
    "numpy",
    "pandas",
    "matplotlib",
    "ipywidgets",
    "IPython",
    "scipy",
    "sklearn",
    "networkx",
    "joblib",
    "pydantic",
}
OURS = {"netfin", "figures", "explorer"}
FILE_READERS = re.compile(r"\bopen\(|\bread_\w+\(|\bPath\(|\bimport (pathlib|os|io)\b")
NOTEBOOKS = [p for p in sorted(BOOK.glob("*.md")) if "{code-cell}" in p.read_text("utf-8")]
MODULES = [
    file
    for package in sorted(OURS)
    for file in sorted((BOOK / package).rglob("*.py"))
    if file.name != "sphinx_ext.py"
]


def imported(source: str) -> set[str]:
    """Return the top-level packages a text imports, its own package apart."""
    nodes = list(ast.walk(ast.parse(source)))
    plain = {a.name for node in nodes if isinstance(node, ast.Import) for a in node.names}
    others = {n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module and not n.level}
    return {name.split(".")[0] for name in plain | others}


def cells(page: Path) -> str:
    """Return the code of a chapter."""
    code = [cell.source for cell in jupytext.read(page).cells if cell.cell_type == "code"]
    return "\n".join(code)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(BOOK)))
def test_what_runs_in_a_browser_imports_what_is_there(module: Path) -> None:
    known = sys.stdlib_module_names | IN_BROWSERS | OURS
    assert imported(module.read_text("utf-8")) <= known


@pytest.mark.parametrize("page", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_chapter_imports_models_and_figures_and_opens_no_file(page: Path) -> None:
    code = cells(page)
    assert imported(code) <= IN_BROWSERS | {"netfin", "figures", "myst_nb", "dataclasses"}
    assert not FILE_READERS.search(code)


def test_each_dependency_is_explained_and_no_other() -> None:
    lists = (ROOT / "requirements.in").read_text() + (ROOT / "requirements-test.in").read_text()
    wanted = set(re.findall(r"^([a-z][a-z0-9-]*)", lists, re.MULTILINE))
    reasons = (ROOT / "CONTRIBUTING.md").read_text().split("## Why each dependency is here")[1]
    first_columns = "".join(re.findall(r"^\| (`.*?) \|", reasons, re.MULTILINE))
    assert set(re.findall(r"`([a-z0-9-]+)`", first_columns)) == wanted


@pytest.mark.parametrize("name", ["requirements", "requirements-test"])
def test_the_lock_holds_each_dependency_with_hashes(name: str) -> None:
    wanted = re.findall(r"^([a-z][a-z0-9-]*)", (ROOT / f"{name}.in").read_text(), re.MULTILINE)
    pinned = re.split(r"\n(?=\S)", (ROOT / f"{name}.txt").read_text())
    named = {entry.split("==")[0] for entry in pinned}
    assert set(wanted) <= named
    assert all("--hash=sha256:" in entry for entry in pinned)
    assert "://" not in "".join(pinned)


def test_each_command_is_explained() -> None:
    makefile, readme = (ROOT / "Makefile").read_text(), (ROOT / "README.md").read_text()
    commands = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)) - {"help"}
    assert commands == set(re.findall(r"^\| `make ([a-z]+)`", readme, re.MULTILINE))


def test_the_rooms_that_are_described_exist() -> None:
    rooms = (ROOT / "CONTRIBUTING.md").read_text().split("## Adding a chapter")[0]
    named = set(re.findall(r"`((?:book|data|tools|tests)/[a-z_./]*)`", rooms))
    assert len(named) >= 8
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_the_papers_can_be_read_by_machines() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert f"## {citation['version']} " in (ROOT / "CHANGELOG.md").read_text()
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert [repository["repo"] for repository in hooks] == ["local"]
    workflow = yaml.safe_load((ROOT / ".github/workflows/book.yml").read_text())
    assert {"run": ".ci/run"} in workflow["jobs"]["test"]["steps"]
