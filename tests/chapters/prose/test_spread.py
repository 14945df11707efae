"""The numbers of the chapter on the spread, worked out again by hand."""

from __future__ import annotations

import re
from functools import cache

import pytest
from chapter import ROOT

from figures.numbers import Quantity
from figures.spread import cheapest_loan
from figures.spread.prose import numbers
from netfin import data, facts
from netfin.spread.statements import DEAREST_MONEY

said = cache(numbers)
# Of the bank: money 2 %, handling 2 %, capital 10.5 % at 12 % instead of 2 %, losses 3 % × 60 %.
COST = 2 + 2 + 10.5 * 0.10 + 3 * 0.60
MONEY = 2 + 10.5 * 0.10
REFERRED = MONEY + 0.5 + 1.8
WHOLESALE = MONEY + 0.5 + 1


def glue(name: str) -> Quantity:
    quantity = said()[name]
    assert isinstance(quantity, Quantity)
    return quantity


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("cost", COST, "yuan of 100"),
        ("rate", COST / 0.97, "%"),
        ("unpaid", 0.03 * COST / 0.97, "yuan of 100"),
        ("spread_points", COST / 0.97 - 2, "points"),
        ("relend", (0.98 * WHOLESALE + 2 * 0.15 + 1 + 1.8) / 0.97, "%"),
        ("no_margin", (0.98 * (WHOLESALE - 1) + 2 * 0.15 + 1 + 1.8) / 0.97, "%"),
        ("chain", 0.98 * WHOLESALE + 2 * 0.15 + 1 - MONEY, "%"),
        ("refer", REFERRED / 0.97 / 0.66, "%"),
        ("fee_good", REFERRED * 34 / 66, "yuan of 100"),
        ("fee_bad", (MONEY + 0.5 + 6) * 34 / 66, "yuan of 100"),
        ("bare_share", 100 / (REFERRED + 1), "%"),
        ("bare_rate", (REFERRED + 1) / 0.97, "%"),
        ("fair_share", 100 * (1 - REFERRED / COST), "%"),
        ("both_get", 2 + 10.5 * 0.10, "yuan of 100"),
        ("nim", COST - 0.895 * 2, "yuan of 100"),
        ("at_three", 3.75 / 3, "yuan"),
        ("more_rate", (10.6 - 5) / 0.97, "%"),
        ("hero_rate", (10.6 - 2.5) / 0.97, "%"),
        ("hero_bad", -((10.6 - 2.5) / 0.97 * 0.9 - 6 - 4.8 - 1 + 2.5), "yuan of 100"),
        ("hero_worse", -((10.6 - 2.5) / 0.97 * 0.9 - 6 - 4.8 - 1 + 1.25), "yuan of 100"),
        ("bank_loss", -(COST / 0.97 * 0.9 - 6 - 0.895 * 2 - 2), "yuan of 100"),
        ("industry", 2 + 10.5 * 0.12, "yuan of 100"),
        ("chain_handling", 1 + 0.98 * 0.5, "%"),
        ("chain_industry", 1.49 + 2 * 0.15 + 0.98 * (10.5 * 0.12 + 1), "yuan of 100"),
        ("margin_earned", 0.98, "yuan of 100"),
        ("least_return", 100 * 4.5 / 21.9, "%"),
        ("made_2017", 4.5 + 3.4, "billion yuan"),
        ("two", (20 + 2 * COST / 0.97) / 3, "%"),
        ("peak", 100 * (0.80 / 0.98 - 0.60), "%"),
        ("away", 30, "shops of 100"),
        ("away_more", 0.20 * 30, "shops of 100"),
        ("away_same", 0.80 * 30, "shops of 100"),
        ("good_year", 20 / 9, "shops of 100"),
        ("ant_points", 2 * 11.2 / 20.8, "yuan of 100"),
        ("lenders_return", 100 * (1.2 + 1.58) / 16, "%"),
        ("running", 39_717 - 38_577, "loans"),
        ("term_months", 558, "months"),
        ("ex_warm", 7 / 0.95, "yuan of 100"),
    ],
)
def test_a_number_of_the_text_worked_by_hand(name: str, value: float, unit: str) -> None:
    assert glue(name).value == pytest.approx(value, rel=1e-9)
    assert glue(name).unit == unit


def test_three_defaults_on_average_are_no_expected_year() -> None:
    """Nine years of 2.2 and one of 10: r + LGD is what a default more, of 100, takes from 100."""
    rate = (0.98 * WHOLESALE + 2 * 0.15 + 1 + 1.8) / 0.97
    lost = (rate + 60) / 100
    good = 0.3 + (3 - 20 / 9) * lost  # the owners' 15 % on 2 yuan, and what was not lost
    short = (10 - 3) * lost - 0.3 - 2  # what the two yuan and their return do not cover

    assert glue("owners_average").value == pytest.approx((0.9 * good - 0.1 * 2) / 2 * 100)
    assert glue("short_average").value == pytest.approx(0.1 * short)
    assert glue("margin_left").value == pytest.approx(0.98 - 0.1 * short)


