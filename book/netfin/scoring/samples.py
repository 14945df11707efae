"""The chapter's real applicants: which fields a card may use, and scores made out of sample."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from functools import cache
from typing import NamedTuple

import numpy as np

from netfin import data
from netfin.checks import Array
from netfin.scoring.applicants import assign_folds
from netfin.scoring.fairness import Groups, groups
from netfin.scoring.ranking import auc, resample
from netfin.scoring.scorecard import Codes, out_of_sample
from netfin.scoring.signals import combine, synthetic_signal

FOLDS = 10
DRAWS = 200
"""Samples in each bootstrap."""
LOTS = 20
"""How often a lender is given customers by lot."""


class Seed(IntEnum):
    """The seeds of the chapter, so that its numbers come out again."""

    FOLDS = 2026
    BOOTSTRAP = 7
    SIGNAL = 11
    SHOPS = 4
    LOTS = 3


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

    bad: Array
    full: Array
    thin: Array


class LendingClub(NamedTuple):
    """The Lending Club borrowers of 2016: outcome, and scores with and without the price.

    `cells` is the price cut into cells, as a card cuts its fields; `both` has it uncut.
    """

    bad: Array
    price: Array
    cells: Array
    fields: Array
    both: Array


@cache
def folds() -> Codes:
    """Deal the German applicants into folds.

    Returns
    -------
    ndarray, shape (1000,)
        The number of each one's fold.

    Source
    ------
    Ours: the chapter's own sample.
    """
    bad = data.load("german_credit_uci")["bad"]
    return assign_folds(bad, FOLDS, np.random.default_rng(Seed.FOLDS))


@cache
def german() -> Scored:
    """Score the German applicants, each by cards that have not seen them.

    Returns
    -------
    Scored
        Outcomes, and log-odds of good by the full and by the thin file.

    Source
    ------
    Ours: the chapter's own sample.
    """
    table = data.load("german_credit_uci")
    bad = table["bad"].to_numpy(dtype=float)
    full, thin = (out_of_sample(table, bad, each, folds()) for each in (HISTORY + FORM, FORM))
    return Scored(bad, full, thin)


@cache
def from_accepted() -> Array:
    """Score the German applicants by cards that learnt from the safer half alone.

    Returns
    -------
    ndarray, shape (1000,)
        Log-odds of good.

    Source
    ------
    Ours: the chapter's own sample.
    """
    table, people = data.load("german_credit_uci"), german()
    accepted = people.full > np.median(people.full)
    return out_of_sample(table, people.bad, HISTORY + FORM, folds(), accepted)


@cache
def by_lot() -> float:
    """Average the AUC of cards that learnt from as many as `from_accepted`, drawn by lot.

    Among them are as few bad as among the safer half, so that only the choosing differs.

    Returns
    -------
    float
        Mean AUC, from 0 to 1.

    Source
    ------
    Ours: the chapter's own sample.
    """
    table, people = data.load("german_credit_uci"), german()
    accepted = people.full > np.median(people.full)
    dice, areas = np.random.default_rng(Seed.LOTS), []
    for _ in range(LOTS):
        drawn = np.zeros(len(people.bad), dtype=bool)
        for kind in (0.0, 1.0):
            alike = people.bad == kind
            number = np.count_nonzero(accepted & alike)
            drawn[dice.choice(np.flatnonzero(alike), number, replace=False)] = True
        score = out_of_sample(table, people.bad, HISTORY + FORM, folds(), drawn)
        areas.append(auc(score, people.bad))
    return float(np.mean(areas))


@cache
def lending_club() -> LendingClub:
    """Score the Lending Club borrowers by the lender's price, by the file, and by both.

    Returns
    -------
    LendingClub
        Outcomes and scores, higher is safer.

    Source
    ------
    Ours: the chapter's own sample.
    """
    table = data.load("lending_club_2016q1")
    bad = np.asarray(table["Class"] == "bad", dtype=np.float64)
    dealt = assign_folds(bad, FOLDS, np.random.default_rng(Seed.FOLDS))
    cells, fields = (out_of_sample(table, bad, each, dealt) for each in (PRICE[:1], AT_THE_DOOR))
    price = -table["int_rate"].to_numpy(dtype=float)
    return LendingClub(bad, price, cells, fields, combine(price, fields, bad, dealt))


@cache
def bootstrap(people: Callable[[], Scored | LendingClub] = german) -> Array:
    """Draw a sample's applicants anew, the same draws for every number and picture.

    Parameters
    ----------
    people : callable
        `german` or `lending_club`.

    Returns
    -------
    ndarray, shape (draws, applicants)
        Number of times that each applicant is drawn.

    Source
    ------
    Ours: the chapter's own sample.
    """
    return resample(people().bad, DRAWS, np.random.default_rng(Seed.BOOTSTRAP))


@cache
def signal(strength: float, overlap: float, seed: int = Seed.SIGNAL) -> Array:
    """Make up a signal on the German applicants, each seed with noise of its own. Synthetic.

    Parameters
    ----------
    strength, overlap : float
        As in `synthetic_signal`.
    seed : int
        Number that sets the noise, 0 or more.

    Returns
    -------
    ndarray, shape (1000,)
        In no unit; higher is safer.

    Source
    ------
    Ours: the chapter's own sample.
    """
    people, noise = german(), np.random.default_rng(seed)
    return synthetic_signal(people.full, people.bad, strength, overlap, noise)


@cache
def transrisk() -> Groups:
    """Read the people whom the American central bank scored in 2003, by group.

    Returns
    -------
    Groups
        Running shares of the good and the bad of each group, best score first.

    Source
    ------
    Ours: the chapter's own sample.
    """
    return groups(data.load("transrisk_scores_by_group_2003"))
