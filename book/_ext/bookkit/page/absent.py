"""A link to a chapter that is listed and not in this copy is plain words: a book week by week.

Whoever takes chapters out of `_toc.yml` need not change the pages that link to them. A link to a
page that nobody lists stops the build as ever. Notebooks do the same (`home.roles`).
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from bookkit.readers.chapters import load_parts, titles


def forgive(app: Sphinx, config: Config) -> None:
    """Let links to listed chapters lead nowhere; what is wrong in the list, the map says."""
    with suppress(ValueError, OSError):
        listed = titles(load_parts(Path(app.srcdir, "data", "chapters.yml")))
        missing = {("myst", f"book/{slug}") for slug in listed}
        config["nitpick_ignore"] = {*config.nitpick_ignore, *missing}


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to the reading of the configuration."""
    app.connect("config-inited", forgive)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
