"""Three intermediaries on the same borrower: who is paid, and who loses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated

import numpy as np

from netfin.arrays import filling, plain
from netfin.checks import Numbers, below_one, fraction, non_negative
from netfin.lending import BANK, LendingTerms, break_even_rate, earned
from netfin.terms import About, Terms


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
            "our round number: Ant's partners underwrote the rest",
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


def wholesale_rate(bank: LendingTerms, platform: PlatformTerms = PLATFORM) -> Numbers:
    """Find what a bank asks of a platform that borrows from it: f + κ(k_e − f) + o_b + m."""
    money = bank.funding_rate + bank.capital_charge
    return money + platform.bank_running_cost + platform.bank_margin


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
    """
    intermediary = _known(intermediary)
    if intermediary is Intermediary.BANK:
        return break_even_rate(bank)
    paying = 1.0 - bank.default_probability
    if intermediary is Intermediary.RELENDER:
        borrowed = (1.0 - platform.own_capital) * wholesale_rate(bank, platform)
        own = platform.own_capital * platform.required_return
        return (borrowed + own + platform.running_cost + bank.expected_loss) / paying
    money = bank.funding_rate + bank.capital_charge + platform.bank_running_cost
    return (money + bank.expected_loss) / (paying * (1.0 - platform.interest_share))


def _known(intermediary: str) -> Intermediary:
    """Accept an intermediary, or its words, and nothing else."""
    if intermediary not in set(Intermediary):
        allowed = ", ".join(f"“{each}”" for each in Intermediary)
        raise ValueError(f"intermediary must be one of {allowed}, not {intermediary!r}")
    return Intermediary(intermediary)


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
    intermediary, bank, platform
        As in `customer_rate`.
    realised_default : float or ndarray, optional
        Share d of borrowers that defaulted, from 0 to 1; by default the expected PD.
    rate : float or ndarray, optional
        The contracted rate, 0 or more; by default the break-even rate at the expected PD.

    Returns
    -------
    Payments
        Its entries add up to the interest collected, 100·r(1 − d), whatever d is.

    Notes
    -----
    Savers are always paid: the loans are a small part of the bank's book, and its owners bear
    what they lose. The platform's owners lose at most the capital they put in; beyond that the
    re-lender's losses are the bank's, which then also pays for the servicing of the loans.
    """
    defaulted = bank.default_probability if realised_default is None else realised_default
    defaulted = fraction("realised_default", defaulted)
    if rate is None:
        rate = customer_rate(intermediary, bank, platform)
    contracted = non_negative("rate", rate)
    shares = _SHARERS[_known(intermediary)](contracted, defaulted, bank, platform)
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
    return {
        Party.SAVERS: savers,
        Party.BANK_COST: bank.operating_cost,
        Party.BANK_OWNERS: owners,
    }


def _relender_pays(
    rate: Numbers, defaulted: Numbers, bank: LendingTerms, platform: PlatformTerms
) -> dict[Party, Numbers]:
    """Share out the interest on one yuan that a platform lends with a bank's money."""
    borrowed = 1.0 - platform.own_capital
    owed = borrowed * (1.0 + wholesale_rate(bank, platform))
    at_hand = 1.0 + earned(rate, defaulted, bank) - platform.running_cost
    repaid = np.minimum(owed, at_hand)
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
    bank, platform
        As in `customer_rate`.
    rate : float or ndarray, optional
        The contracted rate, 0 or more; by default the re-lender's break-even rate. Where both
        it and LGD are zero defaults change nothing: infinity if the bank is safe, minus infinity
        if it loses anyway.
    """
    if rate is None:
        rate = customer_rate(Intermediary.RELENDER, bank, platform)
    contracted = non_negative("rate", rate)
    interest_owed = (1.0 - platform.own_capital) * wholesale_rate(bank, platform)
    cushion = contracted - platform.running_cost - interest_owed + platform.own_capital
    cushion, lost = np.broadcast_arrays(cushion, contracted + bank.loss_given_default)
    always_or_never = np.where(cushion < 0.0, -np.inf, np.inf)
    return plain(np.divide(cushion, lost, out=always_or_never, where=lost > 0.0))
