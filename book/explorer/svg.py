"""From a matplotlib figure to markup that is safe and small inside a page.

Matplotlib's own SVG cannot stand in a page as it is: its style sheet leaks, its ids clash with
those of the next figure, its colours are fixed, its text names fonts that the page may not have.
What comes out here has one element a line, so that frames of one explorer share most lines.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from .ink import MOST_HIDDEN, covers_of, crossed, curves_of, faults, hidden, labels_of
from .signs import typeset

if TYPE_CHECKING:
    import matplotlib
    from matplotlib.figure import Figure

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
TRACE = "trace"
HALO = "halo"
_DROPPED = {"metadata", "style", "title"}
_COLOURED = ("fill", "stroke")
_NUMBER = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")
_PATH = re.compile(r"M[\d -]")
_AROUND_COMMAND = re.compile(r"\s*([MLCQz])\s*")
_UNTURNED = re.compile(r"rotate\(-?0 .*\)")
_VERTEX = re.compile("[MLCQ]")
MOST_POINTS = 120  # of a curve; of a filled area, which has two edges, a little over twice as many
MOST_POINTS_FILLED = 2 * MOST_POINTS + 2
_HALO_STYLE = "paint-order:stroke;stroke-width:4;stroke-linejoin:round"
_TRACE_STYLE = "fill:none;stroke-width:1;stroke-dasharray:3 2;stroke-opacity:.75"


@dataclass(frozen=True)
class Style:
    """What the pictures of a book have in common.

    font_family : the one font, known to matplotlib and to the page under this name.
    colours : colour as matplotlib sees it ("#rrggbb", lower case) to the CSS variable that stands
        for it in the page ("--name"). No other colour may occur.
    rc : matplotlib's settings.
    paper : the colour of the page; without it no label can have a halo.
    quiet : colours of lines that may run behind words, as a grid's.
    """

    font_family: str
    colours: Mapping[str, str]
    rc: Mapping[str, Any] = field(default_factory=dict)
    paper: str = ""
    quiet: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for colour, variable in self.colours.items():
            if not re.fullmatch(r"#[0-9a-f]{6}", colour) or not variable.startswith("--"):
                raise ValueError(f"colours: {colour!r} → {variable!r} must be '#rrggbb' → '--name'")
        if "#000000" in self.colours:
            raise ValueError("colours: #000000 cannot be told from a colour that was never set")
        for colour in (*filter(None, [self.paper]), *self.quiet):
            self.variable(colour)

    def variable(self, colour: str) -> str:
        """A colour as the page writes it. Raises ValueError where the style does not have it."""
        if colour.lower() not in self.colours:
            known = ", ".join(self.colours)
            raise ValueError(f"colour {colour} is not in the palette ({known})")
        return f"var({self.colours[colour.lower()]},{colour.lower()})"

    @property
    def halo(self) -> str:
        """What gives a text an edge in the colour of the page."""
        if not self.paper:
            raise ValueError("paper is not set in the style; a halo is drawn in its colour")
        return f";stroke:{self.variable(self.paper)};{_HALO_STYLE}"

    def context(self, **more: Any) -> AbstractContextManager[None]:
        """Matplotlib's settings while figures of this style are made and written."""
        rc: Any = {**self.rc, **more}
        from matplotlib import rc_context

        return rc_context(rc)


@dataclass(frozen=True)
class Drawing:
    """A figure as lines of markup: size in px, definitions by id, shapes, what leaves a trace.

    Labels stand apart, to be drawn last: nothing hides a word, the trace neither.
    """

    width: float
    height: float
    defs: Mapping[str, str]
    body: tuple[str, ...]
    trace: tuple[str, ...]
    labels: tuple[str, ...]


def leave_trace(*artists: matplotlib.artist.Artist) -> None:
    """Mark artists whose default state stays in the picture, pale, while the reader moves away."""
    for artist in artists:
        artist.set_gid(TRACE)


def halo(*labels: matplotlib.text.Text) -> None:
    """Give labels an edge in the colour of the page, so that they can be read on a line."""
    for label in labels:
        label.set_gid(HALO)


