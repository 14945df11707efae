"""A borrower and a lender: what a loan must cost, and what it leaves.

Rates and shares are fractions a year; a loan is one yuan for one year, repaid at the end. Every
function takes floats or numpy arrays that broadcast against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

from netfin.checks import Numbers, below_one, finite, fraction, instance
from netfin.terms import About, Terms, matching_terms


@dataclass(frozen=True)
class LendingTerms(Terms):
    """A borrower and a lender: what decides the break-even rate between them.

    Every field is a float or an array; `parameters` tells its symbol, unit and source.
    The defaults are a bank that lends to a small shop.
    """

    default_probability: Annotated[
        Numbers,
        About("PD", "share of loans a year", "our assumption: a small shop", check=below_one),
    ] = 0.03
    loss_given_default: Annotated[
        Numbers,
        About(
            "LGD",
            "share of principal",
            "our round number: a default cost Lending Club 47–69 % of a loan",
            as_of="2007–2011",
        ),
    ] = 0.60
    funding_rate: Annotated[
        Numbers,
        About("f", "a year", "our assumption: a bank that lives on deposits"),
    ] = 0.02
    operating_cost: Annotated[
        Numbers,
        About("o", "share of the loan a year", "our assumption: many small loans, each handled"),
    ] = 0.02
    capital_ratio: Annotated[
        Numbers,
        About(
            "κ",
            "share of the loan",
            "Basel III: 8 % minimum and 2.5 % conservation buffer, at 100 % risk weight",
            as_of="in full since 2019",
        ),
    ] = 0.105
    required_return: Annotated[
        Numbers,
        About("k_e", "a year on owners' capital", "our assumption: a bank's return on equity"),
    ] = 0.12
    profit: Annotated[
        Numbers,
        About("π", "share of the loan a year", "break-even: nothing beyond the required return"),
    ] = 0.0

    @property
    def expected_loss(self) -> Numbers:
        """PD·LGD, the share of the principal that is lost in an expected year."""
        return self.default_probability * self.loss_given_default

    @property
    def capital_charge(self) -> Numbers:
        """κ(k_e − f): what owners' money costs beyond the deposits it stands in for.

        Negative where owners ask for less than savers do.
        """
        return self.capital_ratio * (self.required_return - self.funding_rate)

    @property
    def cost(self) -> Numbers:
        """All that a loan's interest must cover, before the interest that is never paid."""
        money = self.funding_rate + self.capital_charge
        return money + self.operating_cost + self.expected_loss + self.profit


BANK = LendingTerms()
"""A bank that lends to a small shop."""


@dataclass(frozen=True)
class ShopLenderTerms(LendingTerms):
    """The same borrower, and the lender of a shopping platform: dear money, cheap handling."""

    funding_rate: Annotated[
        Numbers,
        About("f", "a year", "our assumption: money from the market, three times the bank's"),
    ] = 0.06
    operating_cost: Annotated[
        Numbers,
        About("o", "share of the loan a year", "our assumption: software sees the sales"),
    ] = 0.01
    capital_ratio: Annotated[
        Numbers,
        About(
            "κ",
            "share of the loan",
            "one yuan of its own to the most that it may raise by bonds and securities",
            fact="RSK-19b",
        ),
    ] = 0.20
    required_return: Annotated[
        Numbers,
        About("k_e", "a year on owners' capital", "our assumption: more than a bank's owners ask"),
    ] = 0.15


SHOP_PLATFORM = ShopLenderTerms()
"""The lender of a shopping platform with the default terms."""


class RateParts(NamedTuple):
    """A loan rate cut into what it pays for; the parts add up to the rate."""

    funding: Numbers
    operating: Numbers
    expected_loss: Numbers
    unpaid_interest: Numbers
    capital_charge: Numbers
    profit: Numbers

    @property
    def rate(self) -> Numbers:
        """The loan rate r, the sum of the parts."""
        lent_and_lost = self.funding + self.operating + self.expected_loss + self.unpaid_interest
        return lent_and_lost + self.capital_charge + self.profit


