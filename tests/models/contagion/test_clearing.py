"""Clearing: published examples, limits, and money that is neither made nor lost."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import sparse

from netfin.contagion.clearing import (
    NONE,
    TOWN,
    EqualFirms,
    Firms,
    Frictions,
    circle,
    clear,
    harmless_debt,
    hit_one,
    islands,
)
from netfin.contagion.town import market_town

ZERO = np.zeros(3)


def firms_of(liabilities, assets, debts=None, stock=None, **more):
    count = len(assets)
    none = np.zeros(count)
    return Firms(
        np.asarray(liabilities, dtype=float),
        np.asarray(assets, dtype=float),
        none if debts is None else np.asarray(debts, dtype=float),
        none if stock is None else np.asarray(stock, dtype=float),
        **more,
    )


@st.composite
def networks(draw):
    count = draw(st.integers(2, 7))
    amounts = st.floats(0, 100).map(lambda x: round(x, 3))
    matrix = np.array(draw(st.lists(amounts, min_size=count**2, max_size=count**2)))
    matrix = matrix.reshape(count, count)
    np.fill_diagonal(matrix, 0.0)
    rows = [np.array(draw(st.lists(amounts, min_size=count, max_size=count))) for _ in range(3)]
    return Firms(matrix, *rows, outside_first=draw(st.booleans()))


frictions = st.builds(Frictions, st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))


# -- published examples ------------------------------------------------------------------------


def test_two_empty_firms_that_owe_each_other_one_pay_each_other_one():
    """Eisenberg & Noe (2001): every [x, x] clears; the greatest is [1, 1]."""
    cleared = clear(firms_of([[0, 1], [1, 0]], [0, 0]))

    assert cleared.paid_inside.tolist() == [1, 1]
    assert cleared.failures == 0


def test_three_firms_of_the_package_systemicrisk():
    """Gandy & Veraart's example, solved by hand: firms 1 and 2 fail, firm 3 pays its 1.5.

    p_1 = 1/2 + p_2/3 + 1/2 and p_2 = 5/8 + p_1/5 + 1/2, so p_1 = 165/112 and p_2 = 159/112.
    """
    matrix = [[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]]
    cleared = clear(firms_of(matrix, [0.5, 0.625, 0.75], [1.5, 0.5, 0.5]))

    paid = cleared.paid_inside + cleared.paid_outside
    assert paid == pytest.approx([165 / 112, 159 / 112, 1.5])
    assert cleared.failed_in.tolist() == [1, 2, 0]


def test_costs_of_bankruptcy_as_rogers_and_veraart_define_them():
    """Firm 1 fails and pays α·e + β·claims; here 0.5·0.5 + 0.7·(1/2 + 1/2) by hand."""
    matrix = [[0, 1, 1], [0.5, 0, 0], [0.5, 0, 0]]
    cleared = clear(firms_of(matrix, [0.5, 5, 5]), Frictions(0.5, 0.7))

    assert cleared.failed_in.tolist() == [1, 0, 0]
    assert cleared.paid_inside[0] == pytest.approx(0.5 * 0.5 + 0.7 * 1.0)
    assert cleared.destroyed == pytest.approx(0.5 * 0.5 + 0.3 * 1.0)


def test_a_cost_of_bankruptcy_makes_a_second_firm_fail():
    matrix = [[0, 4, 0], [0, 0, 3], [0, 0, 0]]
    firms = firms_of(matrix, [2, 1, 0])

    assert clear(firms).failed_in.tolist() == [1, 0, 0]
    assert clear(firms, Frictions(0.5, 1)).failed_in.tolist() == [1, 2, 0]


def test_three_banks_on_a_circle_after_a_uniform_shock():
    """The exercise of Barucca's course on big data in finance, worked by hand."""
    matrix = [[0, 4, 0], [0, 0, 3], [2, 0, 0]]
    cleared = clear(firms_of(matrix, [18, 18, 9], [17, 18, 8], outside_first=True))

    # bank 1: 18 + 2 − 17 = 3 of 4; bank 2: 18 + 3 − 18 = 3 of 3; bank 3: 9 + 3 − 8 = 4 for 2
    assert cleared.paid_inside.tolist() == [3, 3, 2]
    assert cleared.failed_in.tolist() == [1, 0, 0]
    assert cleared.equity.tolist() == [0, 0, 2]


# -- one unit more -----------------------------------------------------------------------------


