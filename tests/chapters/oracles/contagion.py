"""The explorers of the chapter on the chain reaction, computed by the models alone."""

from __future__ import annotations

import math

import numpy as np
from oracle import Expected, Oracle

from netfin import data, facts
from netfin.contagion.clearing import clear
from netfin.contagion.equal_firms import circle, islands, single_default_shock
from netfin.contagion.failures import fit_two_counts, self_exciting_failures
from netfin.contagion.firms import Frictions
from netfin.contagion.town import NAMES, market_town
from netfin.runs import DepositContract, Rule, payoffs, tipping_point

NETWORKS = {
    "the next one": circle(1),
    "the next two": circle(2),
    "the next five": circle(5),
    "all the others": circle(19),
    "islands of ten": islands(10),
    "islands of five": islands(5),
}


def payment_chain(lost: float, cost: float, fire_sales: bool) -> Expected:
    calm = clear(market_town())
    frictions = Frictions(1 - cost, 1 - cost, 0.3 if fire_sales else 0)
    end = clear(market_town(lost), frictions)
    owners = [*(calm.equity - end.equity)]
    others = [*(calm.paid_outside - end.paid_outside)]
    owed = calm.paid_inside + calm.paid_outside
    paid = end.paid_inside + end.paid_outside
    failed = [int(each > 0) for each in end.failed_in]
    stock = market_town(lost).stock
    sold = float(stock[end.failed_in > 0].sum())
    kept = float(stock.sum()) - sold
    return Expected(
        {
            "firm": [*NAMES, "all together"],
            "fails (1: yes)": [*failed, sum(failed)],
            "fails in round (number)": [*end.failed_in.tolist(), int(end.failed_in.max())],
            "pays (% of what it owes)": [*(100 * paid / owed), 100 * paid.sum() / owed.sum()],
            "its owners lose (thousand yuan)": [*owners, sum(owners)],
            "its savers and staff lose (thousand yuan)": [*others, sum(others)],
            "lost at first (thousand yuan)": [lost, *[0] * 7, lost],
            "destroyed by bankruptcies (thousand yuan)": [*[0] * 8, end.destroyed],
            "gained by buyers of stock (thousand yuan)": [*[0] * 8, sold * (1 - end.price)],
            "lost on stock that is kept (thousand yuan)": [*[0] * 8, kept * (1 - end.price)],
        },
        said=[sum(owners) + sum(others)],
    )


def one_unit_more(shock: int, network: str) -> Expected:
    cleared = single_default_shock(NETWORKS[network], shock)
    return Expected(
        {
            "loss of one lender (million yuan)": [shock],
            "lenders (number)": [20],
            "lenders that fail (number)": [cleared.failures],
            "last round of failures (number)": [int(cleared.failed_in.max())],
            "owners lose (million yuan)": [min(shock, 20 - cleared.equity.sum())],
            "savers lose (million yuan)": [20 * 30 - cleared.paid_outside.sum()],
        }
    )


def run_on_a_platform(cash_share: float, sale_price: float, rule: Rule) -> Expected:
    platform = DepositContract(cash_share=cash_share, sale_price=sale_price)
    point = tipping_point(platform) if rule is Rule.NOTHING else math.inf
    calm = payoffs(0.1, rule, platform)
    panic = payoffs(0.999, rule, platform)
    return Expected(
        {
            "rule": [str(rule)],
            "a loan fetches (yuan for 100)": [100 * sale_price],
            "tipping point (% of savers)": ["none" if math.isinf(point) else 100 * point],
            "calm: who waits gets (yuan for 100)": [100 * calm.wait],
            "run: who asks gets (yuan for 100)": [100 * panic.leave],
            "run: who waits gets (yuan for 100)": [100 * panic.wait],
        },
        said=[100],  # yuan put in, and savers
    )


def two_counts(feedback: int, spring_fear: float) -> Expected:
    known = facts.load()
    june, july, half_year = (float(known[f"P2P-19{each}"].value or math.nan) for each in "abe")
    fear = spring_fear * (half_year - june) / (31 + 28 + 31 + 30 + 31)
    summer = fit_two_counts(feedback / 100, 10, (june, july), fear=fear)
    calm = self_exciting_failures(summer.background, 0.0, feedback / 100, 10, (30, 20), fear)
    without = float(np.sum(calm[30:]))
    return Expected(
        {
            "100 failures bring (failures)": [feedback],
            "fear on 1 June (failures a day)": [fear],
            "in June (failures)": [june],
            "1 to 20 July (failures)": [july],
            "1 to 20 July without the change (failures)": [without],
            "brought by the change on 1 July (failures)": [july - without],
            "from outside (failures a day)": [summer.background],
            "by the change at once (failures a day)": [summer.rule],
        },
        said=[1, 20, 100, abs(july - without)],  # the days, and a loss said without its sign
    )


def two_halves_of_one_state() -> Expected:
    rates = data.load("mississippi_bank_suspensions_1929_1932")
    south, north = (
        rates.loc[rates["district"] == name, "suspended"].to_numpy()
        for name in ("Atlanta", "St. Louis")
    )
    return Expected(
        {
            "year to 30 June": ["1929–30", "1930–31", "1931–32"],
            "Atlanta's half (% of banks)": south.tolist(),
            "St. Louis's half (% of banks)": north.tolist(),
            "St. Louis less Atlanta (points)": (north - south).tolist(),
        }
    )


ORACLES: dict[str, Oracle] = {
    "payment-chain": payment_chain,
    "one-unit-more": one_unit_more,
    "run-on-a-platform": run_on_a_platform,
    "two-counts": two_counts,
    "two-halves-of-one-state": two_halves_of_one_state,
}