def break_even_rate(terms: LendingTerms) -> Numbers:
    """Find the rate at which a one-period loan pays all its costs, its owners' return included.

    A defaulter pays no interest and returns 1 − LGD of the principal, so

        r(1 − PD) = f + κ(k_e − f) + o + PD·LGD + π.

    Parameters
    ----------
    terms : LendingTerms
        Borrower and lender; PD must be below 1, or no rate is high enough.

    Returns
    -------
    float or ndarray
        The rate a year, as a fraction.

    Raises
    ------
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Saunders & Cornett (2011), chapter 11: with LGD = 1 and no cost but funding it is p(1 + k) = 1 +
    i there, with p = 1 − PD. Recovery on the principal alone and the price of owners' capital are
    ours.
    """
    terms = instance("terms", terms, LendingTerms)
    return terms.cost / (1.0 - terms.default_probability)


def decompose(terms: LendingTerms) -> RateParts:
    """Cut the break-even rate into what each part of it pays for.

        r = f + o + PD·LGD + PD·r + κ(k_e − f) + π

    The term PD·r is interest that defaulters never pay: the others pay it in their place.

    Parameters
    ----------
    terms : LendingTerms
        Borrower and lender.

    Returns
    -------
    RateParts
        Parts of the rate a year, as fractions of the loan; they add up to `break_even_rate`.

    Raises
    ------
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Arithmetic: the terms of `break_even_rate`.
    """
    terms = instance("terms", terms, LendingTerms)
    return RateParts(
        funding=terms.funding_rate,
        operating=terms.operating_cost,
        expected_loss=terms.expected_loss,
        unpaid_interest=terms.default_probability * break_even_rate(terms),
        capital_charge=terms.capital_charge,
        profit=terms.profit,
    )


def margin_at(rate: Numbers, realised_default: Numbers, terms: LendingTerms) -> Numbers:
    """Compute what a loan leaves after all costs when a given share of borrowers defaults.

        margin = r(1 − d) − d·LGD − f − κ(k_e − f) − o

    Zero at the break-even rate (of terms without profit) in an expected year, d = PD; below
    zero the owners earn less than they require.

    Parameters
    ----------
    rate, realised_default : float or ndarray
        As in `earned`.
    terms : LendingTerms
        Its PD and profit play no part: the year is over and the rate is given.

    Returns
    -------
    float or ndarray
        A year, for each yuan lent.

    Raises
    ------
    ValueError
        Naming `rate` or `realised_default`, where it is out of its range, or shapes do not match.
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Arithmetic: the condition of `break_even_rate`, with d for PD.
    """
    income = earned(rate, realised_default, terms)
    return income - terms.funding_rate - terms.capital_charge - terms.operating_cost


def earned(rate: Numbers, realised_default: Numbers, terms: LendingTerms) -> Numbers:
    """Compute interest collected less principal lost, for each yuan lent: r(1 − d) − d·LGD.

    Parameters
    ----------
    rate : float or ndarray
        The contracted rate r a year; may be negative.
    realised_default : float or ndarray
        The share d of borrowers that defaulted, from 0 to 1.
    terms : LendingTerms
        Only its loss given default counts.

    Returns
    -------
    float or ndarray
        A year, for each yuan lent; below 0 where losses exceed interest.

    Raises
    ------
    ValueError
        Naming `rate` or `realised_default`, where it is out of its range, or shapes do not match.
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Arithmetic.
    """
    contracted = finite("rate", rate)
    defaulted = fraction("realised_default", realised_default)
    terms = instance("terms", terms, LendingTerms)
    matching_terms(rate=contracted, realised_default=defaulted, terms=terms)
    return contracted * (1.0 - defaulted) - defaulted * terms.loss_given_default
