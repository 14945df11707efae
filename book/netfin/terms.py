"""Parameter objects: numbers that know their symbol, unit and source, and check themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import NamedTuple, get_type_hints

from netfin.checks import fraction


class About(NamedTuple):
    """What a parameter is and where its default comes from.

    `fact` is the id of a cited fact that the default leans on, which brings its own date; `as_of`
    dates any other source. An assumption of ours needs neither.
    """

    symbol: str
    unit: str
    source: str
    below_one: bool = False
    as_of: str = ""
    fact: str = ""


def parameters(terms: type) -> Mapping[str, About]:
    """Look up, for each parameter of a terms class, its symbol, unit and source."""
    hints = get_type_hints(terms, include_extras=True)
    return {each.name: hints[each.name].__metadata__[0] for each in fields(terms)}


class Terms:
    """A parameter object whose fields are all fractions, checked when it is made."""

    def __post_init__(self) -> None:
        for name, about in parameters(type(self)).items():
            checked = fraction(name, getattr(self, name), open_right=about.below_one)
            object.__setattr__(self, name, checked)
