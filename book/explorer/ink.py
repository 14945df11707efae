"""Ink: where the letters and lines of a drawing truly are, and which of them lie on each other.

Boxes are those of the glyphs, not of the font: the room that a font keeps for letters which a label
does not hold would raise false alarms. Extents are looked up once for each label, size and weight.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float64]  # (n, 4): left, top, right, bottom, in px, downwards as in SVG
Lines = NDArray[np.float64]  # (n, 4): x and y of the start, x and y of the end

SMALLEST = 0.037  # size of letters, of the picture's width: 12 px where it is 326 px wide
SLACK = 1.0  # px that ink may leave the picture by
HALO = 2.0  # px of paper round the letters of a label with a halo
MOST_HIDDEN = 24.0  # px of a line that a halo may hide: a little more than where one crosses
TOUCH = 0.4  # px that boxes may overlap by: rounding, and strokes thinner than their box
_PARTS = 256  # into which a straight piece is cut, to see how much of it is hidden
_TOKEN = re.compile(r"([MLCQz])|(-?\d+\.?\d*(?:e-?\d+)?)")
_TRANSFORM = re.compile(r"(translate|rotate)\(([^)]*)\)")
_NUMBER = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")
_EDGE = 2.0  # px of paper round a mark, half of it outside
_POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3}


@dataclass(frozen=True)
class Label:
    """A text of a drawing and the boxes of its letters; `line` tells where it stands."""

    text: str
    boxes: Boxes
    colour: str
    size: float
    haloed: bool
    line: int

    @cached_property
    def whole(self) -> Boxes:
        """The one box around all letters."""
        return np.concatenate([self.boxes[:, :2].min(0), self.boxes[:, 2:].max(0)])


@dataclass(frozen=True)
class Curve:
    """A stroke: its straight pieces, colour and width."""

    pieces: Lines
    colour: str
    width: float
    line: int

    @cached_property
    def reach(self) -> Boxes:
        """The box around the stroke."""
        ends, half = self.pieces.reshape(-1, 2), self.width / 2
        return np.concatenate([ends.min(0) - half, ends.max(0) + half])


@dataclass(frozen=True)
class Cover:
    """A filled shape: the box around it, and where it stands among the lines."""

    box: Boxes
    line: int

    def holds(self, label: Label) -> bool:
        """Tell whether a label stands wholly on this shape."""
        low, high = self.box[:2] - TOUCH, self.box[2:] + TOUCH
        return bool((label.whole[:2] >= low).all() and (label.whole[2:] <= high).all())


def faults(
    lines: Sequence[str],
    defs: Mapping[str, str],
    size: tuple[float, float],
    font: str,
    quiet: Sequence[str] = (),
    marks: Sequence[tuple[str, str]] = (),
) -> list[str]:
    """What a reader could not read, or would see cut: each fault in words.

    lines : the elements of a drawing, one a line. defs : its definitions by id.
    size : width and height in px. quiet : colours of lines that may run behind words, as a grid's.
    marks : what is drawn over all of it, each with a name and a path.
    """
    labels, covers = list(labels_of(lines, font)), list(covers_of(lines, defs))
    curves = [each for each in curves_of(lines, defs) if each.colour not in quiet]
    return [
        *_small(labels, size[0]),
        *_outside(labels, size),
        *_on_labels(labels),
        *_on_curves(labels, curves, covers),
        *_broken(labels, curves, covers),
        *_under_marks(labels, marks),
    ]


def hidden(label: Label, curve: Curve) -> float:
    """How many px of a stroke lie behind the letters of a label and the halo round them."""
    boxes = label.boxes + np.array([-HALO, -HALO, HALO, HALO])
    around = np.concatenate([boxes[:, :2].min(0), boxes[:, 2:].max(0)])
    enter, leave = _inside(curve.pieces, around[None])
    near = curve.pieces[(enter <= leave)[0]]
    start, way = near[:, None, :2], (near[:, 2:] - near[:, :2])[:, None]
    places = start + (np.arange(_PARTS) + 0.5)[:, None] / _PARTS * way
    behind = (places[:, :, None] >= boxes[:, :2]) & (places[:, :, None] <= boxes[:, 2:])
    shares = behind.all(-1).any(-1).mean(-1)
    return float((shares * np.hypot(*way[:, 0].T)).sum())


def crossed(labels: Sequence[Label], curves: Sequence[Curve]) -> list[Label]:
    """The labels that some curve runs through, whatever its colour."""
    return [label for label in labels if any(_meet(label, curve) for curve in curves)]


def labels_of(lines: Sequence[str], font: str) -> Iterator[Label]:
    """The texts among the lines of a drawing, set in the family `font`."""
    for number, line in enumerate(lines):
        if not line.startswith("<text"):
            continue
        element = ET.fromstring(line)
        style = declarations(element)
        size = float(style["font-size"].removesuffix("px"))
        text = "".join(element.itertext())
        boxes, advance = _glyphs(text, size, font, style.get("font-weight", "400"))
        if not len(boxes):
            continue
        shift = {"middle": advance / 2, "end": advance}.get(style.get("text-anchor", ""), 0.0)
        x, y = float(element.get("x", 0)), float(element.get("y", 0))
        placed = _moved(
            boxes + np.array([x - shift, y, x - shift, y]), element.get("transform", "")
        )
        yield Label(text, placed, style["fill"], size, "paint-order" in style, number)


def curves_of(lines: Sequence[str], defs: Mapping[str, str]) -> Iterator[Curve]:
    """The strokes among the lines of a drawing that enclose no area."""
    for number, line in enumerate(lines):
        if not line.startswith("<path"):
            continue
        element = ET.fromstring(line)
        style = declarations(element)
        if style.get("fill") != "none" or style.get("stroke", "none") == "none":
            continue
        pieces = _pieces(element.get("d", ""))
        clip = element.get("clip-path", "").removeprefix("url(#").removesuffix(")")
        if clip in defs:
            pieces = _cut(pieces, defs[clip])
        if len(pieces):
            yield Curve(pieces, style["stroke"], float(style.get("stroke-width", 1)), number)


def covers_of(lines: Sequence[str], defs: Mapping[str, str]) -> Iterator[Cover]:
    """The filled shapes among the lines of a drawing: each hides what was drawn before it."""
    for number, line in enumerate(lines):
        if not line.startswith(("<path", "<use")) or "fill:none" in line:
            continue
        element = ET.fromstring(line)
        shape, x, y = element, float(element.get("x", 0)), float(element.get("y", 0))
        if element.tag == "use":
            shape = ET.fromstring(defs[element.get("href", "").removeprefix("#")])
        ends = _pieces(shape.get("d", "")).reshape(-1, 2)
        if len(ends):
            box = np.concatenate([ends.min(0), ends.max(0)])
            yield Cover(box + np.array([x, y, x, y]), number)


def declarations(element: ET.Element) -> dict[str, str]:
    """The style of an element, by property."""
    pairs = (part.split(":", 1) for part in element.get("style", "").split(";") if ":" in part)
    return {name.strip(): value.strip() for name, value in pairs}


@cache
def _font(family: str, weight: str) -> Any:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return get_font(findfont(FontProperties(family=[family], weight=int(weight))))


@cache
def _glyphs(text: str, size: float, family: str, weight: str) -> tuple[Boxes, float]:
    """Boxes of the letters, from the start of the base line, and the width of all."""
    from matplotlib.ft2font import LoadFlags

    font = _font(family, weight)
    font.set_size(size, 72)
    boxes, x = [], 0.0
    for letter in text:
        glyph = font.load_char(ord(letter), flags=LoadFlags.NO_HINTING)
        left, bottom, right, top = (edge / 64 for edge in glyph.bbox)
        if right > left:
            boxes.append((x + left, -top, x + right, -bottom))
        x += glyph.linearHoriAdvance / 65536
    return np.array(boxes).reshape(-1, 4), x


def _moved(boxes: Boxes, transform: str) -> Boxes:
    """Boxes after `translate(x y)` and `rotate(angle x y)`; round a turned one an upright one."""
    corners = boxes[:, [[0, 1], [2, 1], [2, 3], [0, 3]]]
    for name, written in reversed(_TRANSFORM.findall(transform)):
        numbers = [float(number) for number in _NUMBER.findall(written)]
        if name == "translate":
            corners = corners + numbers
        else:
            about = np.array(numbers[1:] or [0.0, 0.0])
            cos, sin = np.cos(np.radians(numbers[0])), np.sin(np.radians(numbers[0]))
            corners = (corners - about) @ np.array([[cos, sin], [-sin, cos]]) + about
    return np.concatenate([corners.min(1), corners.max(1)], axis=1)


@cache
def _outline(path: str) -> Lines:
    """The pieces of a path that many drawings share."""
    return _pieces(path)


def _pieces(path: str) -> Lines:
    """The straight pieces of a path; bends are taken by way of their control points."""
    pieces: list[tuple[float, ...]] = []
    numbers: list[float] = []
    command, here, start = "", (0.0, 0.0), (0.0, 0.0)
    for letter, number in _TOKEN.findall(path):
        if letter:
            command, numbers = letter, []
            if letter == "z":
                pieces.append((*here, *start))
                here = start
            continue
        numbers.append(float(number))
        if len(numbers) < 2 * _POINTS[command]:
            continue
        if command == "M":
            start = here = (numbers[0], numbers[1])
            command = "L"
        else:
            for there in zip(numbers[::2], numbers[1::2], strict=True):
                pieces.append((*here, *there))
                here = there
        numbers = []
    return np.array(pieces).reshape(-1, 4)


def _cut(pieces: Lines, clip: str) -> Lines:
    """The parts of the pieces inside a clip path, which is a rectangle."""
    rect = ET.fromstring(clip).find("rect")
    if rect is None:
        return pieces
    left, top, width, height = (float(rect.get(name, 0)) for name in ("x", "y", "width", "height"))
    enter, leave = _inside(pieces, np.array([[left, top, left + width, top + height]]))
    enter, leave = enter[0], leave[0]
    start, way = pieces[:, :2], pieces[:, 2:] - pieces[:, :2]
    cut = np.concatenate([start + enter[:, None] * way, start + leave[:, None] * way], axis=1)
    return np.asarray(cut[enter <= leave])


def _inside(pieces: Lines, boxes: Boxes) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where along each piece, from 0 to 1, it enters and leaves each box: (boxes, pieces).

    A piece that misses a box leaves before it enters.
    """
    start, way = pieces[:, :2], pieces[:, 2:] - pieces[:, :2]
    with np.errstate(divide="ignore", invalid="ignore"):
        first = (boxes[:, None, :2] - start) / way
        second = (boxes[:, None, 2:] - start) / way
    near, far = np.fmin(first, second), np.fmax(first, second)
    still = way == 0  # runs along an axis: inside the slab for its whole length, or never
    within = (boxes[:, None, :2] <= start) & (start <= boxes[:, None, 2:])
    near = np.where(still, np.where(within, 0.0, 2.0), near)
    far = np.where(still, np.where(within, 1.0, -1.0), far)
    return np.maximum(near.max(-1), 0.0), np.minimum(far.min(-1), 1.0)


