"""`citation`: how the book is cited, out of `CITATION.cff`.

```{citation}
```
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from bookkit.directives.base import BookDirective
from bookkit.readers.edition import CITATION, citation, reference


class Citation(BookDirective):
    """Print how the book is cited."""

    def run(self) -> list[nodes.Node]:
        """Read the citation file, which the page depends on."""
        file = Path(self.env.srcdir, CITATION)
        self.note(file)
        try:
            told = reference(citation(file))
        except ValueError as fault:
            self.fail(fault)
        return [nodes.block_quote("", nodes.paragraph(told, told))]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("citation", Citation)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
