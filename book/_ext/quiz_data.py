"""The questions of a chapter: `data/quizzes/<slug>.yml`, read, computed and checked.

- A question has `ask`, `kind` and what its kind needs.
- `single`, `several`: `choices`, each with `text`, `why` and, where it is right, `right: true`.
- `numeric`: `answer`, or `model`, an expression over the module named by `from`; `tolerance`,
  `decimals`, `why`, perhaps `unit`, and `wrong`: usual mistakes, each with a number and its `why`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

Entry = Mapping[str, Any]


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
        for each in self.wrong:
            if abs(each.value - self.answer.value) <= 2 * self.tolerance:
                raise ValueError(
                    f"wrong answer {each.value} lies within the tolerance of the right"
                )

    def shown(self, value: float) -> str:
        """Write a number as the page prints it."""
        return f"{value:.{self.decimals}f}{' ' if self.unit else ''}{self.unit}"


Question = Choose | Numeric


def _take(entry: Entry, required: set[str], optional: set[str]) -> Entry:
    """Check the keys of an entry."""
    if missing := {key for key in required if entry.get(key) in (None, "")}:
        raise ValueError(f"{', '.join(sorted(missing))} is missing")
    if unknown := set(entry) - required - optional:
        raise ValueError(f"unknown key {', '.join(sorted(unknown))}")
    return entry


def _number(entry: Entry) -> Number:
    """Take a number as it stands, or ask the model for it."""
    if ("answer" in entry) == ("model" in entry):
        raise ValueError("a number needs either answer or model")
    if "answer" in entry:
        return Number(float(entry["answer"]), entry["why"])
    if not entry.get("from"):
        raise ValueError("model needs from, the module that it stands in")
    names = dict(vars(import_module(entry["from"])))
    try:
        return Number(float(eval(entry["model"], names)), entry["why"])
    except Exception as fault:
        raise ValueError(f"model {entry['model']!r} fails: {fault}") from fault


def _numeric(entry: Entry) -> Numeric:
    computed = {"answer", "model", "from"}
    required = {"ask", "kind", "why", "tolerance", "decimals"}
    _take(entry, required, computed | {"unit", "wrong"})
    module = {"from": entry.get("from", "")}
    mistakes = [_take(each, {"why"}, computed) for each in entry.get("wrong", [])]
    return Numeric(
        ask=entry["ask"],
        answer=_number(entry),
        tolerance=float(entry["tolerance"]),
        decimals=int(entry["decimals"]),
        unit=entry.get("unit", ""),
        wrong=tuple(_number(module | dict(each)) for each in mistakes),
    )


def _choose(entry: Entry) -> Choose:
    _take(entry, {"ask", "kind", "choices"}, set())
    choices = (_take(each, {"text", "why"}, {"right"}) for each in entry["choices"])
    made = tuple(Choice(each["text"], each["why"], each.get("right") is True) for each in choices)
    return Choose(entry["ask"], made, several=entry["kind"] == "several")


KINDS: dict[str, Callable[[Entry], Question]] = {
    "single": _choose,
    "several": _choose,
    "numeric": _numeric,
}


def _question(entry: Entry) -> Question:
    if entry.get("kind") not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, is {entry.get('kind')!r}")
    return KINDS[entry["kind"]](entry)


def read_entries(file: Path) -> list[dict[str, Any]]:
    """Read the questions as they stand in the file."""
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    if not isinstance(entries, list) or not entries:
        raise ValueError(f"{file.name}: a quiz is a list of questions")
    return entries


def load_quiz(file: Path) -> tuple[Question, ...]:
    """Read and check a quiz; a fault names the file and the number of the question."""
    questions = []
    for number, entry in enumerate(read_entries(file), start=1):
        try:
            questions.append(_question(entry))
        except (ValueError, TypeError) as fault:
            raise ValueError(f"{file.name}, question {number}: {fault}") from fault
    return tuple(questions)


def modules(file: Path) -> list[str]:
    """List the modules that a quiz asks for its numbers."""
    return sorted({entry["from"] for entry in read_entries(file) if entry.get("from")})
