"""The numbers of the chapter on who holds the risk, worked out again by hand."""

from __future__ import annotations

import random
import re
from functools import cache
from statistics import NormalDist

import pytest
from chapter import ROOT

from figures.numbers import Quantity
from figures.risk_transfer.prose import numbers
from netfin import data, facts
from netfin.spread.arrangements import Intermediary, Party, who_is_paid

said = cache(numbers)
NORMAL = NormalDist()


def glue(name: str) -> Quantity:
    quantity = said()[name]
    assert isinstance(quantity, Quantity)
    return quantity


def in_a_thousand(chance: float, rho: float = 0.10) -> float:
    """Yuan of 100 that a large pool loses in such a year, by Vasicek's formula, LGD 60 %."""
    gap = NORMAL.inv_cdf(chance) + rho**0.5 * NORMAL.inv_cdf(0.999)
    return 60 * NORMAL.cdf(gap / (1 - rho) ** 0.5)


def in_the_year(level: float) -> float:
    """Yuan of 100 that the pool loses at a level of years, the worst near 1."""
    gap = NORMAL.inv_cdf(0.03) + 0.1**0.5 * NORMAL.inv_cdf(level)
    return 60 * NORMAL.cdf(gap / 0.9**0.5)


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
        ("glancy", 8.5 * 8.82, "basis points"),
        ("italy", 13 * 8.82, "basis points"),
        ("turned", 243 / (3.8 / 0.07 * 0.93), "times"),
        ("turned_least", 243 / (3.8 / 0.01 * 0.99), "times"),
        ("turned_then", 243 / (3.8 / 0.0396 * 0.9604), "times"),
        ("turned_assets", 243 / (21.9 / 0.0396 * 0.9604), "times"),
        ("joint_chongqing", 3.3 / 0.30, "yuan"),
        ("most", 100 * 13 * 8.82 / 274, "%"),
        ("twice_as_dear", 100 * 20 * 8.82 / 274, "%"),
        ("joint_share", 100 * 230 / 246.86, "%"),
        ("profit", 10_000 * 2 * 0.5 * 21.9 / 2080, "basis points"),
        ("joint_moved", 10 / 0.30, "yuan"),
        ("needed_all", 2150 * 0.30 / 10, "billion yuan"),
        ("beyond_all", 64.5 - 16, "billion yuan"),
        ("needed_consumers", 1700 * 0.30 / 10, "billion yuan"),
        ("beyond_consumers", 1700 * 0.30 / 10 - 16, "billion yuan"),
        ("needed_small", 2150 * 0.30 / 6, "billion yuan"),
        ("beyond_small", 2150 * 0.30 / 6 - 16, "billion yuan"),
        ("beyond_net", 2150 * 0.30 / 6 - 11.224 / 0.215, "billion yuan"),
        ("beyond_chongqing", 2150 * 0.30 / 3.3 - 16, "billion yuan"),
        ("costs_all", 100 * 0.10 * (64.5 - 16) / 21.9, "%"),
        ("costs_consumers", 100 * 0.10 * (1700 * 0.30 / 10 - 16) / 21.9, "%"),
        ("costs_small", 100 * 0.10 * (2150 * 0.30 / 6 - 16) / 21.9, "%"),
        ("costs_chongqing", 100 * 0.10 * (2150 * 0.30 / 3.3 - 16) / 21.9, "%"),
        ("needed_chongqing", 2150 * 0.30 / 3.3, "billion yuan"),
        ("net_assets", 11.224 / 0.215, "billion yuan"),
        ("costs_net", 100 * 0.10 * (2150 * 0.30 / 6 - 11.224 / 0.215) / 21.9, "%"),
        ("afforded", 100 * 23 / 0.03 / 2150, "%"),
        ("afforded_consumers", 100 * 23 / 0.03 / 1700, "%"),
        ("return_2024", 100 * 3.05 / 23, "%"),
        ("come_back", 100 * 38.3 / 57.5, "%"),
        ("served", 100 * (1 - 1.05 / 11.224), "%"),
        ("by_size", 100 * 2150 / (2150 + 545.1 + 92.1), "%"),
        ("guaranteed", 100 * (92.1 - 27.3) / 92.1, "%"),
        ("guaranteed_later", 100 * (133.4 - 72.4) / 133.4, "%"),
        ("fee_at_stake", 100 * 2.74 / 60, "yuan of 100"),
        ("behind_tail", in_a_thousand(0.03) - 1.8 - 2, "yuan of 100"),
        ("alike", 0.02 * in_a_thousand(0.03), "yuan of 100"),
        ("running", 39_717 - 38_577, "loans"),
        ("friction", 100 * 8.82 * (0.25 * 0.02 + 0.01), "basis points"),
        ("ask_thick", 3 + 1 * 0.895 / 0.105, "%"),
        ("ex_spread", in_a_thousand(0.09) - 11, "points"),
        ("ex_nine", in_a_thousand(0.09) / 5.4, "times"),
        ("ex_mixed", 2.5 + 0.975 * stake(0.025 / 0.975, 0.03), "yuan of 100"),
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