def _meet(label: Label, curve: Curve) -> bool:
    """Tell whether a stroke touches a letter."""
    low, high = label.whole, curve.reach
    if low[0] > high[2] or high[0] > low[2] or low[1] > high[3] or high[1] > low[3]:
        return False
    grown = curve.width / 2 - TOUCH
    growth = np.array([-grown, -grown, grown, grown])
    enter, leave = _inside(curve.pieces, label.whole[None] + growth)
    near = curve.pieces[(enter <= leave)[0]]  # of a curve most pieces are nowhere near a label
    if not len(near):
        return False
    enter, leave = _inside(near, label.boxes + growth)
    return bool((enter <= leave).any())


def _small(labels: Sequence[Label], width: float) -> Iterator[str]:
    for label in labels:
        if label.size < SMALLEST * width - 1e-6:
            yield (
                f"the label {label.text!r} is set at {label.size:g}; at a width of {width:g} at "
                f"least {SMALLEST * width:.1f} can be read on a phone"
            )


def _outside(labels: Sequence[Label], size: tuple[float, float]) -> Iterator[str]:
    """Labels alone: matplotlib cuts lines at the frame itself."""
    for label in labels:
        box = label.whole
        over = max(-box[0], -box[1], box[2] - size[0], box[3] - size[1])
        if over > SLACK:
            yield f"the label {label.text!r} leaves the picture by {over:.1f} px"


