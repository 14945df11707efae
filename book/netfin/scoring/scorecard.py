"""From a table of applicants to a scorecard: bins, weight of evidence, logistic model, points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from netfin.checks import (
    Array,
    bounded,
    bounded_above_zero,
    bounded_either_side,
    count,
    instance,
    one,
    positive,
    same_length,
    table,
    vector,
    whole_number,
)
from netfin.scoring.applicants import folded, outcome

Codes = NDArray[np.integer[Any]]
_LEAST = 1e-15  # in a cell: a share of less could be lost beside the others

_whole = partial(whole_number, least=0)


class Scaling(NamedTuple):
    """How log-odds become points: score = offset + factor · ln(odds of good)."""

    factor: float
    offset: float


def weight_of_evidence(good: ArrayLike, bad: ArrayLike, smoothing: float = 0.0) -> Array:
    """Compute ln(share of the good in a cell / share of the bad in it), cell by cell.

    Parameters
    ----------
    good, bad : array_like, shape (cells,)
        Number of each in every cell, up to a million billion.
    smoothing : float
        Added to every count, up to a million billion. Without it, a cell without good or without
        bad is refused.

    Returns
    -------
    ndarray, shape (cells,)
        Above 0 where an answer speaks for an applicant.

    Raises
    ------
    ValueError
        Naming `good`, `bad` or `smoothing`, where it is out of its range.

    Source
    ------
    Siddiqi (2006), chapter 6.
    """
    kept, lost = _cells(good, bad, one(bounded)("smoothing", smoothing))
    return np.asarray(np.log(kept) - np.log(lost))


def information_value(good: ArrayLike, bad: ArrayLike) -> float:
    """Sum, over the cells, (share of the good − share of the bad) · weight of evidence.

    Parameters
    ----------
    good, bad : array_like, shape (cells,)
        How many of each in every cell, above 0.

    Returns
    -------
    float
        A number without unit: 0 where the answers tell nothing, never below.

    Raises
    ------
    ValueError
        Naming `good` or `bad`, where it is out of its range.

    Source
    ------
    Siddiqi (2006), chapter 6.
    """
    kept, lost = _cells(good, bad, 0.0)
    return float(((kept - lost) * (np.log(kept) - np.log(lost))).sum())


def _cells(good: ArrayLike, bad: ArrayLike, smoothing: float) -> Iterator[Array]:
    """Turn counts by cell into shares of the good and of the bad, none of them 0."""
    counts = {"good": vector("good", good, bounded), "bad": vector("bad", bad, bounded)}
    same_length(**counts)
    smoothed = [each + smoothing for each in counts.values()]
    fewest = float(np.min(smoothed))
    if fewest < _LEAST:
        raise ValueError(
            f"good and bad must be above 0 in every cell, or smoothing must be, and by {_LEAST:g} "
            f"or more, not {fewest:g}"
        )
    return (each / each.sum() for each in smoothed)


def scaling(points: float = 600.0, odds: float = 50.0, points_to_double: float = 20.0) -> Scaling:
    """Find factor and offset by which given odds earn given points, and twice the odds more.

    factor = points to double the odds / ln 2,  offset = points − factor · ln(odds).

    Parameters
    ----------
    points : float
        What the odds of good `odds`, above 0, are worth; up to a million billion.
    points_to_double : float
        What twice these odds are worth more, above 0 and up to a million billion.
    odds : float
        Good for each bad, above 0.

    Returns
    -------
    Scaling
        `factor`, points for each unit of log-odds, and `offset`, points at odds of one.

    Raises
    ------
    ValueError
        Naming `points`, `odds` or `points_to_double`, where it is out of its range.

    Source
    ------
    Siddiqi (2006), chapter 6.
    """
    base = one(bounded_either_side)("points", points)
    factor = one(bounded_above_zero)("points_to_double", points_to_double) / np.log(2.0)
    return Scaling(float(factor), float(base - factor * np.log(one(positive)("odds", odds))))


@dataclass(frozen=True)
class Field:
    """One question of the card: its cells, what they say, and how much that counts.

    A field of numbers has `edges`, a value on an edge falling into the cell above it; a field of
    texts has `categories`. `evidence` holds a weight for each cell and a 0 for what is unseen.
    """

    name: str
    edges: tuple[float, ...]
    categories: tuple[str, ...]
    evidence: Array
    weight: float = 1.0

    def codes(self, column: pd.Series) -> Codes:
        """Number the cells into which values fall; a text never seen gets the number after all.

        Raises
        ------
        ValueError
            Naming the field and the row, where a value is missing or no number.
        """
        if self.categories:
            place, names = _texts(self.name, column)
            known = pd.Index(self.categories).get_indexer(pd.Index(names))
            return np.where(known < 0, len(self.categories), known)[place]
        return np.searchsorted(self.edges, _numbers(self.name, column), side="right")

    @property
    def cells(self) -> list[str]:
        """Name the cells as a reader would."""
        if self.categories:
            return list(self.categories)
        if not self.edges:
            return ["any"]
        ends = [f"{edge:,g}" for edge in self.edges]
        between = [f"{low} to below {high}" for low, high in pairwise(ends)]
        return [f"below {ends[0]}", *between, f"{ends[-1]} or more"]


@dataclass(frozen=True)
class Scorecard:
    """A fitted card: ln(odds of good) = intercept + sum of weight · evidence."""

    intercept: float
    fields: tuple[Field, ...]

    def encode(self, applicants: pd.DataFrame) -> Codes:
        """Number the cells of all applicants, shape (applicants, fields).

        A text that the card has not seen weighs nothing; a number beyond all it has seen falls
        into the cell at that end.

        Raises
        ------
        ValueError
            Where a field is not in the table, or a value is missing, with its row.
        """
        table("applicants", applicants, [field.name for field in self.fields])
        codes = np.empty((len(applicants), len(self.fields)), dtype=np.int32, order="F")
        for column, field in enumerate(self.fields):
            codes[:, column] = field.codes(applicants[field.name])
        return codes

    def log_odds(self, codes: ArrayLike) -> Array:
        """Add up the evidence on applicants whose cells are numbered, as by `encode`."""
        cells = np.asarray(_whole("codes", codes))
        if cells.ndim != 2 or cells.shape[1] != len(self.fields):
            raise ValueError(
                f"codes must have a column for each of {len(self.fields)} fields, "
                f"not be of shape {cells.shape}"
            )
        total = np.full(len(cells), self.intercept)
        for field, column in zip(self.fields, cells.T, strict=True):
            unseen = len(field.evidence) - 1
            if np.any(column > unseen):
                raise ValueError(
                    f"codes of {field.name} must be from 0 to {unseen}, not {column.max():g}"
                )
            total += np.take(field.weight * field.evidence, column.astype(np.int64))
        return total

    def default_probability(self, codes: ArrayLike) -> Array:
        """Turn the evidence into a probability of default, that of the sample the card learnt."""
        return np.asarray(expit(-self.log_odds(codes)))

    def points(self, scale: Scaling) -> pd.DataFrame:
        """Write the card as a table of points; a score is the sum of one row a field."""
        scale = instance("scale", scale, Scaling)
        share = (scale.offset + scale.factor * self.intercept) / len(self.fields)
        rows = [
            (field.name, cell, evidence, share + scale.factor * field.weight * evidence)
            for field in self.fields
            for cell, evidence in zip(field.cells, field.evidence, strict=False)
        ]
        return pd.DataFrame(rows, columns=["field", "cell", "weight of evidence", "points"])


def _texts(name: str, column: pd.Series) -> tuple[NDArray[np.intp], list[str]]:
    """Give for each row the number of its text, and the texts; refuse what is missing or a list."""
    _refuse_missing(name, column.isna().to_numpy())
    try:
        numbers, values = pd.factorize(column)
    except TypeError:
        kinds = ", ".join(sorted({type(value).__name__ for value in column}))
        raise ValueError(
            f"{name} must have one number, text or date in every row, not {kinds}"
        ) from None
    return numbers, [str(value) for value in values]


def _numbers(name: str, column: pd.Series) -> Array:
    """Give a column's finite numbers; refuse, with its row, what is missing or none."""
    if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_complex_dtype(column):
        raise ValueError(
            f"{name} must be a column of real numbers, in every table the card is fitted to or "
            f"scores, not of {column.dtype}"
        )
    numbers = column.to_numpy(dtype=np.float64, na_value=np.nan)
    _refuse_missing(name, ~np.isfinite(numbers))
    return numbers


