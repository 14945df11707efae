"""How a chapter is cited, for reference managers: BibTeX and CSL-JSON, out of `CITATION.cff`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from bookkit.readers.edition import edition

SPECIAL = re.compile(r"[&%$#_{}]")


def authors(cited: Mapping[str, Any]) -> list[str]:
    """Return the names, as they are to be printed."""
    return [str(each["name"]) for each in cited["authors"]]


def plain(text: str) -> str:
    """Write a text so that TeX prints it."""
    return SPECIAL.sub(lambda found: f"\\{found[0]}", text)


def in_words(cited: Mapping[str, Any], title: str, address: str) -> str:
    """Write it as a line of a bibliography."""
    who = ", ".join(authors(cited)).rstrip(".")
    book = f"{cited['title']}. Edition {edition(cited)}"
    return f"{who} ({cited['released'].year}). {title}. In {book}. {address}"


def bibtex(cited: Mapping[str, Any], slug: str, title: str, address: str) -> str:
    """Write it as an entry of BibTeX."""
    fields = {
        "author": " and ".join(f"{{{plain(name)}}}" for name in authors(cited)),
        "title": plain(title),
        "booktitle": plain(str(cited["title"])),
        "edition": str(cited["version"]),
        "year": str(cited["released"].year),
        "url": address,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@incollection{{{slug},\n{lines}}}\n"


def csl(cited: Mapping[str, Any], slug: str, title: str, address: str) -> str:
    """Write it as CSL-JSON."""
    day = cited["released"]
    entry = {
        "id": slug,
        "type": "chapter",
        "title": title,
        "container-title": str(cited["title"]),
        "author": [{"literal": name} for name in authors(cited)],
        "edition": str(cited["version"]),
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "language": "en",
        "URL": address,
    }
    return json.dumps([entry], ensure_ascii=False, indent=2) + "\n"
