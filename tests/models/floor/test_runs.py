"""Runs: the published contract, its tipping point, thresholds in closed form."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from netfin.runs import (
    PLATFORM,
    TEXTBOOK,
    DepositContract,
    Rule,
    leave_payoff,
    optimal_deposit_contract,
    payoffs,
    run_thresholds,
    tipping_point,
    wait_payoff,
)

platforms = st.builds(
    DepositContract,
    early_promise=st.floats(0.9, 1.3),
    long_return=st.floats(1.05, 3),
    sale_price=st.floats(0.1, 1),
    cash_share=st.floats(0, 0.9),
    early_needs=st.floats(0, 0.5),
)


# -- published numbers -------------------------------------------------------------------------


def test_the_contract_of_diamond():
    """Diamond (2007): 1.28 and 1.813 from R = 2, a quarter in need, u(c) = 1 − 1/c."""
    contract = optimal_deposit_contract(2.0, 0.25, 2.0)

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

    news = run_thresholds(TEXTBOOK)
    assert news.global_game == pytest.approx(leaving / waiting, abs=1e-6)
    assert news.lower_dominance == pytest.approx(promise * 0.75 / (growth * (1 - needs * promise)))


def test_with_utility_the_threshold_is_another():
    news = run_thresholds(DepositContract(1.28, 4.0, 1.0, 0.0, 0.25), lambda c: 1 - np.exp(-2 * c))

    assert news.lower_dominance < news.global_game
    assert (
        news.lower_dominance
        > run_thresholds(DepositContract(1.28, 4.0, 1.0, 0.0, 0.25)).lower_dominance
    )


# -- limits ------------------------------------------------------------------------------------


def test_without_a_need_to_insure_the_contract_is_one_s_own_money():
    assert optimal_deposit_contract(1.5, 0.3, 1.0) == pytest.approx((1.0, 1.5))


def test_very_cautious_savers_get_the_same_early_and_late():
    contract = optimal_deposit_contract(2.0, 0.25, 1e9)

    assert contract.early == pytest.approx(contract.late)


@pytest.mark.parametrize("aversion", [1e-4, 1e-12, 1e-320])
def test_savers_who_mind_no_risk_leave_all_to_those_who_wait(aversion):
    """c_2 = R/(1 − μ_1): everything is lent to the end."""
    assert optimal_deposit_contract(2.0, 0.25, aversion) == pytest.approx((0, 2 / 0.75))


@given(st.floats(1, 5), st.floats(0, 0.999), st.floats(1e-3, 20))
def test_a_contract_spends_what_there_is(growth, needs, caution):
    contract = optimal_deposit_contract(growth, needs, caution)

    assert needs * contract.early + (1 - needs) * contract.late / growth == pytest.approx(1)
    assert contract.late >= contract.early - 1e-12


@given(platforms)
def test_at_the_tipping_point_leaving_and_waiting_are_worth_the_same(platform):
    point = tipping_point(platform)
    assume(0 < point < 1)

    assert wait_payoff(point, platform) == pytest.approx(platform.early_promise, rel=1e-6)
    assert wait_payoff(0.99 * point, platform) >= platform.early_promise - 1e-9


poor = st.builds(DepositContract, early_promise=st.floats(1.0, 1.3), long_return=st.floats(0.5, 1))
rich = st.builds(DepositContract, early_promise=st.floats(0.1, 0.73), long_return=st.floats(1, 3))


@given(poor)
def test_where_waiting_never_pays_all_leave_at_once(contract):
    assume(contract.early_promise > contract.raised_at_once)

    assert tipping_point(contract) == 0
    assert wait_payoff(0, contract) <= contract.early_promise


@given(rich)
def test_who_can_pay_all_at_once_cannot_be_run_on(contract):
    assert tipping_point(contract) == math.inf
    assert leave_payoff(1.0, contract) == contract.early_promise


@given(platforms, st.floats(0, 0.999))
def test_no_more_is_paid_than_there_is(platform, share):
    paid = share * float(leave_payoff(share, platform))
    late = (1 - share) * float(wait_payoff(share, platform))

    assert paid <= platform.raised_at_once + 1e-9
    best = platform.cash_share + platform.long_return * (1 - platform.cash_share)
    assert paid + late <= best + 1e-9


def test_more_cash_and_a_better_price_make_a_run_harder():
    points = [tipping_point(DepositContract(cash_share=share)) for share in (0.1, 0.3, 0.5)]
    prices = [tipping_point(DepositContract(sale_price=price)) for price in (0.5, 0.7, 0.9, 1.0)]

    assert points == sorted(points)
    assert prices == sorted(prices)
    assert prices[-1] == math.inf
    assert tipping_point(DepositContract(long_return=0.9)) == 0.0


def test_there_is_no_calm_where_those_in_need_are_more_than_start_a_run():
    assert tipping_point(DepositContract(early_needs=0.25)) == pytest.approx(0.2575)
    assert tipping_point(DepositContract(early_needs=0.26)) == 0.0
    assert payoffs(0.5, Rule.NOTHING, DepositContract(early_needs=0.5)).tipping_point == 0.0


def test_thin_returns_leave_no_good_news_good_enough():
    assert run_thresholds(PLATFORM).global_game > 1
    assert run_thresholds(DepositContract(long_return=3.0, sale_price=0.9)).global_game < 1
    safe = run_thresholds(DepositContract(sale_price=1.0))
    assert safe.global_game == pytest.approx(safe.lower_dominance, abs=1e-3)


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


def test_a_rule_may_be_given_in_its_words():
    shares = np.array([0.2, 0.5])
    for rule in Rule:
        ours, words = payoffs(shares, rule), payoffs(shares, str(rule))
        assert ours.wait.tolist() == words.wait.tolist()
    assert payoffs(0.5, "insurance") == (1.0, 1.0, math.inf)
    assert payoffs(0.5).wait == pytest.approx(1.1 * (0.9 - 0.4 / 0.7) / 0.5)


def test_suspension_does_not_save_a_platform_that_is_not_worth_its_promise():
    kept = payoffs(0.5, Rule.SUSPENSION, DepositContract(long_return=0.9))

    assert kept.tipping_point == 0.0
    assert kept.wait < 1.0


# -- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: DepositContract(sale_price=1.1), "sale_price must be a number above 0 and at m"),
        (lambda: DepositContract(sale_price=1e-320), "sale_price must be a number from 1e-100 to"),
        (lambda: DepositContract(long_return=1e308), "long_return must be a number from 1e-100 to"),
        (lambda: DepositContract(early_needs=1), "early_needs must be a number from 0 to below 1"),
        (lambda: DepositContract(long_return=float("inf")), "long_return must be a number above 0"),
        (lambda: wait_payoff(1.0), "share must be a number from 0 to below 1"),
        (lambda: leave_payoff(1.5), "share must be a number from 0 to 1"),
        (lambda: payoffs(0.05), "share must be a number from early_needs, 0.1, to below 1, not 0"),
        (lambda: payoffs(0.5, "nothing"), "rule must be one of “no rule”, “suspension”, “insur"),
        (lambda: run_thresholds(DepositContract(cash_share=1)), "contract must leave more to th"),
        (lambda: run_thresholds(DepositContract(early_needs=0.999)), "contract must leave more"),
        (lambda: run_thresholds(utility=np.log), "utility must be a finite number, not -inf"),
        (lambda: run_thresholds(utility=np.exp), "utility must be 0 at 0, not 1"),
        (
            lambda: optimal_deposit_contract(0.9, 0.2, 2),
            "long_return must be a number of 1 or more, not 0.9",
        ),
        (lambda: optimal_deposit_contract(1.1, 0.2, 0), "risk_aversion must be a number above 0"),
    ],
)
def test_a_bad_number_is_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_a_utility_is_a_function():
    with pytest.raises(TypeError, match="utility must be a function of an amount, not 2"):
        run_thresholds(utility=2.0)