def _refuse_missing(name: str, missing: NDArray[np.bool_]) -> None:
    """Refuse a column with rows that hold no value."""
    if missing.any():
        rows = np.flatnonzero(missing)
        more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
        raise ValueError(
            f"{name} must have a value in every row of the table, but has none in row "
            f"{rows[0]}{more}: fill the gaps, or leave these applicants out"
        )


def fit(
    applicants: pd.DataFrame,
    bad: ArrayLike,
    fields: Sequence[str],
    bins: int = 4,
    smoothing: float = 0.5,
) -> Scorecard:
    """Fit a scorecard to applicants whose outcomes are known.

    Parameters
    ----------
    applicants : DataFrame
        A row for each applicant. Every field has a value in every row.
    bad : array_like, shape (applicants,)
        1 or 0; both must occur.
    fields : sequence of str
        Columns to use. Numbers are cut at quantiles into up to `bins` cells; all else, dates
        and categories too, goes by its text, a cell for each.
    bins : int
        1 or more.
    smoothing : float
        Added to the good and the bad of every cell, 0 or more.

    Returns
    -------
    Scorecard
        Edges, evidence and weights all come from these rows alone; judge the card on others.

    Raises
    ------
    ValueError
        Where a field is not in the table, or a value is missing, with its row.
    TypeError
        Naming `applicants`, where it is of another type.

    Notes
    -----
    The squares of the weights are penalised (C = 1), so that a field that says nothing weighs
    nothing.

    Source
    ------
    Siddiqi (2006), chapter 6: a logistic regression on weights of evidence.
    """
    outcomes, number = outcome("bad", bad), count("bins", bins)
    names = _columns(applicants, fields)
    same_length(applicants=applicants, bad=outcomes)
    extra = one(bounded)("smoothing", smoothing)
    cut = [_field(applicants[name], outcomes, number, extra) for name in names]
    parts, evidence = zip(*cut, strict=True)
    model = LogisticRegression(C=1.0, solver="newton-cholesky", tol=1e-8)
    model.fit(np.column_stack(evidence), 1.0 - outcomes)
    weights = (float(weight) for weight in model.coef_[0])
    weighed = (replace(part, weight=next(weights)) for part in parts)
    return Scorecard(float(model.intercept_[0]), tuple(weighed))


