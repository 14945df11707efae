"""The numbers that the text of the chapter on supply-chain finance says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.optimize import minimize_scalar

from figures.numbers import Numbers, number, of_100, percent
from figures.supply_chain.sales_loan import both_plans, counters
from netfin.arrays import bisect
from netfin.checks import Array
from netfin.lending import BANK, break_even_rate
from netfin.newsvendor import SampleDemand
from netfin.supply_chain.inventory_loan import (
    POSTED_RATE,
    SEASON,
    break_even_sales,
    efficient_order,
    loss_of_total,
    order_at_rate,
    posted_rate,
    priced_to_order,
    strategic_bank,
)
from netfin.supply_chain.invoices import (
    INVOICE,
    LARGE_BUYER,
    chance_to_lose,
    longest_term,
    selling_cost,
    waiting_cost,
)
from netfin.supply_chain.pledges import pledged_again
from netfin.supply_chain.sales_loan import SHOP
from netfin.supply_chain.trade_credit import (
    cash_conversion_cycle,
    cash_tied_up,
    debt_capacity,
    trade_credit_rate,
)

_GOODS_A_DAY = 2_000  # yuan
_OWN_FUNDS, _EARNS, _ASKED = 20_000, 0.10, 0.07
_CASH, _GOODS = 0.40, 0.15  # diverted, of cash and of goods
_LITTLE = 4_000.0  # yuan of one's own
_MILD, _HARD = 0.3, 0.4  # of sales lost
_LENDERS = 3


def numbers() -> Numbers:
    """Compute all that the chapter says, by name."""
    return {
        **_waiting(),
        **_lent_to_whom(),
        **_invoice(),
        **_longer_terms(),
        **_season(),
        **_poorest(),
        **_other_banks(),
        **_shop(),
        **_bad_half_years(),
        **_other_shops(),
        **_pledges(),
        **_obligors(),
        **_exercises(),
    }


def _waiting() -> Numbers:
    store, platform, buyer = (
        float(cash_conversion_cycle(*days)) for days in ((45, 60, 15), (45, 7, 15), (30, 1, 60))
    )
    return {
        "cycle": number(store, 0, "days"),
        "store": number(-buyer, 0, "days"),
        "tied": number(float(cash_tied_up(store, _GOODS_A_DAY)), 0, "yuan"),
        "tied_platform": number(float(cash_tied_up(platform, _GOODS_A_DAY)), 0, "yuan"),
    }


def _lent_to_whom() -> Numbers:
    price = trade_credit_rate(0.02, 10, 30)
    cash, goods = (
        float(debt_capacity(_OWN_FUNDS, _EARNS, _ASKED, part)) for part in (_CASH, _GOODS)
    )
    return {
        "simple": percent(float(price.simple), 1),
        "effective": percent(float(price.effective), 1),
        "cash_limit": number(cash, 0, "yuan"),
        "goods_limit": number(goods, 0, "yuan"),
        "times": number(goods / cash, 1, "times"),
    }


def _invoice() -> Numbers:
    before, now = float(waiting_cost(INVOICE.days)), float(selling_cost(INVOICE.days))
    neighbour = replace(INVOICE, supplier_rate=0.06)
    return {
        "buyer_pd": percent(float(LARGE_BUYER.default_probability), 1),
        "bank_rate": percent(float(break_even_rate(BANK)), 2),
        "programme": percent(INVOICE.programme_rate, 2),
        "her_rate": percent(float(INVOICE.supplier_rate)),
        "before": number(before, 0, "yuan"),
        "now": number(now, 0, "yuan"),
        "saved": number(before - now, 0, "yuan"),
        "fee": number(INVOICE.fee * INVOICE.amount, 0, "yuan"),
        "longest": number(float(longest_term()), 0, "days"),
        "poor_bank": number(float(longest_term(neighbour)), 0, "days"),
    }


def _longer_terms() -> Numbers:
    """The longest terms of Carillion, at its programme's 2 %; and a programme that closes."""
    old, new, programme = 65.0, 120.0, 0.02
    carillion = replace(
        INVOICE,
        days=old,
        approval_days=0.0,
        programme_rate=programme,
        fee=0.0,
        supplier_rate=0.09,
    )
    closed = float(waiting_cost(INVOICE.days + 30)) - float(waiting_cost(INVOICE.days))
    return {
        "longest_days": number(INVOICE.days, 0, "days"),
        "carillion_needed": percent(programme * new / old, 1),
        "carillion_longest": number(float(longest_term(carillion)), 0, "days"),
        "closed": number(closed, 0, "yuan"),
    }


def _season() -> Numbers:
    best, cost = float(efficient_order()), SEASON.cost * (1.0 + SEASON.money_cost)
    return {
        "season_price": number(SEASON.price, 0, "yuan"),
        "season_cost": number(SEASON.cost, 0, "yuan"),
        "season_left": number(SEASON.salvage, 0, "yuan"),
        "money": percent(SEASON.money_cost, 2),
        "posted": percent(POSTED_RATE, 2),
        "best": number(best, 0, "pieces"),
        "full": number(SEASON.cost * best, 0, "yuan"),
        "gain": number(SEASON.price - cost, 0, "yuan"),
        "loss": number(cost - SEASON.salvage, 0, "yuan"),
    }


