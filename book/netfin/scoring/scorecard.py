"""From a table of applicants to a scorecard: bins, weight of evidence, logistic model, points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from netfin.checks import finite, non_negative, positive, whole_number

Vector = NDArray[np.float64]
Codes = NDArray[np.integer[Any]]


class Scaling(NamedTuple):
    """How log-odds become points: score = offset + factor · ln(odds of good)."""

    factor: float
    offset: float


def weight_of_evidence(good: ArrayLike, bad: ArrayLike, smoothing: float = 0.0) -> Vector:
    """Compute ln(share of the good in a cell / share of the bad in it), cell by cell.

    Parameters
    ----------
    good, bad : array_like, shape (cells,)
        How many of each in every cell.
    smoothing : float
        Added to every count. Without it, a cell without good or without bad is refused.

    Notes
    -----
    Siddiqi (2006), chapter 6.
    """
    counts = [np.atleast_1d(non_negative(*each)) for each in (("good", good), ("bad", bad))]
    extra = float(non_negative("smoothing", smoothing))
    kept, lost = (each + extra for each in counts)
    if np.any(kept == 0.0) or np.any(lost == 0.0):
        raise ValueError("good and bad must be above 0 in every cell, or smoothing must be")
    return np.asarray(np.log(kept / kept.sum()) - np.log(lost / lost.sum()))


def information_value(good: ArrayLike, bad: ArrayLike) -> float:
    """Sum, over the cells, (share of the good − share of the bad) · weight of evidence."""
    evidence = weight_of_evidence(good, bad)
    kept, lost = np.asarray(good, dtype=float), np.asarray(bad, dtype=float)
    return float(((kept / kept.sum() - lost / lost.sum()) * evidence).sum())


def scaling(points: float = 600.0, odds: float = 50.0, points_to_double: float = 20.0) -> Scaling:
    """Find factor and offset by which given odds earn given points, and twice the odds more.

    factor = points to double the odds / ln 2,  offset = points − factor · ln(odds);
    Siddiqi (2006), chapter 6.
    """
    base = float(finite("points", points))
    factor = float(positive("points_to_double", points_to_double)) / np.log(2.0)
    return Scaling(float(factor), float(base - factor * np.log(positive("odds", odds))))


@dataclass(frozen=True)
class Field:
    """One question of the card: its cells, what they say, and how much that counts.

    A field of numbers has `edges`, a value on an edge falling into the cell above it; a field of
    texts has `categories`. `evidence` holds a weight for each cell and a 0 for what is unseen.
    """

    name: str
    edges: tuple[float, ...]
    categories: tuple[str, ...]
    evidence: Vector
    weight: float = 1.0

    def codes(self, column: pd.Series) -> Codes:
        """Number the cells into which values fall."""
        if self.categories:
            values = column.astype("category").cat
            place = pd.Index(self.categories).get_indexer(values.categories)
            return place[values.codes.to_numpy()]
        return np.searchsorted(self.edges, column.to_numpy(dtype=float), side="right")

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

    def encode(self, table: pd.DataFrame) -> Codes:
        """Number the cells of all applicants, shape (applicants, fields)."""
        codes = np.empty((len(table), len(self.fields)), dtype=np.int16, order="F")
        for column, field in enumerate(self.fields):
            codes[:, column] = field.codes(table[field.name])
        return codes

    def log_odds(self, codes: Codes) -> Vector:
        """Add up the evidence on applicants whose cells are numbered."""
        total = np.full(len(codes), self.intercept)
        for column, field in enumerate(self.fields):
            total += np.take(field.weight * field.evidence, codes[:, column])
        return total

    def default_probability(self, codes: Codes) -> Vector:
        """Turn the evidence into a probability of default, that of the sample the card learnt."""
        return np.asarray(expit(-self.log_odds(codes)))

    def points(self, scale: Scaling) -> pd.DataFrame:
        """Write the card as a table of points; a score is the sum of one row a field."""
        share = (scale.offset + scale.factor * self.intercept) / len(self.fields)
        rows = [
            (field.name, cell, evidence, share + scale.factor * field.weight * evidence)
            for field in self.fields
            for cell, evidence in zip(field.cells, field.evidence, strict=False)
        ]
        return pd.DataFrame(rows, columns=["field", "cell", "weight of evidence", "points"])


def fit(
    table: pd.DataFrame,
    bad: ArrayLike,
    fields: Sequence[str],
    bins: int = 4,
    smoothing: float = 0.5,
) -> Scorecard:
    """Fit a scorecard to applicants whose outcomes are known.

    Parameters
    ----------
    table : DataFrame
        A row for each applicant.
    bad : array_like, shape (applicants,)
        1 or 0; both must occur.
    fields : sequence of str
        Columns to use. Numbers are cut at quantiles into up to `bins` cells, texts by category.
    smoothing : float
        Added to the good and the bad of every cell.

    Notes
    -----
    Edges, evidence and weights all come from these rows alone; judge the card on others. The
    squares of the weights are penalised (C = 1), so that a field that says nothing weighs nothing.
    """
    outcome = np.asarray(finite("bad", bad))
    missing = [name for name in fields if name not in table]
    if missing or not len(fields):
        raise ValueError(f"fields must name columns of the table, not {missing or 'none at all'}")
    if set(np.unique(outcome)) != {0.0, 1.0} or len(outcome) != len(table):
        raise ValueError("bad must hold 0 and 1, one for each row of the table")
    count = int(whole_number("bins", bins))
    parts = [_field(table[name], outcome, count, smoothing) for name in fields]
    evidence = np.column_stack([field.evidence[field.codes(table[field.name])] for field in parts])
    model = LogisticRegression(C=1.0, solver="newton-cholesky", tol=1e-8)
    model.fit(evidence, 1.0 - outcome)
    weighed = tuple(
        Field(part.name, part.edges, part.categories, part.evidence, float(weight))
        for part, weight in zip(parts, model.coef_[0], strict=True)
    )
    return Scorecard(float(model.intercept_[0]), weighed)


def _field(column: pd.Series, outcome: Vector, bins: int, smoothing: float) -> Field:
    """Cut one column into cells and weigh their evidence."""
    edges: tuple[float, ...] = ()
    categories: tuple[str, ...] = ()
    if pd.api.types.is_numeric_dtype(column):
        values = np.unique(column)
        if len(values) > bins:
            values = np.unique(np.quantile(column, np.arange(bins) / bins))
        edges = tuple(float(value) for value in values[1:])
    else:
        categories = tuple(sorted(column.astype(str).unique()))
    field = Field(str(column.name), edges, categories, np.empty(0))
    codes = field.codes(column)
    cells = len(field.cells)
    good = np.bincount(codes, weights=1.0 - outcome, minlength=cells)
    bad = np.bincount(codes, weights=outcome, minlength=cells)
    evidence = np.append(weight_of_evidence(good, bad, smoothing), 0.0)
    return Field(field.name, edges, categories, evidence)


def assign_folds(bad: ArrayLike, folds: int, generator: np.random.Generator) -> Codes:
    """Deal applicants into folds of nearly equal size, good and bad alike."""
    outcome = np.asarray(finite("bad", bad))
    count = int(whole_number("folds", folds, least=2))
    dealt = np.empty(len(outcome), dtype=np.int64)
    for kind in (0.0, 1.0):
        rows = generator.permutation(np.flatnonzero(outcome == kind))
        dealt[rows] = np.arange(len(rows)) % count
    return dealt


def out_of_sample(
    table: pd.DataFrame, bad: ArrayLike, fields: Sequence[str], dealt: Codes
) -> Vector:
    """Score every applicant with a card fitted to the other folds: ln(odds of good)."""
    outcome = np.asarray(finite("bad", bad))
    scores = np.empty(len(table))
    for fold in np.unique(dealt):
        here = dealt == fold
        card = fit(table[~here], outcome[~here], fields)
        scores[here] = card.log_odds(card.encode(table[here]))
    return scores
