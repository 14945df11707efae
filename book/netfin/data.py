"""The only reader of the data sets: checks each file against the catalogue, says what is wrong."""

from __future__ import annotations

import csv
import difflib
import gzip
import hashlib
import io
import math
import re
import tomllib
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import pandas as pd

DATA = Path(__file__).resolve().parents[2] / "data"

_CATALOGUE = "catalogue.toml"
_MOST_SHOWN = 3
_LARGEST_WHOLE = 10**15  # beyond that a spreadsheet, and a float, lose the last digits
_SEPARATORS = {";": "semicolons", "\t": "tabs"}


class DataError(ValueError):
    """A data set is missing, damaged or not of the form the catalogue describes."""


@dataclass(frozen=True)
class Column:
    """One column of a data set: what it holds and what it may hold."""

    name: str
    description: str
    unit: str
    type: Literal["text", "whole", "number", "day", "month", "quarter"]
    one_of: tuple[str, ...] = ()
    low: float = -math.inf
    high: float = math.inf


@dataclass(frozen=True)
class DataSet:
    """One data set: its file, source, licence, checksum and columns."""

    name: str
    file: str
    title: str
    source: str
    origin: str
    licence: str
    licence_note: str
    retrieved: str
    sha256: str
    rows: int
    key: tuple[str, ...]
    notes: str
    columns: tuple[Column, ...]


def catalogue(folder: Path = DATA) -> dict[str, DataSet]:
    """Read the catalogue: every data set by its name.

    Parameters
    ----------
    folder : Path
        Where `catalogue.toml` lies.

    Returns
    -------
    dict of str to DataSet
        Each set by its name, in the catalogue's order.

    Raises
    ------
    DataError
        If the catalogue is not where it should be.
    """
    return dict(_catalogue(content(folder / _CATALOGUE, "catalogue of the data sets")))


@lru_cache(maxsize=4)
def _catalogue(written: bytes) -> dict[str, DataSet]:
    """Read the text of a catalogue, once for each text."""
    entries = tomllib.loads(written.decode("utf-8"))
    return {name: _data_set(name, entry) for name, entry in entries.items()}


def _data_set(name: str, entry: dict[str, Any]) -> DataSet:
    """Make a data set from its entry in the catalogue."""
    columns = tuple(
        Column(**{**column, "one_of": tuple(column.get("one_of", ()))})
        for column in entry["columns"]
    )
    plain = {"key": tuple(entry["key"]), "retrieved": str(entry["retrieved"]), "columns": columns}
    return DataSet(name=name, **{**entry, **plain})


def load(name: str, path: str | Path | None = None, folder: Path = DATA) -> pd.DataFrame:
    """Load a data set, checked column by column.

    Parameters
    ----------
    name : str
        A name in the catalogue.
    path : str or Path, optional
        Your own file of the same form. Columns, types, ranges and key are checked as for the
        book's file; checksum and number of rows are not, for the numbers are yours.
    folder : Path
        Where the catalogue and its files lie; by default the book's data folder.

    Returns
    -------
    pandas.DataFrame
        Columns in the order of the catalogue: text, days, months and quarters as `str`, whole
        numbers as `int64`, other numbers as `float64`. The table is yours to change.

    Raises
    ------
    DataError
        In one plain paragraph: what is wrong, where, and what was expected.
    """
    known = catalogue(folder)
    if name not in known:
        hint = _closest(str(name), tuple(known))
        raise DataError(
            f"There is no data set by the name “{name}”{hint}. There are: {', '.join(known)}."
        )
    data_set = known[name]
    where = folder / data_set.file if path is None else Path(path)
    written = content(where, "data file")
    return _checked(where.name, data_set, written, exactly=path is None).copy()


@lru_cache(maxsize=16)
def _checked(file: str, data_set: DataSet, written: bytes, *, exactly: bool) -> pd.DataFrame:
    """Make a table of what is written in a file, once for each content."""
    if exactly:
        _check_sum(data_set, written)
    table = _table(file, data_set.columns, written)
    typed = pd.DataFrame(
        {column.name: _typed(file, column, table[column.name]) for column in data_set.columns}
    ).reset_index(drop=True)
    _check_rows(file, data_set, typed, exactly=exactly)
    return typed


