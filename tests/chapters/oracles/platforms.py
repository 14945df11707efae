"""The explorers of the chapter Two-sided platforms, computed by the models alone."""

from __future__ import annotations

import math

from oracle import Cell, Expected, Oracle

from netfin import data
from netfin.platforms.diffusion import fit_bass
from netfin.platforms.growth import market_after, sellers_needed
from netfin.platforms.hold_up import GuideTerms, shut_out
from netfin.platforms.homing import seller_on_both


def one_side_is_enough(buyers: int, sellers: int) -> Expected:
    end = market_after(36, buyers / 100, sellers / 100)
    needed = 100 * float(sellers_needed(buyers / 100))
    cell: Cell = round(needed, 3) if math.isfinite(needed) else "more than there are"
    return Expected(
        {
            "buyers (of 100)": [buyers],
            "sellers (of 100)": [sellers],
            "buyers after 3 years (of 100)": [round(100 * float(end.buyers), 3)],
            "sellers after 3 years (of 100)": [round(100 * float(end.sellers), 3)],
            "sellers needed with these buyers (of 100)": [cell],
        },
        said=[100],  # of 100 each
    )


def on_both_markets(both: float, first: float) -> Expected:
    split = seller_on_both(both, first)
    return Expected(
        {
            "look at both (%)": [100 * both],
            "A's part of the others (%)": [100 * first],
            "A takes (yuan a month)": [80 * float(split.first_fee)],
            "B takes (yuan a month)": [80 * float(split.second_fee)],
            "left to the seller (yuan a month)": [80 * float(split.kept)],
        },
        said=[80],  # yuan that all buyers are worth
    )


def shut_out_the_guide(would_come: float, commission: float, own: float) -> Expected:
    end = shut_out(GuideTerms(commission, 0.06, would_come, own, 0.40))
    return Expected(
        {
            "would come anyway (%)": [100 * would_come],
            "commission (%)": [100 * commission],
            "own customers (% of income)": [100 * own],
            "the platform gains (yuan on 100 sent)": [100 * float(end.platform_gains)],
            "gains above (% who would come)": [100 * float(end.gains_above)],
            "left of the guide (% of its income)": [100 * float(end.guide_left)],
        },
        said=[100, 40, abs(100 * float(end.platform_gains))],  # yuan sent, fixed cost, a loss
    )


def known_by_then(points: int, ceiling: bool) -> Expected:
    table = data.load("us_household_computers_1984_2018")
    years = table["year"].to_numpy(float)
    shares = table["households_with_computer_pct"].to_numpy()
    fit = fit_bass(years[:points] - 1984, shares[:points] / 100, ceiling)
    return Expected(
        {
            "points known (number)": [points],
            "last year known": [str(int(years[points - 1]))],
            "ceiling": ["found by the fit" if ceiling else "all households"],
            "ceiling of the fit (%)": [round(100 * fit.ceiling, 2)],
            "the fit's 2018 (%)": [round(100 * float(fit.reach(34.0)), 2)],
            "2018 as it came (%)": [91.8],
        },
        said=[2018, int(years[points - 1])],
    )


ORACLES: dict[str, Oracle] = {
    "one-side-is-enough": one_side_is_enough,
    "on-both-markets": on_both_markets,
    "shut-out-the-guide": shut_out_the_guide,
    "known-by-then": known_by_then,
}
