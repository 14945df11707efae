"""The numbers that the chapter on the chain reaction speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np
from scipy.integrate import quad
from scipy.optimize import bisect, brentq
from scipy.stats import qmc

from figures.contagion.clearing import PRICE_FALL
from figures.contagion.evidence import closed_doors
from figures.contagion.runs import FEAR_LASTS, brought, spring_failures, world
from figures.numbers import Numbers, Quantity, number, of_100, percent
from netfin import facts
from netfin.checks import Array
from netfin.contagion.clearing import Clearing, clear
from netfin.contagion.equal_firms import (
    TOWN,
    EqualFirms,
    circle,
    contagion_free_debt,
    islands,
    single_default_shock,
)
from netfin.contagion.failures import (
    JULY_DAYS,
    JUNE_DAYS,
    SPRING_DAYS,
    fit_two_counts,
    self_exciting_failures,
)
from netfin.contagion.firms import Firms, Frictions
from netfin.contagion.statements import CHANGE, WALLS, Summer
from netfin.contagion.town import NAMES, market_town
from netfin.runs import (
    PLATFORM,
    TEXTBOOK,
    DepositContract,
    leave_payoff,
    optimal_deposit_contract,
    run_thresholds,
    tipping_point,
    wait_payoff,
)
from netfin.turning import POINTS, Design, Draw, Statement, Truth
from netfin.turning.designs import tally

_LOST = 60.0  # thousand yuan: what the wholesaler of the text loses
_DRAWS, _SEED = 100_000, 1930
_CASES = 262_144


def numbers() -> Numbers:
    """Give all numbers of the page, by the names that its text uses."""
    return {
        **_town(),
        **_lenders(),
        **_one_unit_more(),
        **_summer(),
        **_other_summers(),
        **_whole_july(),
        **_turns(),
        **_mississippi(),
        **_run(),
        **_theory_of_runs(),
        **_solutions_on_lenders(),
        **_solutions_on_towns(),
        **_chance(),
    }


def _thousand(amount: float) -> Quantity:
    return number(amount, unit="thousand yuan")


def _million(amount: float, decimals: int = 0) -> Quantity:
    return number(amount, decimals, "million yuan")


def _lenders_failing(cleared: Clearing) -> Quantity:
    return number(cleared.failures, unit="lenders")


def _kept(cleared: Clearing) -> float:
    """What owners, savers and staff have in the end."""
    return float(cleared.equity.sum() + cleared.paid_outside.sum())


def _town() -> Numbers:
    calm, end = clear(market_town()), clear(market_town(_LOST))
    costly = clear(market_town(_LOST), Frictions(0.8, 0.8))
    owed, paid = calm.paid_inside + calm.paid_outside, end.paid_inside + end.paid_outside
    share = dict(zip(NAMES, paid / owed, strict=True))
    shop = NAMES.index("Ms Lin")
    return {
        "owes": _thousand(owed[NAMES.index("Wholesaler")]),
        "share": percent(share["Wholesaler"]),
        "lin_gets": _thousand(end.received[shop]),
        "lin_keeps": _thousand(end.equity[shop]),
        "chen": percent(share["Mr Chen"]),
        "mill": percent(share["Scarf mill"]),
        "lender": percent(share["Platform lender"]),
        "fails": number(end.failures, unit="firms"),
        "total": _thousand(_kept(calm) - _kept(end)),
        "costly_fails": number(costly.failures, unit="firms"),
        "costly_total": _thousand(_kept(calm) - _kept(costly)),
        "costly_more": _thousand(costly.destroyed),
        "fall": percent(PRICE_FALL),
    }


def _savers_lose(cleared: Clearing, firms: EqualFirms = TOWN) -> float:
    return firms.count * firms.savings - float(cleared.paid_outside.sum())


def _lenders() -> Numbers:
    return {
        "count": number(TOWN.count, unit="lenders"),
        "surplus": _million(TOWN.surplus),
        "savings": _million(TOWN.savings),
        "loans": _million(TOWN.savings + TOWN.surplus),
        "mutual": _million(TOWN.mutual_debt),
        "edge": _million(TOWN.total_surplus),
        "beyond": _million(TOWN.total_surplus + 1),
        "harmless": _million(contagion_free_debt()),
    }


def _hit(network: Array, shock: float) -> Clearing:
    """Clear after a shock, where each bankruptcy eats one yuan in twenty of what it touches."""
    return single_default_shock(network, shock, TOWN, Frictions(0.95, 0.95))


def _one_unit_more() -> Numbers:
    ring, five, full, walled = circle(1), circle(5), circle(TOWN.count - 1), islands(5)
    edge = TOWN.total_surplus
    full_fees, walled_fees = (_savers_lose(_hit(each, edge + 1)) for each in (full, walled))
    return {
        "edge_costly": _million(bisect(lambda each: _hit(full, each).failures - 1.5, 1, edge), 1),
        "ring_costly": _lenders_failing(_hit(ring, 2)),
        "small_islands": _million(_savers_lose(_hit(walled, 15))),
        "ring_ten": _lenders_failing(single_default_shock(ring, 10)),
        "five_five": _lenders_failing(single_default_shock(five, 5)),
        "five_ten": _lenders_failing(single_default_shock(five, 10)),
        "full_edge": _lenders_failing(single_default_shock(full, edge)),
        "full_beyond": _lenders_failing(single_default_shock(full, edge + 1)),
        "island_beyond": _lenders_failing(single_default_shock(walled, edge + 1)),
        "fees_full": _million(full_fees),
        "fees_islands": _million(walled_fees),
    }


def _in_july(feedback: float, spring_fear: float) -> tuple[float, float]:
    """What a world has by the end of 16 July and, left to go on, of the 31st."""
    found, fear = world(feedback, spring_fear), spring_fear * spring_failures()
    days = (JUNE_DAYS, 31)
    daily = self_exciting_failures(found.background, found.rule, feedback, FEAR_LASTS, days, fear)[
        JUNE_DAYS:
    ]
    return float(daily[:16].sum()), float(daily.sum())


def _summer() -> Numbers:
    june, july = facts.load()["P2P-19a"].number, facts.load()["P2P-19b"].number
    states = product((each / 100 for each in range(0, 121, 5)), (0.0, 0.5, 1.0))
    by_16 = np.array([_in_july(*each)[0] for each in states])
    prevented = -brought(world(1.2))
    return {
        "july": number(july, unit="platforms"),
        "times": number((july / JULY_DAYS) / (june / JUNE_DAYS), 1, "times"),
        "times_19": number((july / (JULY_DAYS - 1)) / (june / JUNE_DAYS), 1, "times"),
        "least_16": number(by_16.min(), unit="platforms"),
        "most_16": number(by_16.max(), unit="platforms"),
        "calm_brought": number(brought(world(0.0)), unit="platforms"),
        "wild_july": number(july + prevented, unit="platforms"),
        "wild_prevented": number(prevented, unit="platforms"),
    }


def _other_summers() -> Numbers:
    """The same two counts with another fear on 1 June, or one that lasts longer."""
    june, july = facts.load()["P2P-19a"].number, facts.load()["P2P-19b"].number
    slow = fit_two_counts(1.2, 2 * FEAR_LASTS, (june, july))
    return {
        "spring": number(SPRING_DAYS * spring_failures() / 5, unit="platforms a month"),
        "spring_day": number(spring_failures(), 1, "platforms a day"),
        "half_brought": number(brought(world(1.2, 0.5)), unit="platforms"),
        "spring_brought": number(brought(world(1.2, 1.0)), unit="platforms"),
        "third_prevented": number(-brought(world(1.2, 1 / 3)), unit="platforms"),
        "slow_brought": number(brought(slow), unit="platforms"),
    }


def _whole_july() -> Numbers:
    """What the end of the month asks of the same worlds, if the change goes on as it began."""
    early, counted = (facts.load()[f"P2P-19{each}"].number for each in "cb")
    whole, elsewhere = (facts.load()[f"P2P-23{each}"].number for each in "ab")
    enough, in_spring = (
        brentq(lambda each: _in_july(each, fear)[1] - whole, 1.0, 1.6)  # noqa: B023
        for fear in (0.0, 1.0)
    )
    return {
        "pace_first": number(early / 16, unit="platforms a day"),
        "pace_burst": number((counted - early) / (JULY_DAYS - 16), unit="platforms a day"),
        "pace_last": number((whole - counted) / (31 - JULY_DAYS), unit="platforms a day"),
        "whole_calm": number(_in_july(0.0, 0.0)[1], unit="platforms"),
        "whole_wild": number(_in_july(1.2, 0.0)[1], unit="platforms"),
        "enough": number(100 * enough, unit="failures"),
        "enough_prevented": number(-brought(world(enough)), unit="platforms"),
        "enough_spring": number(100 * in_spring, unit="failures"),
        "enough_brought": number(brought(world(in_spring, 1.0)), unit="platforms"),
        "whole_so": _caused_where_july_ends(whole - 2.0, elsewhere + 2.0),
        "whole_so_wide": _caused_where_july_ends(0.95 * whole, 1.05 * elsewhere),
    }


def _caused_where_july_ends(least: float, most: float) -> Quantity:
    """In which share of the statement's cases whose July ends between two counts it is so."""
    places = qmc.Sobol(len(CHANGE.ranges), seed=_SEED).random(_CASES).T
    draw = {each.name: each.at(at) for each, at in zip(CHANGE.ranges, places, strict=True)}
    true, taken = CHANGE.tried(draw)
    month = Summer.of(draw).month
    return percent(float(np.mean(true[taken & (month >= least) & (month <= most)])))


