"""The article's claims and the book's verdicts: `data/claims.yml`, read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from bookkit.readers import checks
from bookkit.readers.chapters import drafts, load_parts, titles
from bookkit.readers.verdicts import KEYS, SENTENCE, Verdict, verdict_of

_ID = re.compile(r"C([1-6])-\d\d")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,8}")


@dataclass(frozen=True)
class Claim:
    """One claim; the verdict is there once its chapter stands."""

    id: str
    section: int
    claim: str
    zh: str
    zh_in_english: str
    chapter: str
    verdict: Verdict | None = None

    def __post_init__(self) -> None:
        """Refuse what the site could not print."""
        if type(self.section) is not int:
            raise ValueError(f"{self.id}: section must be a whole number, is {self.section!r}")
        number = _ID.fullmatch(self.id)
        if not number or int(number[1]) != self.section:
            raise ValueError(f"id must be C, the section, - and two digits, but is {self.id!r}")
        if not SENTENCE.fullmatch(self.claim):
            raise ValueError(f"{self.id}: claim must be a sentence, but is {self.claim!r}")
        if not _HAN.fullmatch(self.zh):
            raise ValueError(f"{self.id}: zh must be 2 to 8 Chinese characters, is {self.zh!r}")
        if _HAN.search(self.zh_in_english):
            raise ValueError(f"{self.id}: zh_in_english must be in Latin letters, "
                             f"is {self.zh_in_english!r}")  # fmt: skip


@dataclass(frozen=True)
class Claims:
    """All claims by id, in the article's order; the chapters' titles by slug, and the drafts."""

    chapters: Mapping[str, str]
    by_id: Mapping[str, Claim]
    drafts: frozenset[str] = frozenset()

    def ruled(self, claim: Claim) -> Verdict | None:
        """Return the verdict on a claim; that of a draft does not count."""
        return None if claim.chapter in self.drafts else claim.verdict

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


def _claim(content: object, chapters: Mapping[str, str]) -> Claim:
    """Make a claim of an entry."""
    name = content.get("id") if isinstance(content, Mapping) else None
    with checks.within(name if isinstance(name, str) else "a claim without id"):
        own = {each.name for each in fields(Claim)} - {"verdict"}
        row = checks.entry(content, own, KEYS)
        checks.texts(row, own - {"section"})
        checks.one_of("chapter", row["chapter"], chapters)
        verdict = verdict_of(row)
    return Claim(**{key: row[key] for key in own}, verdict=verdict)


def load_claims(file: Path) -> Claims:
    """Read and check the claims; a fault names the file and the claim.

    The chapters they belong to are those of `chapters.yml` beside the file.
    """
    parts = load_parts(file.with_name("chapters.yml"))
    chapters = titles(parts)
    with checks.within(file.name):
        rows = checks.entries(checks.entry(checks.read(file), {"claims"}), "claims")
        claims = [_claim(row, chapters) for row in rows]
        checks.unique("id", (claim.id for claim in claims))
    return Claims(chapters, {claim.id: claim for claim in claims}, drafts(parts))
