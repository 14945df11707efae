"""Three intermediaries on the same borrower: who is paid, and who loses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, NamedTuple

import numpy as np

from netfin.arrays import filling, plain, ratio
from netfin.checks import Numbers, below_one, choice, fraction, instance, non_negative
from netfin.lending import BANK, LendingTerms, break_even_rate, earned
from netfin.terms import About, Terms, matching_terms


class Intermediary(StrEnum):
    """Who stands between the savers and the shop that borrows."""

    BANK = "a bank lends"
    RELENDER = "a platform borrows from a bank and lends"
    REFERRER = "a platform refers the loan to a bank"


class Party(StrEnum):
    """Who or what the borrowers' interest goes to, in the order in which it is shown."""

    SAVERS = "savers"
    BANK_COST = "bank's running cost"
    PLATFORM_COST = "platform's running cost"
    LOST_PRINCIPAL = "lost principal"
    BANK_OWNERS = "bank's owners"
    PLATFORM_OWNERS = "platform's owners"


@dataclass(frozen=True)
class PlatformTerms(Terms):
    """A platform that works with a bank, as a re-lender or as a referrer.

    Borrower, savers and bank are those of a `LendingTerms`; these are what the platform changes.
    """

    running_cost: Annotated[
        Numbers,
        About("o_p", "share of the loan a year", "our assumption: software finds and scores"),
    ] = 0.01
    bank_running_cost: Annotated[
        Numbers,
        About("o_b", "share of the loan a year", "our assumption: the bank handles no shop itself"),
    ] = 0.005
    own_capital: Annotated[
        Numbers,
        About(
            "c",
            "share of the loan",
            "our round number: the rest of Ant's was partners' or securitised",
            check=below_one,
            fact="INT-26",
        ),
    ] = 0.02
    required_return: Annotated[
        Numbers, About("k_p", "a year on the platform's own capital", "our assumption")
    ] = 0.15
    bank_margin: Annotated[
        Numbers,
        About("m", "a year on what the platform borrows", "our assumption: the bank's own margin"),
    ] = 0.01
    interest_share: Annotated[
        Numbers,
        About(
            "s",
            "share of interest collected",
            "our assumption, which gives a fee near Ant's",
            check=below_one,
            fact="INT-14",
        ),
    ] = 0.34


PLATFORM = PlatformTerms()
"""A platform with the default terms."""

_HIGHEST_RATE = 1e300  # beyond it the interest on 100 yuan is too large a number for a float


@dataclass(frozen=True)
class Payments:
    """Where the interest on 100 yuan of loans goes in one year.

    `paid` has every `Party` in order. An owners' entry is their gain on the money they put in,
    negative when they lose; the entries add up to the interest collected.
    """

    rate: Numbers
    realised_default: Numbers
    interest_collected: Numbers
    paid: Mapping[Party, Numbers]


def wholesale_rate(bank: LendingTerms = BANK, platform: PlatformTerms = PLATFORM) -> Numbers:
    """Find what a bank asks of a platform that borrows from it: f + κ(k_e − f) + o_b + m.

    Parameters
    ----------
    bank, platform : LendingTerms, PlatformTerms
        As in `customer_rate`.

    Returns
    -------
    float or ndarray
        The rate w a year.

    Raises
    ------
    TypeError
        Naming `bank` or `platform`, where it is of another type.

    Source
    ------
    Ours: the break-even rate of a loan without loss.
    """
    _together(bank, platform)
    money = bank.funding_rate + bank.capital_charge
    return money + platform.bank_running_cost + platform.bank_margin


def _together(bank: LendingTerms, platform: PlatformTerms, **others: Numbers) -> None:
    """Refuse what is no bank or no platform, and shapes that do not match."""
    instance("bank", bank, LendingTerms)
    instance("platform", platform, PlatformTerms)
    matching_terms(bank=bank, platform=platform, **others)