def _so_where(statement: Statement, more: Callable[[Draw], Truth]) -> Quantity:
    """In which share of the cases of one kind a statement is so."""

    def inside(draw: Draw) -> Truth:
        assert statement.inside is not None
        return np.asarray(statement.inside(draw) & more(draw))

    counted = tally(replace(statement, inside=inside), Design.AS_GIVEN, (), POINTS)
    return percent(counted.share)


def _walls_save(loss: float) -> bool:
    return bool(WALLS.truth(WALLS.state({"loss": np.full(1, loss)}))[0])


def _turns() -> Numbers:
    """What the counts of the headline statements hide."""
    loss = bisect(lambda each: 0.5 - _walls_save(each), 10.5, 21.0)
    return {
        "walls_loss": _million(loss, 1),
        "walls_cheap": _so_where(WALLS, lambda draw: draw["cost"] < 0.032),
    }


def _mississippi() -> Numbers:
    table = closed_doors()
    south, north = (table[each].to_numpy(dtype=float) for each in ("Atlanta", "St. Louis"))
    gap = [number(each, unit="points") for each in north - south]
    south_banks, south_left, north_banks, north_left = (
        facts.load()[f"RUN-01{each}"].number for each in "abcd"
    )
    return {
        "atlanta": Quantity(south[1], "%", 1, with_unit=True),
        "st_louis": Quantity(north[1], "%", 1, with_unit=True),
        "gap_panic": gap[1],
        "gap_before": gap[0],
        "gap_did": number(gap[1].value - gap[0].value, unit="points"),
        "gap_after": gap[2],
        "share_south": percent((south_banks - south_left) / south_banks),
        "share_north": percent((north_banks - north_left) / north_banks),
    }


