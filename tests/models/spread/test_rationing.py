"""Who leaves when the rate rises decides whether credit is short or too plentiful."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from netfin.spread.rationing import (
    CROWD,
    CrowdTerms,
    Selection,
    applicants,
    bank_return,
    credit_market,
    deposits,
    safe_leave_above,
)

MEANS, PRIZES = Selection.EQUAL_MEANS, Selection.EQUAL_PRIZES
PEAK = safe_leave_above()

crowds = st.builds(
    CrowdTerms,
    safe_share=st.floats(0.01, 0.99),
    safe_success=st.floats(0.5, 1.0),
    project_return=st.floats(0.1, 1.0),
    outside_income=st.floats(0.01, 0.1),
    loss_given_default=st.floats(0.1, 1.0),
    operating_cost=st.floats(0.0, 0.05),
)
responses = st.floats(0.0, 50.0)


def drawn(terms, selection, rate, shops=400_000):
    """Applicants and return counted shop by shop, on an even grid of types."""
    spread = (np.arange(shops) + 0.5) / shops * terms.safe_success
    chances = np.append(spread, terms.safe_success)
    weight = np.append(np.full(shops, (1 - terms.safe_share) / shops), terms.safe_share)
    if selection is MEANS:
        prize = (1 + terms.project_return - (1 - chances) * terms.recovery) / chances
    else:
        prize = np.full(shops + 1, terms.prize)
    asks = chances * (prize - 1 - rate) >= terms.outside_income
    repaid = chances * (1 + rate) + (1 - chances) * terms.recovery
    share = (asks * weight).sum()
    return share, (asks * weight * repaid).sum() / share - 1 - terms.operating_cost


@pytest.mark.parametrize("selection", Selection)
@pytest.mark.parametrize("rate", [0.0, 0.1, 0.2])
def test_the_crowd_is_the_sum_of_its_shops(selection, rate):
    share, earned = drawn(CROWD, selection, rate)

    assert applicants(rate, selection=selection).share == pytest.approx(share, abs=1e-5)
    assert bank_return(rate, selection=selection) == pytest.approx(earned, abs=1e-5)


def test_the_crowd_beyond_the_peak_is_the_sum_of_its_shops():
    share, earned = drawn(CROWD, MEANS, 0.4)

    assert applicants(0.4).share == pytest.approx(share, abs=1e-5)
    assert bank_return(0.4) == pytest.approx(earned, abs=1e-5)


def test_the_numbers_of_the_text():
    assert safe_leave_above() == pytest.approx(0.8 / 0.98 - 0.6)
    assert bank_return(PEAK) == pytest.approx(0.10)
    assert bank_return(PEAK + 0.05) == pytest.approx(-0.22)
    market = credit_market(7)
    assert market.loans == pytest.approx(0.7)
    assert market.unmet == pytest.approx(0.3)
    assert market.would_pay_more == pytest.approx(0.06)
    assert market.indifferent == pytest.approx(0.24)


@given(crowds)
def test_the_return_has_one_peak_and_falls_by_half_of_what_the_safe_brought(terms):
    peak = safe_leave_above(terms)
    beyond = bank_return(peak + np.array([1e-9, 0.1, 1.0, 1e100, 1e300]), terms)
    best = bank_return(peak, terms)

    assert bank_return(peak - 0.01, terms) < best
    assert best - beyond == pytest.approx(terms.safe_share * terms.at_stake / 2)


@given(crowds)
def test_with_equal_prizes_a_higher_rate_always_brings_more(terms):
    peak = safe_leave_above(terms)
    rates = np.linspace(-terms.loss_given_default + 1e-6, peak, 50)
    asking = applicants(rates, terms, PRIZES)

    assert (np.diff(bank_return(rates, terms, PRIZES)) > 0).all()
    assert (np.diff(asking.share) <= 0).all()
    assert (np.diff(asking.success) >= -1e-12).all()


@given(crowds)
def test_with_equal_means_applicants_get_worse(terms):
    peak = safe_leave_above(terms)
    asking = applicants(peak + np.array([-0.01, 0.0, 0.01, 0.1, 1.0]), terms)

    assert (np.diff(asking.share) <= 0).all()
    assert (np.diff(asking.success) <= 0).all()


@given(responses, crowds)
def test_either_the_market_clears_or_banks_stop_at_the_peak(response, terms):
    market = credit_market(response, terms)

    assert market.loans + market.unmet == pytest.approx(market.demand)
    assert market.loans <= deposits(market.bank_return, response) + 1e-9
    assert market.wasteful == 0
    stopped = market.unmet > 0
    assert not stopped or market.rate == safe_leave_above(terms)
    assert bank_return(market.rate, terms) == pytest.approx(market.bank_return)
    brought = deposits(market.bank_return, response)
    assert market.loans == pytest.approx(brought if stopped else market.demand)


@given(st.floats(0.0, 50.0), crowds)
def test_who_is_turned_away_would_pay_more_unless_safe(response, terms):
    """At the rate where banks stop a safe shop keeps as much without the loan, to the last fen."""
    market = credit_market(response, terms)
    assume(market.unmet > 0)
    success, rate = terms.safe_success, market.rate
    kept = success * (terms.prize - 1 - rate)
    risky = terms.project_return + terms.loss_given_default
    risky -= 0.5 * success * (rate + terms.loss_given_default)  # half as likely to succeed

    assert kept == pytest.approx(terms.outside_income)
    assert risky > terms.outside_income
    assert market.would_pay_more == pytest.approx((1 - terms.safe_share) * market.unmet)
    assert market.indifferent + market.would_pay_more == pytest.approx(market.unmet)


@given(responses, crowds)
def test_with_equal_prizes_nobody_who_would_pay_more_is_turned_away(response, terms):
    market = credit_market(response, terms, PRIZES)

    assert market.would_pay_more == 0
    assert market.loans + market.unmet == pytest.approx(market.demand)
    assert 0 <= market.wasteful <= market.loans + 1e-12


@given(st.floats(5.0, 50.0), crowds)
def test_with_equal_prizes_the_market_clears_where_deposits_overtake_demand(response, terms):
    market = credit_market(response, terms, PRIZES)
    assume(market.rate < safe_leave_above(terms))

    assert market.unmet == pytest.approx(0, abs=1e-9)
    assert market.demand == applicants(market.rate, terms, PRIZES).share
    assert deposits(market.bank_return, response) == pytest.approx(market.demand, abs=1e-6)


@pytest.mark.parametrize("selection", Selection)
def test_one_risky_shop_in_a_million_changes_a_millionth(selection):
    """Where all are safe the same shops get nothing as where nearly all are."""
    nearly = credit_market(4, CrowdTerms(safe_share=0.999999), selection)
    wholly = credit_market(4, CrowdTerms(safe_share=1.0), selection)

    assert wholly == pytest.approx(nearly, abs=1e-5)
    assert wholly.unmet == pytest.approx(0.28)
    assert wholly.would_pay_more == 0


def test_the_switch_turns_too_little_credit_into_too_much():
    short, plenty = credit_market(7, selection=MEANS), credit_market(7, selection=PRIZES)

    assert short.unmet > 0
    assert short.wasteful == 0
    assert plenty.unmet == 0
    assert plenty.wasteful > 0


def test_wasteful_loans_are_those_that_yield_less_than_they_cost():
    market = credit_market(7, selection=PRIZES)
    chances = (np.arange(400_000) + 0.5) / 400_000 * CROWD.safe_success
    asks = chances * (CROWD.prize - 1 - market.rate) >= CROWD.outside_income
    yields = chances * CROWD.prize + (1 - chances) * CROWD.recovery
    costs = 1 + market.bank_return + CROWD.operating_cost + CROWD.outside_income
    counted = (asks & (yields < costs)).mean() * (1 - CROWD.safe_share)

    assert market.wasteful == pytest.approx(counted, abs=1e-5)


@given(st.floats(0.1, 50.0))
def test_where_all_are_safe_the_two_models_are_one(response):
    terms = CrowdTerms(safe_share=1.0)
    means, prizes = credit_market(response, terms), credit_market(response, terms, PRIZES)

    assert means == pytest.approx(prizes, abs=1e-9)
    assert means.would_pay_more == 0


def test_without_safe_shops_dearer_credit_clears_the_market():
    terms = CrowdTerms(safe_share=0.0, project_return=1.0)
    market = credit_market(1.0, terms)

    assert market.unmet == 0
    assert market.rate > safe_leave_above(terms)
    assert applicants(market.rate, terms).share == pytest.approx(market.loans)
    assert bank_return(market.rate, terms) == pytest.approx(market.bank_return)


def test_a_crowd_that_only_loses_money_gets_none():
    market = credit_market(7, CrowdTerms(safe_share=0.3))

    assert market.loans == 0
    assert market.unmet == 1
    assert market.bank_return < 0


def test_a_crowd_without_safe_shops_whose_loans_only_lose_money_gets_none():
    """With equal prizes the last to ask are the safest, at the highest rate that anyone pays."""
    hopeless = CrowdTerms(safe_share=0.0, project_return=0.05)
    market = credit_market(7, hopeless, PRIZES)

    assert market.loans == 0
    assert market.rate == pytest.approx(safe_leave_above(hopeless))
    assert market.bank_return == pytest.approx(-0.02)


def test_owners_with_nothing_else_to_do_all_ask():
    terms = CrowdTerms(outside_income=0.0)

    assert applicants(safe_leave_above(terms), terms, PRIZES).share == pytest.approx(1)
    assert credit_market(7, terms, PRIZES).loans == pytest.approx(1)


def test_no_deposits_no_loans():
    assert credit_market(0).loans == 0
    assert credit_market(0, selection=PRIZES).loans == 0


def test_nobody_asks_beyond_what_any_shop_can_pay():
    asking = applicants(PEAK + 0.01, selection=PRIZES)

    assert asking.share == 0
    assert np.isnan(asking.success)


def test_savers_answer_to_what_they_are_paid():
    assert deposits(0.05, 10) == pytest.approx(0.5)
    assert deposits(-0.05, 10) == 0


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: applicants(-0.6), r"rate must be above −loss_given_default = -0\.6, not -0\.6"),
        (lambda: CrowdTerms(safe_success=0), "safe_success must be a number above 0"),
        (lambda: CrowdTerms(safe_share=1.1), "safe_share must be a number from 0 to 1, not 1.1"),
        (
            lambda: CrowdTerms(outside_income=0.9),
            r"outside_income must be below project_return \+ loss_given_default = 0\.85, not 0\.9",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(call, said):
    with pytest.raises(ValueError, match=said):
        call()