def _columns(applicants: pd.DataFrame, fields: Sequence[str]) -> list[str]:
    """Return the names of the fields, which must be texts, all different, and in the table."""
    given = np.asarray(fields, dtype=object)
    names = given.tolist() if given.ndim == 1 else []
    texts = {name for name in names if isinstance(name, str)}
    if not names or len(texts) != len(names):
        raise ValueError(
            f"fields must be a list of different columns, each named by a text, not {fields!r}"
        )
    table("applicants", applicants, names)
    return names


def _field(column: pd.Series, outcomes: Array, bins: int, smoothing: float) -> tuple[Field, Array]:
    """Cut one column into cells and weigh their evidence; give that of each row, too."""
    name = str(column.name)
    edges: tuple[float, ...] = ()
    categories: tuple[str, ...] = ()
    if pd.api.types.is_numeric_dtype(column):
        numbers = _numbers(name, column)
        values = np.unique(numbers)
        if len(values) > bins:  # halved, so that no difference of two is beyond all numbers
            values = np.unique(2.0 * np.quantile(numbers / 2.0, np.arange(bins) / bins))
        edges = tuple(float(value) for value in values[1:])
    else:
        categories = tuple(sorted(set(_texts(name, column)[1])))
    field = Field(name, edges, categories, np.empty(0))
    codes, cells = field.codes(column), len(field.cells)
    good, bad = (
        np.bincount(codes, weights=kind, minlength=cells) for kind in (1.0 - outcomes, outcomes)
    )
    evidence = np.append(weight_of_evidence(good, bad, smoothing), 0.0)
    return replace(field, evidence=evidence), evidence[codes]


def out_of_sample(
    applicants: pd.DataFrame,
    bad: ArrayLike,
    fields: Sequence[str],
    dealt: ArrayLike,
    learn_from: ArrayLike | None = None,
) -> Array:
    """Score every applicant with a card fitted to the other folds.

    Parameters
    ----------
    applicants, bad, fields : DataFrame, array_like, sequence of str
        As in `fit`.
    dealt : array_like, shape (applicants,)
        Each one's fold, as from `assign_folds`.
    learn_from : array_like of bool, shape (applicants,), optional
        Whose outcomes are known; the cards learn from nobody else. Outside every fold there must
        be good and bad ones.

    Returns
    -------
    ndarray, shape (applicants,)
        ln(odds of good).

    Raises
    ------
    ValueError
        Naming `applicants`, `bad` or `dealt`, where it is out of its range.
    TypeError
        Naming `applicants`, where it is of another type.

    Source
    ------
    Definition: cross-validation.
    """
    outcomes = outcome("bad", bad)
    known = None if learn_from is None else _flags("learn_from", learn_from)
    names = _columns(applicants, fields)
    same_length(applicants=applicants, bad=outcomes)
    if known is not None:
        same_length(learn_from=known, bad=outcomes)
    scores = np.empty(len(outcomes))
    for here, others in folded(dealt, outcomes, known):
        card = fit(applicants[others], outcomes[others], names)
        scores[here] = card.log_odds(card.encode(applicants[here]))
    return scores


def _flags(name: str, value: ArrayLike) -> NDArray[np.bool_]:
    """Return a row of truth values, and refuse all else."""
    given = np.asarray(value, dtype=object)  # an array of lists, where they differ in length
    if given.ndim != 1 or not all(isinstance(each, bool | np.bool_) for each in given):
        raise ValueError(f"{name} must be a row of True and False, one for each applicant")
    return given.astype(np.bool_)
