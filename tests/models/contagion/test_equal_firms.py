"""Equal firms: a ring, a complete network, islands, and one unit more."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.contagion.equal_firms import (
    TOWN,
    EqualFirms,
    circle,
    contagion_free_debt,
    islands,
    single_default_shock,
)
from netfin.contagion.firms import Frictions
from netfin.contagion.town import market_town


@pytest.mark.parametrize("shock", range(2, 31))
def test_the_ring_fails_one_by_one(shock):
    cleared = single_default_shock(circle(1), shock)

    assert cleared.failures == min(shock - 1, 20)
    assert cleared.failed_in.max() == cleared.failures


@pytest.mark.parametrize(("shock", "failures"), [(1, 0), (2, 1), (20, 1), (20.01, 20), (30, 20)])
def test_the_complete_network_holds_up_to_the_total_surplus(shock, failures):
    """Acemoglu, Ozdaglar & Tahbaz-Salehi (2015): ε* = n(a − v)."""
    assert TOWN.total_surplus == 20
    assert single_default_shock(circle(19), shock).failures == failures


@pytest.mark.parametrize(
    ("size", "shock", "failures"), [(5, 5, 1), (5, 6, 5), (5, 30, 5), (10, 30, 10)]
)
def test_islands_contain(size, shock, failures):
    assert single_default_shock(islands(size), shock).failures == failures


@given(st.floats(0, 30), st.integers(1, 19))
def test_the_loss_is_handed_on_and_never_grows(shock, partners):
    cleared = single_default_shock(circle(partners), shock)
    owners = TOWN.total_surplus - cleared.equity.sum()
    savers = TOWN.count * TOWN.savings - cleared.paid_outside.sum()

    assert owners + savers == pytest.approx(shock, abs=1e-6)
    assert owners == pytest.approx(min(shock, TOWN.total_surplus), abs=1e-6)


@given(st.integers(2, 15), st.floats(0.5, 5))
def test_up_to_a_debt_the_complete_network_spreads_nothing(count, surplus):
    """Their y* = (n − 1)(a − v)."""
    firms = EqualFirms(count, surplus, savings=100.0, mutual_debt=1.0)
    free = contagion_free_debt(firms)
    for debt, failures in ((0.99 * free, 1), (1.05 * free, count)):
        owing = EqualFirms(count, surplus, savings=100.0, mutual_debt=debt)
        assert single_default_shock(circle(count - 1, owing), 100.0, owing).failures == failures


def test_a_small_cost_of_bankruptcy_turns_the_tables_on_the_dense_network():
    """At 21 million savers lose 1 in the complete network and 16 on islands, costs apart."""

    def lost(network, cost):
        end = single_default_shock(network, 21, TOWN, Frictions(1 - cost, 1 - cost))
        return TOWN.count * TOWN.savings - end.paid_outside.sum()

    assert lost(circle(19), 0) == pytest.approx(1)
    assert lost(islands(5), 0) == pytest.approx(16)
    # all fail and nobody pays savers from inside: each keeps 95 % of its own 31, one of 10
    assert lost(circle(19), 0.05) == pytest.approx(600 - 0.95 * (19 * 31 + 10))
    assert lost(circle(19), 0.05) > lost(islands(5), 0.05)


@pytest.mark.parametrize("partners", [1, 2, 5, 19])
def test_on_a_circle_each_owes_and_is_owed_the_same(partners):
    debts = circle(partners).toarray()

    assert debts.sum(axis=0) == pytest.approx(np.full(20, 30.0))
    assert debts.sum(axis=1) == pytest.approx(np.full(20, 30.0))
    assert np.count_nonzero(debts[0]) == partners
    assert np.flatnonzero(debts[18]).min() == (19 if partners == 1 else 0)


@pytest.mark.parametrize("size", [2, 5, 20])
def test_on_an_island_each_owes_all_the_others_and_nobody_else(size):
    debts = islands(size).toarray()
    island = np.arange(20) // size
    together = (island[:, None] == island) & ~np.eye(20, dtype=bool)

    assert np.array_equal(debts > 0, together)
    assert debts[together] == pytest.approx(30 / (size - 1))


def test_a_ring_and_islands_of_a_hundred_thousand_firms_take_room_for_their_debts_alone():
    firms = EqualFirms(100_000)

    assert circle(1, firms).nnz == 100_000
    assert islands(5, firms).nnz == 400_000
    assert single_default_shock(circle(1, firms), 30, firms).failures == 29
    assert single_default_shock(islands(5, firms), 6, firms).failures == 5


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: Frictions(outside_recovery=1.2), "outside_recovery must be a number from 0 to 1"),
        (lambda: EqualFirms(count=1), "count must be a whole number of 2 or more"),
        (lambda: EqualFirms(surplus=0), "surplus must be a number above 0"),
        (lambda: circle(20), "partners must be at most 19, not 20"),
        (lambda: circle(0), "partners must be a whole number of 1 or more"),
        (
            lambda: circle(21, EqualFirms(10**6)),
            "partners and firms.count must make at most 20,000,000 debts, not 21,000,000 as 21",
        ),
        (lambda: circle(1, EqualFirms(10**9)), "not 1,000,000,000 as 1 and 1,000,000,000 do"),
        (lambda: islands(25, EqualFirms(10**6)), "size and firms.count must make at most"),
        (lambda: islands(3), "size must divide the 20 firms, not 3"),
        (lambda: islands(40), "size must divide"),
        (
            lambda: single_default_shock(circle(1), 32),
            "shock must be a number from 0 to 31, not 32",
        ),
        (lambda: single_default_shock(np.zeros((3, 3)), 1), "for each row of liabilities, not 20"),
        (lambda: market_town(131), "lost must be a number from 0 to 130, not 131"),
    ],
)
def test_a_bad_number_is_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()
