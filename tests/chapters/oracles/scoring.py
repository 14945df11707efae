"""The explorers on credit scoring, computed by the models alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from oracle import Cell, Expected, Oracle

from netfin.lending import BANK, margin_at
from netfin.scoring import samples
from netfin.scoring.cut_offs import at_approval_rate, cut_off, cut_off_curve
from netfin.scoring.fairness import Rule, outcomes
from netfin.scoring.ranking import auc, bootstrap_auc, calibration, interval, kolmogorov_smirnov
from netfin.scoring.signals import combine
from netfin.scoring.winners_curse import MARKET, pass_rates

MILLIONS = 100  # asked for by a thousand applicants


def where_to_cut(approved: float, rate: float, bad_rate: float) -> Expected:
    people = samples.german()
    odds = np.exp(-people.full) * (bad_rate / (1 - bad_rate)) / (3 / 7)
    pays = float(cut_off(rate))
    passing = odds / (1 + odds) <= pays
    weight = np.where(people.bad == 1, bad_rate / 300, (1 - bad_rate) / 700)
    places = [approved, float(weight[passing].sum()), 1.0]
    here, drawn = (
        at_approval_rate(
            places, cut_off_curve(people.full, people.bad, rate, BANK, bad_rate, weights)
        )
        for weights in (None, samples.bootstrap())
    )
    low, high = MILLIONS * interval(drawn.profit)
    return Expected(
        {
            "lend to": ["your cut-off", "the rule", "lending to everyone"],
            "approved (%)": [100 * each for each in places],
            "default among the approved (%)": [100 * each for each in here.default_rate],
            "profit (million yuan)": [MILLIONS * each for each in here.profit],
            "from (million yuan)": low.tolist(),
            "to (million yuan)": high.tolist(),
            "highest default that pays (%)": [100 * pays] * 3,
        },
        said=[100, 90],  # applicants; the interval
    )


def thin_file(strength: float, overlap: float) -> Expected:
    people = samples.german()
    signal, drawn = samples.signal(strength, overlap), samples.bootstrap()
    rows: list[list[Cell]] = [["signal alone", 100 * auc(signal, people.bad), *[""] * 4]]
    for name, file in (("full file", people.full), ("thin file", people.thin)):
        both = combine(file, signal, people.bad, samples.folds())
        before, after = (100 * auc(each, people.bad) for each in (file, both))
        one, two = (bootstrap_auc(each, people.bad, drawn) for each in (file, both))
        span = 100 * interval(two - one)
        rows.append([name, before, after, after - before, *span.tolist()])
    head = ["what is known", "AUC (%)", "with the signal (%)", "gain (points)"]
    head += ["from (points)", "to (points)"]
    return Expected(dict(zip(head, map(list, zip(*rows, strict=True)), strict=True)))


def ranks_and_levels() -> Expected:
    people = samples.german()
    groups = calibration(1 / (1 + np.exp(people.full)), people.bad, 5)
    return Expected(
        {
            "applicants, safest first": ["first", "second", "third", "fourth", "last"],
            "predicted default (%)": (100 * groups.predicted).tolist(),
            "observed default (%)": (100 * groups.observed).tolist(),
            "AUC (%)": [100 * auc(people.full, people.bad), *[""] * 4],
            "KS (points)": [100 * kolmogorov_smirnov(people.full, people.bad), *[""] * 4],
        }
    )


def your_model_didnt_change(rival_auc: float, asked_first: float, own_approval: float) -> Expected:
    market = replace(MARKET, own_approval=own_approval)
    mine = pass_rates(market.own_auc, own_approval, 0.08)
    theirs = pass_rates(rival_auc, market.rival_approval, 0.08)
    good = [0.92 * mine[0] * (1 - first * theirs[0]) for first in (0, asked_first)] + [0.92]
    bad = [0.08 * mine[1] * (1 - first * theirs[1]) for first in (0, asked_first)] + [0.08]
    rates = [lost / (lost + kept) for kept, lost in zip(good, bad, strict=True)]
    left = [100 * margin_at(0.12, rate, BANK) for rate in rates]
    return Expected(
        {
            "who lends": ["without the rival", "with the rival", "lending to everyone, no rival"],
            "AUC of the rival (%)": ["", 100 * rival_auc, ""],
            "ask the rival first (%)": ["", 100 * asked_first, ""],
            "your AUC (%)": [78, 78, ""],
            "your loans (of 100 shops)": [
                100 * (kept + lost) for kept, lost in zip(good, bad, strict=True)
            ],
            "of them bad (of 100 shops)": [100 * lost for lost in bad],
            "defaults (% of your loans)": [100 * rate for rate in rates],
            "left (yuan for 100 yuan lent)": left,
        },
        said=[100, *(abs(each) for each in left)],  # shops, yuan; a loss is said without its sign
    )


def one_cut_off_or_several(rule: Rule, approval: float) -> Expected:
    people = samples.transrisk()
    got = outcomes(people, rule, approval)
    return Expected(
        {
            "group": list(people.names),
            "approved (% of the group)": (100 * got.approved).tolist(),
            "good approved (% of the good)": (100 * got.good_approved).tolist(),
            "default (% of the approved)": (100 * got.default_rate).tolist(),
            "cut-off (score)": got.cut_off.tolist(),
            "bad (% of the group)": (100 * people.bad[:, -1]).tolist(),
        }
    )


def lenders_price() -> Expected:
    loans = samples.lending_club()
    drawn = samples.bootstrap(samples.lending_club)
    scores = {
        "the lender's price alone": loans.price,
        "what borrowers brought": loans.fields,
        "both": loans.both,
    }
    spans = [100 * interval(bootstrap_auc(score, loans.bad, drawn)) for score in scores.values()]
    return Expected(
        {
            "score from": list(scores),
            "AUC (%)": [100 * auc(score, loans.bad) for score in scores.values()],
            "from (%)": [low for low, _ in spans],
            "to (%)": [high for _, high in spans],
        },
        said=[90],  # the interval
    )


ORACLES: dict[str, Oracle] = {
    "where-to-cut": where_to_cut,
    "thin-file": thin_file,
    "ranks-and-levels": ranks_and_levels,
    "your-model-didnt-change": your_model_didnt_change,
    "one-cut-off-or-several": one_cut_off_or_several,
    "lenders-price": lenders_price,
}
