"""The headline statements of the chapter on the spread: who can lend more cheaply, who earns."""

from __future__ import annotations

import numpy as np

from netfin.checks import Array
from netfin.lending import BANK, SHOP_PLATFORM, LendingTerms, break_even_rate
from netfin.spread.arrangements import (
    PLATFORM,
    Intermediary,
    Party,
    PlatformTerms,
    customer_rate,
    relender_cheaper_above,
    relender_handles_for,
    who_is_paid,
)
from netfin.spread.commission import platform_break_even
from netfin.turning import Draw, Kind, Range, Rule, Statement, Truth, from_draw

BAD_YEAR = 3.0  # times the defaults expected
WITH_ANTS_OWN_MONEY = 16  # of 100 cases; the test draws them
_TAKE_RATE, _EXTRA_SALES = 0.05, 0.50  # our round numbers; we know no published net number

_ours = Range.half_to_twice

_LOSS_GIVEN_DEFAULT = Range(
    "bank.loss_given_default", float(BANK.loss_given_default), 0.47, 0.69,
    "what a default costs", "least and most that a default cost Lending Club by grade",
    source="the book's data set of Lending Club's loans of 2007 to 2011", by_ratio=False,
)  # fmt: skip
_BORROWER = (
    Range("bank.default_probability", float(BANK.default_probability), 0.01, 0.08, "defaults",
          "from safe shops to shops that banks refuse"),
    _LOSS_GIVEN_DEFAULT,
)  # fmt: skip
_MONEY = (
    _ours("bank.funding_rate", BANK.funding_rate, "the bank's cost of deposits"),
    _ours("bank.required_return", BANK.required_return, "the return that the bank's owners ask"),
)
_HANDLING = (
    Range("bank.operating_cost", float(BANK.operating_cost), 0.005, 0.04,
          "the bank's own handling", "from a large loan to a small one; wider than half to twice"),
    _ours("platform.running_cost", PLATFORM.running_cost, "the platform's software"),
    _ours("platform.bank_running_cost", PLATFORM.bank_running_cost,
          "the bank's handling of a platform's loan"),
)  # fmt: skip
_OWN_CAPITAL = (
    Range("platform.own_capital", float(PLATFORM.own_capital), 0.02, 0.30,
          "the platform's own share of the loan",
          "least: what Ant kept; most: what a partner must fund since 2022",
          facts=("INT-26", "RSK-08"), by_ratio=False),
)  # fmt: skip
_SECOND_MARGIN = (
    _ours("platform.bank_margin", PLATFORM.bank_margin, "the bank's margin on the platform"),
    _ours("platform.required_return", PLATFORM.required_return,
          "the return that the platform's owners ask"),
    *_OWN_CAPITAL,
)  # fmt: skip


def _two(draw: Draw) -> tuple[LendingTerms, PlatformTerms]:
    return from_draw(BANK, "bank", draw), from_draw(PLATFORM, "platform", draw)


def _relender_is_cheaper(draw: Draw) -> Truth:
    bank, platform = _two(draw)
    relender = customer_rate(Intermediary.RELENDER, bank, platform)
    return np.asarray(relender < customer_rate(Intermediary.BANK, bank, platform))


def _chain(draw: Draw) -> Array:
    return np.asarray(relender_cheaper_above(*_two(draw)))


RELENDER = Statement(
    name="relender",
    claims=("C3-01",),
    kind=Kind.CONDITIONAL,
    words="A platform that borrows from a bank lends more cheaply than the bank where the bank's "
    "own handling is dear.",
    holds=_relender_is_cheaper,
    rule=Rule(
        "The bank's own handling costs more than the platform's software, the bank's second margin "
        "and handling, and the dearer own capital together.",
        left=lambda draw: draw["bank.operating_cost"],
        right=_chain,
    ),
    ranges=(*_BORROWER, *_MONEY, *_HANDLING, *_SECOND_MARGIN),
    left_out="A bank that earns more than its required return, platforms that take deposits, and a "
    "platform's share that bears no first loss: the 30 % of 2022 may be such a share, and here "
    "all of it costs what the platform's owners ask. The count hangs on that range; with own money "
    f"held at the 2 % that Ant kept it is {WITH_ANTS_OWN_MONEY} of 100.",
)


def _chain_handles_for_less(draw: Draw) -> Truth:
    bank, platform = _two(draw)
    alone, chain = (
        who_is_paid(each, bank, platform).paid
        for each in (Intermediary.BANK, Intermediary.RELENDER)
    )
    handled = chain[Party.BANK_COST] + chain[Party.PLATFORM_COST]
    return np.asarray(handled < alone[Party.BANK_COST])


