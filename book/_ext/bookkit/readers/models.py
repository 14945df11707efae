"""The public functions and classes of a package, module by module, read without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bookkit.readers.docstrings import Docstring, read_docstring

Definition = ast.FunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Model:
    """A function or a class, and where it is defined."""

    module: str
    node: Definition

    @property
    def name(self) -> str:
        """The name with its module before it."""
        return f"{self.module}.{self.node.name}"

    @property
    def call(self) -> str:
        """How it is called: names, defaults, what comes by name alone; of a class the name."""
        if isinstance(self.node, ast.ClassDef):
            return self.node.name
        given = ast.parse(ast.unparse(self.node.args).join(("def f(", "): ..."))).body[0]
        for each in ast.walk(given):
            if isinstance(each, ast.arg):
                each.annotation = None
        assert isinstance(given, ast.FunctionDef)
        return f"{self.node.name}({ast.unparse(given.args)})"

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What an object of a class holds: names, and units where the code says them."""
        if not isinstance(self.node, ast.ClassDef):
            return []
        lines = (each for each in self.node.body if isinstance(each, ast.AnnAssign))
        return [(ast.unparse(each.target), _unit(each.annotation)) for each in lines]

    @property
    def said(self) -> Docstring:
        """The docstring."""
        return read_docstring(ast.get_docstring(self.node) or "")


@cache
def parsed(text: str) -> ast.Module:
    """Parse a module once, however many names are looked up in it."""
    return ast.parse(text)


def _unit(annotation: ast.expr) -> str:
    """Return the unit that a parameter's `About` names."""
    for call in (each for each in ast.walk(annotation) if isinstance(each, ast.Call)):
        if ast.unparse(call.func) == "About" and isinstance(call.args[1], ast.Constant):
            return str(call.args[1].value)
    return ""


def modules(book: Path, package: str) -> Iterator[tuple[str, Path]]:
    """Yield names and files of a package's modules: what all share, then package by package."""
    own = sorted((book / package).rglob("*.py"))
    for file in sorted(own, key=lambda each: (len(each.relative_to(book).parts) > 2, each)):
        if not file.name.startswith("_"):
            yield ".".join(file.relative_to(book).with_suffix("").parts), file


def about(file: Path) -> str:
    """Return the first paragraph of a module's docstring."""
    told = ast.get_docstring(parsed(file.read_text(encoding="utf-8"))) or ""
    return " ".join(told.partition("\n\n")[0].split())


def public(module: str, file: Path) -> list[Model]:
    """List what a module defines for others, in its order."""
    body = parsed(file.read_text(encoding="utf-8")).body
    defined = (each for each in body if isinstance(each, ast.FunctionDef | ast.ClassDef))
    return [Model(module, each) for each in defined if not each.name.startswith("_")]


def file_of(module: str, folder: Path) -> Path:
    """Find the file of a module or a package."""
    path = folder.joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    if not file.is_file():
        raise ValueError(f"there is no module {module!r} in book/")
    return file


def find(name: str, module: str, folder: Path) -> tuple[Path, Definition]:
    """Find a function or class at the top of a module, or where a package has it from."""
    file = file_of(module, folder)
    for node in parsed(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            return file, node
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                if name == (alias.asname or alias.name):
                    return find(alias.name, node.module, folder)
    raise ValueError(f"{module!r} defines no {name!r}")