def customer_rate(
    intermediary: Intermediary, bank: LendingTerms = BANK, platform: PlatformTerms = PLATFORM
) -> Numbers:
    """Find the rate the shop must pay so that everyone breaks even in an expected year.

    With w the wholesale rate and f′ = f + κ(k_e − f) the bank's cost of money,

        bank       r = (f′ + o + PD·LGD + π) / (1 − PD)
        re-lender  r = ((1 − c)w + c·k_p + o_p + PD·LGD) / (1 − PD)
        referrer   r = (f′ + o_b + PD·LGD) / ((1 − PD)(1 − s))

    The referrer's fee, s·r(1 − PD) = s/(1 − s)·(f′ + o_b + PD·LGD), **rises** with PD: worse
    borrowers need a higher rate, of which the referrer takes its share, and none of the loss.

    Parameters
    ----------
    intermediary : Intermediary
        Who stands between savers and shop.
    bank : LendingTerms
        Borrower, savers and bank. Its operating cost and profit count only when it lends itself.
    platform : PlatformTerms
        The platform; ignored when the bank lends itself.

    Returns
    -------
    float or ndarray
        The rate a year.

    Raises
    ------
    ValueError
        Naming `intermediary`, where it is none of the words allowed.
    TypeError
        Naming `bank` or `platform`, where it is of another type.

    Source
    ------
    Ours: `netfin.lending.break_even_rate`, for each way.
    """
    kind = choice("intermediary", intermediary, Intermediary)
    _together(bank, platform)
    if kind is Intermediary.BANK:
        return break_even_rate(bank)
    paying = 1.0 - bank.default_probability
    if kind is Intermediary.RELENDER:
        return (_chain_cost(bank, platform) + bank.expected_loss) / paying
    return _referred_cost(bank, platform) / (paying * (1.0 - platform.interest_share))


def _chain_cost(bank: LendingTerms, platform: PlatformTerms) -> Numbers:
    """What a re-lender's money and handling cost, losses apart: (1 − c)w + c·k_p + o_p."""
    borrowed = (1.0 - platform.own_capital) * wholesale_rate(bank, platform)
    own = platform.own_capital * platform.required_return
    return borrowed + own + platform.running_cost


def _referred_cost(bank: LendingTerms, platform: PlatformTerms) -> Numbers:
    """What a referred loan costs the bank that makes it: f′ + o_b + PD·LGD."""
    money = bank.funding_rate + bank.capital_charge
    return money + platform.bank_running_cost + bank.expected_loss


def relender_cheaper_above(
    bank: LendingTerms = BANK, platform: PlatformTerms = PLATFORM
) -> Numbers:
    """Find the bank's own handling cost above which the re-lender's loan is the cheaper one.

        o* = (1 − c)w + c·k_p + o_p − f′ − π

    Losses and the number of payers are the same for both, so the borrower plays no part.

    Parameters
    ----------
    bank, platform : LendingTerms, PlatformTerms
        As in `customer_rate`; the bank's operating cost plays no part.

    Returns
    -------
    float or ndarray
        Share of the loan a year; at 0 or below the re-lender is always the cheaper.

    Raises
    ------
    TypeError
        Naming `bank` or `platform`, where it is of another type.

    Source
    ------
    Arithmetic: two rates of `customer_rate` made equal.
    """
    _together(bank, platform)
    return _chain_cost(bank, platform) - bank.funding_rate - bank.capital_charge - bank.profit


def relender_handles_for(platform: PlatformTerms = PLATFORM) -> Numbers:
    """Compute what handling costs bank and re-lender together: o_p + (1 − c)·o_b.

    A bank whose own handling costs more than this is the dearer one to *run*. That is no price:
    the two rates hold what the owners of one firm or of two are paid as well, and meet at
    `relender_cheaper_above`.

    Parameters
    ----------
    platform : PlatformTerms
        The platform that re-lends.

    Returns
    -------
    float or ndarray
        Share of the loan a year.

    Raises
    ------
    TypeError
        Naming `platform`, where it is of another type.

    Source
    ------
    Arithmetic.
    """
    terms = instance("platform", platform, PlatformTerms)
    return terms.running_cost + (1.0 - terms.own_capital) * terms.bank_running_cost


