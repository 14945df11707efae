"""The numbers that the text of the chapter on supply-chain finance says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.optimize import minimize_scalar

from figures.numbers import Numbers, Quantity, number, of_100, percent
from figures.supply_chain.poorest_shop import bank_breaks_even_at, order_is_best_at
from figures.supply_chain.sales_loan import both_plans, counters
from netfin import facts
from netfin.arrays import bisect
from netfin.checks import Array
from netfin.lending import BANK, break_even_rate
from netfin.newsvendor import GammaDemand, SampleDemand
from netfin.supply_chain.inventory_loan import (
    SeasonLoan,
    break_even_sales,
    efficient_order,
    order_at_rate,
    settle,
)
from netfin.supply_chain.invoices import (
    INVOICE,
    LARGE_BUYER,
    chance_to_lose,
    longest_term,
    reverse_factoring,
    selling_cost,
    waiting_cost,
)
from netfin.supply_chain.lenders import loss_of_total, posted_rate, priced_to_order, strategic_bank
from netfin.supply_chain.pledges import Pledged, pledged_again
from netfin.supply_chain.sales_loan import MILD, SHOP, SalesLoanTerms, Year
from netfin.supply_chain.season import POSTED_RATE, SCARVES, SEASON
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
_DEEPER, _HARD = 0.3, 0.4  # of sales lost; MILD is less
_LENDERS = 3
_FORESEEN = 400.0  # pieces, give or take
_THIN = 70.0  # yuan a piece, for goods that cost 60
_LARGER = 0.12  # of normal sales, the instalment of a shop that owes more


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
        "own_cash_limit": number(_own_money_in_cash(), 0, "yuan"),
    }


def _own_money_in_cash() -> float:
    """The limit for goods on credit where the shop's own money can be spent like any cash.

    It repays while (1 + R)(W + L) − (1 + r)L ≥ δ_cash·W + δ_goods·L.
    """
    kept, gap = 1.0 + _EARNS - _CASH, _GOODS + _ASKED - _EARNS
    return _OWN_FUNDS * kept / gap


def _invoice() -> Numbers:
    before, now = float(waiting_cost(INVOICE.days)), float(selling_cost(INVOICE.days))
    neighbour = replace(INVOICE, supplier_rate=0.06)
    return {
        "buyer_pd": percent(float(LARGE_BUYER.default_probability), 1),
        "buyer_handling": percent(float(LARGE_BUYER.operating_cost)),
        "her_handling": percent(float(BANK.operating_cost)),
        "bank_rate": percent(float(break_even_rate(BANK)), 2),
        "programme": percent(float(INVOICE.programme_rate), 2),
        "her_rate": percent(float(INVOICE.supplier_rate)),
        "before": number(before, 0, "yuan"),
        "now": number(now, 0, "yuan"),
        "saved": number(before - now, 0, "yuan"),
        "fee": number(INVOICE.fee * INVOICE.amount, 0, "yuan"),
        "moves": percent(_more_together()),
        "longest": number(float(longest_term()), 0, "days"),
        "poor_bank": number(float(longest_term(neighbour)), 0, "days"),
    }


def _more_together() -> float:
    """By which share all three together gain more after 150 days than after 60."""
    first, last = np.asarray(reverse_factoring(np.array([60.0, 150.0])).total)
    return float(last / first - 1.0)


def _longer_terms() -> Numbers:
    """Carillion's programme at 2 % a year; the usual extension; a programme that closes."""
    old, new, refunded, programme = 65.0, 120.0, 45.0, 0.02
    closed = float(waiting_cost(INVOICE.days + 30)) - float(waiting_cost(INVOICE.days))
    return {
        "longest_days": number(INVOICE.days, 0, "days"),
        "carillion_needed": percent(programme * new / old, 1),
        "carillion_refunded": percent(programme * refunded / old, 1),
        "carillion_old": percent(programme),
        "usual_days": number(INVOICE.days + facts.load()["SCF-25a"].number, 0, "days"),
        "british_days": number(INVOICE.days + facts.load()["SCF-25b"].number, 0, "days"),
        "usual_needed": percent(_worth_it_from(facts.load()["SCF-25a"].number), 1),
        "british_needed": percent(_worth_it_from(facts.load()["SCF-25b"].number), 1),
        "closed": number(closed, 0, "yuan"),
        "retailer_longest": number(_gone_at_the_retailer_s_price(), 0, "days"),
    }


