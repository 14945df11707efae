"""Numbers of any size and tables of any kind: a finite answer, or a refusal by name."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest
from contract import Kind, Sample, samples
from ends import ENDS, hold

from netfin.scoring import fairness
from netfin.scoring.cut_offs import cut_off_curve
from netfin.scoring.ranking import bootstrap_auc
from netfin.scoring.scorecard import fit, out_of_sample
from netfin.scoring.signals import combine, distance, synthetic_signal, within

OURS = [
    each
    for each in samples()
    if each.name.startswith("scoring.") and Kind.ROW in each.kinds.values()
]
LENGTHS = (1e-300, 1e-200, 1e-8, 1e8, 1e200, 1e300)


@pytest.fixture(autouse=True)
def no_warning() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def changes(sample: Sample) -> Iterator[Mapping[str, Any]]:
    """Yield each row lengthened, and with an end in it."""
    for name in (name for name, kind in sample.kinds.items() if kind is Kind.ROW):
        row = np.asarray(sample.arguments[name], dtype=float)
        yield from ({name: row * length} for length in LENGTHS)
        yield from ({name: np.append(row[:-1], end)} for end in ENDS)
        yield from ({name: np.append(row[:-2], [end, -end])} for end in ENDS)
        yield from ({name: np.full(len(row), end)} for end in ENDS)


@pytest.mark.parametrize("sample", OURS, ids=lambda sample: sample.name)
def test_a_row_at_the_ends_of_the_floats_is_answered_or_refused(sample: Sample) -> None:
    for changed in changes(sample):
        hold(sample, changed)


SCORE = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 4.5, 2.5])
BAD = np.array([1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0])
FOLDS = np.array([0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0])
TABLE = pd.DataFrame({"income": SCORE, "region": list("AABBABBA")})
CARD = fit(TABLE, BAD, ["income", "region"], 3)
CODES = np.array([[0, 1], [2, 0]])
RNG = np.random.default_rng(3)
BY_GROUP = pd.DataFrame(
    {
        "score": [1, 2, 1, 2],
        "group": list("aabb"),
        "cdf_pct": [50.0, 100.0] * 2,
        "bad_rate_pct": [40.0, 10.0, 80.0, 20.0],
        "n_group": 100,
    }
)
COUNTS = np.ones((2, len(BAD)))
OTHER = np.array([2.0, 1.0, 4.0, 3.0, 2.0, 1.0, 3.5, 5.0])


@pytest.mark.parametrize("unit", [5e-324, 1e-200, 1e-8, 1e8, 1e200, 1e308])
def test_what_only_compares_does_not_depend_on_the_unit(unit: float) -> None:
    weights = COUNTS * np.array([[unit], [1.0]])
    assert bootstrap_auc(SCORE, BAD, weights) == pytest.approx(bootstrap_auc(SCORE, BAD, COUNTS))
    curves = [cut_off_curve(SCORE, BAD, 0.12, true_rate=0.1, weights=w) for w in (weights, COUNTS)]
    assert curves[0].profit == pytest.approx(curves[1].profit)


@pytest.mark.parametrize("unit", [1e-300, 1e-200, 1e-8, 1e8, 1e200, 1e300])
def test_a_score_in_another_unit_tells_the_same(unit: float) -> None:
    assert distance(SCORE * unit, BAD) == pytest.approx(distance(SCORE, BAD))
    assert within(SCORE * unit, BAD) == pytest.approx(within(SCORE, BAD))
    both = combine(SCORE, OTHER, BAD, FOLDS)
    assert combine(SCORE * unit, OTHER, BAD, FOLDS) / unit == pytest.approx(both)
    assert combine(SCORE, OTHER * unit, BAD, FOLDS) == pytest.approx(both)


def test_a_score_to_which_nothing_can_be_added_is_refused() -> None:
    with pytest.raises(ValueError, match=r"first must be nearer to 0, .* not up to 1\.7e\+308"):
        combine(SCORE / 6.0 * 1.7e308, OTHER, BAD, FOLDS)


def test_a_draw_may_have_any_number_of_dimensions_but_not_be_none() -> None:
    once = bootstrap_auc(SCORE, BAD, COUNTS)
    assert bootstrap_auc(SCORE, BAD, np.array([COUNTS] * 3)) == pytest.approx(np.array([once] * 3))
    with pytest.raises(ValueError, match=r"counts must hold rows of 8 numbers"):
        bootstrap_auc(SCORE, BAD, np.ones((0, 8)))


@pytest.mark.parametrize(
    ("column", "values", "said"),
    [
        ("n_group", 0, "n_group of scores must be a whole number of 1 or more, not 0"),
        ("n_group", np.inf, "n_group of scores must be a whole number of 1 or more, not inf"),
        ("n_group", -3, "n_group of scores must be a whole number of 1 or more, not -3"),
        ("n_group", 1e16, r"n_group of scores must be a number from 0 to 1e\+15, not 1e\+16"),
        ("n_group", [1, 2, 3, 3], "same in all rows of a group, not 1 and 2 in a"),
        ("score", [1, 1, 1, 2], "scores must hold each score of each group once, but 1 of a"),
        ("score", "x", "score of scores must be a number"),
        ("cdf_pct", "x", "cdf_pct of scores must be a finite number"),
        ("bad_rate_pct", [1, np.nan, 1, 1], "bad_rate_pct of scores must be .* not nan"),
        ("group", [1, 1, "b", "b"], "group of scores must be a text, or .* not int, str"),
        ("group", [None] * 4, "group of scores must be a text, or .* not NoneType"),
        ("group", [[1]] * 4, "group of scores must be a text, or .* not list"),
    ],
)
def test_groups_that_are_none_are_refused_by_column(column: str, values: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        fairness.groups(BY_GROUP.assign(**{column: values}))


def test_groups_numbered_keep_their_order() -> None:
    numbered = BY_GROUP.assign(group=[9, 9, 10, 10])
    assert fairness.groups(numbered).names == ("9", "10")
    assert np.array_equal(fairness.groups(numbered).bad, fairness.groups(BY_GROUP).bad)


@pytest.mark.parametrize("codes", [None, "x", [[0.5, 0]], [[np.nan, 0]], [[-1, 0]], [[True, 0]]])
def test_codes_that_number_no_cell_are_refused(codes: Any) -> None:
    with pytest.raises(ValueError, match="codes must be a whole number of 0 or more, not"):
        CARD.log_odds(codes)


def test_codes_in_a_list_do_as_well() -> None:
    assert CARD.log_odds(CODES.tolist()) == pytest.approx(CARD.log_odds(CODES))


@pytest.mark.parametrize(
    "fields", [None, 3, [None], [1], [["income"]], [["income"], ["a", "b"]], {"income"}]
)
def test_fields_that_name_no_columns_are_refused(fields: Any) -> None:
    for call in (lambda: fit(TABLE, BAD, fields), lambda: out_of_sample(TABLE, BAD, fields, FOLDS)):
        with pytest.raises(ValueError, match=r"fields must be a list of different columns, .* not"):
            call()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([1j] * 8, "income must be a column of real numbers, .* not of complex128"),
        ([[1]] * 8, "income must have one number, text or date in every row, not list"),
        ([{}] * 8, "income must have one number, text or date in every row, not dict"),
    ],
)
def test_a_column_no_card_can_cut_is_refused(values: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        fit(TABLE.assign(income=pd.Series(values)), BAD, ["income"])


def test_a_column_as_wide_as_all_numbers_is_cut() -> None:
    wide = TABLE.assign(income=[1.7e308, -1.7e308, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    assert np.all(np.isfinite(fit(wide, BAD, ["income"], 3).fields[0].edges))


@pytest.mark.parametrize(
    ("dealt", "known", "said"),
    [
        ([0] * 8, None, "dealt must leave good .* leave 0 good and 0 bad outside fold 0"),
        (BAD, None, "dealt must leave good .* leave 0 good and 3 bad outside fold 0"),
        (FOLDS, [False] * 8, "dealt and learn_from must leave good .* leave 0 good and 0 bad"),
        (FOLDS, [True] * 7, "learn_from has 7, bad has 8"),
        (FOLDS, [[True], [True, False]], "learn_from must be a row of True and False"),
        (FOLDS[1:], None, "dealt has 7, bad has 8"),
    ],
)
def test_folds_that_leave_nobody_to_learn_from_are_told(dealt: Any, known: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        out_of_sample(TABLE, BAD, ["income"], dealt, known)
    if known is None:
        with pytest.raises(ValueError, match=said):
            combine(SCORE, OTHER, BAD, dealt)


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (-SCORE, r"score must set the good above the bad, .* but its area is 0\.150"),
        (SCORE[1:4], "score must be of 4 applicants or more, not 3"),
    ],
)
def test_a_score_no_signal_can_stand_beside_is_told(score: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        synthetic_signal(score, BAD[1:4] if len(score) == 3 else BAD, 0.6, 0.5, RNG)
