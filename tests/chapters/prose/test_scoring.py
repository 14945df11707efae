"""The numbers of the chapter on credit scoring, found again by hand."""

from __future__ import annotations

import re
from functools import cache
from math import log
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import brentq
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.metrics import roc_auc_score

from figures.numbers import Quantity
from figures.scoring import prose
from netfin import data, facts
from netfin.scoring import fit, samples, scaling
from netfin.scoring.ranking import bootstrap_auc
from netfin.scoring.winners_curse import RivalTerms, adverse_selection

numbers = cache(prose.numbers)  # seconds of work, which more than one test looks at
PAGE = Path(__file__).parents[3] / "book" / "scoring.md"
BELL = NormalDist()
APART = 2**0.5 * BELL.inv_cdf(0.78)
GAIN, LOSS = 0.12 - 0.0505, 0.60 + 0.0505  # of a yuan lent at 12 %, with money at 5.05 %


@pytest.fixture(scope="module")
def said() -> dict[str, Quantity]:
    return {name: value for name, value in numbers().items() if isinstance(value, Quantity)}


def bells(area: float, bad: float) -> tuple[float, float]:
    """The profit at the best cut of two bells, by a fine grid; and the approval there."""
    apart = 2**0.5 * BELL.inv_cdf(area)
    cuts = np.linspace(-4, 6, 20_001)
    good, lost = (np.array([1.0 - BELL.cdf(cut - mean) for cut in cuts]) for mean in (apart, 0.0))
    earned = (1.0 - bad) * good * GAIN - bad * lost * LOSS
    return float(earned.max()), float((1.0 - bad) * good[earned.argmax()])


def test_the_page_says_every_number_and_no_other() -> None:
    asked = set(re.findall(r"\{glue:text\}`(\w+)`", PAGE.read_text("utf-8")))
    assert asked == set(numbers())


def test_the_labels_are_those_of_the_german_original(said: dict[str, Quantity]) -> None:
    """A11 is no account and A14 money on it: who has none is bad more often than who has money."""
    german = data.load("german_credit_uci")
    table = pd.crosstab(german["checking_status"], german["bad"])
    savings = pd.crosstab(german["checking_status"], german["savings_status"])
    none, others = savings.loc["A11"], savings.drop("A11").sum()

    assert (said["none_good"].value, said["none_bad"].value) == (139, 135)
    assert (said["money_good"].value, said["money_bad"].value) == tuple(table.loc["A14"])
    assert said["none_odds"].value == pytest.approx(139 / 135)
    assert said["unsaved_none"].value == pytest.approx(100 * none["A61"] / none.sum())
    assert said["unsaved_rest"].value == pytest.approx(100 * others["A61"] / others.sum())
    assert said["ex_woe"].value == pytest.approx(log((139 / 700) / (135 / 300)))
    assert said["all_odds"].value == pytest.approx(7 / 3)


def test_the_page_and_the_catalogue_label_the_account_alike() -> None:
    described = {
        column.name: column.description for column in data.catalogue()["german_credit_uci"].columns
    }
    account = described["checking_status"]
    assert re.findall(r"A1[1-4] [a-z0-9]+", account) == ["A11 no", "A12 below", "A13 0", "A14 200"]
    assert '["no account", "in the red", "below 200 marks", "200 marks or more"]' in PAGE.read_text(
        "utf-8"
    )


def test_one_loan_by_hand(said: dict[str, Quantity]) -> None:
    assert said["gain"].value == pytest.approx(6.95)
    assert said["loss"].value == pytest.approx(65.05)
    assert said["good_per_bad"].value == pytest.approx(65.05 / 6.95)
    assert said["limit"].value == pytest.approx(100 * 0.0695 / 0.72)
    assert said["everyone"].value == pytest.approx(100 * (0.92 * GAIN - 0.08 * LOSS))
    assert {said[name].unit for name in ("gain", "loss")} == {"yuan"}
    assert said["limit"].unit == "%"


