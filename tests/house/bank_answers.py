"""The answers of the banks' numeric questions once more, from what the question says."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

BELL = NormalDist()


def in_the_ring(surplus: float, loss: float) -> float:
    failed = 0
    while loss > surplus:
        failed, loss = failed + 1, loss - surplus
    return failed


def who_waits(cash: float, fetch: float, gone: float) -> float:
    left = 100 - cash - (gone - cash) / (fetch / 100)
    return 110 * left / (100 - gone)


def stake(bad: float, lost: float, alike: float, kept: float) -> float:
    """Equation eq-risk-transfer-stake."""
    empty, usual = BELL.inv_cdf(kept / lost), BELL.inv_cdf(bad / 100)
    return 100 * BELL.cdf((empty - math.sqrt(1 - alike / 100) * usual) / math.sqrt(alike / 100))


def empty_pots(pot: float, fee: float, bad: float, loss: float) -> float:
    """Equation eq-risk-transfer-share, at a correlation of 0.1, solved for the year."""
    usual, edge = BELL.inv_cdf(bad / 100), BELL.inv_cdf((pot + fee) / loss)
    return 100 * BELL.cdf((usual - math.sqrt(0.9) * edge) / math.sqrt(0.1))


def second_bank(fine: float, slip: float, bad: float) -> float:
    good, poor = (100 - bad) * (100 - fine) * fine, bad * (100 - slip) * slip
    return 100 * poor / (good + poor)


ANSWERS: dict[str, dict[int, Callable[..., float]]] = {
    "spread": {
        1: lambda savers, handling, bad, back, own, asked: (
            (savers + handling + bad * (1 - back / 100) + own * (asked - savers) / 100)
            / (1 - bad / 100)
        ),
        2: lambda cost, bad, share: cost / (1 - bad / 100) / (1 - share / 100),
        3: lambda alone, bank, bad, take: (alone - bank) * (100 - bad) / 100 / take,
        4: lambda banks, ease, cost: cost * banks * ease / (banks * ease - 1),
    },
    "risk-transfer": {
        1: stake,
        2: lambda kept, rounds: sum((1 - kept / 100) ** done for done in range(rounds)),
        3: lambda earn, safe, own: safe + 100 * (earn - safe) / own,
    },
    "contagion": {
        1: lambda first, has, second, own: second - own - min(first, has),
        2: in_the_ring,
        3: who_waits,
    },
    "scoring": {
        1: lambda good, bad, said, others: math.log(said / good) - math.log(others / bad),
        2: lambda odds, double, less, **_: 1000 / (1 + odds * 0.5 ** (less / double)),
        3: second_bank,
        4: lambda bad, good, fail: (100 - bad) * good * fail / (100 - fail) / bad,
    },
    "supply-chain": {
        1: lambda old, dear, cheap, new: 1000 * (dear * (old - 10) - cheap * (new - 10)) / 365,
        2: lambda dear, old, wait, cheap: wait + dear * (old - wait) / cheap,
        3: lambda count, part: 100 - 100 * 100 / (count * part),
        4: lambda own, cash, gain, rate: own * (100 + gain - cash) / (cash + rate - gain),
    },
    "pre-orders": {
        1: lambda price, cost, ahead: 1 - (price - cost) / (price * ahead / 100),
        2: lambda price, cost, name: 100 * (price - cost + name) / price,
        3: lambda batch, cost, price, left: batch * (cost - left) / (price - left),
        4: lambda cost, share, low, **_: (1 - share / 100) * (low - cost),
    },
    "p2p": {
        1: lambda gain, loss, bad, part: gain - (gain + loss) * bad / (100 - part),
        2: lambda gain, loss, bad: 100 - (gain + loss) * bad / gain,
        3: lambda notes, bad, **_: 100 - 100 * (1 - bad / 100) ** notes,
        4: empty_pots,
    },
    "payments": {
        1: lambda spend, trouble, rate: math.sqrt(1000 * spend * trouble / (2 * rate / 100)),
        2: lambda flow, days: 1000 * flow / 365 * days,
        3: lambda deposit, queue, pace, rate: (
            deposit * (1 + rate / 100) ** (-1000 * queue / pace / 365)
        ),
        4: lambda user, shop, cost: shop - (user + shop - cost) / 3,
    },
    "merchants": {
        1: lambda margin, click, returned: 100 * (100 * click / margin / (100 - returned) - 1),
        2: lambda loyal, often, seldom, margin: (
            margin * 1.1 * (loyal / (110 - often) + (100 - loyal) / (110 - seldom))
        ),
        3: lambda margin, cost, drawn, caught: (margin * drawn - 100 * cost) / caught,
        4: lambda sellers, paid: paid * sellers / (sellers - 1) / 100,
    },
    "platforms": {
        1: lambda buyers, sellers: (
            sellers + (100 / (1 + math.exp(4.03 - buyers / 10)) - sellers) / 4
        ),
        2: lambda way, buyers, **_: way - buyers,
        3: lambda margin, anyway: margin - margin * anyway / 100,
        4: lambda ready, copied: 100 - 100 * ready / (1 + ready) / (1 - copied / 100),
        5: lambda there, push, mouth: (100 - there) * (push / 100 + mouth * there / 10000),
    },
}