def _poorest() -> Numbers:
    poor, fair, best = posted_rate(0.0), priced_to_order(0.0), float(efficient_order())
    order, pays = float(poor.order), _bank_breaks_even_at()
    return {
        "poor_order": number(order, 0, "pieces"),
        "poor_more": percent(order / best - 1.0),
        "poor_default": of_100(float(poor.default_probability)),
        "poor_k": number(float(break_even_sales(order, 0.0, POSTED_RATE)), 0, "pieces"),
        "poor_bank_loses": number(-float(poor.lender_profit), 0, "yuan"),
        "poor_gain": number(float(poor.shop_gain - fair.shop_gain), 0, "yuan"),
        "poor_wasted": number(float(loss_of_total(poor)), 0, "yuan"),
        "pays": number(pays, 0, "yuan"),
        "pays_share": percent(pays / (SEASON.cost * best)),
    }


def _bank_breaks_even_at() -> float:
    """Find the shop's own cash from which the posted rate pays the bank, yuan."""

    def bank_gains(cash: Array) -> Array:
        return np.asarray(posted_rate(cash).lender_profit)

    return float(bisect(bank_gains, 0.0, 30_000.0))


def _other_banks() -> Numbers:
    alone = strategic_bank(_LITTLE)
    return {
        "fair_rate": percent(float(priced_to_order(0.0).rate), 1),
        "small_order": number(float(posted_rate(_LITTLE).order), 0, "pieces"),
        "alone_order": number(float(alone.order), 0, "pieces"),
        "alone_rate": percent(float(alone.rate)),
        "alone_lost": number(float(loss_of_total(alone)), 0, "yuan"),
        "nothing_order": number(float(strategic_bank(0.0).order), 0, "pieces"),
    }


def _shop() -> Numbers:
    flows = np.stack(list(counters().values()))
    swing = flows.std(axis=1)
    quiet = both_plans(0.0, cash=0.1, flow=flows)
    return {
        "margin": percent(SHOP.gross_margin),
        "instalment": percent(SHOP.instalment),
        "overhead": percent(SHOP.overhead),
        "surplus": percent(SHOP.surplus),
        "mild_depth": percent(_MILD),
        "hard_depth": percent(_HARD),
        "swing_low": of_100(swing.min(), 0, "%"),
        "swing_high": percent(swing.max()),
        "all_quiet": number(min(int(year.survived.min()) for year in quiet), 0, "weeks"),
    }


def _bad_half_years() -> Numbers:
    mild, hard = (both_plans(depth) for depth in (_MILD, _HARD))
    return {
        "mild_fixed": number(int(mild[0].survived), 0, "weeks"),
        "mild_had": percent(float(mild[0].repaid_share)),
        "mild_repaid": percent(float(mild[1].repaid_share)),
        "hard_fixed": number(int(hard[0].survived), 0, "weeks"),
        "hard_share": number(int(hard[1].survived), 0, "weeks"),
        "hard_had": percent(float(hard[0].repaid_share)),
        "hard_had_share": percent(float(hard[1].repaid_share)),
    }


def _other_shops() -> Numbers:
    """A shop at home that owes twice as much, one with more rent, and the other counters."""
    home, rent = (both_plans(_HARD, part * SHOP.instalment) for part in (2.0, 0.5))
    fixed, share = both_plans(_HARD, flow=np.stack(list(counters().values())))
    longer = share.survived - fixed.survived
    return {
        "home_share": percent(float(home[1].repaid_share)),
        "rent_fixed": number(int(rent[0].survived), 0, "weeks"),
        "rent_share": number(int(rent[1].survived), 0, "weeks"),
        "least_every": number(int(longer.min()), 0, "weeks"),
        "most_every": number(int(longer.max()), 0, "weeks"),
    }


def _pledges() -> Numbers:
    three, half, all_listed = (pledged_again(_LENDERS, part) for part in (0.0, 0.5, 1.0))
    alike = pledged_again(_LENDERS, 0.5, priority=False)
    return {
        "pledge_lent": of_100(three.lent, 0, "yuan"),
        "pledge_lost": percent(three.loss_share),
        "pledge_out": percent(half.loss_share_outside or 0.0),
        "pledge_in": percent(alike.loss_share_inside or 0.0),
        "pledge_loans": number(half.loans, 1, "loans"),
        "pledge_all": number(all_listed.loans, 0, "loans"),
    }


def _obligors() -> Numbers:
    spread_out, lumped = (float(chance_to_lose(0.05, share)) for share in (0.0, 0.2))
    return {
        "spread_odds": f"{number(1e-6 / spread_out)} million",
        "lumped_odds": number(1.0 / lumped, 0, "years"),
    }


def _exercises() -> Numbers:
    one_ten, nine = trade_credit_rate(0.01, 10, 30), replace(INVOICE, supplier_rate=0.09)
    even = SampleDemand(np.linspace(0, 2000, 20_001))
    rich = 2000 * (1.0 - float(SEASON.hurdle(SEASON.money_cost)))
    return {
        "ex_simple": percent(float(one_ten.simple), 1),
        "ex_effective": percent(float(one_ten.effective), 1),
        "ex_nine": number(float(longest_term(nine)), 0, "days"),
        "ex_nine_free": number(float(longest_term(replace(nine, fee=0.0))), 0, "days"),
        "ex_a": number(float(SEASON.hurdle(POSTED_RATE)), 3),
        "ex_even_poor": number(float(order_at_rate(0.0, POSTED_RATE, demand=even)), 0, "pieces"),
        "ex_even_rich": number(rich, 0, "pieces"),
        "ex_peak": percent(_most_lost_outside()),
    }


def _most_lost_outside() -> float:
    """Find the most that a lender outside the registry loses, over all coverages."""
    found = minimize_scalar(
        lambda coverage: -(pledged_again(_LENDERS, coverage).loss_share_outside or 0.0),
        bounds=(0.0, 1.0),
        method="bounded",
        options={"xatol": 1e-9},
    )
    if not found.success:
        raise ArithmeticError("the coverage at which most is lost was not found")
    return -float(found.fun)
