"""The foot of every page: edition, age of the data, where to report an error.

All of it comes from `CITATION.cff`, from the dates in `data/catalogue.toml` and from what `fresh`
knows of the data behind a page, so that the same sources give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from bookkit.fresh import kept
from bookkit.readers.edition import CITATION, citation, edition, in_words, retrieved

ENTRY = re.compile(r"data/catalogue\.toml \[(.+)\]")
ERRATA = "book/errata"
FORM = "error.yml"


def data_as_of(days: dict[str, date], record: Iterable[str]) -> str:
    """Return the newest day among the data sets of a page's record, among all if it has none."""
    used = {found[1] for key in record if (found := ENTRY.fullmatch(key))} & days.keys()
    return in_words(max(days[name] for name in used or days))


def report(repository: str, page: str, edition: str) -> str:
    """Return the address of a new issue about a page, filled in as far as it can be.

    The fields are those of the form, `.github/ISSUE_TEMPLATE/error.yml`.
    """
    fields = {"page": f"{page}.html", "edition": edition}
    query = urlencode({"template": FORM, "title": f"Error on page {page}", **fields})
    return f"{repository.rstrip('/')}/issues/new?{query}"


class Foot:
    """What the layout prints at the foot of a page; its sources are read once a build."""

    def read(self, app: Sphinx) -> None:
        """Read the edition and the days of the data; what is wrong there stops the build."""
        root = Path(app.srcdir)
        try:
            self.edition = edition(citation(root / CITATION))
            self.days = retrieved(root / "data" / "catalogue.toml")
        except ValueError as fault:
            raise ExtensionError(str(fault)) from None
        if "explorer_source" in app.config:  # what an explorer says where it stands alone
            app.config.explorer_source = f"{app.config.html_title}, edition {self.edition}"

    def add(
        self, app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object
    ) -> None:
        """Hand the layout what stands at the foot of a page."""
        context["edition"] = self.edition
        context["data_as_of"] = data_as_of(self.days, kept(app.env, "page_records").get(page, {}))
        if repository := context.get("theme_repository_url"):
            context["report"] = report(repository, page, self.edition)
        elif ERRATA in app.env.found_docs:
            context["report"] = f"{app.builder.get_relative_uri(page, ERRATA)}#report-an-error"


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to the start of the build and to every page."""
    foot = Foot()
    app.connect("builder-inited", foot.read)
    app.connect("html-page-context", foot.add)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
