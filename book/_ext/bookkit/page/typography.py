"""Set what stands on a page as its pictures are set: minus signs, quotation marks, percent signs.

Markdown has smart quotation marks of its own; what directives, data frames and lists in `data/`
bring has none, and nothing else sees to the other signs. What is code, formula or explorer stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from explorer.signs import typeset

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

# Explorers have set their own words, for these travel in scripts.
AS_THEY_ARE = "pre|code|script|style|math|kbd|textarea|model-explorer"
MARKUP = re.compile(
    rf"<(?P<whole>{AS_THEY_ARE})\b.*?</(?P=whole)>|<!--.*?-->|</?(?P<name>[\w-]+)[^>]*>", re.DOTALL
)
INLINE = {"a", "abbr", "b", "button", "cite", "em", "i", "mark", "small", "span", "strong",
          "sub", "sup"}  # fmt: skip
IN_LINE_WHOLE = {"code", "math", "kbd"}


def _pieces(body: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Yield the text before each piece of markup, and that markup."""
    end = 0
    for markup in MARKUP.finditer(body):
        yield body[end : markup.start()], markup
        end = markup.end()
    yield body[end:], None


def typeset_html(body: str) -> str:
    """Return a page's body with its text set, sentences that run through links included."""
    done, before = [], "\n"
    for text, markup in _pieces(body):
        if text:
            plain = unescape(text)
            set_ = typeset(plain, before)
            done.append(text if set_ == plain else escape(set_, quote=False))
            before = plain[-1]
        if markup:
            done.append(markup[0])
            if markup["whole"]:
                before = "x" if markup["whole"] in IN_LINE_WHOLE else "\n"
            elif markup["name"] not in INLINE:
                before = "\n"
    return "".join(done)


def set_type(
    app: Sphinx,
    pagename: str,
    template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Set what the page's template then finds in its body."""
    if "body" in context:
        context["body"] = typeset_html(context["body"])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the change."""
    app.connect("html-page-context", set_type)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
