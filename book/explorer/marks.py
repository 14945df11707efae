"""Where the picture shows a guess: the reader's option as a bar, the model's value as a diamond."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .explorer import Explorer
from .shown import ExplorerError, Guess, Reading

if TYPE_CHECKING:
    from matplotlib.axes import Axes

POINTS = 72  # of the picture's units to the inch
INSIDE = 3  # units from an edge that bears numbers to the middle of the marks
HALF_BAR, HALF_DIAMOND = 2.5, 7  # units
SHORTEST = 4  # units of a bar
SIGNS = {"yours": "▬", "model": "◆"}  # in words, as the page's script writes them too


@dataclass(frozen=True)
class Places:
    """Places in the picture's own units, in the state that answers the guess.

    spans : the options' ends along the axis.
    model : where the model's value lies on it.
    at : where the marks' middle lies, across the axis: from the top for x, from the left for y.
    """

    axis: Literal["x", "y"]
    spans: tuple[tuple[float, float], ...]
    model: float
    at: float


def marks(explorer: Explorer, guess: Guess) -> dict[str, str | list[str]] | None:
    """Paths to draw: `yours`, a bar for each option, and `model`; none where nothing is marked."""
    found = places(explorer, guess)
    if found is None:
        return None
    return {"yours": [_bar(found, span) for span in found.spans], "model": _diamond(found)}


def places(explorer: Explorer, guess: Guess) -> Places | None:
    """Where a guess is read in the picture, if it is.

    Raises ExplorerError where the figure has no such axes, or a value lies beyond their limits.
    """
    reading = guess.reading
    if reading is None:
        return None
    axes = _axes(explorer, guess, reading)
    low, high = _limits(explorer, axes, reading.axis, "value", reading.value)
    falls = len(reading.edges) > 1 and reading.edges[0] > reading.edges[-1]
    first, last = (high, low) if falls else (low, high)
    ends = [first, *(min(max(edge, low), high) for edge in reading.edges), last]
    placed = [_place(axes, reading.axis, end) for end in ends]
    spans = tuple((min(pair), max(pair)) for pair in itertools.pairwise(placed))
    model = _place(axes, reading.axis, reading.value)
    return Places(reading.axis, spans, model, _across(explorer, axes, reading))


def _limits(
    explorer: Explorer, axes: Axes, axis: str, name: str, value: float
) -> tuple[float, float]:
    """The lower and the upper end of an axis, between which a value has to lie."""
    low, high = sorted(axes.get_xlim() if axis == "x" else axes.get_ylim())
    if not low <= value <= high:
        raise ExplorerError(
            f"Explorer {explorer.name!r}: {name} of its guess is {value:g}; it must lie "
            f"within the limits of {axis}, {low:g} to {high:g}"
        )
    return low, high


def _axes(explorer: Explorer, guess: Guess, reading: Reading) -> Axes:
    state = zip(explorer.axes.values(), explorer.asked_state(guess), strict=True)
    figure = explorer.show([axis.values[index] for axis, index in state]).figure
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
        _limits(explorer, axes, other, "where", reading.where)
        return _place(axes, other, reading.where)
    box = axes.bbox
    if reading.axis == "x":
        return round(_units(axes, axes.figure.bbox.height - box.y0) - INSIDE, 1)
    return round(_units(axes, box.x0) + INSIDE, 1)


def _units(axes: Axes, pixels: float) -> float:
    return round(float(pixels) * POINTS / axes.figure.dpi, 1)


def _bar(found: Places, span: tuple[float, float]) -> str:
    (start, end), at, thick = span, found.at - HALF_BAR, 2 * HALF_BAR
    end = max(end, start + SHORTEST)
    if found.axis == "x":
        return f"M{start:g} {at:g}H{end:g}v{thick:g}H{start:g}z"
    return f"M{at:g} {start:g}V{end:g}h{thick:g}V{start:g}z"


def _diamond(found: Places) -> str:
    x, y = (found.model, found.at) if found.axis == "x" else (found.at, found.model)
    half = HALF_DIAMOND
    return f"M{x - half:g} {y:g}l{half} {-half}l{half} {half}l{-half} {half}z"
