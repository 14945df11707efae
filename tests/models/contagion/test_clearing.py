"""Clearing: published examples, limits, and money that is neither made nor lost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import linprog

from netfin.contagion import clearing, latest, payments, row
from netfin.contagion.clearing import clear
from netfin.contagion.equal_firms import EqualFirms, circle, single_default_shock
from netfin.contagion.firms import NO_FRICTION, Firms, Frictions
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


either = st.booleans()


@st.composite
def networks(draw, outside_first=either):
    count = draw(st.integers(2, 7))
    amounts = st.floats(0, 100).map(lambda x: round(x, 3))
    matrix = np.array(draw(st.lists(amounts, min_size=count**2, max_size=count**2)))
    matrix = matrix.reshape(count, count)
    np.fill_diagonal(matrix, 0.0)
    rows = [np.array(draw(st.lists(amounts, min_size=count, max_size=count))) for _ in range(3)]
    return Firms(matrix, *rows, outside_first=draw(outside_first))


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


# -- invariants --------------------------------------------------------------------------------


@given(networks(), frictions)
def test_money_is_conserved_but_for_what_is_destroyed_or_falls_in_price(firms, costs):
    cleared = clear(firms, costs)
    own = firms.outside_assets.sum() + firms.stock.sum()

    assert cleared.received.sum() == pytest.approx(cleared.paid_inside.sum(), abs=1e-6)
    kept = cleared.equity.sum() + cleared.paid_outside.sum()
    assert kept + cleared.destroyed + cleared.fallen == pytest.approx(own, abs=1e-5)


@given(networks(), frictions)
def test_who_pays_in_full_can_and_who_does_not_keeps_nothing(firms, costs):
    cleared = clear(firms, costs)
    owed = firms.liabilities.sum(axis=1) + firms.outside_debts
    has = firms.outside_assets + cleared.price * firms.stock + cleared.received
    failed = cleared.failed_in > 0

    assert np.all(has[~failed] >= owed[~failed] - 1e-9)
    assert np.allclose(cleared.equity[failed], 0)
    assert np.all(cleared.paid_inside <= firms.liabilities.sum(axis=1) + 1e-9)
    assert np.all(cleared.paid_outside <= firms.outside_debts + 1e-9)


@given(networks(outside_first=st.just(True)), frictions)
def test_savers_come_first(firms, costs):
    """A firm that pays other firms anything has paid those outside in full."""
    cleared = clear(firms, costs)
    pays = cleared.paid_inside > 1e-9

    assert np.allclose(cleared.paid_outside[pays], firms.outside_debts[pays])


@given(networks(outside_first=st.just(False)), frictions)
def test_without_a_rank_all_are_paid_the_same_part(firms, costs):
    cleared = clear(firms, costs)
    inside = firms.liabilities.sum(axis=1)
    failed = cleared.failed_in > 0
    crossed = cleared.paid_inside * firms.outside_debts, cleared.paid_outside * inside

    assert np.allclose(crossed[0][failed], crossed[1][failed], atol=1e-6)


@given(networks(), frictions)
def test_frictions_never_help(firms, costs):
    plain, costly = clear(firms), clear(firms, costs)

    assert plain.destroyed == pytest.approx(0, abs=1e-9)
    assert plain.fallen == 0
    assert np.all(costly.paid_inside <= plain.paid_inside + 1e-6)
    assert costly.failures >= plain.failures


@given(networks(outside_first=st.just(False)))
def test_no_other_solution_pays_more(firms):
    """Start at what is owed and apply the clearing map: it falls to the same payments."""
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
    assert (cleared.destroyed, cleared.fallen) == (0, pytest.approx(8))
    assert cleared.gained == pytest.approx(8)  # by the buyers: all of it is sold


def test_what_buyers_gain_is_the_fall_of_the_stock_that_is_sold():
    """The town has stock of 92, and after a loss of 60 all but 3 of it is sold."""
    cleared = clear(market_town(60), Frictions(price_impact=0.3))
    fall = 0.3 * 89 / 92

    assert cleared.gained == pytest.approx(fall * 89)
    assert cleared.fallen == pytest.approx(fall * 92)


def test_a_sparse_network_clears_as_the_dense_one_does():
    rng = np.random.default_rng(3)
    matrix = sparse.random_array((300, 300), density=0.02, rng=rng).toarray() * 10
    np.fill_diagonal(matrix, 0)
    rows = rng.uniform(0, 30, 300), rng.uniform(0, 10, 300), np.zeros(300)
    dense, thin = clear(Firms(matrix, *rows)), clear(Firms(sparse.coo_array(matrix), *rows))

    assert 0 < dense.failures < 300
    assert np.allclose(dense.paid_inside, thin.paid_inside)


# -- the same payments by other means ----------------------------------------------------------


def shares_of(firms):
    """The part of what firm i owes, savers included, that it owes to firm j."""
    owed = firms.liabilities.sum(axis=1) + firms.outside_debts
    return firms.liabilities.toarray() / np.where(owed > 0, owed, 1)[:, None], owed


def random_network(seed, count, outside_first=False):
    rng = np.random.default_rng(seed)
    matrix = rng.uniform(0, 10, (count, count)) * (rng.random((count, count)) < 0.15)
    np.fill_diagonal(matrix, 0)
    short = np.maximum(matrix.sum(axis=1) - matrix.sum(axis=0), 0)
    cash = short * rng.uniform(0, 1.2, count)
    return Firms(matrix, cash, rng.uniform(0, 6, count), np.zeros(count), outside_first)


@pytest.mark.parametrize("seed", range(12))
def test_clearing_payments_are_the_best_linear_programme(seed):
    """Eisenberg & Noe (2001), lemma 4: maximise Σp with p ≤ b and p ≤ e + A'p."""
    firms = random_network(seed, 50)
    shares, owed = shares_of(firms)
    best = linprog(
        -np.ones(50),
        A_ub=np.eye(50) - shares.T,
        b_ub=firms.outside_assets,
        bounds=np.column_stack([np.zeros(50), owed]),
        method="highs",
    )
    cleared = clear(firms)

    assert best.status == 0
    assert cleared.failures > 0
    np.testing.assert_allclose(cleared.paid_inside + cleared.paid_outside, best.x, atol=1e-7)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("outside_first", [True, False])
