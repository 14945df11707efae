"""A headline statement: its sentence, its rule, and the ranges it is tried on."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from netfin.checks import Array, choice, finite, instance
from netfin.terms import Terms, parameters

Draw: TypeAlias = Mapping[str, Array]
"""For each range, by its name, one value a case."""
Truth: TypeAlias = NDArray[np.bool_]
Given = TypeVar("Given", bound=Terms)


class Kind(StrEnum):
    """What a statement claims of its cases."""

    POSSIBLE = "possible"  # can be so: needs one state shown
    CONDITIONAL = "conditional"  # is so where its rule holds
    GENERAL = "general"  # is so: needs 95 of 100 in every design


@dataclass(frozen=True)
class Range:
    """Which values a parameter is tried at, and why these.

    name : key in a draw; `from_draw` reads "bank.funding_rate" as a field of the bank.
    default : the book's number, taken from the code.
    low, high : lowest and highest sourced observation. Without `facts` or a `source` the range is
        ours, and reaches at least from half to twice the default (or to the domain's end).
    label : the parameter as a sentence names it: "the bank's own handling".
    reason : why these ends.
    facts, source : ids in facts.csv, or a work or data set in words.
    unit : "%" writes shares and rates as percentages; any other is written behind the number.
    by_ratio : how the range is drawn and halved: by ratio for rates, costs and amounts, evenly
        (False) for shares.
    domain : the values that the model takes; cases beyond are counted and left out.
    tied : what a source ties together bears the same word here and is drawn together.
    whole : the statement rounds it, so that it turns between two whole numbers.
    """

    name: str
    default: float
    low: float
    high: float
    label: str
    reason: str
    facts: tuple[str, ...] = ()
    source: str = ""
    unit: str = "%"
    by_ratio: bool = True
    domain: tuple[float, float] = (0.0, 1.0)
    tied: str = ""
    whole: bool = False

    def __post_init__(self) -> None:
        """Refuse a range without reason, and one that is too narrow to be ours."""
        for part in ("default", "low", "high"):
            number = float(finite(f"{self.name}: {part}", getattr(self, part)))
            object.__setattr__(self, part, number)
        if not self.reason.strip() or not self.label.strip():
            raise ValueError(f"{self.name}: a range needs a label and a reason")
        start, end = self.domain
        if not start <= self.low <= self.default <= self.high <= end or self.low == self.high:
            raise ValueError(
                f"{self.name}: default {self.default:g} must lie between low {self.low:g} and high "
                f"{self.high:g}, two numbers from {start:g} to {end:g}"
            )
        if self.by_ratio and self.low <= 0.0:
            raise ValueError(f"{self.name}: low must be above 0 to draw by ratio, not {self.low:g}")
        half, twice = max(self.default / 2.0, start), min(self.default * 2.0, end)
        if self.ours and (self.low > half or self.high < twice):
            raise ValueError(
                f"{self.name}: a range of ours reaches at least from {half:g} to {twice:g}, "
                f"not from {self.low:g} to {self.high:g}"
            )

    @classmethod
    def half_to_twice(cls, name: str, default: object, label: str, **more: Any) -> Range:
        """Make a range of ours, from half to twice the default, or to the end of its domain."""
        middle = float(finite(f"{name}: default", default))  # type: ignore[arg-type]
        start, end = more.get("domain", (0.0, 1.0))
        low, high = max(middle / 2.0, start), min(2.0 * middle, end)
        return cls(name, middle, low, high, label, **{"reason": "half to twice our number", **more})

    @property
    def ours(self) -> bool:
        """Whether no source stands behind the range."""
        return not self.facts and not self.source

    @property
    def decider(self) -> str:
        """What the range is drawn with: itself, or the word that ties it to others."""
        return self.tied or self.name

    def at(self, place: Array, stretch: float = 1.0, evenly: bool = False) -> Array:
        """Give the value at a place from 0, the low end, to 1, the high end.

        The range may be stretched around the default; it is gone through by ratio unless it is
        to be drawn evenly.
        """
        log = self.by_ratio and not evenly
        low, middle, high = (
            float(np.log(each)) if log else each for each in (self.low, self.default, self.high)
        )
        low, high = (middle + stretch * (end - middle) for end in (low, high))
        value = low + place * (high - low)
        return np.exp(value) if log else value

    def along(self, way: Array) -> Array:
        """Give the value on the way from low, −1, through the default, 0, to high, 1."""
        ends = [self.low, self.default, self.high]
        if self.by_ratio:
            return np.exp(np.interp(way, [-1.0, 0.0, 1.0], np.log(ends)))
        return np.interp(way, [-1.0, 0.0, 1.0], ends)

    def way(self, place: Array) -> Array:
        """Give where on the way that `along` takes a place from low, 0, to high, 1, lies."""
        return np.interp(place, [0.0, self.place(self.default), 1.0], [-1.0, 0.0, 1.0])

    def place(self, value: float) -> float:
        """Give the place of a value from low, 0, to high, 1, as the range is gone through."""
        ends = np.array([self.low, self.high, value])
        low, high, middle = np.log(ends) if self.by_ratio else ends
        return float((middle - low) / (high - low))

    def takes(self, values: Array) -> Truth:
        """Tell which values the model takes."""
        start, end = self.domain
        return (values >= start) & (values <= end)


@dataclass(frozen=True)
class Rule:
    """The turning rule: one inequality in things that can be observed.

    words : the inequality, as a sentence.
    left, right : its two sides, of a draw; it holds where left is above right.
    exact : whether it says the same as the statement in every case; an approximate rule agrees in
        95 of 100.
    unit : of the two sides, as in `Range`.
    """

    words: str
    left: Callable[[Draw], Array]
    right: Callable[[Draw], Array]
    exact: bool = True
    unit: str = "%"

    def holds(self, draw: Draw) -> Truth:
        """Tell in which cases the inequality holds."""
        return np.asarray(self.left(draw)) > np.asarray(self.right(draw))


@dataclass(frozen=True)
class Statement:
    """A headline statement: a sentence that is true or false in the model.

    name : a slug, unlike that of the chapter's other statements.
    claims : ids of the claims that it bears on.
    kind, words : what it claims, and the sentence.
    holds : the statement in the model; takes a draw, gives a truth value for each case.
    rule, ranges : where it turns, and what is varied.
    left_out : what the draws do not cover, such as other forms of the market.
    shown : a possible statement's state: some parameters' values inside their ranges at which it
        is true, all others at their defaults.
    inside : which cases the model takes and the statement speaks of, where that hangs on several
        parameters at once; the others are counted and left out.
    """

    name: str
    claims: tuple[str, ...]
    kind: Kind
    words: str
    holds: Callable[[Draw], Truth]
    rule: Rule
    ranges: tuple[Range, ...]
    left_out: str
    shown: Mapping[str, float] = field(default_factory=dict)
    inside: Callable[[Draw], Truth] | None = None

    def __post_init__(self) -> None:
        """Refuse a statement that says too little of itself."""
        choice(f"{self.name}: kind", self.kind, Kind)
        for part in ("name", "claims", "words", "ranges", "left_out"):
            if not getattr(self, part):
                raise ValueError(f"{self.name or 'a statement'}: {part} is missing")
        names = [each.name for each in self.ranges]
        if len(set(names)) < len(names):
            raise ValueError(f"{self.name}: two ranges have one name among {', '.join(names)}")
        if unknown := set(self.shown) - set(names):
            raise ValueError(f"{self.name}: shown names no range {', '.join(sorted(unknown))}")

    @property
    def deciders(self) -> tuple[str, ...]:
        """What is drawn by itself, in the order of the ranges."""
        return tuple(dict.fromkeys(each.decider for each in self.ranges))

    def range_of(self, name: str) -> Range:
        """Look up a range by its own name, or the first that is tied by a word."""
        return next(each for each in self.ranges if name in (each.name, each.tied))

    def state(self, changed: Draw | None = None, size: int = 1) -> dict[str, Array]:
        """Give cases in which all parameters but some changed ones have their defaults."""
        default = {each.name: np.full(size, each.default) for each in self.ranges}
        return default | dict(changed or {})

    def takes(self, draw: Draw) -> Truth:
        """Tell which cases the model takes."""
        taken = np.all([each.takes(draw[each.name]) for each in self.ranges], axis=0)
        if self.inside is not None:  # asked only of what every range takes: a model may refuse more
            taken[taken] = self.inside({name: values[taken] for name, values in draw.items()})
        return np.asarray(taken)

    def tried(self, draw: Draw) -> tuple[Truth, Truth]:
        """Tell which cases are true, and which the model takes; what it does not is not true."""
        taken = self.takes(draw)
        true = np.zeros_like(taken)
        true[taken] = self.truth({name: values[taken] for name, values in draw.items()})
        return true, taken

    def truth(self, draw: Draw) -> Truth:
        """Tell in which cases the statement is true; the model must take them all."""
        found = np.asarray(self.holds(draw))
        if found.dtype != np.bool_ or found.shape != np.shape(draw[self.ranges[0].name]):
            raise ValueError(
                f"{self.name}: holds must give one truth value for each case, not "
                f"{found.dtype} of shape {found.shape}"
            )
        return found


def from_draw(terms: Given, owner: str, draw: Draw) -> Given:
    """Put the values of a draw into a parameter object.

    Parameters
    ----------
    terms : Terms
        Gives the fields that are not drawn.
    owner : str
        Whose fields are meant: "bank" reads "bank.funding_rate" as `funding_rate`.
    draw : mapping of str to ndarray
        Values by name, each in the unit of its field.

    Returns
    -------
    Terms
        Of the class of `terms`, with an array in each field that is drawn.

    Raises
    ------
    ValueError
        If the draw has nothing for the owner, or a field that the terms have not.
    TypeError
        Naming `terms` or `owner`, where it is of another type.

    Source
    ------
    Ours: an arrangement of data.
    """
    instance("terms", terms, Terms)
    owner = instance("owner", owner, str)
    start = f"{owner}."
    given = {name.removeprefix(start): draw[name] for name in draw if name.startswith(start)}
    unknown = sorted(given.keys() - parameters(type(terms)).keys())
    if not given or unknown:
        fault = f"fields that its terms lack: {', '.join(unknown)}" if unknown else "no field"
        raise ValueError(f"owner {owner!r}: the draw has {fault}")
    changed: Any = dataclasses.replace(terms, **given)  # type: ignore[type-var]
    return changed  # type: ignore[no-any-return]
