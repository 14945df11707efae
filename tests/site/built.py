"""Explorers as they stand on built pages, decoded without a browser."""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from explorer.packing import unpacked

_ELEMENT = re.compile(
    r'<model-explorer id="([^"]+)".*?<script type="application/json">(.*?)</script>', re.DOTALL
)
Positions = tuple[int, ...]


@dataclass(frozen=True)
class Line:
    """A named line of a picture; `fine` are the units of its last decimals."""

    name: str
    labels: tuple[str, str]
    fine: tuple[float, float]
    xs: list[float]
    ys: list[float]


def decoded(rows: list[str]) -> list[Line]:
    """Read lines as the page's script does."""
    lines = []
    packed = [json.loads(row) for row in rows]
    for (name, x, y, *decimals), *steps in zip(
        packed[::3], packed[1::3], packed[2::3], strict=True
    ):
        fine = [10.0**-to for to in decimals]
        xs, ys = ([each * one for each in itertools.accumulate(part)]
                  for part, one in zip(steps, fine, strict=True))  # fmt: skip
        lines.append(Line(name, (x, y), (fine[0], fine[1]), xs, ys))
    return lines


@dataclass(frozen=True)
class Built:
    """One explorer; `positions` are where its controls stand, the first value being 0."""

    page: str
    name: str
    axes: list[dict[str, Any]]
    pictures: list[str]
    sentences: list[str]
    tables: list[list[list[str | float]]]  # header first
    lines: list[list[Line]]  # the named lines of each picture
    met: list[int]
    right: int | None
    at: list[int]  # where a guess is answered, as positions
    marks: dict[str, Any] | None  # where a picture shows a guess

    @property
    def shape(self) -> Positions:
        return tuple(len(axis["texts"]) for axis in self.axes)

    @property
    def default(self) -> Positions:
        return tuple(axis["default"] for axis in self.axes)

    @property
    def asked(self) -> Positions:
        """Where the guess is answered."""
        return tuple(self.at)

    def elsewhere(self) -> Positions:
        """Return the farthest corner where the guess is not answered."""
        return next(corner for corner in reversed(self.corners()) if corner != self.asked)

    def index(self, positions: Positions) -> int:
        index = 0
        for position, size in zip(positions, self.shape, strict=True):
            index = index * size + position
        return index

    def all_positions(self) -> list[Positions]:
        return list(itertools.product(*(range(size) for size in self.shape)))

    def corners(self) -> list[Positions]:
        return list(itertools.product(*((0, size - 1) for size in self.shape)))

    def link(self, positions: Positions) -> str:
        pairs = (
            f"{axis['name']}={quote(axis['tokens'][position], safe='')}"
            for axis, position in zip(self.axes, positions, strict=True)
        )
        return f"#{self.name}?{'&'.join(pairs)}"


def explorers(site: Path, page: str) -> Iterator[Built]:
    """Yield the explorers of a built page."""
    text = (site / page).read_text(encoding="utf-8")
    for name, data in _ELEMENT.findall(text):
        payload = json.loads(data)
        built = Built(
            page=page,
            name=name,
            axes=payload["axes"],
            pictures=["\n".join(lines) for lines in unpacked(payload["pictures"])],
            sentences=["".join(words) for words in unpacked(payload["sentences"])],
            tables=[[json.loads(row) for row in rows] for rows in unpacked(payload["tables"])],
            lines=[decoded(rows) for rows in unpacked(payload["lines"])],
            met=payload["met"],
            right=payload["right"],
            at=payload["at"],
            marks=payload["marks"],
        )
        states = math.prod(built.shape)
        assert {states} == {len(built.pictures), len(built.sentences), len(built.tables)}
        yield built