def content(path: Path, what: str) -> bytes:
    """Read a file whole; `what` it is, a refusal says.

    Parameters
    ----------
    path : Path
        The file.
    what : str
        What it is, for the message.

    Returns
    -------
    bytes
        All that is in the file.

    Raises
    ------
    DataError
        If the file is not there, or may not be read.
    """
    if not path.is_file():
        raise DataError(
            f"The {what} {path.name} is missing from the folder “{path.parent.name}”. "
            "Fetch the book's files again, or check the path if the file is your own."
        )
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(
            f"The {what} {path.name} cannot be opened ({error.strerror}). Close it in other "
            "programs, and see that you are allowed to read it."
        ) from error


def _check_sum(data_set: DataSet, content: bytes) -> None:
    """Refuse a file that is not, byte for byte, the one the catalogue describes."""
    found = hashlib.sha256(content).hexdigest()
    if found != data_set.sha256:
        raise DataError(
            f"The data file {data_set.file} was changed or damaged: its checksum begins "
            f"{found[:12]}, the catalogue has {data_set.sha256[:12]}. Fetch the file again; to "
            "use numbers of your own, keep them in another file and pass its path to load()."
        )


def _table(file: str, columns: Sequence[Column], written: bytes) -> pd.DataFrame:
    """Read comma-separated text, every cell as it is written, the index being the row's number.

    The row's number is a spreadsheet's: blank rows count, and the first row is 1.
    """
    with _readable(file):
        unpacked = gzip.decompress(written) if file.endswith(".gz") else written
        text = unpacked.decode("utf-8-sig")
        if "\0" in text:
            raise ValueError("it holds characters that no text has")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        rows = {number: cells for number, cells in enumerate(reader, start=1) if cells}
        if not rows:
            raise ValueError("it is empty")
    header = rows.pop(next(iter(rows)))
    _check_separator(file, header)
    _check_columns(file, columns, header)
    with _readable(file):
        if long := [number for number, cells in rows.items() if len(cells) > len(header)]:
            raise ValueError(f"row {long[0]} has more cells than there are columns")
    cells = [row + [""] * (len(header) - len(row)) for row in rows.values()]
    return pd.DataFrame(cells, columns=header, index=list(rows), dtype=str)


@contextmanager
def _readable(file: str) -> Iterator[None]:
    """Say of what cannot be read as a table that it cannot."""
    try:
        yield
    except (ValueError, EOFError, gzip.BadGzipFile, zlib.error, csv.Error) as error:
        raise DataError(
            f"The data file {file} cannot be read as a table of comma-separated UTF-8 text: {error}"
        ) from error


def _check_separator(file: str, header: Sequence[str]) -> None:
    """Name another separator than the comma, which many spreadsheets write."""
    for mark, word in _SEPARATORS.items():
        if len(header) == 1 and mark in header[0]:
            raise DataError(
                f"The data file {file} separates its columns by {word}. Save it with commas "
                "between the columns and a point in the numbers."
            )


def _check_columns(file: str, wanted: Sequence[Column], found: Sequence[str]) -> None:
    """Name the columns that are missing, and those that nobody asked for or that stand twice."""
    names = [column.name for column in wanted]
    if twice := [name for name in names if found.count(name) > 1]:
        raise DataError(f"The data file {file} has the column “{twice[0]}” twice.")
    extra = tuple(name for name in found if name not in names)
    missing = [f"“{name}”{_closest(name, extra)}" for name in names if name not in found]
    if not missing and not extra:
        return
    parts = [f"it lacks {', '.join(missing)}"] if missing else []
    if extra:
        parts.append("it has unknown " + ", ".join(f"“{name}”" for name in extra))
    raise DataError(
        f"The data file {file} has other columns than expected: {'; '.join(parts)}. "
        f"Expected are: {', '.join(names)}."
    )