def test_each_round_is_what_sweeps_from_above_come_to(seed, outside_first):
    """Rounds and payments of the algorithm as defined, with 20,000 sweeps for each system."""
    firms, costs = random_network(seed, 30, outside_first), Frictions(0.9, 0.95)
    inside = firms.liabilities.sum(axis=1)
    claims = (firms.liabilities.toarray() / np.where(inside > 0, inside, 1)[:, None]).T
    owed, paid, failed_in = inside + firms.outside_debts, inside.copy(), np.zeros(30, dtype=int)
    while np.any(new := (owed - firms.outside_assets - claims @ paid > 1e-9) & (failed_in == 0)):
        failed_in[new] = failed_in.max() + 1
        for _ in range(20_000):
            recovered = 0.9 * firms.outside_assets + 0.95 * claims @ paid
            part = np.maximum(recovered - firms.outside_debts, 0)
            if not outside_first:
                part = recovered * np.divide(inside, owed, out=np.zeros(30), where=owed > 0)
            swept = np.where(failed_in > 0, part, inside)
            if np.array_equal(swept, paid):
                break
            paid = swept
    cleared = clear(firms, costs)

    assert cleared.failed_in.tolist() == failed_in.tolist()
    np.testing.assert_allclose(cleared.paid_inside, paid, atol=1e-9)


# -- how much work it is -----------------------------------------------------------------------


@pytest.fixture
def solved(monkeypatch):
    """Sizes of the systems that are factorised, and of those that are solved by iterations."""
    sizes = {"factorised": [], "iterated": []}
    factors, gmres = payments.Solver.factors, payments.gmres

    def factorised(solver, passed_on):
        sizes["factorised"].append(passed_on.count)
        return factors(solver, passed_on)

    def iterated(system, *rest, **more):
        sizes["iterated"].append(system.shape[0])
        return gmres(system, *rest, **more)

    monkeypatch.setattr(payments.Solver, "factors", factorised)
    monkeypatch.setattr(payments, "gmres", iterated)
    return sizes


@pytest.mark.parametrize("outside", [1e-2, 1e-3, 1e-6, 1e-10])
def test_two_firms_that_owe_each_other_nearly_everything(outside, solved):
    """No cash: whatever is paid leaks out in the end, so nothing is."""
    cleared = clear(firms_of([[0, 100], [100, 0]], [0, 0], [outside, outside]))

    assert cleared.failed_in.tolist() == [1, 1]
    assert cleared.paid_inside.tolist() == [0, 0]
    assert solved == {"factorised": [2], "iterated": []}


