"""Ranking, calibration, cut-off and profit of a score, against published numbers and limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr
from sklearn.metrics import roc_auc_score

from netfin.lending import BANK, LendingTerms, break_even_rate, margin_at
from netfin.scoring import binormal, cut_offs, ranking

SCORE = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
BAD = np.array([1, 1, 0, 1, 0, 0])  # of nine pairs, eight in the right order

areas = st.floats(0.5, 0.99)
shares = st.floats(0.01, 0.99)


@st.composite
def judged(draw):
    """Some scores with ties, and outcomes of both kinds."""
    good = draw(st.lists(st.integers(0, 9), min_size=1, max_size=20))
    bad = draw(st.lists(st.integers(0, 9), min_size=1, max_size=20))
    return np.array(good + bad, dtype=float), np.repeat([0.0, 1.0], [len(good), len(bad)])


def test_the_auc_is_the_share_of_pairs_in_the_right_order():
    assert ranking.auc(SCORE, BAD) == pytest.approx(8 / 9)
    assert ranking.auc([1.0, 1.0], [0, 1]) == 0.5
    assert ranking.auc([2.0, 1.0], [0, 1]) == 1.0
    assert ranking.gini(8 / 9) == pytest.approx(7 / 9)


@given(judged())
def test_the_auc_is_that_of_scikit_learn_and_the_area_under_the_curve(case):
    score, bad = case
    area = ranking.auc(score, bad)
    curve = ranking.roc(score, bad)

    assert area == pytest.approx(roc_auc_score(1 - bad, score))
    assert area == pytest.approx(np.trapezoid(curve.true_positive_rate, curve.false_positive_rate))
    assert area == pytest.approx(1 - ranking.auc(-score, bad))
    assert 0 <= ranking.kolmogorov_smirnov(score, bad) <= 1


def test_ks_of_the_small_case_by_hand():
    # Below 3, two of three bad and no good are refused.
    assert ranking.kolmogorov_smirnov(SCORE, BAD) == pytest.approx(2 / 3)


@given(judged())
def test_each_draw_of_the_bootstrap_is_the_auc_of_that_draw(case):
    score, bad = case
    counts = ranking.resample(bad, 3, np.random.default_rng(1))
    areas = ranking.bootstrap_auc(score, bad, counts)

    for row, area in zip(counts.astype(int), areas, strict=True):
        assert area == pytest.approx(ranking.auc(np.repeat(score, row), np.repeat(bad, row)))
        assert row[bad == 1].sum() == (bad == 1).sum()
        assert row[bad == 0].sum() == (bad == 0).sum()


def test_the_bootstrap_is_as_wide_as_hanley_and_mcneil_say():
    """Their standard error for AUC 0.893 with 51 abnormal and 58 normal cases is 0.032."""
    generator = np.random.default_rng(3)
    apart = binormal.binormal_separation(0.893)
    widths = []
    for _ in range(40):
        score = np.concatenate([generator.normal(apart, 1, 58), generator.normal(0, 1, 51)])
        bad = np.repeat([0, 1], [58, 51])
        counts = ranking.resample(bad, 200, generator)
        widths.append(ranking.bootstrap_auc(score, bad, counts).std())

    assert np.mean(widths) == pytest.approx(0.032, abs=0.004)


def test_calibration_by_groups():
    groups = ranking.calibration([0.1, 0.2, 0.6, 0.8], [0, 0, 0, 1], groups=2)

    assert groups.predicted == pytest.approx([0.15, 0.7])
    assert groups.observed == pytest.approx([0.0, 0.5])
    assert groups.applicants == pytest.approx([2, 2])
    with pytest.raises(ValueError, match="groups must be at most the 4 applicants, not 5"):
        ranking.calibration([0.1, 0.2, 0.6, 0.8], [0, 0, 0, 1], groups=5)


def test_recalibration_of_known_odds():
    # Odds of one to one in a sample with 30 % bad, odds 3:7, where 3:97 is true.
    assert cut_offs.recalibrate(0.5, 0.3, 0.03) == pytest.approx((3 / 97) / (3 / 97 + 3 / 7))
    assert cut_offs.recalibrate(0.3, 0.3, 0.08) == pytest.approx(0.08)


@given(st.floats(0, 1), shares, shares)
def test_recalibration_there_and_back(probability, seen, true):
    there = cut_offs.recalibrate(probability, seen, true)

    assert cut_offs.recalibrate(there, true, seen) == pytest.approx(probability, abs=1e-9)
    assert (there - probability) * (true - seen) >= -1e-12


@given(st.floats(0.0, 0.4))
def test_the_cut_off_is_the_break_even_rate_read_backwards(default):
    terms = LendingTerms(default_probability=default)

    assert cut_offs.cut_off(break_even_rate(terms), terms) == pytest.approx(default)
    assert margin_at(0.12, cut_offs.cut_off(0.12), BANK) == pytest.approx(0, abs=1e-15)


def test_the_cut_off_by_hand():
    # 12 % less 2 % money, 1.05 % capital charge and 2 % handling, over 12 % and 60 % lost.
    assert cut_offs.cut_off(0.12) == pytest.approx(0.0695 / 0.72)
    with pytest.raises(ValueError, match=r"rate must be at least the costs 0\.0505.*, not 0\.05"):
        cut_offs.cut_off(0.05)


def test_a_strategy_counted_by_hand():
    free = LendingTerms(0, 0.5, 0, 0, 0)
    followed = cut_offs.cut_off_curve(SCORE, BAD, 0.1, free)

    assert followed.approval_rate == pytest.approx(np.arange(7) / 6)
    assert followed.default_rate == pytest.approx([0, 0, 0, 1 / 3, 1 / 4, 2 / 5, 1 / 2])
    assert 6 * followed.profit == pytest.approx([0, 0.1, 0.2, -0.3, -0.2, -0.7, -1.2])


@given(judged(), shares, st.floats(0.0, 0.5))
def test_lending_to_all_earns_the_margin_at_the_true_rate(case, true, rate):
    followed = cut_offs.cut_off_curve(*case, rate, BANK, true)

    assert followed.default_rate[-1] == pytest.approx(true)
    assert followed.profit[-1] == pytest.approx(float(margin_at(rate, true, BANK)))
    assert np.all(np.diff(followed.approval_rate) > 0)


def test_weights_count_applicants_several_times():
    counts = np.array([[1.0, 1, 1, 1, 1, 1], [2, 1, 0, 0, 1, 2]])
    followed = cut_offs.cut_off_curve(SCORE, BAD, 0.1, BANK, 0.2, counts)
    twice = cut_offs.cut_off_curve(
        np.repeat(SCORE, [2, 1, 0, 0, 1, 2]), [1, 1, 1, 0, 0, 0], 0.1, BANK, 0.2
    )

    assert followed.profit.shape == (2, 7)
    assert followed.profit[0] == pytest.approx(
        cut_offs.cut_off_curve(SCORE, BAD, 0.1, BANK, 0.2).profit
    )
    assert followed.profit[1].max() == pytest.approx(twice.profit.max())


def test_a_strategy_read_between_two_applicants_draws_lots():
    followed = cut_offs.cut_off_curve(SCORE, BAD, 0.1, LendingTerms(0, 0.5, 0, 0, 0))
    read = cut_offs.at_approval_rate([0.0, 2.5 / 6, 1.0], followed)

    assert read.default_rate == pytest.approx([0, 0.5 / 2.5, 0.5])
    assert 6 * read.profit == pytest.approx([0, -0.05, -1.2])
    draws = cut_offs.cut_off_curve(SCORE, BAD, 0.1, BANK, weights=np.ones((3, 6)))
    assert cut_offs.at_approval_rate([0.5], draws).profit.shape == (3, 1)


def test_known_points_of_the_binormal_model():
    """Green & Swets (1966): a separation of 1 is an AUC of 0.760, of 2 one of 0.921."""
    assert binormal.binormal_auc(1.0) == pytest.approx(0.760, abs=5e-4)
    assert binormal.binormal_auc(2.0) == pytest.approx(0.921, abs=5e-4)
    assert binormal.binormal_separation(0.5) == 0.0


@given(areas)
def test_separation_and_auc_are_inverse(area):
    assert binormal.binormal_auc(binormal.binormal_separation(area)) == pytest.approx(area)


def test_independent_scores_add_up_like_the_sides_of_a_triangle():
    assert binormal.combined_separation(3.0, 4.0) == pytest.approx(5.0)


def test_distances_too_large_to_square_still_add_up():
    assert binormal.combined_separation(3e200, 4e200) == pytest.approx(5e200)


@given(st.floats(0.1, 3), st.floats(0.01, 0.99), st.floats(-0.9, 0.99))
def test_a_second_score_never_harms_and_adds_nothing_at_one_correlation(strong, part, shared):
    weak = part * strong

    assert binormal.combined_separation(strong, weak, part) == pytest.approx(strong)
    assert binormal.combined_separation(strong, weak, shared) >= strong - 1e-12


@given(st.floats(0.55, 0.95), st.floats(0.02, 0.3), st.floats(0.08, 0.4))
def test_the_best_profit_is_the_best_over_all_cut_offs(area, share, rate):
    apart = binormal.binormal_separation(area)
    cuts = np.linspace(-9, 9, 20_001)
    earned = (1 - share) * ndtr(apart - cuts) * margin_at(rate, 0.0, BANK)
    lost = share * ndtr(-cuts) * margin_at(rate, 1.0, BANK)

    best = binormal.best_profit(area, share, rate)
    assert best == pytest.approx((earned + lost).max(), abs=1e-7)
    assert best >= max(0.0, float(margin_at(rate, share, BANK))) - 1e-9


def test_a_score_without_power_earns_what_lending_to_all_or_none_does():
    assert binormal.best_profit(0.5, 0.08, 0.12) == pytest.approx(margin_at(0.12, 0.08, BANK))
    assert binormal.best_profit(0.5, 0.30, 0.12) == pytest.approx(0.0, abs=1e-12)


@given(areas)
def test_bought_signals_lose_their_worth(area):
    assert binormal.gamed_auc(area, 0.0) == pytest.approx(area)
    assert binormal.gamed_auc(area, 1.0) == 0.5


@given(areas, st.floats(0.02, 0.3), st.floats(0.0, 0.9), st.floats(0.08, 0.2))
def test_what_cheats_leave_is_the_best_over_all_cut_offs(area, share, cheating, rate):
    apart = binormal.binormal_separation(area)
    cuts = np.linspace(-9, 9, 20_001)
    good, bad = ndtr(apart - cuts), ndtr(-cuts)
    earned = (1 - share) * good * margin_at(rate, 0.0, BANK)
    lost = share * ((1 - cheating) * bad + cheating * good) * margin_at(rate, 1.0, BANK)

    best = binormal.best_profit(area, share, rate, cheating=cheating)
    assert best == pytest.approx(max((earned + lost).max(), 0.0), abs=1e-7)
    assert best <= binormal.best_profit(area, share, rate) + 1e-12


# ---------------------------------------------------------------------------------------------
# Equal scores


@pytest.mark.parametrize("bad", [[0] * 80 + [1] * 20, [1] * 20 + [0] * 80, [0, 0, 0, 0, 1] * 20])
def test_a_constant_score_picks_nobody(bad):
    """Whatever the order of the rows: all are approved or nobody, and all lose money here."""
    followed = cut_offs.cut_off_curve(np.ones(100), bad, 0.12)

    assert followed.approval_rate.tolist() == [0, 1]
    assert followed.profit.max() == 0
    assert followed.profit[1] == pytest.approx(0.8 * 0.0695 - 0.2 * 0.6505)
    half = cut_offs.at_approval_rate([0.5], followed)
    assert half.default_rate == pytest.approx([0.2])
    level = ranking.calibration(np.full(100, 0.2), bad, groups=5)
    assert level.observed == pytest.approx(np.full(5, 0.2))


@given(judged(), st.randoms(use_true_random=False), st.integers(1, 5))
def test_the_order_of_the_rows_decides_nothing(case, dice, groups):
    score, bad = case
    rows = list(range(len(score)))
    dice.shuffle(rows)
    groups = min(groups, len(rows))
    for call in (
        lambda s, b: cut_offs.cut_off_curve(s, b, 0.12, BANK, 0.1),
        lambda s, b: ranking.calibration(s / 10, b, groups),
        ranking.roc,
    ):
        for one, other in zip(call(score, bad), call(score[rows], bad[rows]), strict=True):
            assert one == pytest.approx(other)


@given(judged(), st.integers(1, 5))
def test_groups_of_a_calibration_share_out_all_applicants(case, groups):
    score, bad = case
    level = ranking.calibration(score / 10, bad, min(groups, len(bad)))

    assert level.applicants.sum() == len(bad)
    assert np.ptp(level.applicants) <= 1
    assert level.applicants @ level.predicted == pytest.approx(score.sum() / 10)
    assert level.applicants @ level.observed == pytest.approx(bad.sum())
    assert np.all(np.diff(level.predicted) >= -1e-12)


def test_limits_of_the_auc():
    """A perfect score, its reverse, and one that is not hurt by a change of scale."""
    assert ranking.auc([3, 4, 1, 2], [0, 0, 1, 1]) == 1
    assert ranking.auc([1, 2, 3, 4], [0, 0, 1, 1]) == 0
    assert ranking.auc(np.exp(SCORE), BAD) == ranking.auc(SCORE, BAD)
    assert ranking.kolmogorov_smirnov(np.ones(6), BAD) == 0


def test_limits_of_the_interval():
    draws = np.arange(101.0)

    assert ranking.interval(draws) == pytest.approx([5, 95])
    assert ranking.interval(np.tile(draws[:, None], 3), 0.5).tolist() == [[25] * 3, [75] * 3]


def test_the_cut_off_where_nothing_is_at_stake():
    free = LendingTerms(0, 0, 0, 0, 0)

    assert cut_offs.cut_off(0.1, free) == 1
    assert cut_offs.cut_off(0.0, free) == 1
    assert binormal.best_profit(0.7, 0.5, 0.1, free) == pytest.approx(0.05)
    assert binormal.best_profit(0.7, 0.08, 0.0505) == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: ranking.auc([1, 2], [0, 2]), "bad must be 0 or 1 for every applicant, not 2"),
        (lambda: ranking.auc([1, 2, 3], [0, 1]), "score has 3, bad has 2"),
        (lambda: ranking.auc([1, 2], [0, 0]), "bad must hold both outcomes"),
        (lambda: ranking.auc([1, 2], [False, True]), "bad must be a finite number"),
        (lambda: ranking.resample([0, 0], 1, np.random.default_rng()), "bad must hold both"),
        (
            lambda: ranking.bootstrap_auc([1, 2], [0, 1], [[1, 0]]),
            "counts must count a good and a bad applicant or more in every row",
        ),
        (lambda: ranking.bootstrap_auc([1, 2], [0, 1], [[1, 1, 1]]), "rows of 2 numbers"),
        (lambda: ranking.interval(1.0), "draws must be one draw or more"),
        (lambda: cut_offs.cut_off_curve(SCORE, BAD, -3.0), "rate must be a number from 0 to"),
        (
            lambda: cut_offs.cut_off_curve(SCORE, BAD, 0.1, weights=BAD),
            "weights must count a good and a bad applicant",
        ),
        (
            lambda: cut_offs.cut_off_curve(SCORE, BAD, 0.1, weights=[np.nan] * 6),
            "weights must be a number of 0 or more, not nan",
        ),
        (
            lambda: cut_offs.cut_off_curve(SCORE, BAD, 0.1, weights=["0.5"] * 6),
            "weights must be a number of 0 or more",
        ),
        (
            lambda: cut_offs.cut_off_curve(
                SCORE, BAD, 0.1, LendingTerms(funding_rate=np.array([0.01, 0.02]))
            ),
            "terms must be one number, not 2 of them",
        ),
        (lambda: binormal.best_profit(0.7, 0.1, 0.05), "rate must be at least the costs"),
        (lambda: binormal.best_profit(0.7, 0.0, 0.12), "default_probability must be a number"),
        (lambda: binormal.best_profit(0.7, 0.1, 0.12, cheating=1.0), "cheating must be a number"),
        (lambda: binormal.combined_separation(1, 1, 1.0), "correlation must be above -1"),
    ],
)
def test_what_makes_no_sense_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()
