"""`show-source`: a model as it stands in its module, without what only programmers need.

    ```{show-source} netfin.lending.break_even_rate
    ```

The page shows what is computed. The docstring's further lines and the statements that only check
arguments stay in the module: with legal arguments the function does the same without them.
"""

from __future__ import annotations

import ast

from docutils import nodes
from sphinx.application import Sphinx

from bookkit.directives.base import BookDirective, code_folder
from bookkit.directives.models import entry_link
from bookkit.page.html_tag import rung
from bookkit.readers.models import Definition, file_of, find


def only_checks(statement: ast.stmt) -> bool:
    """Tell whether a statement of a model does no more than refuse wrong arguments.

    That is a call whose result nobody keeps, for models have no effects; and an object handed
    through its check under its own name: `terms = instance("terms", terms, LendingTerms)`.
    """
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Call)
    match statement:
        case ast.Assign(
            targets=[ast.Name(id=name)],
            value=ast.Call(args=[ast.Constant(value=told), ast.Name(id=given), _]),
        ):
            return name == told == given
    return False


def shortened(definition: Definition, lines: list[str]) -> str:
    """Write a definition out: its docstring cut to the first line, checks of arguments left out."""
    first = min([definition.lineno, *(each.lineno for each in definition.decorator_list)])
    shown = dict(enumerate(lines[first - 1 : definition.end_lineno], start=first))
    for statement in definition.body:
        if only_checks(statement):
            for number in range(statement.lineno, (statement.end_lineno or 0) + 1):
                del shown[number]
    if docstring := ast.get_docstring(definition):
        told = definition.body[0]
        for number in range(told.lineno, (told.end_lineno or 0) + 1):
            del shown[number]
        shown[told.lineno] = " " * told.col_offset + f'"""{docstring.splitlines()[0]}"""'
    return "\n".join(shown[number] for number in sorted(shown))


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
        entry = entry_link(self.env, self.arguments[0])
        return [rung("code", f"The model in code: {name}", block, *entry)]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.setup_extension("bookkit.directives.models")
    app.setup_extension("bookkit.page.html_tag")
    app.add_directive("show-source", ShowSource)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
