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
from sphinx.util.docutils import SphinxDirective

BOOK = Path(__file__).resolve().parents[1]
Definition = ast.FunctionDef | ast.ClassDef


def find(name: str, module: ast.Module) -> Definition | None:
    """Find a function or class at the top of a module by its name."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            return node
    return None


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


class ShowSource(SphinxDirective):
    """Print one definition of a module below `book/`."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Read the module; an unknown name fails the build."""
        module, _, name = self.arguments[0].rpartition(".")
        path = BOOK.joinpath(*module.split(".")).with_suffix(".py")
        if not path.is_file():
            raise self.error(f"show-source: there is no module {module!r} in book/")
        self.env.note_dependency(str(path))
        text = path.read_text(encoding="utf-8")
        definition = find(name, ast.parse(text))
        if definition is None:
            raise self.error(f"show-source: {module!r} defines no {name!r}")
        code = shortened(definition, text.splitlines())
        block = nodes.literal_block(code, code, language="python")
        self.set_source_info(block)
        return [block]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("show-source", ShowSource)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