def test_two_firms_one_of_which_has_a_little(solved):
    """p_1 = s (c + p_2), p_2 = s p_1 with s = 100/100.001, by hand."""
    cleared = clear(firms_of([[0, 100], [100, 0]], [0.0005, 0], [0.001, 0.001]))
    part = 100 / 100.001

    assert cleared.paid_inside[0] == pytest.approx(part * 0.0005 / (1 - part**2), rel=1e-9)
    assert cleared.paid_outside.sum() == pytest.approx(0.0005, rel=1e-9)
    assert len(solved["factorised"]) == cleared.failed_in.max()


@pytest.mark.parametrize("excess", [1e-2, 1e-4, 1e-6, 1e-8])
def test_a_loss_just_beyond_the_edge_takes_no_more_rounds(excess, solved):
    cleared = single_default_shock(circle(19), 20 + excess)

    assert cleared.failures == 20
    assert cleared.failed_in.max() == 2
    assert 600 - cleared.paid_outside.sum() == pytest.approx(excess, abs=1e-12)
    assert len(solved["factorised"]) <= 3


def test_a_ring_fails_lender_by_lender_and_few_systems_are_solved(solved):
    """The k-th lender along the ring fails if k·ω is less than the loss."""
    count, lost = 2_000, 1_500
    ring = EqualFirms(count, savings=float(count), mutual_debt=float(count))
    cleared = single_default_shock(circle(1, ring), lost, ring)

    assert cleared.failures == lost - 1
    assert cleared.failed_in[: lost - 1].tolist() == list(range(1, lost))
    assert solved["factorised"][-1] == lost - 1  # at the end: who does not fail
    assert len(solved["factorised"]) < 12
    assert not solved["iterated"]


def test_both_neighbours_on_a_circle_solve_for_few_until_the_end(solved):
    """Each loss comes back to all that have failed before."""
    firms = EqualFirms(400, savings=400.0, mutual_debt=400.0)
    both = (circle(1, firms) + circle(1, firms).T) / 2
    cleared = single_default_shock(both, 41, firms)

    assert cleared.failures == 39
    assert cleared.failed_in.max() == 20
    assert solved["factorised"][-1] == 38  # the first comes to pay nothing
    assert np.mean(solved["factorised"]) < 20
    assert not solved["iterated"]


def capital_of_one(matrix, leverage, lost, **more):
    """Firms that owe each other a multiple of their capital, about 1 each, and lose some at first.

    `lost` is by firm; what a firm has not, it owes to people outside.
    """
    matrix = sparse.csr_array(matrix)
    matrix = matrix * (leverage / matrix.sum(axis=1).mean())
    balance = matrix.sum(axis=1) - matrix.sum(axis=0)
    count = matrix.shape[0]
    left = balance + 1 + 0.5 * np.sin(np.arange(count)) - lost
    stock = np.full(count, more.pop("stock", 0.0))
    savings = np.maximum(-left, 0) + more.pop("savings", 0.0) + stock
    cash = np.maximum(left, 0) + savings - np.maximum(-left, 0) - stock
    return Firms(matrix, cash, savings, stock, **more)


def first_of(count, lost):
    return np.where(np.arange(count) == 0, lost, 0.0)


def around(count):
    """A circle on which each firm owes both its neighbours the same."""
    ring = sparse.eye_array(count, k=1, format="lil")
    ring[count - 1, 0] = 1
    return sparse.csr_array(ring + ring.T)


def square(side):
    """A board on which each firm owes its neighbours in the row and in the column the same."""
    line = sparse.diags_array([1.0, 1.0], offsets=[-1, 1], shape=(side, side))
    same = sparse.eye_array(side)
    return sparse.csr_array(sparse.kron(line, same) + sparse.kron(same, line))


@pytest.mark.parametrize("leverage", [3.0, 1e6])
def test_ten_thousand_firms_that_owe_both_neighbours_solve_a_system_or_two_in_all(leverage, solved):
    """Thousands of rounds with mutual debts of a million times the capital, all feeding back."""
    count = 10_000
    firms = capital_of_one(around(count), leverage, first_of(count, 2.0 * count))
    cleared = clear(firms, Frictions(0.999, 0.9999))

    assert len(solved["factorised"] + solved["iterated"]) <= 2
    assert leverage == 3.0 or (cleared.failures == count and cleared.failed_in.max() > 5_000)
    kept = cleared.equity.sum() + cleared.paid_outside.sum() + cleared.destroyed
    own = firms.outside_assets.sum()
    assert kept == pytest.approx(own, rel=1e-9)


