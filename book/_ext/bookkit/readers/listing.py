"""A model as a reader is shown it: without what only programmers need."""

from __future__ import annotations

import ast

from bookkit.readers.models import Definition


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
