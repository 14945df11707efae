"""The newsvendor with a loan: closed forms, Modigliani and Miller, and who bears what."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from netfin.lending import LendingTerms, break_even_rate
from netfin.newsvendor import GammaDemand, NormalDemand, SampleDemand, order_quantity
from netfin.supply_chain.inventory_loan import (
    break_even_sales,
    efficient_order,
    fair_rate,
    order_at_rate,
    settle,
)
from netfin.supply_chain.lenders import loss_of_total, posted_rate, priced_to_order, strategic_bank
from netfin.supply_chain.season import POSTED_RATE, SCARVES, SEASON, SeasonTerms

FULL = SEASON.cost * efficient_order()
cash_amounts = st.floats(0, 60_000)
rates = st.floats(SEASON.money_cost, 0.5)
spreads = st.floats(200, 1000)


def test_the_money_cost_and_the_posted_rate_are_those_of_the_first_bank():
    assert SEASON.money_cost == pytest.approx(0.02 + 0.105 * 0.10 + 0.02)
    assert pytest.approx(0.0685 / 0.97) == POSTED_RATE


@pytest.mark.parametrize("cash", [0.0, 3000.0, 9000.0])
def test_exponential_demand_has_a_closed_form(cash):
    """1 − F = exp(−x/mean) turns the condition into (1 − a)Q = −mean·ln a − B(1 + r)/(P − v)."""
    demand, rate = GammaDemand(1000, 1000), 0.08
    a = (60 * 1.08 - 20) / 80
    order = (-1000 * np.log(a) - cash * 1.08 / 80) / (1 - a)

    assert order_at_rate(cash, rate, demand=demand) == pytest.approx(order)


def test_uniform_demand_without_cash_has_a_closed_form():
    """1 − Q = a(1 − aQ) gives Q = 1/(1 + a), against 1 − a with cash of one's own."""
    demand = SampleDemand(np.linspace(0, 1000, 200_001))
    a = SEASON.hurdle(0.2)

    assert order_at_rate(0.0, 0.2, demand=demand) == pytest.approx(1000 / (1 + a), abs=0.02)


@given(cash_amounts, rates, spreads)
def test_no_other_order_gives_the_shop_more(cash, rate, sd):
    demand = GammaDemand(1000, sd)
    order = order_at_rate(cash, rate, demand=demand)
    others = np.concatenate([np.linspace(0, 4000, 81), [0.999 * order, 1.001 * order]])

    best = settle(cash, order, rate, demand=demand).shop_gain
    assert best >= settle(cash, others, rate, demand=demand).shop_gain.max() - 1e-6
    assert best >= -1e-9


@given(st.floats(0, 40_000), st.floats(1, 20_000), rates, spreads)
def test_the_poorer_shop_that_borrows_orders_more(cash, more, rate, sd):
    demand = GammaDemand(1000, sd)
    poor, rich = (posted_rate(c, rate, demand=demand) for c in (cash, cash + more))
    assume(rich.loan > 1e-6)

    assert poor.order >= rich.order - 1e-6
    assert poor.default_probability >= rich.default_probability - 1e-9


def test_the_poorest_shop_orders_far_too_much_and_the_bank_loses():
    """By hand: 80·(1 − F(1137)) = 44.24·(1 − F(629)) with this gamma; checked by simulation."""
    loan = posted_rate(0.0)
    draws = np.random.default_rng(7).gamma(SCARVES.shape, SCARVES.scale, 1_000_000)
    brought = 20 * loan.order + 80 * np.minimum(draws, loan.order)
    repaid = np.minimum(brought, loan.loan * (1 + POSTED_RATE))
    profit = repaid.mean() - loan.loan * (1 + SEASON.money_cost)

    assert loan.order > 1.5 * efficient_order()
    assert loan.lender_profit == pytest.approx(profit, abs=150)
    assert loan.lender_profit < -7000
    assert loan.default_probability == pytest.approx(
        (brought < loan.loan * (1 + POSTED_RATE)).mean(), abs=0.002
    )


def test_a_shop_with_cash_enough_is_the_plain_newsvendor():
    loan = posted_rate(2 * FULL)

    assert loan.order == efficient_order()
    assert loan.order == pytest.approx(
        order_quantity(100, 60 * (1 + SEASON.money_cost), 20, SCARVES)
    )
    assert (loan.loan, loan.default_probability, loan.lender_profit) == (0, 0, 0)
    assert loan.shop_gain == pytest.approx(loan.total)
    assert loss_of_total(loan) == pytest.approx(0)


