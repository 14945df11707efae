"""What a page may load and run, told in its head for hosts that tell nothing, and for files.

No script that stands in a page runs, and nothing comes from another host. Figures keep their style
attributes; a style sheet that stands in a page is let in by its digest, and no other is.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from pathlib import PurePosixPath
from typing import Any

from sphinx.application import Sphinx

SELF, NONE = "'self'", "'none'"
UNUSED = ("base-uri", "connect-src", "frame-src", "media-src", "object-src", "worker-src")


def digest(style: str) -> str:
    """Name a style sheet that stands in a page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


def policy(style: str = "") -> str:
    """Return the policy of a page with this style sheet in it.

    Browsers that do not know `style-src-elem` and `style-src-attr` go by `style-src`.
    """
    told = {
        "default-src": SELF,  # not less: Firefox fetches the next page ahead under it
        "script-src": SELF,
        "style-src": f"{SELF} 'unsafe-inline'",
        "style-src-elem": f"{SELF} {digest(style)}" if style else SELF,
        "style-src-attr": "'unsafe-inline'",
        "img-src": f"{SELF} blob: data:",
        "font-src": f"{SELF} data:",
        "form-action": SELF,
        **dict.fromkeys(UNUSED, NONE),
    }
    return "; ".join(f"{name} {sources}" for name, sources in told.items())


def meta(style: str = "") -> str:
    """Return the tag for the head; it must come before what it is about."""
    return f'<meta http-equiv="Content-Security-Policy" content="{escape(policy(style), False)}">'


def hand_on(
    _app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Let the templates write the tag."""
    context["policy"] = meta


def root_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Hand Sphinx the page at the root, which leads on; what others would write has no head."""
    first = PurePosixPath(app.config.root_doc)
    if str(first) != "index":
        yield "index", {"leads_to": f"{first}.html"}, "moved.html"


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to the writing of pages."""
    app.connect("html-page-context", hand_on)
    app.connect("html-collect-pages", root_page)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