def test_a_board_of_ten_thousand_firms_solves_one_system_in_all(solved):
    firms = capital_of_one(square(100), 1e6, first_of(10_000, 2e4))
    cleared = clear(firms, Frictions(0.999, 0.9999))

    assert cleared.failures == 10_000
    assert cleared.failed_in.max() > 150
    assert len(solved["factorised"]) + len(solved["iterated"]) == 1


@pytest.mark.parametrize("savings", [1.0, 1e3, 1e6])
@pytest.mark.parametrize("matrix", [around(10_000), square(100)], ids=["circle", "board"])
def test_a_wave_through_ten_thousand_firms_solves_for_all_at_the_end_alone(matrix, savings, solved):
    """That losses are too large to bear is sure before anybody knows how large they are."""
    more = {"savings": savings, "outside_first": True}
    firms = capital_of_one(matrix, 1e6, first_of(10_000, 2e4), **more)
    cleared = clear(firms, Frictions(0.999, 0.9999))

    assert cleared.failures == 10_000
    assert sum(size > 300 for size in solved["factorised"] + solved["iterated"]) < 20
    assert len(solved["factorised"]) + len(solved["iterated"]) < cleared.failed_in.max() / 8


def test_small_losses_go_round_by_round_through_systems_of_the_last_that_failed(solved):
    """Costs of a thousandth: who fails hangs on what the last dozens pay, hardly on others."""
    more = {"savings": 1e3, "outside_first": True}
    firms = capital_of_one(around(4_000), 1e3, first_of(4_000, 8e3), **more)
    cleared = clear(firms, Frictions(0.999, 0.9999))

    assert cleared.failed_in.max() > 1_900
    assert np.median(solved["factorised"]) < 150
    assert sum(size > 300 for size in solved["factorised"] + solved["iterated"]) < 20


def near_ones(count, partners):
    """A circle on which each firm owes so many on either side the same."""
    steps = range(1, partners + 1)
    ahead = sum(sparse.eye_array(count, k=k) + sparse.eye_array(count, k=k - count) for k in steps)
    return sparse.csr_array(ahead + ahead.T)


@pytest.mark.parametrize(
    ("partners", "leverage", "savings", "costs"),
    [
        (1, 1e6, 1e6, Frictions(1 - 1e-6, 1 - 1e-7)),
        (1, 1e3, 1e3, Frictions(0.999, 0.9999)),
        (10, 1e3, 1e3, Frictions(0.999, 0.9999)),
    ],
)
def test_fewer_large_systems_are_solved_than_there_are_rounds(
    partners, leverage, savings, costs, solved
):
    """Each round some fail, some come to pay nothing, and some can just pay: bounds tell who."""
    more = {"savings": savings, "outside_first": True}
    network = near_ones(10_000, partners)
    firms = capital_of_one(network, leverage, first_of(10_000, 2e4), **more)
    cleared = clear(firms, costs)

    assert cleared.failures == 10_000
    assert sum(size > 2_000 for size in solved["factorised"]) < cleared.failed_in.max()
    assert not solved["iterated"]


def test_in_a_tree_of_ten_thousand_nothing_is_solved_by_iterations(solved):
    """Its factors stay thin, though those who deal with many are far from some of them."""
    rng, others = np.random.default_rng(2), np.arange(1, 10_000)
    parents = (rng.random(9_999) * others).astype(int)
    tree = sparse.csr_array((np.ones(9_999), (others, parents)), shape=(10_000, 10_000))
    more = {"savings": 1e3, "outside_first": True}
    cleared = clear(capital_of_one(tree + tree.T, 1e3, first_of(10_000, 2e4), **more))

    assert 0 < cleared.failures < 10_000
    assert not solved["iterated"]


def test_where_all_that_fail_pay_nothing_there_is_nobody_to_solve_for(solved):
    """A chain in which savers have everything."""
    chain, cash = np.eye(20, k=1), np.where(np.arange(20) == 0, 4.0, 5.0)
    cleared = clear(firms_of(chain, cash, np.full(20, 5.0), outside_first=True), Frictions(0.5))

    assert cleared.failed_in.tolist() == [*range(1, 20), 0]
    assert not cleared.paid_inside.any()
    assert solved == {"factorised": [], "iterated": []}


# -- rounds that are put off, or solved one by one ----------------------------------------------


