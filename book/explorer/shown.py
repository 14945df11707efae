"""What a figure function returns, and what an explorer asks of its reader."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context
from numbers import Integral
from typing import TYPE_CHECKING, Literal

from .axes import Value
from .signs import typeset

if TYPE_CHECKING:  # a book is planned without them, and they take a second to import
    import pandas as pd
    from matplotlib.figure import Figure

Row = tuple[str | int | float, ...]
Said = float | tuple[float, float] | None
_NO_NUMBER = re.compile(r"\b(nan|inf)\b", re.IGNORECASE)


class ExplorerError(Exception):
    """An explorer that cannot be shown; the message names explorer, state and numbers."""


@dataclass(frozen=True)
class Shown:
    """One state of an explorer.

    figure : the picture.
    sentence : what the picture shows, in words; it is the picture's text alternative.
    table : the numbers of the picture; column names carry the units. The index is not shown.
    """

    figure: Figure
    sentence: str
    table: pd.DataFrame

    def __post_init__(self) -> None:
        if not self.sentence.strip() or _NO_NUMBER.search(self.sentence):
            raise ValueError(
                f"sentence is {self.sentence!r}; it must hold words, and no nan or inf"
            )
        object.__setattr__(self, "sentence", typeset(self.sentence))


@dataclass(frozen=True)
class Reading:
    """Where a guess is read in the picture: the numbers of `Guess.between`, and their axis.

    where : on the other axis; none where the marks stand at its start.
    said : what each option names, a number or two that it lies between; none where that is all
        between its edges.
    """

    axis: Literal["x", "y"]
    panel: int
    value: float
    edges: tuple[float, ...]
    where: float | None
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Guess:
    """The question a reader commits to before moving anything.

    question : asked above the picture.
    ranges : the answers to click on.
    right : index of the right one; take it from the model.
    because : shown, with the right answer, once the reader has set the controls to `at`.
    at : values of axes, as the reader sees them, at which the answer is shown; axes that are not
        named stand at their defaults. Not the default state, which the reader finds.
    reading : where the numbers are read in the picture, if they are.
    """

    question: str
    ranges: tuple[str, ...]
    right: int
    because: str
    at: Mapping[str, Value]
    reading: Reading | None = None

    def __post_init__(self) -> None:
        if len(set(self.ranges)) < max(2, len(self.ranges)):
            raise ValueError(f"ranges are {self.ranges}; they must be two or more, all different")
        if not 0 <= self.right < len(self.ranges):
            raise ValueError(
                f"right is {self.right}; it must be the index of one of {len(self.ranges)} ranges"
            )

    @classmethod
    def between(
        cls,
        question: str,
        value: float,
        edges: Sequence[float],
        options: tuple[str, ...],
        because: str,
        at: Mapping[str, Value],
        *,
        mark: Literal["x", "y"] | None = None,
        panel: int = 0,
        where: float | None = None,
        said: Sequence[Said] | None = None,
    ) -> Guess:
        """Make the guess whose right option is the one that the model's value falls into.

        edges : what separates each option from the next, in the options' order, rising or falling.
        mark : the axis on which value and edges can be read; there the picture then shows the
            reader's option and the model's value. None: the picture shows neither.
        panel : which of the figure's axes that is, in the order in which they were added.
        where : the value of the other axis at which the marks stand, as where a curve is read;
            None: along the edge that bears the numbers.
        said : for each option what it names, where that is less than all between its edges: a
            number ("about 15", marked as a point), or a pair of them.

        Raises ValueError where the edges are not one fewer than the options or not in order, where
        the value lies on an edge, for then no option would be right, and where an option names
        what lies in another.
        """
        rising = sorted(set(edges), reverse=_fall(edges))
        if len(edges) != len(options) - 1 or rising != list(edges):
            raise ValueError(
                f"edges are {list(edges)}; "
                f"they must be {len(options) - 1} different numbers in order"
            )
        if not math.isfinite(value) or value in edges:
            raise ValueError(f"value is {value!r}; it must be a number between {list(edges)}")
        right = _option_of(value, edges)
        named = tuple(said or [None] * len(options))
        _check_said(named, edges)
        reading = Reading(mark, panel, value, tuple(edges), where, named) if mark else None
        return cls(question, options, right, because, at, reading)


def _fall(edges: Sequence[float]) -> bool:
    return len(edges) > 1 and edges[0] > edges[-1]


def _option_of(value: float, edges: Sequence[float]) -> int:
    """The place of the option that a value falls into."""
    return sum(bool(value < edge if _fall(edges) else value > edge) for edge in edges)


def _check_said(said: Sequence[Said], edges: Sequence[float]) -> None:
    if len(said) != len(edges) + 1:
        raise ValueError(f"said is {list(said)}; it must have one for each of {len(edges) + 1}")
    for option, named in enumerate(said):
        pair = named if isinstance(named, tuple) else () if named is None else (named,)
        if any(_option_of(value, edges) != option and value not in edges for value in pair):
            raise ValueError(
                f"said is {list(said)}; what option {option + 1} names must lie between its "
                f"edges, of {list(edges)}"
            )


@dataclass(frozen=True)
class Challenge:
    """A state to find.

    task : what to find.
    met : tells from the table of a state whether it is found.
    found : what finding it teaches; shown then.
    """

    task: str
    met: Callable[[pd.DataFrame], bool]
    found: str


def table_rows(table: pd.DataFrame) -> tuple[Row, ...]:
    """Header and rows of a table; whole numbers as they are, others to six significant digits.

    Raises ValueError where a cell is neither text nor a finite number, or a year is a number.
    """
    rows: list[Row] = [tuple(str(name) for name in table.columns)]
    for record in table.itertuples(index=False, name=None):
        rows.append(tuple(_cell(value, name) for value, name in zip(record, rows[0], strict=True)))
    return tuple(rows)


def _cell(value: object, column: str | int | float) -> str | float:
    if isinstance(value, str):
        return value
    if column == "year" and isinstance(value, Integral) and int(value) >= 1000:  # else 2,020
        raise ValueError(f"table column 'year' holds {value!r}; it must be text, as '{value}'")
    if isinstance(value, Integral):
        return int(value)
    try:
        number = float(f"{float(value):.6g}")  # type: ignore[arg-type]
    except (TypeError, ValueError):
        number = float("nan")
    if not abs(number) < float("inf"):
        raise ValueError(
            f"table column {column!r} holds {value!r}; it must be text or a finite number"
        )
    return int(number) if number == int(number) else number


def readable(cell: str | int | float) -> str:
    """A number to four digits or to the whole, as the page's script writes it; text as set.

    Thousands are set apart, as in the text; a year is no number but a name, and given as text.
    """
    if isinstance(cell, str):
        return typeset(cell)
    digits = max(4, len(str(int(abs(cell)))))
    number = Context(digits, rounding=ROUND_HALF_UP).create_decimal(cell)
    text = f"{number:,f}".replace("-", "\u2212")
    return text.rstrip("0").rstrip(".") if "." in text else text
