"""Bad years, slices, two shapes of a stake, lending again: computed by the models alone."""

from __future__ import annotations

import numpy as np
from oracle import Cell, Expected, Oracle

from netfin import data, facts
from netfin.pool import PoolTerms, expected_loss_up_to, loss_quantile
from netfin.risk_transfer import retention
from netfin.risk_transfer.retention import Retention
from netfin.risk_transfer.tranches import Tranching, waterfall

LEVELS = {"one year in 10": 0.9, "one year in 100": 0.99, "one year in 1,000": 0.999}
HOLDERS = ["excess spread", "junior", "mezzanine", "senior"]


def year_in_a_thousand(default_probability: float, asset_correlation: float) -> Expected:
    pool = PoolTerms(default_probability, 0.60, asset_correlation)
    average = 60 * default_probability
    lost = [average, *(100 * loss_quantile(at, pool) for at in LEVELS.values())]
    return Expected(
        {
            "year": ["average year", *LEVELS],
            "lost (yuan of 100)": lost,
            "beyond the average (yuan of 100)": [each - average for each in lost],
            "times the average (number)": [each / average for each in lost],
        },
        said=[10, 100, 1000],
    )


def three_slices(
    default_probability: float, asset_correlation: float, excess_spread: float
) -> Expected:
    pool = PoolTerms(default_probability, 0.60, asset_correlation)
    ends = np.minimum(np.array([0.0, 0.0, 0.07, 0.11]) + excess_spread, 1.0)
    ends[0] = 0.0
    up_to = np.append(expected_loss_up_to(ends, pool), 0.60 * default_probability)
    usual = np.diff(up_to)
    tail = float(loss_quantile(0.999, pool))
    worst = np.diff(np.minimum(np.append(ends, 1.0), tail))
    return Expected(
        {
            "slice": HOLDERS,
            "size (% of the pool)": [0, 7, 4, 89],
            "average loss (yuan)": list(100 * usual),
            "share of the average loss (%)": list(100 * usual / up_to[-1]),
            "lost in one year in 1,000 (yuan)": list(100 * worst),
            "share of that loss (%)": list(100 * worst / tail),
        },
        said=[100, 1000, 100 * up_to[-1], 100 * tail],
    )


def graded_pools(yearly_cost: float) -> Expected:
    grades = data.load("lending_club_grade_money_2007_2011")
    lost = (grades["principal_lost"] / grades["funded"]).to_numpy()
    interest = grades["net_return"].to_numpy() / 100 + lost
    cost = yearly_cost * interest / (grades["average_rate"].to_numpy() / 100)
    excess = np.maximum(interest - cost, 0.0)
    slices = [
        waterfall(loss, Tranching(excess_spread=first))
        for loss, first in zip(lost, excess, strict=True)
    ]
    columns: dict[str, list[Cell]] = {
        "grade": list(grades["grade"]),
        "lost (% of the loan)": list(100 * lost),
        "money and handling (% of the loan)": list(100 * cost),
        "excess interest (% of the loan)": list(100 * excess),
    }
    for i, name in enumerate(HOLDERS):
        columns[f"borne by {name} (% of the loan)"] = [100 * float(each[i]) for each in slices]
    # junior and mezzanine together, grades that lost more, grades in all
    return Expected(columns, said=[11, int(np.sum(lost > 0.11)), 7])


def two_shapes(kept: float, default_probability: float) -> Expected:
    pool = PoolTerms(default_probability)
    level = [retention.default_probability_at_stake(share, kept) for share in (kept, 0.3)]
    return Expected(
        {
            "what the platform keeps": [
                "first loss",
                "the same share of every loan",
                "30 % of every loan",
            ],
            "share kept (%)": [100 * kept, 100 * kept, 30],
            "borne of 100 yuan more of loss (yuan)": [
                100 * retention.first_loss_stake(kept, pool),
                100 * kept,
                30,
            ],
            "equal to the first loss at so many defaults (%)": ["", *(100 * x for x in level)],
        },
        said=[100, 100 * default_probability],
    )


def care_and_cliff(without_care: float, asset_correlation: float) -> Expected:
    pool = PoolTerms(asset_correlation=asset_correlation)
    first, every = Retention(first_loss=0.05), Retention(vertical=0.30, first_loss=0)
    now, more = (
        [100 * retention.screening(kept, at, 0.06, pool) for kept in (first, every)]
        for at in (without_care, without_care + 0.01)
    )
    return Expected(
        {
            "what the platform keeps": ["5 % as first loss", "30 % of every loan"],
            "care (% of full care)": now,
            "defaults with that care (of 100)": [100 * without_care - 0.06 * each for each in now],
            "care, one default more (% of full care)": more,
        },
        said=[100, 100 * without_care, 5, 30],
    )


def lend_again(retained: float, rounds: int) -> Expected:
    known = facts.load()
    small = 1 + known["RSK-19a"].number + known["RSK-19b"].number
    caps = [1 + known["RSK-20"].number, small, 100 * small / known["RSK-08"].number]
    lent = [sum((1 - retained) ** i for i in range(n)) for n in range(1, 20)]
    reached: list[Cell] = [
        next(
            (n for n, each in enumerate(lent, start=1) if each >= cap),
            "never" if 1 / retained <= cap else "not by 19",
        )
        for cap in caps
    ]
    return Expected(
        {
            "limit": [
                "keeping that share, without end",
                "Chongqing, December 2017",
                "small-loan firms, 2020",
                "the same, joint loans, 2022",
            ],
            "lends at most (yuan for each of its own)": [1 / retained, *caps],
            "reached in round (number)": ["never", *reached],
            "lent by now (yuan)": [lent[rounds - 1], "", "", ""],
        },
        said=[19, rounds],
    )


ORACLES: dict[str, Oracle] = {
    "year-in-a-thousand": year_in_a_thousand,
    "three-slices": three_slices,
    "graded-pools": graded_pools,
    "two-shapes": two_shapes,
    "care-and-cliff": care_and_cliff,
    "lend-again": lend_again,
}