def blocks(count):
    """Groups of eight that all owe each other the same, with a weak link from each to the next."""
    group = np.arange(count) // 8
    matrix = (group[:, None] == group).astype(float)
    np.fill_diagonal(matrix, 0)
    matrix[np.arange(7, count - 1, 8), np.arange(8, count, 8)] = 0.5
    return matrix + 0.2 * matrix.T


NETWORKS = {
    "circle": around(48),
    "board": square(7),
    "blocks": blocks(48),
    "path": sparse.eye_array(48, k=1) + 0.3 * sparse.eye_array(48, k=-1),
    "random": random_network(3, 48).liabilities,
}
COSTS = (NO_FRICTION, Frictions(0.95, 0.98), Frictions(price_impact=0.3), Frictions(0.9, 0.9, 0.1))


def cleared_round_by_round(firms, costs, monkeypatch):
    """Clear by a system a round of all that have failed, as the algorithm is defined."""
    with monkeypatch.context() as patch:
        patch.setattr(clearing._Ledger, "_in_doubt", lambda *_: True)
        patch.setattr(clearing._Ledger, "_sure_without_all", lambda _: False)
        patch.setattr(payments.PassedOn, "narrow", False)
        return clear(firms, costs)


def same(ours, theirs, tolerance):
    assert theirs.failures > 0
    assert ours.failed_in.tolist() == theirs.failed_in.tolist()
    for mine, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-9, atol=tolerance)


NO_BAND = (payments.PassedOn, "narrow", False)
WAYS = {
    "as it is": (),
    "sparse": (NO_BAND,),
    "by iterations": (NO_BAND, (row, "_WIDE", 1e9), (row, "_TREE", 0), (payments, "_DIRECT", 4)),
    "bounds soon too old": ((clearing, "_AHEAD", 1), (latest, "_MOST", 0)),
    "bounds for a change": ((clearing, "_OFTEN", 0), (clearing, "_SELDOM", 2)),
    "small groups": ((latest, "_LEAST", 1), (clearing, "_AHEAD", 2)),
}


@pytest.mark.parametrize("costs", COSTS)
@pytest.mark.parametrize("outside_first", [True, False])
@pytest.mark.parametrize("leverage", [2.0, 50.0])
@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("way", WAYS)
def test_rounds_that_are_put_off_come_out_as_when_each_is_solved_for(
    name, leverage, outside_first, costs, way, monkeypatch
):
    """Payments and rounds are those of one system a round, however few are solved for."""
    network = NETWORKS[name]
    count = network.shape[0]
    lost = first_of(count, 0.7 * count) + 1.5 * (np.arange(count) % 11 == 5)
    more = {"savings": 1.0, "stock": 0.5, "outside_first": outside_first}
    firms = capital_of_one(network, leverage, lost, **more)
    each = cleared_round_by_round(firms, costs, monkeypatch)
    for where, limit, value in WAYS[way]:
        monkeypatch.setattr(where, limit, value)

    same(clear(firms, costs), each, 1e-9 * leverage)


@pytest.mark.parametrize("partners", [1, 4, 10])
@pytest.mark.parametrize("leverage", [30.0, 1e3])
@pytest.mark.parametrize("outside_first", [True, False])
@pytest.mark.parametrize(
    "costs", [Frictions(0.99, 0.999), Frictions(0.9, 0.95), Frictions(0.99, 1)]
)
def test_a_wave_round_a_circle_is_as_when_each_round_is_solved_for(
    partners, leverage, outside_first, costs, monkeypatch
):
    """Some can just pay and some just cannot: bounds from both sides decide most of the rounds."""
    rng = np.random.default_rng(partners)
    lost = first_of(400, 800.0) + rng.uniform(-0.4, 0.4, 400)
    more = {"savings": 0.1 * leverage, "outside_first": outside_first}
    firms = capital_of_one(near_ones(400, partners), leverage, lost, **more)
    each = cleared_round_by_round(firms, costs, monkeypatch)

    same(clear(firms, costs), each, 1e-9 * leverage)


