"""The numbers that the text of the chapter on credit scoring says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit

from figures.numbers import Numbers, number, of_100, percent
from figures.scoring.ranking import SAMPLE_RATE, VOLUME, rule_approves
from netfin import data
from netfin.arrays import bisect
from netfin.checks import Array
from netfin.lending import BANK, margin_at
from netfin.scoring import samples
from netfin.scoring.binormal import best_profit, binormal_separation, gamed_auc
from netfin.scoring.cut_offs import at_approval_rate, cut_off, cut_off_curve, recalibrate
from netfin.scoring.fairness import Rule, outcomes
from netfin.scoring.ranking import auc, bootstrap_auc, calibration, interval
from netfin.scoring.scorecard import fit, weight_of_evidence
from netfin.scoring.shocks import common_shock, expected_auc
from netfin.scoring.signals import combine
from netfin.scoring.winners_curse import (
    MARKET,
    Pool,
    RivalTerms,
    adverse_selection,
    financed_by_any,
    pass_rates,
)

Flags = NDArray[np.bool_]

_RATE = float(MARKET.rate)
_BAD = float(MARKET.population_default)  # at the door
_BEST_RIVAL = 0.95
_SEEDS = 40  # noises of a made-up signal
_FEW = 0.04  # bad at another door
_FAKED = 0.5  # of the bad buy what the score goes by


def numbers() -> Numbers:
    """Compute all that the chapter says, by name."""
    return {
        **_one_question(),
        **_the_card(),
        **_one_loan(),
        **_the_line(),
        **_other_data(),
        **_shocks_and_fakes(),
        **_rival(),
        **_redrawn(),
        **_evidence(),
        **_taiwan(),
        **_never_seen(),
        **_groups(),
        **_exercises(),
        **_leak(),
    }


def _one_question() -> Numbers:
    """The account, by the labels that Grömping (2019) put right: A11 none, A14 with money."""
    german = data.load("german_credit_uci")
    by_account = german.groupby("checking_status")["bad"].agg(["count", "sum"])
    bad = by_account["sum"]
    good = by_account["count"] - bad
    odds = float(german["bad"].eq(0).sum() / german["bad"].sum())
    without = dict(zip(good.index, weight_of_evidence(good, bad), strict=True))["A11"]
    unsaved = german["savings_status"].eq("A61").groupby(german["checking_status"].eq("A11")).mean()
    return {
        "money_good": number(good["A14"]),
        "money_bad": number(bad["A14"]),
        "none_good": number(good["A11"]),
        "none_bad": number(bad["A11"]),
        "none_odds": number(good["A11"] / bad["A11"], 2),
        "all_odds": number(odds, 2),
        "unsaved_none": of_100(unsaved[True]),
        "unsaved_rest": of_100(unsaved[False]),
        "ex_woe": number(without, 2),
    }


def _the_card() -> Numbers:
    german, people = data.load("german_credit_uci"), samples.german()
    card = fit(german, people.bad, samples.HISTORY + samples.FORM)
    area = auc(people.full, people.bad)
    low, high = interval(bootstrap_auc(people.full, people.bad, samples.bootstrap()))
    return {
        "fields": number(len(card.fields)),
        "learnt": percent(auc(card.log_odds(card.encode(german)), people.bad), 1),
        "honest": percent(area, 1),
        "honest_low": of_100(low, 0, "%"),  # two hundred draws do not know a tenth
        "honest_high": of_100(high, 0, "%"),
        "thin": percent(auc(people.thin, people.bad), 1),
        **_levels(),
    }


def _levels() -> Numbers:
    """What the card foretold of two fifths of the borrowers, and what came."""
    people = samples.german()
    fifths = calibration(expit(-people.full), people.bad, groups=5)
    said, came = fifths.predicted, fifths.observed
    return {
        "second_said": of_100(said[1]),
        "second_came": of_100(came[1]),
        "last_said": of_100(said[-1]),
        "last_came": of_100(came[-1]),
        "shrink": percent(1.0 - _slope(people.full, people.bad)),
    }


def _slope(log_odds: Array, bad: Array) -> float:
    """Find by how much log-odds must be multiplied to fit what came; the level is left free."""
    good = 1.0 - bad

    def surprise(line: Array) -> float:
        fitted = line[0] + line[1] * log_odds
        return float(np.sum(np.logaddexp(0.0, fitted) - good * fitted))

    return float(minimize(surprise, [0.0, 1.0]).x[1])


def _one_loan() -> Numbers:
    gain, loss = (float(margin_at(_RATE, default, BANK)) for default in (0.0, 1.0))
    point = float(best_profit(0.79, _BAD, _RATE)) - float(best_profit(0.78, _BAD, _RATE))
    return {
        "rate": percent(_RATE),
        "gain": of_100(gain, 2, "yuan"),
        "loss": of_100(-loss, 2, "yuan"),
        "good_per_bad": number(-loss / gain, 1, "good loans"),
        "limit": percent(float(cut_off(_RATE)), 1),
        "door": of_100(_BAD),
        "point": number(round(1e6 * VOLUME * point, -3), 0, "yuan"),
    }


def _the_line() -> Numbers:
    people, terms = samples.german(), (_RATE, BANK, _BAD)
    curve = cut_off_curve(people.full, people.bad, *terms)
    rule = rule_approves(_RATE, _BAD)
    here = at_approval_rate([rule - 0.1, rule, rule + 0.1], curve)
    drawn = cut_off_curve(people.full, people.bad, *terms, samples.bootstrap())
    low, high = interval(at_approval_rate([rule], drawn).profit[:, 0])
    fewer, best, more = here.profit
    refused_bad = _BAD - rule * here.default_rate[1]
    return {
        "everyone": number(VOLUME * curve.profit[-1], 1, "million yuan"),
        "best": number(VOLUME * best, 1, "million yuan"),
        "best_low": number(VOLUME * low, 1, "million yuan"),
        "best_high": number(VOLUME * high, 1, "million yuan"),
        "best_share": of_100(rule),
        "best_default": percent(here.default_rate[1], 1),
        "refused_bad": of_100(refused_bad, 1),
        "refused_good": of_100(1.0 - rule - refused_bad, 1),
        "fewer": number(VOLUME * (best - fewer), 1, "million yuan"),
        "more": number(VOLUME * (best - more), 1, "million yuan"),
        **_few_bad(),
    }


def _few_bad() -> Numbers:
    """The rule against lending to everyone where few are bad."""
    people = samples.german()
    curve = cut_off_curve(people.full, people.bad, _RATE, BANK, _FEW)
    rule = at_approval_rate([rule_approves(_RATE, _FEW)], curve)
    return {
        "few_rule": number(VOLUME * rule.profit[0], 2, "million yuan"),
        "few_all": number(VOLUME * curve.profit[-1], 2, "million yuan"),
    }


def _other_data() -> Numbers:
    people = samples.german()
    return {
        "new_full": number(_added(people.full, 0.0), 1, "points"),
        "new_thin": number(_added(people.thin, 0.0), 1, "points"),
        "old_thin": number(_added(people.thin, 1.0), 1, "points"),
    }


def _added(file: Array, overlap: float) -> float:
    """What a signal adds to a file, part of it in the full one, on average over its noise."""
    people, folds = samples.german(), samples.folds()
    joined = [
        auc(combine(file, samples.signal(0.65, overlap, seed), people.bad, folds), people.bad)
        for seed in range(_SEEDS)
    ]
    return 100.0 * (float(np.mean(joined)) - auc(file, people.bad))


def _shocks_and_fakes() -> Numbers:
    people = samples.german()
    door = np.asarray(recalibrate(expit(-people.full), SAMPLE_RATE, _BAD))
    passing = door <= cut_off(_RATE)
    good, bad = (passing[people.bad == kind].mean() for kind in (0.0, 1.0))
    before, after = (p * bad / (p * bad + (1.0 - p) * good) for p in (_BAD, 2.0 * _BAD))
    area = float(MARKET.own_auc)
    honest, faked = (best_profit(area, _BAD, _RATE, cheating=share) for share in (0.0, _FAKED))
    return {
        "pool": percent(before, 1),
        "pool_shock": percent(after, 1),
        **_same_shops(door, passing),
        "faked": percent(float(gamed_auc(area, _FAKED))),
        "faked_money": number(VOLUME * float(faked), 1, "million yuan"),
        "unfaked_money": number(VOLUME * float(honest), 1, "million yuan"),
    }


def _same_shops(door: Array, passing: Flags) -> Numbers:
    """The same shops in a shock that doubles the bad, if the card's probabilities are true."""
    score = samples.german().full
    sample = expit(-score)
    stand = sample * _BAD / SAMPLE_RATE + (1.0 - sample) * (1.0 - _BAD) / (1.0 - SAMPLE_RATE)
    shock = common_shock(door, stand, 2.0 * _BAD)
    calm, shaken = (np.average(each[passing], weights=stand[passing]) for each in (door, shock))
    return {
        "shops_auc": percent(expected_auc(score, door, stand), 1),
        "shops_auc_shock": percent(expected_auc(score, shock, stand), 1),
        "shops": percent(calm, 1),
        "shops_shock": percent(shaken, 1),
    }


