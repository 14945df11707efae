"""What a lender that sells its loans keeps: its stake in their quality, its lending, its capital.

Shares are fractions of the pool or of the loan, rates are a year. Every function takes floats or
numpy arrays that broadcast against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from netfin.checks import Numbers, below_one, fraction, non_negative, positive, whole_number
from netfin.risk_transfer.pool import POOL, PoolTerms, expected_loss_up_to
from netfin.terms import About, Terms


@dataclass(frozen=True)
class Retention(Terms):
    """What a lender keeps of a pool: a part of every loan, and a first loss of the rest."""

    vertical: Annotated[
        Numbers, About("ν", "share of every loan", "the reader's choice: 5 % or 30 % by rule")
    ] = 0.0
    first_loss: Annotated[
        Numbers, About("η", "share of the rest", "United States: 5 % of the securities' value")
    ] = 0.05


# ---------------------------------------------------------------------------------------------
# The stake in the next loan


def first_loss_stake(first_loss: Numbers, pool: PoolTerms = POOL) -> Numbers:
    """Find which part of one more yuan of expected loss the holder of the first loss bears.

        ψ = ∂E[min(ℓ, η)] / ∂E[ℓ] = Φ((Φ⁻¹(η/LGD) − √(1 − ρ)·Φ⁻¹(PD)) / √ρ)

    Parameters
    ----------
    first_loss : float or ndarray
        η, the thickness of the slice, from 0 to 1; at LGD or more it bears every loss.
    pool : PoolTerms
        The loans: PD strictly between 0 and 1, LGD and ρ above 0.

    Returns
    -------
    float or ndarray
        From 0 to 1: the share of the incentive to screen that keeping all the loans would give.

    Notes
    -----
    The derivative of `expected_loss_up_to` by PD, divided by LGD. It is the probability that the
    slice is *not yet* used up in the years in which a loan just at its threshold stands or falls.
    """
    thickness = fraction("first_loss", first_loss)
    _inner(pool)
    reach = np.minimum(thickness / np.asarray(pool.loss_given_default), 1.0)
    rho = pool.asset_correlation
    threshold = ndtri(pool.default_probability)
    return _plain(ndtr((ndtri(reach) - np.sqrt(1.0 - rho) * threshold) / np.sqrt(rho)))


def marginal_stake(kept: Retention, pool: PoolTerms = POOL) -> Numbers:
    """Find which part of one more yuan of expected loss a lender bears: ν + (1 − ν)·ψ.

    A part of every loan bears that part of any loss, whatever the year; an L-shaped retention
    has both parts.
    """
    return kept.vertical + (1.0 - kept.vertical) * first_loss_stake(kept.first_loss, pool)


def default_probability_at_stake(
    stake: Numbers, first_loss: Numbers, pool: PoolTerms = POOL
) -> Numbers:
    """Find the default probability at which a first loss gives no more than a given stake.

        PD = Φ((Φ⁻¹(η/LGD) − √ρ·Φ⁻¹(ψ)) / √(1 − ρ))

    Parameters
    ----------
    stake : float or ndarray
        ψ, from 0 to 1: the vertical share to compare with.
    first_loss : float or ndarray
        η, from 0 to 1.
    pool : PoolTerms
        LGD and ρ above 0; its PD plays no part.
    """
    aimed = fraction("stake", stake)
    thickness = fraction("first_loss", first_loss)
    _inner(pool)
    reach = np.minimum(thickness / np.asarray(pool.loss_given_default), 1.0)
    rho = pool.asset_correlation
    return _plain(ndtr((ndtri(reach) - np.sqrt(rho) * ndtri(aimed)) / np.sqrt(1.0 - rho)))


def screening(kept: Retention, unscreened: Numbers, reach: Numbers, pool: PoolTerms) -> Numbers:
    """Find how far a lender screens, as a share of what it would do if it kept every loan.

    Screening lowers the default probability from P to P − x and costs LGD·x²/(2·reach) for each
    yuan lent, so that a lender that keeps everything would choose x = reach. One that keeps a
    part chooses the x that costs it least, its own expected loss included.

    Parameters
    ----------
    kept : Retention
        What the lender keeps, with numbers, not arrays.
    unscreened : float or ndarray
        P, the default probability without screening, above 0 and below 1.
    reach : float
        By how much full screening lowers it, above 0 and below P.
    pool : PoolTerms
        LGD and ρ, with numbers; its PD plays no part.

    Notes
    -----
    The first loss is worth screening for only while it may survive, and it survives only if the
    lender screens. So two levels may each be the best near themselves; the cheaper one is taken,
    and a small change of P can make the lender jump from one to the other.
    """
    without = np.atleast_1d(positive("unscreened", fraction("unscreened", unscreened)))
    full = float(positive("reach", reach))
    if np.any(without <= full) or np.any(without >= 1.0):
        raise ValueError(
            f"unscreened must be a number above reach = {full:g} and below 1, not {unscreened}"
        )
    lowered = full * np.linspace(0.0, 1.0, 2001)
    chance = without[:, None] - lowered
    lgd = float(pool.loss_given_default)
    loans = PoolTerms(chance, lgd, pool.asset_correlation)
    first = expected_loss_up_to(kept.first_loss, loans)
    borne = kept.vertical * loans.expected_loss + (1.0 - kept.vertical) * first
    cost = borne + lgd * np.square(lowered) / (2.0 * full)
    chosen = lowered[np.argmin(cost, axis=1)] / full
    return _plain(chosen[0] if np.ndim(unscreened) == 0 else chosen)


# ---------------------------------------------------------------------------------------------
# Sell, lend again


def lent_after(rounds: Numbers, retained: Numbers) -> Numbers:
    """Compute what a yuan of own money has lent when it is lent, sold and lent again.

        1 + (1 − h) + (1 − h)² + … = (1 − (1 − h)ʲ) / h

    Parameters
    ----------
    rounds : float or ndarray
        Rounds of lending j, a whole number of 1 or more; in the first nothing has been sold yet.
    retained : float or ndarray
        h, the share of each pool that the lender keeps and pays for itself, from 0 to 1. With 0
        nothing holds it back, and each round lends the whole yuan again.
    """
    count = whole_number("rounds", rounds)
    kept = np.asarray(fraction("retained", retained))
    some = np.where(kept > 0.0, kept, 1.0)
    return _plain(np.where(kept > 0.0, (1.0 - (1.0 - some) ** count) / some, count))


def lent_in_the_end(retained: Numbers) -> Numbers:
    """Compute the limit of `lent_after`, 1/h, for a retained share above 0."""
    kept = fraction("retained", positive("retained", retained))
    return _plain(1.0 / np.asarray(kept))


def retained_under(debt_to_capital: Numbers) -> Numbers:
    """Find the share of its lending that a cap on borrowed money makes a lender pay for itself.

    With at most D yuan of borrowed money, notes sold included, for each yuan of its own it lends
    at most 1 + D, and keeps 1/(1 + D).
    """
    return _plain(1.0 / (1.0 + np.asarray(non_negative("debt_to_capital", debt_to_capital))))


# ---------------------------------------------------------------------------------------------
# What capital costs


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

    Notes
    -----
    Modigliani & Miller (1958), proposition II: thin capital is dear *because* it is thin. With
    it κ·k_e + (1 − κ)·f = r_a whatever κ is: more capital costs nothing.
    """
    ratio = fraction("capital_ratio", positive("capital_ratio", capital_ratio))
    gap = terms.asset_return - np.asarray(terms.funding_rate)
    return _plain(terms.asset_return + gap * (1.0 - ratio) / ratio)