def test_the_rule_by_counting(said: dict[str, Quantity]) -> None:
    people = samples.german()
    odds = np.exp(-people.full) * (0.08 / 0.92) / (0.30 / 0.70)
    passing = odds / (1.0 + odds) <= 0.0695 / 0.72
    good = 0.92 * (passing & (people.bad == 0)).sum() / 700
    bad = 0.08 * (passing & (people.bad == 1)).sum() / 300

    assert said["best_share"].value == pytest.approx(100 * (good + bad))
    assert said["best_default"].value == pytest.approx(100 * bad / (good + bad))
    assert said["refused_bad"].value == pytest.approx(100 * (0.08 - bad))
    assert said["refused_good"].value == pytest.approx(100 * (0.92 - good))
    assert said["best"].value == pytest.approx(100 * (good * GAIN - bad * LOSS))
    assert said["pool"].value == pytest.approx(said["best_default"].value)
    assert said["pool_shock"].value == pytest.approx(100 * 2 * bad / (2 * bad + good * 0.84 / 0.92))


def test_the_same_shops_in_a_shock(said: dict[str, Quantity]) -> None:
    """Every borrower twice, once good and once bad, weighted by the card's own probability."""
    people = samples.german()
    bad = 1 / (1 + np.exp(people.full))
    good_at_door, bad_at_door = (1 - bad) * 0.92 / 0.7, bad * 0.08 / 0.3
    passing = bad_at_door / (bad_at_door + good_at_door) <= 0.0695 / 0.72

    def after(factor: float) -> np.ndarray:
        return factor * bad_at_door / (factor * bad_at_door + good_at_door)

    stand = good_at_door + bad_at_door
    factor = brentq(lambda f: np.average(after(f), weights=stand) - 0.16, 1, 10, xtol=1e-12)
    for name, share in (("shops", after(1.0)), ("shops_shock", after(factor))):
        part = np.average(share[passing], weights=stand[passing])
        assert said[name].value == pytest.approx(100 * part)
    for name, share in (("shops_auc", after(1.0)), ("shops_auc_shock", after(factor))):
        area = roc_auc_score(
            np.repeat([0, 1], 1000),
            np.tile(-people.full, 2),
            sample_weight=np.concatenate([stand * (1 - share), stand * share]),
        )
        assert said[name].value == pytest.approx(100 * area)


def test_like_with_like_at_lending_club(said: dict[str, Quantity]) -> None:
    """The rate uncut in both; the fields add less than cutting the rate would lose."""
    loans = samples.lending_club()
    price, both, cells = (
        100 * roc_auc_score(loans.bad, -score) for score in (loans.price, loans.both, loans.cells)
    )
    assert said["club_adds"].value == pytest.approx(both - price)
    counts = samples.bootstrap(samples.lending_club)
    draws = [bootstrap_auc(score, loans.bad, counts) for score in (loans.both, loans.price)]
    low, high = 100 * np.quantile(draws[0] - draws[1], (0.05, 0.95))
    assert 0 < low < said["club_adds"].value < high < 1
    assert said["club_cells"].value == pytest.approx(cells)
    assert price - cells > 3


def test_what_the_card_foretold(said: dict[str, Quantity]) -> None:
    people = samples.german()
    ranked = np.argsort(-people.full, kind="stable")
    last = ranked[-200:]
    assert said["last_said"].value == pytest.approx(
        100 * np.mean(1 / (1 + np.exp(people.full[last])))
    )
    assert said["last_came"].value == pytest.approx(100 * people.bad[last].mean())


def test_the_card_is_too_sure_of_itself(said: dict[str, Quantity]) -> None:
    """The slope of what came on what was foretold, by another program; it is below one."""
    people = samples.german()
    model = LogisticRegression(C=1e9, solver="newton-cholesky", tol=1e-9)
    model.fit(people.full[:, None], 1 - people.bad)
    slope = float(model.coef_[0, 0])
    assert said["shrink"].value == pytest.approx(100 * (1 - slope), abs=0.01)
    chances = model.predict_proba(people.full[:, None])[:, 1]
    table = np.stack([np.ones_like(people.full), people.full])
    error = np.linalg.inv(table * (chances * (1 - chances)) @ table.T)[1, 1] ** 0.5
    assert slope + 1.645 * error < 1


