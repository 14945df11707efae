"""The questions of a chapter: `data/quizzes/<slug>.yml`, read, computed and checked.

- A question has `ask`, `kind` and what its kind needs.
- `single`, `several`: `choices`, each with `text`, `why` and, where it is right, `right: true`.
- `numeric`: `answer`, or `model`, an expression over the module named by `from`; `tolerance`,
  `decimals`, `why`, perhaps `unit`, and `wrong`: usual mistakes, each with a number and its `why`.
  With `given` the numbers in it can be others (`readers.given`): the page has one set of them.
  A fraction given for per cent is a usual mistake of every answer in %, and not written down.

Choices are dealt: in a file the right one tends to come first, so the page has another order.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any

from bookkit.readers import checks
from bookkit.readers.checks import Entry
from bookkit.readers.formulas import value
from bookkit.readers.given import Numbers, filled, load_given, on_page, with_known

TEXTS = ("ask", "from", "holds", "kind", "model", "text", "unit", "where", "why")
FRACTION = "This is a fraction of one. Per cent was asked for, which is a hundred times as much."
PLACED = re.compile(  # what only makes sense after, or beside, another choice
    r"^(?:none|all|any|both|neither|either) of (?:these|them|the others)\b"
    r"|\b(?:the above|that same|the former|the latter|(?:first|last|previous) (?:answer|choice))\b",
    re.IGNORECASE,
)


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
        """Refuse a question that cannot be answered, or not wrongly, or not in another order."""
        checks.unique("choice", (choice.text for choice in self.choices))
        for choice in self.choices:
            if leans := PLACED.search(choice.text):
                raise ValueError(
                    f"choice {choice.text!r} says {leans[0]!r}: the page has another order, "
                    "so each choice must be read alone"
                )
        right = sum(choice.right for choice in self.choices)
        if right == len(self.choices):
            raise ValueError("choices need at least one that is wrong")
        if (right != 1 and not self.several) or right == 0:
            wanted = "at least one" if self.several else "exactly one"
            raise ValueError(f"choices need {wanted} that is right, but have {right}")


def dealt(ask: str, choices: list[Choice]) -> tuple[Choice, ...]:
    """Put choices into an order that the texts alone decide: the same in every build."""
    return tuple(
        sorted(choices, key=lambda choice: sha256(f"{ask}\n{choice.text}".encode()).digest())
    )


@dataclass(frozen=True)
class Number:
    """A number, why one arrives at it, how near counts as it, and how it is printed."""

    value: float
    why: str
    tolerance: float
    decimals: int
    unit: str

    def __str__(self) -> str:
        """Write it as the page prints it."""
        number = f"{self.value:.{self.decimals}f}".replace("-", "−")
        return f"{number}\N{NO-BREAK SPACE}{self.unit}" if self.unit else number

    def near(self, other: Number) -> bool:
        """Tell whether something typed could mean this number and another one."""
        return abs(self.value - other.value) <= self.tolerance + other.tolerance


@dataclass(frozen=True)
class Numeric:
    """A question for a number, with the mistakes that are usual."""

    ask: str
    answer: Number
    wrong: tuple[Number, ...]

    def __post_init__(self) -> None:
        """Refuse numbers that cannot be told apart, or that the page would print wrongly."""
        asked = self.answer
        if not asked.tolerance > 0:
            raise ValueError(f"tolerance must be above 0, but is {asked.tolerance}")
        if 0.5 * 10**-asked.decimals > asked.tolerance:
            raise ValueError(f"decimals {asked.decimals} round by more than the tolerance")
        for each in (asked, *self.wrong):
            if not math.isfinite(each.value):
                raise ValueError(f"answer must be finite, but is {each.value}")
        for one, other in combinations((asked, *self.wrong), 2):
            if one.near(other):
                low, high = sorted((one.value, other.value))
                raise ValueError(f"answers {low:g} and {high:g} lie within the tolerance of both")

    @property
    def wanted(self) -> str:
        """Say what is to be given: how many decimals, in which unit."""
        unit = self.answer.unit
        if f"how many {unit} " in self.ask.lower():
            unit = ""  # asked for already
        if unit:
            unit = f", {unit}" if unit.startswith("of ") else f", in {unit}"
        count = self.answer.decimals
        if count == 0:
            return f"Give a whole number{unit}."
        return f"Give a number with {count} {'decimal' if count == 1 else 'decimals'}{unit}."


Question = Choose | Numeric


def take(content: object, required: set[str], optional: set[str]) -> Entry:
    """Check the keys of an entry, and that what is to be read is text."""
    entry = checks.entry(content, required, optional)
    checks.texts(entry, TEXTS)
    return entry


def _value(entry: Entry, numbers: Numbers) -> float:
    """Take a number as it stands, or ask the model for it."""
    if ("answer" in entry) == ("model" in entry):
        raise ValueError("a number needs either answer or model")
    if "answer" in entry:
        return checks.amount(entry, "answer")
    if not entry.get("from"):
        raise ValueError("model needs from, the module that it stands in")
    with checks.within("model"):
        return value(entry["model"], numbers, entry["from"])


def _fraction(answer: Number, mistakes: list[Number]) -> list[Number]:
    """Return the mistake of who gives a fraction for per cent, where it can be told apart."""
    if not answer.unit.startswith("%"):
        return []
    near = max(answer.tolerance, 0.5) / 100  # 0.08 for 8.35 % is the same mistake as 0.0835
    made = Number(answer.value / 100, FRACTION, near, answer.decimals + 2, "")
    return [] if any(made.near(each) for each in (answer, *mistakes)) else [made]


def _numeric(entry: Entry, numbers: Numbers | None = None) -> Numeric:
    computed = {"answer", "model", "from"}
    required = {"ask", "kind", "why", "tolerance", "decimals"}
    take(entry, required, computed | {"unit", "wrong", "given", "known", "where"})
    if numbers is None:
        numbers = on_page(load_given(entry))
    numbers = with_known(entry, numbers)
    if entry["decimals"] not in range(7):
        raise ValueError(f"decimals must be a whole number, 0 to 6, is {entry['decimals']!r}")
    printed = checks.amount(entry, "tolerance"), int(entry["decimals"]), entry.get("unit", "")
    found = _value(entry, numbers)
    told = {**numbers, "answer": found} if numbers else {}
    answer = Number(found, filled(entry, "why", told), *printed)
    module = {"from": entry["from"]} if "from" in entry else {}
    taken = [take(each, {"why"}, computed) for each in checks.entries(entry, "wrong")]
    mistakes = [
        Number(_value(module | dict(each), numbers), filled(each, "why", told), *printed)
        for each in taken
    ]
    ask = filled(entry, "ask", numbers)
    return Numeric(ask, answer, (*mistakes, *_fraction(answer, mistakes)))


def with_numbers(entry: Entry, numbers: Numbers) -> Numeric:
    """Make the question of an entry with other numbers than the page's."""
    return _numeric(entry, numbers)


