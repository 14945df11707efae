"""The article's claims and the book's verdicts: `data/claims.yml`, read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from chapters_data import load_parts, titles

VERDICTS = {
    "supported": "Supported",
    "half-right": "Half right",
    "overstated": "Overstated",
    "contradicted": "Contradicted",
    "no-evidence": "No evidence found",
}
_ID = re.compile(r"C([1-6])-\d\d")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,8}")
_SENTENCE = re.compile(r"[A-Z].*[.?]", re.DOTALL)


@dataclass(frozen=True)
class Claim:
    """One claim; verdict and conditions are there once its chapter stands."""

    id: str
    section: int
    claim: str
    zh: str
    chapter: str
    verdict: str | None = None
    conditions: str | None = None

    def __post_init__(self) -> None:
        """Refuse what the site could not print."""
        self._check_types()
        number = _ID.fullmatch(self.id)
        if not number or int(number[1]) != self.section:
            raise ValueError(f"id must be C, the section, - and two digits, but is {self.id!r}")
        if not _SENTENCE.fullmatch(self.claim):
            raise ValueError(f"{self.id}: claim must be a sentence, but is {self.claim!r}")
        if not _HAN.fullmatch(self.zh):
            raise ValueError(f"{self.id}: zh must be 2 to 8 Chinese characters, is {self.zh!r}")
        if self.verdict is not None and self.verdict not in VERDICTS:
            allowed = ", ".join(VERDICTS)
            raise ValueError(f"{self.id}: verdict must be one of {allowed}, is {self.verdict!r}")
        if (self.verdict is None) != (self.conditions is None):
            raise ValueError(f"{self.id}: verdict and conditions come together or not at all")
        if self.conditions is not None and not _SENTENCE.fullmatch(self.conditions):
            raise ValueError(f"{self.id}: conditions must be a sentence, is {self.conditions!r}")

    def _check_types(self) -> None:
        """Refuse what YAML has read as something other than was meant."""
        if type(self.section) is not int:
            raise ValueError(f"{self.id}: section must be a whole number, is {self.section!r}")
        for name in ("id", "claim", "zh", "verdict", "conditions"):
            value = getattr(self, name)
            if not isinstance(value, str | None):
                raise ValueError(f"{self.id}: {name} must be text, is {value!r}")


@dataclass(frozen=True)
class Claims:
    """All claims by id, in the article's order, and the chapters' titles by slug."""

    chapters: Mapping[str, str]
    by_id: Mapping[str, Claim]

    def find(self, name: str) -> Claim:
        """Look up a claim."""
        if name not in self.by_id:
            raise ValueError(f"there is no claim {name!r}; data/claims.yml has {_ends(self.by_id)}")
        return self.by_id[name]

    def of_chapter(self, slug: str) -> list[Claim]:
        """List the claims that a chapter takes up."""
        return [claim for claim in self.by_id.values() if claim.chapter == slug]


def _ends(names: Mapping[str, Claim]) -> str:
    listed = list(names)
    return f"{listed[0]} to {listed[-1]}" if listed else "none"


def _claim(row: Mapping[str, Any], chapters: Mapping[str, str]) -> Claim:
    """Make a claim of an entry."""
    if not isinstance(row, Mapping):
        raise ValueError(f"a claim is a mapping, is {row!r}")
    name = row.get("id", "a claim without id")
    if unknown := set(row) - {each.name for each in fields(Claim)}:
        raise ValueError(f"{name}: unknown key {', '.join(sorted(unknown))}")
    if missing := {"id", "section", "claim", "zh", "chapter"} - set(row):
        raise ValueError(f"{name}: key {', '.join(sorted(missing))} is missing")
    if row["chapter"] not in chapters:
        raise ValueError(f"{name}: chapter must be one of {', '.join(chapters)}, "
                         f"is {row['chapter']!r}")  # fmt: skip
    return Claim(**row)


def _content(file: Path) -> Mapping[str, Any]:
    """Read the file as it stands."""
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    if not isinstance(content, Mapping):
        raise ValueError(f"must be a mapping with the key claims, is {content!r}")
    if not isinstance(content.get("claims", []), list):
        raise ValueError(f"claims must be a list, is {content['claims']!r}")
    return content


def load_claims(file: Path) -> Claims:
    """Read and check the claims; a fault names the file and the claim.

    The chapters they belong to are those of `chapters.yml` beside the file.
    """
    chapters = titles(load_parts(file.with_name("chapters.yml")))
    try:
        content = _content(file)
        claims = [_claim(row, chapters) for row in content["claims"]]
        names = [claim.id for claim in claims]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"id {', '.join(sorted(twice))} stands twice")
    except KeyError as missing:
        raise ValueError(f"{file.name}: {missing} is missing") from None
    except (ValueError, yaml.YAMLError) as fault:
        raise ValueError(f"{file.name}: {fault}") from None
    return Claims(chapters, dict(zip(names, claims, strict=True)))
