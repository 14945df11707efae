"""The numbers that the chapter on who holds the risk speaks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.special import ndtri

from figures.numbers import Numbers, number, of_100, percent
from figures.risk_transfer.lending_again import lending_limits
from netfin import data, facts
from netfin.lending import BANK
from netfin.risk_transfer.capital import (
    basel_retail_capital,
    basel_retail_correlation,
    capital_wedge,
    owners_return,
)
from netfin.risk_transfer.pool import (
    POOL,
    PoolTerms,
    default_share,
    expected_loss_up_to,
    loss_quantile,
)
from netfin.risk_transfer.retention import (
    Retention,
    credit_multiplier,
    credit_multiplier_limit,
    default_probability_at_stake,
    first_loss_stake,
    marginal_stake,
    screening,
)
from netfin.risk_transfer.tranches import (
    TRANCHING,
    expected_tranche_losses,
    tranche_losses_at,
    waterfall,
)

_YUAN = "yuan of 100"
_THOUSAND = 0.999
_LOANS = 10_000  # of the pool that the chapter follows
_FIRST_LOSS = 0.05
_REACH = 0.06  # defaults that full care saves: six in a hundred
_KEPT = 0.07  # of each pool: the junior tranche


def numbers() -> Numbers:
    """Compute every number of the chapter's text, by the name that the text uses."""
    return {
        **_pool(),
        **_bad_years(),
        **_tranches(),
        **_stakes(),
        **_care(),
        **_lending_club(),
        **_ant(),
        **_lending_again(),
        **_capital(),
        **_exercises(),
        **_mixed_exercises(),
    }


def _pool() -> Numbers:
    """The loans, and how far luck alone moves them: one standard deviation of their loss."""
    chance, lost = float(POOL.default_probability), float(POOL.loss_given_default)
    return {
        "pd": of_100(chance, 0, "shops of 100"),
        "back": of_100(1 - lost, 0, _YUAN),
        "rho": percent(POOL.asset_correlation),
        "average": of_100(POOL.expected_loss, 1, _YUAN),
        "luck": of_100(lost * np.sqrt(chance * (1 - chance) / _LOANS), 1, _YUAN),
        "basel_rho": number(basel_retail_correlation(chance), 2),
        "basel": of_100(basel_retail_capital(chance, lost), 1, _YUAN),
        "flat": of_100(BANK.capital_ratio, 1, _YUAN),
    }


def _bad_years() -> Numbers:
    """What the pool loses in bad years."""
    factor, worst = -float(ndtri(_THOUSAND)), loss_quantile(_THOUSAND)
    linked = replace(POOL, asset_correlation=0.30)
    return {
        "bad_factor": number(factor, 2),
        "bad_share": of_100(default_share(factor), 0, "shops of 100"),
        "worst": of_100(worst, 1, _YUAN),
        "linked": of_100(loss_quantile(_THOUSAND, linked), 1, _YUAN),
    }


def _tranches() -> Numbers:
    """Who bears the average loss, and who that of one year in a thousand."""
    usual, tail = expected_tranche_losses(), tranche_losses_at(_THOUSAND)
    spread = replace(TRANCHING, excess_spread=0.04)
    shielded = expected_tranche_losses(POOL, spread)
    many = tranche_losses_at(_THOUSAND, replace(POOL, default_probability=0.09))
    close = tranche_losses_at(_THOUSAND, replace(POOL, asset_correlation=0.40))
    return {
        "junior_usual": percent(usual.junior / usual.total),
        "tail_total": of_100(tail.total, 1, _YUAN),
        "tail_junior": of_100(tail.junior, 0, _YUAN),
        "tail_mezzanine": of_100(tail.mezzanine, 1, _YUAN),
        "tail_share": percent(tail.junior / tail.total),
        "shielded": percent(shielded.junior / usual.junior),
        "shield": percent(shielded.excess_spread / shielded.total),
        "shielded_tail": of_100(tranche_losses_at(_THOUSAND, POOL, spread).junior, 1, _YUAN),
        "many": of_100(many.senior, 0, _YUAN),
        "close": of_100(close.senior, 0, _YUAN),
        "close_share": percent(close.senior / close.total),
    }


def _stakes() -> Numbers:
    """What one default more in a hundred costs who keeps 5 %, of 100 million yuan of loans."""
    lapse = [replace(POOL, default_probability=chance) for chance in (0.03, 0.04)]
    before, after = (float(pool.expected_loss) for pool in lapse)
    first = [float(expected_loss_up_to(_FIRST_LOSS, pool)) for pool in lapse]
    lent, grain = 1e8, 1_000  # yuan: the text rounds to thousands
    more, borne = lent * (after - before), lent * (first[1] - first[0])
    return {
        "more": number(round(more / grain) * grain, 0, "yuan"),
        "vertical": number(round(_FIRST_LOSS * more / grain) * grain, 0, "yuan"),
        "horizontal": number(round(borne / grain) * grain, 0, "yuan"),
        "stake": of_100(first_loss_stake(_FIRST_LOSS), 0, _YUAN),
        "thin": of_100(first_loss_stake(0.02), 0, _YUAN),
        "behind_rule": of_100(default_probability_at_stake(0.30, _FIRST_LOSS), 0, "shops of 100"),
        "behind_same": of_100(default_probability_at_stake(0.05, _FIRST_LOSS), 0, "shops of 100"),
        "used_up": of_100(_FIRST_LOSS / POOL.loss_given_default, 0, "shops of 100"),
    }


