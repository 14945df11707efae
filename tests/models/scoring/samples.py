"""Samples of the models of credit scoring."""

import numpy as np
import pandas as pd
from contract import Kind, Sample

from netfin.lending import BANK
from netfin.scoring import (
    applicants,
    binormal,
    cut_offs,
    fairness,
    ranking,
    scorecard,
    shocks,
    signals,
    winners_curse,
)

SCORE = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 4.5, 2.5])
BAD = np.array([1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0])
FOLDS = np.array([0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0])
TABLE = pd.DataFrame({"income": SCORE, "region": list("AABBABBA")})
SCORED = {"score": SCORE, "bad": BAD}
ROWS = {"score": Kind.ROW, "bad": Kind.ROW}
RNG = np.random.default_rng(3)
CURVE = cut_offs.cut_off_curve(SCORE, BAD, 0.12)
TERMS = {
    "population_default": 0.08,
    "own_auc": 0.78,
    "own_approval": 0.6,
    "rival_approval": 0.75,
    "rate": 0.12,
}
BY_GROUP = pd.DataFrame(
    [
        (1, "a", 50.0, 40.0, 100),
        (2, "a", 100.0, 10.0, 100),
        (1, "b", 50.0, 80.0, 100),
        (2, "b", 100.0, 20.0, 100),
    ],
    columns=["score", "group", "cdf_pct", "bad_rate_pct", "n_group"],
)
GROUPS = fairness.groups(BY_GROUP)
CARD = scorecard.fit(TABLE, BAD, ["income", "region"], 3)
CODES = np.array([[0, 1], [2, 0]])


def numbers(function, **arguments):
    """A function all of whose parameters take numbers or arrays of them."""
    return Sample(function, arguments, dict.fromkeys(arguments, Kind.NUMBERS))


def parts(function, **kinds):
    """A function whose parameters are each given with their kind."""
    return Sample(
        function,
        {name: value for name, (value, _) in kinds.items()},
        {name: kind for name, (_, kind) in kinds.items()},
    )


PASSING = {"area": 0.78, "approval_rate": 0.6, "default_probability": 0.08}
FIT = {
    "applicants": (TABLE, Kind.TABLE),
    "bad": (BAD, Kind.ROW),
    "fields": (["income", "region"], Kind.OTHER),
}

