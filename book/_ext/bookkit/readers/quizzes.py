"""The questions of a chapter: `data/quizzes/<slug>.yml`, read, computed and checked.

- A question has `ask`, `kind` and what its kind needs.
- `single`, `several`: `choices`, each with `text`, `why` and, where it is right, `right: true`.
- `numeric`: `answer`, or `model`, an expression over the module named by `from`; `tolerance`,
  `decimals`, `why`, perhaps `unit`, and `wrong`: usual mistakes, each with a number and its `why`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from bookkit.readers import checks
from bookkit.readers.checks import Entry
from bookkit.readers.formulas import value


@dataclass(frozen=True)
class Choice:
    """One of the answers to choose from, and why it is right or wrong."""

    text: str
    why: str
    right: bool = False


@dataclass(frozen=True)
class Choose:
    """A question with one right choice, or with `several`."""

    ask: str
    choices: tuple[Choice, ...]
    several: bool

    def __post_init__(self) -> None:
        """Refuse a question that cannot be answered, or not wrongly."""
        checks.unique("choice", (choice.text for choice in self.choices))
        right = sum(choice.right for choice in self.choices)
        if right == len(self.choices):
            raise ValueError("choices need at least one that is wrong")
        if (right != 1 and not self.several) or right == 0:
            wanted = "at least one" if self.several else "exactly one"
            raise ValueError(f"choices need {wanted} that is right, but have {right}")


@dataclass(frozen=True)
class Number:
    """A number, and why one arrives at it."""

    value: float
    why: str


@dataclass(frozen=True)
class Numeric:
    """A question for a number, with the mistakes that are usual."""

    ask: str
    answer: Number
    tolerance: float
    decimals: int
    unit: str
    wrong: tuple[Number, ...]

    def __post_init__(self) -> None:
        """Refuse numbers that cannot be told apart, or that the page would print wrongly."""
        if not self.tolerance > 0:
            raise ValueError(f"tolerance must be above 0, but is {self.tolerance}")
        if 0.5 * 10**-self.decimals > self.tolerance:
            raise ValueError(f"decimals {self.decimals} round by more than the tolerance")
        for each in (self.answer, *self.wrong):
            if not math.isfinite(each.value):
                raise ValueError(f"answer must be finite, but is {each.value}")
        told = [self.answer, *self.wrong]
        for near, far in combinations(sorted(each.value for each in told), 2):
            if far - near <= 2 * self.tolerance:
                raise ValueError(f"answers {near:g} and {far:g} lie within the tolerance of both")

    def shown(self, value: float) -> str:
        """Write a number as the page prints it."""
        number = f"{value:.{self.decimals}f}".replace("-", "−")
        return f"{number}\N{NO-BREAK SPACE}{self.unit}" if self.unit else number


Question = Choose | Numeric


def _take(content: object, required: set[str], optional: set[str]) -> Entry:
    """Check the keys of an entry, and that what is to be read is text."""
    entry = checks.entry(content, required, optional)
    checks.texts(entry, ("ask", "from", "kind", "model", "text", "unit", "why"))
    return entry


def _number(entry: Entry) -> Number:
    """Take a number as it stands, or ask the model for it."""
    if ("answer" in entry) == ("model" in entry):
        raise ValueError("a number needs either answer or model")
    if "answer" in entry:
        return Number(checks.amount(entry, "answer"), entry["why"])
    if not entry.get("from"):
        raise ValueError("model needs from, the module that it stands in")
    return Number(value(entry["model"], entry["from"]), entry["why"])


def _numeric(entry: Entry) -> Numeric:
    computed = {"answer", "model", "from"}
    required = {"ask", "kind", "why", "tolerance", "decimals"}
    _take(entry, required, computed | {"unit", "wrong"})
    if entry["decimals"] not in range(7):
        raise ValueError(f"decimals must be a whole number, 0 to 6, is {entry['decimals']!r}")
    module = {"from": entry["from"]} if "from" in entry else {}
    mistakes = [_take(each, {"why"}, computed) for each in checks.entries(entry, "wrong")]
    return Numeric(
        ask=entry["ask"],
        answer=_number(entry),
        tolerance=checks.amount(entry, "tolerance"),
        decimals=entry["decimals"],
        unit=entry.get("unit", ""),
        wrong=tuple(_number(module | dict(each)) for each in mistakes),
    )


def _choose(entry: Entry) -> Choose:
    _take(entry, {"ask", "kind", "choices"}, set())
    made = []
    for each in checks.entries(entry, "choices"):
        choice = _take(each, {"text", "why"}, {"right"})
        if choice.get("right", True) is not True:
            raise ValueError(f"right must be true or absent, is {choice['right']!r}")
        made.append(Choice(choice["text"], choice["why"], "right" in choice))
    return Choose(entry["ask"], tuple(made), several=entry["kind"] == "several")


KINDS: dict[str, Callable[[Entry], Question]] = {
    "single": _choose,
    "several": _choose,
    "numeric": _numeric,
}


def _question(content: object) -> Question:
    """Make a question of an entry."""
    entry = checks.entry(content, {"ask", "kind"}, None)
    checks.one_of("kind", entry["kind"], KINDS)
    return KINDS[entry["kind"]](entry)


def read_entries(file: Path) -> list[dict[str, Any]]:
    """Read the questions as they stand in the file."""
    with checks.within(file.name):
        entries = checks.read(file)
        if not isinstance(entries, list) or not entries:
            raise ValueError("a quiz is a list of questions")
    return entries


def load_quiz(file: Path) -> tuple[Question, ...]:
    """Read and check a quiz; a fault names the file and the number of the question."""
    questions = []
    for number, entry in enumerate(read_entries(file), start=1):
        with checks.within(f"{file.name}, question {number}"):
            questions.append(_question(entry))
    return tuple(questions)


def modules(file: Path) -> list[str]:
    """List the modules that a quiz asks for its numbers."""
    return sorted({entry["from"] for entry in read_entries(file) if entry.get("from")})
