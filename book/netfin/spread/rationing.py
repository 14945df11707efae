"""Credit rationing: why a bank may turn away a shop that would pay more.

Shops ask for one yuan each and differ in the probability p of success: a share α has p = p_s, the
others are spread evenly from 0 to p_s. Banks see only the crowd. What the crowd looks like at a
rate depends on who leaves when the rate rises.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, NamedTuple

import numpy as np

from netfin.arrays import bisect, filling, plain, ratio
from netfin.checks import (
    Array,
    Numbers,
    above_zero,
    bounded,
    bounded_either_side,
    choice,
    finite,
    instance,
    matching,
    non_negative,
)
from netfin.terms import About, Terms, matching_terms


class Selection(StrEnum):
    """What the shops have in common, and so who leaves first when the rate rises."""

    EQUAL_MEANS = "same average, unequal risk"
    EQUAL_PRIZES = "same prize, unequal chances"


@dataclass(frozen=True)
class CrowdTerms(Terms):
    """A crowd of shops, and a bank that cannot tell them apart."""

    safe_share: Annotated[Numbers, About("α", "share of shops", "our assumption")] = 0.80
    safe_success: Annotated[
        Numbers,
        About("p_s", "probability a year", "our assumption: nearly always", check=above_zero),
    ] = 0.98
    project_return: Annotated[
        Numbers, About("μ", "a year on the yuan lent", "our assumption: goods bought and resold")
    ] = 0.25
    outside_income: Annotated[
        Numbers, About("u", "a year for each yuan lent", "our assumption: what else its owner does")
    ] = 0.05
    loss_given_default: Annotated[
        Numbers, About("LGD", "share of principal", "as for the bank of this chapter")
    ] = 0.60
    operating_cost: Annotated[
        Numbers, About("o", "share of the loan a year", "as for the bank of this chapter")
    ] = 0.02

    def consistent(self) -> None:
        """Refuse a crowd whose owners earn so much elsewhere that nobody borrows at any rate."""
        if np.any(np.asarray(self.at_stake) <= 0.0):
            most = self.project_return + self.loss_given_default
            raise ValueError(
                "outside_income must be below project_return + loss_given_default = "
                f"{most}, not {self.outside_income}"
            )

    @property
    def recovery(self) -> Numbers:
        """1 − LGD, what a failed project still yields; the bank takes it."""
        return 1.0 - self.loss_given_default

    @property
    def at_stake(self) -> Numbers:
        """1 + μ − u − (1 − LGD), the most that a shop can promise beyond the recovery."""
        return self.project_return + self.loss_given_default - self.outside_income

    @property
    def prize(self) -> Numbers:
        """What a safe shop's project yields when it succeeds."""
        failed = (1.0 - self.safe_success) * self.recovery
        return (1.0 + self.project_return - failed) / self.safe_success


CROWD = CrowdTerms()
"""A crowd with the default terms."""


class Applicants(NamedTuple):
    """Who asks for a loan: their share of all shops, and how likely they are to succeed."""

    share: Numbers
    success: Numbers


class CreditMarket(NamedTuple):
    """Where the market comes to rest; quantities are shares of all shops.

    Of those who ask and get nothing, `unmet`, some would pay more; to the others a loan at this
    rate is worth just as much as none.
    """

    rate: Numbers
    bank_return: Numbers
    demand: Numbers
    loans: Numbers
    unmet: Numbers
    would_pay_more: Numbers
    wasteful: Numbers

    @property
    def indifferent(self) -> Numbers:
        """Those who ask and get nothing, and would not pay more."""
        return self.unmet - self.would_pay_more


def safe_leave_above(terms: CrowdTerms = CROWD) -> Numbers:
    """Find the rate above which safe shops no longer borrow: (1 + μ − u − R₀)/p_s − LGD.

    Parameters
    ----------
    terms : CrowdTerms
        The crowd; its share of safe shops and the bank's handling play no part.

    Returns
    -------
    float or ndarray
        The rate a year, the same under either selection. R₀ = 1 − LGD is the recovery.

    Raises
    ------
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Stiglitz & Weiss (1981), for the crowd of `applicants`.
    """
    instance("terms", terms, CrowdTerms)
    return terms.at_stake / terms.safe_success - terms.loss_given_default


