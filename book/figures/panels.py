"""What several pictures draw alike: panels in px, edges left out, dashed marks, minus signs."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from figures.style import INK, WIDTH

MINUS = "\u2212"
DASHED = (0, (4, 3))
"""A mark that is no curve: a limit, an average, a level to compare with."""


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
    figure.text(x, y, name, va="center", color=INK, fontsize=12.5)


def cell(table: pd.DataFrame, row: object, column: str) -> float:
    """Give one number of a table, by its row's label and its column's name."""
    return float(table[column].to_dict()[row])
