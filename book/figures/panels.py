"""What several pictures draw alike: panels in px, keys of colours, signs, labels in clear."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from figures.style import INK, WIDTH

MINUS = "\u2212"


def minus(text: str) -> str:
    """Write true minus signs for the hyphens of formatted numbers."""
    return text.replace("-", MINUS)


def add_panel(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Add axes at a place in px, counted from the figure's left and lower edge."""
    tall = figure.get_figheight() * 72
    return figure.add_axes((left / WIDTH, bottom / tall, width / WIDTH, height / tall))


def hide_edges(axes: Axes, *edges: str) -> None:
    """Leave out edges of the axes: "left", "bottom" and so on."""
    for edge in edges:
        axes.spines[edge].set_visible(False)


def add_key(figure: Figure, left: float, bottom: float, name: str, face: str, edge: str) -> None:
    """Name a colour: a square at a place in px, as for panels, and words beside it."""
    width, height = figure.get_size_inches() * 72
    place, transform = (left / width, bottom / height), figure.transFigure
    square = Rectangle(place, 12 / width, 12 / height, transform=transform)
    square.set(facecolor=face, edgecolor=edge, linewidth=1)
    figure.add_artist(square)
    x, y = (left + 17) / width, (bottom + 6) / height
    figure.text(x, y, name, va="center", color=INK)


def cell(table: pd.DataFrame, row: object, column: str) -> float:
    """Give one number of a table, by its row's label and its column's name."""
    return float(table[column].to_dict()[row])


Spot = tuple[float, float, str, str]
"""Where a label may stand: x and y in its own coordinates, and its alignment, as of matplotlib."""
_UNSEEN = 16  # px of a line that a label may hide: as where one crosses
_NEVER = 1000


def place_label(
    axes: Axes, label: Text, spots: Sequence[Spot], lines: Sequence[Line2D], *others: Text
) -> None:
    """Put a label on the first spot where it hides no line, lies on no other and is not cut."""
    frame = Bbox([axes.bbox.min, axes.figure.bbox.max])  # not over the axes' own edges
    taken = [other.get_window_extent() for other in others]

    def badness(spot: Spot) -> int:
        x, y, ha, va = spot
        label.set(position=(x, y), ha=ha, va=va)
        box = label.get_window_extent().padded(2, -1)  # a font's box is higher than its letters
        cut = not frame.contains(*box.min) or not frame.contains(*box.max)
        hidden = sum(int(_hidden(box, line) / _UNSEEN) for line in lines)
        return hidden + _NEVER * (cut + sum(box.overlaps(each) for each in taken))

    badness(min(spots, key=badness))


def _hidden(box: Bbox, line: Line2D) -> float:
    """How many px of a line lie in a box."""
    places = line.get_transform().transform(line.get_xydata())
    parts = np.linspace(0, len(places) - 1, 1000)
    x, y = (np.interp(parts, np.arange(len(places)), places[:, k]) for k in (0, 1))
    behind = (box.x0 < x) & (x < box.x1) & (box.y0 < y) & (y < box.y1)
    return float(np.hypot(np.diff(x), np.diff(y))[behind[1:]].sum())
