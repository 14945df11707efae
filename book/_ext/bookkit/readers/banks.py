"""The test bank of a chapter: `teaching/<slug>/bank.yml`, questions that are made and not stored.

All of this is public, so nothing in a bank is fixed: a secret draws numbers and choices. It is
written as a quiz is (`readers.quizzes`), and beyond that

- a `numeric` question has `given`, whose first number of each row is an example and no more;
- `single` and `several` may have `from`, `given`, `where` and `known` as well (`readers.given`),
  and numbers in braces in all their words;
- a choice is right by `right: true`, or by `holds`, a condition on the numbers;
- `draw` is how many of the choices are shown, of `single` one that is right among them.

A question to choose from has `given` or `draw`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bookkit.readers import checks
from bookkit.readers.checks import Entry
from bookkit.readers.formulas import computed
from bookkit.readers.given import Numbers, filled, load_given, on_page, with_known
from bookkit.readers.quizzes import (
    KINDS,
    Choice,
    Choose,
    Question,
    read_entries,
    take,
    with_numbers,
)

Order = Callable[[str], Any]  # what choices are drawn and dealt by, from their words in the file
OPTIONAL = {"from", "given", "where", "known", "draw"}


def bank_of(root: Path, slug: str) -> Path:
    """Return the file of a chapter's bank, which need not be there."""
    return root / "teaching" / slug / "bank.yml"


def load_bank(file: Path) -> list[Entry]:
    """Read and check a bank; a fault names the file and the number of the question."""
    entries: list[Entry] = []
    for number, entry in enumerate(read_entries(file, named(file)), start=1):
        with checks.within(f"{named(file)}, question {number}"):
            checks.entry(entry, {"ask", "kind"}, None)
            checks.one_of("kind", entry["kind"], KINDS)
            if not {"given", "draw"} & set(entry):
                raise ValueError("given or draw is missing, and nothing in a bank may be fixed")
            made(entry, on_page(load_given(entry)), str)
        entries.append(entry)
    return entries


def named(file: Path) -> str:
    """Name a bank, of which each chapter has a file of the same name."""
    return f"{file.parent.name}/{file.name}"


def made(entry: Entry, numbers: Numbers, order: Order) -> Question:
    """Make a question with these numbers, its choices drawn in this order."""
    if entry["kind"] == "numeric":
        return with_numbers(entry, numbers)
    take(entry, {"ask", "kind", "choices"}, OPTIONAL)
    numbers = with_known(entry, numbers)
    texts = [each.get("text") for each in checks.entries(entry, "choices")]
    checks.unique("choice", map(str, texts))
    pool = [_choice(entry, each, numbers) for each in checks.entries(entry, "choices")]
    ranked = [pool[at] for at in sorted(range(len(pool)), key=lambda at: order(str(texts[at])))]
    ask = filled(entry, "ask", numbers)
    several = entry["kind"] == "several"
    shown = _drawn(entry, ranked, several=several)
    return Choose(ask, tuple(each for each in ranked if each in shown), several=several)


def _choice(entry: Entry, content: object, numbers: Numbers) -> Choice:
    """Judge a choice."""
    each = take(content, {"text", "why"}, {"right", "holds"})
    if {"right", "holds"} <= set(each) or each.get("right", True) is not True:
        raise ValueError(
            f"a choice has right: true, or holds, or neither; {each['text']!r} has not"
        )
    with checks.within(f"choice {each['text']!r}"):
        right = "right" in each
        if "holds" in each:
            right = bool(computed(each["holds"], numbers, entry.get("from", "")))
        return Choice(filled(each, "text", numbers), filled(each, "why", numbers), right)


def _drawn(entry: Entry, ranked: list[Choice], *, several: bool) -> list[Choice]:
    """Take the first choices, of a single question as many wrong ones as leave room for a right."""
    count = entry.get("draw", len(ranked))
    if not isinstance(count, int) or not 2 <= count <= len(ranked):
        raise ValueError(f"draw must be a whole number, 2 to {len(ranked)}, is {count!r}")
    if several or "draw" not in entry:
        return ranked[:count]
    right = [each for each in ranked if each.right][:1]
    wrong = [each for each in ranked if not each.right][: count - 1]
    if len(right) + len(wrong) < count:
        raise ValueError(f"draw asks for {count} choices, but {len(right) + len(wrong)} can be had")
    return [*right, *wrong]
