"""Numbers of a question that can be others: `given`, and how they stand in its words.

- `given` names each number: `bad: [10, 5, 25]`, on the page 10, in a variant any whole number from
  5 to 25; a fourth number is the step, `[0.8, 0.4, 1.5, 0.1]`. `where` is a condition on them.
- `known` names numbers that are computed from them, by the models too: `rate: 100 * cost / bad`.
- Words hold numbers in braces: `{bad}`, reckoned with, `{100 - bad}`, or in a format,
  `{bad / 100:.2f}`. In a `why` also `{answer}` can stand.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bookkit.readers import checks
from bookkit.readers.checks import Entry
from bookkit.readers.formulas import computed, value

Numbers = Mapping[str, float]
_NAME = re.compile(r"[a-z_]+")
_PLACE = re.compile(r"\{([^{}:]+)(?::([^{}]*))?\}")
MOST = 10_000  # values of a number


@dataclass(frozen=True)
class Given:
    """What a number is on the page, and what else it can be."""

    on_page: float
    values: tuple[float, ...]


def load_given(entry: Entry) -> dict[str, Given]:
    """Read the numbers of a question that can be others; none where all stand in its words."""
    content = entry.get("given", {})
    if not isinstance(content, dict):
        raise ValueError(f"given must name numbers, is {content!r}")
    return {str(name): _given(str(name), row) for name, row in content.items()}


def _given(name: str, row: object) -> Given:
    """Read one number."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"given: a name must be small letters, is {name!r}")
    if not isinstance(row, list) or len(row) not in (3, 4):
        raise ValueError(f"given: {name} must be number, least, most and perhaps step, is {row!r}")
    numbers = {str(place): each for place, each in enumerate(row)}
    for place in numbers:
        checks.amount(numbers, place)
    page, least, most, step = (*row, 1)[:4]
    if not (step > 0 and least < most and (most - least) / step < MOST):
        raise ValueError(f"given: {name} must go up from least to most in steps, is {row!r}")
    count = math.floor((most - least) / step + 1e-9)
    values = (least + k * step for k in range(count + 1))
    whole = all(isinstance(each, int) for each in (least, step))
    return Given(page, tuple(each if whole else round(each, 9) for each in values))


def on_page(given: Mapping[str, Given]) -> dict[str, float]:
    """Return the numbers as the page has them."""
    return {name: each.on_page for name, each in given.items()}


def holds(entry: Entry, numbers: Numbers) -> bool:
    """Tell whether numbers fulfil the question's condition."""
    with checks.within("where"):
        return bool(computed(entry.get("where", "True"), numbers, entry.get("from", "")))


def with_known(entry: Entry, numbers: Numbers) -> Numbers:
    """Add to numbers those that are computed from them."""
    content = entry.get("known", {})
    if not isinstance(content, dict):
        raise ValueError(f"known must name numbers, is {content!r}")
    every = dict(numbers)
    for name, formula in content.items():
        with checks.within(f"known: {name}"):
            if not _NAME.fullmatch(str(name)) or name in every:
                raise ValueError("a name must be small letters, and not stand twice")
            every[name] = value(str(formula), every, entry.get("from", ""))
    return every


def filled(entry: Entry, key: str, numbers: Numbers) -> str:
    """Put numbers into words of a question."""
    text: str = entry[key]
    if not numbers:
        return text

    def number(place: re.Match[str]) -> str:
        found = computed(place[1], numbers)
        plain = str(found) if isinstance(found, int) else f"{found:g}"
        return (format(found, place[2]) if place[2] else plain).replace("-", "−")

    with checks.within(key):
        return _PLACE.sub(number, text)
