"""`show-source`: a model as it stands in its module, without what only programmers need.

    ```{show-source} netfin.lending.break_even_rate
    ```

The page shows what is computed. The docstring's further lines and the statements that only check
arguments stay in the module: with legal arguments the function does the same without them.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from bookkit.directives.base import BookDirective, code_folder
from bookkit.directives.models import entry_link
from bookkit.page.html_tag import rung
from bookkit.readers.listing import shortened
from bookkit.readers.models import file_of, find


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
