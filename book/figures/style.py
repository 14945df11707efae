"""The one style of all figures: palette, type, sizes; colours named as in `_static/book.css`."""

from __future__ import annotations

from pathlib import Path

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from explorer import Explore, Shelf, Style

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[1]

PAPER = "#fffdf8"
INK = "#1e2226"
INK_SOFT = "#555c63"
INK_FAINT = "#dedad0"
TRADITIONAL = "#1d5c9b"
TRADITIONAL_TINT = "#e3edf7"
INTERNET = "#a84c08"
INTERNET_TINT = "#fbeadb"
LOSS = "#8a1c5c"
GREY_1 = "#e4e2dc"
GREY_2 = "#8a8f94"
GREY_3 = "#5b6167"
SCALE = ("#cfe3e0", "#97c3bf", "#5a9d98", "#2b7672", "#0d4a49")

COLOURS = {
    PAPER: "--paper",
    INK: "--ink",
    INK_SOFT: "--ink-soft",
    INK_FAINT: "--ink-faint",
    TRADITIONAL: "--traditional",
    TRADITIONAL_TINT: "--traditional-tint",
    INTERNET: "--internet",
    INTERNET_TINT: "--internet-tint",
    LOSS: "--loss",
    GREY_1: "--grey-1",
    GREY_2: "--grey-2",
    GREY_3: "--grey-3",
} | {colour: f"--scale-{i}" for i, colour in enumerate(SCALE, start=1)}

FONT = "Book Sans"
WIDTH, HEIGHT = 400, 290  # px
SIZE = 14.8  # of letters: 12 px where the picture is as wide as a phone's page, 326 px

for _font in sorted((_HERE / "fonts").glob("*.ttf")):
    font_manager.fontManager.addfont(_font)

_RC = {
    "font.family": [FONT],
    "font.size": SIZE,
    "text.color": INK,
    "axes.labelcolor": INK_SOFT,
    "axes.labelsize": SIZE,
    "axes.edgecolor": INK_SOFT,
    "axes.facecolor": "none",
    "axes.linewidth": 1,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "figure.facecolor": "none",
    "figure.edgecolor": "none",
    "figure.dpi": 72,
    "grid.color": INK_FAINT,
    "grid.linewidth": 1,
    "lines.linewidth": 2.2,
    "lines.solid_capstyle": "round",
    "xtick.color": INK_SOFT,
    "ytick.color": INK_SOFT,
    "axes.titlesize": SIZE,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "xtick.labelsize": SIZE,
    "ytick.labelsize": SIZE,
    "hatch.color": PAPER,
}

explore = Explore(
    Style(FONT, COLOURS, _RC, paper=PAPER, quiet=(INK_FAINT,)),
    depends_on=(
        Shelf(_ROOT / "data", reader=_ROOT / "book" / "netfin" / "data.py"),
        _ROOT / "requirements.txt",
        _HERE / "fonts",
    ),
)


def new_axes(
    box: tuple[float, float, float, float] = (52, 44, 16, 14), height: float = HEIGHT
) -> tuple[Figure, Axes]:
    """A figure with one fixed axes rectangle, so that nothing jumps while a slider moves.

    box : margins in px: left, bottom, right, top.
    height : of the figure, px.
    """
    left, bottom, right, top = box
    figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72)
    width, tall = WIDTH - left - right, height - bottom - top
    axes = figure.add_axes((left / WIDTH, bottom / height, width / WIDTH, tall / height))
    axes.set_axisbelow(True)
    return figure, axes
