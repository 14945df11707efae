"""Make tables, folds and the bibliography sound for screen readers and for the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


SCROLLS = '<div class="pst-scrollable-table-container"'
REPAIRS = {
    "<th></th>": "<td></td>",  # the corner over a data frame's index: empty, it is no heading
    f"{SCROLLS}>": f'{SCROLLS} tabindex="0">',  # the keyboard reaches what is wider than the page
    ' aria-label="Toggle hidden content"': "",  # a fold is named by the words that it shows
    ' role="doc-biblioentry"': ' role="listitem"',  # the other is deprecated
}


def sound(
    app: Sphinx,
    pagename: str,
    template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Put right in a page's body what docutils, pandas and the theme write."""
    for old, new in REPAIRS.items():
        if "body" in context:
            context["body"] = context["body"].replace(old, new)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the change, which the page's template then finds in its body."""
    app.connect("html-page-context", sound)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
