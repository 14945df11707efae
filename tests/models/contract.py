"""What every public function of the models keeps: the table of samples and the values tried on it.

Each chapter lists its functions in `tests/models/<chapter>/samples.py`, each with arguments that
work and the kind of each parameter. From the kinds follow the values that must be refused, by
name, and those that must give what the sample gives.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum, StrEnum
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

import netfin
from netfin.terms import Terms


class Kind(Enum):
    """What a parameter takes."""

    NUMBERS = "a number or an array of them"
    ONE = "one number"
    ROW = "a row of numbers"
    COUNT = "one whole number"
    CHOICE = "a member of an enumeration, or its words"
    FLAG = "True or False"
    OBJECT = "an object of a class of ours"
    RNG = "a random generator"
    TABLE = "a data frame"
    TEXT = "text"
    OTHER = "a kind of its own, which has tests of its own"


class Foreign(StrEnum):
    """An enumeration of nobody's."""

    MEMBER = "a member of another enumeration"


@dataclass(frozen=True, eq=False)
class Sample:
    """A function with arguments that work.

    kinds : by parameter; every parameter has one.
    optional : parameters that may be None.
    infinite : results may be infinite, by the field's own definition.
    """

    function: Callable[..., Any]
    arguments: Mapping[str, Any]
    kinds: Mapping[str, Kind]
    optional: tuple[str, ...] = ()
    infinite: bool = False

    @property
    def name(self) -> str:
        return f"{self.function.__module__.removeprefix('netfin.')}.{self.function.__qualname__}"

    def call(self, **changed: Any) -> Any:
        """Call the function with its sample arguments, some of them changed.

        Arguments are copied, so that a generator begins each call where the last one began.
        """
        return self.function(**{**deepcopy(dict(self.arguments)), **changed})

    def parameters(self) -> list[str]:
        """List the parameters of the function itself."""
        return [name for name in inspect.signature(self.function).parameters if name != "self"]


# What the models stand on takes what it is given by them; it has tests of its own.
_UNDER_THE_MODELS = {"netfin.arrays", "netfin.checks", "netfin.terms"}


def _modules() -> Iterator[ModuleType]:
    for each in pkgutil.walk_packages(netfin.__path__, "netfin."):
        if each.name not in _UNDER_THE_MODELS:
            yield importlib.import_module(each.name)


def public() -> dict[str, Callable[..., Any]]:
    """Find the public functions and the parameter classes of all models, by name."""
    found: dict[str, Callable[..., Any]] = {}
    for module in _modules():
        for name, value in vars(module).items():
            ours = getattr(value, "__module__", "") == module.__name__ and not name.startswith("_")
            if ours and (inspect.isfunction(value) or _is_terms(value)):
                found[f"{module.__name__.removeprefix('netfin.')}.{name}"] = value
    return found


def _is_terms(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, Terms) and value is not Terms


def samples() -> list[Sample]:
    """Gather the samples of the floor and of all chapters."""
    gathered: list[Sample] = []
    for file in sorted(Path(__file__).parent.glob("*/samples.py")):
        spec = importlib.util.spec_from_file_location(f"samples_{file.parent.name}", file)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        gathered += module.SAMPLES
    return gathered


def by_chapter(cases: Mapping[str, tuple[Any, ...]]) -> dict[str, dict[str, tuple[Any, ...]]]:
    """Group cases by the chapter, or the module of the floor, that their names begin with."""
    groups: dict[str, dict[str, tuple[Any, ...]]] = {}
    for name, case in cases.items():
        groups.setdefault(name.partition(".")[0], {})[name] = case
    return groups


# Values that are refused whatever the function means by its parameter.
_NO_NUMBERS = (float("nan"), float("inf"), -float("inf"), "0.1", True, [[1.0], [1.0, 2.0]])


def _bad_rows(good: Any) -> tuple[Any, ...]:
    row = np.asarray(good, dtype=float)
    broken = [[*row[:-1], bad] for bad in (float("nan"), float("inf"), None)]
    return (row.reshape(1, -1), row.astype(str), float(row[0]), [], "0.1", True, *broken)


