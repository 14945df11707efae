"""The chapter's real applicants: which fields a card may use, and scores made out of sample."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from netfin import data
from netfin.checks import fraction
from netfin.scoring.ranking import auc_of, separation
from netfin.scoring.scorecard import assign_folds, out_of_sample

Vector = NDArray[np.float64]

FOLDS = 10
SEED = 2026

HISTORY = (
    "checking_status",
    "savings_status",
    "credit_history",
    "existing_credits",
    "other_installment_plans",
)
"""What a bank's files and a credit bureau know of an applicant's past."""

FORM = (
    "duration_months",
    "purpose",
    "credit_amount",
    "employment_since",
    "installment_rate_pct",
    "other_debtors",
    "residence_since",
    "property",
    "age",
    "housing",
    "job",
    "num_dependents",
    "telephone",
)
"""What an applicant writes on the form. Sex and origin are in the data and in neither list."""

PRICE = ("int_rate", "sub_grade")
"""What the lender of the Lending Club loans had decided itself."""

AT_THE_DOOR = (
    "funded_amnt",
    "term",
    "annual_inc",
    "emp_length",
    "verification_status",
    "delinq_2yrs",
    "inq_last_6mths",
    "revol_util",
    "open_il_12m",
    "open_il_24m",
    "total_bal_il",
    "all_util",
    "inq_fi",
    "inq_last_12m",
)
"""What it knew of the borrowers before it set a price, as far as the file tells."""


class Scored(NamedTuple):
    """The German applicants: outcome, and ln(odds of good) by two cards, out of sample."""

    bad: Vector
    full: Vector
    thin: Vector


class LendingClub(NamedTuple):
    """The Lending Club borrowers of 2016: outcome, and scores with and without the price."""

    bad: Vector
    price: Vector
    fields: Vector
    both: Vector


@cache
def german() -> Scored:
    """Score the German applicants, each by cards that have not seen them."""
    table = data.load("german_credit_uci")
    bad = table["bad"].to_numpy(dtype=float)
    dealt = assign_folds(bad, FOLDS, np.random.default_rng(SEED))
    full, thin = (out_of_sample(table, bad, each, dealt) for each in (HISTORY + FORM, FORM))
    return Scored(bad, full, thin)


@cache
def lending_club() -> LendingClub:
    """Score the Lending Club borrowers by the lender's price, by the file, and by both."""
    table = data.load("lending_club_2016q1")
    bad = np.asarray(table["Class"] == "bad", dtype=np.float64)
    dealt = assign_folds(bad, FOLDS, np.random.default_rng(SEED))
    fields, both = (
        out_of_sample(table, bad, each, dealt) for each in (AT_THE_DOOR, AT_THE_DOOR + PRICE[:1])
    )
    return LendingClub(bad, -table["int_rate"].to_numpy(dtype=float), fields, both)


def within(score: Vector, bad: Vector) -> Vector:
    """Standardise a score inside the good and inside the bad, each to mean 0; joint spread 1."""
    rest = score - np.where(bad == 1.0, score[bad == 1.0].mean(), score[bad == 0.0].mean())
    return np.asarray(rest / np.sqrt(np.mean(rest**2)))


def distance(score: Vector, bad: Vector) -> float:
    """Measure how far the good stand above the bad, in standard deviations within the groups."""
    gap = score[bad == 0.0].mean() - score[bad == 1.0].mean()
    rest = score - np.where(bad == 1.0, score[bad == 1.0].mean(), score[bad == 0.0].mean())
    return float(gap / np.sqrt(np.mean(rest**2)))


def synthetic_signal(
    score: Vector, bad: Vector, area: float, overlap: float, generator: np.random.Generator
) -> Vector:
    """Make a signal of given strength that repeats a score to a given degree. Synthetic.

    The signal is δ_s for the good and 0 for the bad, plus noise of spread 1 whose correlation
    with the score, within the good and within the bad, is χ = overlap · δ_s/δ. At overlap 1 it
    tells nothing that the score does not (see `combined_separation`); at 0 its errors are its own.

    Parameters
    ----------
    score, bad : ndarray, shape (applicants,)
        A score that exists, and the outcomes.
    area : float
        AUC of the signal, from 0.5 to below 1; weaker than the score's.
    overlap : float
        From 0 to 1.
    generator : numpy.random.Generator
        For the noise, which is made uncorrelated with the score within both groups.

    Returns
    -------
    ndarray, shape (applicants,)
        Made up by us from the outcomes: it shows what such data could do, and proves nothing.
    """
    strength, known = float(separation(area)), distance(score, bad)
    if strength >= known:
        raise ValueError(f"area must be below the score's {auc_of(known):.3f}, not {area}")
    shared = float(fraction("overlap", overlap)) * strength / known
    inside = within(score, bad)
    noise = within(generator.standard_normal(len(score)), bad)
    noise = within(noise - inside * np.mean(noise * inside), bad)
    own = np.sqrt(1.0 - shared**2) * noise
    return np.asarray(strength * (bad == 0.0) + shared * inside + own)


def combine(first: Vector, second: Vector, bad: Vector) -> Vector:
    """Add to a score so much of a second one as Fisher's weights say, learnt on other folds.

    The first score keeps its weight of 1, so that folds stay comparable.
    """
    both = np.column_stack([first, second])
    dealt = assign_folds(bad, FOLDS, np.random.default_rng(SEED))
    total = np.empty(len(bad))
    for fold in range(FOLDS):
        here = dealt == fold
        rows, outcome = both[~here], bad[~here]
        means = [rows[outcome == kind].mean(axis=0) for kind in (0.0, 1.0)]
        rest = rows - np.where(outcome[:, None] == 1.0, means[1], means[0])
        weights = np.linalg.solve(rest.T @ rest / len(rest), means[0] - means[1])
        total[here] = both[here] @ (weights / weights[0])
    return total
