"""Ink: which labels of a picture cannot be read, by the glyphs and lines that are there."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import toys
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.textpath import TextPath
from toys import BLUE, FAINT, INK, PAPER, STYLE

from explorer import Explorer, ExplorerError, Percent, Shown, halo, leave_trace
from explorer.axes import Value
from explorer.frames import all_frames, frame
from explorer.ink import labels_of
from explorer.marks import Marks
from explorer.svg import Drawing, compose, draw, faults_of


def drawn(paint: Callable[[Axes], Any]) -> Drawing:
    """Paint on axes of 320 × 240 px, from 0 to 1, that bear no labels of their own."""
    with STYLE.context():
        figure = Figure(figsize=(400 / 72, 300 / 72), dpi=72)
        axes = figure.add_axes((0.1, 0.1, 0.8, 0.8))
        axes.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[])
        paint(axes)
        return draw(figure, STYLE, "toy")


def word(axes: Axes, x: float, y: float, text: str = "word", **how: Any) -> Any:
    return axes.text(x, y, text, **({"color": INK, "fontsize": 16} | how))


def on_curve(axes: Axes, colour: str = BLUE, **how: Any) -> Any:
    axes.plot([0, 1], [0.52, 0.52], color=colour)
    return word(axes, 0.4, 0.5, **how)


def on_bar(axes: Axes) -> None:
    axes.plot([0, 1], [0.52, 0.52], color=BLUE)
    axes.bar([0.5], [1.0], 0.8, color=PAPER, zorder=3)
    word(axes, 0.4, 0.5)


READABLE: dict[str, Callable[[Axes], Any]] = {
    "one word": lambda axes: word(axes, 0.4, 0.5),
    "words apart": lambda axes: (word(axes, 0.1, 0.5), word(axes, 0.5, 0.5)),
    "a line below the letters": lambda axes: (
        axes.plot([0, 1], [0.47, 0.47], color=BLUE, linewidth=1),
        word(axes, 0.4, 0.5, "no"),
    ),
    "on a line of its own colour": lambda axes: on_curve(axes, color=BLUE),
    "on a grid": lambda axes: on_curve(axes, colour=FAINT),
    "with a halo, across a line": lambda axes: (
        axes.plot([0.42, 0.44], [0, 1], color=BLUE),
        halo(word(axes, 0.4, 0.5)),
    ),
    "with a halo, along its own line": lambda axes: halo(on_curve(axes, color=BLUE)),
    "with a halo, along a grid": lambda axes: halo(on_curve(axes, colour=FAINT)),
    "on a bar that hides the line": on_bar,
    "beside a line that is clipped": lambda axes: (
        axes.plot([-1, 0.2], [0.52, 0.52], color=BLUE),
        word(axes, 0.4, 0.5),
    ),
    "a letter low, a letter high": lambda axes: (
        word(axes, 0.4, 0.5, "a"),
        word(axes, 0.4, 0.54, "a"),
    ),
}
UNREADABLE: dict[str, tuple[Callable[[Axes], Any], str]] = {
    "on each other": (
        lambda axes: (word(axes, 0.4, 0.5, "one"), word(axes, 0.42, 0.51, "two")),
        "the labels 'one' and 'two' lie on each other",
    ),
    "on a line": (on_curve, "the label 'word' lies on a line in .*--traditional.* give it a halo"),
    "on a line that leans": (
        lambda axes: (axes.plot([0, 1], [0, 1], color=BLUE), word(axes, 0.47, 0.5)),
        "lies on a line",
    ),
    "with a halo that breaks a line": (
        lambda axes: halo(on_curve(axes)),
        r"halo of the label 'word' hides 4\d px of a line in .*--traditional.* at most 24",
    ),
    "turned, on each other": (
        lambda axes: (word(axes, 0.4, 0.4, "up", rotation=90), word(axes, 0.38, 0.42, "on")),
        "'up' and 'on' lie on each other",
    ),
    "cut at the right": (
        lambda axes: word(axes, 1.05, 0.5, "outside"),
        r"the label 'outside' leaves the picture by \d\d\.\d px",
    ),
    "small": (
        lambda axes: word(axes, 0.4, 0.5, fontsize=14),
        "the label 'word' is set at 14; at a width of 400 at least 14.8",
    ),
}


@pytest.mark.parametrize("paint", READABLE.values(), ids=READABLE)
def test_what_can_be_read_passes(paint: Callable[[Axes], Any]) -> None:
    assert faults_of(drawn(paint), STYLE) == []


@pytest.mark.parametrize(("paint", "said"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_named(paint: Callable[[Axes], Any], said: str) -> None:
    [fault] = faults_of(drawn(paint), STYLE)
    assert re.search(said, fault)


@pytest.mark.parametrize(
    ("corners", "lies_under"),
    [
        ("M160 140L180 140L180 150L160 150z", True),
        ("M100 138L300 138L300 143L100 143z", True),
        ("M160 100L180 100L180 110L160 110z", False),
        ("M153 160L160 153L167 160L160 167z", False),
    ],
)
def test_a_label_under_the_mark_of_a_guess_is_named(corners: str, lies_under: bool) -> None:
    drawing = drawn(lambda axes: word(axes, 0.4, 0.5))  # its letters from 168 px, 140 to 150 down
    found = faults_of(drawing, STYLE, [("the reader's guess", corners)])
    said = "the label 'word' lies under the mark of the reader's guess: move it"
    assert found == ([said] if lies_under else [])


def test_marks_are_looked_at_in_the_states_where_they_are_drawn() -> None:
    @toys.explore(rate=Percent(low=0, high=2, step=1, default=0, label="Rate"))
    def moving(rate: float) -> Shown:
        shown: Shown = toys.one_slider(100 * rate)
        axes = shown.figure.axes[0]
        if rate > 0:
            axes.text(0, 20, "word", color=INK)
        return shown

    here = [label.whole for label in labels_of(first_labels(moving, 1), STYLE.font_family)][-1]
    x, y = (here[:2] + here[2:]) / 2
    path = f"M{x - 7} {y}L{x} {y - 7}L{x + 7} {y}L{x} {y + 7}z"
    away = "M0 0L1 0L1 1L0 1z"
    all_frames(moving, Marks((away,), ("■",), path, (0,)))  # where there is no word
    with pytest.raises(ExplorerError, match=r"Rate = 2 %: .*'word' lies under .* the model's"):
        all_frames(moving, Marks((away,), ("■",), path, (2,)))
    with pytest.raises(ExplorerError, match=r"Rate = 1 %: .*'word' lies under .* the reader's"):
        all_frames(moving, Marks((path,), ("■",), away, (2,)))


def first_labels(explorer: Explorer, *state: Value) -> tuple[str, ...]:
    return frame(explorer, state).drawing.labels


@pytest.mark.parametrize("text", ["word", "Äpfel, 7.1 %", "gy|"])
def test_boxes_are_those_of_the_letters(text: str) -> None:
    drawing = drawn(lambda axes: word(axes, 0.25, 0.5, text))
    [label] = labels_of(drawing.labels, STYLE.font_family)
    with STYLE.context():
        outline = TextPath((0, 0), text, size=16).get_extents()
    expected = [120 + outline.x0, 150 - outline.y1, 120 + outline.x1, 150 - outline.y0]
    assert label.whole == pytest.approx(expected, abs=0.6)


def test_words_are_drawn_last_and_the_trace_below_them() -> None:
    def picture(place: float) -> Drawing:
        def paint(axes: Axes) -> None:
            leave_trace(*axes.plot([0, 1], [place, place], color=BLUE))
            word(axes, 0.4, 0.5)

        return drawn(paint)

    lines = compose(picture(0.9), picture(0.52), "toy.sentence", STYLE)
    kinds = [line[:4] for line in lines]
    assert kinds.index("<tex") > max(i for i, kind in enumerate(kinds) if kind == "<pat")
    [label] = [line for line in lines if line.startswith("<text")]
    assert "paint-order:stroke" in label
    assert f"stroke:var(--paper,{PAPER})" in label
    [plain] = [
        line
        for line in compose(picture(0.9), picture(0.2), "toy.sentence", STYLE)
        if "<text" in line
    ]
    assert "paint-order" not in plain


def test_no_halo_for_the_trace_breaks_a_line() -> None:
    def picture(place: float) -> Drawing:
        def paint(axes: Axes) -> None:
            leave_trace(*axes.plot([0, 1], [place, place], color=BLUE))
            axes.plot([0, 1], [0.495, 0.495], color=INK)
            word(axes, 0.4, 0.5)

        return drawn(paint)

    lines = compose(picture(0.9), picture(0.52), "toy.sentence", STYLE)
    [label] = [line for line in lines if line.startswith("<text")]
    assert "paint-order" not in label


def test_a_page_refuses_the_explorer_and_names_states_and_words() -> None:
    @toys.explore(rate=Percent(low=0, high=4, step=1, default=0, label="Rate"))
    def crossing(rate: float) -> Shown:
        with STYLE.context():
            figure = toys.bars([1.0])
            axes = figure.axes[0]
            axes.plot([-1, 1], [100 * rate * 5, 100 * rate * 5], color=BLUE)
            axes.text(-0.8, 9.5, "here", color=INK)
        return Shown(figure, "A line.", toys.still().table)

    with pytest.raises(ExplorerError) as caught:
        all_frames(crossing)
    assert str(caught.value).splitlines() == [
        "Explorer 'crossing' cannot be read well:",
        "  Rate = 2 %: the label 'here' lies on a line in var(--traditional,#1d5c9b); "
        "move it, or give it a halo",
    ]


def test_a_picture_too_high_for_a_phone_is_refused() -> None:
    @toys.explore(rate=Percent(low=0, high=4, step=1, default=0, label="Rate"))
    def tower(rate: float) -> Shown:
        with STYLE.context():
            figure = toys.bars([100 * rate])
            figure.set_size_inches(5, 4.7)
        return Shown(figure, "High.", toys.still().table)

    said = "the picture is 338.4 high; with 1 controls and a width of 360 at most 331 fit a phone"
    with pytest.raises(ExplorerError, match=said):
        all_frames(tower)


def test_a_halo_needs_the_colour_of_the_page() -> None:
    bare = toys.Style("DejaVu Sans", {INK: "--ink"}, STYLE.rc)
    with pytest.raises(ValueError, match="paper is not set in the style"):
        _ = bare.halo
    with pytest.raises(ValueError, match="colour #123456 is not in the palette"):
        toys.Style("DejaVu Sans", {INK: "--ink"}, paper="#123456")


def quiet_explorer(paint: Callable[[Figure, float], Any]) -> Any:
    """An explorer of one slider whose picture `paint` finishes."""

    @toys.explore(rate=Percent(low=0, high=4, step=1, default=0, label="Rate"))
    def quiet(rate: float) -> Shown:
        with STYLE.context():
            figure = Figure(figsize=(5, 3), dpi=72)
            figure.add_axes((0.15, 0.2, 0.8, 0.75)).set(xlim=(0, 1), ylim=(0, 1))
            paint(figure, 100 * rate)
        return Shown(figure, "The same.", toys.still().table)

    return quiet


def test_an_explorer_leaves_a_trace() -> None:
    moving = quiet_explorer(
        lambda figure, rate: figure.axes[0].plot([0, 1], [0, rate / 4], color=BLUE)
    )
    with pytest.raises(ExplorerError, match="'quiet' leaves no trace of where the reader started"):
        all_frames(moving)


def test_every_control_changes_something_from_the_start() -> None:
    def paint(figure: Figure, _rate: float) -> None:
        leave_trace(*figure.axes[0].plot([0, 1], [0, 1], color=BLUE))

    still = quiet_explorer(paint)
    said = "from its default, 'rate' changes neither picture nor sentence"
    with pytest.raises(ExplorerError, match=said):
        all_frames(still)


def test_dashes_are_kept_for_the_start() -> None:
    drawing = drawn(lambda axes: axes.plot([0, 1], [0, 1], color=BLUE, linestyle="dashed"))
    [fault] = faults_of(drawing, STYLE)
    assert "dashes say where the reader started" in fault
