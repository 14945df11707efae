"""Waiting, invoices, diversion and pledges: textbook numbers, limits, and counting by hand."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.lending import BANK, LendingTerms, break_even_rate
from netfin.supply_chain.trade_credit import (
    INVOICE,
    LARGE_BUYER,
    InvoiceTerms,
    cash_conversion_cycle,
    cash_tied_up,
    chance_to_lose,
    debt_capacity,
    longest_term,
    pledged_again,
    reverse_factoring,
    selling_cost,
    trade_credit_rate,
    waiting_cost,
)

rates = st.floats(0, 0.5)
terms = st.floats(10, 360)


# ------------------------------------------------------------------------------ waiting


def test_the_cycle_is_stock_and_receivables_less_payables():
    assert cash_conversion_cycle(60, 30, 45) == 45
    assert cash_conversion_cycle(5, 2, 40) == -33
    assert cash_tied_up(45, 2000) == 90_000


@pytest.mark.parametrize(
    ("discount", "early", "late", "simple", "effective"),
    [
        (0.02, 10, 30, 0.3724, 0.4459),  # the textbooks' 2/10 net 30
        (0.02, 20, 45, 0.2980, 0.3431),  # 2/20 net 45
        (0.02, 10, 50, 0.1862, 0.2024),  # 2/10, paid on day 50
    ],
)
def test_trade_credit_of_the_textbooks(discount, early, late, simple, effective):
    price = trade_credit_rate(discount, early, late)

    assert price.simple == pytest.approx(simple, abs=6e-5)
    assert price.effective == pytest.approx(effective, abs=6e-5)


@given(st.floats(0.001, 0.2), st.floats(0, 30), st.floats(1, 90))
def test_interest_on_interest_within_a_year_costs_more(discount, early, days):
    price = trade_credit_rate(discount, early, early + days)

    assert price.effective > price.simple * (1 - 1e-12)
    assert trade_credit_rate(discount, 0, 365).simple == pytest.approx(discount / (1 - discount))


# ------------------------------------------------------------------------------ invoices


def test_the_programme_s_rate_is_the_buyer_s_break_even_rate():
    assert INVOICE.programme_rate == pytest.approx(break_even_rate(LARGE_BUYER))
    assert INVOICE.programme_rate == pytest.approx((0.02 + 0.0105 + 0.01 + 0.003) / 0.995)
    assert INVOICE.programme_rate < break_even_rate(BANK)


def test_an_invoice_by_hand():
    """100,000 yuan, 60 days at 12 %: 1,972.60; ten days at 12 %, fifty at 4 %, and 100 of fee."""
    invoice = InvoiceTerms(programme_rate=0.04)

    assert waiting_cost(60, invoice) == pytest.approx(1972.60, abs=0.01)
    assert selling_cost(60, invoice) == pytest.approx(328.77 + 547.95 + 100, abs=0.01)
    gains = reverse_factoring(90, invoice)
    assert gains.supplier == pytest.approx(1972.60 - 328.77 - 876.71 - 100, abs=0.02)
    assert gains.buyer == pytest.approx(100_000 * 0.05 * 30 / 365)
    assert gains.platform == 100


def test_without_fee_and_approval_the_longest_term_is_the_ratio_of_the_rates():
    invoice = InvoiceTerms(fee=0.0, approval_days=0.0, programme_rate=0.04)

    assert longest_term(invoice) == pytest.approx(60 * 0.12 / 0.04)


@given(terms, rates, st.floats(0.01, 0.2), st.floats(0, 0.01))
def test_the_supplier_gains_up_to_the_longest_term_and_no_further(days, asked, programme, fee):
    invoice = InvoiceTerms(supplier_rate=asked, programme_rate=programme, fee=fee)
    longest = longest_term(invoice)

    if abs(days - longest) > 1e-6:
        assert (reverse_factoring(days, invoice).supplier > 0) == (days < longest)
    if longest >= invoice.approval_days:
        assert reverse_factoring(longest, invoice).supplier == pytest.approx(0, abs=1e-6)


@given(terms, rates, st.floats(0.01, 0.2), rates)
def test_the_gains_add_up_to_the_cheaper_money(days, asked, programme, own):
    invoice = InvoiceTerms(supplier_rate=asked, programme_rate=programme, buyer_rate=own)
    early = (asked - programme) * 50 + (own - programme) * (days - 60)

    assert reverse_factoring(days, invoice).total == pytest.approx(1e5 * early / 365, abs=1e-6)


def test_a_longer_term_only_moves_the_gain_if_the_buyer_s_money_costs_the_same():
    invoice = InvoiceTerms(buyer_rate=INVOICE.programme_rate)
    gains = reverse_factoring(np.array([60.0, 90.0, 200.0]), invoice)

    assert np.ptp(gains.total) == pytest.approx(0, abs=1e-9)
    assert gains.platform.tolist() == [100, 100, 100]
    assert waiting_cost(np.array([30.0, 60.0]), invoice).shape == (2,)


# ------------------------------------------------------------------------------ diversion


@pytest.mark.parametrize(("diversion", "limit"), [(0.4, 37_838), (0.15, 158_333), (1.0, 2062)])
def test_goods_are_lent_more_readily_than_cash(diversion, limit):
    """20,000 of one's own, 10 % earned, 7 % asked: 20,000·(1.1 − δ)/(δ − 0.03)."""
    assert debt_capacity(20_000, 0.10, 0.07, diversion) == pytest.approx(limit, abs=1)