def asked(entry: Entry) -> str:
    """Return what an entry asks on the page."""
    return filled(entry, "ask", with_known(entry, on_page(load_given(entry))))


def _choose(entry: Entry) -> Choose:
    take(entry, {"ask", "kind", "choices"}, set())
    made = []
    for each in checks.entries(entry, "choices"):
        choice = take(each, {"text", "why"}, {"right"})
        if choice.get("right", True) is not True:
            raise ValueError(f"right must be true or absent, is {choice['right']!r}")
        made.append(Choice(choice["text"], choice["why"], "right" in choice))
    return Choose(entry["ask"], dealt(entry["ask"], made), several=entry["kind"] == "several")


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


def read_entries(file: Path, name: str = "") -> list[dict[str, Any]]:
    """Read the questions as they stand in the file, which faults call by its name or another."""
    with checks.within(name or file.name):
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


def count(file: Path) -> int:
    """Count the questions of a quiz, which its own page checks."""
    return len(read_entries(file))


def question_id(slug: str, number: int, of: str = "quiz") -> str:
    """Name a question of a chapter's quiz, or of its bank, as links, records and files do."""
    return f"{of}-{slug}-{number}"


def modules(file: Path) -> list[str]:
    """List the modules that a quiz asks for its numbers."""
    named = (entry.get("from") for entry in read_entries(file) if isinstance(entry, Mapping))
    return sorted({name for name in named if isinstance(name, str)})
