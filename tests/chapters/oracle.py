"""What an oracle says of one state of an explorer, straight from the models."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import figures
from explorer import Explorer

Cell = str | float


@dataclass(frozen=True)
class Expected:
    """A state's table by columns; `said` are numbers of its sentence that no cell holds."""

    table: Mapping[str, Sequence[Cell]]
    said: Sequence[float] = ()

    @property
    def rows(self) -> list[list[Cell]]:
        """The header and the rows, as a page holds them."""
        lines = zip(*self.table.values(), strict=True)
        return [list(self.table), *([*line] for line in lines)]


Oracle = Callable[..., Expected]


def book_explorers() -> dict[str, Explorer]:
    """Find the explorers of all modules of `figures`, by name."""
    found: dict[str, Explorer] = {}
    for each in pkgutil.walk_packages(figures.__path__, "figures."):
        module = importlib.import_module(each.name)
        for value in vars(module).values():
            if isinstance(value, Explorer) and value.function.__module__ == module.__name__:
                assert value.name not in found, f"two explorers are named {value.name!r}"
                found[value.name] = value
    return found


def book_oracles() -> dict[str, Oracle]:
    """Gather the oracles of all chapters, each under the name of its explorer."""
    oracles: dict[str, Oracle] = {}
    for file in sorted(Path(__file__).parent.glob("oracles/*.py")):
        oracles |= importlib.import_module(f"oracles.{file.stem}").ORACLES
    return oracles


def same(seen: Any, expected: Cell) -> bool:
    """Compare cells: texts as they are, numbers to the digits that a page keeps."""
    if isinstance(expected, str) or isinstance(seen, str):
        return bool(seen == expected)
    return abs(seen - expected) <= 1e-5 * abs(expected) + 1e-9


_NUMBER = re.compile(r"[−-]?\d(?:[\d,]*\d)?(?:\.\d+)?")


def numbers(text: str) -> list[tuple[float, int]]:
    """Find the numbers in a text, each with its count of decimals."""
    plain = [found.replace(",", "").replace("−", "-") for found in _NUMBER.findall(text)]
    return [(float(number), len(number.partition(".")[2])) for number in plain]


def unfounded(sentence: str, known: Sequence[float]) -> list[float]:
    """Find the numbers in a sentence that are no rounding of a known one."""
    return [
        number
        for number, decimals in numbers(sentence)
        if not any(abs(number - k) <= 0.5 * 10**-decimals + 1e-5 * abs(k) for k in known)
    ]