def test_thin_margins_and_worthless_left_overs_make_it_worse_and_lasting_goods_undo_it():
    def more(**changed):
        season = SeasonTerms(**changed)
        return posted_rate(0.0, season=season).order / efficient_order(season) - 1

    assert (
        more(price=70.0) > more(price=80.0) > more() > more(salvage=40.0) > 0 > more(salvage=58.0)
    )
    assert more(salvage=0.0) > more()


def test_between_the_two_rates_a_shop_spends_its_cash_and_borrows_nothing():
    loan = posted_rate(0.99 * FULL, 0.3)

    assert loan.order == pytest.approx(0.99 * efficient_order())
    assert loan.loan == pytest.approx(0)


def test_at_a_rate_that_eats_the_margin_nobody_borrows():
    assert order_at_rate(6000.0, 0.7) == pytest.approx(100)


@given(cash_amounts, spreads)
def test_priced_to_the_order_cash_does_not_matter(cash, sd):
    """Modigliani and Miller: the same order and the same gain for rich and poor."""
    demand = GammaDemand(1000, sd)
    poor, rich = priced_to_order(cash, demand=demand), priced_to_order(1e6, demand=demand)

    assert poor.order == pytest.approx(rich.order)
    assert poor.shop_gain == pytest.approx(rich.shop_gain, abs=1e-6)
    assert poor.lender_profit == pytest.approx(0, abs=1e-6)


@given(st.floats(0, 40_000), st.floats(0.7, 1.3))
def test_no_other_order_at_its_fair_rate_gives_the_shop_more(cash, share):
    order = share * efficient_order()
    other = settle(cash, order, fair_rate(cash, order))

    assert other.lender_profit == pytest.approx(0, abs=1e-6)
    assert priced_to_order(cash).shop_gain >= other.shop_gain - 1e-6


def test_the_fair_rate_is_the_break_even_rate_of_the_first_chapter():
    """With the PD and LGD of this order, and money, handling and capital in one cost h."""
    loan = priced_to_order(2000.0)
    sales = break_even_sales(loan.order, 2000.0, loan.rate)
    in_default = 20 * loan.order + 80 * SampleDemand(
        SCARVES.quantile((np.arange(200_000) + 0.5) / 200_000 * SCARVES.below(sales))
    ).expected_sales(sales)
    terms = LendingTerms(
        default_probability=loan.default_probability,
        loss_given_default=1 - in_default / loan.loan,
        funding_rate=SEASON.money_cost,
        operating_cost=0.0,
        capital_ratio=0.0,
    )

    assert break_even_rate(terms) == pytest.approx(loan.rate, rel=1e-3)


@settings(max_examples=10)
@given(st.floats(0.05, 0.9), st.floats(400, 900))
def test_the_only_bank_earns_most_and_makes_the_shop_order_too_little(part, sd):
    """Dada and Hu 2008, with a part of the money for the efficient order in hand."""
    demand = GammaDemand(1000, sd)
    cash = part * SEASON.cost * efficient_order(demand=demand)
    alone = strategic_bank(cash, demand=demand, steps=30)
    others = posted_rate(cash, np.linspace(SEASON.money_cost, 0.66, 50), demand=demand)

    assert alone.lender_profit >= others.lender_profit.max() - 1e-6
    assert alone.order < efficient_order(demand=demand)


def test_the_only_bank_asks_less_of_the_shop_with_more_cash():
    """Dada and Hu 2008: the rate falls with the shop's own money."""
    asked = strategic_bank(np.linspace(500, 40_000, 12)).rate

    assert np.all(np.diff(asked) < 0)


def test_even_the_only_bank_cannot_hold_back_a_shop_with_nothing_to_lose():
    loan = strategic_bank(0.0)

    assert loan.order > efficient_order()
    assert loan.shop_gain == pytest.approx(0, abs=1)
    assert loan.rate == pytest.approx(100 / 60 - 1, abs=1e-5)


@given(cash_amounts, st.floats(0, 3000), rates)
def test_what_shop_and_lender_gain_is_what_the_order_gains(cash, order, rate):
    loan = settle(cash, order, rate)
    demand = SCARVES.expected_sales(order)
    whole = 20 * order + 80 * demand - 60 * (1 + SEASON.money_cost) * order

    assert loan.total == pytest.approx(whole, abs=1e-6)


def test_arrays_go_through_at_once():
    cash = np.array([0.0, 5000.0, 50_000.0])
    for way in (posted_rate, priced_to_order, strategic_bank):
        loans = way(cash)
        for i, own in enumerate(cash):
            alone = way(own)
            assert [each[i] for each in loans] == pytest.approx(list(alone), rel=1e-6, abs=1e-3)


