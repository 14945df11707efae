"""The intermediation spread: what a loan must cost, who is paid from it, and what it truly costs.

Rates and shares are fractions a year unless a name says otherwise; a loan is one yuan for one year,
repaid at the end, unless a function speaks of instalments. Every function takes floats or numpy
arrays that broadcast against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from netfin.checks import Numbers, finite, fraction, non_negative, positive, whole_number
from netfin.terms import About, Terms

MONTHS_A_YEAR = 12
DAYS_A_YEAR = 365


# ---------------------------------------------------------------------------------------------
# What a loan must cost


@dataclass(frozen=True)
class LendingTerms(Terms):
    """A borrower and a lender: what decides the break-even rate between them.

    Every field is a float or an array; `parameters` tells its symbol, unit and source.
    The defaults are a bank that lends to a small shop.
    """

    default_probability: Annotated[
        Numbers,
        About("PD", "share of loans a year", "our assumption: a small shop", below_one=True),
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

SHOP_PLATFORM = LendingTerms(
    funding_rate=0.06, operating_cost=0.01, capital_ratio=0.20, required_return=0.15
)
"""A platform's lender, same borrower: dear market money, cheap handling.

One yuan of capital to four of bonds and securities is the limit in China's draft rules of
November 2020; the other numbers are our assumptions.
"""


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

    Notes
    -----
    With LGD = 1 and no cost but funding this is p(1 + k) = 1 + i with p = 1 − PD, the one-period
    case of Saunders & Cornett, *Financial Institutions Management*, chapter on individual loan
    risk. Here recovery is on the principal only, and owners' capital has its own price.
    """
    return terms.cost / (1.0 - terms.default_probability)


