"""What a page depends on is found without running it."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer import imports
from explorer.cache import CACHE
from explorer.imports import Code, closure, files_named, scan


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder of modules: shop → money → coins, and art beside a picture."""
    files = {
        "shop.py": "def late():\n    from money import count\n    return count",
        "money/__init__.py": "from .coins import COINS",
        "money/coins.py": "COINS = 'penny.csv'",
        "money/notes.py": "",
        "art/__init__.py": "",
        "art/frame.svg": "<svg/>",
        "art/README.md": "words",
        "any.py": "import importlib\n\ndef pick(name):\n    return importlib.import_module(name)",
        "known.py": "from importlib import import_module\n\nimport_module('shop')",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("x = 1", set()),
        ("import numpy", set()),
        ("import shop", {"shop.py", "money/__init__.py", "money/coins.py"}),
        ("from money import notes", {"money/__init__.py", "money/coins.py", "money/notes.py"}),
        ("%matplotlib inline\nimport art", {"art/__init__.py", "art/frame.svg"}),
        ("import known", {"known.py", "shop.py", "money/__init__.py", "money/coins.py"}),
    ],
)
def test_imports_are_followed(root: Path, cell: str, expected: set[str]) -> None:
    found = closure([cell], root).files
    assert {str(file.relative_to(root)) for file in found} == expected


@pytest.mark.parametrize("cell", ["import any", "this is no Python"])
def test_what_cannot_be_known_depends_on_every_module(root: Path, cell: str) -> None:
    assert closure([cell], root).files == {
        file for file in root.rglob("*") if file.suffix in (".py", ".svg")
    }


def test_words_are_literals_but_not_docstrings(root: Path) -> None:
    assert closure(["import money"], root).words == {"penny.csv"}
    assert scan('def f():\n    """Read wheat.csv."""\n    return "rye.csv"').words == {"rye.csv"}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("harvest.csv", True),
        ("../data/harvest.csv", True),
        ("*.csv", True),
        ("harvest", False),
        ("an harvest.csv", False),
        ("*", False),
    ],
)
def test_a_literal_names_a_file(word: str, expected: bool) -> None:
    file = Path("data/harvest.csv")
    assert files_named([word], [file]) == ({file} if expected else set())


def test_a_file_is_scanned_once_while_it_stays_as_it_is(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned: list[str] = []

    def scan_and_tell(source: str, package: str = "") -> Code:
        scanned.append(source)
        return scan(source, package)

    monkeypatch.setenv(CACHE, str(tmp_path / "kept"))
    monkeypatch.setattr(imports, "scan", scan_and_tell)
    first = closure(["import shop"], root)
    assert (root / "shop.py").read_text() in scanned
    scanned.clear()
    imports._kept_scan.cache_clear()  # as in a new process
    assert closure(["import shop"], root) == first
    assert scanned == ["import shop"]
    (root / "money" / "coins.py").write_text("COINS = 'dime.csv'")
    assert closure(["import shop"], root).words == {"dime.csv"}
    assert scanned[-1] == "COINS = 'dime.csv'"