@pytest.mark.parametrize("shock", range(2, 31))
def test_the_ring_fails_one_by_one(shock):
    cleared = hit_one(circle(1), shock)

    assert cleared.failures == min(shock - 1, 20)
    assert cleared.failed_in.max() == cleared.failures


@pytest.mark.parametrize(("shock", "failures"), [(1, 0), (2, 1), (20, 1), (20.01, 20), (30, 20)])
def test_the_complete_network_holds_up_to_the_total_surplus(shock, failures):
    """Acemoglu, Ozdaglar & Tahbaz-Salehi (2015): ε* = n(a − v)."""
    assert TOWN.total_surplus == 20
    assert hit_one(circle(19), shock).failures == failures


@pytest.mark.parametrize(
    ("size", "shock", "failures"), [(5, 5, 1), (5, 6, 5), (5, 30, 5), (10, 30, 10)]
)
def test_islands_contain(size, shock, failures):
    assert hit_one(islands(size), shock).failures == failures


@given(st.floats(0, 30), st.integers(1, 19))
def test_the_loss_is_handed_on_and_never_grows(shock, partners):
    cleared = hit_one(circle(partners), shock)
    owners = TOWN.total_surplus - cleared.equity.sum()
    savers = TOWN.count * TOWN.savings - cleared.paid_outside.sum()

    assert owners + savers == pytest.approx(shock, abs=1e-6)
    assert owners == pytest.approx(min(shock, TOWN.total_surplus), abs=1e-6)


@given(st.integers(2, 15), st.floats(0.5, 5))
def test_up_to_a_debt_the_complete_network_spreads_nothing(count, surplus):
    """Their y* = (n − 1)(a − v)."""
    firms = EqualFirms(count, surplus, savings=100.0, mutual_debt=1.0)
    harmless = harmless_debt(firms)
    for debt, failures in ((0.99 * harmless, 1), (1.05 * harmless, count)):
        owing = EqualFirms(count, surplus, savings=100.0, mutual_debt=debt)
        assert hit_one(circle(count - 1, owing), 100.0, owing).failures == failures


def test_a_small_cost_of_bankruptcy_turns_the_tables_on_the_dense_network():
    """At 21 million savers lose 1 in the complete network and 16 on islands, costs apart."""

    def lost(network, cost):
        end = hit_one(network, 21, TOWN, Frictions(1 - cost, 1 - cost))
        return TOWN.count * TOWN.savings - end.paid_outside.sum()

    assert lost(circle(19), 0) == pytest.approx(1)
    assert lost(islands(5), 0) == pytest.approx(16)
    # all fail and nobody pays savers from inside: each keeps 95 % of its own 31, one of 10
    assert lost(circle(19), 0.05) == pytest.approx(600 - 0.95 * (19 * 31 + 10))
    assert lost(circle(19), 0.05) > lost(islands(5), 0.05)


# -- invariants --------------------------------------------------------------------------------


@given(networks(), frictions)
def test_money_is_conserved_but_for_what_is_destroyed(firms, costs):
    cleared = clear(firms, costs)
    own = firms.outside_assets.sum() + firms.stock.sum()

    assert cleared.received.sum() == pytest.approx(cleared.paid_inside.sum(), abs=1e-6)
    kept = cleared.equity.sum() + cleared.paid_outside.sum()
    assert kept + cleared.destroyed == pytest.approx(own, abs=1e-5)


@given(networks(), frictions)
def test_who_pays_in_full_can_and_who_does_not_keeps_nothing(firms, costs):
    cleared = clear(firms, costs)
    owed = firms.liabilities.sum(axis=1) + firms.outside_debts
    has = firms.outside_assets + cleared.price * firms.stock + cleared.received
    failed = cleared.failed_in > 0

    assert np.all(has[~failed] >= owed[~failed] - 1e-4)
    assert np.allclose(cleared.equity[failed], 0)
    assert np.all(cleared.paid_inside <= firms.liabilities.sum(axis=1) + 1e-9)


@given(networks(), frictions)
def test_frictions_never_help(firms, costs):
    plain, costly = clear(firms), clear(firms, costs)

    assert plain.destroyed == pytest.approx(0, abs=1e-9)
    assert np.all(costly.paid_inside <= plain.paid_inside + 1e-6)
    assert costly.failures >= plain.failures


