"""The only reader of the data sets: checks each file against the catalogue, says what is wrong."""

from __future__ import annotations

import difflib
import gzip
import hashlib
import io
import math
import tomllib
import warnings
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd

DATA = Path(__file__).resolve().parents[2] / "data"

_CATALOGUE = "catalogue.toml"
_MOST_SHOWN = 3
_UNREADABLE = (ValueError, EOFError, gzip.BadGzipFile, zlib.error)


class DataError(Exception):
    """A data set is missing, damaged or not of the form the catalogue describes."""


@dataclass(frozen=True)
class Column:
    """One column of a data set: what it holds and what it may hold."""

    name: str
    description: str
    unit: str
    type: Literal["text", "whole", "number"]
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

    Raises
    ------
    DataError
        If the catalogue is not where it should be.
    """
    path = folder / _CATALOGUE
    if not path.is_file():
        raise DataError(
            f"The catalogue of the data sets, {_CATALOGUE}, is missing from the folder "
            f"“{folder.name}”. Fetch the book's files again."
        )
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
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
        Columns in the order of the catalogue: text as `str`, whole numbers as `int64`, other
        numbers as `float64`.

    Raises
    ------
    DataError
        In one plain paragraph: what is wrong, where, and what was expected.
    """
    known = catalogue(folder)
    if name not in known:
        hint = _closest(name, tuple(known))
        raise DataError(f"There is no data set “{name}”{hint}. There are: {', '.join(known)}.")
    data_set = known[name]
    where = folder / data_set.file if path is None else Path(path)
    content = _content(where)
    if path is None:
        _check_sum(data_set, content)
    table = _table(where.name, content)
    _check_columns(where.name, data_set.columns, tuple(table.columns))
    typed = pd.DataFrame(
        {column.name: _typed(where.name, column, table[column.name]) for column in data_set.columns}
    )
    _check_rows(where.name, data_set, typed, exactly=path is None)
    return typed


def _content(path: Path) -> bytes:
    """Read a file whole, or say that it is not there."""
    if not path.is_file():
        raise DataError(
            f"The data file {path.name} is missing from the folder “{path.parent.name}”. "
            "Fetch the book's files again, or check the path if the file is your own."
        )
    return path.read_bytes()


def _check_sum(data_set: DataSet, content: bytes) -> None:
    """Refuse a file that is not, byte for byte, the one the catalogue describes."""
    found = hashlib.sha256(content).hexdigest()
    if found != data_set.sha256:
        raise DataError(
            f"The data file {data_set.file} was changed or damaged: its checksum begins "
            f"{found[:12]}, the catalogue has {data_set.sha256[:12]}. Fetch the file again; to "
            "use numbers of your own, keep them in another file and pass its path to load()."
        )


def _table(file: str, content: bytes) -> pd.DataFrame:
    """Read comma-separated text, every cell as it is written; a name in .gz is unpacked."""
    try:
        unpacked = gzip.decompress(content) if file.endswith(".gz") else content
        text = io.StringIO(unpacked.decode("utf-8-sig"))
        with warnings.catch_warnings():
            # Rows longer than the header are cut with no more than this warning.
            warnings.simplefilter("error", pd.errors.ParserWarning)
            table = pd.read_csv(text, dtype=str, keep_default_na=False, index_col=False)
        return table.fillna("")  # the missing end of a short row
    except (*_UNREADABLE, pd.errors.ParserWarning) as error:
        raise DataError(
            f"The data file {file} cannot be read as a table of comma-separated UTF-8 text: {error}"
        ) from error


def _check_columns(file: str, wanted: Sequence[Column], found: tuple[str, ...]) -> None:
    """Name the columns that are missing, and those that nobody asked for."""
    names = [column.name for column in wanted]
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
    if column.type == "text":
        fits = written.isin(column.one_of) if column.one_of else written != ""
        _refuse(file, column, written[~fits])
        return written
    numbers = pd.to_numeric(written, errors="coerce").astype("float64")
    fits = numbers.between(column.low, column.high) & numbers.abs().lt(math.inf)
    if column.type == "whole":
        fits &= numbers.mod(1).eq(0)
    _refuse(file, column, written[~fits])
    return numbers.astype("int64") if column.type == "whole" else numbers


def _refuse(file: str, column: Column, bad: pd.Series[str]) -> None:
    """Name the first cells of a column that are not allowed, by their row in the file."""
    if bad.empty:
        return
    # Row 1 of the file is the header, and pandas counts from 0.
    shown = bad.head(_MOST_SHOWN)
    cells = [f"“{cell}” in row {row + 2}" for row, cell in zip(shown.index, shown, strict=True)]
    more = f" and {len(bad) - _MOST_SHOWN} more" if len(bad) > _MOST_SHOWN else ""
    raise DataError(
        f"The column “{column.name}” ({column.description}) of the data file {file} must hold "
        f"{_allowed(column)}, but has {', '.join(cells)}{more}."
    )


def _allowed(column: Column) -> str:
    """Say in words what a column may hold."""
    if column.type == "text":
        return f"one of {', '.join(column.one_of)}" if column.one_of else "some text"
    kind = "a whole number" if column.type == "whole" else "a number"
    if math.isinf(column.high):
        return kind if math.isinf(column.low) else f"{kind} of {column.low:g} or more"
    return f"{kind} from {column.low:g} to {column.high:g}"


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