def _run() -> Numbers:
    return {
        "needs": of_100(PLATFORM.early_needs, unit="savers of 100"),
        "cash": of_100(PLATFORM.cash_share, unit="yuan of 100"),
        "fetch": of_100(PLATFORM.sale_price, unit="yuan for 100"),
        "returns": of_100(PLATFORM.long_return, unit="yuan for 100"),
        "raised": of_100(PLATFORM.raised_at_once, unit="yuan of 100"),
        "tips": of_100(tipping_point(), unit="savers of 100"),
    }


def _on_average(payoff: Callable[..., float | Array], contract: DepositContract) -> Quantity:
    """What a choice brings if any share of the others may leave, from those in need to all."""
    mean, _ = quad(lambda share: float(payoff(share, contract)), contract.early_needs, 1)
    return of_100(mean / (1.0 - contract.early_needs), unit="yuan for 100")


def _theory_of_runs() -> Numbers:
    textbook = optimal_deposit_contract(2.0, 0.25, 2.0)
    contracts = [DepositContract(long_return=each, sale_price=0.9) for each in (1.1, 2.0)]
    thin, thick = (run_thresholds(each) for each in contracts)
    return {
        "thin_wait": _on_average(wait_payoff, contracts[0]),
        "thin_leave": _on_average(leave_payoff, contracts[0]),
        "early": number(textbook.early, 2, "yuan for each yuan"),
        "late": number(textbook.late, 2, "yuan for each yuan"),
        "textbook_tips": percent(tipping_point(TEXTBOOK)),
        "alone": percent(thin.lower_dominance),
        "thick_alone": percent(thick.lower_dominance),
        "thick_together": percent(thick.global_game),
    }


