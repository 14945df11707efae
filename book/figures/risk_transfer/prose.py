"""The numbers that the chapter on who holds the risk speaks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.special import ndtr, ndtri
from scipy.stats import qmc

from figures.numbers import Numbers, number, of_100, percent
from figures.risk_transfer.lending_again import lending_limits
from netfin import data, facts
from netfin.arrays import bisect
from netfin.checks import Array
from netfin.lending import BANK
from netfin.pool import (
    POOL,
    PoolTerms,
    default_share,
    expected_loss_up_to,
    loss_quantile,
)
from netfin.risk_transfer.capital import (
    basel_retail_capital,
    basel_retail_correlation,
    capital_wedge,
    owners_return,
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
from netfin.risk_transfer.statements import BEHIND
from netfin.risk_transfer.tranches import (
    TRANCHING,
    expected_tranche_losses,
    tranche_losses_at,
    waterfall,
)

_YUAN = "yuan of 100"
_THOUSAND = 0.999
# The re-lender of the chapter on the spread: its own money, what its owners ask and its handling,
# and what its bank asks for handling and as a margin.
_OWN, _OWNERS_ASK, _HANDLING, _RELENDERS_BANK = 0.02, 0.15, 0.01, 0.005 + 0.01
_LOANS = 10_000  # of the pool that the chapter follows
_FIRST_LOSS = 0.05
_REACH = 0.06  # defaults that full care saves: six in a hundred
_KEPT = 0.07  # of each pool: the junior tranche
_MADE = 39_717  # loans, those still running included: note of the data set
_BUFFER = 10.5 / 8.0  # Basel III: the conservation buffer on top of the minimum
_DEARER = 0.10  # what owners ask beyond deposits, a year: 12 % against 2 %


def numbers() -> Numbers:
    """Compute every number of the chapter's text, by the name that the text uses."""
    return {
        **_pool(),
        **_bad_years(),
        **_few_years(),
        **_tranches(),
        **_spread_in_a_bad_year(),
        **_edges(),
        **_behind(),
        **_stakes(),
        **_care(),
        **_lending_club(),
        **_ant(),
        **_lending_again(),
        **_capital(),
        **_profit(),
        **_later_rules(),
        **_afforded(),
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
        "basel_buffer": of_100(_BUFFER * basel_retail_capital(chance, lost), 1, _YUAN),
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


def _few_years() -> Numbers:
    """What five years show of the average: drawn, since their mean has no closed form."""
    years = np.asarray(default_share(np.random.default_rng(2020).standard_normal((400_000, 5))))
    low, high = np.quantile(years.mean(axis=1), [0.05, 0.95])
    good = years[(years < POOL.default_probability).all(axis=1)]
    return {
        "five_low": of_100(low, 1, "shops of 100"),
        "five_high": of_100(high, 1, "shops of 100"),
        "lucky": of_100(good.mean(), 1, "shops of 100"),
    }


def _spread_in_a_bad_year() -> Numbers:
    """What is left of four points where defaulters pay no interest, at two costs of a loan."""
    share = float(default_share(float(-ndtri(_THOUSAND))))
    expected = float(POOL.default_probability)
    left = [
        (cost + 0.04) / (1.0 - expected) * (1.0 - share) - cost
        for cost in (0.05, 0.09)  # money and handling, as a share of the loan
    ]
    least = tranche_losses_at(_THOUSAND, POOL, replace(TRANCHING, excess_spread=left[1]))
    return {
        "spread_most": of_100(left[0], 1, "points"),
        "spread_least": of_100(left[1], 1, "points"),
        "spread_mezzanine": of_100(least.mezzanine, 1, _YUAN),
    }


def _edges() -> Numbers:
    """From where one year in a thousand reaches the senior, one thing changed at a time."""

    def first(field: str, low: float, high: float) -> float:
        def beyond(value: Array) -> Array:
            lost = loss_quantile(_THOUSAND, replace(POOL, **{field: value}))
            return np.asarray(lost) - (TRANCHING.junior + TRANCHING.mezzanine)

        return float(bisect(beyond, low, high))

    return {
        "edge_pd": of_100(first("default_probability", 0.01, 0.10), 2, "shops of 100"),
        "edge_rho": percent(first("asset_correlation", 0.01, 0.40), 1),
        "edge_lgd": percent(first("loss_given_default", 0.40, 0.90), 1),
    }


def _behind() -> Numbers:
    """What falls on a re-lender's bank, where the rate pays for the average loss only."""
    paid, own = float(POOL.expected_loss), _OWN
    gone = (paid + own) / float(POOL.loss_given_default)
    rho = float(POOL.asset_correlation)
    year = (ndtri(POOL.default_probability) - np.sqrt(1.0 - rho) * ndtri(gone)) / np.sqrt(rho)
    tail = loss_quantile(_THOUSAND) - paid - own
    return {
        "behind_tail": of_100(tail, 1, _YUAN),
        "behind_short": number(_short_of_owed(), 1, _YUAN),
        "alike": of_100(own * loss_quantile(_THOUSAND), 1, _YUAN),
        "gone": of_100(ndtr(year), 0, "years of 100"),
        "behind_ant": of_100(_behind_ant(), 0, "cases of 100"),
    }


def _short_of_owed() -> float:
    """Yuan of 100 that the bank behind the re-lender misses in that year, interest counted too."""
    failing, lost = float(default_share(float(-ndtri(_THOUSAND)))), float(POOL.loss_given_default)
    wholesale = float(BANK.funding_rate + BANK.capital_charge) + _RELENDERS_BANK
    money = (1.0 - _OWN) * wholesale + _OWN * _OWNERS_ASK
    usual = float(POOL.default_probability)
    rate = (money + _HANDLING + float(POOL.expected_loss)) / (1.0 - usual)
    got = (1.0 - failing) * (1.0 + rate) + failing * (1.0 - lost) - _HANDLING
    return 100.0 * ((1.0 - _OWN) * (1.0 + wholesale) - got)


def _behind_ant() -> float:
    """In which share of the cases the bank loses most of the bad year, with 2 % in front."""
    pool = BEHIND.ranges[:-1]
    places = qmc.Sobol(len(pool), seed=2020).random(4096)
    draw = {each.name: each.at(place) for each, place in zip(pool, places.T, strict=True)}
    draw["own_money"] = np.full(len(places), BEHIND.ranges[-1].default)
    return float(np.mean(BEHIND.holds(draw)))


def _tranches() -> Numbers:
    """Who bears the average loss, and who that of one year in a thousand."""
    usual, tail = expected_tranche_losses(), tranche_losses_at(_THOUSAND)
    spread = replace(TRANCHING, excess_spread=0.04)
    shielded = expected_tranche_losses(POOL, spread)
    close = tranche_losses_at(_THOUSAND, replace(POOL, asset_correlation=0.40))
    return {
        "junior_usual": percent(usual.junior / usual.total),
        "tail_total": of_100(tail.total, 1, _YUAN),
        "tail_junior": of_100(tail.junior, 0, _YUAN),
        "tail_mezzanine": of_100(tail.mezzanine, 1, _YUAN),
        "tail_share": percent(tail.junior / tail.total),
        "shielded": percent(shielded.junior / usual.junior),
        "shield": percent(shielded.excess_spread / shielded.total),
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
        "running": number(_MADE - grades["loans"].sum(), 0, "loans"),
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
    joint = known["RSK-33a"].number / known["RSK-33b"].number
    interest, lost = known["INT-14"].number / 100, float(POOL.loss_given_default)
    return {
        "fee_at_stake": of_100(interest / lost, 0, _YUAN),
        "by_size": percent(credit / (credit + known["RSK-40c"].number + known["RSK-41a"].number)),
        "guaranteed": percent(1.0 - known["RSK-41b"].number / known["RSK-41a"].number),
        "guaranteed_later": percent(1.0 - known["RSK-41d"].number / known["RSK-41c"].number),
        "joint_share": percent(joint),
        "all_times": number(credit / capital, 0, "times"),
    }


def _asked(credit: str, times: float) -> float:
    """Capital that a cap on lending asks for joint credit, billion yuan."""
    known = facts.load()
    return 1000 * known[credit].number * known["RSK-08"].number / 100 / times


def _lending_again() -> Numbers:
    """How far a yuan of own money goes, and how far the rules let it."""
    known, limits = facts.load(), lending_limits()
    own, issued = known["RSK-26a"].number, known["RSK-13"].number
    on_books = known["RSK-39"].number / 100

    def turned(kept: float, paid: float = own) -> float:
        """How often all that is sold, of what the parts kept carry, was sold in that year."""
        return issued / (paid * float(credit_multiplier_limit(kept)) * (1.0 - kept))

    return {
        "in_the_end": number(credit_multiplier_limit(_KEPT), 0, "yuan"),
        "turned": number(turned(_KEPT), 1, "times"),
        "turned_least": number(turned(0.01), 1, "times"),
        "turned_then": number(turned(on_books), 1, "times"),
        "turned_assets": number(turned(on_books, known["INT-42a"].number), 1, "times"),
        "seventh": number(credit_multiplier(7, _KEPT), 1, "yuan"),
        "small_firms": number(limits["small-loan firms, 2020"], 0, "yuan"),
        "chongqing": number(limits["Chongqing, December 2017"], 1, "yuan"),
        "joint_chongqing": number(
            100 * limits["Chongqing, December 2017"] / known["RSK-08"].number, 0, "yuan"
        ),
        "joint": number(limits["the same, joint loans, 2022"], 0, "yuan"),
    }


def _saved() -> dict[str, float]:
    """What a platform saves by holding less capital than a bank, by each count, a share a year."""
    known = facts.load()
    saved = float(BANK.capital_ratio) - known["RSK-16"].number / 100
    low, high = (end / 1e4 * 10 * saved for end in known["RSK-28"].ends)
    wedge = capital_wedge(saved, BANK.required_return)
    return {
        "naive": float(wedge.naive),
        "friction": float(wedge.with_frictions),
        "ksh_low": low,
        "ksh_high": high,
        "glancy": known["RSK-30"].number / 1e4 * 100 * saved,
        "italy": known["RSK-34"].number / 1e4 * 100 * saved,
    }


def _capital() -> Numbers:
    """What capital saved is worth, in hundredths of a point."""
    known, counts = facts.load(), _saved()
    saved = float(BANK.capital_ratio) - known["RSK-16"].number / 100
    fee = known["INT-14"].number / 100
    return {
        "saved": of_100(saved, 1, "points"),
        **{name: number(1e4 * count, 0, "basis points") for name, count in counts.items()},
        "fee": number(1e4 * fee, 0, "basis points"),
        "most": percent(max(counts.values()) / fee),
        "twice_as_dear": percent(2.0 * _DEARER * saved / fee),
        "ask_thin": percent(owners_return(0.02)),
        "ask_thick": percent(owners_return(BANK.capital_ratio), 1),
    }


def _profit() -> Numbers:
    """What Ant's credit earned a year, and what the company did that took it over."""
    known = facts.load()
    on_credit = _earned() / (1000 * known["INT-34"].number)
    return {
        "profit": number(1e4 * on_credit, 0, "basis points"),
        "come_back": percent(known["RSK-44b"].number / known["RSK-44c"].number),
        "return_2024": percent(known["RSK-43d"].number / known["RSK-42"].number),
    }


def _earned() -> float:
    """What credit brought of Ant's profit, billions of yuan a year."""
    known = facts.load()
    return 2 * known["INT-32"].number / 100 * known["INT-31"].number


def _later_rules() -> Numbers:
    """What the capital of the later rules would have cost, by what one counts."""
    known, limits = facts.load(), lending_limits()
    there, cap = known["RSK-27a"].number, known["RSK-36"].number
    net = 100 * known["RSK-45a"].number / known["RSK-45b"].number
    small = _asked("RSK-01", limits["small-loan firms, 2020"])
    asked = {
        "consumers": _asked("RSK-38", cap),
        "all": _asked("RSK-01", cap),
        "small": small,
        "chongqing": _asked("RSK-01", limits["Chongqing, December 2017"]),
    }
    beyond = {name: capital - there for name, capital in asked.items()} | {"net": small - net}
    return {
        "net_assets": number(net, 0, "billion yuan"),
        "served": percent(1.0 - known["RSK-47"].number / known["RSK-45a"].number),
        **{f"needed_{name}": number(each, 1, "billion yuan") for name, each in asked.items()},
        **{f"beyond_{name}": number(each, 1, "billion yuan") for name, each in beyond.items()},
        **{f"costs_{name}": percent(_DEARER * each / _earned()) for name, each in beyond.items()},
    }


def _afforded() -> Numbers:
    """How much of the credit of June 2020 the capital raised since lets stand."""
    known = facts.load()
    joint = 100 * known["RSK-36"].number / known["RSK-08"].number
    carried = known["RSK-42"].number * joint
    return {
        "joint_moved": number(joint, 0, "yuan"),
        "afforded": percent(carried / (1000 * known["RSK-01"].number)),
        "afforded_consumers": percent(carried / (1000 * known["RSK-38"].number)),
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
    mixture, pure = Retention(0.025, 0.025 / 0.975), Retention(0.0, _FIRST_LOSS)
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