@given(st.floats(1, 1e6), st.floats(0, 0.3), rates, st.floats(0, 1))
def test_at_the_limit_repaying_and_diverting_are_worth_the_same(own, earns, asked, diversion):
    limit = debt_capacity(own, earns, asked, diversion)

    if np.isfinite(limit) and limit < 1e9:
        run = (1 + earns) * (own + limit) - (1 + asked) * limit
        assert run == pytest.approx(diversion * (own + limit), rel=1e-6, abs=1e-4)


def test_what_cannot_be_diverted_is_lent_without_limit():
    assert debt_capacity(np.array([1.0, 0.0]), 0.1, 0.05, 0.0).tolist() == [np.inf, np.inf]


# ------------------------------------------------------------------------------ pledges


def test_three_lenders_on_one_pile_without_a_registry():
    """Three loans of 0.7 on goods worth 1: 2.1 lent, 1.1 lost."""
    pledged = pledged_again(3, 0.0)

    assert (pledged.loans, pledged.lent, pledged.lost) == pytest.approx((3, 2.1, 1.1))
    assert pledged.loss_share == pytest.approx(1.1 / 2.1)
    assert pledged.loss_share_outside == pytest.approx(1.1 / 2.1)
    assert np.isnan(pledged.loss_share_inside)


@given(st.integers(1, 12), st.booleans())
def test_where_all_use_the_registry_nobody_loses(asked, priority):
    pledged = pledged_again(asked, 1.0, priority=priority)

    assert (pledged.loans, pledged.lost) == pytest.approx((1, 0))
    assert pledged.loss_share_inside == pytest.approx(0)
    assert np.isnan(pledged.loss_share_outside)


@given(st.integers(1, 6), st.floats(0.05, 0.95), st.floats(0.1, 1), st.booleans())
def test_against_counting_every_case(asked, coverage, advance, priority):
    lent, lost = np.zeros(2), np.zeros(2)
    for users in itertools.product([False, True], repeat=asked):
        chance = np.prod([coverage if user else 1 - coverage for user in users])
        first, others = int(any(users)), users.count(False)
        given_out = advance * np.array([first, others])
        if priority:
            back = np.array([given_out[0], min(given_out[1], 1 - given_out[0])])
        else:
            back = given_out * min(1, 1 / given_out.sum())
        lent, lost = lent + chance * given_out, lost + chance * (given_out - back)
    pledged = pledged_again(asked, coverage, advance, priority)

    assert (pledged.lent, pledged.lost) == pytest.approx((lent.sum(), lost.sum()))
    assert pledged.loss_share_inside == pytest.approx(lost[0] / lent[0])
    assert pledged.loss_share_outside == pytest.approx(lost[1] / lent[1])
    expected = asked * (1 - coverage) + 1 - (1 - coverage) ** asked
    assert pledged.loans == pytest.approx(expected)


@given(st.integers(2, 12), st.floats(0.05, 0.95))
def test_priority_moves_the_loss_outside_and_changes_no_sum(asked, coverage):
    first, alike = (pledged_again(asked, coverage, priority=order) for order in (True, False))

    assert first.lost == pytest.approx(alike.lost)
    assert first.loss_share_inside == 0 < alike.loss_share_inside
    assert first.loss_share_outside > alike.loss_share_outside


# ------------------------------------------------------------------------------ one obligor


@pytest.mark.parametrize("share", [0.0, 0.05, 0.2, 1.0])
def test_the_chance_to_lose_is_that_of_drawn_years(share):
    buyers = LendingTerms(default_probability=0.05)
    rng = np.random.default_rng(3)
    others = rng.binomial(20, 0.05, 400_000) / 20
    lost = 0.6 * (share * (rng.random(400_000) < 0.05) + (1 - share) * others)

    for limit in (0.02, 0.05, 0.12):
        found = chance_to_lose(limit, share, 20, buyers)
        assert found == pytest.approx((lost >= limit - 1e-9).mean(), abs=0.002)


def test_one_obligor_who_owes_all_decides_all():
    assert chance_to_lose(0.6, 1.0) == pytest.approx(0.005)
    assert chance_to_lose(0.61, 1.0) == 0
    shares = chance_to_lose(0.05, np.array([0.0, 0.1, 0.5]))
    assert shares[0] < 1e-6 < shares[1]


# ------------------------------------------------------------------------------ refusals


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: cash_conversion_cycle(-1, 2, 3), "days_inventory must be a number of 0 or more"),
        (lambda: trade_credit_rate(0.02, 30, 30), "net_days must be above discount_days 30.0, not"),
        (lambda: trade_credit_rate(1.0, 10, 30), "discount must be a number from 0 to below 1"),
        (lambda: InvoiceTerms(approval_days=61), "approval_days must be at most 60.0 days, not 61"),
        (lambda: InvoiceTerms(programme_rate=0), "programme_rate must be a number above 0"),
        (lambda: InvoiceTerms(supplier_rate=12), "supplier_rate must be a number from 0 to 1"),
        (lambda: reverse_factoring(5), "days must be at least 10.0 days, not 5"),
        (lambda: debt_capacity(1, 0.1, 0.1, 2), "diversion must be a number from 0 to 1, not 2"),
        (lambda: pledged_again(0, 0.5), "asked must be a whole number of 1 or more, not 0"),
        (lambda: pledged_again(2, 0.5, advance=0), "advance must be a number above 0, not 0"),
        (lambda: chance_to_lose(0, 0.5), "limit must be a number above 0, not 0"),
        (lambda: waiting_cost(float("nan")), "days must be a number of 0 or more, not nan"),
    ],
)
def test_what_makes_no_sense_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