def _care() -> Numbers:
    """How far a lender screens that keeps a first loss, and where it stops."""
    slice_only, alike = Retention(), replace(POOL, asset_correlation=0.01)
    return {
        "care_good": percent(screening(slice_only, 0.08, _REACH)),
        "care_bad": percent(screening(slice_only, 0.14, _REACH)),
        "cliff_before": percent(screening(slice_only, 0.11, _REACH, alike)),
        "cliff_after": percent(screening(slice_only, 0.12, _REACH, alike)),
    }


def _lending_club() -> Numbers:
    """What a real pool lost, grade by grade, and which of its senior tranches that reaches."""
    grades = data.load("lending_club_grade_money_2007_2011")
    lost = (grades["principal_lost"] / grades["funded"]).to_numpy()
    reached = np.asarray(waterfall(lost).senior) > 0
    return {
        "loans": number(grades["loans"].sum(), 0, "loans"),
        "pool_lost": percent(grades["principal_lost"].sum() / grades["funded"].sum(), 1),
        "lost_a": percent(lost[0], 1),
        "lost_g": percent(lost[-1], 1),
        "reached": number(reached.sum(), 0, "grades"),
    }


def _ant() -> Numbers:
    """Ant's loans against its capital, in thousands of millions of yuan."""
    known = facts.load()
    capital = known["RSK-27a"].number
    credit = 1000 * known["RSK-01"].number
    funded = credit * known["RSK-08"].number / 100
    return {
        "own_times": number(known["RSK-27b"].number / capital, 2, "times"),
        "all_times": number(credit / capital, 0, "times"),
        "needed": number(funded / lending_limits()["small-loan firms, 2020"], 0, "billion yuan"),
    }


def _lending_again() -> Numbers:
    """How far a yuan of own money goes, and how far the rules let it."""
    known, limits = facts.load(), lending_limits()
    carried = known["RSK-26a"].number * credit_multiplier_limit(_KEPT)
    return {
        "in_the_end": number(credit_multiplier_limit(_KEPT), 0, "yuan"),
        "carried": number(carried, 0, "billion yuan"),
        "turned": number(known["RSK-13"].number / carried, 1, "times"),
        "seventh": number(credit_multiplier(7, _KEPT), 1, "yuan"),
        "small_firms": number(limits["small-loan firms, 2020"], 0, "yuan"),
        "chongqing": number(limits["Chongqing, December 2017"], 1, "yuan"),
        "joint": number(limits["the same, joint loans, 2022"], 0, "yuan"),
    }


def _capital() -> Numbers:
    """What a platform saves by holding less capital than a bank, in hundredths of a point."""
    known = facts.load()
    saved = float(BANK.capital_ratio) - known["RSK-16"].number / 100
    wedge = capital_wedge(saved, BANK.required_return)
    naive, builders = 1e4 * float(wedge.naive), known["RSK-30"].number * 100 * saved
    low, high = (10 * saved * end for end in known["RSK-28"].ends)
    fee = known["INT-14"].number
    return {
        "saved": of_100(saved, 1, "points"),
        "naive": number(naive, 0, "basis points"),
        "friction": number(1e4 * wedge.with_frictions, 0, "basis points"),
        "tax": number(1e4 * wedge.tax, 0, "basis points"),
        "premium": number(1e4 * wedge.premium, 0, "basis points"),
        "ksh_low": number(low, 0, "basis points"),
        "ksh_high": number(high, 0, "basis points"),
        "glancy": number(builders, 0, "basis points"),
        "fee": number(100 * fee, 0, "basis points"),
        "most": percent(max(naive, builders) / (100 * fee)),
        "ask_thin": percent(owners_return(0.02)),
        "ask_thick": percent(owners_return(BANK.capital_ratio), 1),
    }


def _exercises() -> Numbers:
    """The solutions on losses and their tranches."""
    times = [
        loss_quantile(_THOUSAND, pool) / pool.expected_loss
        for pool in (PoolTerms(0.01), PoolTerms(0.03), PoolTerms(0.09))
    ]
    subordinated = TRANCHING.junior + TRANCHING.mezzanine
    return {
        "ex_mezzanine": of_100(waterfall(0.09).mezzanine, 0, "million yuan"),
        "ex_one": number(times[0], 1, "times"),
        "ex_three": number(times[1], 1, "times"),
        "ex_nine": number(times[2], 1, "times"),
        "ex_spread": of_100(loss_quantile(_THOUSAND, PoolTerms(0.09)) - subordinated, 1, "points"),
        "ex_kept": percent(1 / 3.3),
    }


def _mixed_exercises() -> Numbers:
    """The solutions on mixtures of the two shapes."""
    mixture, pure = Retention(0.025, 0.025), Retention(0.0, _FIRST_LOSS)
    bad, alike = PoolTerms(0.09), replace(POOL, asset_correlation=0.01)

    def care(points: int, first_loss: float = _FIRST_LOSS) -> float:
        return float(screening(Retention(points / 100, first_loss), 0.12, _REACH, alike))

    enough = next(points for points in range(10, 31) if care(points) > 0.9)
    return {
        "ex_mixed": of_100(marginal_stake(mixture), 0, _YUAN),
        "ex_first": of_100(marginal_stake(pure), 0, _YUAN),
        "ex_mixed_bad": of_100(marginal_stake(mixture, bad), 0, _YUAN),
        "ex_first_bad": of_100(marginal_stake(pure, bad), 0, _YUAN),
        "ex_share": percent(enough / 100),
        "ex_both": percent(care(enough)),
        "ex_less": percent(care(enough - 1)),
        "ex_alone": percent(care(enough, first_loss=0.0)),
    }
