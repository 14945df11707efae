"""The constants of the headline statements are the facts' numbers, and the sides their own sums."""

from __future__ import annotations

import numpy as np
import pytest

from netfin import facts
from netfin.pool import POOL, loss_quantile
from netfin.risk_transfer import statements


def test_the_constants_are_the_facts() -> None:
    known = facts.load()

    assert pytest.approx(1000 * known["RSK-01"].number) == statements.CREDIT
    assert pytest.approx(2 * known["INT-31"].number) == statements.YEAR
    assert known["RSK-27a"].number == statements.CAPITAL_THERE
    assert pytest.approx(known["RSK-08"].number / 100) == statements.FUNDED
    assert known["RSK-36"].number == statements.LEVERAGE
    assert pytest.approx(1000 * known["RSK-38"].number) == statements.CONSUMERS
    net = 100 * known["RSK-45a"].number / known["RSK-45b"].number
    assert net == pytest.approx(statements.NET_ASSETS)
    assert pytest.approx(known["INT-32"].number / 100) == statements.SHARE


def test_at_our_numbers_most_of_the_bad_year_falls_on_the_bank() -> None:
    """Beyond the average of 1.8, of which the 2 in front pay first."""
    beyond = 100 * float(loss_quantile(statements.THOUSAND, POOL)) - 1.8

    assert beyond - 2 > 2
    assert statements.BEHIND.truth(statements.BEHIND.state())[0]


@pytest.mark.parametrize(("dearer", "more_than_half"), [(0.119, False), (0.121, True)])
def test_by_the_small_loan_firms_rule_half_of_the_profit_takes_near_twelve_points(
    dearer: float, more_than_half: bool
) -> None:
    """(2,150 × 30 % / 6 − 16) × 12 % = 10.98, against 43.8 × 50 % / 2 = 10.95."""
    state = statements.RULES.state({"dearer": np.array([dearer]), "leverage": np.array([6.0])})

    assert bool(statements.RULES.truth(state)[0]) is more_than_half


def test_by_the_rule_that_came_to_apply_twenty_points_are_not_enough() -> None:
    """(2,150 × 30 % / 10 − 16) × 20 % = 9.7, against 10.95."""
    state = statements.RULES.state({"dearer": np.array([0.20])})

    assert not statements.RULES.truth(state)[0]


def test_beyond_the_most_net_assets_the_capital_costs_little() -> None:
    """(2,150 × 30 % / 10 − 52.2) × 10 % = 1.2, against 10.95."""
    state = statements.RULES.state({"there": np.array([statements.NET_ASSETS])})

    assert statements.RULES.rule.left(state)[0] == pytest.approx(1.23, abs=0.005)