def applicants(
    rate: Numbers,
    terms: CrowdTerms = CROWD,
    selection: Selection = Selection.EQUAL_MEANS,
) -> Applicants:
    """Find who asks for a loan at a rate.

    A shop borrows if what it expects to keep, p(R − 1 − r), is at least u. With y = r + LGD,
    what success pays the bank beyond the recovery, R₀ the recovery, and

    * *equal means*, pR + (1 − p)R₀ = 1 + μ: those with p ≤ (1 + μ − u − R₀)/y, the risky ones;
    * *equal prizes*, the same R for all: those with p ≥ u/(R − 1 − r), the safe ones.

    Parameters
    ----------
    rate : float or ndarray
        The loan rate r a year; above −LGD, so that success pays the bank more than failure.
    terms : CrowdTerms
        The crowd.
    selection : Selection
        What its shops have in common.

    Returns
    -------
    Applicants
        Share of all shops and mean probability of success; the latter is not a number where
        nobody asks.

    Raises
    ------
    ValueError
        Naming `rate` or `selection`, where it is out of its range.
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Stiglitz & Weiss (1981) for equal means, de Meza & Webb (1987) for equal prizes.
    """
    kind = choice("selection", selection, Selection)
    asked = _rate(rate, terms)
    stay = asked <= safe_leave_above(terms)
    alpha, safe = terms.safe_share, terms.safe_success
    if kind is Selection.EQUAL_MEANS:
        lowest: Numbers = 0.0
        highest = np.where(stay, safe, terms.at_stake / (asked + terms.loss_given_default))
    else:
        lowest = np.where(stay, _least_success(asked, terms), safe)
        highest = np.asarray(safe)
    spread = (1.0 - alpha) * (highest - lowest) / safe
    share = alpha * stay + spread
    # of those who ask, what is safe: a product of two tiny shares would be lost at a huge rate
    safely = ratio(alpha * stay, share, np.nan)
    return Applicants(
        plain(share), plain(safely * safe + (1.0 - safely) * (highest + lowest) / 2.0)
    )


def _least_success(rate: Numbers, terms: CrowdTerms) -> Numbers:
    """Find p = u/(R − 1 − r), at most p_s: with equal prizes, who is just willing to borrow."""
    left = np.maximum(terms.prize - 1.0 - rate, 0.0)
    return plain(np.minimum(ratio(terms.outside_income, left, 0.0), terms.safe_success))


def _rate(rate: Numbers, terms: CrowdTerms) -> Numbers:
    """Accept a finite rate at which success pays the bank more than failure."""
    asked = finite("rate", rate)
    instance("terms", terms, CrowdTerms)
    matching_terms(rate=asked, terms=terms)
    if np.any(np.asarray(asked + terms.loss_given_default) <= 0.0):
        lowest = -np.asarray(terms.loss_given_default)
        raise ValueError(f"rate must be above −loss_given_default = {lowest}, not {rate}")
    return asked


def bank_return(
    rate: Numbers,
    terms: CrowdTerms = CROWD,
    selection: Selection = Selection.EQUAL_MEANS,
) -> Numbers:
    """Compute what a yuan lent to the applicants leaves the bank, before it pays savers.

        ρ(r) = E[p | applies]·(r + LGD) − LGD − o

    Under equal means ρ rises up to the rate at which safe shops leave, falls by
    α(1 + μ − u − R₀)/2 there, and is flat beyond: what a higher rate brings, worse applicants
    take. Under equal prizes it always rises.

    Parameters
    ----------
    rate, terms, selection : float or ndarray, CrowdTerms, Selection
        As in `applicants`.

    Returns
    -------
    float or ndarray
        A year; not a number where nobody applies.

    Raises
    ------
    ValueError
        Naming `rate` or `selection`, where it is out of its range.
    TypeError
        Naming `terms`, where it is of another type.

    Notes
    -----
    Two types of shop instead of the even spread would not do. Beyond the fall ρ would rise again,
    up to the rate at which the risky type keeps nothing, and there the bank has all of
    1 + μ − u: more than at the first peak. Its best rate is then the highest one, and whoever is
    turned away at the peak can borrow at that rate. The peak must be the best rate of all for
    rationing to last; here it is, because the spread goes down to p = 0.

    Source
    ------
    Stiglitz & Weiss (1981) and de Meza & Webb (1987); the even spread of types is ours.
    """
    success = applicants(rate, terms, selection).success
    return _left(success, finite("rate", rate), terms)


def _left(success: Numbers, rate: Numbers, terms: CrowdTerms) -> Numbers:
    """What a yuan lent at a rate to shops that succeed so often leaves the bank."""
    kept = terms.loss_given_default + terms.operating_cost
    return success * (rate + terms.loss_given_default) - kept


def deposits(return_to_savers: Numbers, response: Numbers) -> Numbers:
    """Compute what savers bring, as a share of all shops' demand: response × return.

    They bring nothing where they would be paid nothing or less.

    Parameters
    ----------
    return_to_savers : float or ndarray
        A year; the banks, competing for savers, pass on all that a loan leaves.
    response : float or ndarray
        0 or more: 10 means that one point of return brings 10 yuan for each 100 asked by shops.

    Returns
    -------
    float or ndarray
        Savers' money over all that shops ask for, 0 or more.

    Raises
    ------
    ValueError
        Naming `return_to_savers` or `response`, where it is out of its range, or shapes do not
        match.

    Source
    ------
    Ours: savers whose supply is a line.
    """
    paid = bounded_either_side("return_to_savers", return_to_savers)
    answer = bounded("response", response)
    matching(return_to_savers=paid, response=answer)
    return answer * plain(np.maximum(paid, 0.0))


