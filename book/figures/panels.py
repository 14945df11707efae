"""What several pictures draw alike: panels in px, edges left out, dashed marks, minus signs."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from figures.style import WIDTH

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


def cell(table: pd.DataFrame, row: object, column: str) -> float:
    """Give one number of a table, by its row's label and its column's name."""
    return float(table[column].to_dict()[row])