def draw(figure: Figure, style: Style, prefix: str) -> Drawing:
    """Compile a figure. Raises ValueError on an image, a colour or a font outside the style."""
    buffer = io.StringIO()
    with style.context(**{"svg.fonttype": "none", "svg.hashsalt": prefix}):
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    root = ET.fromstring(buffer.getvalue())
    _, _, width, height = (float(number) for number in root.attrib["viewBox"].split())
    cleaner = _Cleaner(style, prefix)
    body = tuple(cleaner.lines(root))
    trace, labels = tuple(cleaner.trace), tuple(cleaner.labels)
    return Drawing(width, height, cleaner.defs, body, trace, labels)


def faults_of(drawing: Drawing, style: Style, marks: Sequence[tuple[str, str]] = ()) -> list[str]:
    """What a reader could not read in a drawing: labels too small, on another, on a line, cut.

    marks : what may be drawn over it, each with a name and a path.
    """
    size, quiet = (drawing.width, drawing.height), [style.variable(each) for each in style.quiet]
    lines = [*drawing.body, *drawing.labels]
    found = faults(lines, drawing.defs, size, style.font_family, quiet, marks)
    if any("stroke-dasharray" in line for line in drawing.body):
        found.append(
            "a line is dashed; dashes say where the reader started: draw it thin and solid"
        )
    return found


def compose(drawing: Drawing, default: Drawing, labelled_by: str, style: Style) -> list[str]:
    """The lines of one frame: the drawing, the trace of the default state, over it the words."""
    defs = dict(drawing.defs)
    trace: list[str] = []
    labels = list(drawing.labels)
    if drawing != default and default.trace:
        used = "".join(default.trace)
        defs |= {name: line for name, line in default.defs.items() if f"#{name}" in used}
        trace = ['<g class="mx-trace">', *default.trace, "</g>"]
        labels = _over_trace(drawing, default, style)
    return [
        f'<svg viewBox="0 0 {drawing.width:g} {drawing.height:g}" role="img" '
        f'aria-labelledby="{labelled_by}" stroke-linejoin="round" '
        f"style=\"font-family:'{style.font_family}',sans-serif\">",
        "<defs>",
        *defs.values(),
        "</defs>",
        *drawing.body,
        *trace,
        *labels,
        "</svg>",
    ]


def _over_trace(drawing: Drawing, default: Drawing, style: Style) -> list[str]:
    """The labels of a drawing, with a halo where the trace runs behind them.

    Without, where it would break a line of the drawing itself, for the trace is pale.
    """
    lines = list(drawing.labels)
    if not style.paper:
        return lines
    bare = [label for label in labels_of(lines, style.font_family) if not label.haloed]
    on_trace = crossed(bare, list(curves_of(default.trace, default.defs)))
    if not on_trace:
        return lines
    quiet = {style.variable(each) for each in style.quiet}
    covers = list(covers_of(drawing.body, drawing.defs))
    own = [each for each in curves_of(drawing.body, drawing.defs) if each.colour not in quiet]
    for label in on_trace:
        breaks = any(hidden(label, curve) > MOST_HIDDEN for curve in own)
        if not (breaks or any(cover.holds(label) for cover in covers)):
            lines[label.line] = lines[label.line].replace('">', f'{style.halo}">', 1)
    return lines


