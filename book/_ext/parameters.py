"""`parameters`: the table of a model's parameters, made from the code itself.

    ```{parameters} netfin.spread.LendingTerms BANK SHOP_PLATFORM
    ```

After the class may stand objects of it in the same module, a column of values each; without any,
the class's defaults.
"""

from __future__ import annotations

import unicodedata
from importlib import import_module
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from facts import table


def latex(symbol: str) -> str:
    """Write a symbol as the chapters' equations do."""
    letter, _, index = symbol.partition("_")
    if not letter.isascii():
        letter = rf"\{unicodedata.name(letter).rpartition(' ')[2].lower()}"
    elif len(letter) > 1:
        letter = rf"\mathrm{{{letter}}}"
    return f"{letter}_{{{index}}}" if index else letter


class Parameters(SphinxDirective):
    """Print symbol, name, values, unit and source of each parameter."""

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
            raise self.error(f"parameters: {error}") from error
        self.env.note_dependency(str(module.__file__))
        self.env.note_dependency(str(Path(str(module.__file__)).with_name("terms.py")))
        shown = values or {"Default": terms()}
        rows = [row(each, about, shown) for each, about in parameters(terms).items()]
        return [table(("Symbol", "In code", *shown, "Unit", "Source"), rows)]


def row(name: str, about: Any, shown: dict[str, Any]) -> nodes.row:
    """Return one parameter as a row."""
    values = [f"{getattr(terms, name):g}" for terms in shown.values()]
    cells = [
        nodes.math(about.symbol, latex(about.symbol)),
        nodes.literal(name, name),
        *(nodes.literal(value, value) for value in values),
        nodes.Text(about.unit),
        nodes.Text(about.source),
    ]
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("parameters", Parameters)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
