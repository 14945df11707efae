"""Three intermediaries on the same borrower: cash is conserved, and losses fall where they must."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import between, lending_terms, shares

from netfin.lending import BANK, LendingTerms, break_even_rate, margin_at
from netfin.spread.arrangements import (
    PLATFORM,
    Intermediary,
    Party,
    PlatformTerms,
    bank_loses_beyond,
    customer_rate,
    referral_shares,
    relender_cheaper_above,
    relender_handles_for,
    who_is_paid,
    wholesale_rate,
)

platform_terms = st.builds(
    PlatformTerms,
    running_cost=between(0.0, 0.2),
    bank_running_cost=between(0.0, 0.2),
    own_capital=between(0.0, 0.9),
    required_return=between(0.0, 0.5),
    bank_margin=between(0.0, 0.2),
    interest_share=between(0.0, 0.9),
)

THREE = pytest.mark.parametrize("intermediary", list(Intermediary))


def owners_in_an_expected_year(intermediary, bank, platform):
    """What the bank's owners and the platform's require in a year, for 100 yuan of loans."""
    bank_alone = 100 * bank.capital_ratio * bank.required_return
    if intermediary is Intermediary.BANK:
        return bank_alone + 100 * bank.profit, 0.0
    if intermediary is Intermediary.RELENDER:
        borrowed = 1 - platform.own_capital
        own = 100 * platform.own_capital * platform.required_return
        return borrowed * (bank_alone + 100 * platform.bank_margin), own
    rate = customer_rate(intermediary, bank, platform)
    fee = platform.interest_share * rate * (1 - bank.default_probability)
    return bank_alone, 100 * (fee - platform.running_cost)


@THREE
@given(bank=lending_terms, platform=platform_terms, realised=shares)
def test_whatever_happens_all_interest_goes_to_someone(intermediary, bank, platform, realised):
    year = who_is_paid(intermediary, bank, platform, realised)

    assert sum(year.paid.values()) == pytest.approx(year.interest_collected, rel=1e-9, abs=1e-9)


@THREE
@given(bank=lending_terms, platform=platform_terms, realised=shares)
def test_whatever_happens_all_cash_goes_to_someone(intermediary, bank, platform, realised):
    """From the other side: principal back and interest in, against capital back and gains out."""
    year = who_is_paid(intermediary, bank, platform, realised)
    recovered = 100 * (1 - realised) + 100 * realised * (1 - bank.loss_given_default)
    gains = sum(amount for party, amount in year.paid.items() if party != Party.LOST_PRINCIPAL)

    assert recovered + year.interest_collected == pytest.approx(100 + gains, abs=1e-9)


@THREE
@given(bank=lending_terms, platform=platform_terms)
def test_in_an_expected_year_owners_earn_what_they_require(intermediary, bank, platform):
    year = who_is_paid(intermediary, bank, platform)
    bank_owners, platform_owners = owners_in_an_expected_year(intermediary, bank, platform)

    assert year.paid[Party.BANK_OWNERS] == pytest.approx(bank_owners, abs=1e-9)
    assert year.paid[Party.PLATFORM_OWNERS] == pytest.approx(platform_owners, abs=1e-9)


@THREE
@given(realised=shares)
def test_savers_and_staff_are_paid_the_same_in_every_year(intermediary, realised):
    expected = who_is_paid(intermediary)
    year = who_is_paid(intermediary, realised_default=realised)

    for party in (Party.SAVERS, Party.BANK_COST, Party.PLATFORM_COST):
        assert year.paid[party] == expected.paid[party]


@THREE
def test_a_bad_year_costs_owners_and_a_good_one_rewards_them(intermediary):
    owners = [
        sum(who_is_paid(intermediary, realised_default=d).paid[p] for p in owning)
        for d in (0.0, 0.03, 0.06)
        for owning in [(Party.BANK_OWNERS, Party.PLATFORM_OWNERS)]
    ]

    assert owners[0] > owners[1] > owners[2]


def test_the_bank_charges_its_break_even_rate_and_knows_no_platform():
    year = who_is_paid(Intermediary.BANK)

    assert year.rate == break_even_rate(BANK)
    assert year.paid[Party.PLATFORM_COST] == 0.0
    assert year.paid[Party.PLATFORM_OWNERS] == 0.0
    assert list(year.paid) == list(Party)


@given(bank=lending_terms, realised=shares)
def test_the_banks_owners_get_their_margin_and_their_required_return(bank, realised):
    year = who_is_paid(Intermediary.BANK, bank, realised_default=realised)
    required = bank.capital_ratio * bank.required_return

    assert year.paid[Party.BANK_OWNERS] == pytest.approx(
        100 * (margin_at(year.rate, realised, bank) + required), abs=1e-9
    )


def test_wholesale_money_costs_savers_owners_handling_and_margin():
    assert wholesale_rate(BANK, PLATFORM) == pytest.approx(0.02 + 0.0105 + 0.005 + 0.01)


def test_a_relender_with_no_bank_to_pay_is_a_bank_of_its_own_making():
    # No capital of its own, no margin, all handling at the platform: the bank's own rate.
    seamless = PlatformTerms(
        running_cost=BANK.operating_cost, bank_running_cost=0.0, own_capital=0.0, bank_margin=0.0
    )

    assert customer_rate(Intermediary.RELENDER, BANK, seamless) == pytest.approx(
        break_even_rate(BANK)
    )


def test_a_referrer_who_takes_nothing_leaves_the_banks_rate():
    unpaid = replace(PLATFORM, interest_share=0.0, bank_running_cost=BANK.operating_cost)

    assert customer_rate(Intermediary.REFERRER, BANK, unpaid) == pytest.approx(
        break_even_rate(BANK)
    )


@given(bank=lending_terms, platform=platform_terms)
def test_the_referrers_fee_rises_with_default_by_its_closed_form(bank, platform):
    """Worse borrowers need a higher rate, and the referrer takes its share of it."""

    def fee(default_probability):
        riskier = replace(bank, default_probability=default_probability)
        year = who_is_paid(Intermediary.REFERRER, riskier, platform)
        return year.paid[Party.PLATFORM_OWNERS] + year.paid[Party.PLATFORM_COST]

    kept = platform.interest_share / (1 - platform.interest_share)
    assert fee(0.3) - fee(0.1) == pytest.approx(
        100 * kept * 0.2 * bank.loss_given_default, abs=1e-9
    )


def test_the_default_referrer_takes_about_what_ant_took():
    # Revenue over average balance facilitated: 2.74 % a year, 2019 and first half of 2020.
    year = who_is_paid(Intermediary.REFERRER)
    fee = year.paid[Party.PLATFORM_OWNERS] + year.paid[Party.PLATFORM_COST]

    assert fee == pytest.approx(2.74, abs=0.05)


def test_at_a_given_rate_the_referrer_hardly_feels_a_bad_year():
    expected = who_is_paid(Intermediary.REFERRER)
    bad = who_is_paid(Intermediary.REFERRER, realised_default=0.10)
    change = {party: bad.paid[party] - expected.paid[party] for party in Party}

    assert change[Party.PLATFORM_OWNERS] == pytest.approx(
        -100 * PLATFORM.interest_share * expected.rate * 0.07
    )
    assert change[Party.BANK_OWNERS] < 20 * change[Party.PLATFORM_OWNERS] < 0


@given(bank=lending_terms, platform=platform_terms, realised=shares)
def test_the_relenders_owners_never_lose_more_than_they_put_in(bank, platform, realised):
    year = who_is_paid(Intermediary.RELENDER, bank, platform, realised)

    assert year.paid[Party.PLATFORM_OWNERS] >= -100 * platform.own_capital - 1e-9


def relenders_year(bank, platform, default):
    return who_is_paid(Intermediary.RELENDER, bank, platform, default).paid


@given(bank=lending_terms, platform=platform_terms)
def test_up_to_the_limit_the_platforms_capital_bears_the_losses(bank, platform):
    limit = bank_loses_beyond(bank, platform)
    promised = relenders_year(bank, platform, 0.0)[Party.BANK_OWNERS]
    at = relenders_year(bank, platform, min(limit, 1.0))

    assert limit >= bank.default_probability - 1e-12
    assert at[Party.BANK_OWNERS] == pytest.approx(promised, abs=1e-9)


@given(bank=lending_terms, platform=platform_terms)
def test_the_bank_begins_to_lose_where_the_platforms_capital_ends(bank, platform):
    limit = bank_loses_beyond(bank, platform)
    assume(limit < 1.0)
    promised = relenders_year(bank, platform, 0.0)[Party.BANK_OWNERS]

    gone = relenders_year(bank, platform, limit)[Party.PLATFORM_OWNERS]
    assert gone == pytest.approx(-100 * platform.own_capital, abs=1e-9)
    assert relenders_year(bank, platform, (limit + 1) / 2)[Party.BANK_OWNERS] < promised


@given(bank=lending_terms, platform=platform_terms)
def test_thin_capital_leaves_room_by_its_closed_form(bank, platform):
    slope = customer_rate(Intermediary.RELENDER, bank, platform) + bank.loss_given_default
    assume(slope > 1e-6)
    room = platform.own_capital * (1 + platform.required_return) / slope

    assert bank_loses_beyond(bank, platform) == pytest.approx(
        bank.default_probability + room, rel=1e-6
    )


@given(bank=lending_terms, platform=platform_terms)
def test_where_the_relender_becomes_cheaper_both_lend_at_one_rate(bank, platform):
    handling = relender_cheaper_above(bank, platform)
    assume(0 <= handling <= 1)
    alone = replace(bank, operating_cost=handling)

    assert customer_rate(Intermediary.RELENDER, alone, platform) == pytest.approx(
        break_even_rate(alone)
    )


def test_the_relender_is_cheaper_than_a_bank_that_handles_dearly():
    # 0.98 of 4.55 and 2 of 15 and software of 1, less 3.05 that the bank's own money costs.
    assert relender_cheaper_above() == pytest.approx(0.02709)


@given(bank=lending_terms, platform=platform_terms)
def test_handling_is_what_the_two_firms_pay_for_it(bank, platform):
    paid = who_is_paid(Intermediary.RELENDER, bank, platform).paid
    handled = paid[Party.BANK_COST] + paid[Party.PLATFORM_COST]

    assert 100 * relender_handles_for(platform) == pytest.approx(handled)


def test_a_chain_may_be_cheaper_to_run_and_dearer_to_borrow_from():
    """1.00 + 0.98 × 0.50 against 2.00 of handling; but two owners are paid, and not one."""
    assert relender_handles_for() == pytest.approx(0.0149)
    assert relender_handles_for() < BANK.operating_cost < relender_cheaper_above()


@given(bank=lending_terms, platform=platform_terms)
def test_the_least_share_pays_for_the_software_and_nothing_more(bank, platform):
    least = referral_shares(bank, platform).pays_the_platform
    assume(least < 1)
    year = who_is_paid(Intermediary.REFERRER, bank, replace(platform, interest_share=least))

    assert year.paid[Party.PLATFORM_OWNERS] == pytest.approx(0.0, abs=1e-9)


@given(bank=lending_terms, platform=platform_terms)
def test_the_largest_share_makes_the_loan_as_dear_as_the_banks_own(bank, platform):
    most = referral_shares(bank, platform).costs_no_more
    assume(0 <= most < 1)
    fair = replace(platform, interest_share=most)

    assert customer_rate(Intermediary.REFERRER, bank, fair) == pytest.approx(break_even_rate(bank))


def test_a_loan_that_costs_nothing_has_nothing_to_share():
    free = LendingTerms(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    idle = PlatformTerms(running_cost=0.0, bank_running_cost=0.0)

    assert referral_shares(free, idle) == (0.0, 0.0)


def test_a_platform_without_capital_leaves_the_bank_no_room():
    bare = replace(PLATFORM, own_capital=0.0)

    assert bank_loses_beyond(BANK, bare) == pytest.approx(BANK.default_probability)


def test_a_dearer_loan_gives_the_bank_more_room():
    assert bank_loses_beyond(rate=0.12) > bank_loses_beyond(rate=0.08)


def test_where_default_changes_nothing_the_bank_is_always_or_never_safe():
    certain = LendingTerms(loss_given_default=0.0)
    rich = PlatformTerms(own_capital=0.5, running_cost=0.0)
    poor = PlatformTerms(own_capital=0.0)

    assert bank_loses_beyond(certain, rich, rate=0.0) == np.inf
    assert bank_loses_beyond(certain, poor, rate=0.0) == -np.inf


@THREE
def test_every_entry_has_the_shape_of_all_inputs_together(intermediary):
    bank = LendingTerms(default_probability=np.array([[0.01], [0.02]]))
    year = who_is_paid(intermediary, bank, realised_default=np.array([0.0, 0.1, 0.2]))

    assert {np.shape(amount) for amount in year.paid.values()} == {(2, 3)}


@pytest.mark.parametrize("rate", [None, 0.08])
def test_every_shape_reaches_every_entry(rate):
    platform = PlatformTerms(own_capital=np.array([0.01, 0.02]))
    year = who_is_paid(Intermediary.RELENDER, BANK, platform, rate=rate)

    assert {np.shape(amount) for amount in year.paid.values()} == {(2,)}


@pytest.mark.parametrize("function", [customer_rate, who_is_paid])
def test_an_intermediary_may_be_given_in_words_and_no_others(function):
    assert function("a bank lends") == function(Intermediary.BANK)
    with pytest.raises(ValueError, match=r"^intermediary must be one of “a bank lends”, .*'bank'$"):
        function("bank")


@pytest.mark.parametrize("name", [field.name for field in fields(PlatformTerms)])
@pytest.mark.parametrize("bad", [-0.01, 1.01])
def test_a_platform_term_is_a_share(name, bad):
    with pytest.raises(ValueError, match=f"^{name} must be a number from 0 to (below )?1, not"):
        PlatformTerms(**{name: bad})


@pytest.mark.parametrize("name", ["own_capital", "interest_share"])
def test_a_share_that_would_divide_by_zero_stays_below_one(name):
    with pytest.raises(ValueError, match=f"{name} must be a number from 0 to below 1, not 1"):
        PlatformTerms(**{name: 1.0})


def test_banks_and_platforms_of_different_shapes_are_named():
    three = LendingTerms(default_probability=np.array([0.01, 0.02, 0.03]))
    two = PlatformTerms(own_capital=np.array([0.01, 0.02]))

    with pytest.raises(ValueError, match=r"are: bank \(3,\), platform \(2,\)"):
        customer_rate(Intermediary.RELENDER, three, two)
    with pytest.raises(ValueError, match=r"are: bank \(3,\), realised_default \(2,\)"):
        who_is_paid(Intermediary.BANK, three, realised_default=np.array([0.1, 0.2]))


@THREE
def test_a_rate_whose_interest_is_no_float_is_refused(intermediary):
    assert np.isfinite(who_is_paid(intermediary, rate=1e300).interest_collected)
    with pytest.raises(ValueError, match=r"^rate must be a number from 0 to 1e\+300, not 1e\+308"):
        who_is_paid(intermediary, rate=1e308)
