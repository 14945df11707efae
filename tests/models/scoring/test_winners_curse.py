"""Two lenders and the winner's curse, against simulation, limits and Broecker's counting."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.lending import BANK, margin_at
from netfin.scoring import winners_curse as rival
from netfin.scoring.ranking import separation
from netfin.scoring.winners_curse import MARKET, RivalTerms

areas = st.floats(0.5, 0.98)
shares = st.floats(0.02, 0.98)


@given(areas, shares, st.floats(0.01, 0.6))
def test_the_passing_score_lets_the_wanted_share_pass(area, approval, share):
    good, bad = rival.approved(area, approval, share)

    assert (1 - share) * good + share * bad == pytest.approx(approval)
    assert good >= bad - 1e-9


def test_an_applicant_pool_simulated():
    """A quarter of a million applicants, judged twice."""
    generator = np.random.default_rng(11)
    count = 250_000
    bad = generator.random(count) < MARKET.population_default
    pass_ = []
    for area, approval in ((MARKET.own_auc, MARKET.own_approval), (0.9, MARKET.rival_approval)):
        score = generator.standard_normal(count) + separation(area) * ~bad
        pass_.append(score > rival.passing_score(area, approval, MARKET.population_default))
    asks_first = generator.random(count) < 0.7
    mine = pass_[0] & ~(pass_[1] & asks_first)
    pool = rival.own_pool(0.9, 0.7)

    assert pool.lent == pytest.approx(mine.mean(), abs=0.003)
    assert pool.default_rate == pytest.approx(bad[mine].mean(), abs=0.004)


def test_without_a_rival_asked_first_your_pool_is_your_own():
    pool = rival.own_pool(0.95, 0.0)

    assert pool.lent == pytest.approx(MARKET.own_approval)
    assert pool.profit == pytest.approx(
        MARKET.own_approval * margin_at(MARKET.rate, pool.default_rate, BANK)
    )


def test_a_rival_who_draws_lots_takes_volume_and_not_quality():
    alone, beside = rival.own_pool(0.5, 0.0), rival.own_pool(0.5, 1.0)

    assert beside.default_rate == pytest.approx(alone.default_rate)
    assert beside.lent == pytest.approx(alone.lent * (1 - MARKET.rival_approval))


def test_a_nearly_perfect_rival_with_room_for_all_the_good_leaves_only_the_bad():
    terms = replace(MARKET, rival_approval=0.92)
    pool = rival.own_pool(1 - 1e-12, 1.0, terms)

    assert pool.default_rate > 0.99


@given(areas, areas, st.floats(0.0, 1.0))
def test_your_pool_worsens_as_the_rival_improves(one, other, first):
    worse, better = sorted((one, other))
    before, after = (rival.own_pool(each, first).default_rate for each in (worse, better))

    assert after >= before - 1e-12


def test_the_chapter_s_numbers():
    """Your screening is undone by an equal rival, and a better one makes it worse than none."""
    pools = rival.own_pool(np.array([0.5, 0.80, 0.95]))

    assert pools.default_rate[0] < 0.035
    assert pools.default_rate[1] > MARKET.population_default
    assert pools.profit[2] < 0


def test_further_lenders_finance_the_bad_faster_than_the_good():
    """Broecker (1990): two tests passed by 0.9 of the good and 0.3 of the bad."""
    good = rival.financed_by_any(0.9, np.array([1, 2]))
    bad = rival.financed_by_any(0.3, np.array([1, 2]))

    assert good == pytest.approx([0.9, 0.99])
    assert bad == pytest.approx([0.3, 0.51])
    assert bad[1] / bad[0] > good[1] / good[0]


def test_fake_orders_are_bought_if_they_cost_less_than_they_bring():
    # A loan worth 5,000 yuan, got with 80 instead of 30 in a hundred.
    assert rival.worth_buying(2_400.0, 5_000.0, 0.3, 0.8)
    assert not rival.worth_buying(2_600.0, 5_000.0, 0.3, 0.8)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: rival.passing_score(0.7, 1.0, 0.1), "approval must be a number above 0 and below"),
        (lambda: rival.own_pool(1.0), "area must be a number from 0 to below 1"),
        (lambda: rival.own_pool(0.7, 1.2), "asked_first must be a number from 0 to 1, not 1.2"),
        (lambda: RivalTerms(own_approval=1.5), "own_approval must be"),
        (lambda: rival.financed_by_any(0.5, 0), "lenders must be a whole number of 1"),
        (lambda: rival.worth_buying(float("inf"), 1.0, 0.1, 0.2), "price must be a finite number"),
    ],
)
def test_bad_input_is_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()