def test_from_the_edges_on_the_senior_is_reached() -> None:
    """One thing changed at a time, the year in a thousand costs just the 11 in front of it."""
    assert in_a_thousand(glue("edge_pd").value / 100) == pytest.approx(11)
    assert in_a_thousand(0.03, glue("edge_rho").value / 100) == pytest.approx(11)
    assert in_a_thousand(0.03) * glue("edge_lgd").value / 60 == pytest.approx(11)


def test_five_years_are_drawn_alike_with_another_seed() -> None:
    """Years by the formula, from the standard library's own generator."""
    draw = random.Random(7)
    gap, rho = NORMAL.inv_cdf(0.03), 0.10
    runs = [
        [NORMAL.cdf((gap - rho**0.5 * draw.gauss()) / (1 - rho) ** 0.5) for _ in range(5)]
        for _ in range(20_000)
    ]
    means = sorted(100 * sum(run) / 5 for run in runs)
    lucky = [100 * share for run in runs if max(run) < 0.03 for share in run]

    assert means[1000] == pytest.approx(glue("five_low").value, abs=0.05)
    assert means[19_000] == pytest.approx(glue("five_high").value, abs=0.12)
    assert sum(lucky) / len(lucky) == pytest.approx(glue("lucky").value, abs=0.05)


def test_what_falls_on_those_behind_a_thin_first_loss() -> None:
    """The loss beyond 3.8 of 100, the average of a grid of equally likely years."""
    losses = [in_the_year((n + 0.5) / 100_000) for n in range(100_000)]
    beyond = [max(loss - 3.8, 0.0) for loss in losses]

    assert glue("gone").value == pytest.approx(sum(x > 0 for x in beyond) / 1000, abs=0.01)


def test_what_the_bank_behind_misses_with_the_interest() -> None:
    """By the model of the chapter on the spread, whose re-lender it is."""
    failing = in_a_thousand(0.03) / 60
    owed, got = (
        who_is_paid(Intermediary.RELENDER, realised_default=each).paid[Party.BANK_OWNERS]
        for each in (0.0, failing)
    )

    assert glue("behind_short").value == pytest.approx(owed - got)
    assert glue("behind_short").value > glue("behind_tail").value


def test_four_points_shrink_where_defaulters_pay_nothing() -> None:
    """The rate that leaves 4 with 3 defaults, in the year that comes once in a thousand."""
    paying = 100 - in_a_thousand(0.03) / 0.60
    for name, cost in (("spread_most", 5), ("spread_least", 9)):
        assert glue(name).value == pytest.approx((cost + 4) / 97 * paying - cost)
    rest = in_a_thousand(0.03) - glue("spread_least").value - 7
    assert glue("spread_mezzanine").value == pytest.approx(rest)


def test_no_count_of_capital_saved_is_larger_than_the_one_named_the_largest() -> None:
    names = ("naive", "friction", "ksh_low", "ksh_high", "glancy", "italy")
    shares = [100 * glue(name).value / glue("fee").value for name in names]

    assert glue("most").value == pytest.approx(max(shares))


def test_with_little_in_front_most_of_the_bad_year_falls_behind_in_most_cases() -> None:
    """Cases drawn anew: defaults by ratio, loss given default and correlation evenly."""
    draw = random.Random(11)
    behind, cases = 0, 20_000
    for _ in range(cases):
        chance, lgd = 0.01 * 8 ** draw.random(), draw.uniform(0.47, 0.69)
        beyond = lgd * (in_a_thousand(chance, draw.uniform(0.03, 0.16)) / 60 - chance)
        behind += beyond > 2 * 0.02

    assert glue("behind_ant").value == pytest.approx(100 * behind / cases, abs=1.0)


def test_what_the_grades_lost() -> None:
    grades = data.load("lending_club_grade_money_2007_2011").set_index("grade")
    lost = 100 * grades["principal_lost"] / grades["funded"]

    assert glue("lost_g").value == pytest.approx(lost["G"])
    assert glue("reached").value == (lost > 11).sum()


def test_what_the_facts_give() -> None:
    known = facts.load()
    credit = 1000 * known["RSK-01"].number

    assert glue("all_times").value == pytest.approx(credit / known["RSK-27a"].number)
    assert glue("needed_all").value == pytest.approx(credit * 0.30 / known["RSK-36"].number)
    assert glue("ksh_low").value == pytest.approx(25 * 0.882)


def test_every_number_that_the_page_asks_for_is_there_and_no_other() -> None:
    page = (ROOT / "book" / "risk-transfer.md").read_text(encoding="utf-8")
    asked = set(re.findall(r"\{glue:text\}`(\w+)`", page))

    assert asked == set(said())