def _gone_at_the_retailer_s_price() -> float:
    """Find the term that takes Ms Lin's gain where the programme costs what a retailer asked.

    Its commission is in the price.
    """
    asked = facts.load()["SCF-27a"].number / 100.0
    return float(longest_term(replace(INVOICE, programme_rate=asked, fee=0.0)))


def _worth_it_from(longer: float) -> float:
    """Find the rate of her own from which Ms Lin gains though the store pays days later."""

    def gains(rate: Array) -> Array:
        terms = replace(INVOICE, supplier_rate=rate)
        return np.asarray(
            waiting_cost(INVOICE.days, terms) - selling_cost(INVOICE.days + longer, terms)
        )

    return float(bisect(gains, INVOICE.programme_rate, 1.0))


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
    order = float(poor.order)
    return {
        "poor_order": number(order, 0, "pieces"),
        "poor_more": percent(order / best - 1.0),
        "poor_default": of_100(float(poor.default_probability)),
        "poor_k": number(float(break_even_sales(order, 0.0, POSTED_RATE)), 0, "pieces"),
        "poor_bank_loses": number(-float(poor.lender_profit), 0, "yuan"),
        "poor_gain": number(float(poor.shop_gain - fair.shop_gain), 0, "yuan"),
        "poor_wasted": number(float(loss_of_total(poor)), 0, "yuan"),
        **_own_money(),
        **_of_which(-float(poor.lender_profit)),
        **_thin(),
        **_foreseen(),
    }


def _of_which(lost: float) -> Numbers:
    """What the bank loses on a sensible order, by the larger one, and at a dearer rate for all."""
    best = float(efficient_order())
    sensible = settle(0.0, best, POSTED_RATE)
    dear = posted_rate(0.0, priced_to_order(0.0).rate)
    return {
        "sensible_default": of_100(float(sensible.default_probability)),
        "sensible_loss": number(-float(sensible.lender_profit), 0, "yuan"),
        "larger_loss": number(lost + float(sensible.lender_profit), 0, "yuan"),
        "dear_order": number(float(dear.order), 0, "pieces"),
        "dear_loss": number(-float(dear.lender_profit), 0, "yuan"),
    }


def _thin() -> Numbers:
    """The shop without cash where a piece earns little."""
    season = replace(SEASON, price=_THIN)
    times = float(posted_rate(0.0, season=season).order) / float(efficient_order(season))
    return {"thin_price": number(_THIN, 0, "yuan"), "thin_times": number(times, 1, "times")}


def _foreseen() -> Numbers:
    """The shop without cash where demand is easier to foresee."""
    demand = GammaDemand(SCARVES.mean, _FORESEEN)
    poor, best = posted_rate(0.0, demand=demand), float(efficient_order(demand=demand))
    return {
        "foreseen": number(_FORESEEN, 0, "pieces"),
        "foreseen_more": percent(float(poor.order) / best - 1.0),
        "foreseen_lost": number(float(loss_of_total(poor, demand=demand)), 0, "yuan"),
        "foreseen_gain": number(float(poor.lender_profit), 0, "yuan"),
        "foreseen_default": of_100(float(poor.default_probability)),
        "foreseen_back": percent(_brought_back(poor)),
    }


def _brought_back(loan: SeasonLoan) -> float:
    """Of what is owed, the share that comes back on average in the seasons that do not repay."""
    owed = loan.loan * (1.0 + loan.rate)
    repaid = loan.lender_profit + loan.loan * (1.0 + SEASON.money_cost)
    return float(1.0 - (owed - repaid) / (owed * loan.default_probability))


def _own_money() -> Numbers:
    """With how much of its own the shop costs the bank nothing, and orders what is best."""
    best, pays, cured = float(efficient_order()), bank_breaks_even_at(), order_is_best_at()
    there = posted_rate(pays)
    return {
        "pays": number(pays, 0, "yuan"),
        "pays_share": percent(pays / (SEASON.cost * best)),
        "pays_order": number(float(there.order), 0, "pieces"),
        "pays_default": of_100(float(there.default_probability)),
        "cured": number(cured, 0, "yuan"),
        "cured_share": percent(cured / (SEASON.cost * best)),
    }


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
        "mild_depth": percent(MILD),
        "deeper_depth": percent(_DEEPER),
        "hard_depth": percent(_HARD),
        "swing_low": of_100(swing.min(), 0, "%"),
        "swing_high": percent(swing.max()),
        "all_quiet": number(min(int(year.survived.min()) for year in quiet), 0, "weeks"),
    }