@pytest.mark.parametrize("seed", range(3))
def test_what_is_not_seen_moves_by_a_few_points_with_another_deal(
    said: dict[str, Quantity], seed: int
) -> None:
    table, bad = data.load("german_credit_uci"), samples.german().bad
    fields = samples.HISTORY + samples.FORM
    deal = samples.assign_folds(bad, samples.FOLDS, np.random.default_rng(1000 + seed))
    full = samples.out_of_sample(table, bad, fields, deal)
    accepted = full > np.median(full)
    blind = samples.out_of_sample(table, bad, fields, deal, accepted)
    for name, found in (
        ("inside", roc_auc_score(bad[accepted], -full[accepted])),
        ("blind", roc_auc_score(bad, -blind)),
        ("refused_said", np.mean(1 / (1 + np.exp(blind[~accepted])))),
        ("refused_true", bad[~accepted].mean()),
    ):
        assert said[name].value == pytest.approx(100 * found, abs=7)
    assert roc_auc_score(bad[accepted], -full[accepted]) < roc_auc_score(bad, -full) - 0.05
    assert roc_auc_score(bad, -blind) < said["by_lot"].value / 100 - 0.03


def test_areas_are_those_of_scikit_learn(said: dict[str, Quantity]) -> None:
    people = samples.german()
    assert said["honest"].value == pytest.approx(100 * roc_auc_score(people.bad, -people.full))
    assert said["blind"].value == pytest.approx(
        100 * roc_auc_score(people.bad, -samples.from_accepted())
    )


def test_a_point_of_auc(said: dict[str, Quantity]) -> None:
    point = bells(0.79, 0.08)[0] - bells(0.78, 0.08)[0]
    assert said["point"].value == pytest.approx(1e8 * point, abs=600)  # said in thousands
    assert said["unfaked_money"].value == pytest.approx(100 * bells(0.78, 0.08)[0], abs=1e-4)


def test_the_rival_who_makes_you_lose(said: dict[str, Quantity]) -> None:
    """Both cut-offs and both pools by sums over a grid of scores."""

    def passes(area: float, approval: float) -> tuple[float, float]:
        apart = 2**0.5 * BELL.inv_cdf(area)
        low, high = -10.0, 10.0
        for _ in range(100):
            cut = (low + high) / 2
            rate = 0.92 * (1 - BELL.cdf(cut - apart)) + 0.08 * (1 - BELL.cdf(cut))
            low, high = (cut, high) if rate > approval else (low, cut)
        return 1 - BELL.cdf(cut - apart), 1 - BELL.cdf(cut)

    mine, theirs = passes(0.78, 0.60), passes(said["loses"].value / 100, 0.75)
    good, bad = 0.92 * mine[0] * (1 - theirs[0]), 0.08 * mine[1] * (1 - theirs[1])
    assert good * GAIN == pytest.approx(bad * LOSS, rel=1e-6)
    assert said["stops"].value == pytest.approx(100 * (1 - mine[1]))

    reached_good, reached_bad = 0.92 * (1 - theirs[0]), 0.08 * (1 - theirs[1])
    left = reached_bad / (reached_good + reached_bad)
    assert said["left_bad"].value == pytest.approx(100 * left)
    best = bells(0.78, left)[0] * (reached_good + reached_bad)
    assert said["redrawn_left"].value * said["redrawn"].value / 1e4 == pytest.approx(best, rel=1e-4)


def test_the_second_asked_loses_by_the_rule_and_not_by_the_figure(
    said: dict[str, Quantity],
) -> None:
    """Asked after a rival with a card like yours, which approves 75 of 100."""

    def passes(approval: float) -> np.ndarray:
        share = np.array([0.92, 0.08])

        def at(cut: float) -> np.ndarray:
            return np.array([1 - BELL.cdf(cut - APART), 1 - BELL.cdf(cut)])

        return at(brentq(lambda cut: share @ at(cut) - approval, -9, 9, xtol=1e-12))

    def earned(own_share: Quantity) -> tuple[float, float]:
        good, bad = np.array([0.92, 0.08]) * passes(own_share.value / 100) * (1 - passes(0.75))
        return 100 * bad / (good + bad), 100 * (good * GAIN - bad * LOSS)

    default, left = earned(said["best_share"])
    assert said["second_default"].value == pytest.approx(default)
    assert said["second_loss"].value == pytest.approx(-left, rel=1e-6)
    assert earned(said["own_share"])[1] > 0 > left


