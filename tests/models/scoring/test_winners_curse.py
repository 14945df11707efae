"""Two lenders and the winner's curse, against simulation, limits and Broecker's counting."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.lending import BANK, margin_at
from netfin.scoring import statements, winners_curse
from netfin.scoring.binormal import binormal_separation
from netfin.scoring.winners_curse import MARKET, adverse_selection

areas = st.floats(0.5, 0.98)
shares = st.floats(0.02, 0.98)


@given(areas, shares, st.floats(0.01, 0.6))
def test_the_passing_score_lets_the_wanted_share_pass(area, approval, share):
    good, bad = winners_curse.pass_rates(area, approval, share)

    assert (1 - share) * good + share * bad == pytest.approx(approval)
    assert good >= bad - 1e-9


def test_an_applicant_pool_simulated():
    """A quarter of a million applicants, judged twice."""
    generator = np.random.default_rng(11)
    count = 250_000
    bad = generator.random(count) < MARKET.population_default
    pass_ = []
    for area, approval in ((MARKET.own_auc, MARKET.own_approval), (0.9, MARKET.rival_approval)):
        score = generator.standard_normal(count) + binormal_separation(area) * ~bad
        pass_.append(score > winners_curse.score_cut_off(area, approval, MARKET.population_default))
    asks_first = generator.random(count) < 0.7
    mine = pass_[0] & ~(pass_[1] & asks_first)
    pool = adverse_selection(0.9, 0.7)

    assert pool.lent == pytest.approx(mine.mean(), abs=0.003)
    assert pool.default_rate == pytest.approx(bad[mine].mean(), abs=0.004)


def test_without_a_rival_asked_first_your_pool_is_your_own():
    pool = adverse_selection(0.95, 0.0)

    assert pool.lent == pytest.approx(MARKET.own_approval)
    assert pool.profit == pytest.approx(
        MARKET.own_approval * margin_at(MARKET.rate, pool.default_rate, BANK)
    )


def test_a_rival_who_draws_lots_takes_volume_and_not_quality():
    alone, beside = (
        adverse_selection(0.5, 0.0),
        adverse_selection(0.5, 1.0),
    )

    assert beside.default_rate == pytest.approx(alone.default_rate)
    assert beside.lent == pytest.approx(alone.lent * (1 - MARKET.rival_approval))


def test_a_nearly_perfect_rival_with_room_for_all_the_good_leaves_only_the_bad():
    terms = replace(MARKET, rival_approval=0.92)
    pool = adverse_selection(1 - 1e-12, 1.0, terms)

    assert pool.default_rate > 0.99


@given(areas, areas, st.floats(0.0, 1.0))
def test_your_pool_worsens_as_the_rival_improves(one, other, first):
    worse, better = sorted((one, other))
    before, after = (adverse_selection(each, first).default_rate for each in (worse, better))

    assert after >= before - 1e-12


def test_the_chapter_s_numbers():
    """Without a rival who sees 3 % default; an equal one undoes the screening; a better one costs.

    The numbers were found apart from the model, with the standard library's normal distribution.
    """
    pools = adverse_selection(np.array([0.5, 0.78, 0.95]))

    assert pools.default_rate == pytest.approx([0.030080, 0.081472, 0.130717], abs=1e-6)
    assert pools.lent == pytest.approx([0.15, 0.137876, 0.127965], abs=1e-6)
    assert pools.profit == pytest.approx([0.007176, 0.001495, -0.003150], abs=1e-6)


def test_further_lenders_finance_the_bad_faster_than_the_good():
    """Broecker (1990): two tests passed by 0.9 of the good and 0.3 of the bad."""
    good = winners_curse.financed_by_any(0.9, np.array([1, 2]))
    bad = winners_curse.financed_by_any(0.3, np.array([1, 2]))

    assert good == pytest.approx([0.9, 0.99])
    assert bad == pytest.approx([0.3, 0.51])
    assert bad[1] / bad[0] > good[1] / good[0]


def test_lenders_of_whom_all_pass_leave_nobody():
    assert winners_curse.financed_by_any(1.0, 1) == 1.0
    assert winners_curse.financed_by_any(0.0, 5) == 0.0


def test_the_rare_who_pass_are_not_lost_to_rounding():
    assert winners_curse.financed_by_any(1e-20, 10**6) == pytest.approx(1e-14)


@pytest.mark.parametrize("said", statements.STATEMENTS, ids=lambda said: said.name)
def test_a_statement_speaks_only_of_lenders_who_earned_before(said):
    """At 6.2 % and with a coin for a card a lender loses alone; the statement must not count it."""
    lost = said.state({"market.own_auc": np.array([0.5]), "market.rate": np.array([0.062])})

    assert said.takes(said.state()).all()
    assert not said.takes(lost).any()
    assert said.holds(lost).all()


def test_what_a_range_refuses_is_no_case_and_not_asked_further():
    """A card that never errs is none to the model, which would refuse the whole draw."""
    said = statements.SECOND_ASKED
    draw = said.state({"market.own_auc": np.array([0.8, 1.01])}, size=2)

    assert said.takes(draw).tolist() == [True, False]