class ReferralShares(NamedTuple):
    """Shares of the interest between which a referral serves both sides."""

    pays_the_platform: Numbers
    costs_no_more: Numbers


def referral_shares(
    bank: LendingTerms = BANK, platform: PlatformTerms = PLATFORM
) -> ReferralShares:
    """Find the shares of the interest from which, and up to which, a referral makes sense.

    From o_p / (M + o_p) on the share pays for the platform's software, with M = f′ + o_b + PD·LGD
    what the loan costs the bank. Up to 1 − M / (r(1 − PD)), with r the bank's own rate, the
    referred loan is no dearer than one that the bank finds and handles itself.

    Parameters
    ----------
    bank, platform : LendingTerms, PlatformTerms
        As in `customer_rate`; the platform's share plays no part.

    Returns
    -------
    ReferralShares
        Fractions of the interest collected; the second is below 0 where the bank handles the
        loan for less than the referral costs it. Where nothing costs anything both are 0.

    Raises
    ------
    TypeError
        Naming `bank` or `platform`, where it is of another type.

    Source
    ------
    Arithmetic: what each side pays and saves, by `customer_rate`.
    """
    _together(bank, platform)
    cost = _referred_cost(bank, platform)
    least = ratio(platform.running_cost, cost + platform.running_cost, 0.0)
    return ReferralShares(least, ratio(bank.cost - cost, bank.cost, 0.0))


def who_is_paid(
    intermediary: Intermediary,
    bank: LendingTerms = BANK,
    platform: PlatformTerms = PLATFORM,
    realised_default: Numbers | None = None,
    rate: Numbers | None = None,
) -> Payments:
    """Follow the interest on 100 yuan of loans to those who receive it, in a good or bad year.

    Parameters
    ----------
    intermediary, bank, platform : Intermediary, LendingTerms, PlatformTerms
        As in `customer_rate`.
    realised_default : float or ndarray, optional
        Share d of borrowers that defaulted, from 0 to 1; by default the expected PD.
    rate : float or ndarray, optional
        The contracted rate, from 0 to 1e300; by default the break-even rate at the expected PD.

    Returns
    -------
    Payments
        Its entries add up to the interest collected, 100·r(1 − d), whatever d is.

    Raises
    ------
    ValueError
        Naming `intermediary`, `realised_default` or `rate`, where it is out of its range, or shapes
        do not match.
    TypeError
        Naming `bank` or `platform`, where it is of another type.

    Source
    ------
    Ours: savers are always paid, for the loans are a small part of the bank's book, and its owners
    bear what they lose. The platform's owners lose at most the capital they put in; beyond that the
    re-lender's losses are the bank's, which then also pays for the servicing of the loans.
    """
    kind = choice("intermediary", intermediary, Intermediary)
    asked = customer_rate(kind, bank, platform) if rate is None else rate
    contracted = fraction("rate", asked, upto=_HIGHEST_RATE)
    defaulted = bank.default_probability if realised_default is None else realised_default
    defaulted = fraction("realised_default", defaulted)
    _together(bank, platform, realised_default=defaulted, rate=contracted)
    shares = _SHARERS[kind](contracted, defaulted, bank, platform)
    shares[Party.LOST_PRINCIPAL] = defaulted * bank.loss_given_default
    interest = 100.0 * contracted * (1.0 - defaulted)
    shape = np.broadcast_shapes(np.shape(interest), *map(np.shape, shares.values()))
    paid = {party: filling(shape, 100.0 * shares.get(party, 0.0)) for party in Party}
    return Payments(contracted, defaulted, interest, MappingProxyType(paid))


def _bank_pays(
    rate: Numbers, defaulted: Numbers, bank: LendingTerms, _platform: PlatformTerms
) -> dict[Party, Numbers]:
    """Share out the interest on one yuan that a bank lends itself."""
    savers = (1.0 - bank.capital_ratio) * bank.funding_rate
    owners = earned(rate, defaulted, bank) - savers - bank.operating_cost
    return {Party.SAVERS: savers, Party.BANK_COST: bank.operating_cost, Party.BANK_OWNERS: owners}


