"""The questions of a chapter for a class: its page's, numeric ones with numbers of their own.

The numbers are drawn from a secret of the teacher's, and from nothing else: the same secret deals
the same numbers, and without it nobody can tell them, though all of this is public.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import pbkdf2_hmac
from pathlib import Path
from typing import Any

from bookkit.readers import checks
from bookkit.readers.given import Given, Numbers, holds, load_given
from bookkit.readers.quizzes import Numeric, Question, load_quiz, read_entries, with_numbers

VARIANTS = 20
SHORTEST = 12  # characters of a secret
ROUNDS = 200_000  # so that trying secrets one after the other takes long
MOST_TRIES = 2_000


@dataclass(frozen=True)
class Item:
    """A question under its name; of variants also the name of the question that they vary."""

    name: str
    question: Question
    varies: str = ""


def key_of(secret: str) -> bytes:
    """Make a key of a secret."""
    if len(secret) < SHORTEST:
        raise ValueError(
            f"SECRET has {len(secret)} characters; at least {SHORTEST} are needed, for a short one "
            "can be found by trying"
        )
    return pbkdf2_hmac("sha256", secret.encode("utf-8"), b"why-shops-become-banks", ROUNDS)


def dealt(file: Path, key: bytes) -> list[Item]:
    """Return a chapter's questions in its page's order, each numeric one as its variants."""
    items: list[Item] = []
    pairs = zip(read_entries(file), load_quiz(file), strict=True)
    for number, (entry, question) in enumerate(pairs, start=1):
        name = f"quiz-{file.stem}-{number}"
        if not isinstance(question, Numeric) or "given" not in entry:
            items.append(Item(name, question))
            continue
        with checks.within(f"{file.name}, question {number}"):
            made = variants(entry, question, name, key)
        items += [
            Item(f"{name}-v{n:02}", each, varies=name) for n, each in enumerate(made, start=1)
        ]
    return items


def variants(entry: dict[str, Any], page: Numeric, name: str, key: bytes) -> list[Numeric]:
    """Make the variants of a question; no two, and none and the page, have the same answer."""
    taken = [page]
    for numbers in draws(load_given(entry), f"{name}\n".encode(), key):
        if not holds(entry, numbers):
            continue
        try:
            made = with_numbers(entry, numbers)
        except ValueError:  # a usual mistake that comes too near, or a case that has no answer
            continue
        if all(abs(made.answer.value - one.answer.value) > made.answer.tolerance for one in taken):
            taken.append(made)
        if len(taken) > VARIANTS:
            return taken[1:]
    raise ValueError(f"given leaves no {VARIANTS} variants with answers of their own")


def draws(given: dict[str, Given], salt: bytes, key: bytes) -> Iterator[Numbers]:
    """Yield sets of numbers, one after the other."""
    for attempt in range(MOST_TRIES):
        numbers = {}
        for name, each in given.items():
            digest = hmac.digest(key, salt + f"{attempt}\n{name}".encode(), "sha256")
            numbers[name] = each.values[int.from_bytes(digest, "big") % len(each.values)]
        yield numbers


def unvaried(items: list[Item]) -> list[str]:
    """Name the numeric questions that every student gets with the page's numbers."""
    return [each.name for each in items if isinstance(each.question, Numeric) and not each.varies]
