"""Where the picture shows a guess: the options and the model's value, as places along an axis."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from .explorer import Explorer
from .shown import ExplorerError, Guess, Reading

if TYPE_CHECKING:
    from matplotlib.axes import Axes

POINTS = 72  # of the picture's units to the inch


def marks(explorer: Explorer, guess: Guess) -> dict[str, Any] | None:
    """Places in the picture's own units, in the state that answers the guess; none if none are.

    `spans` are the options' ends along the axis, `model` is where the model's value lies on it,
    `at` where the axis itself lies: from the top for x, from the left for y.

    Raises ExplorerError where the figure has no such axes, or the value lies beyond their limits.
    """
    reading = guess.reading
    if reading is None:
        return None
    axes = _axes(explorer, guess, reading)
    limits = axes.get_xlim() if reading.axis == "x" else axes.get_ylim()
    low, high = sorted(limits)
    if not low <= reading.value <= high:
        raise ExplorerError(
            f"Explorer {explorer.name!r}: value of its guess is {reading.value:g}; it must lie "
            f"within the limits of {reading.axis}, {low:g} to {high:g}"
        )
    falls = len(reading.edges) > 1 and reading.edges[0] > reading.edges[-1]
    first, last = (high, low) if falls else (low, high)
    ends = [first, *(min(max(edge, low), high) for edge in reading.edges), last]
    places = [_place(axes, reading.axis, end) for end in ends]
    return {
        "axis": reading.axis,
        "spans": [sorted(pair) for pair in itertools.pairwise(places)],
        "model": _place(axes, reading.axis, reading.value),
        "at": _line(axes, reading.axis),
    }


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


def _line(axes: Axes, axis: str) -> float:
    box = axes.bbox
    return _units(axes, axes.figure.bbox.height - box.y0 if axis == "x" else box.x0)


def _units(axes: Axes, pixels: float) -> float:
    return round(float(pixels) * POINTS / axes.figure.dpi, 1)
