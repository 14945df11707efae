"""Where the picture shows a guess: what the reader said, and the model's value."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .axes import Value
from .explorer import Explorer
from .shown import ExplorerError, Guess, Reading

if TYPE_CHECKING:
    from matplotlib.axes import Axes

POINTS = 72  # of the picture's units to the inch
INSIDE = 3  # units from an edge that bears numbers to the middle of the marks
HALF_BAR, HALF_SQUARE, HALF_DIAMOND = 2.5, 5, 7  # units
SHORTEST = 4  # units of a bar
# In words too: a range is a bar, a number a square, the model's value a diamond.
RANGE, NUMBER, MODEL = "▬", "■", "◆"

Span = tuple[float, float]


@dataclass(frozen=True)
class Places:
    """Places in the picture's own units, in the state that answers the guess.

    options : what each option says along the axis: where it lies, or its two ends.
    model : where the model's value lies on it.
    at : where the marks' middle lies, across the axis: from the top for x, from the left for y.
    """

    axis: Literal["x", "y"]
    options: tuple[float | Span, ...]
    model: float
    at: float


@dataclass(frozen=True)
class Marks:
    """Paths to draw: `yours` one for each option, with its sign in words, and `model`.

    asked : the state in which the model's value is read, and its mark drawn.
    """

    yours: tuple[str, ...]
    signs: tuple[str, ...]
    model: str
    asked: tuple[Value, ...]

    def drawn_in(self, state: tuple[Value, ...]) -> Iterator[tuple[str, str]]:
        """What a reader who has guessed may see in a state: whose mark it is, and its path."""
        yield from (("the reader's guess", path) for path in self.yours)
        if state == self.asked:
            yield "the model's value", self.model


def marks(explorer: Explorer, guess: Guess | None) -> Marks | None:
    """How a guess is marked; none where the picture does not show it."""
    found = places(explorer, guess) if guess else None
    if guess is None or found is None:
        return None
    yours = tuple(_mark(found, option) for option in found.options)
    signs = tuple(RANGE if isinstance(option, tuple) else NUMBER for option in found.options)
    return Marks(yours, signs, _diamond(found), _asked(explorer, guess))


def places(explorer: Explorer, guess: Guess) -> Places | None:
    """Where a guess is read in the picture, if it is.

    Raises ExplorerError where the figure has no such axes, or a value lies beyond their limits.
    """
    reading = guess.reading
    if reading is None:
        return None
    axes = _axes(explorer, guess, reading)
    model = _within(explorer, axes, reading.axis, "value", reading.value)
    options = tuple(_options(explorer, axes, reading))
    return Places(reading.axis, options, model, _across(explorer, axes, reading))


def _options(explorer: Explorer, axes: Axes, reading: Reading) -> Iterator[float | Span]:
    """Where each option lies; one without an end on one side ends where the picture does."""
    low, high = _limits(axes, reading.axis)
    falls = len(reading.edges) > 1 and reading.edges[0] > reading.edges[-1]
    first, last = (high, low) if falls else (low, high)
    ends = itertools.pairwise([first, *reading.edges, last])
    for said, between in zip(reading.said, ends, strict=True):
        if said is None or isinstance(said, tuple):
            pair = [min(max(end, low), high) for end in said or between]
            one, other = sorted(_place(axes, reading.axis, end) for end in pair)
            yield one, other
        else:
            yield _within(explorer, axes, reading.axis, "said", said)


def _limits(axes: Axes, axis: str) -> Span:
    low, high = sorted(axes.get_xlim() if axis == "x" else axes.get_ylim())
    return float(low), float(high)


def _within(explorer: Explorer, axes: Axes, axis: str, name: str, value: float) -> float:
    """The place of a value, which has to lie within the limits of its axis."""
    low, high = _limits(axes, axis)
    if not low <= value <= high:
        raise ExplorerError(
            f"Explorer {explorer.name!r}: {name} of its guess is {value:g}; it must lie "
            f"within the limits of {axis}, {low:g} to {high:g}"
        )
    return _place(axes, axis, value)


def _asked(explorer: Explorer, guess: Guess) -> tuple[Value, ...]:
    state = zip(explorer.axes.values(), explorer.asked_state(guess), strict=True)
    return tuple(axis.values[index] for axis, index in state)


def _axes(explorer: Explorer, guess: Guess, reading: Reading) -> Axes:
    figure = explorer.show(_asked(explorer, guess)).figure
    if not 0 <= reading.panel < len(figure.axes):
        raise ExplorerError(
            f"Explorer {explorer.name!r}: panel of its guess is {reading.panel}; "
            f"its figure has {len(figure.axes)} axes, counted from 0"
        )
    figure.draw_without_rendering()
    axes: Axes = figure.axes[reading.panel]
    return axes


def _place(axes: Axes, axis: str, value: float) -> float:
    """A value along x or y, in the picture's units: from the left, or from the top."""
    pair = (value, axes.get_ylim()[0]) if axis == "x" else (axes.get_xlim()[0], value)
    x, y = axes.transData.transform(pair)
    return _units(axes, x if axis == "x" else axes.figure.bbox.height - y)


def _across(explorer: Explorer, axes: Axes, reading: Reading) -> float:
    """Where the marks' middle lies: on a value of the other axis, or just inside the edge."""
    if reading.where is not None:
        other = "y" if reading.axis == "x" else "x"
        return _within(explorer, axes, other, "where", reading.where)
    box = axes.bbox
    if reading.axis == "x":
        return round(_units(axes, axes.figure.bbox.height - box.y0) - INSIDE, 1)
    return round(_units(axes, box.x0) + INSIDE, 1)


def _units(axes: Axes, pixels: float) -> float:
    return round(float(pixels) * POINTS / axes.figure.dpi, 1)


def _mark(found: Places, option: float | Span) -> str:
    """A square on a number, a bar over a range."""
    if isinstance(option, tuple):
        (start, end), half = option, HALF_BAR
        end = max(end, start + SHORTEST)
    else:
        start, end, half = option - HALF_SQUARE, option + HALF_SQUARE, HALF_SQUARE
    low, high = found.at - half, found.at + half
    return _shape(found, (start, low), (end, low), (end, high), (start, high))


def _diamond(found: Places) -> str:
    here, at, half = found.model, found.at, HALF_DIAMOND
    return _shape(found, (here - half, at), (here, at - half), (here + half, at), (here, at + half))


def _shape(found: Places, *corners: tuple[float, float]) -> str:
    """A path round corners, each given along the axis and across it."""
    turned = (each if found.axis == "x" else each[::-1] for each in corners)
    return f"M{'L'.join(f'{x:g} {y:g}' for x, y in turned)}z"
