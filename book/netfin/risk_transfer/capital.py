"""What capital is for, and what it costs: unexpected losses, Basel's formula, owners' returns.

Rates are a year, losses and capital shares of the loans. Every function takes floats or numpy
arrays that broadcast against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

import numpy as np

from netfin.arrays import plain
from netfin.checks import Numbers, below_one, divisor, fraction, instance, non_negative
from netfin.pool import POOL, PoolTerms, loss_quantile
from netfin.terms import About, Terms, matching_terms

_BASEL_LEVEL = 0.999


def unexpected_loss(pool: PoolTerms = POOL, level: Numbers = _BASEL_LEVEL) -> Numbers:
    """Compute what the year at a level costs beyond an average one: what capital is for.

    Parameters
    ----------
    pool : PoolTerms
        The loans.
    level : float or ndarray
        As in `loss_quantile`.

    Returns
    -------
    float or ndarray
        Share of the pool's principal.

    Raises
    ------
    ValueError
        Naming `level`, where it is out of its range.
    TypeError
        Naming `pool`, where it is of another type.

    Source
    ------
    Definition: that of Basel Committee on Banking Supervision (2006), paragraph 212.
    """
    return loss_quantile(level, pool) - pool.expected_loss


def basel_retail_correlation(default_probability: Numbers) -> Numbers:
    """Look up the correlation that the Basel rules give a retail loan, neither card nor mortgage.

        ρ = 0.03·w + 0.16·(1 − w),    w = (1 − e^(−35·PD)) / (1 − e^(−35))

    Parameters
    ----------
    default_probability : float or ndarray
        PD a year, from 0 to 1.

    Returns
    -------
    float or ndarray
        ρ, from 0.03 to 0.16.

    Raises
    ------
    ValueError
        Naming `default_probability`, where it is out of its range.

    Notes
    -----
    Better borrowers hang more on the common year. Cards have 0.04, mortgages 0.15.

    Source
    ------
    Basel Committee on Banking Supervision (2006), paragraph 330.
    """
    chance = fraction("default_probability", default_probability)
    weight = -np.expm1(-35.0 * chance) / -np.expm1(-35.0)
    return plain(0.03 * weight + 0.16 * (1.0 - weight))


def basel_retail_capital(
    default_probability: Numbers,
    loss_given_default: Numbers,
    correlation: Numbers | None = None,
) -> Numbers:
    """Compute the capital that the Basel rules ask for a retail loan, as a share of it.

    Parameters
    ----------
    default_probability, loss_given_default : float or ndarray
        From 0 to 1.
    correlation : float or ndarray, optional
        From 0 to below 1; by default that of `basel_retail_correlation`.

    Returns
    -------
    float or ndarray
        Share of the loan.

    Raises
    ------
    ValueError
        Naming `default_probability`, `loss_given_default` or `correlation`, where it is out of its
        range, or shapes do not match.

    Source
    ------
    Basel Committee on Banking Supervision (2006), paragraphs 328 to 330, their K: the unexpected
    loss at 99.9 %. The risk weight is 12.5·K; Annex 5 has examples.
    """
    chance = fraction("default_probability", default_probability)
    rho = (
        basel_retail_correlation(chance)
        if correlation is None
        else below_one("correlation", correlation)
    )
    return unexpected_loss(PoolTerms(chance, loss_given_default, rho))


@dataclass(frozen=True)
class CapitalTerms(Terms):
    """What makes owners' money dearer than borrowed money for good, and not by its risk alone."""

    asset_return: Annotated[
        Numbers, About("r_a", "a year", "our assumption: what the loans earn for all who fund them")
    ] = 0.03
    funding_rate: Annotated[
        Numbers, About("f", "a year", "our assumption: a bank that lives on deposits")
    ] = 0.02
    tax_rate: Annotated[
        Numbers,
        About("t", "share of profit", "China's enterprise income tax", check=below_one),
    ] = 0.25
    deposit_premium: Annotated[
        Numbers,
        About(
            "δ",
            "a year on borrowed money",
            "our round number: deposits are safe and serve as money",
        ),
    ] = 0.01


CAPITAL = CapitalTerms()
"""A bank with the default terms."""


class Wedge(NamedTuple):
    """What owners' money costs beyond borrowed money, a year for each yuan of loans."""

    naive: Numbers
    with_frictions: Numbers
    tax: Numbers
    premium: Numbers


def owners_return(capital_ratio: Numbers, terms: CapitalTerms = CAPITAL) -> Numbers:
    """Find the return that owners ask for when it makes up for their risk and for nothing else.

        k_e = r_a + (r_a − f)·(1 − κ)/κ

    Parameters
    ----------
    capital_ratio : float or ndarray
        κ, above 0 and at most 1.
    terms : CapitalTerms
        Its tax and premium play no part.

    Returns
    -------
    float or ndarray
        A year on owners' money. Loans that earn less than borrowed money costs are refused:
        whoever owns them asks for no return, but leaves.

    Raises
    ------
    ValueError
        Naming `capital_ratio`, where it is out of its range.
    TypeError
        Naming `terms`, where it is of another type.

    Notes
    -----
    Thin capital is dear *because* it is thin. With this return κ·k_e + (1 − κ)·f = r_a whatever κ
    is: more capital costs nothing.

    Source
    ------
    Modigliani & Miller (1958), proposition II.
    """
    share = divisor("capital_ratio", capital_ratio)
    instance("terms", terms, CapitalTerms)
    matching_terms(capital_ratio=share, terms=terms)
    if np.any(np.asarray(terms.funding_rate) > terms.asset_return):
        raise ValueError(
            f"funding_rate must be a number from 0 to asset_return, {terms.asset_return}, "
            f"not {terms.funding_rate}"
        )
    gap = terms.asset_return - terms.funding_rate
    return terms.asset_return + gap * (1.0 - share) / share


def capital_wedge(
    capital_saved: Numbers, required_return: Numbers, terms: CapitalTerms = CAPITAL
) -> Wedge:
    """Compute what a lender saves a year by funding a loan with so much less capital.

    Parameters
    ----------
    capital_saved : float or ndarray
        Δκ, owners' money replaced by borrowed money, as a share of the loan, from 0 to 1.
    required_return : float or ndarray
        k_e for the naive count, 0 or more.
    terms : CapitalTerms
        Funding rate, tax and premium.

    Returns
    -------
    Wedge
        A year for each yuan of loans: `naive`, Δκ·(k_e − f), as if owners asked for the same
        return however thin they are; and `with_frictions`, Δκ·(t·f + δ), what is left when k_e
        falls as capital grows: interest on borrowed money saves tax, and deposits pay less than
        their risk alone would ask.

    Raises
    ------
    ValueError
        Naming `capital_saved` or `required_return`, where it is out of its range, or shapes do not
        match.
    TypeError
        Naming `terms`, where it is of another type.

    Source
    ------
    Kashyap, Stein & Hanson (2010), who put ten points of capital at 25 to 45 basis points; the
    lower end is the tax alone, with debt at 7 % and a tax of 35 %.
    """
    saved = fraction("capital_saved", capital_saved)
    asked = non_negative("required_return", required_return)
    instance("terms", terms, CapitalTerms)
    matching_terms(capital_saved=saved, required_return=asked, terms=terms)
    tax = saved * terms.tax_rate * terms.funding_rate
    premium = saved * terms.deposit_premium
    return Wedge(saved * (asked - terms.funding_rate), tax + premium, tax, premium)
