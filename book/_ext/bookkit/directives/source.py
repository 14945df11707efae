"""`show-source`: a model as it stands in its module, with the first line of its docstring only.

    ```{show-source} netfin.lending.break_even_rate
    ```

The page shows what runs; the rest of the docstring, for those who program, stays in the module.
"""

from __future__ import annotations

import ast
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from bookkit.directives.base import BookDirective, code_folder

Definition = ast.FunctionDef | ast.ClassDef


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
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            return file, node
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                if name == (alias.asname or alias.name):
                    return find(alias.name, node.module, folder)
    raise ValueError(f"{module!r} defines no {name!r}")


def shortened(definition: Definition, lines: list[str]) -> str:
    """Write a definition out, its docstring cut to the first line."""
    first = min([definition.lineno, *(each.lineno for each in definition.decorator_list)])
    last = definition.end_lineno
    docstring = ast.get_docstring(definition)
    if docstring is None:
        return "\n".join(lines[first - 1 : last])
    told = definition.body[0]
    indent = " " * told.col_offset
    summary = f'{indent}"""{docstring.splitlines()[0]}"""'
    rest = lines[told.end_lineno : last]
    return "\n".join([*lines[first - 1 : told.lineno - 1], summary, *rest])


class ShowSource(BookDirective):
    """Print one definition of a module or package below `book/`."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Read the module; an unknown name fails the build."""
        module, _, name = self.arguments[0].rpartition(".")
        folder = code_folder(self.env)
        try:
            file, definition = find(name, module, folder)
        except ValueError as fault:
            self.fail(fault)
        self.note(file_of(module, folder), file)
        code = shortened(definition, file.read_text(encoding="utf-8").splitlines())
        block = nodes.literal_block(code, code, language="python")
        self.set_source_info(block)
        return [block]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("show-source", ShowSource)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
