"""The numbers of the chapter on who holds the risk, worked out again by hand."""

from __future__ import annotations

import re
from statistics import NormalDist

import pytest
from chapter import ROOT

from figures.numbers import Quantity
from figures.risk_transfer.prose import numbers
from netfin import data, facts

SAID = numbers()
NORMAL = NormalDist()


def glue(name: str) -> Quantity:
    quantity = SAID[name]
    assert isinstance(quantity, Quantity)
    return quantity


def in_a_thousand(chance: float, rho: float = 0.10) -> float:
    """Yuan of 100 that a large pool loses in such a year, by Vasicek's formula, LGD 60 %."""
    gap = NORMAL.inv_cdf(chance) + rho**0.5 * NORMAL.inv_cdf(0.999)
    return 60 * NORMAL.cdf(gap / (1 - rho) ** 0.5)


def stake(thickness: float, chance: float) -> float:
    """Yuan that a first loss bears of 100 more, equation of the chapter, ρ 10 %, LGD 60 %."""
    reached = NORMAL.inv_cdf(thickness / 0.6) - 0.9**0.5 * NORMAL.inv_cdf(chance)
    return 100 * NORMAL.cdf(reached / 0.1**0.5)


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("average", 1.8, "yuan of 100"),
        ("luck", 60 * (0.03 * 0.97 / 10_000) ** 0.5, "yuan of 100"),
        ("bad_factor", NORMAL.inv_cdf(0.001), ""),
        ("bad_share", in_a_thousand(0.03) / 0.6, "shops of 100"),
        ("worst", in_a_thousand(0.03), "yuan of 100"),
        ("linked", in_a_thousand(0.03, 0.30), "yuan of 100"),
        ("tail_mezzanine", in_a_thousand(0.03) - 7, "yuan of 100"),
        ("tail_share", 100 * 7 / in_a_thousand(0.03), "%"),
        ("shielded_tail", in_a_thousand(0.03) - 4, "yuan of 100"),
        ("many", in_a_thousand(0.09) - 11, "yuan of 100"),
        ("close_share", 100 * (1 - 11 / in_a_thousand(0.03, 0.40)), "%"),
        ("more", 600_000, "yuan"),
        ("vertical", 30_000, "yuan"),
        ("stake", stake(0.05, 0.03), "yuan of 100"),
        ("thin", stake(0.02, 0.03), "yuan of 100"),
        ("used_up", 100 * 0.05 / 0.60, "shops of 100"),
        ("in_the_end", 1 / 0.07, "yuan"),
        ("seventh", sum(0.93**j for j in range(7)), "yuan"),
        ("joint", 20, "yuan"),
        ("naive", 10.5 * 10 - 1.68 * 10, "basis points"),
        ("friction", 100 * 8.82 * (0.25 * 0.02 + 0.01), "basis points"),
        ("ask_thick", 3 + 1 * 0.895 / 0.105, "%"),
        ("ex_spread", in_a_thousand(0.09) - 11, "points"),
        ("ex_nine", in_a_thousand(0.09) / 5.4, "times"),
        ("ex_mixed", 2.5 + 0.975 * stake(0.025, 0.03), "yuan of 100"),
    ],
)
def test_a_number_of_the_text_worked_by_hand(name: str, value: float, unit: str) -> None:
    assert glue(name).value == pytest.approx(value, rel=1e-9)
    assert glue(name).unit == unit


def test_a_first_loss_bears_what_its_stakes_add_up_to() -> None:
    """From 3 to 4 defaults in 100, of 100 million yuan: the stakes on the way, averaged."""
    ways = [stake(0.05, 0.03 + 0.01 * (step + 0.5) / 1000) / 100 for step in range(1000)]

    assert glue("horizontal").value == pytest.approx(600_000 * sum(ways) / 1000, abs=500)


def test_at_the_defaults_named_the_first_loss_falls_behind() -> None:
    assert stake(0.05, glue("behind_rule").value / 100) == pytest.approx(30, rel=1e-9)
    assert stake(0.05, glue("behind_same").value / 100) == pytest.approx(5, rel=1e-9)


def test_what_the_grades_lost() -> None:
    grades = data.load("lending_club_grade_money_2007_2011").set_index("grade")
    lost = 100 * grades["principal_lost"] / grades["funded"]

    assert glue("lost_g").value == pytest.approx(lost["G"])
    assert glue("reached").value == (lost > 11).sum()


def test_what_the_facts_give() -> None:
    known = facts.load()
    credit = 1000 * known["RSK-01"].number

    assert glue("all_times").value == pytest.approx(credit / known["RSK-27a"].number)
    assert glue("needed").value == pytest.approx(credit * 0.30 / 6)
    assert glue("ksh_low").value == pytest.approx(25 * 0.882)


def test_every_number_that_the_page_asks_for_is_there_and_no_other() -> None:
    page = (ROOT / "book" / "risk-transfer.md").read_text(encoding="utf-8")
    asked = set(re.findall(r"\{glue:text\}`(\w+)`", page))

    assert asked == set(SAID)
