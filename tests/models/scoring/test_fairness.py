"""Rules for cutting a score, by group: identities, limits, and numbers of the TransRisk study."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netfin.scoring import fairness, samples
from netfin.scoring.fairness import Rule

PEOPLE = samples.transrisk()
rules = st.sampled_from(list(Rule))
approvals = st.floats(0.05, 0.95)


def table(bad_rates):
    """Two groups of a hundred, each with half at score 1 and half at score 2."""
    rows = [
        (score, group, 50.0 * score, rate, 100)
        for group, rates in bad_rates.items()
        for score, rate in zip((1, 2), rates, strict=True)
    ]
    return pd.DataFrame(rows, columns=["score", "group", "cdf_pct", "bad_rate_pct", "n_group"])


def test_group_sizes_and_shares_of_bad():
    """Hardt, Price & Srebro (2016) count 174,047 people, 133,165 of them white."""
    assert PEOPLE.names == ("Asian", "Black", "Hispanic", "White")
    assert PEOPLE.size[3] == pytest.approx(133_165 / 174_047)
    assert PEOPLE.good[:, -1] + PEOPLE.bad[:, -1] == pytest.approx(np.ones(4))
    assert PEOPLE.bad[:, -1] == pytest.approx([0.193, 0.663, 0.432, 0.241], abs=5e-4)


@given(rules, approvals)
def test_every_rule_approves_as_many(rule, approval):
    got = fairness.outcomes(PEOPLE, rule, approval)

    assert PEOPLE.size @ got.approved == pytest.approx(approval, abs=1e-12)


@given(approvals)
def test_each_rule_equalises_what_it_says(approval):
    same = {
        Rule.ONE_CUT_OFF: ("cut_off", 1.0),
        Rule.EQUAL_APPROVAL: ("approved", 1e-9),
        Rule.EQUAL_OPPORTUNITY: ("good_approved", 1e-9),
    }
    for rule, (name, close) in same.items():
        assert np.ptp(getattr(fairness.outcomes(PEOPLE, rule, approval), name)) <= close


@given(st.floats(0.3, 0.8))
def test_equal_default_rates_are_equal_where_every_group_gets_loans(approval):
    got = fairness.outcomes(PEOPLE, Rule.EQUAL_DEFAULT, approval)

    assert np.all(got.approved > 0)
    assert np.ptp(got.default_rate) < 1e-9


def test_where_a_rule_jumps_a_lot_decides():
    """Nobody of b has less than 20 % bad: at that level all its better half comes in at once."""
    people = fairness.groups(table({"a": (40, 20), "b": (40, 20)}))
    got = fairness.outcomes(people, Rule.EQUAL_DEFAULT, 0.25)

    assert got.approved == pytest.approx([0.25, 0.25])
    assert got.default_rate == pytest.approx([0.2, 0.2])


@given(rules, approvals)
def test_chouldechova_s_identity(rule, approval):
    got = fairness.outcomes(PEOPLE, rule, approval)
    expected = fairness.bad_approved(PEOPLE.bad[:, -1], got.default_rate, got.good_approved)

    assert got.bad_approved == pytest.approx(expected, abs=1e-9)


def test_groups_that_are_alike_are_treated_alike_by_every_rule():
    people = fairness.groups(table({"a": (40, 10), "b": (40, 10)}))
    for rule in Rule:
        got = fairness.outcomes(people, rule, 0.5)
        for each in got:
            assert each[0] == pytest.approx(each[1])


def test_a_perfect_score_serves_all_aims_at_once():
    # Everybody at score 2 is good and everybody at score 1 is bad.
    people = fairness.groups(table({"a": (100, 0), "b": (100, 0)}))
    got = fairness.outcomes(people, Rule.ONE_CUT_OFF, 0.5)

    assert got.good_approved == pytest.approx([1, 1])
    assert got.default_rate == pytest.approx([0, 0])


def test_a_small_case_by_hand():
    people = fairness.groups(table({"a": (40, 0), "b": (80, 20)}))
    one = fairness.outcomes(people, Rule.ONE_CUT_OFF, 0.5)
    equal = fairness.outcomes(people, Rule.EQUAL_OPPORTUNITY, 0.5)

    assert one.good_approved == pytest.approx([50 / 80, 40 / 50])
    assert one.default_rate == pytest.approx([0, 0.2])
    assert equal.good_approved[0] == pytest.approx(equal.good_approved[1])
    assert equal.approved[0] > 0.5 > equal.approved[1]


def test_nobody_approved_and_everybody():
    nobody, everybody = (fairness.outcomes(PEOPLE, Rule.ONE_CUT_OFF, a) for a in (0.0, 1.0))

    assert nobody.approved == pytest.approx(np.zeros(4), abs=1e-6)
    assert everybody.default_rate == pytest.approx(PEOPLE.bad[:, -1])


def test_a_table_that_holds_no_groups_is_refused():
    whole = table({"a": (40, 10), "b": (40, 10)})

    with pytest.raises(ValueError, match="scores must hold every score of every group"):
        fairness.groups(whole.iloc[1:])
    with pytest.raises(ValueError, match="scores must have a cdf_pct that rises to 100"):
        fairness.groups(whole.assign(cdf_pct=40.0))
    with pytest.raises(
        ValueError, match="bad_rate_pct of scores must be a number from 0 to 100, not"
    ):
        fairness.groups(whole.assign(bad_rate_pct=120.0))


def test_good_numbers_may_come_as_objects():
    whole = table({"a": (40, 10), "b": (40, 10)})
    got = fairness.groups(whole.astype({"score": object, "n_group": object}))

    assert got.names == ("a", "b")
    assert np.array_equal(got.score, fairness.groups(whole).score)


def test_the_words_of_a_rule_do_as_well():
    with pytest.raises(ValueError, match="rule must be one of “one cut-off”"):
        fairness.outcomes(PEOPLE, "luck", 0.5)