@given(networks())
def test_no_other_solution_pays_more(firms):
    """Start at what is owed and apply the clearing map: it falls to the same payments."""
    assume(not firms.outside_first)
    inside = firms.liabilities.sum(axis=1)
    owed = inside + firms.outside_debts
    shares = np.divide(
        firms.liabilities.toarray(),
        owed[:, None],
        out=np.zeros((firms.count,) * 2),
        where=owed[:, None] > 0,
    )
    paid = owed.copy()
    for _ in range(2_000):
        paid = np.minimum(owed, firms.outside_assets + firms.stock + shares.T @ paid)
    cleared = clear(firms)
    assert np.allclose(cleared.paid_inside + cleared.paid_outside, paid, atol=1e-3)


def test_a_falling_price_fells_who_owns_the_same_stock_and_owes_nobody_in_town():
    firms = firms_of(np.zeros((2, 2)), [0, 0], debts=[12, 9], stock=[10, 10])

    assert clear(firms).failed_in.tolist() == [1, 0]
    cleared = clear(firms, Frictions(price_impact=0.4))
    assert cleared.failed_in.tolist() == [1, 2]
    assert cleared.price == pytest.approx(0.6)
    assert cleared.destroyed == pytest.approx(8)


def test_a_sparse_network_clears_as_the_dense_one_does():
    rng = np.random.default_rng(3)
    matrix = sparse.random_array((300, 300), density=0.02, rng=rng).toarray() * 10
    np.fill_diagonal(matrix, 0)
    rows = rng.uniform(0, 30, 300), rng.uniform(0, 10, 300), np.zeros(300)
    dense, thin = clear(Firms(matrix, *rows)), clear(Firms(sparse.coo_array(matrix), *rows))

    assert 0 < dense.failures < 300
    assert np.allclose(dense.paid_inside, thin.paid_inside)


def test_ten_thousand_firms_clear():
    rng = np.random.default_rng(7)
    count = 10_000
    matrix = 10 * sparse.random_array((count, count), density=5 / count, rng=rng, format="csr")
    matrix.setdiag(0)
    owed, due = matrix.sum(axis=1), matrix.sum(axis=0)
    assets = np.maximum(owed - due, 0) + 20 + rng.uniform(0, 3, count)
    assets[:300] *= 0.3
    savers = np.full(count, 20.0)
    cleared = clear(Firms(matrix, assets, savers, np.zeros(count)), Frictions(0.7, 0.7))

    assert 300 <= cleared.failures < count
    kept = cleared.equity.sum() + cleared.paid_outside.sum() + cleared.destroyed
    assert kept == pytest.approx(assets.sum(), rel=1e-9)


# -- the market town ---------------------------------------------------------------------------


def test_the_town_stands_and_a_plain_default_only_hands_the_loss_on():
    before, after = clear(market_town()), clear(market_town(100))
    lost = before.equity.sum() + before.paid_outside.sum()
    lost -= after.equity.sum() + after.paid_outside.sum()

    assert before.failures == 0
    assert lost == pytest.approx(100)
    assert market_town(100).stock[0] == 30
    assert market_town(40).stock[0] == 60


# -- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("matrix", "assets", "said"),
    [
        (np.zeros((3, 2)), ZERO, "liabilities must be as many rows as columns"),
        (np.eye(3), ZERO, "liabilities must be 0 on the diagonal"),
        (-np.ones((3, 3)), ZERO, "liabilities must be a number of 0 or more, not -1"),
        (np.zeros((3, 3)), np.zeros(2), r"outside_assets must be 3 numbers, not \(2,\)"),
        (np.zeros((3, 3)), np.array([1, np.nan, 1]), "outside_assets must be a number of 0"),
    ],
)
def test_firms_that_cannot_be_are_refused(matrix, assets, said):
    with pytest.raises(ValueError, match=said):
        Firms(matrix, assets, ZERO, ZERO)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: Frictions(outside_recovery=1.2), "outside_recovery must be a number from 0 to 1"),
        (lambda: EqualFirms(count=1), "count must be a whole number of 2 or more"),
        (lambda: EqualFirms(surplus=0), "surplus must be a number above 0"),
        (lambda: circle(20), "partners must be at most 19, not 20"),
        (lambda: circle(0), "partners must be a whole number of 1 or more"),
        (lambda: islands(3), "size must divide the 20 firms, not 3"),
        (lambda: islands(40), "size must divide"),
        (lambda: hit_one(circle(1), 32), "shock must be a number from 0 to 31, not 32"),
        (lambda: hit_one(circle(1), float("nan")), "shock must be a finite number"),
        (lambda: market_town(131), "lost must be a number from 0 to 130, not 131"),
        (lambda: market_town(-1), "lost must be a number of 0 or more"),
    ],
)
def test_a_bad_number_is_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_no_frictions_is_the_default():
    assert Frictions() == NONE