def _equals_at(terms: RivalTerms = MARKET) -> float:
    """Find the rival's AUC at which your loans are as bad as all the applicants."""

    def worse(area: Array) -> Array:
        return np.asarray(adverse_selection(area, 1.0, terms).default_rate - _BAD)

    return float(bisect(worse, 0.5, _BEST_RIVAL))


def _loses_at(terms: RivalTerms = MARKET) -> float:
    """Find the rival's AUC at which your loans, with the old line, stop paying."""

    def loss(area: Array) -> Array:
        return -np.asarray(adverse_selection(area, 1.0, terms).profit)

    return float(bisect(loss, 0.5, _BEST_RIVAL))


def _rival() -> Numbers:
    lots, worst = adverse_selection(0.5), adverse_selection(_BEST_RIVAL)
    by_rule = replace(MARKET, own_approval=rule_approves(_RATE, _BAD))
    second = adverse_selection(float(MARKET.own_auc), 1.0, by_rule)
    return {
        "own_auc": percent(float(MARKET.own_auc)),
        "own_share": of_100(float(MARKET.own_approval)),
        "alone": percent(float(lots.default_rate), 1),
        "lots": of_100(float(lots.lent)),
        "worst": percent(float(worst.default_rate), 1),
        "equals": percent(_equals_at()),
        "loses": percent(_loses_at(), 1),
        "equals_rule": percent(_equals_at(by_rule)),
        "loses_rule": percent(_loses_at(by_rule)),
        "second_default": percent(float(second.default_rate), 1),
        "second_loss": of_100(-float(second.profit), 2, "yuan"),
        **_fought_back(),
    }


