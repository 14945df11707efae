"""The headline statements of the chapter on who holds the risk: who loses in a bad year, and why.

Statements, kinds and ranges were settled before any share was computed. What was put right later,
because a source or a reader showed more, stands in the errata with the old results.
"""

from __future__ import annotations

import numpy as np

from netfin.checks import Array
from netfin.pool import POOL, PoolTerms, loss_quantile
from netfin.risk_transfer.capital import CAPITAL
from netfin.risk_transfer.tranches import TRANCHING, Tranching, tranche_losses_at
from netfin.turning import Draw, Kind, Range, Rule, Statement, Truth, from_draw

THOUSAND = 0.999
CREDIT, YEAR = 2150.0, 43.8  # billions of yuan: facts RSK-01, and INT-31 twice
CONSUMERS = 1700.0  # billions of yuan: fact RSK-38
CAPITAL_THERE, FUNDED = 16.0, 0.30  # facts RSK-27a, in billions of yuan, and RSK-08
NET_ASSETS = 11.224 / 0.215  # billions of yuan: facts RSK-45a and RSK-45b
LEVERAGE = 10.0  # fact RSK-36, the rule that came to apply
DEARER, SHARE = 0.10, 0.50  # of owners' money beyond deposits; of the profit, fact INT-32

_POOL = (
    Range("pool.default_probability", float(POOL.default_probability), 0.01, 0.08, "defaults",
          "from safe shops to shops that banks refuse"),
    Range("pool.loss_given_default", float(POOL.loss_given_default), 0.47, 0.69,
          "what a default costs", "least and most of Lending Club's grades, estimated as if "
          "the loans that failed had been as large as the others",
          source="the book's data set of Lending Club's loans of 2007 to 2011", by_ratio=False),
    Range("pool.asset_correlation", float(POOL.asset_correlation), 0.03, 0.16,
          "the correlation of the borrowers' fortunes", "least and most in Basel's retail formula",
          source="Basel Committee on Banking Supervision (2006), paragraph 330", by_ratio=False),
)  # fmt: skip


def _pool(draw: Draw) -> PoolTerms:
    return from_draw(POOL, "pool", draw)


def _worst(draw: Draw) -> Array:
    return np.asarray(loss_quantile(THOUSAND, _pool(draw)))


def _beyond_average(draw: Draw) -> Array:
    """Compute what one year in a thousand costs beyond the average, which the rate pays for."""
    return np.asarray(_worst(draw) - _pool(draw).expected_loss)


def _most_falls_behind(draw: Draw) -> Truth:
    """Tell where those behind lose more of that year than the platform's money in front."""
    beyond, own = _beyond_average(draw), draw["own_money"]
    return np.asarray(np.maximum(beyond - own, 0.0) > np.minimum(beyond, own))


BEHIND = Statement(
    name="bank-behind",
    claims=("C3-05",),
    kind=Kind.CONDITIONAL,
    words="In one year of a thousand most of what is lost beyond the average falls on those behind "
    "the platform's money where that money is thin.",
    holds=_most_falls_behind,
    rule=Rule(
        "What one year in a thousand costs beyond the average is more than twice what the platform "
        "puts in front.",
        left=_beyond_average,
        right=lambda draw: 2.0 * draw["own_money"],
    ),
    ranges=(
        *_POOL,
        Range("own_money", 0.02, 0.02, 0.07, "the platform's money in front",
              "least, and our number: what Ant funded of all credit, had it all stood in front; "
              "most: the junior slice of one sale, had the platform kept it whole",
              facts=("INT-26", "RSK-03a"), by_ratio=False),
    ),
    left_out="Side promises, a rescue by the state, and income that pays for losses beyond the "
    "average. Money that the platform has in every loan alike is none in front: of that it bears "
    "its share of any loss, and whatever share below half it has, most falls on the others.",
)  # fmt: skip


