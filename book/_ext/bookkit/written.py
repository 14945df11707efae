"""Write the pages that may look different, and take the others from the last site.

A page is written if it has been read, or if what pages share has changed; every other one is
copied from the site that `last_site` names, byte for byte what writing it would give. With no such
site all pages are written.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bookkit.made_of import sources_of
from bookkit.shared import note_targets, shared

SHOWN = "shared_digests"
WHY = "shared_changed"  # for `report.json`: what made all pages be written


class Writing:
    """What one build writes."""

    def __init__(self, app: Sphinx) -> None:
        self.sources = sources_of(app)

    def take_over(self, app: Sphinx) -> None:
        """Decide in Sphinx's place what is written."""
        builder: Any = app.builder
        if builder.name == "html":
            builder.get_outdated_docs = list

    def outdated(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return the pages to be written besides those read; copy the others.

        The first page is among them, for Sphinx writes it each time; without any it would end here.
        """
        old, now = env.__dict__.get(SHOWN, {}), shared(env, self.sources)
        env.__dict__[SHOWN] = now
        env.__dict__[WHY] = sorted(k for k in old | now if old.get(k) != now.get(k))
        last, here = Path(app.config.last_site or "no such site"), Path(app.outdir)
        known = {page for page in env.found_docs if (last / f"{page}.html").is_file()}
        kept = set() if env.__dict__[WHY] else known
        images = {f"{app.builder.imagedir}/{name}" for _, name in env.images.values()}
        for name in sorted({f"{page}.html" for page in kept} | images):
            if (last / name).is_file() and kept:
                (here / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(last / name, here / name)
        return [app.config.root_doc, *sorted(env.found_docs - kept)]


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to the start of the build, and to the time when all pages are read and numbered."""
    writing = Writing(app)
    app.add_config_value("last_site", "", "")
    app.connect("builder-inited", writing.take_over)
    app.connect("doctree-read", note_targets)
    app.connect("env-get-updated", writing.outdated, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