SAMPLES = [
    parts(applicants.outcome, name=("bad", Kind.OTHER), value=(BAD, Kind.OTHER)),
    Sample(applicants.scored, SCORED, ROWS),
    parts(
        applicants.folded,
        dealt=(FOLDS, Kind.ROW),
        outcomes=(BAD, Kind.OTHER),
        known=(None, Kind.OTHER),
    ),
    parts(applicants.unit, values=(SCORE, Kind.OTHER)),
    parts(binormal.better_than_chance, name=("area", Kind.OTHER), value=(0.7, Kind.OTHER)),
    numbers(binormal.binormal_separation, area=0.78),
    numbers(binormal.binormal_auc, separation=1.0),
    numbers(binormal.combined_separation, first=1.0, second=0.5, correlation=0.2),
    parts(
        binormal.best_profit,
        area=(0.78, Kind.NUMBERS),
        default_probability=(0.08, Kind.NUMBERS),
        rate=(0.12, Kind.NUMBERS),
        terms=(BANK, Kind.OBJECT),
        cheating=(0.1, Kind.NUMBERS),
    ),
    numbers(binormal.gamed_auc, area=0.78, cheating=0.5),
    numbers(cut_offs.recalibrate, default_probability=0.5, sample_rate=0.3, true_rate=0.08),
    parts(cut_offs.cut_off, rate=(0.12, Kind.NUMBERS), terms=(BANK, Kind.OBJECT)),
    parts(cut_offs.costs_but_defaults, terms=(BANK, Kind.OBJECT)),
    Sample(
        cut_offs.cut_off_curve,
        {**SCORED, "rate": 0.12, "terms": BANK, "true_rate": 0.08, "weights": None},
        {
            **ROWS,
            "rate": Kind.ONE,
            "terms": Kind.OBJECT,
            "true_rate": Kind.ONE,
            "weights": Kind.OTHER,
        },
        optional=("true_rate",),
    ),
    parts(
        cut_offs.at_approval_rate,
        approval_rate=(np.array([0.0, 0.4, 1.0]), Kind.ROW),
        curve=(CURVE, Kind.OBJECT),
    ),
    parts(fairness.groups, scores=(BY_GROUP, Kind.TABLE)),
    parts(
        fairness.outcomes,
        people=(GROUPS, Kind.OBJECT),
        rule=(fairness.Rule.EQUAL_DEFAULT, Kind.CHOICE),
        approval_rate=(0.5, Kind.ONE),
    ),
    numbers(fairness.bad_approved, share_of_bad=0.2, default_rate=0.1, good_approved=0.5),
    Sample(ranking.auc, SCORED, ROWS),
    numbers(ranking.gini, area=0.8),
    Sample(ranking.roc, SCORED, ROWS),
    Sample(ranking.kolmogorov_smirnov, SCORED, ROWS),
    parts(
        ranking.calibration,
        default_probability=(SCORE / 10.0, Kind.ROW),
        bad=(BAD, Kind.ROW),
        groups=(3, Kind.COUNT),
    ),
    parts(
        ranking.resample,
        bad=(BAD, Kind.ROW),
        draws=(3, Kind.COUNT),
        generator=(RNG, Kind.RNG),
    ),
    parts(
        ranking.weighed,
        name=("weights", Kind.OTHER),
        value=(np.ones((2, 8)), Kind.OTHER),
        outcomes=(BAD, Kind.OTHER),
    ),
    parts(
        ranking.bootstrap_auc,
        score=(SCORE, Kind.ROW),
        bad=(BAD, Kind.ROW),
        counts=(np.ones((2, 8)), Kind.OTHER),
    ),
    parts(ranking.interval, draws=(SCORE, Kind.OTHER), level=(0.9, Kind.ONE)),
    parts(
        scorecard.weight_of_evidence,
        good=(np.array([5.0, 3.0]), Kind.ROW),
        bad=(np.array([1.0, 4.0]), Kind.ROW),
        smoothing=(0.5, Kind.ONE),
    ),
    parts(
        scorecard.information_value,
        good=(np.array([5.0, 3.0]), Kind.ROW),
        bad=(np.array([1.0, 4.0]), Kind.ROW),
    ),
    parts(
        scorecard.scaling,
        points=(600.0, Kind.ONE),
        odds=(50.0, Kind.ONE),
        points_to_double=(20.0, Kind.ONE),
    ),
    parts(scorecard.fit, **FIT, bins=(3, Kind.COUNT), smoothing=(0.5, Kind.ONE)),
    parts(CARD.encode, applicants=(TABLE, Kind.TABLE)),
    parts(CARD.log_odds, codes=(CODES, Kind.OTHER)),
    parts(CARD.default_probability, codes=(CODES, Kind.OTHER)),
    parts(CARD.points, scale=(scorecard.scaling(), Kind.OBJECT)),
    parts(
        applicants.assign_folds,
        bad=(BAD, Kind.ROW),
        folds=(2, Kind.COUNT),
        generator=(RNG, Kind.RNG),
    ),
    parts(
        scorecard.out_of_sample,
        **FIT,
        dealt=(FOLDS, Kind.ROW),
        learn_from=(np.ones(8, bool), Kind.OTHER),
    ),
    parts(
        shocks.common_shock,
        default_probability=(SCORE / 10.0, Kind.ROW),
        weights=(np.arange(1.0, 9.0), Kind.ROW),
        default_rate=(0.6, Kind.ONE),
    ),
    parts(
        shocks.expected_auc,
        score=(SCORE, Kind.ROW),
        default_probability=(SCORE / 10.0, Kind.ROW),
        weights=(np.arange(1.0, 9.0), Kind.ROW),
    ),
    Sample(signals.within, SCORED, ROWS),
    Sample(signals.distance, SCORED, ROWS),
    parts(
        signals.synthetic_signal,
        score=(SCORE, Kind.ROW),
        bad=(BAD, Kind.ROW),
        area=(0.6, Kind.ONE),
        overlap=(0.5, Kind.ONE),
        generator=(RNG, Kind.RNG),
    ),
    parts(
        signals.combine,
        first=(SCORE, Kind.ROW),
        second=(np.array([2.0, 1.0, 4.0, 3.0, 2.0, 1.0, 3.5, 5.0]), Kind.ROW),
        bad=(BAD, Kind.ROW),
        dealt=(FOLDS, Kind.ROW),
    ),
    numbers(winners_curse.RivalTerms, **TERMS),
    numbers(winners_curse.score_cut_off, **PASSING),
    numbers(winners_curse.pass_rates, **PASSING),
    parts(
        winners_curse.adverse_selection,
        rival_auc=(0.8, Kind.NUMBERS),
        asked_first=(0.5, Kind.NUMBERS),
        terms=(winners_curse.MARKET, Kind.OBJECT),
        lender=(BANK, Kind.OBJECT),
    ),
    numbers(winners_curse.financed_by_any, passing=0.9, lenders=2),
]
