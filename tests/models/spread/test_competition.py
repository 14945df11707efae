"""Klein and Monti's bank, many banks, and their limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.lending import BANK, LendingTerms, break_even_rate
from netfin.spread.competition import TOWN, TownTerms, cournot_deposits, cournot_loans

COST = break_even_rate(BANK)
numbers = st.integers(1, 1000)
chokes = st.floats(0.08, 1.0)


def test_one_bank_charges_half_way_between_cost_and_choke_rate():
    market = cournot_loans(1)

    assert market.rate == pytest.approx((TOWN.choke_rate + COST) / 2)
    assert market.share_of_competitive == 0.5
    assert market.pass_through == 0.5


def test_one_bank_does_best_at_its_rate():
    rates = np.linspace(COST, TOWN.choke_rate, 100_001)
    profit = (rates - COST) * (1 - rates / TOWN.choke_rate)

    assert cournot_loans(1).rate == pytest.approx(rates[profit.argmax()], abs=2e-6)


@given(numbers, chokes)
def test_no_bank_gains_by_lending_more_or_less_than_its_share(banks, choke):
    town = TownTerms(choke_rate=choke)
    each = cournot_loans(banks, town=town).loans / banks
    others = (banks - 1) * each

    def profit(own):
        return (choke * (1 - others - own) - COST) * own

    assert profit(each) >= max(profit(0.99 * each), profit(1.01 * each))


@given(numbers, chokes)
def test_the_lerner_index_is_one_over_n_times_the_elasticity(banks, choke):
    """Freixas & Rochet, Microeconomics of Banking, chapter 3."""
    market = cournot_loans(banks, town=TownTerms(choke_rate=choke))

    assert market.lerner_index == pytest.approx(1 / (banks * market.elasticity))
    assert market.lerner_index == pytest.approx((market.rate - COST) / market.rate)


@given(numbers)
def test_more_banks_lend_more_and_charge_less(banks):
    few, many = cournot_loans(banks), cournot_loans(banks + 1)

    assert COST < many.rate < few.rate
    assert many.loans > few.loans
    assert few.margin == pytest.approx(few.rate - COST)


def test_many_banks_charge_their_cost():
    market = cournot_loans(10_000_000)

    assert market.rate == pytest.approx(COST, abs=1e-7)
    assert market.loans == pytest.approx(1 - COST / TOWN.choke_rate, abs=1e-6)


@given(numbers)
def test_a_saving_reaches_the_rate_by_the_pass_through(banks):
    cheaper = LendingTerms(operating_cost=BANK.operating_cost - 0.01)
    market = cournot_loans(banks)
    saved = break_even_rate(BANK) - break_even_rate(cheaper)

    fall = market.rate - cournot_loans(banks, cheaper).rate
    assert fall == pytest.approx(market.pass_through * saved)


def test_one_bank_pays_savers_half_of_what_deposits_are_worth():
    worth = 0.9 * 0.02 - 0.005

    assert cournot_deposits(1).rate == pytest.approx(worth / 2)
    assert cournot_deposits(10_000_000).rate == pytest.approx(worth, abs=1e-8)


@given(numbers, st.floats(0, 0.012))
def test_the_margin_on_deposits_has_the_lerner_form(banks, least):
    market = cournot_deposits(banks, town=TownTerms(reservation_rate=least))

    assert market.margin / (market.rate - least) == pytest.approx(1 / banks)
    assert market.share_of_competitive == banks / (banks + 1)


def test_the_loan_rate_knows_nothing_of_the_savers():
    thrifty = TownTerms(reservation_rate=0.01, deposit_cost=0.0, reserve_ratio=0.2)

    assert cournot_loans(3, town=thrifty) == cournot_loans(3)


def test_arrays_go_through_at_once():
    market = cournot_loans(np.array([1, 2, 3]))

    assert market.rate.tolist() == [cournot_loans(n).rate for n in (1, 2, 3)]


@pytest.mark.parametrize("banks", [0, 1.5, -2, float("nan")])
@pytest.mark.parametrize("model", [cournot_loans, cournot_deposits])
def test_a_number_of_banks_is_whole_and_positive(model, banks):
    with pytest.raises(ValueError, match="banks must be a whole number of 1 or more"):
        model(banks)


def test_a_market_that_nobody_wants_is_refused():
    with pytest.raises(
        ValueError, match=r"choke_rate must be above the break-even rate 0\.07.*0\.05"
    ):
        cournot_loans(2, town=TownTerms(choke_rate=0.05))
    with pytest.raises(ValueError, match=r"reservation_rate must be below .* 0\.013.*, not 0\.02"):
        cournot_deposits(2, town=TownTerms(reservation_rate=0.02))