def decompose(terms: LendingTerms) -> RateParts:
    """Cut the break-even rate into what each part of it pays for.

        r = f + o + PD·LGD + PD·r + κ(k_e − f) + π

    The term PD·r is interest that defaulters never pay: the others pay it in their place.
    """
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
    rate : float or ndarray
        The contracted rate r a year; may be negative.
    realised_default : float or ndarray
        The share d of borrowers that defaulted, from 0 to 1.
    terms : LendingTerms
        Its PD and profit play no part: the year is over and the rate is given.
    """
    contracted = finite("rate", rate)
    defaulted = fraction("realised_default", realised_default)
    money = terms.funding_rate + terms.capital_charge + terms.operating_cost
    return _earned(contracted, defaulted, terms) - money


def _earned(rate: Numbers, defaulted: Numbers, terms: LendingTerms) -> Numbers:
    """Interest collected less principal lost, for each yuan lent: r(1 − d) − d·LGD."""
    return rate * (1.0 - defaulted) - defaulted * terms.loss_given_default


# ---------------------------------------------------------------------------------------------
# Three intermediaries on the same borrower


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
            below_one=True,
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
            below_one=True,
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
    paid = {party: _filling(shape, 100.0 * shares.get(party, 0.0)) for party in Party}
    return Payments(contracted, defaulted, interest, MappingProxyType(paid))


def _bank_pays(
    rate: Numbers, defaulted: Numbers, bank: LendingTerms, _platform: PlatformTerms
) -> dict[Party, Numbers]:
    """Share out the interest on one yuan that a bank lends itself."""
    savers = (1.0 - bank.capital_ratio) * bank.funding_rate
    owners = _earned(rate, defaulted, bank) - savers - bank.operating_cost
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
    at_hand = 1.0 + _earned(rate, defaulted, bank) - platform.running_cost
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
        Party.BANK_OWNERS: _earned(rate, defaulted, bank) - fee - costs,
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
    return _plain(np.divide(cushion, lost, out=always_or_never, where=lost > 0.0))


def _plain(numbers: Any) -> Numbers:
    """Give a numpy scalar as a float and leave an array as it is."""
    return float(numbers) if np.ndim(numbers) == 0 else numbers


def _filling(shape: tuple[int, ...], numbers: Numbers) -> Numbers:
    """Repeat numbers so that they fill a shape; a float stays a float."""
    return _plain(np.broadcast_to(numbers, shape))


# ---------------------------------------------------------------------------------------------
# Dearest money, cheapest loan


def platform_break_even(
    take_rate: Numbers, extra_sales: Numbers, terms: LendingTerms = SHOP_PLATFORM
) -> Numbers:
    """Find the break-even rate of a lender that also earns commission on the sales it finances.

        r = (f + κ(k_e − f) + o + PD·LGD + π − τ·g) / (1 − PD)

    Negative when the commission alone more than pays for the loan: the platform could pay the
    shop to borrow.

    Parameters
    ----------
    take_rate : float or ndarray
        τ, commission as a fraction of sales, from 0 to 1.
    extra_sales : float or ndarray
        g, yuan of **net new** sales on the platform for each yuan lent for a year, 0 or more.
        Sales that would have happened anyway, or that were drawn from another shop of the same
        platform, bring no new commission and do not count: this is the assumption to doubt.
    terms : LendingTerms
        The platform as a lender.
    """
    commission = fraction("take_rate", take_rate) * non_negative("extra_sales", extra_sales)
    return (terms.cost - commission) / (1.0 - terms.default_probability)


def extra_sales_to_undercut(
    bank: LendingTerms = BANK,
    platform: LendingTerms = SHOP_PLATFORM,
    take_rate: Numbers = 0.05,
) -> Numbers:
    """Find the extra sales for each yuan lent at which the platform is as cheap as the bank.

        g* = (cost of the platform − r_bank(1 − PD)) / τ

    Returns
    -------
    float or ndarray
        Zero where the platform is no dearer without any commission; infinite where it is dearer
        and takes no commission.
    """
    taken = fraction("take_rate", take_rate)
    bank_income = break_even_rate(bank) * (1.0 - platform.default_probability)
    gap = np.maximum(platform.cost - bank_income, 0.0)
    gap, taken = np.broadcast_arrays(gap, taken)
    never = np.where(gap > 0.0, np.inf, 0.0)
    return _plain(np.divide(gap, taken, out=never, where=taken > 0.0))


# ---------------------------------------------------------------------------------------------
# A real lending spread: the rate less what was lost


class RealisedSpread(NamedTuple):
    """What a group of loans charged, lost and kept, a year on the balance outstanding."""

    rate: Numbers
    yearly_loss: Numbers
    remaining: Numbers


class ChargedOffShare(NamedTuple):
    """Share of loans charged off, when some are not finished yet."""

    at_least: Numbers
    of_finished: Numbers
    at_most: Numbers


def charged_off_share(
    charged_off: Numbers, repaid: Numbers, late: Numbers = 0.0, current: Numbers = 0.0
) -> ChargedOffShare:
    """Bound the share of loans that end charged off while some are still running.

    At least those charged off already, with every unfinished loan repaid; at most those and
    every late or current loan. Between them lies the share among finished loans.

    Parameters
    ----------
    charged_off, repaid, late, current : float or ndarray
        Numbers of loans, 0 or more; at least one of them finished.
    """
    lost = non_negative("charged_off", charged_off)
    finished = lost + non_negative("repaid", repaid)
    unfinished = non_negative("late", late) + non_negative("current", current)
    positive("charged_off plus repaid", finished)
    everyone = finished + unfinished
    return ChargedOffShare(lost / everyone, lost / finished, (lost + unfinished) / everyone)


def default_intensity(charged_off: Numbers, years: Numbers) -> Numbers:
    """Turn a share of loans charged off over their life into a rate of default a year.

        λ = −ln(1 − share) / years

    Parameters
    ----------
    charged_off : float or ndarray
        Share of loans charged off, from 0 to below 1.
    years : float or ndarray
        Years over which a loan could default, above 0: the term, or less if most repay early.

    Notes
    -----
    Exact if each running loan is equally likely to default in every month. The simpler share/years
    counts the defaulted as if they still ran, and is too low by about half the share. If instead
    defaults come at an even pace and the balance falls in a straight line, the true rate is
    (share/years)/(1 − share/3), and λ is too high by 1 % of itself where 6 % are charged off and
    by 7 % where 30 % are.
    """
    share = fraction("charged_off", charged_off, open_right=True)
    return _plain(-np.log1p(-share) / positive("years", years))


def loan_rate_minus_loss(
    rate: Numbers, charged_off: Numbers, years: Numbers, loss_given_default: Numbers
) -> RealisedSpread:
    """Estimate, from counts of loans, what is left of a loan rate after its losses.

    The loss a year is λ·LGD on the balance outstanding, whatever the schedule of repayment:
    the balances cancel. Interest that a late borrower leaves unpaid before the loan is charged
    off (λ·r/12 for each month of waiting) is not counted.

    Parameters
    ----------
    rate : float or ndarray
        Contracted rate r a year, 0 or more.
    charged_off, years
        As in `default_intensity`.
    loss_given_default : float or ndarray
        Share lost of the balance *outstanding at default*, from 0 to 1. This is larger than the
        share of the original amount, of which a part had been repaid.
    """
    charged = non_negative("rate", rate)
    severity = fraction("loss_given_default", loss_given_default)
    loss = default_intensity(charged_off, years) * severity
    return RealisedSpread(charged, loss, charged - loss)


def realised_spread(rate: Numbers, net_return: Numbers, principal_lost: Numbers) -> RealisedSpread:
    """Compute, from money paid and lost, what was left of a loan rate after its losses.

    Interest received, I = net return + principal lost, is the rate times the balance on which
    it was paid, so that balance was I/r yuan-years for each yuan lent, early repayment and all.
    Hence

        loss a year = r·L/I,        remaining = r·(I − L)/I.

    Parameters
    ----------
    rate : float or ndarray
        Average contracted rate r a year, above 0.
    net_return : float or ndarray
        Everything the borrowers paid, less everything lent, for each yuan lent, over the whole
        life of the loans. Late fees are counted as interest.
    principal_lost : float or ndarray
        Principal L that was never repaid, after recoveries, for each yuan lent, from 0 to 1.
    """
    charged = positive("rate", rate)
    lost = fraction("principal_lost", principal_lost)
    interest = positive("net_return plus principal_lost", finite("net_return", net_return) + lost)
    loss = charged * lost / interest
    return RealisedSpread(charged, loss, charged - loss)


# ---------------------------------------------------------------------------------------------
# The true price of instalment credit


class AnnualRates(NamedTuple):
    """One price as two yearly rates: without and with interest on interest."""

    nominal: Numbers
    effective: Numbers


@dataclass(frozen=True)
class TruePrice:
    """What instalment credit costs, as it is advertised and as it is."""

    advertised_annual: Numbers
    """Monthly fee times twelve, as the flat rate is usually quoted."""
    monthly_rate: Numbers
    """Internal rate of return a month."""
    nominal_annual: Numbers
    """Twelve times the monthly rate: the APR of the actuarial method."""
    effective_annual: Numbers
    """The monthly rate compounded over a year."""
    average_balance: Numbers
    """Principal still owed, on average over the months, as a share of the amount."""


@dataclass(frozen=True)
class Schedule:
    """Equal instalments of principal with a flat fee: one entry a month."""

    payout: float
    month: NDArray[np.int64]
    opening_balance: NDArray[np.float64]
    principal: NDArray[np.float64]
    fee: NDArray[np.float64]
    payment: NDArray[np.float64]
    closing_balance: NDArray[np.float64]


def instalment_schedule(
    amount: float, months: int, monthly_fee: float, upfront_fee: float = 0.0
) -> Schedule:
    """Write out instalment credit whose fee is charged on the original amount to the end.

    Parameters
    ----------
    amount : float
        The amount the contract names, above 0.
    months : int
        Number of monthly instalments, 1 or more; each repays `amount / months`.
    monthly_fee : float
        Fee a month as a fraction of the *original* amount, from 0 to 1.
    upfront_fee : float
        Fraction of the amount kept back from the payout, from 0 to below 1.
    """
    owed = float(positive("amount", amount))
    count = int(whole_number("months", months))
    fee_rate = float(fraction("monthly_fee", monthly_fee))
    kept_back = float(fraction("upfront_fee", upfront_fee, open_right=True))
    month = np.arange(1, count + 1, dtype=np.int64)
    opening = owed * ((count - month + 1) / count)
    principal = np.full(count, owed / count)
    fee = np.full(count, owed * fee_rate)
    payment = principal + fee
    closing = owed * ((count - month) / count)
    return Schedule(owed * (1 - kept_back), month, opening, principal, fee, payment, closing)


def true_price(months: Numbers, monthly_fee: Numbers, upfront_fee: Numbers = 0.0) -> TruePrice:
    """Compute what instalments with a flat monthly fee truly cost; the amount plays no part.

    Parameters as in `instalment_schedule`, floats or arrays.

    Notes
    -----
    The balance falls to nothing while the fee does not, so the borrower owes only
    (n + 1)/(2n) of the amount on average and the true rate is nearly twice the advertised one.
    The nominal rate is the annual percentage rate of Regulation Z, Appendix J (12 CFR 1026).
    """
    count = whole_number("months", months)
    fee = fraction("monthly_fee", monthly_fee)
    payout = 1.0 - fraction("upfront_fee", upfront_fee, open_right=True)
    monthly = _annuity_rate(payout, 1.0 / count + fee, count)
    rates = _annual(monthly, MONTHS_A_YEAR)
    shape = np.shape(monthly)
    balance = _filling(shape, (count + 1.0) / (2.0 * count))
    advertised = _filling(shape, MONTHS_A_YEAR * fee)
    return TruePrice(advertised, monthly, rates.nominal, rates.effective, balance)


def annual_from_daily(daily_rate: Numbers) -> AnnualRates:
    """Turn interest quoted by the day (0 to 1 of what is owed) into yearly rates of 365 days."""
    return _annual(fraction("daily_rate", daily_rate), DAYS_A_YEAR)


def internal_rate_of_return(payout: Numbers, payment: Numbers, months: Numbers) -> Numbers:
    """Find the rate a month at which equal monthly payments are worth the payout.

        payout = payment · (1 − (1 + i)^−n) / i

    Parameters
    ----------
    payout : float or ndarray
        Money received at the start, above 0.
    payment : float or ndarray
        Each of the `months` equal payments, above 0; together they are no less than the payout,
        to rounding.
    months : float or ndarray
        Number of payments n, 1 or more.
    """
    received = positive("payout", payout)
    paid = positive("payment", payment)
    count = whole_number("months", months)
    total = np.asarray(paid * count)
    short = total < np.asarray(received) * (1.0 - _ROUNDING)
    if np.any(short):
        worst = float(np.min(np.broadcast_to(total, short.shape)[short]))
        raise ValueError(
            f"payment times months must be no less than payout, but is {worst:.12g} "
            f"where payout is at most {float(np.max(received)):.12g}"
        )
    return _annuity_rate(received, paid, count)


_ROUNDING = 1e-12
_TOLERANCE = 1e-14
_MOST_STEPS = 60


def _annuity_rate(payout: Numbers, payment: Numbers, months: Numbers) -> Numbers:
    """Solve the annuity equation for its rate by Newton's method, which cannot overshoot.

    The value of an annuity falls and is convex in the rate. A mean of discount factors is at
    least the discount factor at their mean time, so the rate that discounts all payments from
    (n + 1)/2 is never above the root; from there every Newton step moves up to the root.
    """
    worth, count = np.broadcast_arrays(np.asarray(payout / payment), np.asarray(months))
    start = np.expm1(np.log(np.maximum(count / worth, 1.0)) * 2.0 / (count + 1.0))
    rate = np.asarray(start, dtype=np.float64)
    for _ in range(_MOST_STEPS):
        value, slope = _annuity(rate, count)
        step = (worth - value) / slope
        rate = np.maximum(rate + step, 0.0)
        if np.all(np.abs(step) <= _TOLERANCE * (1.0 + rate)):
            return _plain(rate)
    raise ArithmeticError("the rate of an annuity was not found")  # pragma: no cover


def _annuity(
    rate: NDArray[np.float64], months: NDArray[Any]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Value of one yuan a month for n months, and its derivative with respect to the rate."""
    tiny = rate < 1e-7  # below, the closed form loses more digits than its expansion
    safe = np.where(tiny, 1.0, rate)
    growth = np.log1p(safe)
    value = -np.expm1(-months * growth) / safe
    slope = (months * np.exp(-(months + 1.0) * growth) - value) / safe
    second = months * (months + 1.0) / 2.0
    value = np.where(tiny, months - second * rate, value)
    return value, np.where(tiny, -second, slope)


def _annual(rate: Numbers, periods: int) -> AnnualRates:
    """Turn a rate a period into yearly rates."""
    return AnnualRates(periods * rate, _plain(np.expm1(periods * np.log1p(rate))))
