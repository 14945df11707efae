"""One batch, three ways to pay for it: money conserved, prices that break even, limits."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from netfin.lending import BANK, LendingTerms, break_even_rate
from netfin.newsvendor import GammaDemand, expected_profit
from netfin.pre_orders.batch import BATCH, BatchTerms, Way
from netfin.pre_orders.batch_funding import Price, bridge, price_of_money, prospect, split

PRICE = price_of_money()
demands = st.floats(0, 3000)
shares = st.floats(0, 1)


def scenarios(terms=BATCH, count=10_000):
    """Demand at the middles of equally likely slices, usable share, and the odds of each pair."""
    slices = (np.arange(count) + 0.5) / count
    demand = GammaDemand(terms.mean_demand, terms.demand_spread).quantile(slices)
    usable = np.repeat([1.0, terms.usable_after_flop], count)
    odds = np.repeat([1.0 - terms.flop_probability, terms.flop_probability], count) / count
    return np.tile(demand, 2), usable, odds


def total(result):
    return result.shop + result.bank + result.customers + result.investor


@given(demands, shares, st.sampled_from([Way.LOAN, Way.EQUITY]))
def test_the_parts_sum_to_what_the_batch_earns(demand, usable, way):
    good = 1000 * usable
    sold = min(demand, good)
    earned = 160 * sold + 40 * (good - sold) - 100_000

    assert total(split(way, demand, usable, price=PRICE)) == pytest.approx(earned)


@given(demands, shares)
def test_with_prepayments_too(demand, usable):
    result = split(Way.PREPAID, demand, usable)
    batch = max(demand, 1000)
    served = min(demand, batch * usable)
    earned = 160 * served + 40 * (batch * usable - served) - 100 * batch

    assert result.made == (demand >= 695)
    assert total(result) == pytest.approx(earned if result.made else 0)


@given(demands, shares, st.sampled_from(Way))
def test_the_shop_never_owes_what_it_does_not_have(demand, usable, way):
    assert split(way, demand, usable, price=PRICE).shop >= -1e-9


@given(demands)
def test_with_a_good_workshop_each_customer_gains_the_discount(demand):
    result = split(Way.PREPAID, demand)

    assert result.customers == pytest.approx(16 * demand if result.made else 0)


def test_the_batch_grows_with_the_orders():
    """1,400 orders of 144 yuan for scarves of 100; the customers save 16 yuan each."""
    large = split(Way.PREPAID, 1400)
    assert (large.shop, large.customers) == (61_600, 22_400)
    spoiled = split(Way.PREPAID, 1400, 0.4)  # 560 served, 840 claims, 61,600 yuan left
    assert (spoiled.shop, spoiled.customers) == (0, 560 * 16 + 61_600 - 840 * 144)


def test_who_did_not_order_buys_while_a_piece_is_left():
    """1,000 want it: 800 order, the batch is of 1,000, the other 200 buy it at 160 yuan."""
    most = replace(BATCH, ahead_share=0.8)
    calm = split(Way.PREPAID, 1000, 1.0, most)
    assert (calm.shop, calm.customers) == (800 * 144 + 200 * 160 - 100_000, 800 * 16)
    spoiled = split(Way.PREPAID, 1000, 0.9, most)  # 100 pieces are left for the 200
    assert (spoiled.shop, spoiled.customers) == (800 * 144 + 100 * 160 - 100_000, 800 * 16)
    missed = split(Way.PREPAID, 1000, 1.0, replace(BATCH, ahead_share=0.6))
    assert (missed.made, total(missed)) == (False, 0)


def test_if_nobody_orders_nothing_is_made():
    alone = prospect(Way.PREPAID, replace(BATCH, ahead_share=0.0))

    assert alone == (0, 0, 1, 0)


@given(st.floats(0, 0.6))
def test_whoever_pays_bears_the_same_flop_of_the_workshop(usable):
    """A thousand wanted, 600 at most to sell: the shop has nothing, both others lose alike."""
    loan, ahead = split(Way.LOAN, 1000, usable, price=PRICE), split(Way.PREPAID, 1000, usable)

    assert loan.shop == ahead.shop == 0
    assert ahead.customers == pytest.approx(loan.bank)


def test_flops_by_hand():
    loan = split(Way.LOAN, 300, price=PRICE)
    assert (loan.shop, loan.bank) == (0, -24_000)  # 300 sold at 160, 700 sold off at 40
    ahead = split(Way.PREPAID, 300)
    assert (ahead.made, total(ahead)) == (False, 0)
    spoiled = split(Way.PREPAID, 1000, 0.4)  # 400 save 16, 600 claims of 144, 44,000 yuan left
    assert (spoiled.shop, spoiled.customers) == (0, 6_400 + 44_000 - 86_400)


def test_bank_and_investor_break_even_on_average():
    demand, usable, odds = scenarios()
    bank = odds @ split(Way.LOAN, demand, usable).bank
    investor = odds @ split(Way.EQUITY, demand, usable).investor

    assert bank == pytest.approx(100_000 * (BANK.cost - BANK.expected_loss) / 2, rel=1e-4)
    assert investor == pytest.approx(100_000 * 0.20 / 2, rel=1e-4)


def test_with_two_outcomes_the_rate_is_the_break_even_rate():
    """A certain market and a workshop that fails three times in a hundred, leaving 40 %."""
    terms = BatchTerms(
        salvage=0, mean_demand=5000, demand_spread=1, flop_probability=0.03,
        usable_after_flop=0.25, months=12,
    )  # fmt: skip
    back = 160 * 250 / 100_000
    lender = LendingTerms(default_probability=0.03, loss_given_default=1 - back)

    assert price_of_money(terms, lender).loan_rate == pytest.approx(break_even_rate(lender))


def test_without_risk_the_rate_is_the_bank_s_cost():
    safe = BatchTerms(demand_spread=0.5, mean_demand=2000, flop_probability=0)
    price = price_of_money(safe)

    assert price.loan_rate == pytest.approx(BANK.cost - BANK.expected_loss)
    assert price.investor_share == pytest.approx(1.1 * 100_000 / 160_000)
    assert prospect(Way.LOAN, safe).others_lose == 0
    assert prospect(Way.PREPAID, safe).expected_profit == pytest.approx(44 * 2000)
    assert prospect(Way.PREPAID, safe).made == pytest.approx(1)


def test_what_shop_and_bank_expect_is_the_newsvendor_s_profit():
    terms = replace(BATCH, flop_probability=0)
    demand, usable, odds = scenarios(terms)
    together = odds @ total(split(Way.LOAN, demand, usable, terms))
    exact = expected_profit(1000, 160, 100, 40, GammaDemand(1000, 400))

    assert together == pytest.approx(exact, rel=5e-5)


@given(st.floats(0.0, 0.25), st.floats(0.0, 0.12))
def test_a_deeper_discount_leaves_the_shop_less(discount, more):
    less, deeper = (
        prospect(Way.PREPAID, replace(BATCH, discount=d)) for d in (discount, discount + more)
    )
    assert deeper.expected_profit <= less.expected_profit + 1e-6


batches = st.builds(
    BatchTerms,
    salvage=st.floats(0, 90),
    mean_demand=st.floats(900, 3000),
    demand_spread=st.floats(50, 900),
    discount=st.floats(0, 0.35),
    flop_probability=st.floats(0, 0.2),
    usable_after_flop=st.floats(0, 1),
    investor_return=st.floats(0, 0.2),
    ahead_share=st.floats(0, 1),
)


@given(batches, st.sampled_from(Way))
def test_prospects_are_sums_over_what_may_be(terms, way):
    """The closed forms against slices of demand: each chance is at most a slice off."""
    try:
        known = prospect(way, terms)
    except ValueError:  # nobody funds it
        assume(False)
    demand, usable, odds = scenarios(terms, 2_000)
    result = split(way, demand, usable, terms)
    shop, made = np.asarray(result.shop), np.asarray(result.made)
    others = np.asarray(result.bank) + result.customers + result.investor

    assert known.expected_profit == pytest.approx(odds @ shop, rel=5e-3, abs=200)
    assert known.made == pytest.approx(odds @ made, abs=2e-3)
    assert known.nothing == pytest.approx(odds @ (shop <= 0.005), abs=2e-3)
    assert known.others_lose == pytest.approx(odds @ (others < -0.005), abs=2e-3)


def test_at_the_defaults_to_the_yuan():
    """By 200,000 slices of demand; the chapter prints these."""
    loan, ahead, share = (prospect(way) for way in (Way.LOAN, Way.PREPAID, Way.EQUITY))

    assert [round(each.expected_profit) for each in (loan, ahead, share)] == [34710, 33742, 27235]
    assert ahead.made == pytest.approx(0.76428, abs=5e-6)
    assert [each.others_lose for each in (loan, ahead, share)] == pytest.approx(
        [0.12482, 0.03821, 0.28455], abs=5e-6
    )
    assert price_of_money().loan_rate == pytest.approx(0.121347, abs=5e-7)


@given(batches)
def test_the_steps_from_loan_to_prepayments_are_sums_over_what_may_be(terms):
    """Each step against slices of demand; the first five sum to the sixth."""
    try:
        step = bridge(terms)
    except ValueError:  # nobody funds it
        assume(False)
    demand, usable, odds = scenarios(terms, 2_000)
    alone = total(split(Way.EQUITY, demand, usable, terms))
    ahead = split(Way.PREPAID, demand, usable, terms)
    made, together = np.asarray(ahead.made), total(ahead)
    orders = terms.ahead_share * demand
    large = made & (orders > terms.batch)
    grown = (usable * terms.price - terms.cost) * (orders - terms.batch)
    own = np.maximum(usable * terms.prepayment - terms.cost, 0.0) * (orders - terms.batch)

    near = {"rel": 5e-3, "abs": 200}
    assert sum(step[:5]) == pytest.approx(step.prepaid, abs=1e-3)
    assert step.loan == prospect(Way.LOAN, terms).expected_profit
    assert step.prepaid == prospect(Way.PREPAID, terms).expected_profit
    assert step.bank_costs == pytest.approx(
        terms.outlay * (BANK.cost - BANK.expected_loss) * terms.months / 12, abs=1e-3
    )
    assert step.stopped == pytest.approx(-odds @ np.where(made, 0.0, alone), **near)
    assert step.growth == pytest.approx(odds @ np.where(large, grown, 0.0), **near)
    assert step.customers == pytest.approx(-odds @ np.asarray(ahead.customers), **near)
    assert step.prepaid - step.without_growth == pytest.approx(
        odds @ np.where(large, own, 0.0), **near
    )
    assert odds @ np.where(made, together, 0.0) == pytest.approx(
        step.loan + step.bank_costs + step.stopped + step.growth, **near
    )


def test_what_the_goal_stops_would_have_earned_at_the_defaults_and_lost_where_less_is_known():
    """By 400,000 slices of demand; the chapter prints these."""
    default, wide = (bridge(replace(BATCH, demand_spread=each)) for each in (400.0, 600.0))

    assert [round(each) for each in default] == [34710, 2525, -570, 8692, -11615, 33742, 27160]
    assert round(wide.stopped) == 2854


def test_a_way_may_be_given_in_its_words():
    for way in Way:
        assert split(way, 300.0, price=PRICE) == split(str(way), 300.0, price=PRICE)
        assert prospect(way) == prospect(str(way))


def test_prospects_agree_with_a_simulation():
    random = np.random.default_rng(7)
    n = 200_000
    demand = random.gamma(6.25, 160, n)
    usable = np.where(random.random(n) < 0.05, 0.4, 1.0)
    for way in Way:
        seen, known = split(way, demand, usable, price=PRICE), prospect(way)
        assert np.mean(seen.shop) == pytest.approx(known.expected_profit, rel=0.01)
        made = np.asarray(seen.made)
        assert np.mean(made) == pytest.approx(known.made, abs=0.004)
        empty = np.asarray(seen.shop) <= 0
        assert np.mean(empty) == pytest.approx(known.nothing, abs=0.004)
        others = seen.bank + seen.customers + seen.investor
        assert np.mean(others < 0) == pytest.approx(known.others_lose, abs=0.004)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"price": 90.0}, "price must be above the cost"),
        ({"salvage": 100.0}, "salvage must be below the cost"),
        ({"batch": 10.5}, "batch must be a whole number"),
        ({"months": 0.0}, "months must be a number above 0"),
        ({"discount": 1.0}, "discount must be a number from 0 to below 1"),
        ({"discount": 0.4}, "discount must be at most 0.375, so that a prepayment covers the co"),
        ({"price": [160.0, 170.0]}, "price must be one number, not 2 of them"),
        ({"demand_spread": 1e-300}, "demand_spread must be from 0.001 to 1e.06, a part"),
        ({"demand_spread": 1e7, "mean_demand": 1e-9}, "demand_spread must be from"),
        ({"demand_spread": 1e300}, r"demand_spread must be a number above 0 and at most 1e\+15"),
        ({"batch": 1e300}, r"batch must be a number from 0 to 1e\+15"),
        ({"flop_probability": float("nan")}, "flop_probability must be"),
    ],
)
def test_a_batch_that_makes_no_sense_is_refused(change, said):
    with pytest.raises(ValueError, match=said):
        replace(BATCH, **change)


@pytest.mark.parametrize(
    ("price", "said"),
    [
        (Price(float("nan"), 0.7), "price.loan_rate must be"),
        (Price(-0.1, 0.7), r"price.loan_rate must be a number from 0 to 1e\+15, not -0.1"),
        (Price(0.1, 7), "price.investor_share must be a number from 0 to 1, not 7"),
        (Price(0.1, -3), "price.investor_share must be"),
    ],
)
@pytest.mark.parametrize("way", Way)
def test_a_price_of_money_that_nobody_can_pay_is_refused(way, price, said):
    with pytest.raises(ValueError, match=said):
        split(way, 1000, price=price)


@given(st.floats(1e-3, 1e-1))
def test_a_chance_is_never_below_nothing(part):
    sure = replace(BATCH, mean_demand=2000, demand_spread=2000 * part)

    assert all(0 <= each <= 1 for way in Way for each in prospect(way, sure)[1:])


def test_what_cannot_be_settled_or_funded_is_refused():
    with pytest.raises(ValueError, match="demand must be"):
        split(Way.LOAN, -1, price=PRICE)
    with pytest.raises(ValueError, match="usable must be"):
        split(Way.PREPAID, 100, 1.5)
    with pytest.raises(ValueError, match=r"way must be one of “bank loan”, .* not None"):
        split(None, 100)
    with pytest.raises(ValueError, match=r"way must be one of .* not 'loan'"):
        prospect("loan")
    with pytest.raises(ValueError, match=r"terms must be of a batch that .* nobody funds it"):
        price_of_money(replace(BATCH, mean_demand=300.0))
    with pytest.raises(TypeError, match="price must be of type Price"):
        split(Way.LOAN, 100, price=0.1)
