"""The compiler: what of a figure may stand in a page, and how it does."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import toys
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from toys import BLUE, INK, STYLE

from explorer import Style, leave_trace
from explorer.svg import compose, draw


def drawn(paint: Callable[[Axes], Any], style: Style = STYLE) -> str:
    """Paint on empty axes; return the whole markup."""
    with style.context():
        figure = Figure(figsize=(4, 3), dpi=72)
        axes = figure.add_axes((0.1, 0.1, 0.8, 0.8))
        axes.set(xlim=(0, 1), ylim=(0, 1))
        paint(axes)
        drawing = draw(figure, style, "toy")
    return "\n".join(compose(drawing, drawing, "toy.sentence", style))


def test_the_markup_is_safe_inside_a_page() -> None:
    svg = drawn(lambda axes: axes.bar([0.5], [0.5], color=BLUE))
    root = ET.fromstring(svg)
    tags = {element.tag for element in root.iter()}
    assert tags <= {"svg", "defs", "clipPath", "rect", "g", "path", "use", "text"}
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert ids
    assert all(name.startswith("toy.") for name in ids)
    references = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', svg)
    assert {a or b for a, b in references} <= set(ids)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "toy.sentence"


def test_colours_are_variables_with_themselves_to_fall_back_on() -> None:
    svg = drawn(lambda axes: axes.plot([0, 1], [0, 1], color=BLUE))
    assert f"stroke:var(--traditional,{BLUE})" in svg
    assert set(re.findall("#[0-9a-f]{6}", svg)) == {BLUE, INK}
    assert set(re.findall(r"[^(,]#[0-9a-f]{6}", svg)) == set()


def test_every_label_says_its_colour() -> None:
    svg = drawn(lambda axes: axes.text(0.5, 0.5, "a < b"))
    labels = re.findall(r"<text[^>]*>", svg)
    assert labels
    assert all(f"fill:var(--ink,{INK})" in label for label in labels)
    assert ">a &lt; b</text>" in svg


def test_coordinates_are_rounded_to_a_tenth() -> None:
    svg = drawn(lambda axes: axes.plot([0.123456, 0.98765], [0.3333333, 0.77777], color=BLUE))
    paths = re.findall(r' d="([^"]+)"', svg)
    assert any(re.search(r"\.\d\b", path) for path in paths)
    assert [path for path in paths if re.search(r"\.\d\d\d", path)] == []


def test_hatches_and_areas_are_drawn_in_the_palette() -> None:
    with STYLE.context(**{"hatch.color": INK}):
        svg = drawn(lambda axes: axes.bar([0.5], [0.5], color=BLUE, hatch="//"))
    assert '<pattern id="toy.' in svg
    assert "fill:url(#toy." in svg


@pytest.mark.parametrize(
    ("paint", "said"),
    [
        (lambda axes: axes.imshow(np.eye(2)), "holds an image; draw it with lines"),
        (lambda axes: axes.plot([0, 1], [0, 1], color="#ff0000"), "#ff0000 is not in the palette"),
        (lambda axes: axes.bar([0.5], [1], color="red"), "#ff0000 is not in the palette"),
        (lambda axes: axes.plot([0, 1], [0, 1], color="black"), "#000000 is not in the palette"),
        (lambda axes: axes.bar([0.5], [1], color="black"), "#000000 is not in the palette"),
        (lambda axes: axes.text(0, 0, "x", color="black"), "#000000 is not in the palette"),
        (lambda axes: axes.text(0, 0, "$x^2$"), "the one font is 'DejaVu Sans'|palette"),
        (lambda axes: axes.text(0, 0, "x", family="serif"), "'x' is set in 'DejaVu Serif'"),
        (
            lambda axes: axes.bar([0.5], [0.5], color=BLUE, hatch="//", edgecolor="#ff0000"),
            "#ff0000 is not in the palette",
        ),
        (
            lambda axes: axes.plot(np.linspace(0, 1, 121), np.resize([0, 1], 121), color=BLUE),
            "has 121 points; at most 120",
        ),
        (
            lambda axes: axes.fill_between(
                np.linspace(0, 1, 130), np.resize([0, 1], 130), color=BLUE, linewidth=0
            ),
            r"has 2\d\d points; at most 242",
        ),
    ],
)
def test_what_a_page_cannot_show_is_refused(paint: Callable[[Axes], Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        drawn(paint)


def test_curves_and_areas_as_fine_as_allowed_pass() -> None:
    x = np.linspace(0, 1, 120)
    y = np.resize([0.0, 1.0], 120)
    assert drawn(lambda axes: axes.plot(x, y, color=BLUE))
    assert drawn(lambda axes: axes.fill_between(x, y, color=BLUE, linewidth=0))


@pytest.mark.parametrize(
    ("colours", "said"),
    [
        ({"red": "--loss"}, "'red' → '--loss' must be '#rrggbb' → '--name'"),
        ({"#FFFFFF": "--paper"}, "must be"),
        ({"#ffffff": "paper"}, "must be"),
        ({"#000000": "--ink"}, "cannot be told from a colour that was never set"),
    ],
)
def test_a_palette_names_its_colours(colours: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Style("DejaVu Sans", colours)


def picture_of(height: float) -> Any:
    with STYLE.context():
        return draw(toys.bars([height]), STYLE, "toy")


def test_the_default_leaves_a_dashed_trace_in_other_states() -> None:
    default, other = picture_of(10), picture_of(20)
    lines = compose(other, default, "toy.sentence", STYLE)
    trace = lines[lines.index('<g class="mx-trace">') :]
    assert any("stroke-dasharray" in line and "fill:none" in line for line in trace)
    assert "mx-trace" not in "".join(compose(default, default, "toy.sentence", STYLE))
    svg = "\n".join(lines)
    ids = re.findall(r'id="([^"]+)"', svg)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"#(toy[^)\"]+)", svg)) <= set(ids)


def test_a_curve_s_trace_has_its_colour_and_an_area_s_that_of_the_text() -> None:
    with STYLE.context():
        figure = toys.bars([10])
        (line,) = figure.axes[0].plot([0, 1], [1, 2], color=BLUE)
        label = figure.axes[0].text(0, 1, "gone", color=INK)
        leave_trace(line, label)
        trace = "".join(draw(figure, STYLE, "toy").trace)
    assert f"stroke:var(--traditional,{BLUE})" in trace
    assert "stroke:currentColor" in trace
    assert "gone" not in trace
