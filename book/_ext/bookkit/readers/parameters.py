"""The parameters of a model as its code tells them: a class, and objects of it or its defaults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True)
class Parameter:
    """One parameter: how it is called, its value in each object, where the default comes from."""

    name: str
    symbol: str
    values: tuple[str, ...]
    unit: str
    source: str
    as_of: str
    fact: str


@dataclass(frozen=True)
class Parameters:
    """All parameters of a class, and what the objects are called."""

    objects: tuple[str, ...]
    rows: tuple[Parameter, ...]


def module_of(words: Sequence[str]) -> str:
    """Name the module of a class."""
    return words[0].rpartition(".")[0]


def load_parameters(words: Sequence[str]) -> Parameters:
    """Read a class by its name with its module, and the objects named after it."""
    from netfin.terms import parameters

    try:
        module = import_module(module_of(words))
        terms = getattr(module, words[0].rpartition(".")[2])
        values = {each: getattr(module, each) for each in words[1:]}
    except (ImportError, AttributeError) as fault:
        raise ValueError(fault) from fault
    for each, value in values.items():
        if type(value) is not terms:
            raise ValueError(f"{each} is of {type(value).__name__}: its sources stand there")
    shown = values or {"Default": terms()}
    rows = []
    for name, about in parameters(terms).items():
        of_each = tuple(f"{getattr(each, name):g}" for each in shown.values())
        source = about.source, about.as_of, about.fact
        rows.append(Parameter(name, about.symbol, of_each, about.unit, *source))
    return Parameters(tuple(shown), tuple(rows))