def test_a_line_drawn_anew_earns_a_little_of_what_was(said: dict[str, Quantity]) -> None:
    assert said["redrawn_all"].value == pytest.approx(
        said["redrawn_left"].value * said["redrawn"].value / 100
    )
    assert said["redrawn"].value < said["old_line"].value < said["own_share"].value
    cut = brentq(lambda s: 0.92 * (1 - BELL.cdf(s - APART)) + 0.08 * (1 - BELL.cdf(s)) - 0.6, -9, 9)
    good, bad = 0.92 * (1 - BELL.cdf(cut - APART)), 0.08 * (1 - BELL.cdf(cut))
    assert said["alone_all"].value == pytest.approx(100 * (good * GAIN - bad * LOSS))


def test_where_a_better_card_is_worth_as_much_as_being_asked(said: dict[str, Quantity]) -> None:
    first = said["first_worth"].value / 100
    assert 100 * adverse_selection(0.95, first).profit == pytest.approx(said["better_left"].value)


def test_no_turning_point_against_a_rival_who_approves_half() -> None:
    pool = adverse_selection(np.linspace(0.5, 0.9999, 200), 1.0, RivalTerms(rival_approval=0.5))
    assert np.all(pool.default_rate < 0.08)
    assert np.all(pool.profit > 0.0)


def test_the_card_marks_the_oldest_down() -> None:
    german = data.load("german_credit_uci")
    card = fit(german, german["bad"], samples.HISTORY + samples.FORM)
    age = card.points(scaling()).query("field == 'age'")["points"].to_numpy()
    assert age[-1] < age[-2] == age.max()


def test_the_average_fell_by_more_than_the_bank_rose() -> None:
    known = facts.load()
    own_2020, average_2020, own_2022, average_2022 = (
        known[f"INC-12{row}"].value for row in ("c", "d", "g", "h")
    )
    assert average_2020 - average_2022 > own_2022 - own_2020 > 0


def test_exercises_by_hand(said: dict[str, Quantity]) -> None:
    assert said["ex_recal"].value == pytest.approx(100 * (3 / 97) / (3 / 97 + 3 / 7))
    assert said["ex_two"].value == pytest.approx(100 * 0.08 * 0.51 / (0.08 * 0.51 + 0.92 * 0.99))
    assert said["ex_second"].value == pytest.approx(100 * 1.68 / (1.68 + 8.28))
    assert said["ex_third"].value == pytest.approx(100 * 1.176 / (1.176 + 0.828))
    assert said["ex_chi"].value == pytest.approx(BELL.inv_cdf(0.65) / BELL.inv_cdf(0.78))
    assert said["faked"].value == pytest.approx(50 * 0.78 + 25)
    assert said["ex_fake"].value == 2500


def test_taiwan_by_counting(said: dict[str, Quantity]) -> None:
    accounts = data.load("taiwan_card_late_2005")
    late = accounts[accounts["late_apr2005"] == 1]
    assert said["stays"].value == pytest.approx(100 * (late["late_sep2005"] == 1).mean())
    assert said["accounts"].value == len(accounts)


def test_one_cut_off_for_half_of_all_by_counting(said: dict[str, Quantity]) -> None:
    table = data.load("transrisk_scores_by_group_2003").sort_values("score")
    table["mass"] = table.groupby("group")["cdf_pct"].diff().fillna(table["cdf_pct"]) / 100
    table["good"] = table["mass"] * (1 - table["bad_rate_pct"] / 100)
    people = table.groupby("group")["n_group"].first()
    per_score = table.pivot_table(["mass", "good"], "score", "group")[::-1].cumsum()
    reached = (per_score["mass"] * people / people.sum()).sum(axis=1)
    index = int(np.searchsorted(reached.to_numpy(), 0.5))
    low, high = reached.iloc[index - 1], reached.iloc[index]
    part = (0.5 - low) / (high - low)
    line = per_score.iloc[index - 1] * (1 - part) + per_score.iloc[index] * part
    black_good = line["good", "Black"] / per_score["good", "Black"].iloc[-1]

    assert said["black_good"].value == pytest.approx(100 * black_good)
    assert said["black_default"].value == pytest.approx(
        100 * (1 - line["good", "Black"] / line["mass", "Black"])
    )
    assert said["scored"].value == people.sum() == 174_047
