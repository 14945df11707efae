"""The numbers that the text of the chapter says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from figures.numbers import Numbers, Quantity, number, of_100, percent
from figures.p2p.evidence import bounds_of, grades_after_fee
from figures.panels import cell
from netfin import data
from netfin.p2p.crowd import crowd_auc, effective_opinions, experts_who_empty
from netfin.p2p.fraud import FRAUD, FraudTerms, cash, cash_peak, lifetime, owed
from netfin.p2p.guarantee import GUARANTEED, POT, pot_fails, years_to_fill
from netfin.p2p.instalments import money_back
from netfin.p2p.notes import (
    NOTE,
    NoteTerms,
    chance_of_loss,
    chance_of_loss_at_most,
    expected_return,
    spreading_turns_at,
    turning_default,
    worst_return,
)
from netfin.p2p.statements import EXPERTS, OUTLIVES
from netfin.pool import loss_quantile
from netfin.turning import POINTS, Design, Draw, Truth
from netfin.turning.designs import tally

_BAD = replace(NOTE, default_probability=0.20)
_LINKED = replace(NOTE, asset_correlation=float(GUARANTEED.asset_correlation))
_MIDDLE = replace(_LINKED, default_probability=0.15)
_LOOK = replace(NOTE, default_probability=0.15)
_RECOVERED = 0.10  # of what is still owed, once the borrower stops
_PEOPLE, _JUDGE, _CHI = 100, 0.60, 0.30
_THOUSAND = 0.999
_KINDS = 10_000  # of year, all equally frequent
_STILL_RUNNING = 1140  # loans that the sums by grade leave out, by the catalogue of data


def numbers() -> Numbers:
    """Compute all that the chapter says, by name."""
    return {
        **_one_saver(),
        **_linked(),
        **_instalments(),
        **_crowd(),
        **_fraud(),
        **_pot(),
        **_lending_club(),
        **_turns(),
        **_solutions(),
    }


def _years(value: float, decimals: int = 1) -> Quantity:
    return Quantity(value, "years", decimals, with_unit=True)


def _one_saver() -> Numbers:
    chance = float(NOTE.default_probability)
    many = np.asarray(chance_of_loss(np.array([1, 200, 1000]), _BAD))
    return {
        "gain": of_100(NOTE.gain, unit="yuan"),
        "loss": of_100(NOTE.loss, unit="yuan"),
        "pd": of_100(chance),
        "good": of_100(1 - chance),
        "brings": number(100 * (1 - chance) * float(NOTE.gain), 1, "yuan"),
        "takes": number(100 * chance * float(NOTE.loss), 2, "yuan"),
        "average": number(100 * float(expected_return()), 2, "yuan"),
        "bearable": number(np.floor(200 * float(turning_default())), unit="notes"),
        "expected": number(200 * chance, unit="notes"),
        "turn": percent(turning_default(), 1),
        "bad_pd": of_100(_BAD.default_probability),
        "bad_one": of_100(many[0]),
        "bad_200": of_100(many[1]),
        "bad_1000": of_100(many[2]),
        "bad_loses": number(-100 * float(expected_return(_BAD)), 1, "yuan"),
    }


def _linked() -> Numbers:
    kinds = (np.arange(_KINDS) + 0.5) / _KINDS
    years = 100 * np.asarray(worst_return(kinds, _MIDDLE))
    loses = years < 0.0
    return {
        "mid_gaining": of_100(np.mean(~loses)),
        "mid_gain": number(years[~loses].mean(), 1, "yuan"),
        "mid_losing": of_100(np.mean(loses)),
        "mid_loss": number(-years[loses].mean(), 1, "yuan"),
        "rho": percent(_LINKED.asset_correlation),
        "floor": of_100(chance_of_loss_at_most(_LINKED), 1),
        "bad_linked": of_100(chance_of_loss(1000, replace(_LINKED, default_probability=0.20))),
        "worst": number(-100 * float(worst_return(_THOUSAND, _LINKED)), 1, "yuan"),
        "mid_pd": of_100(_MIDDLE.default_probability),
        "mid_average": number(100 * float(expected_return(_MIDDLE)), 2, "yuan"),
        "mid_many": of_100(chance_of_loss(1000, _MIDDLE)),
        "turn_linked": of_100(spreading_turns_at(_LINKED), 1),
        "turn_points": of_100(spreading_turns_at(), 1),
    }


def _instalments() -> Numbers:
    rate, months = float(NOTE.gain), 36
    back = np.asarray(money_back(np.arange(months + 1.0), rate, months, _RECOVERED))
    return {
        "back_12": number(100 * back[12], unit="yuan"),
        "back_24": number(100 * back[24], unit="yuan"),
        "back_month": number(int(np.argmax(back >= 1.0)), unit="payments"),
    }


def _crowd() -> Numbers:
    return {
        "crowd": number(_PEOPLE, unit="people"),
        "one_judge": of_100(_JUDGE),
        "free_judges": of_100(crowd_auc(_JUDGE, _PEOPLE, 0.0)),
        "chi": percent(_CHI),
        "worth": number(float(effective_opinions(_PEOPLE, _CHI)), 1, "people"),
        "linked_judges": of_100(crowd_auc(_JUDGE, _PEOPLE, _CHI)),
        "look_pd": of_100(_LOOK.default_probability),
        "look_empties": percent(experts_who_empty(_LOOK), 1),
        "look_all": number(100 * float(expected_return(_LOOK)), 2, "yuan"),
    }


def _has(years: float) -> Quantity:
    return of_100(float(cash(years)) / float(owed(years)))


def _fraud() -> Numbers:
    life, drain = float(lifetime()), float(cash_peak())
    yearly = np.log1p([0.09, 0.146])  # told as a year's gain; the model's rate is at every moment
    promised = np.array([0.06, 0.20, *yearly])
    low, high, long, short = np.asarray(lifetime(FraudTerms(promised)))
    return {
        "withdraw": percent(FRAUD.withdrawal_rate),
        "life": _years(life),
        "drain": _years(drain),
        "drain_before": _years(life - drain),
        "has_1": _has(1.0),
        "has_3": _has(3.0),
        "life_6": number(low, 1, "years"),
        "life_20": number(high, 1, "years"),
        "ezubao_long": number(long, 1, "years"),
        "ezubao_short": number(short, 1, "years"),
    }


def _pot() -> Numbers:
    needs = float(loss_quantile(_THOUSAND, GUARANTEED))
    left = float(POT.fee) - float(GUARANTEED.expected_loss)
    worse = replace(GUARANTEED, default_probability=2 * float(GUARANTEED.default_probability))
    return {
        "pot": of_100(POT.pot, unit="yuan"),
        "fee": of_100(POT.fee, unit="yuan"),
        "pot_loss": number(100 * float(GUARANTEED.expected_loss), 2, "yuan"),
        "pot_fails": of_100(pot_fails(), 1),
        "pot_fails_10": of_100(pot_fails(POT, worse), 1),
        "pot_needs": of_100(needs, 1, "yuan"),
        "pot_beside": of_100(needs - float(POT.fee), 1, "yuan"),
        "pot_years": _years(float(years_to_fill(_THOUSAND)), 0),
        "pot_more": _years(float(years_to_fill(_THOUSAND)) - float(POT.pot) / left, 0),
    }


def _lending_club() -> Numbers:
    grades = grades_after_fee()
    old, recent, new = (bounds_of(each) for each in ("2007-2011", "2014", "2015"))
    grade_d, grade_e = 3, 4
    sample = data.load("lending_club_2016q1")
    money = data.load("lending_club_grade_money_2007_2011")
    return {
        "loans": number(money["loans"].sum(), unit="loans"),
        "loans_running": number(_STILL_RUNNING, unit="loans"),
        "lc_rate_rise": number(cell(grades, "G", "rate") - cell(grades, "A", "rate"), 1, "points"),
        "lc_loss_rise": number(cell(grades, "G", "lost") - cell(grades, "A", "lost"), 1, "points"),
        "lc_left_a": number(cell(grades, "A", "left"), 1, "% a year"),
        "lc_left_g": number(cell(grades, "G", "left"), 1, "% a year"),
        "lc_fail_a": number(cell(grades, "A", "failed, of 100"), unit="of 100"),
        "lc_g_loans": number(money["loans"].iloc[-1], unit="loans"),
        "lc_fail_g": number(cell(grades, "G", "failed, of 100"), unit="of 100"),
        "young_old": of_100(np.asarray(old.so_far)[grade_d], 1),
        "young_2014": of_100(np.asarray(recent.so_far)[grade_d], 1),
        "young_2015": of_100(np.asarray(new.so_far)[grade_d], 1),
        "ended_2014": of_100(np.asarray(recent.of_finished)[grade_e]),
        "ended_old": of_100(np.asarray(old.of_finished)[grade_e]),
        "bound_low": of_100(np.asarray(recent.so_far)[grade_e]),
        "bound_high": of_100(np.asarray(recent.at_most)[grade_e]),
        "loans_2016": number(len(sample), unit="loans"),
        "bad_2016": percent(np.mean(sample["Class"] == "bad"), 1),
    }


def _turns() -> Numbers:
    """What the headline statements take, and how one comes out where no new money is drawn."""

    def still(draw: Draw) -> Truth:
        return OUTLIVES.holds({**draw, "fraud.growth": np.zeros_like(draw["fraud.growth"])})

    grows, stands = (
        tally(each, Design.AS_GIVEN, (), POINTS)
        for each in (OUTLIVES, replace(OUTLIVES, holds=still))
    )
    return {
        "turns_defaults": percent(NOTE.default_probability),
        "turns_experts": percent(EXPERTS.range_of("experts").default),
        "turns_outlives": of_100(grows.share),
        "turns_still": of_100(stands.share),
    }


def _solutions() -> Numbers:
    return {
        "ex_turn": percent(turning_default(NoteTerms(gain=0.10, loss=0.40))),
        "ex_five": of_100(chance_of_loss(5), 1),
        "ex_twenty": of_100(chance_of_loss(20), 1),
        "ex_linked": percent(spreading_turns_at(NoteTerms(asset_correlation=0.16)), 1),
        "ex_earns": number(float(lifetime(FraudTerms(earned_rate=0.06))), 1, "years"),
    }