def _closest(name: str, candidates: Sequence[str]) -> str:
    """Suggest the candidate that looks most like a name, if one does."""
    close = difflib.get_close_matches(name, candidates, n=1)
    return f" (is it “{close[0]}”?)" if close else ""


def _typed(file: str, column: Column, written: pd.Series[str]) -> pd.Series[Any]:
    """Turn a column of text into its type, or name the cells that do not fit."""
    if column.type not in ("whole", "number"):
        _refuse(file, column, written[~_fits(column, written)])
        return written
    numbers = pd.to_numeric(written, errors="coerce").astype("float64")
    fits = numbers.between(column.low, column.high) & numbers.abs().lt(math.inf)
    if column.type == "whole":
        fits &= numbers.mod(1).eq(0) & numbers.abs().lt(_LARGEST_WHOLE)
    _refuse(file, column, written[~fits])
    return numbers.astype("int64") if column.type == "whole" else numbers


def _fits(column: Column, written: pd.Series[str]) -> pd.Series[bool]:
    """Tell which cells of words or dates are allowed."""
    if column.one_of:
        return written.isin(column.one_of)
    if column.type == "text":
        return written != ""
    allowed = {each for each in written.unique() if _DATES[column.type][1](each)}
    return written.isin(allowed)


def _is_day(written: str) -> bool:
    """Tell whether a text is a day of the calendar."""
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


# How each kind of date is said in words, and told. A spreadsheet likes to rewrite them.
_DATES: dict[str, tuple[str, Callable[[str], bool]]] = {
    "day": ("a day such as 2017-01-31", _is_day),
    "month": ("a month such as 2017-01", lambda written: _is_day(f"{written}-01")),
    "quarter": (
        "a quarter such as 2017Q1",
        lambda written: re.fullmatch(r"[1-9][0-9]{3}Q[1-4]", written) is not None,
    ),
}


def _refuse(file: str, column: Column, bad: pd.Series[str]) -> None:
    """Name the first cells of a column that are not allowed, by their row in the file."""
    if bad.empty:
        return
    shown = bad.head(_MOST_SHOWN)
    cells = [f"“{cell}” in row {row}" for row, cell in zip(shown.index, shown, strict=True)]
    more = f" and {len(bad) - _MOST_SHOWN} more" if len(bad) > _MOST_SHOWN else ""
    raise DataError(
        f"The column “{column.name}” ({column.description}) of the data file {file} must hold "
        f"{_allowed(column)}, but has {', '.join(cells)}{more}."
    )


def _allowed(column: Column) -> str:
    """Say in words what a column may hold."""
    if column.type in _DATES:
        return _DATES[column.type][0]
    if column.type == "text":
        return f"one of {', '.join(column.one_of)}" if column.one_of else "some text"
    whole = column.type == "whole"
    kind = "a whole number" if whole else "a number"
    if not math.isinf(column.high):
        return f"{kind} from {column.low:g} to {column.high:g}"
    known = kind if math.isinf(column.low) else f"{kind} of {column.low:g} or more"
    return f"{known} with at most 15 digits" if whole else known


def _check_rows(file: str, data_set: DataSet, table: pd.DataFrame, *, exactly: bool) -> None:
    """Refuse a table that is empty, repeats its key or, of the book's own, has lost rows."""
    if table.empty:
        raise DataError(f"The data file {file} has column names but no rows.")
    if exactly and len(table) != data_set.rows:
        raise DataError(
            f"The data file {file} has {len(table)} rows; the catalogue has {data_set.rows}."
        )
    if not data_set.key:  # records of people whom nothing in the file names
        return
    repeated = table.duplicated(list(data_set.key))
    if repeated.any():
        first = table.loc[repeated, list(data_set.key)].iloc[0]
        raise DataError(
            f"The data file {file} has two rows with the same {' and '.join(data_set.key)}: "
            f"{', '.join(str(value) for value in first)}."
        )
