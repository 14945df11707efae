"""Klein and Monti's bank, many banks, and their limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.lending import BANK, LendingTerms, break_even_rate
from netfin.spread.competition import TOWN, TownTerms, cournot_loans

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


@pytest.mark.parametrize(
    ("banks", "rate", "margin"), [(1, 13.531, 6.469), (2, 11.375, 4.313), (5, 9.218, 2.156)]
)
def test_the_numbers_of_the_text(banks, rate, margin):
    # Cost 6.85/0.97 = 7.0619; (20 + N·7.0619)/(N + 1).
    market = cournot_loans(banks)

    assert 100 * market.rate == pytest.approx(rate, abs=5e-4)
    assert 100 * market.margin == pytest.approx(margin, abs=5e-4)


@pytest.mark.parametrize("choke", [0.0, 0.05, COST])
def test_a_market_that_nobody_wants_is_refused(choke):
    with pytest.raises(ValueError, match=rf"choke_rate must be above the .* 0\.07.*{choke:.3g}"):
        cournot_loans(2, town=TownTerms(choke_rate=choke))
