"""Every file belongs to a chapter or is a named shared thing; chapters know the floor alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bookkit.readers.chapters import load_parts, titles
from bookkit.readers.quizzes import read_entries
from explorer.imports import scan
from small_book import ROOT
from test_rooms import BOOK, NOTEBOOKS, cells

CHAPTERS = {slug.replace("-", "_") for slug in titles(load_parts(ROOT / "data" / "chapters.yml"))}
FLOOR = {
    "annuity",
    "arrays",
    "checks",
    "data",
    "facts",
    "lending",
    "newsvendor",
    "pool",
    "realised",
    "runs",
    "terms",
    "turning",
    "two_sides",
}
SHARED = {
    "book/netfin": FLOOR,
    "book/figures": {"fonts", "front", "numbers", "panels", "style", "turning"},
    "tests/models": {"conftest", "contract", "ends", "data", "floor",
                     "strategies", "test_contract", "test_statements", "together"},
    "tests/chapters/oracles": {"front"},
    "tests/chapters/prose": {"conftest"},
    "data/quizzes": set(),
    "teaching": {"README"},
}  # fmt: skip
PAGE = re.compile(r"```\{(?:parameters|show-source)\} (.+)")


def stands_in(folder: Path) -> set[str]:
    """Return whom the files and folders in a folder belong to, by their names."""
    files = {file for file in folder.glob("*") if not file.name.startswith(("_", "."))}
    return {file.stem.removeprefix("test_").replace("-", "_") for file in files}


@pytest.mark.parametrize("folder", SHARED)
def test_what_belongs_to_no_chapter_is_named(folder: str) -> None:
    shared = {name.removeprefix("test_") for name in SHARED[folder]}
    assert stands_in(ROOT / folder) - CHAPTERS - shared == set()


def test_a_page_is_a_chapter_or_back_matter() -> None:
    assert {page.stem.replace("-", "_") for page in NOTEBOOKS} <= CHAPTERS | {"index"}


def known(source: str, package: str, inside: str = "") -> set[str]:
    """Return what a text imports of a package: its modules and packages, by their first name."""
    names = (name.split(".") for name in scan(source, inside).modules)
    return {parts[1] for parts in names if parts[0] == package and len(parts) > 1}


def modules_of(chapter: str) -> Iterator[tuple[Path, str]]:
    for file in sorted((BOOK / "figures" / chapter).rglob("*.py")):
        yield file, ".".join(file.parent.relative_to(BOOK).parts)


@pytest.mark.parametrize("chapter", sorted(CHAPTERS & stands_in(BOOK / "figures")))
def test_a_chapters_pictures_know_its_own_models_and_the_floor(chapter: str) -> None:
    for file, package in modules_of(chapter):
        assert known(file.read_text("utf-8"), "netfin", package) <= FLOOR | {chapter}, file


@pytest.mark.parametrize("page", NOTEBOOKS, ids=lambda page: page.stem)
def test_a_page_knows_its_own_packages_and_the_floor(page: Path) -> None:
    chapter = page.stem.replace("-", "_")
    pictures = {"numbers", "front"} if chapter == "index" else {"numbers", chapter}
    assert known(cells(page), "netfin") <= FLOOR | {chapter}
    assert known(cells(page), "figures") <= pictures


@pytest.mark.parametrize(
    ("source", "package", "found"),
    [
        ("from netfin import spread", "netfin", {"spread"}),
        ("from netfin.data import load", "netfin", {"data"}),
        ("import netfin.scoring.samples", "netfin", {"scoring"}),
        ("from ..spread import bars", "figures", {"spread"}),
        ("from figures import style as look", "figures", {"style"}),
        ("import netfiner.spread", "netfin", set()),
    ],
)  # fmt: skip
def test_what_a_text_imports_is_seen(source: str, package: str, found: set[str]) -> None:
    assert known(source, package, "figures.front") == found


def imported(source: str, package: str) -> set[str]:
    """Return the names that a text imports from a package, not from a module in it."""
    nodes = ast.walk(ast.parse(source))
    found = (
        node.names for node in nodes if isinstance(node, ast.ImportFrom) and node.module == package
    )
    return {alias.name for names in found for alias in names}


def asked(file: Path, package: str) -> set[str]:
    """Return the names of a package that the formulas of a quiz use."""
    names: set[str] = set()
    for entry in read_entries(file) if file.is_file() else []:
        numbers = [entry, *entry.get("wrong", [])]
        if entry.get("from") == package:
            formulas = [ast.walk(ast.parse(each["model"])) for each in numbers if "model" in each]
            found = {n.id for nodes in formulas for n in nodes if isinstance(n, ast.Name)}
            names |= found - set(entry.get("given", {}))
    return names


def shown(page: Path, package: str) -> set[str]:
    """Return the names of a package that a page's tables of parameters and listings show."""
    names: set[str] = set()
    for arguments in PAGE.findall(page.read_text("utf-8")):
        where, *beside = arguments.split()
        if where.rpartition(".")[0] == package:
            names |= {where.rpartition(".")[2], *beside}
    return names


def told(page: Path) -> set[str]:
    """Return the names in the code that a page quotes in its sentences, as its exercises do."""
    quoted = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", page.read_text("utf-8"))
    return {name for code in quoted for name in re.findall(r"[A-Za-z_]\w*", code)}


def listed(package: str) -> set[str]:
    """Return what a package lists in `__all__`, read without importing it."""
    file = BOOK.joinpath(*package.split("."), "__init__.py")
    for node in ast.parse(file.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            names: list[str] = ast.literal_eval(node.value)
            return set(names)
    return set()


@pytest.mark.parametrize("layer", ["netfin", "figures"])
@pytest.mark.parametrize("page", [p for p in NOTEBOOKS if p.stem != "index"], ids=lambda p: p.stem)
def test_a_package_lists_what_its_page_and_quiz_use_and_no_more(page: Path, layer: str) -> None:
    package = f"{layer}.{page.stem.replace('-', '_')}"
    quiz = ROOT / "data" / "quizzes" / f"{page.stem}.yml"
    used = imported(cells(page), package) | asked(quiz, package) | shown(page, package)
    assert used <= listed(package) <= used | told(page)