@pytest.mark.parametrize("seed", range(12))
def test_rows_of_unlike_firms_fail_as_when_each_round_is_solved_for(seed, monkeypatch):
    """Three rows of unlike firms in a list that mixes them, many of which come to pay nothing."""
    rng = np.random.default_rng(seed)
    rows = [sparse.eye_array(50, k=1) + rng.uniform(0, 1) * sparse.eye_array(50, k=-1)] * 3
    network = sparse.csr_array(sparse.block_diag(rows)).multiply(10 ** rng.uniform(-0.2, 0.2))
    mixed = rng.permutation(150)
    network = sparse.csr_array(network)[mixed][:, mixed]
    lost = first_of(150, 300.0) + (rng.random(150) < 0.2) * rng.uniform(0, 30, 150)
    savings, stock = rng.choice([0.1, 5.0, 50.0]), rng.choice([0.0, 0.5])
    more = {"savings": savings, "stock": stock, "outside_first": True}
    firms = capital_of_one(network, 10 ** rng.uniform(1, 5), lost, **more)
    costs = Frictions(0.99, rng.choice([0.9, 0.999, 1 - 1e-7]), 0.2)
    ours = clear(firms, costs)

    assert np.count_nonzero(ours.paid_inside == 0) > 0
    same(ours, cleared_round_by_round(firms, costs, monkeypatch), 1e-7)


@pytest.mark.parametrize("seed", range(6))
def test_no_fall_of_the_price_is_missed_while_rounds_are_put_off(seed, monkeypatch):
    """Savers first, stock sold, and a chain in which many come to pay nothing."""
    rng = np.random.default_rng(seed)
    chain = sparse.eye_array(150, k=1) + rng.uniform(0, 1) * sparse.eye_array(150, k=-1)
    chain = sparse.csr_array(chain.multiply(10 ** rng.uniform(-0.2, 0.2, (150, 1))))
    lost = first_of(150, 300.0) + (rng.random(150) < 0.1) * rng.uniform(0, 4, 150)
    more = {"savings": 25.0, "stock": 0.5, "outside_first": True}
    firms, costs = capital_of_one(chain, 25.0, lost, **more), Frictions(0.95, 0.98, 0.2)

    same(clear(firms, costs), cleared_round_by_round(firms, costs, monkeypatch), 1e-7)


def test_who_was_owed_by_a_firm_that_pays_nothing_is_not_forgotten():
    """Firms 0 and 2 fail at once; 0 has nothing for 1, and 2 has 5 of the 10 that it owes 3.

    Whether 3 can pay its 3 hangs on what 2 pays, so that those who pay are solved for; 0 is none
    of them, and yet 1, which has 5 of the 10 that it owes 4, fails in the second round.
    """
    matrix = np.zeros((5, 5))
    matrix[0, 1], matrix[1, 4], matrix[2, 3], matrix[3, 4] = 10, 10, 10, 3
    cleared = clear(firms_of(matrix, [0, 5, 5, 0, 0], [5, 0, 0, 0, 0], outside_first=True))

    assert cleared.failed_in.tolist() == [1, 2, 1, 0, 0]
    assert cleared.paid_inside.tolist() == [0, 5, 5, 3, 0]


def large_network(cash, outside):
    rng = np.random.default_rng(7)
    count = 10_000
    matrix = 10 * sparse.random_array((count, count), density=5 / count, rng=rng, format="csr")
    matrix.setdiag(0)
    surplus = np.maximum(matrix.sum(axis=1) - matrix.sum(axis=0), 0) + 20
    assets = (surplus + rng.uniform(0, 3, count)) * cash
    assets[:300] *= 0.3
    return Firms(matrix, assets, np.full(count, outside), np.zeros(count))


@pytest.mark.parametrize(
    ("cash", "outside", "costs"), [(1.0, 20.0, Frictions(0.7, 0.7)), (1e-9, 1e-6, NO_FRICTION)]
)
def test_ten_thousand_firms_clear_by_a_system_or_two_a_round(cash, outside, costs, solved):
    """The factors of so large a network would fill up: it is factorised while few have failed."""
    firms = large_network(cash, outside)
    cleared = clear(firms, costs)

    assert cleared.failures >= 300
    assert max(solved["factorised"], default=0) <= 3_000
    assert 0 < len(solved["iterated"]) <= cleared.failed_in.max()
    kept = cleared.equity.sum() + cleared.paid_outside.sum() + cleared.destroyed
    assert kept == pytest.approx(firms.outside_assets.sum(), rel=1e-9)


def test_ten_thousand_firms_that_owe_each_other_nearly_everything_are_never_factorised(solved):
    """What large terms of a system hide of small ones, a second iterative solution finds."""
    rng = np.random.default_rng(1)
    matrix = sparse.random_array((10_000, 10_000), density=5e-4, rng=rng, format="lil")
    matrix.setdiag(0)
    firms = capital_of_one(matrix, 1e6, first_of(10_000, 2e4), savings=1.0, outside_first=True)
    cleared = clear(firms)

    assert cleared.failures > 9_900
    assert max(solved["factorised"]) < 2_000
    assert len(solved["iterated"]) <= 3 * cleared.failed_in.max()
    kept = cleared.equity.sum() + cleared.paid_outside.sum()
    assert kept == pytest.approx(firms.outside_assets.sum(), rel=1e-9)


