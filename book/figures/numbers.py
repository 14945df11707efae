"""Numbers for the prose: values with their units, printed by the glue role, never stale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import SupportsFloat

from IPython.display import display

_PREFIX = "application/papermill.record/"


@dataclass(frozen=True)
class Quantity:
    """A number as a sentence gives it.

    value : in the unit that is named: 2.71 for 2.71 %.
    unit : "%", "points", "yuan", "days", …; "" for a mere count.
    decimals : digits after the point.
    with_unit : print the unit too; else the sentence says it.
    """

    value: float
    unit: str = ""
    decimals: int = 0
    with_unit: bool = False

    def __post_init__(self) -> None:
        if not isfinite(self.value):
            raise ValueError(f"value must be a finite number, not {self.value!r}")
        object.__setattr__(self, "value", float(self.value))

    def __str__(self) -> str:
        rounded = round(self.value, self.decimals) + 0.0  # no −0
        number = f"{rounded:,.{self.decimals}f}".replace("-", "\u2212")
        return f"{number}\u00a0{self.unit}" if self.with_unit else number


Numbers = Mapping[str, Quantity | str]
"""What a page says, by the name under which its text asks for it; a few are words."""


def percent(share: SupportsFloat, decimals: int = 0) -> Quantity:
    """A share as a percentage, with its sign: 0.0271 is 2.71 %."""
    return Quantity(100.0 * float(share), "%", decimals, with_unit=True)


def of_100(share: SupportsFloat, decimals: int = 0, unit: str = "of 100") -> Quantity:
    """A share of a hundred yuan, loans or shops, where the sentence names them."""
    return Quantity(100.0 * float(share), unit, decimals)


def number(value: SupportsFloat, decimals: int = 0, unit: str = "") -> Quantity:
    """A number whose unit the sentence says."""
    return Quantity(float(value), unit, decimals)


def say(numbers: Numbers) -> None:
    """Hand numbers to the page by name: `{glue:text}` prints them; a notebook shows nothing.

    The form is the one MyST-NB reads; it is written here so that a chapter runs without MyST-NB.
    """
    for name, value in numbers.items():
        record = {"scrapbook": {"mime_prefix": _PREFIX, "name": name}}
        text = str(value).replace(" %", "\u00a0%")
        display({f"{_PREFIX}text/plain": repr(text)}, metadata=record, raw=True)