def _bad_half_years() -> Numbers:
    """The beef counter and all five, where a quarter of sales is lost, and where more is."""
    five = np.stack(list(counters().values()))
    beef, hard = both_plans(MILD), both_plans(_HARD)
    fixed, share = both_plans(MILD, flow=five)
    deeper = both_plans(_DEEPER, flow=five)[1]
    cushioned = both_plans(_HARD, cash=2.0, flow=five)
    half = both_plans(MILD, cash=0.5, flow=five)[1]
    return {
        "mild_fixed": number(int(beef[0].survived), 0, "weeks"),
        "mild_had": percent(float(beef[0].repaid_share)),
        "mild_repaid": percent(float(beef[1].repaid_share)),
        "mild_saved": _saved(fixed, share),
        "half_saved": number(int(np.sum(half.survived == 52)), 0, "counters"),
        "deeper_saved": number(int(np.sum(deeper.survived == 52)), 0, "counters"),
        "hard_fixed": number(int(hard[0].survived), 0, "weeks"),
        "hard_share": number(int(hard[1].survived), 0, "weeks"),
        "hard_two_saved": _saved(*cushioned),
    }


def _saved(fixed: Year, share: Year) -> Quantity:
    """Count the counters that live with a share and not with fixed instalments."""
    return number(int(np.sum((share.survived == 52) & (fixed.survived < 52))), 0, "counters")


def _other_shops() -> Numbers:
    """The other counters, a shop that owes more, one at home, and one with more rent."""
    five = np.stack(list(counters().values()))
    home, rent = (both_plans(_HARD, part * SHOP.instalment) for part in (2.0, 0.5))
    fixed, share = both_plans(_HARD, flow=five)
    longer, given_up = share.survived - fixed.survived, fixed.repaid_share - share.repaid_share
    more = both_plans(_HARD, _LARGER, flow=five)
    gained = more[1].repaid_share - more[0].repaid_share
    return {
        "home_share": percent(float(home[1].repaid_share)),
        "home_overhead": percent(SalesLoanTerms(instalment=2.0 * SHOP.instalment).overhead),
        "rent_fixed": number(int(rent[0].survived), 0, "weeks"),
        "rent_share": number(int(rent[1].survived), 0, "weeks"),
        "least_every": number(int(longer.min()), 0, "weeks"),
        "most_every": number(int(longer.max()), 0, "weeks"),
        "least_given": of_100(given_up.min(), 1, "points"),
        "most_given": of_100(given_up.max(), 1, "points"),
        "larger": percent(_LARGER),
        "least_gained": of_100(gained.min(), 1, "points"),
        "most_gained": of_100(gained.max(), 1, "points"),
    }


def _pledges() -> Numbers:
    three, half, all_listed = (pledged_again(_LENDERS, part) for part in (0.0, 0.5, 1.0))
    alike = pledged_again(_LENDERS, 0.5, priority=False)
    return {
        "pledge_lent": of_100(three.lent, 0, "yuan"),
        "pledge_lost": percent(three.loss_share),
        "pledge_out": percent(half.loss_share_outside or 0.0),
        "alike_out": percent(alike.loss_share_outside or 0.0),
        "alike_asked": percent(_lost_of_asked_inside(alike)),
        "pledge_half": percent(half.loss_share),
        "pledge_loans": number(half.loans, 1, "loans"),
        "pledge_all": number(all_listed.loans, 0, "loans"),
    }


def _lost_of_asked_inside(half: Pledged) -> float:
    """Of all that half of the lenders, inside, are asked for, the share that they lose."""
    asked = 0.7 * 0.5 * _LENDERS  # as much again is lent outside, where nobody refuses
    return (half.lost - (half.loss_share_outside or 0.0) * asked) / asked


def _obligors() -> Numbers:
    spread_out, lumped = (float(chance_to_lose(0.05, share)) for share in (0.0, 0.2))
    return {
        "spread_odds": f"{number(1e-6 / spread_out)} million",
        "lumped_odds": number(1.0 / lumped, 0, "years"),
    }


def _exercises() -> Numbers:
    one_ten, nine = trade_credit_rate(0.01, 10, 30), replace(INVOICE, supplier_rate=0.09)
    even = SampleDemand(np.linspace(0, 2000, 20_001))
    rich = 2000 * (1.0 - float(SEASON.hurdle(POSTED_RATE)))
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
