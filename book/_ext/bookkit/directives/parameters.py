"""`parameters`: the table of a model's parameters, made from the code itself.

    ```{parameters} netfin.lending.LendingTerms BANK
    ```

After the class may stand objects of it in the same module, a column of values each; without any,
the class's defaults. An object of a narrower class has sources of its own and is refused.
"""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bookkit.directives.base import BookDirective, cited, row, table
from bookkit.directives.facts import amount, find
from bookkit.directives.models import entry_link
from bookkit.fresh import note_code
from bookkit.readers.parameters import Parameter, load_parameters, module_of
from bookkit.readers.parameters import Parameters as Table
from bookkit.readers.symbols import latex
from bookkit.worked_out import worked_out


class Parameters(BookDirective):
    """Print symbol, name, values, unit, source and date of each parameter."""

    required_arguments = 1
    optional_arguments = 9

    def run(self) -> list[nodes.Node]:
        """Read the class; an unknown name fails the build."""
        try:
            found = parameters_of(self.env, self.arguments)
        except ValueError as fault:
            self.fail(fault)
        try:
            rows = [told(self.env, each) for each in found.rows]
        except ValueError as fault:
            self.fail(f"{self.arguments[0]}: {fault}")
        made = table(("Symbol", "In code", *found.objects, "Unit", "Source", "Date"), rows, "cards")
        return [made, *entry_link(self.env, self.arguments[0])]


def parameters_of(env: BuildEnvironment, words: Sequence[str]) -> Table:
    """Return the parameters of a class, on whose code the page depends."""
    code = f"import {module_of(words)}"
    note_code(env, code)
    name = f"parameters {' '.join(words)}"
    return worked_out(env, name, [code, "import netfin.terms"], lambda: load_parameters(words))


def told(env: BuildEnvironment, each: Parameter) -> nodes.row:
    """Return one parameter as a row."""
    cells: list[list[nodes.Node]] = [
        [nodes.math(each.symbol, latex(each.symbol))],
        [nodes.literal(each.name, each.name)],
        *([nodes.literal(value, value)] for value in each.values),
        [nodes.Text(each.unit)],
        *source(env, each),
    ]
    return row(cells)


def source(env: BuildEnvironment, about: Parameter) -> list[list[nodes.Node]]:
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
