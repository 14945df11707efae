"""The foot of every page: edition, age of the data, where to report an error; and how to cite.

    ```{citation}
    ```

All of it comes from `CITATION.cff`, from the dates in `data/catalogue.toml` and from what `fresh`
knows of the data behind a page, so that the same sources give the same bytes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import yaml  # type: ignore[import-untyped]
from babel.dates import format_date
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

CITATION = "CITATION.cff"
NEEDED = ("title", "authors", "version", "date-released")
ENTRY = re.compile(r"data/catalogue\.toml \[(.+)\]")
ERRATA = "book/errata"


def in_words(day: date) -> str:
    """Write a date as 22 November 2026, whatever language this machine speaks."""
    return format_date(day, "d MMMM y", locale="en")


def citation(root: Path) -> dict[str, Any]:
    """Read how the book is cited; a missing entry stops the build."""
    content: dict[str, Any] = yaml.safe_load((root / CITATION).read_text(encoding="utf-8"))
    if missing := [key for key in NEEDED if not content.get(key)]:
        raise ExtensionError(f"{CITATION}: {', '.join(missing)} is missing")
    try:
        content["released"] = date.fromisoformat(str(content["date-released"]))
    except ValueError:
        raise ExtensionError(f"{CITATION}: date-released must be a day such as 2026-11-22, is "
                             f"{content['date-released']!r}") from None  # fmt: skip
    return content


def edition(cited: dict[str, Any]) -> str:
    """Name the edition and its day."""
    return f"{cited['version']} of {in_words(cited['released'])}"


def retrieved(root: Path) -> dict[str, date]:
    """Look up the day on which each data set was retrieved."""
    content = tomllib.loads((root / "data" / "catalogue.toml").read_text(encoding="utf-8"))
    days = {name: entry.get("retrieved") for name, entry in content.items()}
    if wrong := [name for name, day in days.items() if not isinstance(day, date)]:
        raise ExtensionError(f"catalogue.toml: {', '.join(wrong)}: retrieved must be a day such as "
                             "2026-11-22, without quotation marks")  # fmt: skip
    return days


def data_as_of(days: dict[str, date], record: Iterable[str]) -> str:
    """Return the newest day among the data sets of a page's record, among all if it has none."""
    used = {found[1] for key in record if (found := ENTRY.fullmatch(key))} & days.keys()
    return in_words(max(days[name] for name in used or days))


def report(repository: str, page: str, edition: str) -> str:
    """Return the address of a new issue about a page, filled in as far as it can be."""
    body = f"Page: {page}.html\nEdition: {edition}\n\nWhat is wrong:\n\nWhat would be right:\n"
    query = urlencode({"title": f"Error on page {page}", "body": body})
    return f"{repository.rstrip('/')}/issues/new?{query}"


class Foot:
    """What the layout prints at the foot of a page; its sources are read once a build."""

    def read(self, app: Sphinx) -> None:
        """Read the edition and the days of the data."""
        self.edition = edition(citation(Path(app.srcdir)))
        self.days = retrieved(Path(app.srcdir))

    def add(
        self, app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object
    ) -> None:
        """Hand the layout what stands at the foot of a page."""
        records: dict[str, dict[str, str]] = getattr(app.env, "page_records", {})
        context["edition"] = self.edition
        context["data_as_of"] = data_as_of(self.days, records.get(page, {}))
        if repository := context.get("theme_repository_url"):
            context["report"] = report(repository, page, self.edition)
        elif ERRATA in app.env.found_docs:
            context["report"] = f"{app.builder.get_relative_uri(page, ERRATA)}#report-an-error"


class Citation(SphinxDirective):
    """Print how the book is cited."""

    def run(self) -> list[nodes.Node]:
        """Read the citation file, which the page depends on."""
        root = Path(self.env.srcdir)
        self.env.note_dependency(str(root / CITATION))
        cited = citation(root)
        who = ", ".join(str(each["name"]) for each in cited["authors"]).rstrip(".")
        year = cited["released"].year
        told = f"{who} ({year}). {cited['title']}. Edition {edition(cited)}."
        return [nodes.block_quote("", nodes.paragraph(told, told))]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive, and the handler of every page."""
    app.add_directive("citation", Citation)
    foot = Foot()
    app.connect("builder-inited", foot.read)
    app.connect("html-page-context", foot.add)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