def _walls_gain(cost: float) -> float:
    """What savers of the islands get, after one unit more, beyond those of the complete network."""
    frictions = Frictions(1.0 - cost, 1.0 - cost)
    shock = TOWN.total_surplus + 1
    full, walled = (
        single_default_shock(each, shock, TOWN, frictions)
        for each in (circle(TOWN.count - 1), islands(5))
    )
    return _savers_lose(full) - _savers_lose(walled)


def _solutions_on_lenders() -> Numbers:
    fat, small = EqualFirms(surplus=1.5), EqualFirms(mutual_debt=19.0)
    edge = fat.total_surplus
    hurt = single_default_shock(circle(19, small), 30, small)
    four, five = (single_default_shock(islands(4), each) for each in (4, 5))
    return {
        "ex_fat": _lenders_failing(single_default_shock(circle(19, fat), edge + 1, fat)),
        "ex_fat_debt": _million(contagion_free_debt(fat), 1),
        "ex_fat_edge": _million(edge),
        "ex_small": _lenders_failing(hurt),
        "ex_small_savers": _million(_savers_lose(hurt, small)),
        "ex_four": _lenders_failing(four),
        "ex_four_more": _lenders_failing(five),
        "ex_walls": percent(brentq(_walls_gain, 0.0, 0.1), 1),
    }


def _cancelled(debtor: str, creditor: str) -> Quantity:
    """How many firms of the town fail once a debt is cancelled."""
    town = market_town(_LOST)
    debts = town.liabilities.toarray()
    debts[NAMES.index(debtor), NAMES.index(creditor)] = 0
    cleared = clear(Firms(debts, town.outside_assets, town.outside_debts, town.stock))
    return number(cleared.failures, unit="firms")


def _solutions_on_towns() -> Numbers:
    none = np.zeros(2)
    pair = clear(Firms([[0, 6], [10, 0]], np.array([5, 1]), none, none))
    price = brentq(lambda each: tipping_point(DepositContract(sale_price=each)) - 0.5, 0.7, 0.99)
    return {
        "ex_first": number(pair.paid_inside[0]),
        "ex_second": number(pair.paid_inside[1]),
        "ex_keeps": number(pair.equity[0]),
        "ex_price": of_100(price, unit="yuan for 100"),
        "ex_town": number(clear(market_town(_LOST)).failures, unit="firms"),
        "ex_town_lender": _cancelled("Wholesaler", "Platform lender"),
        "ex_town_bank": _cancelled("Platform lender", "Bank"),
    }


def _chance() -> Numbers:
    """How often chance alone makes the north lose as many more banks as it did."""
    south, south_left, north, north_left = (
        int(facts.load()[f"RUN-01{each}"].number) for each in "abcd"
    )
    lost = south - south_left + north - north_left
    chance, more = lost / (south + north), (north - north_left) - (south - south_left)
    drawn = np.random.default_rng(_SEED).binomial([south, north], chance, size=(_DRAWS, 2))
    return {"ex_chance": percent(float(np.mean(drawn[:, 1] - drawn[:, 0] >= more)))}
