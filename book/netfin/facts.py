"""The only reader of the cited facts: one number a row, checked, or refused in plain words."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from netfin.data import DATA, DataError, content

FILE = "facts.csv"

_ID = re.compile(r"[A-Z][A-Z0-9]{2}-\d{2}[a-z]?")
_NEEDED = ("statement", "as_text", "unit", "period", "place", "bibkey")


class Status(StrEnum):
    """How far a number is verified."""

    SEEN = "seen"  # its text was read
    CLAIM = "claim"  # somebody's own figure, printed as theirs
    RECALLED = "recalled"  # not verified, never printed


@dataclass(frozen=True)
class Fact:
    """One number from a source; a range has `low` and `high`, and need not have a `value`."""

    id: str
    statement: str
    value: float | None
    low: float | None
    high: float | None
    as_text: str
    unit: str
    basis: str
    period: str
    place: str
    bibkey: str
    seen_in: str
    status: Status
    note: str

    @property
    def amount(self) -> str:
        """The number with its unit, not to be broken between lines."""
        return f"{self.as_text}\N{NO-BREAK SPACE}{self.unit}"

    @property
    def number(self) -> float:
        """The value, for a model; a fact that gives a range only has none and says so."""
        if self.value is None:
            raise DataError(f"Fact {self.id} gives a range, {self.as_text}, and no value.")
        return self.value

    @property
    def ends(self) -> tuple[float, float]:
        """The range, for a model; a fact without one has its value at both ends."""
        if self.low is None or self.high is None:
            return self.number, self.number
        return self.low, self.high


def load(folder: Path = DATA) -> dict[str, Fact]:
    """Read all facts by their id.

    Parameters
    ----------
    folder : Path
        Where `facts.csv` lies.

    Returns
    -------
    dict of str to Fact
        Each fact by its id, in the file's order.

    Raises
    ------
    DataError
        If the file is missing, or naming the row and the column that are wrong.
    """
    return dict(_facts(content(folder / FILE, "file of facts")))


@lru_cache(maxsize=4)
def _facts(written: bytes) -> dict[str, Fact]:
    """Read the text of a file of facts, once for each text."""
    facts: dict[str, Fact] = {}
    for row, cells in _rows(written):
        fact = _fact(cells, row)
        if fact.id in facts:
            raise _wrong(row, "id", fact.id, "an id that no other row has")
        facts[fact.id] = fact
    return facts


def _rows(written: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Read the file's rows with their numbers; row 1 is the header."""
    try:
        rows = list(csv.reader(io.StringIO(written.decode("utf-8"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{FILE} cannot be read as comma-separated UTF-8 text: {error}") from error
    names = [field.name for field in fields(Fact)]
    if (header := rows[0] if rows else []) != names:
        raise DataError(
            f"{FILE} must have the columns {', '.join(names)}, but has {', '.join(header)}."
        )
    for row, cells in enumerate(rows[1:], start=2):
        if len(cells) != len(names):
            raise DataError(f"{FILE}, row {row}: {len(cells)} cells, not {len(names)}.")
        yield row, dict(zip(names, cells, strict=True))


def _wrong(row: int, column: str, cell: str, allowed: str) -> DataError:
    """Say which cell is wrong and what it may hold."""
    return DataError(f"{FILE}, row {row}, column “{column}”: “{cell}” must be {allowed}.")


def _fact(cells: dict[str, str], row: int) -> Fact:
    """Make a fact of one row, every cell checked."""
    if not _ID.fullmatch(cells["id"]):
        raise _wrong(row, "id", cells["id"], "like INT-01 or INT-01a")
    for column in _NEEDED:
        if not cells[column].strip():
            raise _wrong(row, column, cells[column], "some text")
    if cells["status"] not in set(Status):
        raise _wrong(row, "status", cells["status"], f"one of {', '.join(Status)}")
    status = Status(cells["status"])
    if status is not Status.RECALLED and not cells["seen_in"].strip():
        raise _wrong(row, "seen_in", "", f"the text that was read, for status {status}")
    value, low, high = (_number(cells[name], row, name) for name in ("value", "low", "high"))
    _check_amount(cells["as_text"], value, low, high, row)
    words = {k: v for k, v in cells.items() if k not in ("value", "low", "high", "status")}
    return Fact(**words, value=value, low=low, high=high, status=status)


def _number(cell: str, row: int, column: str) -> float | None:
    """Read a finite number or an empty cell."""
    if cell == "":
        return None
    try:
        number = float(cell)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _wrong(row, column, cell, "a finite number or empty")
    return number


def _check_amount(
    text: str, value: float | None, low: float | None, high: float | None, row: int
) -> None:
    """Hold the number, its range and its printed form together."""
    if (low is None) != (high is None):
        raise _wrong(row, "low" if low is None else "high", "", "given if its counterpart is")
    if value is None and low is None:
        raise _wrong(row, "value", "", "a number, or low and high given")
    ordered = [number for number in (low, value, high) if number is not None]
    if ordered != sorted(ordered):
        raise _wrong(row, "value", f"{value}", f"between low {low} and high {high}")
    said = [float(each.replace(",", "")) for each in re.findall(r"-?\d[\d,]*(?:\.\d+)?", text)]
    if said != ([value] if low is None else [low, high]):
        raise _wrong(row, "as_text", text, "the value, or low and high, and no other number")
