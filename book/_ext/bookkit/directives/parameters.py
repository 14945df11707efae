"""`parameters`: the table of a model's parameters, made from the code itself.

    ```{parameters} netfin.lending.LendingTerms BANK
    ```

After the class may stand objects of it in the same module, a column of values each; without any,
the class's defaults. An object of a narrower class has sources of its own and is refused.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bookkit.directives.base import BookDirective, cited, row, table
from bookkit.directives.facts import amount, find
from bookkit.directives.models import entry_link
from bookkit.fresh import note_code
from bookkit.readers.symbols import latex


class Parameters(BookDirective):
    """Print symbol, name, values, unit, source and date of each parameter."""

    required_arguments = 1
    optional_arguments = 9

    def run(self) -> list[nodes.Node]:
        """Read the class; an unknown name fails the build."""
        from netfin.terms import parameters

        path, _, name = self.arguments[0].rpartition(".")
        try:
            module = import_module(path)
            terms = getattr(module, name)
            values = {each: getattr(module, each) for each in self.arguments[1:]}
        except (ImportError, AttributeError, ValueError) as error:
            self.fail(error)
        note_code(self.env, f"import {path}")
        for each, value in values.items():
            if type(value) is not terms:
                self.fail(f"{each} is of {type(value).__name__}: its sources stand there")
        shown = values or {"Default": terms()}
        try:
            rows = [told(self.env, *each, shown) for each in parameters(terms).items()]
        except ValueError as fault:
            self.fail(f"{self.arguments[0]}: {fault}")
        made = table(("Symbol", "In code", *shown, "Unit", "Source", "Date"), rows, "cards")
        return [made, *entry_link(self.env, self.arguments[0])]


def told(env: BuildEnvironment, name: str, about: Any, shown: dict[str, Any]) -> nodes.row:
    """Return one parameter as a row."""
    values = [f"{getattr(terms, name):g}" for terms in shown.values()]
    cells: list[list[nodes.Node]] = [
        [nodes.math(about.symbol, latex(about.symbol))],
        [nodes.literal(name, name)],
        *([nodes.literal(value, value)] for value in values),
        [nodes.Text(about.unit)],
        *source(env, about),
    ]
    return row(cells)


def source(env: BuildEnvironment, about: Any) -> list[list[nodes.Node]]:
    """Say where a default comes from, and of when that is: the cells of source and date."""
    told: list[nodes.Node] = [nodes.Text(about.source)]
    if not about.fact:
        return [told, [nodes.Text(about.as_of or "—")]]
    fact = find(env, about.fact)
    told += [nodes.Text(" ("), amount(env, fact), nodes.Text(f" {fact.basis}; "),
             cited(fact.bibkey, "label", env.docname), nodes.Text(")")]  # fmt: skip
    return [told, [nodes.Text(fact.period)]]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    for part in ("bookkit.directives.facts", "bookkit.directives.models"):
        app.setup_extension(part)
    app.add_directive("parameters", Parameters)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