def test_rounded_parts_add_up_to_the_rounded_whole() -> None:
    """A reader who checks nine years of 2.22 and one of 10, or a share of the cost, finds ours."""

    def read(name: str) -> float:
        return float(str(glue(name)).rstrip("\u00a0%"))

    assert (9 * read("good_year") + 10) / 10 == pytest.approx(3, abs=0.005)
    share = read("bare_share") / 100
    assert (1 - share) * (REFERRED + 1) == pytest.approx(REFERRED, abs=0.005)
    assert str(glue("ant_points")) == "1"  # "about"
    left = read("margin_earned") - read("short_average")
    assert left == pytest.approx(read("margin_left"), abs=0.005)


def test_ants_profit_from_credit_is_the_sum_of_its_parts_and_about_half() -> None:
    """Two firms that serve banks, two that lend; of the whole, what Caixin says of it."""
    known = facts.load()
    parts = 7.31 + 2.86 + 0.62 + 0.43  # the note of the fact
    assert parts == pytest.approx(known["INT-45"].number, abs=0.05)
    share = 100 * known["INT-45"].number / known["INT-31"].number
    assert share == pytest.approx(known["INT-32"].number, abs=2)


def test_losses_are_smaller_than_the_shares_given_as_pay() -> None:
    """The page says so of JD Digits, year by year."""
    known = facts.load()
    for loss, pay in (("INT-39a", "INT-40a"), ("INT-39d", "INT-40b")):
        assert known[loss].number < known[pay].number


def test_qudian_kept_about_half_of_its_revenue_and_lufax_a_fifth_of_its_income() -> None:
    known = facts.load()
    assert known["INT-44a"].number / known["INT-44b"].number == pytest.approx(0.5, abs=0.01)
    assert known["INT-47a"].number / known["INT-47b"].number == pytest.approx(0.2, abs=0.02)


def test_staff_for_ms_lin_s_loan_would_be_our_bank_s_handling() -> None:
    known = facts.load()
    assert 100 * known["INT-46b"].number / 100_000 == glue("o").value


def test_at_our_sales_the_dearest_money_is_not_yet_the_cheapest_loan() -> None:
    """The text shows another state in which it is; statement, quiz and picture say the same."""
    assert glue("more_rate").value < glue("rate").value < glue("hero_rate").value
    ours = {each.name: each.default for each in DEAREST_MONEY.ranges}
    assert glue("extra").value == ours["extra_sales"]
    assert glue("take").value == 100 * ours["take_rate"]
    page = {name: axis.default for name, axis in cheapest_loan.axes.items()}
    assert page == {"take_rate": 100 * ours["take_rate"], "extra_sales": ours["extra_sales"]}


def test_the_platform_s_loss_and_its_share_are_those_of_the_same_year() -> None:
    assert glue("bank_loss").value > glue("hero_worse").value > glue("hero_bad").value
    assert glue("platform_share").value == pytest.approx(glue("hero_worse").value / 0.20)
    assert glue("bank_share").value == pytest.approx(glue("bank_loss").value / 0.105)


def test_loans_that_waste_money_are_counted_among_the_loans() -> None:
    """Shares of all shops, so that the text must name the number of loans beside them."""
    assert (str(glue("wasteful")), str(glue("wasteful_loans"))) == ("7", "89")


def test_the_premium_that_bad_borrowers_eat() -> None:
    """Worst grade against best: what is left is r(I − L)/I, with I = net return + L."""
    grades = data.load("lending_club_grade_money_2007_2011").set_index("grade")
    lost = grades["principal_lost"] / grades["funded"]
    rate, earned = grades["average_rate"], grades["net_return"] / 100 + lost
    left = rate * (1 - lost / earned)
    premium, kept = rate["G"] - rate["A"], left["G"] - left["A"]

    assert glue("rise").value == pytest.approx(premium)
    assert glue("left").value == pytest.approx(kept)
    assert glue("eaten").value == pytest.approx(100 * (1 - kept / premium))


def test_enough_capital_leaves_the_bank_whole_in_that_year() -> None:
    """d* = PD + c(1 + k_p)/(r + LGD) at the re-lender's rate, a straight line in c."""
    c = glue("ex_thick").value / 100
    rate = ((1 - c) * WHOLESALE + c * 15 + 1 + 1.8) / 0.97 / 100

    assert 0.03 + c * 1.15 / (rate + 0.60) == pytest.approx(0.10)


def test_every_number_that_the_page_asks_for_is_there_and_no_other() -> None:
    page = (ROOT / "book" / "spread.md").read_text(encoding="utf-8")
    asked = set(re.findall(r"\{glue:text\}`(\w+)`", page))

    assert asked == set(said())
