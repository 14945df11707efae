"""Keep the page light: the theme's own styles, scripts and icon fonts never reach the reader.

The book's layout, style and script (`_templates/`, `_static/`) stand in for them. What an extension
brings for its own directives stays on the pages that use it.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

# The theme's files, and the styles of notebook cells and of folds, which book.css holds in a tenth
# of the size.
REPLACED = (
    "_static/styles/",
    "_static/scripts/",
    "_static/mystnb.",
    "_static/basic.css",
    "_static/sphinx-design.",
    "_static/design-tabs.js",
)
# Files that a page needs only if its text holds the mark beside them.
NEEDED_FOR = {
    "_static/clipboard.min.js": 'class="highlight"',
    "_static/copybutton.": 'class="highlight"',
}
UNUSED = (
    "vendor",
    "locales",
    "styles",
    "scripts",
    "images",
    "*webpack-macros.html",
    "mystnb.*.css",
    "basic.css",
    "sphinx-design.min.css",
    "design-tabs.js",
    "file.png",
    "plus.png",
    "minus.png",
    "copybutton_funcs.js",
)


def is_wanted(filename: str, body: str) -> bool:
    """Tell whether a page with this body needs the style sheet or script."""
    if filename.startswith(REPLACED):
        return False
    marks = [mark for prefix, mark in NEEDED_FOR.items() if filename.startswith(prefix)]
    return all(mark in body for mark in marks)


def drop_unneeded(
    app: Sphinx,
    pagename: str,
    template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Leave on the page only the files that it needs, and no script that stands in the page.

    The theme writes one for a menu of versions; strict policies forbid them.
    """
    body = context.get("body", "")
    for kind in ("css_files", "script_files"):
        files = context[kind]
        files[:] = [file for file in files if file.filename and is_wanted(file.filename, body)]


def prune(app: Sphinx, error: Exception | None) -> None:
    """Remove from the built site what no page asks for."""
    static = Path(app.outdir, "_static")
    if error or app.builder.format != "html":
        return
    for pattern in UNUSED:
        for path in static.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Hook in after the theme (priority 501) has named its files."""
    # Jupyter Book sets it even where its comments extension is not loaded.
    app.add_config_value("comments_config", {}, "")
    app.connect("html-page-context", drop_unneeded, priority=900)
    app.connect("build-finished", prune)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