# For each kind, from the sample's own value, what must be refused.
_REFUSED: Mapping[Kind, Callable[[Any], tuple[Any, ...]]] = {
    Kind.NUMBERS: lambda _good: _NO_NUMBERS,
    Kind.ONE: lambda good: (*_NO_NUMBERS, [good, good], []),
    Kind.COUNT: lambda good: (*_NO_NUMBERS, 1.5, -1, [good], []),
    Kind.ROW: _bad_rows,
    Kind.CHOICE: lambda good: ("nonsense", Foreign.MEMBER, 1, True, f"{good} "),
    Kind.FLAG: lambda _good: ("no", 1, 0.0, [True]),
    Kind.OBJECT: lambda _good: (1.0, "text", object()),
    Kind.RNG: lambda _good: (7, "text"),
    Kind.TABLE: lambda _good: ("text", [], 1.0, pd.DataFrame()),
    Kind.TEXT: lambda _good: (3, "no such thing"),
    Kind.OTHER: lambda _good: (),
}


def refused(sample: Sample, parameter: str) -> Iterator[Any]:
    """Yield values that must be refused, naming the parameter."""
    kind = sample.kinds[parameter]
    if parameter not in sample.optional and kind is not Kind.OTHER:
        yield None
    yield from _REFUSED[kind](sample.arguments[parameter])


def names(parameter: str, refusal: Exception) -> bool:
    """Tell whether a refusal names a parameter."""
    return re.search(rf"\b{parameter}\b", str(refusal)) is not None


def equivalent(sample: Sample, parameter: str) -> Iterator[Any]:
    """Yield other ways to give the sample's own value, which must give the same result."""
    good = sample.arguments[parameter]
    if good is None:
        return
    match sample.kinds[parameter]:
        case Kind.NUMBERS | Kind.ONE if np.ndim(good) == 0:
            yield from (np.float64(good), np.asarray(good))
            if float(good).is_integer():
                yield from (int(good), np.int64(good))
        case Kind.COUNT:
            yield from (float(good), np.int64(good))
        case Kind.ROW:
            row = np.asarray(good)
            yield from (row, row.tolist(), tuple(row.tolist()), pd.Series(row, index=row[::-1]))
        case Kind.CHOICE:
            yield from (good, str(good.value))


def leaves(result: Any) -> list[Any]:
    """Take a result apart into numbers, arrays and words."""
    if isinstance(result, pd.DataFrame):
        return [result[column].to_numpy() for column in result.columns]
    if isinstance(result, Mapping):
        return [leaf for value in result.values() for leaf in leaves(value)]
    if isinstance(result, tuple | list) and not _is_row(result):
        return [leaf for value in result for leaf in leaves(value)]
    if is_dataclass(result) and not isinstance(result, type):
        return [leaf for each in fields(result) for leaf in leaves(getattr(result, each.name))]
    if hasattr(result, "toarray"):
        return [result.toarray()]
    return [result]


def _is_row(result: Any) -> bool:
    if hasattr(result, "_fields"):  # a named tuple has parts, whatever they are
        return False
    return all(isinstance(value, int | float) for value in result) and len(result) > 0


def numeric(leaf: Any) -> bool:
    """Tell whether a leaf is made of numbers."""
    return np.asarray(leaf).dtype.kind in "iuf"


def same(first: Any, second: Any) -> bool:
    """Compare two results, part by part; numbers to the last digits of rounding."""
    ones, others = leaves(first), leaves(second)
    return len(ones) == len(others) and all(map(_alike, ones, others))


def _alike(one: Any, other: Any) -> bool:
    if numeric(one) and numeric(other):
        if np.shape(one) != np.shape(other):
            return False
        return bool(np.allclose(one, other, rtol=1e-9, atol=1e-12, equal_nan=True))
    return bool(np.all(np.asarray(one == other)))