def _relender_pays(
    rate: Numbers, defaulted: Numbers, bank: LendingTerms, platform: PlatformTerms
) -> dict[Party, Numbers]:
    """Share out the interest on one yuan that a platform lends with a bank's money."""
    borrowed = 1.0 - platform.own_capital
    owed = borrowed * (1.0 + wholesale_rate(bank, platform))
    at_hand = 1.0 + earned(rate, defaulted, bank) - platform.running_cost
    repaid = plain(np.minimum(owed, at_hand))
    savers = borrowed * (1.0 - bank.capital_ratio) * bank.funding_rate
    bank_cost = borrowed * platform.bank_running_cost
    return {
        Party.SAVERS: savers,
        Party.BANK_COST: bank_cost,
        Party.PLATFORM_COST: platform.running_cost,
        Party.BANK_OWNERS: repaid - borrowed - savers - bank_cost,
        Party.PLATFORM_OWNERS: at_hand - repaid - platform.own_capital,
    }


def _referrer_pays(
    rate: Numbers, defaulted: Numbers, bank: LendingTerms, platform: PlatformTerms
) -> dict[Party, Numbers]:
    """Share out the interest on one yuan that a bank lends to a shop sent by a platform."""
    fee = platform.interest_share * rate * (1.0 - defaulted)
    savers = (1.0 - bank.capital_ratio) * bank.funding_rate
    costs = savers + platform.bank_running_cost
    return {
        Party.SAVERS: savers,
        Party.BANK_COST: platform.bank_running_cost,
        Party.PLATFORM_COST: platform.running_cost,
        Party.BANK_OWNERS: earned(rate, defaulted, bank) - fee - costs,
        Party.PLATFORM_OWNERS: fee - platform.running_cost,
    }


_Sharer = Callable[[Numbers, Numbers, LendingTerms, PlatformTerms], dict[Party, Numbers]]


_SHARERS: Mapping[Intermediary, _Sharer] = {
    Intermediary.BANK: _bank_pays,
    Intermediary.RELENDER: _relender_pays,
    Intermediary.REFERRER: _referrer_pays,
}


def bank_loses_beyond(
    bank: LendingTerms = BANK, platform: PlatformTerms = PLATFORM, rate: Numbers | None = None
) -> Numbers:
    """Find the default rate at which a re-lender's own capital is gone and its bank begins to lose.

        d* = (r − o_p − (1 − c)w + c) / (r + LGD)

    At the break-even rate this is PD + c(1 + k_p)/(r + LGD): thin capital leaves little room.
    Above 1 the bank never loses; below 0 it loses even when nobody defaults.

    Parameters
    ----------
    bank, platform : LendingTerms, PlatformTerms
        As in `customer_rate`.
    rate : float or ndarray, optional
        The contracted rate, 0 or more; by default the re-lender's break-even rate. Where both
        it and LGD are zero defaults change nothing: infinity if the bank is safe, minus infinity
        if it loses anyway.

    Returns
    -------
    float or ndarray
        The default rate d*, or an infinity as said above.

    Raises
    ------
    ValueError
        Naming `rate`, where it is out of its range.
    TypeError
        Naming `bank` or `platform`, where it is of another type.

    Source
    ------
    Arithmetic: the platform's gain of `who_is_paid` set to −c.
    """
    asked = customer_rate(Intermediary.RELENDER, bank, platform) if rate is None else rate
    contracted = non_negative("rate", asked)
    _together(bank, platform, rate=contracted)
    owed = (1.0 - platform.own_capital) * wholesale_rate(bank, platform)
    cushion = np.asarray(contracted - platform.running_cost - owed + platform.own_capital)
    always_or_never = np.where(cushion < 0.0, -np.inf, np.inf)
    return ratio(cushion, contracted + bank.loss_given_default, always_or_never)
