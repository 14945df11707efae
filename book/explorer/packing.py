"""How the frames of an explorer travel to a page: shared lines, and what changes between frames."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from typing import Any

from .shown import Row


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
