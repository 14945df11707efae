"""The named lines of a picture as numbers: those that its author gave matplotlib's `label`.

They travel as whole steps of a thousandth of their axis or less, each as its distance from the one
before: curves are smooth, and small numbers weigh little.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STEPS = 1000  # that an axis has at least, in which its numbers are counted


@dataclass(frozen=True)
class NamedLine:
    """A line: its name, the labels of its axes, and its points.

    decimals : to which x and y are rounded; −1 means to tens.
    xs, ys : in units of the last decimal.
    """

    name: str
    labels: tuple[str, str]
    decimals: tuple[int, int]
    xs: tuple[int, ...]
    ys: tuple[int, ...]


def lines_of(figure: Figure) -> tuple[NamedLine, ...]:
    """The named lines of a figure, in the order in which they were drawn.

    Raises ValueError where one lies on axes without labels: its numbers would have no unit.
    """
    return tuple(
        _read(axes, artist)
        for axes in figure.axes
        for artist in axes.get_children()
        if hasattr(artist, "get_data") and not str(artist.get_label() or "_").startswith("_")
    )


def line_rows(lines: Sequence[NamedLine]) -> list[str]:
    """Lines as texts that can be pooled, three for each: what it is, its steps along x and y."""
    return [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in _rows(lines)]


def point_rows(lines: Sequence[NamedLine]) -> Iterator[list[str]]:
    """A row for each point, as the page's script writes them; a header where axes begin."""
    labels: tuple[str, ...] = ()
    for line in lines:
        if labels != line.labels:
            labels = line.labels
            yield ["line", *labels]
        for place in zip(line.xs, line.ys, strict=True):
            written = (
                f"{steps / 10.0**decimals:.{max(0, decimals)}f}"
                for steps, decimals in zip(place, line.decimals, strict=True)
            )
            yield [line.name, *written]


def _rows(lines: Sequence[NamedLine]) -> Iterator[Sequence[str | int]]:
    for line in lines:
        yield [line.name, *line.labels, *line.decimals]
        yield from ([int(each) for each in np.diff(part, prepend=0)] for part in (line.xs, line.ys))


def _read(axes: Axes, artist: Any) -> NamedLine:
    name, labels = str(artist.get_label()), (axes.get_xlabel(), axes.get_ylabel())
    if not all(labels):
        raise ValueError(f"the line {name!r} lies on axes labelled {labels}; both need a label")
    data = artist.get_data()
    if hasattr(data, "edges"):  # stairs: a row for each step, at its beginning
        data = (data.edges[:-1], data.values)
    xs, ys = (np.asarray(part, dtype=float) for part in data)
    drawn = np.isfinite(xs) & np.isfinite(ys)
    decimals = (_decimals(axes.get_xlim(), axes.get_xscale()),
                _decimals(axes.get_ylim(), axes.get_yscale()))  # fmt: skip
    whole = (np.rint(part[drawn] * 10.0**to) for part, to in zip((xs, ys), decimals, strict=True))
    along, up = (tuple(int(each) for each in part) for part in whole)
    return NamedLine(name, labels, decimals, along, up)


def _decimals(limits: tuple[float, float], scale: str) -> int:
    span = min(limits) if scale == "log" else abs(limits[1] - limits[0])
    return -math.floor(math.log10(span / STEPS) + 1e-9)