@dataclass
class _Cleaner:
    style: Style
    prefix: str
    defs: dict[str, str] = field(default_factory=dict)
    trace: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    haloed: bool = False

    def lines(self, element: ET.Element) -> Iterator[str]:
        """The children of an element, one line each."""
        for child in element:
            tag = child.tag.removeprefix(SVG)
            if tag == "image":
                raise ValueError("the figure holds an image; draw it with lines and patches")
            if tag == "defs":
                self._define(child)
            elif tag == "g":
                yield from self._group(child)
            elif tag not in _DROPPED:
                yield from self._leaf(child, tag)

    def _define(self, defs: ET.Element) -> None:
        for child in defs:
            if "id" in child.attrib:
                name = f"{self.prefix}.{child.attrib['id']}"
                self.defs[name] = self._definition(child, name)

    def _definition(self, element: ET.Element, name: str | None = None) -> str:
        """A marker, a clip path or a pattern, whole on one line."""
        tag = element.tag.removeprefix(SVG)
        attributes = ({"id": name} if name else {}) | self._attributes(
            element, tag, decimals=2, is_def=True
        )
        inner = "".join(self._definition(child) for child in element)
        return f"<{tag}{_written(attributes)}>{inner}</{tag}>"

    def _group(self, group: ET.Element) -> Iterator[str]:
        attributes = self._attributes(group, "g")
        name = group.attrib.get("id", "")
        self.haloed = name.startswith(HALO)
        inner = list(self.lines(group))
        self.haloed = False
        lines = [f"<g{_written(attributes)}>", *inner, "</g>"] if attributes and inner else inner
        if name.startswith(TRACE):
            self.trace += [_as_trace(line) for line in lines]
        yield from lines

    def _leaf(self, element: ET.Element, tag: str) -> Iterator[str]:
        attributes = self._attributes(element, tag)
        if "fill:none" in attributes.get("style", "") and "stroke:" not in attributes["style"]:
            return  # a background patch: nothing to see
        if tag != "text":
            yield f"<{tag}{_written(attributes)}/>"
        elif text := typeset("".join(element.itertext())):
            if self.haloed:
                attributes["style"] += self.style.halo
            self.labels.append(f"<text{_written(attributes)}>{escape(text, quote=False)}</text>")

    def _attributes(
        self, element: ET.Element, tag: str, decimals: int = 1, is_def: bool = False
    ) -> dict[str, str]:
        result: dict[str, str] = {}
        for name, value in element.attrib.items():
            if name == HREF:
                result["href"] = f"#{self.prefix}.{value.removeprefix('#')}"
            elif name == "clip-path":
                result[name] = self._reference(value)
            elif name not in ("id", "style") and not _UNTURNED.fullmatch(value):
                result[name] = _compact(value, decimals)
        declared = _parse_style(element.attrib.get("style", ""))
        if tag == "text":
            self._check_font(declared, element)
        if not is_def and tag in ("text", "use", "path"):
            declared = {"fill": "#000000"} | declared  # matplotlib writes no fill where it is black
        if declared:
            result["style"] = self._declarations(declared)
        elif "fill" in result:
            result["fill"] = self._colour(result["fill"])
        _check_points(result)
        return result

    def _declarations(self, declared: dict[str, str]) -> str:
        for name in _COLOURED:
            if name in declared:
                declared[name] = self._colour(declared[name])
        return ";".join(f"{name}:{_compact(value, 2)}" for name, value in declared.items())

    def _colour(self, value: str) -> str:
        if value == "none":
            return value
        if value.startswith("url("):
            return self._reference(value)
        return self.style.variable(value)

    def _reference(self, value: str) -> str:
        return value.replace("url(#", f"url(#{self.prefix}.")

    def _check_font(self, declared: dict[str, str], element: ET.Element) -> None:
        family = declared.pop("font-family", "").split(",")[0].strip("'\" ")
        if family != self.style.font_family:
            text = "".join(element.itertext())
            raise ValueError(
                f"the label {text!r} is set in {family!r}; the one font is "
                f"{self.style.font_family!r} (mathematical text in dollars brings fonts of its "
                "own: write plain text)"
            )


def _check_points(path: Mapping[str, str]) -> None:
    points = len(_VERTEX.findall(path.get("d", "")))
    most = MOST_POINTS if "fill:none" in path.get("style", "") else MOST_POINTS_FILLED
    if points > most:
        raise ValueError(f"a curve or an area has {points} points; at most {most} are allowed")


def _parse_style(style: str) -> dict[str, str]:
    pairs = (part.split(":", 1) for part in style.split(";") if ":" in part)
    return {name.strip(): value.strip() for name, value in pairs}


def _compact(value: str, decimals: int) -> str:
    rounded = _NUMBER.sub(lambda match: f"{round(float(match[0]), decimals) + 0:g}", value)
    return _AROUND_COMMAND.sub(r"\1", rounded) if _PATH.match(rounded) else rounded


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())


def _as_trace(line: str) -> str:
    """A line of the default state, dashed: a curve in its own colour, an area in the text's."""
    stroke = re.search(r"stroke:(var\([^)]*\))", line)
    colour = stroke[1] if stroke else "currentColor"
    return re.sub(r'style="[^"]*"', f'style="{_TRACE_STYLE};stroke:{colour}"', line)