def _on_labels(labels: Sequence[Label]) -> Iterator[str]:
    wholes = np.array([label.whole for label in labels]).reshape(-1, 4)
    for i, label in enumerate(labels):
        for k in np.flatnonzero(_overlap(wholes[i : i + 1], wholes)[0]):
            other = labels[int(k)]
            if k > i and _overlap(label.boxes, other.boxes).any():
                yield f"the labels {label.text!r} and {other.text!r} lie on each other"


def _overlap(some: Boxes, others: Boxes) -> NDArray[np.bool_]:
    """Which boxes share more than a touch: (some, others)."""
    low = np.maximum(some[:, None, :2], others[:, :2])
    high = np.minimum(some[:, None, 2:], others[:, 2:])
    return np.asarray(((high - low) > TOUCH).all(-1))


def _on_curves(
    labels: Sequence[Label], curves: Sequence[Curve], covers: Sequence[Cover]
) -> Iterator[str]:
    for label in labels:
        for curve in curves:
            if label.haloed or label.colour == curve.colour or not _meet(label, curve):
                continue
            if not any(cover.holds(label) and curve.line < cover.line for cover in covers):
                yield (
                    f"the label {label.text!r} lies on a line in {curve.colour}; "
                    "move it, or give it a halo"
                )
                break


def _broken(
    labels: Sequence[Label], curves: Sequence[Curve], covers: Sequence[Cover]
) -> Iterator[str]:
    """Halos that hide so much of another line that it seems to end there, and to go on."""
    for label in (label for label in labels if label.haloed):
        for curve in (curve for curve in curves if curve.colour != label.colour):
            if any(cover.holds(label) and curve.line < cover.line for cover in covers):
                continue
            if (gone := hidden(label, curve)) > MOST_HIDDEN:
                yield (
                    f"the halo of the label {label.text!r} hides {gone:.0f} px of a line in "
                    f"{curve.colour}; at most {MOST_HIDDEN:.0f} may go: move it"
                )


def _under_marks(labels: Sequence[Label], marks: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Labels that a mark drawn over them touches; no mark is so large that it holds a whole one."""
    for name, path in marks:
        outline = Curve(_outline(path), "", _EDGE, 0)
        for label in labels:
            if _meet(label, outline):
                yield f"the label {label.text!r} lies under the mark of {name}: move it"