def credit_market(
    response: Numbers,
    terms: CrowdTerms = CROWD,
    selection: Selection = Selection.EQUAL_MEANS,
) -> CreditMarket:
    """Find the rate at which banks lend, and whom they leave without.

    Where a rate exists that brings deposits enough for all who apply, the market clears at the
    lowest such rate. Under equal means there may be none: the return, and with it deposits, are
    highest at the rate above which safe shops leave. Banks stop there and turn shops away.

    At that rate, the highest that safe shops pay, they gain nothing by borrowing: of the shops
    turned away only the others would pay more. Under equal prizes nobody else asks at it, so
    that whoever is left without does not mind.

    Parameters
    ----------
    response : float or ndarray
        How strongly savers answer to the return, as in `deposits`.
    terms : CrowdTerms
        The crowd.
    selection : Selection
        What its shops have in common.

    Returns
    -------
    CreditMarket
        Rate and the bank's return a year, demand at the rate, loans, demand not met and what of
        it would pay more, and loans for projects that yield less than money, handling and the
        owner's other income cost.

    Raises
    ------
    ValueError
        Naming `response` or `selection`, where it is out of its range.
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Stiglitz & Weiss (1981), with a supply of deposits, and de Meza & Webb (1987), where credit is
    never short and too much is lent.
    """
    kind = choice("selection", selection, Selection)
    answer = non_negative("response", response)
    instance("terms", terms, CrowdTerms)
    shape = matching_terms(response=answer, terms=terms)
    market = _equal_means if kind is Selection.EQUAL_MEANS else _equal_prizes
    parts = market(np.broadcast_to(answer, shape), terms)
    return CreditMarket(*(filling(shape, part) for part in parts))


def _equal_means(response: Array, terms: CrowdTerms) -> CreditMarket:
    """Clear the market below the peak of the return, or stop at the peak and ration."""
    peak = safe_leave_above(terms)
    best = bank_return(peak, terms)
    funded = np.asarray(deposits(best, response))
    enough = funded >= 1.0
    needed = ratio(1.0, np.where(enough, response, 0.0), best)
    kept = terms.loss_given_default + terms.operating_cost
    clearing = (needed + kept) / applicants(peak, terms).success - terms.loss_given_default
    loans = np.minimum(funded, 1.0)
    # without safe shops dearer credit costs a bank nothing, and the market clears beyond the peak
    none_safe = ~enough & (np.asarray(terms.safe_share) == 0.0) & (funded > 0.0)
    beyond = ratio(terms.at_stake / terms.safe_success, np.where(none_safe, funded, 1.0), 0.0)
    dearer = np.where(none_safe, beyond - terms.loss_given_default, peak)
    demand = np.where(none_safe, loans, 1.0)
    unmet = demand - loans
    more = (1.0 - terms.safe_share) * unmet
    rate = np.where(enough, clearing, dearer)
    return CreditMarket(rate, needed, demand, loans, unmet, more, 0.0)


def _equal_prizes(response: Array, terms: CrowdTerms) -> CreditMarket:
    """Find the rate at which deposits overtake applicants, or the highest that anyone pays."""
    kind = Selection.EQUAL_PRIZES

    def left_over(rate: Array) -> Array:
        brought = deposits(bank_return(rate, terms, kind), response)
        return np.asarray(brought - applicants(rate, terms, kind).share)

    ceiling = np.broadcast_to(safe_leave_above(terms), response.shape)
    rate = bisect(left_over, 0.0 * ceiling - terms.loss_given_default, ceiling)
    asking = applicants(rate, terms, kind)
    # a crowd in which nobody is safe asks for less and less up to the ceiling, the safest last
    success = np.where(np.isnan(asking.success), terms.safe_success, asking.success)
    earned = _left(success, rate, terms)
    loans = np.minimum(asking.share, deposits(earned, response))
    cost = 1.0 + earned + terms.operating_cost + terms.outside_income
    worth = (cost - terms.recovery) / (terms.prize - terms.recovery)
    worst = _least_success(rate, terms)
    misled = np.maximum(np.minimum(worth, terms.safe_success) - worst, 0.0) / terms.safe_success
    wasteful = (1.0 - terms.safe_share) * misled * ratio(loans, asking.share, 0.0)
    unmet = asking.share - loans
    return CreditMarket(rate, earned, asking.share, loans, unmet, 0.0, wasteful)
