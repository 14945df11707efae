"""`404.html` at the root of the site, for hosts that serve it in place of a page that is missing.

It may be shown at any address, so it holds its style and names every page of the book.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

COLOURS = ("paper", "ink", "traditional", "internet")
Pages = list[tuple[str, str]]


def palette(css: str, selector: str) -> str:
    """Return the declarations of the colours that the page needs, from a rule of book.css."""
    rule = re.search(rf"^\s*{re.escape(selector)} \{{(.*?)\}}", css, re.MULTILINE | re.DOTALL)
    found = re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", rule[1] if rule else "")
    values = dict(found)
    if missing := [name for name in COLOURS if name not in values]:
        raise ValueError(f"book.css: the rule of {selector!r} sets no --{', --'.join(missing)}")
    return " ".join(f"--{name}: {values[name]};" for name in COLOURS)


def contents(env: BuildEnvironment) -> list[tuple[str, Pages]]:
    """List the pages part by part: caption, then addresses and titles."""
    root = env.config.root_doc
    parts: list[tuple[str, Pages]] = [("", [(root, env.titles[root].astext())])]
    for tree in env.tocs[root].findall(addnodes.toctree):
        pages = [(page, env.titles[page].astext()) for page in tree["includefiles"]]
        parts.append((str(tree.get("caption") or ""), pages))
    return parts


def collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Hand Sphinx one more page."""
    css = Path(app.srcdir, "book", "_static", "book.css").read_text(encoding="utf-8")
    colours = {"light": palette(css, "html"), "dark": palette(css, 'html[data-theme="dark"]')}
    yield "404", {"palette": colours, "contents": contents(app.env)}, "404.html"


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to the end of the build."""
    app.connect("html-collect-pages", collect)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