CHAIN = Statement(
    name="chain-handling",
    claims=("C6-05",),
    kind=Kind.CONDITIONAL,
    words="Bank and platform in a row handle a loan for less than the bank alone, where the bank's "
    "own handling is dear.",
    holds=_chain_handles_for_less,
    rule=Rule(
        "The bank's own handling costs more than the platform's software and the bank's handling "
        "of the platform's loan together.",
        left=lambda draw: draw["bank.operating_cost"],
        right=lambda draw: np.asarray(relender_handles_for(from_draw(PLATFORM, "platform", draw))),
    ),
    ranges=(*_HANDLING, *_OWN_CAPITAL),
    left_out="What the owners of two firms are paid, which the rate holds and this does not; and "
    "what it costs to find the shops.",
)


def _fee(draw: Draw) -> Array:
    """Compute the referrer's fee on a yuan lent, in a year with three times the defaults."""
    bank, platform = _two(draw)
    rate = customer_rate(Intermediary.REFERRER, bank, platform)
    still_paid = 1.0 - BAD_YEAR * bank.default_probability
    return np.asarray(platform.interest_share * rate * still_paid)


_REFERRED = (
    *_BORROWER,
    *_MONEY,
    *_HANDLING[1:],
    _ours("platform.interest_share", PLATFORM.interest_share,
                        "the referrer's share of the interest", by_ratio=False),
)  # fmt: skip
_UNTRIED = "A referrer that must buy back loans, and fees that fall with the volume."


def _referrer(name: str, volume: float, words: str, cost: str) -> Statement:
    """Make the statement on a referrer whose software is paid by a share of the usual volume."""

    def software(draw: Draw) -> Array:
        return draw["platform.running_cost"] / volume

    return Statement(
        name=name,
        claims=("C3-02",),
        kind=Kind.CONDITIONAL,
        words=words,
        holds=lambda draw: _fee(draw) > software(draw),
        rule=Rule(f"The referrer's share of the interest still paid is more than {cost}.",
                  left=_fee, right=software),
        ranges=_REFERRED,
        left_out=_UNTRIED,
        inside=lambda draw: BAD_YEAR * draw["bank.default_probability"] <= 1.0,
    )  # fmt: skip


REFERRER = _referrer(
    "referrer", 1.0,
    "A referrer keeps something at three times the defaults, if it refers as many loans as before.",
    "its software costs",
)  # fmt: skip
REFERRER_AT_HALF = _referrer(
    "referrer-at-half-volume", 0.5,
    "A referrer keeps something at three times the defaults even if it refers half as many loans.",
    "twice what its software costs, for half the loans pay for all of it",
)  # fmt: skip


def _lenders(draw: Draw) -> tuple[LendingTerms, LendingTerms]:
    """Make bank and platform, which lend to the same borrower."""
    borrower = {f"platform.{field}": draw[f"bank.{field}"]
                for field in ("default_probability", "loss_given_default")}  # fmt: skip
    own = {name: draw[name] for name in draw if name.startswith("platform.")}
    return from_draw(BANK, "bank", draw), from_draw(SHOP_PLATFORM, "platform", own | borrower)


def _dearest_is_cheapest(draw: Draw) -> Truth:
    bank, platform = _lenders(draw)
    asked = platform_break_even(draw["take_rate"], draw["extra_sales"], platform)
    return np.asarray(asked < break_even_rate(bank))


def _extra_cost(draw: Draw) -> Array:
    """Compute what money, capital and handling cost the platform beyond the bank."""
    bank, platform = _lenders(draw)
    return np.asarray(platform.cost - bank.cost)


DEAREST_MONEY = Statement(
    name="dearest-money",
    claims=("C6-09",),
    kind=Kind.POSSIBLE,
    words="The lender with the dearest money can make the cheapest loan.",
    holds=_dearest_is_cheapest,
    rule=Rule(
        "The commission on the net new sales that a loan brings is more than the extra cost of "
        "money, capital and handling.",
        left=lambda draw: draw["take_rate"] * draw["extra_sales"],
        right=_extra_cost,
    ),
    ranges=(
        *_BORROWER,
        *_MONEY,
        _HANDLING[0],
        _ours("platform.funding_rate", SHOP_PLATFORM.funding_rate, "the platform's cost of money"),
        _ours("platform.operating_cost", SHOP_PLATFORM.operating_cost, "the platform's handling"),
        _ours("platform.required_return", SHOP_PLATFORM.required_return,
              "the return that the platform's owners ask"),
        _ours("take_rate", _TAKE_RATE, "the commission on sales"),
        Range("extra_sales", _EXTRA_SALES, 0.1, 2.0, "net new sales for each yuan lent",
              "we know no net number, so the range is wide", unit="yuan",
              domain=(0.0, np.inf)),
    ),
    left_out="A bank that earns beside the loan too, and shops that would have borrowed anyway. "
    "Counted among the true ones are the few cases in which the platform is cheaper without any "
    "commission, for its handling and its capital cost little.",
    shown={"extra_sales": 1.0},
    inside=lambda draw: draw["platform.funding_rate"] > draw["bank.funding_rate"],
)  # fmt: skip

STATEMENTS = (RELENDER, CHAIN, REFERRER, REFERRER_AT_HALF, DEAREST_MONEY)
