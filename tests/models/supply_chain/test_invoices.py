"""An invoice sold early, and many of one buyer: by hand, in the limits, and who gains."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from netfin.lending import BANK, LendingTerms, break_even_rate
from netfin.supply_chain.invoices import (
    INVOICE,
    LARGE_BUYER,
    InvoiceTerms,
    chance_to_lose,
    longest_term,
    reverse_factoring,
    selling_cost,
    waiting_cost,
)

rates = st.floats(0, 0.5)
terms = st.floats(10, 360)


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


@given(rates, st.floats(0.01, 0.2), st.floats(0, 0.01), st.floats(0.01, 1))
def test_the_supplier_gains_up_to_the_longest_term_and_no_further(asked, programme, fee, part):
    invoice = InvoiceTerms(supplier_rate=asked, programme_rate=programme, fee=fee)
    longest = longest_term(invoice)
    assume(longest >= invoice.approval_days + 0.1)
    sooner = longest - part * (longest - invoice.approval_days)

    assert reverse_factoring(longest, invoice).supplier == pytest.approx(0, abs=1e-6)
    assert reverse_factoring(sooner, invoice).supplier > 0
    assert reverse_factoring(longest + part, invoice).supplier < 0


@given(rates, st.floats(0.01, 0.2), st.floats(0.02, 0.05), terms)
def test_where_the_fee_eats_the_gain_no_term_leaves_the_supplier_any(asked, programme, fee, days):
    invoice = InvoiceTerms(supplier_rate=asked / 10, programme_rate=programme, fee=fee)

    assert longest_term(invoice) < invoice.approval_days
    assert reverse_factoring(days, invoice).supplier < 0


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


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda: InvoiceTerms(approval_days=61),
            r"approval_days must be at most the 60\.0 days, not 61",
        ),
        (lambda: InvoiceTerms(amount=[1.0, 2.0]), "amount must be one number, not 2 of them"),
        (lambda: reverse_factoring(5), r"days must be at least 10\.0 days, not 5"),
        (lambda: reverse_factoring(1e308), r"days must be a number from 0 to .*, not 1e\+308"),
    ],
)
def test_what_makes_no_sense_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