def _fought_back() -> Numbers:
    """Against the best rival: being asked first by half of the shops, or a better card."""
    half = adverse_selection(_BEST_RIVAL, 0.5)
    better = adverse_selection(_BEST_RIVAL, 1.0, replace(MARKET, own_auc=_BEST_RIVAL))

    def behind(first: Array) -> Array:
        return np.asarray(better.profit - np.asarray(adverse_selection(_BEST_RIVAL, first).profit))

    return {
        "first_worth": of_100(float(bisect(behind, 0.5, 1.0))),
        "half": percent(float(half.default_rate), 1),
        "half_left": of_100(float(half.profit), 1, "yuan"),
        "better": percent(float(better.default_rate), 1),
        "better_left": of_100(float(better.profit), 1, "yuan"),
    }


def _redrawn() -> Numbers:
    area = _loses_at()
    mine = np.array(pass_rates(MARKET.own_auc, MARKET.own_approval, _BAD))
    theirs = np.array(pass_rates(area, MARKET.rival_approval, _BAD))
    door = np.array([1.0 - _BAD, _BAD])
    refused = door * (1.0 - theirs)
    left = refused[1] / refused.sum()
    anew = _best_line(area)
    return {
        "stops": of_100(1.0 - mine[1]),
        "left_bad": percent(left),
        "redrawn": of_100(float(anew.lent)),
        "redrawn_left": of_100(float(anew.profit / anew.lent), 1, "yuan"),
        "redrawn_all": of_100(float(anew.profit), 1, "yuan"),
        "alone_all": of_100(float(adverse_selection(area, 0.0).profit), 1, "yuan"),
        "old_line": of_100(float(adverse_selection(area).lent)),
    }


def _best_line(rival_auc: float) -> Pool:
    """Find your loans with the approvals that earn most, the rival being asked first."""

    def pool(approval: float) -> Pool:
        return adverse_selection(rival_auc, 1.0, replace(MARKET, own_approval=approval))

    found = minimize_scalar(
        lambda approval: -pool(approval).profit,
        bounds=(1e-6, 1.0 - 1e-6),
        method="bounded",
        options={"xatol": 1e-9},
    )
    if not found.success:
        raise ArithmeticError(f"the best line against a rival at {rival_auc} was not found")
    return pool(float(found.x))


