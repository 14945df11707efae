"""Runs: the published contract, its tipping point, thresholds in closed form, and two counts."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.contagion.runs import (
    PLATFORM,
    TEXTBOOK,
    Platform,
    Rule,
    best_contract,
    failures,
    leave_payoff,
    payoffs,
    run_thresholds,
    same_two_counts,
    tipping_point,
    wait_payoff,
)

platforms = st.builds(
    Platform,
    early_promise=st.floats(0.9, 1.3),
    long_return=st.floats(1.05, 3),
    sale_price=st.floats(0.1, 1),
    cash_share=st.floats(0, 0.9),
    early_needs=st.floats(0, 0.5),
)


# -- published numbers -------------------------------------------------------------------------


def test_the_contract_of_diamond():
    """Diamond (2007): 1.28 and 1.813 from R = 2, a quarter in need, u(c) = 1 − 1/c."""
    contract = best_contract(2.0, 0.25, 2.0)

    assert contract.early == pytest.approx(1.28, abs=0.005)
    assert contract.late == pytest.approx(1.813, abs=0.005)
    utility = 0.25 * (1 - 1 / contract.early) + 0.75 * (1 - 1 / contract.late)
    assert utility == pytest.approx(0.391, abs=0.0005)


def test_waiting_in_diamond_s_bank():
    """If the expected quarter leaves, 1.813 is left for each who waits; all cannot be paid."""
    assert wait_payoff(0.25, TEXTBOOK) == pytest.approx(1.813, abs=0.0005)
    assert leave_payoff(1.0, TEXTBOOK) == pytest.approx(1.0)
    assert TEXTBOOK.raised_at_once / TEXTBOOK.early_promise == pytest.approx(0.78, abs=0.005)


def test_the_tipping_point_of_diamond_and_dybvig():
    """(R − c_1) / (c_1 (R − 1)) = 0.72 / 1.28."""
    assert tipping_point(TEXTBOOK) == pytest.approx(0.5625)


def test_thresholds_of_goldstein_and_pauzner_for_neutral_lenders():
    """Their integrals solved: u(c) = c, c_1 = 1.28, R = 2, a quarter in need."""
    promise, needs, growth = 1.28, 0.25, 2.0
    broke = 1 / promise
    leaving = 1 - needs * promise + math.log(promise)
    logs = math.log((1 - needs) / (1 - broke))
    waiting = growth * (promise * (broke - needs) + (1 - promise) * logs)

    fear = run_thresholds(TEXTBOOK)
    assert fear.together == pytest.approx(leaving / waiting, abs=1e-6)
    assert fear.alone == pytest.approx(promise * 0.75 / (growth * (1 - needs * promise)))


def test_with_utility_the_threshold_is_another():
    fear = run_thresholds(Platform(1.28, 4.0, 1.0, 0.0, 0.25), lambda c: 1 - np.exp(-2 * c))

    assert fear.alone < fear.together
    assert fear.alone > run_thresholds(Platform(1.28, 4.0, 1.0, 0.0, 0.25)).alone


# -- limits ------------------------------------------------------------------------------------


def test_without_a_need_to_insure_the_contract_is_one_s_own_money():
    assert best_contract(1.5, 0.3, 1.0) == pytest.approx((1.0, 1.5))


def test_very_cautious_lenders_get_the_same_early_and_late():
    contract = best_contract(2.0, 0.25, 1e9)

    assert contract.early == pytest.approx(contract.late)


@given(st.floats(1, 5), st.floats(0, 1), st.floats(0.2, 20))
def test_a_contract_spends_what_there_is(growth, needs, caution):
    contract = best_contract(growth, needs, caution)

    assert needs * contract.early + (1 - needs) * contract.late / growth == pytest.approx(1)
    assert contract.late >= contract.early - 1e-12


@given(platforms)
def test_at_the_tipping_point_leaving_and_waiting_are_worth_the_same(platform):
    point = tipping_point(platform)
    if 0 < point < 1:
        assert wait_payoff(point, platform) == pytest.approx(platform.early_promise, rel=1e-6)
        assert wait_payoff(0.99 * point, platform) >= platform.early_promise - 1e-9
    elif point == 0:
        assert wait_payoff(0, platform) <= platform.early_promise
    else:
        assert math.isinf(point)
        assert leave_payoff(1.0, platform) == platform.early_promise


@given(platforms, st.floats(0, 0.999))
def test_no_more_is_paid_than_there_is(platform, share):
    paid = share * float(leave_payoff(share, platform))
    late = (1 - share) * float(wait_payoff(share, platform))

    assert paid <= platform.raised_at_once + 1e-9
    best = platform.cash_share + platform.long_return * (1 - platform.cash_share)
    assert paid + late <= best + 1e-9


def test_more_cash_and_a_better_price_make_a_run_harder():
    points = [tipping_point(Platform(cash_share=share)) for share in (0.1, 0.3, 0.5)]
    prices = [tipping_point(Platform(sale_price=price)) for price in (0.5, 0.7, 0.9, 1.0)]

    assert points == sorted(points)
    assert prices == sorted(prices)
    assert prices[-1] == math.inf
    assert tipping_point(Platform(long_return=0.9)) == 0.0


def test_thin_returns_leave_no_good_news_good_enough():
    assert run_thresholds(PLATFORM).together > 1
    assert run_thresholds(Platform(long_return=3.0, sale_price=0.9)).together < 1
    safe = run_thresholds(Platform(sale_price=1.0))
    assert safe.together == pytest.approx(safe.alone, abs=1e-3)


# -- rules -------------------------------------------------------------------------------------


def test_a_run_pays_those_who_come_first():
    shares = np.array([0.1, 0.2, 0.5, 0.9])
    free = payoffs(shares)

    assert (free.wait > free.leave).tolist() == [True, True, False, False]
    assert free.tipping_point == pytest.approx(0.2575)


def test_under_either_rule_nobody_gains_by_leaving():
    shares = np.linspace(0.1, 0.99, 50)
    for rule in (Rule.SUSPENSION, Rule.INSURANCE):
        kept = payoffs(shares, rule)
        assert np.all(kept.wait >= kept.leave - 1e-12)
        assert kept.tipping_point == math.inf


def test_suspension_does_not_save_a_platform_that_is_not_worth_its_promise():
    kept = payoffs(0.5, Rule.SUSPENSION, Platform(long_return=0.9))

    assert kept.tipping_point == 0.0
    assert kept.wait < 1.0


# -- many platforms ----------------------------------------------------------------------------


def test_without_feedback_failures_are_what_comes_from_outside():
    daily = failures(2.0, 1.0, 0.0, 5.0, (3, 2))

    assert daily.tolist() == [2, 2, 2, 3, 3]


def test_each_failure_brings_as_many_more_as_the_feedback_says():
    spark = failures(1.0, -1.0, 0.5, 4.0, (1, 400))

    assert spark.sum() == pytest.approx(1 + 0.5 + 0.25 / 0.5)
    steady = failures(1.0, 0.0, 0.5, 4.0, (500, 1))
    assert steady[-1] == pytest.approx(1 / (1 - 0.5))


@given(st.floats(0, 1.2), st.floats(2, 20), st.floats(1, 500), st.floats(1, 500))
def test_every_feedback_fits_both_counts(feedback, delay, first, second):
    summer = same_two_counts(feedback, delay, (first, second))

    assert summer.daily[:30].sum() == pytest.approx(first)
    assert summer.daily[30:].sum() == pytest.approx(second)


def test_the_sign_of_the_rule_hangs_on_the_feedback():
    calm, wild = (same_two_counts(feedback, 7, (80, 118)) for feedback in (0.0, 1.2))

    assert calm.without_rule[30:].sum() == pytest.approx(80 / 30 * 20)
    assert calm.rule > 0 > wild.rule
    assert wild.without_rule[30:].sum() > 118


# -- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: Platform(sale_price=0), "sale_price must be a number above 0"),
        (lambda: Platform(sale_price=1.1), "sale_price must be a number from 0 to 1"),
        (lambda: Platform(early_needs=1), "early_needs must be a number from 0 to below 1"),
        (lambda: Platform(long_return=float("inf")), "long_return must be a number above 0"),
        (lambda: wait_payoff(1.0), "share must be a number from 0 to below 1"),
        (lambda: leave_payoff(1.5), "share must be a number from 0 to 1"),
        (lambda: payoffs(0.05), "share must be at least early_needs, 0.1"),
        (lambda: best_contract(0.9, 0.2, 2), "long_return must be a number of 1 or more, not 0.9"),
        (lambda: best_contract(1.1, 0.2, 0), "risk_aversion must be a number above 0"),
        (lambda: failures(1, 0, 0.5, 0.5, (3, 3)), "delay must be a number of 1 or more, not 0.5"),
        (lambda: failures(1, 0, -0.5, 5, (3, 3)), "feedback must be a number of 0 or more"),
        (lambda: failures(1, 0, 0.5, 5, (3, 0)), "days must be a whole number of 1 or more"),
        (lambda: same_two_counts(0.5, 5, (-1, 2)), "counts must be a number of 0 or more"),
    ],
)
def test_a_bad_number_is_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()
