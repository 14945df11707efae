"""The lines that an author names: read out of the figure, packed, and written as rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from built import decoded
from explorer.lines import line_rows, lines_of, point_rows


def drawn(paint: Callable[[Axes], Any], **how: Any) -> Figure:
    figure = Figure()
    axes = figure.add_subplot()
    axes.set(**({"xlim": (0, 5), "ylim": (0, 2000), "xlabel": "years", "ylabel": "yuan"} | how))
    paint(axes)
    return figure


def curve(axes: Axes) -> None:
    axes.plot([0, 1.2344, np.nan, 3], [10, -20.6, 5, 1999.4], label="worth")
    axes.plot([0, 5], [1, 1])  # has no name
    axes.plot([2], [3], "o")


def test_a_named_line_is_read_to_a_thousandth_of_its_axes() -> None:
    [line] = lines_of(drawn(curve))
    assert (line.name, line.labels, line.decimals) == ("worth", ("years", "yuan"), (3, 0))
    assert line.xs == (0, 1234, 3000)
    assert line.ys == (10, -21, 1999)


def test_on_an_axis_by_ratio_the_lower_end_counts() -> None:
    how = {"xscale": "log", "xlim": (1, 1000)}
    [line] = lines_of(drawn(lambda axes: axes.plot([1.0514, 900], [0, 1], label="loss"), **how))
    assert line.decimals[0] == 3
    assert line.xs == (1051, 900_000)


def test_on_a_long_axis_numbers_are_rounded_to_tens() -> None:
    [line] = lines_of(drawn(lambda axes: axes.plot([0, 1], [4, 15], label="a"), ylim=(0, 2e4)))
    assert (line.decimals[1], line.ys) == (-1, (0, 2))
    assert [row[2] for row in point_rows([line])] == ["yuan", "0", "20"]


def test_stairs_have_one_row_for_each_step() -> None:
    [line] = lines_of(
        drawn(lambda axes: axes.stairs([3, 5], [0, 1, 2], baseline=None, label="owed"))
    )
    assert line.xs == (0, 1000)
    assert line.ys == (3, 5)


def test_what_is_packed_is_what_a_page_reads() -> None:
    lines = lines_of(drawn(curve))
    [read] = decoded(line_rows(lines))
    assert (read.name, read.labels, read.fine) == ("worth", ("years", "yuan"), (0.001, 1))
    assert read.xs == pytest.approx([0, 1.234, 3])
    assert read.ys == [10, -21, 1999]


def test_points_stand_under_the_labels_of_their_axes() -> None:
    two = (*lines_of(drawn(curve)), *lines_of(drawn(curve)), *lines_of(drawn(curve, ylabel="%")))
    rows = list(point_rows(two))
    assert rows[:2] == [["line", "years", "yuan"], ["worth", "0.000", "10"]]
    assert [row for row in rows if row[0] == "line"] == [rows[0], ["line", "years", "%"]]
    assert len(rows) == 2 + 9


def test_a_named_line_needs_labels_on_its_axes() -> None:
    with pytest.raises(ValueError, match="the line 'worth' lies on axes labelled"):
        lines_of(drawn(curve, ylabel=""))