def capital_wedge(
    capital_saved: Numbers, required_return: Numbers, terms: CapitalTerms = CAPITAL
) -> Wedge:
    """Compute what a lender saves a year by funding a loan with so much less capital.

    naive : Δκ·(k_e − f), as if owners asked for the same return however thin they are
    with_frictions : Δκ·(t·f + δ), what is left when k_e falls as capital grows: interest on
    borrowed money saves tax, and deposits pay less than their risk alone would ask

    Parameters
    ----------
    capital_saved : float or ndarray
        Δκ, owners' money replaced by borrowed money, as a share of the loan, from 0 to 1.
    required_return : float or ndarray
        k_e for the naive count, 0 or more.
    terms : CapitalTerms
        Funding rate, tax and premium.

    Notes
    -----
    Kashyap, Stein & Hanson (2010) put ten points of capital at 25 to 45 basis points; the lower
    end is the tax alone, with debt at 7 % and a tax of 35 %.
    """
    saved = fraction("capital_saved", capital_saved)
    asked = non_negative("required_return", required_return)
    tax = saved * terms.tax_rate * terms.funding_rate
    premium = saved * terms.deposit_premium
    return Wedge(saved * (asked - terms.funding_rate), tax + premium, tax, premium)


def _inner(pool: PoolTerms) -> None:
    """Refuse a pool in which a stake has no meaning."""
    for name in ("default_probability", "loss_given_default", "asset_correlation"):
        positive(name, getattr(pool, name))
    if np.any(np.asarray(pool.default_probability) == 1.0):
        raise ValueError("default_probability must be a number below 1, not 1")


def _plain(numbers: object) -> Numbers:
    """Give a number back as a float, an array as it is."""
    array = np.asarray(numbers, dtype=np.float64)
    return float(array) if array.ndim == 0 else array
