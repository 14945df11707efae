"""Which edition this is, and of when its data are: `CITATION.cff` and `data/catalogue.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from babel.dates import format_date

from bookkit.readers import checks

CITATION = "CITATION.cff"
NEEDED = {"title", "authors", "version", "date-released"}


def in_words(day: date) -> str:
    """Write a date as 22 November 2026, whatever language this machine speaks."""
    return format_date(day, "d MMMM y", locale="en")


def citation(file: Path) -> dict[str, Any]:
    """Read how the book is cited."""
    with checks.within(file.name):
        content = checks.entry(checks.read(file), NEEDED, None)
        day = content["date-released"]
        try:
            released = date.fromisoformat(str(day))
        except ValueError:
            raise ValueError(
                f"date-released must be a day such as 2026-11-22, is {day!r}"
            ) from None
    return {**content, "released": released}


def edition(cited: Mapping[str, Any]) -> str:
    """Name the edition and its day."""
    return f"{cited['version']} of {in_words(cited['released'])}"


def reference(cited: Mapping[str, Any]) -> str:
    """Write how the book is cited as one line of a bibliography."""
    who = ", ".join(str(each["name"]) for each in cited["authors"]).rstrip(".")
    return f"{who} ({cited['released'].year}). {cited['title']}. Edition {edition(cited)}."


def retrieved(file: Path) -> dict[str, date]:
    """Look up in the catalogue the day on which each data set was retrieved."""
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    days = {name: entry.get("retrieved") for name, entry in content.items()}
    if wrong := [name for name, day in days.items() if not isinstance(day, date)]:
        raise ValueError(f"{file.name}: {', '.join(wrong)}: retrieved must be a day such as "
                         "2026-11-22, without quotation marks")  # fmt: skip
    return days
