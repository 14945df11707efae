"""The foot of every page: edition, age of the data, where to report an error; and how to cite.

    ```{citation}
    ```

All of it comes from `CITATION.cff`, from the dates in `data/catalogue.toml` and from what `fresh`
knows of the data behind a page, so that the same sources give the same bytes.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import yaml  # type: ignore[import-untyped]
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

CITATION = "CITATION.cff"
NEEDED = ("title", "authors", "version", "date-released")
ENTRY = re.compile(r"data/catalogue\.toml \[(.+)\]")
ERRATA = "book/errata"


def in_words(day: date) -> str:
    """Write a date as 22 November 2026."""
    return f"{day.day} {day:%B %Y}"


def citation(root: Path) -> dict[str, Any]:
    """Read how the book is cited; a missing entry stops the build."""
    content: dict[str, Any] = yaml.safe_load((root / CITATION).read_text(encoding="utf-8"))
    if missing := [key for key in NEEDED if not content.get(key)]:
        raise ExtensionError(f"{CITATION}: {', '.join(missing)} is missing")
    return content


def edition(root: Path) -> str:
    """Name the edition and its day."""
    cited = citation(root)
    return f"{cited['version']} of {in_words(date.fromisoformat(cited['date-released']))}"


def retrieved(root: Path) -> dict[str, date]:
    """Look up the day on which each data set was retrieved."""
    content = tomllib.loads((root / "data" / "catalogue.toml").read_text(encoding="utf-8"))
    return {name: entry["retrieved"] for name, entry in content.items()}


def data_as_of(days: dict[str, date], record: dict[str, str]) -> str:
    """Return the newest day among the data sets of a page's record, among all if it has none."""
    used = {found[1] for key in record if (found := ENTRY.fullmatch(key))} & days.keys()
    return in_words(max(days[name] for name in used or days))


def report(repository: str, page: str, title: str, edition: str) -> str:
    """Return the address of a new issue about a page, filled in as far as it can be."""
    body = f"Page: {page}.html\nEdition: {edition}\n\nWhat is wrong:\n\nWhat would be right:\n"
    return f"{repository.rstrip('/')}/issues/new?{urlencode({'title': title, 'body': body})}"


def foot(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Hand the layout what stands at the foot of a page."""
    root = Path(app.srcdir)
    records: dict[str, dict[str, str]] = getattr(app.env, "page_records", {})
    context["edition"] = edition(root)
    context["data_as_of"] = data_as_of(retrieved(root), records.get(page, {}))
    repository = context.get("theme_repository_url")
    if repository:
        title = f"Error on page {page}"
        context["report"] = report(repository, page, title, context["edition"])
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
        year = date.fromisoformat(cited["date-released"]).year
        told = f"{who} ({year}). {cited['title']}. Edition {edition(root)}."
        return [nodes.block_quote("", nodes.paragraph(told, told))]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive, and the handler of every page."""
    app.add_directive("citation", Citation)
    app.connect("html-page-context", foot)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