def test_where_iterations_stall_the_system_is_factorised(solved, monkeypatch):
    """A long path there and back, as if its factors could fill up: what is paid has far to go."""
    monkeypatch.setattr(payments.PassedOn, "narrow", False)
    monkeypatch.setattr(row, "_WIDE", np.inf)
    monkeypatch.setattr(row, "_TREE", 0)
    count = 700
    path = sparse.diags_array([np.full(count - 1, 10.0)] * 2, offsets=[-1, 1])
    cash = np.where(np.arange(count) == 0, 1e-4, 0)
    cleared = clear(Firms(path, cash, np.full(count, 1e-6), np.zeros(count)))

    assert cleared.failures == count
    assert solved["factorised"] == [count - 1, count]
    assert cleared.paid_outside.sum() == pytest.approx(1e-4, rel=1e-9)
    assert np.all(np.diff(cleared.paid_outside[1:]) < 0)


def test_what_cannot_be_solved_is_said():
    here, one = np.zeros(1, int), np.ones(1)
    all_of_it = payments.PassedOn(here, here, one, 1)
    group = payments.Group(here, all_of_it, one, one, payments.Solver(thin=True))
    with pytest.raises(ArithmeticError, match="payments of 1 failed firms could not be solved"):
        group.greatest(one, one)


# -- very small, very large, singular ----------------------------------------------------------


def test_a_shop_that_owns_nothing_fails_beside_a_bank_of_a_million_million():
    matrix = [[0, 500, 0], [0, 0, 0], [0, 1e12, 0]]
    cleared = clear(firms_of(matrix, [0, 0, 1e12]))

    assert cleared.failed_in.tolist() == [1, 0, 0]
    assert cleared.paid_inside.tolist() == [0, 0, 1e12]


@pytest.mark.parametrize("amount", [1e-11, 1e-200, 1e200, 1e300])
def test_the_unit_of_money_plays_no_part(amount):
    """Firm 1 owes 10 and has 5, firm 2 owes 4 and has what it gets, 5; firm 3 is paid 4."""
    matrix = np.array([[0, 10, 0], [0, 0, 6], [0, 0, 0]]) * amount
    cleared = clear(firms_of(matrix, np.array([5.0, 0, 0]) * amount))

    assert cleared.failed_in.tolist() == [1, 2, 0]
    assert cleared.paid_inside / amount == pytest.approx([5, 5, 0])
    assert cleared.equity / amount == pytest.approx([0, 0, 5])


def test_large_and_small_clear_together():
    cleared = clear(firms_of([[0, 1e300], [1e-3, 0]], [1e299, 1], [0, 100]))

    assert cleared.failed_in.tolist() == [1, 0]
    assert cleared.paid_inside.tolist() == [1e299, 1e-3]
    assert all(np.all(np.isfinite(part)) for part in cleared)


@pytest.mark.parametrize("count", [2, 5, 40])
def test_a_closed_circle_without_cash_pays_what_it_owes(count):
    """All owe each other everything: nothing is short, and the greatest solution is paid."""
    matrix = np.full((count, count), 100.0)
    np.fill_diagonal(matrix, 0)
    cleared = clear(firms_of(matrix, np.zeros(count)))

    assert cleared.failures == 0
    assert cleared.paid_inside.tolist() == [100.0 * (count - 1)] * count


def test_a_closed_circle_of_unlike_debts_pays_as_much_as_goes_round():
    """No cash: 1 owes 110 to 2, 2 owes 60 to 3 and 40 to 1, 3 owes 60 to 1; 100 go round."""
    cleared = clear(firms_of([[0, 110, 0], [40, 0, 60], [60, 0, 0]], [0, 0, 0]))

    assert cleared.failed_in.tolist() == [1, 0, 0]
    assert cleared.paid_inside == pytest.approx([100, 100, 60])


