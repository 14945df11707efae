"""A model is shown as it stands in its module, also by the name that its package gives it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bookkit.readers.listing import shortened
from bookkit.readers.models import find

FILES = {
    "shop/__init__.py": "from shop.till import count as counted\nfrom shop.till import Coin\n",
    "shop/till.py": 'def count(x):\n    """Count.\n\n    Long.\n    """\n    return x\n\n\n'
    "class Coin:\n    pass\n",
    "alone.py": "def here(): ...\n",
    "checked.py": """\
def cost(loan, terms, years):
    \"\"\"Cost.\"\"\"
    terms = instance("terms", terms, Terms)
    matching(
        loan=loan,
    )
    amount = finite("loan", loan)
    years = whole_number("year", years, 2)
    return amount * years
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "module", "file", "defined"),
    [
        ("here", "alone", "alone.py", "here"),
        ("count", "shop.till", "shop/till.py", "count"),
        ("counted", "shop", "shop/till.py", "count"),
        ("Coin", "shop", "shop/till.py", "Coin"),
    ],
)
def test_a_definition_is_found(
    folder: Path, name: str, module: str, file: str, defined: str
) -> None:
    where, definition = find(name, module, folder)
    assert (where, definition.name) == (folder / file, defined)


@pytest.mark.parametrize(
    ("name", "module", "said"),
    [
        ("count", "shop", "'shop' defines no 'count'"),
        ("x", "shop.till", "'shop.till' defines no 'x'"),
        ("x", "nowhere", "there is no module 'nowhere' in book/"),
        ("x", "shop.nowhere", "there is no module 'shop.nowhere' in book/"),
    ],
)
def test_what_is_not_there_is_named(folder: Path, name: str, module: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        find(name, module, folder)


def test_of_the_docstring_the_first_line_is_shown(folder: Path) -> None:
    file, definition = find("counted", "shop", folder)
    code = shortened(definition, file.read_text().splitlines())
    assert code == 'def count(x):\n    """Count."""\n    return x'
    assert ast.parse(code)


def test_lines_that_only_check_arguments_are_left_out(folder: Path) -> None:
    file, definition = find("cost", "checked", folder)
    assert shortened(definition, file.read_text().splitlines()).splitlines() == [
        "def cost(loan, terms, years):",
        '    """Cost."""',
        '    amount = finite("loan", loan)',
        '    years = whole_number("year", years, 2)',
        "    return amount * years",
    ]
