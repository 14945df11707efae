"""Every state of an explorer, evaluated: the grid and the pictures."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import joblib

from .axes import Value
from .explorer import Explorer
from .lines import NamedLine, lines_of
from .marks import Marks
from .shown import ExplorerError, Row, Shown, table_rows
from .svg import Drawing, compose, draw, faults_of

MOST_STATES = 200
# Height of a picture by its width: with its controls it fits a phone's screen, and a laptop's.
TALLEST = {0: 1.2, 1: 0.92, 2: 0.92, 3: 0.77}
BATCH = 8
_TOLD = 3  # states that an error lists
SELDOM = (50_000, 20, 100)  # objects made, and rounds, between two looks for garbage


@dataclass(frozen=True)
class Frame:
    """One state, compiled: `rows` has the table's header first, `met` the challenge's goal."""

    drawing: Drawing
    sentence: str
    rows: tuple[Row, ...]
    met: bool
    lines: tuple[NamedLine, ...] = ()


def frame(explorer: Explorer, state: tuple[Value, ...], prefix: str = "") -> Frame:
    """One state through the figure function and the compiler; `prefix` starts all ids."""
    where = f"Explorer {explorer.name!r}, state {explorer.describe(state)}"
    try:
        shown = explorer.show(state)
        if not isinstance(shown, Shown):
            raise TypeError(
                f"the figure function returned {type(shown).__name__}; it must return Shown"
            )
        met = bool(explorer.challenge and explorer.challenge.met(shown.table))
        drawing = draw(shown.figure, explorer.style, prefix or explorer.name)
        lines = lines_of(shown.figure)
        return Frame(drawing, shown.sentence, table_rows(shown.table), met, lines)
    except Exception as error:
        raise ExplorerError(f"{where}: {type(error).__name__}: {error}") from error


def unreadable(
    explorer: Explorer, drawing: Drawing, marks: Sequence[tuple[str, str]] = ()
) -> list[str]:
    """What a page's reader could not see well in a picture, in words; a notebook is not so strict.

    There the reader moves on a finer grid, and changes models that no author has seen.
    `marks` are those that a guess may draw over it.
    """
    tallest = TALLEST[len(explorer.axes)] * drawing.width
    found = faults_of(drawing, explorer.style, marks)
    if drawing.height > tallest:
        found.append(
            f"the picture is {drawing.height:g} high; with {len(explorer.axes)} controls and a "
            f"width of {drawing.width:g} at most {tallest:.0f} fit a phone"
        )
    return found


Looked = tuple[Frame, list[str]]


@contextmanager
def _rare_collection() -> Iterator[None]:
    """Look for garbage seldom, which else takes a tenth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _batch(
    explorer: Explorer, batch: Sequence[tuple[Value, ...]], marks: Marks | None
) -> list[Looked]:
    with _rare_collection():
        frames = [(frame(explorer, state), state) for state in batch]
        return [
            (each, unreadable(explorer, each.drawing, list(marks.drawn_in(state) if marks else ())))
            for each, state in frames
        ]


def all_frames(explorer: Explorer, marks: Marks | None = None) -> list[Frame]:
    """All states, on all cores (or wherever joblib's `parallel_config` sends them).

    `marks` are those of its guess, under which no label may lie.
    """
    grid = list(explorer.states())
    if len(grid) > MOST_STATES:
        sizes = " × ".join(str(len(axis.values)) for axis in explorer.axes.values())
        raise ExplorerError(
            f"Explorer {explorer.name!r} has {len(grid)} states ({sizes}); "
            f"at most {MOST_STATES} are allowed"
        )
    batches = [grid[start : start + BATCH] for start in range(0, len(grid), BATCH)]
    if len(batches) == 1:
        looked = _batch(explorer, grid, marks)
    else:
        jobs = (joblib.delayed(_batch)(explorer, batch, marks) for batch in batches)
        looked = [result for batch in joblib.Parallel(n_jobs=-1)(jobs) for result in batch]
    _refuse_unreadable(explorer, [found for _, found in looked])
    frames = [each for each, _ in looked]
    _refuse_dull(explorer, frames)
    return frames


def _refuse_unreadable(explorer: Explorer, faults: Sequence[Sequence[str]]) -> None:
    states = [
        (state, found) for state, found in zip(explorer.states(), faults, strict=True) if found
    ]
    if not states:
        return
    told = [f"{explorer.describe(state)}: {'; '.join(found)}" for state, found in states[:_TOLD]]
    if more := len(states) - len(told):
        told.append(f"and {more} states more")
    raise ExplorerError("\n  ".join([f"Explorer {explorer.name!r} cannot be read well:", *told]))


def _refuse_dull(explorer: Explorer, frames: Sequence[Frame]) -> None:
    """Refuse a picture without a trace, and a control that the reader moves first, in vain."""
    if not explorer.axes:
        return
    start = frames[explorer.default_index]
    if not start.drawing.trace:
        raise ExplorerError(
            f"Explorer {explorer.name!r} leaves no trace of where the reader started: "
            "mark what moves with leave_trace(…)"
        )
    seen = dict(zip(explorer.states(), frames, strict=True))
    for place, (name, axis) in enumerate(explorer.axes.items()):
        moves = [
            (*explorer.default[:place], value, *explorer.default[place + 1 :])
            for value in axis.values
        ]
        if all(
            (seen[state].drawing, seen[state].sentence) == (start.drawing, start.sentence)
            for state in moves
        ):
            raise ExplorerError(
                f"Explorer {explorer.name!r}: from its default, {name!r} changes neither picture "
                "nor sentence; let the default move, or the sentence say why"
            )


def picture(explorer: Explorer, of: Frame, default: Frame, prefix: str = "") -> list[str]:
    """The SVG of a frame, one element a line; its text alternative is the sentence."""
    sentence = f"{prefix or explorer.name}.sentence"
    return compose(of.drawing, default.drawing, sentence, explorer.style)