@pytest.mark.parametrize("seed", range(20))
def test_in_a_closed_network_without_cash_somebody_always_pays_in_full(seed):
    """The greatest of many solutions, p = t·v: some firm is at what it owes, all own nothing.

    Firms differ by eight orders of size, so that rounding alone could fell the last one.
    """
    rng = np.random.default_rng(seed)
    size = 10 ** rng.uniform(-4, 4, 12)
    matrix = size[:, None] * size[None, :] * rng.uniform(0.5, 1, (12, 12))
    np.fill_diagonal(matrix, 0)
    cleared = clear(firms_of(matrix, np.zeros(12)))
    inside = matrix.sum(axis=1)

    assert 0 < cleared.failures < 12
    assert np.max(cleared.paid_inside / inside) == pytest.approx(1, rel=1e-12)
    assert cleared.received == pytest.approx(cleared.paid_inside, rel=1e-6)


@pytest.mark.parametrize("owed", np.linspace(0.2, 0.8, 7) * 1e-3)
@pytest.mark.parametrize("first", [0, 2])
def test_an_error_of_rounding_does_not_fell_the_last_firm_of_a_closed_circle(owed, first):
    """A owes a million to B and 0.001 to C, B owes two million to A, C owes less to B; no cash.

    C is paid just what it owes, by two firms whose payments are known to one part in ten million.
    Two other firms fail beside them, on either side in the list.
    """
    matrix = np.zeros((5, 5))
    a, b, c = first, first + 1, first + 2
    matrix[a, b], matrix[a, c], matrix[b, a], matrix[c, b] = 1e6, 1e-3, 2e6, owed
    debts = np.ones(5)
    debts[[a, b, c]] = 0
    cleared = clear(firms_of(matrix, np.zeros(5), debts))
    goes_round = owed / 1e-3 * (1e6 + 1e-3)

    assert cleared.failed_in[c] == 0
    assert np.delete(cleared.failed_in, c).min() == 1
    assert cleared.paid_inside[[a, b]] == pytest.approx([goes_round] * 2, rel=1e-5)


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
        (np.zeros((0, 0)), ZERO, "liabilities must be as many rows as columns, 1 or more"),
        (np.eye(3), ZERO, "liabilities must be 0 on the diagonal"),
        (sparse.eye_array(3), ZERO, "liabilities must be 0 on the diagonal"),
        (-np.ones((3, 3)), ZERO, "liabilities must be a number of 0 or more, not -1"),
        (np.zeros((3, 3)), np.zeros(2), "outside_assets must be 3 numbers, one for each row"),
        (np.zeros((3, 3)), np.array([1, np.nan, 1]), "outside_assets must be a number of 0"),
        (np.zeros((3, 3)), ["1", "2", "3"], "outside_assets must be a number of 0"),
        ("6", ZERO, "liabilities must be a number of 0 or more, not '6'"),
        (True, ZERO, "liabilities must be a number of 0 or more, not True"),
        (None, ZERO, "liabilities must be a number of 0 or more, not None"),
        (np.datetime64("2020-01-01"), ZERO, "liabilities must be a number of 0 or more"),
        (np.zeros((3, 3), dtype=complex), ZERO, "liabilities must be a number of 0 or more"),
        (np.zeros((3, 3), dtype=bool), ZERO, "liabilities must be a number of 0 or more"),
        ([[0.0], [1.0, 2.0]], ZERO, "liabilities must be a number of 0 or more"),
        (6.0, ZERO, "liabilities must be a table of two dimensions, not 0"),
        (np.zeros(3), ZERO, "liabilities must be a table of two dimensions, not 1"),
        (np.zeros((3, 3, 3)), ZERO, "liabilities must be a table of two dimensions, not 3"),
        (sparse.csr_array([[0, np.inf], [0, 0]]), ZERO, "liabilities must be a number of 0"),
        (sparse.csr_array([[0, 1j], [0, 0]]), ZERO, "liabilities must be a number of 0"),
        (np.full((3, 3), 1e308) - 1e308 * np.eye(3), ZERO, "liabilities, .* must add up to less"),
    ],
)
def test_firms_that_cannot_be_are_refused(matrix, assets, said):
    with pytest.raises(ValueError, match=said):
        Firms(matrix, assets, ZERO, ZERO)


def test_the_caller_s_matrix_is_left_alone():
    mine = sparse.csr_array([[0.0, 5.0], [0.0, 0.0]])
    firms = Firms(mine, np.zeros(2), np.zeros(2), np.zeros(2))
    mine.data[:] = 7

    assert firms.liabilities.toarray().tolist() == [[0, 5], [0, 0]]


def test_no_frictions_is_the_default():
    assert Frictions() == NO_FRICTION
