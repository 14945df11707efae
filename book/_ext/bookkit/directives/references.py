"""Citations by author and year, in round brackets, and a bibliography labelled likewise."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from string import ascii_lowercase
from typing import Any, ClassVar

from pybtex.plugin import find_plugin, register_plugin
from pybtex.richtext import Text
from pybtex.style.formatting.unsrt import Style as Plain
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting.author_year_title import SortingStyle
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.plugin import register_plugin as register_reference_style
from sphinxcontrib.bibtex.style.referencing import BracketStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

from bookkit.readers.works import UNPUBLISHED, dollars, surnames

SEVERAL = 3
STYLE = Path(__file__).read_text(encoding="utf-8")  # how works are formatted, for what is kept


def round_brackets() -> BracketStyle:
    """Return brackets as economists set them."""
    return BracketStyle(left="(", right=")")


@dataclass
class RoundReferences(AuthorYearReferenceStyle):
    """Philippon (2015), (Philippon, 2015)."""

    bracket_parenthetical: BracketStyle = field(default_factory=round_brackets)
    bracket_textual: BracketStyle = field(default_factory=round_brackets)
    bracket_author: BracketStyle = field(default_factory=round_brackets)
    bracket_label: BracketStyle = field(default_factory=round_brackets)
    bracket_year: BracketStyle = field(default_factory=round_brackets)


def author_and_year(entry: Any) -> str:
    """Name a work by its authors and its year."""
    names = surnames(entry)
    who = f"{names[0]} et al." if len(names) >= SEVERAL else " and ".join(names)
    return f"{who} {entry.fields['year']}"


class AuthorYearLabels(BaseLabelStyle):  # type: ignore[misc]
    """Labels of the bibliography: Klein 1971, Fuster et al. 2019; Bloomberg 2018a and 2018b."""

    def format_labels(self, sorted_entries: list[Any]) -> Iterator[str]:
        """Yield one label for each entry; works of the same authors and year get letters."""
        labels = [author_and_year(entry) for entry in sorted_entries]
        for place, label in enumerate(labels):
            letter = ascii_lowercase[labels[:place].count(label)] if labels.count(label) > 1 else ""
            yield f"{label}{letter}"


class AuthorYear(Plain):  # type: ignore[misc]
    """The plain style, sorted and labelled by author and year; a draft says what became of it."""

    default_sorting_style = SortingStyle
    default_label_style = AuthorYearLabels
    formatted: ClassVar[dict[str, Any]] = {}  # by all that it is made of; kept between builds

    def format_entry(self, label: str, entry: Any, bib_data: Any = None) -> Any:
        """Format once what each build asks for twice, for the list and for citations' notes."""
        made_of = "\n".join((STYLE, label, entry.key, repr(entry)))
        key = sha256(made_of.encode()).hexdigest()
        if key not in self.formatted:
            self.formatted[key] = self.formatted_now(label, entry, bib_data)
        return self.formatted[key]

    def formatted_now(self, label: str, entry: Any, bib_data: Any) -> Any:
        """Add where a working paper was published; that none was found is for us alone."""
        shown = deepcopy(entry)
        shown.fields.update({name: dollars(words) for name, words in entry.fields.items()})
        told = super().format_entry(label, shown, bib_data)
        where = entry.fields.get("published", UNPUBLISHED)
        if not where.startswith(UNPUBLISHED):
            told.text = Text(told.text, " Published in ", Text.from_latex(where), ".")
        return told


def keep_formatted(_app: Sphinx, env: BuildEnvironment, _pages: list[str]) -> None:
    """Let what is formatted be kept with the pages: to do it anew is an eighth of a small build."""
    AuthorYear.formatted = env.__dict__.setdefault("formatted_works", {})


def setup(app: Sphinx) -> dict[str, bool]:
    """Register both styles under the names that the configuration uses.

    And the writer of labels and notes, which pybtex else looks for in all installed packages, each
    time anew: a second of a build.
    """
    for name in ("plaintext", "text"):
        register_plugin("pybtex.backends", name, find_plugin("pybtex.backends", name), force=True)
    register_plugin("pybtex.style.formatting", "author_year", AuthorYear)
    register_reference_style(
        "sphinxcontrib.bibtex.style.referencing", "author_year_round", RoundReferences
    )
    app.connect("env-before-read-docs", keep_formatted)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
