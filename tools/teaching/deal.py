"""The questions of a chapter for a class, made with numbers and choices drawn from a secret.

The secret of the teacher's draws them, and nothing else does: the same secret deals the same
questions, and without it nobody can tell them, though all of this is public.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import pbkdf2_hmac
from pathlib import Path

from bookkit.readers import checks
from bookkit.readers.banks import Order, load_bank, made, named
from bookkit.readers.checks import Entry
from bookkit.readers.given import Given, Numbers, holds, load_given
from bookkit.readers.quizzes import (
    Numeric,
    Question,
    load_quiz,
    question_id,
    read_entries,
    with_numbers,
)

VARIANTS = 20
VERSIONS = 5  # of a question to choose from that has numbers; any other is made once
SHORTEST = 12  # characters of a secret
ROUNDS = 200_000  # so that trying secrets one after the other takes long
MOST_TRIES = 2_000

Make = Callable[[Numbers, Order], Question]


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
    """Return a chapter's quiz in its page's order, each numeric question as its variants."""
    items: list[Item] = []
    pairs = zip(read_entries(file), load_quiz(file), strict=True)
    for number, (entry, question) in enumerate(pairs, start=1):
        name = question_id(file.stem, number)
        if not isinstance(question, Numeric) or "given" not in entry:
            items.append(Item(name, question))
            continue
        with checks.within(f"{file.name}, question {number}"):
            items += variants(name, entry, partial(_with_numbers, entry), key, [question])
    return items


def dealt_bank(file: Path, key: bytes) -> list[Item]:
    """Return the questions of a chapter's bank, those with numbers as their variants."""
    items: list[Item] = []
    for number, entry in enumerate(load_bank(file), start=1):
        with checks.within(f"{named(file)}, question {number}"):
            name = question_id(file.parent.name, number, of="bank")
            items += variants(name, entry, partial(made, entry), key, [])
    return items


def _with_numbers(entry: Entry, numbers: Numbers, _order: Order) -> Question:
    """Make a numeric question, which has no choices to draw."""
    return with_numbers(entry, numbers)


def variants(name: str, entry: Entry, make: Make, key: bytes, known: list[Question]) -> list[Item]:
    """Make the variants of a question, no two of them alike, and none like one that is known."""
    count = VARIANTS if entry["kind"] == "numeric" else VERSIONS if "given" in entry else 1
    found: list[Question] = []
    for numbers, order in draws(load_given(entry), f"{name}\n".encode(), key):
        if not holds(entry, numbers):
            continue
        try:
            new = make(numbers, order)
        except ValueError:  # a usual mistake that comes too near, or a case that has no answer
            continue
        if not any(alike(new, one) for one in (*known, *found)):
            found.append(new)
        if len(found) == count == 1:
            return [Item(name, new)]
        if len(found) == count:
            return [Item(f"{name}-v{n:02}", each, name) for n, each in enumerate(found, start=1)]
    raise ValueError(f"there are no {count} variants with answers of their own")


def alike(one: Question, other: Question) -> bool:
    """Tell whether one answer answers both, or a file can hold but one of the two."""
    if isinstance(one, Numeric) and isinstance(other, Numeric):
        return abs(one.answer.value - other.answer.value) <= one.answer.tolerance
    return one.ask == other.ask  # by which programs tell questions apart


def draws(given: dict[str, Given], salt: bytes, key: bytes) -> Iterator[tuple[Numbers, Order]]:
    """Yield sets of numbers one after the other, each with an order to draw choices in."""
    for attempt in range(MOST_TRIES):

        def order(words: str, salt: bytes = salt + f"{attempt}\n".encode()) -> bytes:
            return hmac.digest(key, salt + words.encode(), "sha256")

        yield (
            {
                name: each.values[int.from_bytes(order(name), "big") % len(each.values)]
                for name, each in given.items()
            },
            order,
        )


def unvaried(items: list[Item]) -> list[str]:
    """Name the numeric questions that every student gets with the page's numbers."""
    return [each.name for each in items if isinstance(each.question, Numeric) and not each.varies]
