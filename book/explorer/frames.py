"""Every state of an explorer, evaluated: the grid and the pictures."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import joblib

from .axes import Value
from .explorer import Explorer
from .shown import ExplorerError, Row, Shown, table_rows
from .svg import Drawing, compose, draw

MOST_STATES = 200
BATCH = 8
SELDOM = (50_000, 20, 100)  # objects made, and rounds, between two looks for garbage


@dataclass(frozen=True)
class Frame:
    """One state, compiled: `rows` has the table's header first, `met` the challenge's goal."""

    drawing: Drawing
    sentence: str
    rows: tuple[Row, ...]
    met: bool


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
        return Frame(drawing, shown.sentence, table_rows(shown.table), met)
    except Exception as error:
        raise ExplorerError(f"{where}: {type(error).__name__}: {error}") from error


@contextmanager
def _rare_collection() -> Iterator[None]:
    """Look for garbage seldom, which else takes a tenth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _batch(explorer: Explorer, batch: Sequence[tuple[Value, ...]]) -> list[Frame]:
    with _rare_collection():
        return [frame(explorer, state) for state in batch]


def all_frames(explorer: Explorer) -> list[Frame]:
    """All states, on all cores (or wherever joblib's `parallel_config` sends them)."""
    grid = list(explorer.states())
    if len(grid) > MOST_STATES:
        sizes = " × ".join(str(len(axis.values)) for axis in explorer.axes.values())
        raise ExplorerError(
            f"Explorer {explorer.name!r} has {len(grid)} states ({sizes}); "
            f"at most {MOST_STATES} are allowed"
        )
    batches = [grid[start : start + BATCH] for start in range(0, len(grid), BATCH)]
    if len(batches) == 1:
        return _batch(explorer, grid)
    results = joblib.Parallel(n_jobs=-1)(
        joblib.delayed(_batch)(explorer, batch) for batch in batches
    )
    return [result for batch in results for result in batch]


def picture(explorer: Explorer, of: Frame, default: Frame, prefix: str = "") -> list[str]:
    """The SVG of a frame, one element a line; its text alternative is the sentence."""
    sentence = f"{prefix or explorer.name}.sentence"
    return compose(of.drawing, default.drawing, sentence, explorer.style.font_family)