def test_of_a_sample_with_a_gap_the_best_observation_is_ordered():
    """Sixty seasons of 100 and forty of 2,000: the condition holds at 100, the shop wants 2,000."""
    demand = SampleDemand([100.0] * 60 + [2000.0] * 40)
    order = order_at_rate(20_000.0, POSTED_RATE, demand=demand)
    gains = [settle(20_000.0, each, POSTED_RATE, demand=demand).shop_gain for each in (100, 2000)]

    assert order == 2000
    assert gains[1] > gains[0]
    assert gains[1] == pytest.approx(
        0.4 * (200_000 - 100_000 * (1 + POSTED_RATE)) - 20_000 * 1.0505
    )


@given(
    st.lists(st.integers(0, 60).map(float), min_size=1, max_size=12),
    st.floats(0, 2000),
    rates,
)
def test_of_any_sample_no_other_order_gives_the_shop_more(observed, cash, rate):
    demand = SampleDemand(np.array(observed))
    best = posted_rate(cash, rate, demand=demand)
    others = settle(cash, np.linspace(0, 80, 161), rate, demand=demand)

    assert best.shop_gain >= others.shop_gain.max() - 1e-9


def test_other_demands_serve_too():
    demand = NormalDemand(1000, 250)

    assert order_at_rate(0.0, 0.07, demand=demand) > order_at_rate(20_000.0, 0.07, demand=demand)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: posted_rate(-1.0), r"cash must be a number from 0 to 1e\+15, not -1"),
        (lambda: order_at_rate(0.0, 0.01), "rate must be at least the money_cost 0.05"),
        (lambda: settle(0.0, float("inf"), 0.1), "order must be a number from 0 to .*, not inf"),
        (
            lambda: fair_rate(0.0, 1e308),
            r"order must be a number from 0 to .*, not 1e\+308",
        ),
        (
            lambda: break_even_sales(1e308, 0.0, 0.1),
            r"order must be a number from 0 to .*, not 1e\+308",
        ),
        (lambda: fair_rate(0.0, 5000.0), "order must bring in what is lent on it, but 5000.0"),
        (
            lambda: SeasonTerms(money_cost=0.7),
            r"cost·\(1 \+ money_cost\) must be above the salvage 20 and below the price 100",
        ),
        (lambda: settle(0.0, 100.0, -1.0), "rate must be a number from 0 to .*, not -1"),
        (lambda: break_even_sales(-5.0, 0.0, 0.1), "order must be a number from 0 to .*, not -5"),
        (
            lambda: order_at_rate(5000.0, 0.07, demand=GammaDemand(1000, 3000)),
            "demand must have a hazard rate that does not fall",
        ),
    ],
)
def test_what_makes_no_loan_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_the_only_bank_in_town_lends_nothing_where_it_would_lose():
    """At a price of 70 and no cash its best rate would lose it 5,131 yuan; not lending, none."""
    thin = SeasonTerms(price=70.0)
    found = strategic_bank(np.array([0.0, 4000.0, 20_000.0]), thin)

    assert posted_rate(0.0, 0.1666665, thin).lender_profit < -5000
    assert found.lender_profit[0] == found.loan[0] == found.order[0] == 0
    assert found.lender_profit[1] > 400
    assert found.order[2] == pytest.approx(efficient_order(thin))
    lean = strategic_bank(2000.0, SeasonTerms(price=63.1))
    assert lean.lender_profit >= 0
    assert lean.order == pytest.approx(efficient_order(SeasonTerms(price=63.1)))


def test_where_nothing_will_sell_nothing_is_ordered_and_nothing_lent():
    nothing = SampleDemand([0.0])
    loan = priced_to_order(0.0, demand=nothing)

    assert loan.order == loan.loan == loan.shop_gain == 0
    assert loan.rate == SEASON.money_cost


@pytest.mark.parametrize(
    "call",
    [
        lambda demand: order_at_rate(0.0, 0.1, demand=demand),
        lambda demand: settle(0.0, 900.0, 0.1, demand=demand),
        lambda demand: fair_rate(np.zeros(3), 900.0, demand=demand),
        lambda demand: posted_rate(np.zeros(3), demand=demand),
        lambda demand: strategic_bank(np.zeros(3), demand=demand),
        lambda demand: priced_to_order(np.zeros(3), demand=demand),
    ],
)
def test_a_loan_takes_one_demand_and_says_so(call):
    with pytest.raises(ValueError, match=r"^demand must be one distribution, not an array of sh"):
        call(GammaDemand(np.full(2, 1000.0), 400.0))


def test_an_order_and_a_demand_that_do_not_match_are_named():
    with pytest.raises(ValueError, match=r"price \(3,\), demand \(2,\)"):
        order_quantity(np.array([2.0, 3, 4]), 1.0, 0.0, GammaDemand(np.ones(2), 1.0))