def _reached(draw: Draw) -> Truth:
    """Tell where the senior slice loses something in one year of a thousand."""
    subordinated, spread = draw["subordinated"], draw["excess_spread"]
    mezzanine = np.minimum(TRANCHING.mezzanine, subordinated)
    cut = Tranching(subordinated - mezzanine, mezzanine, spread)
    return np.asarray(tranche_losses_at(THOUSAND, _pool(draw), cut).senior) > 0.0


REACHED = Statement(
    name="senior-reached",
    claims=("C3-05",),
    kind=Kind.CONDITIONAL,
    words="One year in a thousand reaches the senior slice where the slices and the spread in "
    "front of it are thin.",
    holds=_reached,
    rule=Rule(
        "The loss of that year is more than junior, mezzanine and excess spread together.",
        left=_worst,
        right=lambda draw: draw["subordinated"] + draw["excess_spread"],
    ),
    ranges=(
        *_POOL,
        Range("subordinated", float(TRANCHING.junior + TRANCHING.mezzanine), 0.05, 0.25,
              "junior and mezzanine together",
              "a little beyond half to twice those of one sale on Ant's platform", by_ratio=False),
        Range("excess_spread", float(TRANCHING.excess_spread), 0.0, 0.08, "the excess spread",
              "from none to what the picture of the slices allows", by_ratio=False),
    ),
    left_out="Excess spread that shrinks as defaulters pay no interest, and losses over several "
    "years.",
)  # fmt: skip


def _cost_of_rules(draw: Draw) -> Array:
    """Compute what the missing capital would have cost, in billions of yuan a year."""
    needed = draw["credit"] * FUNDED / draw["leverage"]
    return draw["dearer"] * np.maximum(needed - draw["there"], 0.0)


def _half_of_profit(draw: Draw) -> Array:
    return draw["share"] * YEAR / 2.0


RULES = Statement(
    name="capital-of-the-rules",
    claims=("C3-03",),
    kind=Kind.CONDITIONAL,
    words="The capital that the later rules ask would have cost more than half of what the credit "
    "earned, where owners ask much more than savers and little may be lent for each yuan.",
    holds=lambda draw: _cost_of_rules(draw) > _half_of_profit(draw),
    rule=Rule(
        "The missing capital, times what owners ask beyond deposits, is more than half of a year's "
        "profit on the credit.",
        left=_cost_of_rules,
        right=_half_of_profit,
        unit="billion yuan",
    ),
    ranges=(
        Range("dearer", DEARER, float(CAPITAL.tax_rate * CAPITAL.funding_rate
                                      + CAPITAL.deposit_premium), 0.20,
              "what owners ask beyond deposits", "from the frictions alone to twice our number"),
        Range("leverage", LEVERAGE, 3.3, LEVERAGE, "yuan that may be lent for each of own money",
              "least: Chongqing's limit of 2017; most: that of the consumer-finance company to "
              "which the credit was moved; between them that of small-loan firms", unit="yuan",
              facts=("RSK-20", "RSK-36"), domain=(1.0, np.inf)),
        Range("credit", CREDIT, CONSUMERS, CREDIT, "the credit that needs capital",
              "least: to consumers alone; most: to small businesses too", unit="billion yuan",
              facts=("RSK-38", "RSK-01"), domain=(0.0, np.inf)),
        Range("there", CAPITAL_THERE, CAPITAL_THERE, NET_ASSETS, "the capital that was there",
              "least, and our number: what was registered; most: the net assets that one analysis "
              "implies, of firms that serve banks too, it seems, so more than a lender's",
              unit="billion yuan", facts=("RSK-27a", "RSK-45a", "RSK-45b"), domain=(0.0, np.inf)),
        Range("share", SHARE, 0.40, 0.60, "the credit's share of the profit",
              "roughly half by one report, over half by another; two fifths of the revenue",
              facts=("INT-32",), by_ratio=False),
    ),
    left_out="Profits that would have fallen with the volume, had the capital not been raised, and "
    "the capital that banks held behind joint loans.",
)  # fmt: skip

STATEMENTS = (BEHIND, REACHED, RULES)
