"""A link to a chapter that is listed and not in this copy is plain words: a book week by week.

Whoever takes chapters out of `_toc.yml` need not change the pages that link to them. A link that
has no words of its own, `[](spread.md)`, is the chapter's title in the list. A link to a page that
nobody lists stops the build as ever. Notebooks do the same (`home.roles`).
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms.post_transforms import SphinxPostTransform

from bookkit.readers.chapters import load_parts, titles


def listed(folder: Path) -> dict[str, str]:
    """Return the titles of all chapters by their pages; what is wrong in the list, the map says."""
    with suppress(ValueError, OSError):
        every = titles(load_parts(folder / "data" / "chapters.yml"))
        return {f"book/{slug}": title for slug, title in every.items()}
    return {}


def forgive(app: Sphinx, config: Config) -> None:
    """Let links to listed chapters lead nowhere."""
    missing = {("myst", page) for page in listed(Path(app.srcdir))}
    config["nitpick_ignore"] = {*config.nitpick_ignore, *missing}


class Titled(SphinxPostTransform):
    """Say the title of a chapter that is not in this copy, where a link to it says nothing."""

    default_priority = 8  # before MyST leaves of such a link its words alone

    def run(self, **_: Any) -> None:
        """Put in the title."""
        for link in [*self.document.findall(pending_xref)]:
            page, of_page = link.get("reftarget"), link.get("refdomain") == "doc"
            if of_page and page not in self.env.all_docs and not link.astext():
                link[0] += nodes.Text(listed(Path(self.app.srcdir)).get(page, ""))


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to the reading of the configuration."""
    app.connect("config-inited", forgive)
    app.add_post_transform(Titled)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
