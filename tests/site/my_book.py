"""A reader's record to test My book with: of what kind it may be, and one of a whole book read."""

from __future__ import annotations

from typing import Any

from bookkit.readers.chapters import load_parts
from bookkit.readers.claims import load_claims
from reader import PAGES, ROOT

DATA = ROOT / "data"
HEAD = {"format": "why-shops-become-banks", "version": 1}
CLAIMS = load_claims(DATA / "claims.yml")
RULED = [claim for claim in CLAIMS.by_id.values() if CLAIMS.ruled(claim)]
READ = [chapter for part in load_parts(DATA / "chapters.yml") for chapter in part.chapters
        if f"book/{chapter.slug}.html" in PAGES and not chapter.draft]  # fmt: skip
LONG = "A shop borrows from a platform at 8.35 % a year: what is left for savers once a loan in ten"


def record(**tables: Any) -> dict[str, Any]:
    """Make a record with all its tables."""
    return HEAD | {"pages": {}, "verdicts": {}, "explorers": {}, "quiz": {}} | tables


def explorer(page: str, **more: Any) -> dict[str, Any]:
    """Make the entry of an explorer whose guess was answered."""
    told = {"asked": f"{LONG} fails?", "guess": "The savers", "right": "Nobody", "step": "told"}
    return {"page": page, "challenge": f"{LONG} is stopped.", "found": True, **told, **more}


def question(page: str, **more: Any) -> dict[str, Any]:
    """Make the entry of a question."""
    return {"page": page, "asked": f"{LONG} fails?", "answer": ["8.35"], "result": "right", **more}


def whole() -> dict[str, Any]:
    """Make the record of a reader who has done all that there is to do."""
    counts = {"read": "2026-11-26", "questions": 8, "guesses": 6, "challenges": 6}
    slugs = [chapter.slug for chapter in READ]
    return record(
        last=slugs[0],
        pages={slug: counts | {"title": slug, "place": "verdict"} for slug in slugs},
        verdicts={claim.id: {"before": "holds", "after": "too-strong", "page": claim.chapter}
                  for claim in RULED},
        explorers={f"{slug}-{n}": explorer(slug) for slug in slugs for n in range(6)},
        quiz={f"quiz-{slug}-{n}": question(slug) for slug in slugs for n in range(8)},
    )  # fmt: skip
