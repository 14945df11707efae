"""Two lenders for the same applicants: what is left for the one whom borrowers ask second."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from netfin.checks import Numbers, finite, fraction, whole_number
from netfin.lending import BANK, LendingTerms, margin_at
from netfin.scoring.ranking import separation
from netfin.terms import About, Terms

_HALVINGS = 60


@dataclass(frozen=True)
class RivalTerms(Terms):
    """A market of two lenders who judge the same applicants, each by a score of its own."""

    population_default: Annotated[
        Numbers,
        About("PD_0", "share of applicants", "our assumption: all who ask, good and bad"),
    ] = 0.08
    own_auc: Annotated[
        Numbers,
        About("A_y", "area, 0.5 to 1", "our assumption: near the card of this chapter"),
    ] = 0.78
    own_approval: Annotated[
        Numbers,
        About("a_y", "share of applicants", "our assumption: whom you would approve"),
    ] = 0.60
    rival_approval: Annotated[
        Numbers,
        About("a_r", "share of applicants", "our assumption: whom the rival approves"),
    ] = 0.75
    rate: Annotated[
        Numbers, About("r", "a year", "our assumption: the same rate for all whom you approve")
    ] = 0.12


MARKET = RivalTerms()
"""Two lenders with the default terms."""


class Pool(NamedTuple):
    """The loans that end up with you, in shares of all applicants."""

    good: Numbers
    bad: Numbers
    lent: Numbers
    default_rate: Numbers
    profit: Numbers


def passing_score(area: Numbers, approval: Numbers, default_probability: Numbers) -> Numbers:
    """Find the score above which a given share of all applicants stands.

    Scores are normal with spread 1, around D for the good and around 0 for the bad, D following
    from the AUC. Solves (1 − PD)·Φ(D − s) + PD·Φ(−s) = approval for s.

    Parameters
    ----------
    area : float or ndarray
        AUC, 0.5 to below 1.
    approval : float or ndarray
        Above 0 and below 1.
    default_probability : float or ndarray
        Share of bad among all applicants.
    """
    apart = separation(area)
    wanted = fraction("approval", approval)
    share = fraction("default_probability", default_probability)
    if np.any((np.asarray(wanted) <= 0.0) | (np.asarray(wanted) >= 1.0)):
        raise ValueError(f"approval must be a number above 0 and below 1, not {approval}")
    # The answer lies between what would do if all were bad, and if all were good.
    shape = np.broadcast(apart, wanted, share).shape
    low = np.broadcast_to(-ndtri(wanted), shape).copy()
    high = np.array(low + apart)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        too_many = (1.0 - share) * ndtr(apart - middle) + share * ndtr(-middle) > wanted
        low, high = np.where(too_many, middle, low), np.where(too_many, high, middle)
    return _plain((low + high) / 2.0)


def _plain(numbers: NDArray[np.float64]) -> Numbers:
    """Give a number back where a number was asked about."""
    return float(numbers) if np.ndim(numbers) == 0 else numbers


def approved(area: Numbers, approval: Numbers, default_probability: Numbers) -> tuple[Numbers, ...]:
    """Compute which shares of the good and of the bad pass a lender's score."""
    limit = passing_score(area, approval, default_probability)
    return ndtr(separation(area) - limit), ndtr(-np.asarray(limit))


def own_pool(
    rival_auc: Numbers,
    asked_first: Numbers = 1.0,
    terms: RivalTerms = MARKET,
    lender: LendingTerms = BANK,
) -> Pool:
    """Compute what you lend when a rival judges the same applicants.

    Of those whom both approve, a share asks the rival first and is gone. The two scores err
    independently within the good and within the bad:

        your good = (1 − PD)·G_y·(1 − h_r·G_r),    your bad = PD·B_y·(1 − h_r·B_r),

    with G and B the shares of good and bad who pass each score and h_r the share asking the rival
    first.

    Parameters
    ----------
    rival_auc : float or ndarray
        From 0.5, a rival who draws lots, to below 1.
    asked_first : float or ndarray
        h, from 0 to 1.
    terms : RivalTerms
        Your score and approval stay as they are; the rival's approval, too.
    lender : LendingTerms
        Your costs.

    Returns
    -------
    Pool
        Good, bad and all of your loans as shares of all applicants; their default rate; and what
        they leave for each yuan applied for by everybody.

    Notes
    -----
    The winner's curse of lending: Broecker (1990); with lenders of unequal ability Hauswald &
    Marquez (2003); with data that borrowers carry over, He, Huang & Zhou (2023).
    """
    first = fraction("asked_first", asked_first)
    share = terms.population_default
    mine = approved(terms.own_auc, terms.own_approval, share)
    theirs = approved(rival_auc, terms.rival_approval, share)
    good = (1.0 - share) * mine[0] * (1.0 - first * theirs[0])
    bad = share * mine[1] * (1.0 - first * theirs[1])
    lent = good + bad
    default = bad / lent
    return Pool(good, bad, lent, default, lent * margin_at(terms.rate, default, lender))


def financed_by_any(passing: Numbers, lenders: Numbers) -> Numbers:
    """Compute how many of a kind find credit when they may ask several lenders in turn.

        1 − (1 − q)^n

    Parameters
    ----------
    passing : float or ndarray
        Share q of the kind that passes one lender's test; tests err independently.
    lenders : float or ndarray
        n, a whole number of 1 or more.

    Notes
    -----
    Broecker (1990): every further lender lets more of the bad through than of the good, in
    proportion, so that the average borrower financed gets worse.
    """
    share = fraction("passing", passing)
    return 1.0 - (1.0 - share) ** whole_number("lenders", lenders)


def worth_buying(
    price: Numbers, loan_worth: Numbers, passes_now: Numbers, passes_then: Numbers
) -> NDArray[np.bool_]:
    """Tell whether an applicant gains by buying a better score, such as with fake orders.

    Bought iff price < worth of the loan · (chance of approval with it − chance without it).
    """
    gained = fraction("passes_then", passes_then) - fraction("passes_now", passes_now)
    return np.asarray(finite("price", price) < finite("loan_worth", loan_worth) * gained)
