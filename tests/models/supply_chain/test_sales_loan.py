"""Fixed instalments against a share of sales: by hand, in the limits, and who is paid what."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.supply_chain.sales_loan import (
    SHOP,
    SalesLoanTerms,
    run_year,
    weekly_book,
    weekly_sales,
    with_bad_season,
)

years = st.lists(st.floats(0, 2), min_size=4, max_size=52).map(np.array)
cash = st.floats(0, 5)


def test_days_add_up_to_weeks():
    daily = np.array([1.0] * 7 + [3.0] * 7 + [100.0] * 3)

    assert weekly_sales(daily).tolist() == [0.5, 1.5]
    assert weekly_sales(np.stack([daily, 5 * daily])).tolist() == [[0.5, 1.5]] * 2


def test_a_bad_season_cuts_its_weeks_only():
    assert with_bad_season(np.ones(5), 0.4, 2, 3).tolist() == pytest.approx([1, 0.6, 0.6, 0.6, 1])
    assert with_bad_season(np.ones(5), 0.4, 2, 0).tolist() == [1] * 5


@pytest.mark.parametrize(("by_share", "weeks"), [(False, 10), (True, 14)])
def test_a_constant_bad_year_by_hand(by_share, weeks):
    """At 60 % of sales a week loses 0.18 − 0.20 − 0.08 = −0.10, or with a share 0.032 less."""
    year = run_year(np.full(52, 0.6), 1.0, by_share)

    assert year.survived == weeks
    due = 0.08 if not by_share else 0.048
    assert year.cash[:3] == pytest.approx([1, 1 - 0.02 - due, 1 - 2 * (0.02 + due)])
    owed = 52 * 0.08
    assert year.repaid[weeks] == pytest.approx(weeks * due / owed)


def test_in_normal_weeks_the_two_plans_are_one():
    fixed, share = (run_year(np.ones(52), 1.0, by_share) for by_share in (False, True))

    assert fixed.cash == pytest.approx(share.cash)
    assert fixed.repaid_share == share.repaid_share == pytest.approx(1)
    assert fixed.cash[-1] == pytest.approx(1 + 52 * 0.02)


def test_without_rent_the_share_carries_any_shop_that_sells():
    shop = SalesLoanTerms(instalment=0.28)
    year = run_year(np.full(52, 0.1), 0.0, True, shop)

    assert shop.overhead == pytest.approx(0)
    assert year.survived == 52
    assert year.repaid_share == pytest.approx(0.1)
    assert run_year(np.full(52, 0.9), 0.0, False, shop).survived == 0


def test_a_good_year_repays_the_share_early_and_no_more():
    year = run_year(np.full(50, 2.0), 0.0, True)

    assert year.repaid[25] == pytest.approx(1)
    assert year.repaid_share == pytest.approx(1)


@given(years, cash)
def test_money_goes_to_somebody(sales, have):
    """What comes in is in hand, repaid, or spent on rent and wages, while the shop is open."""
    for by_share in (False, True):
        year = run_year(sales, have, by_share)
        open_ = int(year.survived)
        came = have + SHOP.gross_margin * sales[:open_].sum() - open_ * SHOP.overhead
        repaid = year.repaid[open_] * len(sales) * SHOP.instalment
        assert year.cash[open_] + repaid == pytest.approx(came, abs=1e-9)
        assert np.all(year.cash[open_ + 1 :] == 0)
        assert np.all(np.diff(year.repaid) >= -1e-12)
        assert year.repaid_share <= 1 + 1e-12


@given(st.lists(st.floats(0, 1), min_size=4, max_size=52).map(np.array), cash)
def test_below_normal_sales_the_share_never_shortens_a_shop_s_life(sales, have):
    fixed, share = (run_year(sales, have, by_share) for by_share in (False, True))

    assert share.survived >= fixed.survived


@given(years, cash, st.floats(0, 1))
def test_more_cash_and_better_sales_keep_a_shop_open_longer(sales, have, depth):
    cut = with_bad_season(sales, depth, 1, len(sales))
    for by_share in (False, True):
        assert run_year(cut, have, by_share).survived <= run_year(sales, have, by_share).survived
        poorer, richer = (run_year(cut, c, by_share).survived for c in (have, have + 1))
        assert poorer <= richer


def test_many_shops_go_through_at_once():
    sales = np.stack([np.ones(10), np.full(10, 0.5)])
    both = run_year(sales, 0.3, False)

    alone = [run_year(each, 0.3, False).survived for each in sales]
    assert both.survived.tolist() == alone == [10, 2]
    assert both.cash.shape == both.repaid.shape == (2, 11)


def test_nothing_owed_is_nothing_repaid():
    assert run_year(np.ones(4), 0.0, True, SalesLoanTerms(instalment=0)).repaid_share == 0


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: weekly_sales([1.0] * 6), r"daily must hold at least 7 days, not \(6,\)"),
        (lambda: weekly_sales(5.0), r"daily must hold at least 7 days, not \(\)"),
        (lambda: with_bad_season([1.0], 1.5, 1, 1), "depth must be a number from 0 to 1, not 1.5"),
        (lambda: with_bad_season([1.0], 0.5, 0, 1), "first must be a whole number of 1 or more"),
        (lambda: SalesLoanTerms(instalment=0.3), r"instalment must be at most .* 0\.28, not 0\.3"),
        (lambda: weekly_sales(np.zeros(14)), "daily must hold some sales above 0"),
        (lambda: run_year([], 1.0, True), "sales must hold one week or more"),
        (lambda: with_bad_season([1.0], 0.5, 2, 1), "first must be one of the 1 weeks, not 2"),
        (
            lambda: weekly_sales([1e308] * 7),
            "daily must be a number from 0 to 1e\\+15, not 1e\\+308",
        ),
        (
            lambda: run_year([1.0, -1.0], 1.0, True),
            "sales must be a number from 0 to 1e\\+15, not -1",
        ),
        (lambda: run_year([1.0], -1.0, True), "cash must be a number from 0 to 1e\\+15, not -1"),
    ],
)
def test_what_makes_no_shop_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_a_plan_is_chosen_by_true_or_false_and_by_nothing_else():
    with pytest.raises(TypeError, match="by_share must be True or False, not 'no'"):
        run_year([1.0], 1.0, by_share="no")


def scarves() -> pd.DataFrame:
    """A shop's own book of three weeks, in disorder, shut on the second Sunday."""
    days = pd.date_range("2026-03-02", periods=22).delete(13)
    book = pd.DataFrame({"day": days, "yuan": np.arange(21.0), "product_category": "SCARVES"})
    return book.sample(frac=1, random_state=1)


def test_a_shop_s_own_book_becomes_weeks():
    weeks = weekly_book(scarves(), day="day", sales="yuan")

    assert weeks == pytest.approx(np.array([21, 70, 119]) / 70)
    as_text = scarves().assign(day=scarves()["day"].dt.strftime("%Y-%m-%d"))
    assert weekly_book(as_text, day="day", sales="yuan") == pytest.approx(weeks)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"yuan": -1.0}, "yuan must be a number from 0 to 1e\\+15"),
        ({"yuan": np.nan}, "yuan must be a number from 0 to 1e\\+15"),
        ({"yuan": "12"}, "yuan must be a number from 0 to 1e\\+15"),
        ({"day": "2026-03-02"}, "day must hold each day of the book once, but holds 2026-03-02"),
        ({"day": "1/2/2026"}, "day must hold a day, year-month-day, in every row .* in row 0"),
        ({"day": "2026-02-30"}, "day must hold a day, year-month-day"),
    ],
)
def test_a_book_that_cannot_be_read_is_refused(change, said):
    with pytest.raises(ValueError, match=said):
        weekly_book(scarves().assign(**change), day="day", sales="yuan")
    with pytest.raises(ValueError, match="each of its columns once, but not sales"):
        weekly_book(scarves(), day="day")
