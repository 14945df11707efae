"""Parameter objects: numbers that know their symbol, unit and source, and check themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from types import MappingProxyType
from typing import NamedTuple, get_type_hints

import numpy as np
from numpy.typing import ArrayLike

from netfin.checks import Check, fraction, matching


class About(NamedTuple):
    """What a parameter is, which values it may have and where its default comes from.

    `check` is one of `netfin.checks`; without it a parameter is a fraction, from 0 to 1. `fact`
    is the id of a cited fact that the default leans on, which brings its own date; `as_of` dates
    any other source. An assumption of ours needs neither.
    """

    symbol: str
    unit: str
    source: str
    check: Check = fraction
    as_of: str = ""
    fact: str = ""


def parameters(terms: type) -> Mapping[str, About]:
    """Look up, for each parameter of a terms class, its symbol, unit and source.

    Parameters
    ----------
    terms : type of Terms
        A class of parameters.

    Returns
    -------
    mapping of str to About
        By the parameters' names, in their order.

    Raises
    ------
    TypeError
        Where the class is no dataclass.
    """
    return _parameters(terms)


@cache  # the hints are text, compiled when they are asked for, and asked for by each new object
def _parameters(terms: type) -> Mapping[str, About]:
    hints = get_type_hints(terms, include_extras=True)
    return MappingProxyType({each.name: hints[each.name].__metadata__[0] for each in fields(terms)})


class Terms:
    """A parameter object whose fields are checked when it is made.

    Each field is annotated with an `About`, which names its check. What concerns several fields
    at once a class checks in `consistent`.
    """

    def __post_init__(self) -> None:
        for name, about in parameters(type(self)).items():
            object.__setattr__(self, name, about.check(name, getattr(self, name)))
        matching(**vars(self))
        self.consistent()

    def consistent(self) -> None:
        """Refuse fields that do not go together; a class without such a rule leaves it empty."""


def matching_terms(**values: Terms | ArrayLike) -> tuple[int, ...]:
    """As `checks.matching`, with parameter objects among the values, which count as their fields.

    Parameters
    ----------
    **values : Terms or array_like
        Numbers, arrays and parameter objects by the names that the caller knows.

    Returns
    -------
    tuple of int
        The shape; () where all are single numbers.

    Raises
    ------
    ValueError
        Naming the values, objects too, whose shapes do not broadcast against each other.
    """
    return matching(**{name: np.broadcast_to(0.0, _shape(each)) for name, each in values.items()})


def single(name: str, terms: Terms) -> None:
    """Refuse, by name, terms that hold arrays, for models that take one case at a time.

    Parameters
    ----------
    name : str
        The parameter as the caller knows it, for the message.
    terms : Terms
        Parameters of one case.

    Raises
    ------
    ValueError
        Naming the terms and the shape.
    """
    if shape := _shape(terms):
        raise ValueError(f"{name} must hold single numbers, not arrays of shape {shape}")


def _shape(value: Terms | ArrayLike) -> tuple[int, ...]:
    parts = vars(value).values() if isinstance(value, Terms) else (value,)
    return np.broadcast_shapes(*map(np.shape, parts))