def _evidence() -> Numbers:
    loans = samples.lending_club()
    return {
        "club": number(len(loans.bad), 0, "loans"),
        "club_bad": percent(loans.bad.mean(), 2),
        "club_adds": of_100(auc(loans.both, loans.bad) - auc(loans.price, loans.bad), 1, "points"),
        "club_price": percent(auc(loans.price, loans.bad), 1),
        "club_cells": percent(auc(loans.cells, loans.bad), 1),
    }


def _taiwan() -> Numbers:
    accounts = data.load("taiwan_card_late_2005")
    before, after = (accounts[f"late_{month}2005"] == 1 for month in ("apr", "sep"))
    return {
        "accounts": number(len(accounts), 0, "accounts"),
        "stays": percent(after[before].mean()),
        "turns": percent(after[~before].mean()),
        "one_bit": percent(auc(-before.astype(float), after.astype(float))),
    }


def _never_seen() -> Numbers:
    """What a card learns of those it approved; the deal into lots moves its last digits."""
    people, blind = samples.german(), samples.from_accepted()
    accepted = people.full > np.median(people.full)
    return {
        "inside": percent(auc(people.full[accepted], people.bad[accepted])),
        "blind": percent(auc(blind, people.bad)),
        "by_lot": percent(samples.by_lot()),
        "refused_said": of_100(expit(-blind[~accepted]).mean()),
        "refused_true": of_100(people.bad[~accepted].mean()),
    }


def _groups() -> Numbers:
    people = samples.transrisk()
    black, white = (people.names.index(name) for name in ("Black", "White"))
    one = outcomes(people, Rule.ONE_CUT_OFF, 0.5)
    equal = outcomes(people, Rule.EQUAL_OPPORTUNITY, 0.5)
    scored = data.load("transrisk_scores_by_group_2003").groupby("group")["n_group"].first()
    return {
        "scored": number(scored.sum(), 0, "people"),
        "black_good": of_100(one.good_approved[black]),
        "white_good": of_100(one.good_approved[white]),
        "black_default": percent(one.default_rate[black], 1),
        "white_default": percent(one.default_rate[white], 1),
        "equal_good": of_100(equal.good_approved[black]),
        "equal_black": percent(equal.default_rate[black], 1),
        "equal_white": percent(equal.default_rate[white], 1),
    }


def _exercises() -> Numbers:
    good, bad = (financed_by_any(passing, np.array([1, 2, 3])) for passing in (0.9, 0.3))
    repaid, lost = (1.0 - _BAD) * np.asarray(good), _BAD * np.asarray(bad)
    rates = lost / (repaid + lost)
    added = np.diff(lost) / (np.diff(repaid) + np.diff(lost))
    card, new = (float(binormal_separation(area)) for area in (0.78, 0.65))
    return {
        "ex_cut": percent(float(cut_off(0.18)), 1),
        "ex_cut_low": percent(float(cut_off(0.12)), 1),
        "ex_recal": percent(float(recalibrate(0.5, 0.3, 0.03)), 1),
        **{name: percent(rate, 1) for name, rate in zip(_LENDERS, rates, strict=True)},
        "ex_second": percent(added[0]),
        "ex_third": percent(added[1]),
        "ex_chi": number(new / card, 2),
        "ex_fake": number(5000 * (0.8 - 0.3), 0, "yuan"),
    }


_LENDERS = ("ex_one", "ex_two", "ex_three")


def _leak() -> Numbers:
    """Score the German applicants by random shops, with and without their own outcome."""
    bad = samples.german().bad
    dice = np.random.default_rng(samples.Seed.SHOPS).integers(0, 200, size=len(bad))
    table = pd.DataFrame({"shop": dice, "bad": bad})
    shops = table.groupby("shop")["bad"]
    lost, asked = shops.transform("sum"), shops.transform("count")
    return {
        "ex_leak": percent(auc(-(lost + 0.3) / (asked + 1), bad)),
        "ex_fair": percent(auc(-(lost - table["bad"] + 0.3) / asked, bad)),
    }
