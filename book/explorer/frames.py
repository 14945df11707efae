"""Every state of an explorer, evaluated: the grid, the pictures, and their compact form."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import joblib

from .axes import Axis, Value
from .shown import ExplorerError, Row, Shown, table_rows
from .svg import Drawing, compose, draw

if TYPE_CHECKING:
    from .explore import Explorer

MOST_STATES = 200
BATCH = 8


@dataclass(frozen=True)
class Frame:
    """One state, compiled: `rows` has the table's header first, `met` the challenge's goal."""

    drawing: Drawing
    sentence: str
    rows: tuple[Row, ...]
    met: bool


def states(axes: dict[str, Axis]) -> Iterator[tuple[Value, ...]]:
    """All combinations of the axes' values; the last axis runs fastest."""
    return itertools.product(*(axis.values for axis in axes.values()))


def describe(axes: dict[str, Axis], state: Sequence[Value]) -> str:
    """A state in words, for messages."""
    parts = (
        f"{axis.label} = {axis.text(value)}"
        for axis, value in zip(axes.values(), state, strict=True)
    )
    return ", ".join(parts) or "its only state"


def frame(explorer: Explorer, state: tuple[Value, ...], prefix: str = "") -> Frame:
    """One state through the figure function and the compiler; `prefix` starts all ids."""
    where = f"Explorer {explorer.name!r}, state {describe(explorer.axes, state)}"
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


def _batch(explorer: Explorer, batch: Sequence[tuple[Value, ...]]) -> list[Frame]:
    return [frame(explorer, state) for state in batch]


def all_frames(explorer: Explorer) -> list[Frame]:
    """All states, on all cores (or wherever joblib's `parallel_config` sends them)."""
    grid = list(states(explorer.axes))
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


def default_index(axes: dict[str, Axis]) -> int:
    """Where the default state stands among all states."""
    return list(states(axes)).index(tuple(axis.default for axis in axes.values()))


def picture(explorer: Explorer, of: Frame, default: Frame, prefix: str = "") -> list[str]:
    """The SVG of a frame, one element a line; its text alternative is the sentence."""
    sentence = f"{prefix or explorer.name}.sentence"
    return compose(of.drawing, default.drawing, sentence, explorer.style.font_family)


def packed(frames: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Frames as shared lines and indices into them.

    `lines` holds every distinct line once. Of `frames` the first is a list of line numbers; a
    later one is `[position, line number, position, line number, …]`, what changed since the one
    before, or `[[line numbers]]` where the number of lines changed.
    """
    pool: dict[str, int] = {}
    numbered = [[pool.setdefault(line, len(pool)) for line in lines] for lines in frames]
    result: list[list[Any]] = [numbered[0]]
    for before, now in itertools.pairwise(numbered):
        if len(before) != len(now):
            result.append([now])
        else:
            changes = ((i, line) for i, line in enumerate(now) if before[i] != line)
            result.append([number for change in changes for number in change])
    return {"lines": list(pool), "frames": result}


def unpacked(pack: dict[str, Any]) -> list[list[str]]:
    """The inverse of `packed`, as the page's script does it; tests read pages with it."""
    current = list(pack["frames"][0])
    frames = [current]
    for change in pack["frames"][1:]:
        if change and isinstance(change[0], list):
            current = list(change[0])
        else:
            current = list(current)
            for position, line in zip(change[::2], change[1::2], strict=True):
                current[position] = line
        frames.append(current)
    return [[pack["lines"][line] for line in numbers] for numbers in frames]


def row_lines(rows: Sequence[Row]) -> list[str]:
    """Table rows as lines that can be pooled."""
    return [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]
